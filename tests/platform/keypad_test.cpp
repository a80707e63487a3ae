// Keypad: the operator's file of keys, good and bad.
#include "app/keypad.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/platform/keys.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class KeypadTest : public testing::Test {
  protected:
    KeypadTest() {
        crypto_ready();
        file_ = std::filesystem::temp_directory_path() / ("machikoe-keypad-" + random_hex(6));
    }
    ~KeypadTest() override { std::filesystem::remove(file_); }
    Result<Keypad> load(const std::string& text) {
        EXPECT_TRUE(replace_file(file_, text));
        return load_keypad(file_);
    }
    std::filesystem::path file_;
};

TEST_F(KeypadTest, WithoutAFileArrowsEnterAndF1ToF8) {
    const Keypad keypad = default_keypad();
    EXPECT_EQ(keypad.keys.at(key_called("down").value()), PadKey::Next);
    EXPECT_EQ(keypad.keys.at(key_called("kp_enter").value()), PadKey::Enter);
    EXPECT_EQ(keypad.keys.at(key_called("f1").value()), PadKey::Help);
    EXPECT_EQ(keypad.keys.at(key_called("f4").value()), PadKey::Curtain);
    EXPECT_EQ(keypad.options.scan, Milliseconds{0});
}

TEST_F(KeypadTest, KeysThatAreNamedReplaceThoseOfTheSameUse) {
    const auto keypad = load(
        "keys:\n  next: [kp_2, code:77]\n  enter: [f9]\nroute: actions\nscan_ms: 2000\n"
        "debounce_ms: 250\n");
    ASSERT_TRUE(keypad) << keypad.error().message;
    EXPECT_EQ(keypad->keys.at(key_called("kp_2").value()), PadKey::Next);
    EXPECT_EQ(keypad->keys.at(77), PadKey::Next);
    EXPECT_FALSE(keypad->keys.contains(key_called("down").value()));
    EXPECT_FALSE(keypad->keys.contains(key_called("enter").value()));
    EXPECT_EQ(keypad->keys.at(key_called("up").value()), PadKey::Previous);
    EXPECT_EQ(keypad->options.route, Route::Actions);
    EXPECT_EQ(keypad->options.scan, Milliseconds{2000});
    EXPECT_EQ(keypad->options.debounce, Milliseconds{250});
}

TEST_F(KeypadTest, SaysWhatIsThereToListenWith) {
    EXPECT_TRUE(default_keypad().speech.has_loudspeaker);
    EXPECT_FALSE(default_keypad().speech.headphones_are_fixed);
    const auto keypad = load(
        "loudspeaker: no\nheadphones: fixed\nheadphone_key: 213\nheadphone_unplug_key: 214\n"
        "keys:\n  louder: [kp_add]\n  curtain: [f12]\n");
    ASSERT_TRUE(keypad) << keypad.error().message;
    EXPECT_FALSE(keypad->speech.has_loudspeaker);
    EXPECT_TRUE(keypad->speech.headphones_are_fixed);
    EXPECT_EQ(keypad->speech.jack.plugged_key, 213);
    EXPECT_EQ(keypad->speech.jack.unplugged_key, 214);
    EXPECT_EQ(keypad->keys.at(key_called("kp_add").value()), PadKey::Louder);
    EXPECT_EQ(keypad->keys.at(key_called("f12").value()), PadKey::Curtain);
}

TEST_F(KeypadTest, AFaultNamesItsLine) {
    for (const auto& [text, what] : {std::pair{"keys:\n  next: [dwon]\n", "'dwon' is no key"},
                                     {"keys:\n  next: [a]\n  enter: [a]\n", "does two things"},
                                     {"keys:\n  leap: [a]\n", "leap"},
                                     {"route: sideways\n", "sideways"},
                                     {"scan_ms: 20\n", "too quick"},
                                     {"scan_ms: 60000\n", "scan_ms"},
                                     {"debounce_ms: 501\n", "debounce_ms"},
                                     {"loudspeaker: perhaps\n", "perhaps"},
                                     {"headphones: lent\n", "lent"},
                                     {"headphone_unplug_key: 214\n", "unplug"},
                                     {"headphone_key: 9999\n", "headphone_key"},
                                     {"keys: [\n", ":"}}) {
        const auto keypad = load(text);
        ASSERT_FALSE(keypad) << text;
        EXPECT_EQ(keypad.error().code, ErrorCode::Invalid);
        EXPECT_THAT(keypad.error().message, HasSubstr(what));
        EXPECT_THAT(keypad.error().message, HasSubstr(file_.string() + ":"));
    }
    std::filesystem::remove(file_);
    EXPECT_EQ(load_keypad(file_).error().code, ErrorCode::NotFound);
}

TEST(KeysTest, NamesAreThoseOnTheKeys) {
    EXPECT_NE(key_called("a"), key_called("b"));
    EXPECT_TRUE(key_called("f25"));
    EXPECT_TRUE(key_called("kp_9"));
    for (const char* none : {"", "A", "f0", "f26", "kp_10", "kp_", "return", "kp_1x"})
        EXPECT_FALSE(key_called(none)) << none;
}

}  // namespace
}  // namespace machikoe
