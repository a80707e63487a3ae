// ClipOutput: words as they come out of the speaker, driven by hand.
#include "app/narration/clip_output.h"

#include <gmock/gmock.h>

#include "app/voice/synthesiser.h"
#include "app/writing/temporary_home.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using hearing::ms;
using hearing::Samples;

const fs::path kTree = MACHIKOE_SOURCE_DIR;
const fs::path kWard = kTree / "assets/packs/tsurumi-r4";

template <typename T>
std::future<T> at_once(T value) {
    std::promise<T> promise;
    promise.set_value(std::move(value));
    return promise.get_future();
}

class ClipOutputTest : public testing::Test {
  protected:
    ClipOutputTest() { come(ClipFinder::load({kTree / "assets", kWard, {}}, pack_)); }

    void come(Result<ClipFinder> finder) {
        output_ = std::make_unique<ClipOutput>(
            strings_, speaker_, at_once(std::move(finder)),
            ClipOutputOptions{.on_saying = [this](const Wording& said) {
                for (const Words& words : said) said_.push_back(words.text);
            }});
    }
    Words back() const { return {"もどる", Language::Ja}; }
    Words answer(const std::string& text = "選びました") const {
        return {text, Language::Ja, true};
    }
    void say(Wording wording) {
        output_->say("id" + std::to_string(++id_), std::move(wording), Urgency::Answer, now_);
    }
    Samples hear(std::size_t milliseconds) {
        Samples heard(ms(milliseconds) / 256 * 256 + 256);
        for (std::size_t i = 0; i < heard.size(); i += 256) {
            while (speaker_.work()) continue;
            speaker_.render(std::span(heard).subspan(i, 256));
        }
        now_ += Milliseconds{static_cast<std::int64_t>(milliseconds)};
        return heard;
    }
    /// Until what is to be synthesised has been, or 20 s.
    bool wait_for_typed() {
        for (int i = 0; i < 400; ++i) {
            now_ += Milliseconds{50};
            output_->goes_on(now_);
            if (speaker_.progress().is_underway()) return true;
            std::this_thread::sleep_for(Milliseconds{50});
        }
        return false;
    }

