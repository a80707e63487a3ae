// Clips on disk: names, what a build touches, recordings, what a check finds.  Everything here is
// made from recordings, so no synthesiser is needed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/clip_building.h"
#include "app/voice/clip_check.h"
#include "app/voice/clip_store.h"
#include "app/voice/sound_clip.h"
#include "tests/voice/wav.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ClipsTest : public testing::Test {
  protected:
    ClipsTest() {
        crypto_ready();
        root_ = fs::temp_directory_path() / ("machikoe-clips-" + random_hex(8));
        fs::create_directories(recordings());
        say(Language::Ko, "greeting", "안녕하세요");
        say(Language::Ko, "thanks", "감사합니다");
        say(Language::Vi, "greeting", "Xin chào");
        record("ko/greeting", 300);
        record("ko/thanks", 400);
        record("vi/greeting", 500);
    }
    ~ClipsTest() override { fs::remove_all(root_); }

    fs::path recordings() const { return root_ / "recordings"; }
    fs::path folder() const { return root_ / "voice"; }

    void say(Language language, const std::string& key, const std::string& text) {
        auto& all = prompts_[language];
        std::erase_if(all, [&](const Prompt& each) { return each.key == key; });
        all.push_back({language, language, key, text, spoken_form(text, language, {})});
    }
    /// A voice of one note.
    void record(const std::string& stem, double hertz, double amplitude = 0.2) {
        Sound sound;
        sound.rate = 22'050;
        for (int i = 0; i < sound.rate; ++i) {
            const double at = static_cast<double>(i) / sound.rate;
            sound.samples.push_back(
                static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hertz * at)));
        }
        const fs::path file = recordings() / (stem + ".wav");
        fs::create_directories(file.parent_path());
        ASSERT_TRUE(replace_file(file, wav_of(sound)));
    }
    SpeechSource source() const { return {"test", folder(), prompts_, {}}; }
    Result<BuiltClips> build(std::set<Language> languages = {Language::Ko, Language::Vi}) {
        return build_clips(
            source(),
            {.languages = std::move(languages), .recordings = recordings(), .threads = 2});
    }
    std::vector<ClipFault> faults(std::vector<Language> languages = {Language::Ko, Language::Vi}) {
        const auto report = check_clips({source()}, languages, ClipCheck::IsHeard, 2);
        EXPECT_TRUE(report) << report.error().message;
        return report ? report->faults : std::vector<ClipFault>{};
    }
    fs::path file_of(Language language, const std::string& text) const {
        return clip_file(folder(), clip_name(spoken_form(text, language, {}), language));
    }

    fs::path root_;
    std::map<Language, std::vector<Prompt>> prompts_;
};

TEST_F(ClipsTest, ANameStaysTheSameAndDependsOnAllThatIsHeard) {
    const Spoken words = spoken_form("{区|く}", Language::Ja, {});
    // Were this to change, every clip of every ward would have to be made again.
    EXPECT_EQ(clip_name(words, Language::Ja), "da0cc4bbf934ff7a168a5862769266b4");
    EXPECT_EQ(clip_name(words, Language::JaEasy), clip_name(words, Language::Ja));
    EXPECT_NE(clip_name(words, Language::ZhHant), clip_name(words, Language::Ja));
    EXPECT_NE(clip_name(spoken_form("{区|まち}", Language::Ja, {}), Language::Ja),
              clip_name(words, Language::Ja));
    EXPECT_NE(clip_name(spoken_form("{区|く}と", Language::Ja, {}), Language::Ja),
              clip_name(words, Language::Ja));
}

TEST_F(ClipsTest, RecordingsBecomeClipsThatACheckAccepts) {
    const auto built = build();
    ASSERT_TRUE(built) << built.error().message;
    EXPECT_EQ(built->recorded, 3u);
    EXPECT_EQ(built->made, 0u);
    EXPECT_THAT(faults(), IsEmpty());
    const auto report = check_clips({source()}, {Language::Ko}, ClipCheck::IsHeard, 1);
    EXPECT_EQ(report->totals.at("ko").clips, 2u);
    EXPECT_EQ(report->totals.at("ko").recorded, 2u);
    EXPECT_NEAR(report->totals.at("ko").seconds, 2.0, 0.2);
}

TEST_F(ClipsTest, ABuildTouchesOnlyWhatChanged) {
    ASSERT_TRUE(build());
    std::map<fs::path, fs::file_time_type> before;
    for (const auto& entry : fs::recursive_directory_iterator(folder()))
        if (entry.is_regular_file()) before[entry.path()] = entry.last_write_time();
    auto again = build();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->kept, 3u);
    EXPECT_EQ(again->recorded, 0u);
    for (const auto& [path, time] : before) EXPECT_EQ(fs::last_write_time(path), time) << path;

    say(Language::Ko, "thanks", "고맙습니다");
    record("ko/thanks", 450);
    again = build();
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->kept, 2u);
    EXPECT_EQ(again->recorded, 1u);
    EXPECT_EQ(again->removed, 1u);
    EXPECT_FALSE(fs::exists(file_of(Language::Ko, "감사합니다")));
    EXPECT_EQ(fs::last_write_time(file_of(Language::Vi, "Xin chào")),
              before.at(file_of(Language::Vi, "Xin chào")));
}