    Pack pack_ = load_pack(kWard).value();
    Strings strings_ = Strings::load(kTree / "assets/strings", pack_.plan.languages).value();
    Speaker speaker_;
    Milliseconds now_{1'000};
    int id_ = 0;
    std::vector<std::string> said_;
    std::unique_ptr<ClipOutput> output_;
};

TEST_F(ClipOutputTest, SpeaksTheLanguagesInWhichNothingIsMissing) {
    for (const Language language : {Language::Ja, Language::JaEasy, Language::En})
        EXPECT_TRUE(output_->speaks(language)) << tag_of(language);
    for (const Language language : {Language::ZhHans, Language::Ko, Language::Vi})
        EXPECT_FALSE(output_->speaks(language)) << tag_of(language);
}

TEST_F(ClipOutputTest, AKeyIsHeardWithin100msAndHushedWithin50) {
    speaker_.set_headphones(true);
    hear(50);
    say({back()});
    const Samples heard = hear(300);
    EXPECT_LT(hearing::first_sound(heard), ms(100));
    EXPECT_TRUE(output_->is_speaking());
    output_->hush();
    const Samples after = hear(300);
    EXPECT_LT(hearing::end_of_sound(after), ms(50));
    EXPECT_FALSE(output_->goes_on(now_));
}

TEST_F(ClipOutputTest, AnAnswerIsForHeadphonesAlone) {
    output_->set_loudspeaker(true);
    say({back(), answer(), answer("選ばれています")});
    EXPECT_EQ(said_,
              (std::vector<std::string>{"もどる", "あなたの答えは、イヤホンでだけ読み上げます。"}));
    EXPECT_TRUE(output_->is_speaking());
    said_.clear();
    speaker_.set_headphones(true);
    say({back(), answer()});
    EXPECT_EQ(said_, (std::vector<std::string>{"もどる", "選びました"}));
    hear(100);
    speaker_.set_headphones(false);
    hear(20);
    EXPECT_TRUE(hearing::is_silent(hear(200)));
    output_->repeat(now_);
    EXPECT_TRUE(hearing::is_silent(hear(200))) << "what was private is not said to the room";
}

TEST_F(ClipOutputTest, NobodyIsSpokenToWithoutHeadphonesOrLoudspeaker) {
    say({back()});
    EXPECT_TRUE(hearing::is_silent(hear(300)));
}

TEST_F(ClipOutputTest, WhatWasTypedIsSynthesisedForHeadphonesAndLeavesNothing) {
    if (!find_synthesiser(Language::Ja)) GTEST_SKIP() << "no Japanese synthesiser here";
    // Of its own: other tests write to /tmp and /dev/shm meanwhile.
    const hearing::Folder disk, memory("/dev/shm");
    ::setenv("TMPDIR", disk.path().c_str(), 1);
    ::setenv("XDG_RUNTIME_DIR", memory.path().c_str(), 1);
    output_->set_loudspeaker(true);
    say({answer("公園がすきです")});
    EXPECT_EQ(said_.size(), 1u);
    EXPECT_NE(said_[0], "公園がすきです");
    output_->hush();

    speaker_.set_headphones(true);
    said_.clear();
    say({answer("公園がすきです")});
    EXPECT_TRUE(output_->is_speaking()) << "it is about to be";
    ASSERT_TRUE(wait_for_typed());
    const Samples heard = hear(1'500);
    EXPECT_FALSE(hearing::is_silent(heard));
    EXPECT_NEAR(hearing::loudness_lufs(heard), -20 - 36, 3) << "as loud as clips, at -36 dB";
    EXPECT_TRUE(fs::is_empty(disk.path()));
    EXPECT_TRUE(fs::is_empty(memory.path()));
    ::unsetenv("TMPDIR");
    ::unsetenv("XDG_RUNTIME_DIR");
}

TEST_F(ClipOutputTest, WhatIsBeingSynthesisedIsNotSaidOnceAKeyWasPressed) {
    if (!find_synthesiser(Language::Ja)) GTEST_SKIP() << "no Japanese synthesiser here";
    speaker_.set_headphones(true);
    say({answer("公園がすきです")});
    output_->hush();
    std::this_thread::sleep_for(Milliseconds{1'500});
    EXPECT_FALSE(output_->goes_on(now_));
    EXPECT_TRUE(hearing::is_silent(hear(500)));
}

TEST_F(ClipOutputTest, WordsWithoutAClipAreOwnedUpTo) {
    speaker_.set_headphones(true);
    say({{"この世のどこにもない文", Language::Ja}});
    EXPECT_FALSE(hearing::is_silent(hear(300)));
}

TEST_F(ClipOutputTest, APauseIsSilenceUntilItEnds) {
    speaker_.set_headphones(true);
    say({back()});
    hear(100);
    output_->pause_or_resume(now_);
    hear(50);
    EXPECT_TRUE(hearing::is_silent(hear(300)));
    EXPECT_FALSE(output_->is_speaking()) << "or time limits would never count";
    EXPECT_TRUE(output_->goes_on(now_));
    output_->pause_or_resume(now_);
    EXPECT_FALSE(hearing::is_silent(hear(300)));
}

TEST_F(ClipOutputTest, TheNextPersonFindsVolumeAndRateAsTheyWere) {
    speaker_.set_headphones(true);
    const int rate = speaker_.rate_percent(), volume = speaker_.volume_db();
    const int louder = output_->change_volume(true);
    EXPECT_EQ(output_->change_volume(true), louder + 1);
    EXPECT_EQ(output_->change_rate_percent(true), 125);
    say({back(), answer()});
    output_->forget();
    EXPECT_EQ(speaker_.rate_percent(), rate);
    EXPECT_EQ(speaker_.volume_db(), volume);
    hear(20);
    output_->repeat(now_);
    EXPECT_TRUE(hearing::is_silent(hear(300)));
}

TEST_F(ClipOutputTest, WithoutClipsThereIsNoSpeechAndNothingBreaks) {
    come(fail(ErrorCode::Corrupt, "index.json: of another format"));
    speaker_.set_headphones(true);
    EXPECT_FALSE(output_->speaks(Language::Ja));
    say({back()});
    EXPECT_FALSE(output_->goes_on(now_));
    EXPECT_TRUE(hearing::is_silent(hear(200)));
}

}  // namespace
}  // namespace machikoe