TEST_F(ClipsTest, ABuildOfOneLanguageLeavesTheOthers) {
    ASSERT_TRUE(build());
    const auto built = build({Language::Vi});
    ASSERT_TRUE(built);
    EXPECT_EQ(built->kept, 3u);
    EXPECT_EQ(built->removed, 0u);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(ClipsTest, ARecordingIsFoundByTheNameOfItsClipToo) {
    fs::remove(recordings() / "vi/greeting.wav");
    record(file_of(Language::Vi, "Xin chào").stem().string(), 350);
    const auto built = build();
    ASSERT_TRUE(built) << built.error().message;
    EXPECT_EQ(built->recorded, 3u);
}

TEST_F(ClipsTest, AnOtherRecordingReplacesTheClip) {
    ASSERT_TRUE(build());
    const std::string before = *load_file(file_of(Language::Ko, "안녕하세요"));
    record("ko/greeting", 330);
    const auto built = build();
    ASSERT_TRUE(built);
    EXPECT_EQ(built->recorded, 1u);
    EXPECT_NE(*load_file(file_of(Language::Ko, "안녕하세요")), before);
}

TEST_F(ClipsTest, ARecordingOfAnOlderTextIsRefused) {
    ASSERT_TRUE(build());
    say(Language::Ko, "greeting", "반갑습니다");
    const auto built = build();
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, ErrorCode::Invalid);
    EXPECT_THAT(built.error().message, HasSubstr("안녕하세요"));
    EXPECT_THAT(built.error().message, HasSubstr("ko/greeting.wav"));
}

TEST_F(ClipsTest, WithoutAVoiceAndWithoutARecordingTheClipIsNamed) {
    fs::remove(recordings() / "ko/thanks.wav");
    const auto built = build();
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, ErrorCode::Unavailable);
    EXPECT_THAT(built.error().message, HasSubstr("ko/thanks"));
    EXPECT_THAT(built.error().message, HasSubstr("only recordings"));
}

TEST_F(ClipsTest, ASilentRecordingIsRefused) {
    record("ko/greeting", 300, 0.0);
    const auto built = build();
    ASSERT_FALSE(built);
    EXPECT_THAT(built.error().message, HasSubstr("silent"));
    EXPECT_THAT(built.error().message, HasSubstr("ko/greeting"));
}

TEST_F(ClipsTest, ARecordingThatIsNoWavFileIsRefused) {
    ASSERT_TRUE(replace_file(recordings() / "ko/greeting.wav", "not a sound"));
    const auto built = build();
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, ErrorCode::Invalid);
    EXPECT_THAT(built.error().message, HasSubstr("greeting.wav"));
}

TEST_F(ClipsTest, AMissingDamagedSilentOrOrphanedClipIsNamedWithKeyAndText) {
    ASSERT_TRUE(build());
    const fs::path file = file_of(Language::Ko, "안녕하세요");
    const std::string bytes = *load_file(file);
    const auto only_fault = [&](const std::string& what) {
        const auto found = faults();
        ASSERT_THAT(found, SizeIs(1));
        EXPECT_EQ(found[0].what, what);
        EXPECT_THAT(to_string(found[0]), HasSubstr("ko/greeting: " + what + ": \"안녕하세요\""));
    };
    fs::remove(file);
    only_fault("missing");
    ASSERT_TRUE(replace_file(file, bytes.substr(0, bytes.size() / 2)));
    only_fault("damaged");
    // Silence, and an index that says so.
    Sound silence;
    silence.samples.assign(48'000, 0.0f);
    const std::string silent = *encode_opus(silence);
    ASSERT_TRUE(replace_file(file, silent));
    auto index = *load_clip_index(folder());
    index.clips.at(file.stem().string()).sha256 = sha256_hex(silent);
    ASSERT_TRUE(save_clip_index(folder(), index));
    only_fault("silent");
    // What nobody says: a text that is gone, and a file that came from elsewhere.
    ASSERT_TRUE(build());
    fs::remove(file);
    ASSERT_TRUE(build());
    EXPECT_THAT(faults(), IsEmpty());
    prompts_[Language::Ko].clear();
    say(Language::Ko, "thanks", "감사합니다");
    only_fault("orphaned");
}

TEST_F(ClipsTest, ALanguageThatWasNeverBuiltHasNoSpeech) {
    ASSERT_TRUE(build({Language::Ko}));
    EXPECT_THAT(*built_languages({source()}), testing::ElementsAre(Language::Ko));
    EXPECT_THAT(faults({Language::Vi}), SizeIs(1));
}

TEST_F(ClipsTest, AnIndexThatIsNoneIsNamed) {
    ASSERT_TRUE(build());
    for (const char* bytes : {"", "{", "[]", "{\"format\":2}", "{\"format\":1,\"languages\":[]}",
                              "{\"format\":1,\"languages\":[],\"clips\":{\"../../x\":{}}}",
                              "{\"format\":1,\"languages\":[],\"clips\":{\""
                              "0123456789abcdef"
                              "0123456789abcdef\":{\"language\":7}}}"}) {
        ASSERT_TRUE(replace_file(folder() / kClipIndex, bytes));
        const auto index = load_clip_index(folder());
        ASSERT_FALSE(index) << bytes;
        EXPECT_EQ(index.error().code, ErrorCode::Corrupt);
        EXPECT_THAT(index.error().message, HasSubstr("index.json"));
    }
}

}  // namespace
}  // namespace machikoe
