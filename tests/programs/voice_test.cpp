// `machikoe voice build` and `machikoe check --voice`, as the author of a pack uses them.
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

class VoiceTest : public MachikoeTest {
  protected:
    std::string real_pack() const { return MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4"; }
    std::string assets() const { return MACHIKOE_SOURCE_DIR "/assets"; }
    /// What is committed, so that a test may spoil it.
    std::filesystem::path copied_clips() {
        const std::filesystem::path copy = folder_ / "clips";
        std::filesystem::create_directories(copy);
        const auto all = std::filesystem::copy_options::recursive;
        std::filesystem::copy(real_pack() + "/voice", copy / "pack", all);
        std::filesystem::copy(assets() + "/voice", copy / "program", all);
        return copy;
    }
    Ran check(const std::filesystem::path& clips, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"check",   "--voice",      "--assets", assets(),
                                           "--clips", clips.string(), real_pack()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return start(std::move(arguments))->wait(std::chrono::seconds(240));
    }
};

TEST_F(VoiceTest, TheShippedPackIsSpokenInThreeLanguages) {
    const Ran ran = start({"check", "--voice", "--assets", assets(), real_pack()})
                        ->wait(std::chrono::seconds(240));
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    for (const char* language : {"ja", "ja-easy", "en"})
        EXPECT_THAT(ran.out, ContainsRegex(std::string("\n") + language +
                                           ": [0-9]+ prompts, [0-9]+ clips .*[0-9.]+ min, "
                                           "[0-9.]+ MB"));
}

TEST_F(VoiceTest, ADeletedClipIsNamedWithItsTextAndKey) {
    const auto clips = copied_clips();
    // The clip of a text that nothing else says.
    const std::string index = bytes_of(clips / "pack/index.json");
    const std::size_t key = index.find("\"en/survey/s1/text\"");
    ASSERT_NE(key, std::string::npos);
    const std::size_t name_end = index.rfind("\": {", key);
    const std::string name = index.substr(name_end - 32, 32);
    ASSERT_TRUE(std::filesystem::remove(clips / "pack/clips" / (name + ".opus")));
    const Ran ran = check(clips, {"--language", "en"});
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.out, HasSubstr("en/survey/s1/text: missing: \""));
    EXPECT_THAT(ran.out, HasSubstr(name));
}

TEST_F(VoiceTest, ALanguageWithoutClipsIsRefusedAsSpeech) {
    const Ran ran =
        start({"check", "--voice", "--assets", assets(), "--language", "ko", real_pack()})
            ->wait(std::chrono::seconds(240));
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("ko/survey/s1/text: missing"));
}

TEST_F(VoiceTest, APlainCheckNamesAMissingClipWithoutListening) {
    const std::filesystem::path copy = folder_ / "tsurumi-r4";
    std::filesystem::copy(real_pack(), copy, std::filesystem::copy_options::recursive);
    Ran ran = run({"check", "--assets", assets(), copy.string()});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("speech: ja ja-easy en"));
    const auto clip = std::filesystem::directory_iterator(copy / "voice/clips")->path();
    std::filesystem::remove(clip);
    ran = run({"check", "--assets", assets(), copy.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, ContainsRegex(": missing: .*" + clip.stem().string()));
    ran = run({"check", "--assets", folder_.string(), copy.string()});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("speech: not checked"));
}

TEST_F(VoiceTest, APackThatWasNeverSpokenSaysSo) {
    const Ran ran = run({"check", "--voice", "--assets", assets(), "--clips",
                         (folder_ / "none").string(), real_pack()});
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("machikoe voice build"));
}

TEST_F(VoiceTest, WithoutASynthesiserItsPackageIsNamed) {
    // A folder with nothing in it instead of /usr/bin.
    const Ran ran = Process(folder_ / "runs",
                            {"/usr/bin/env", "PATH=" + folder_.string(),
                             MACHIKOE_BINARY_DIR "/machikoe", "voice", "build", "--language", "en",
                             "--assets", assets(), "--out", (folder_ / "clips").string(), pack()})
                        .wait();
    EXPECT_EQ(ran.code, 3);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("flite"));
}

TEST_F(VoiceTest, ALanguageThatThePackHasNotIsRefused) {
    const Ran ran = run({"voice", "build", "--language", "vi", "--assets", assets(), "--out",
                         (folder_ / "clips").string(), pack()});
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("vi"));
}

TEST_F(VoiceTest, WhatTheSynthesiserSaysIsAcceptedByTheCheck) {
    if (!std::filesystem::exists("/usr/bin/flite")) GTEST_SKIP() << "flite is not installed";
    const std::string clips = (folder_ / "clips").string();
    // Few words of the program, or this would take minutes.
    const std::filesystem::path own = folder_ / "assets";
    std::filesystem::create_directories(own / "strings");
    std::filesystem::create_directories(own / "voice");
    std::filesystem::copy(assets() + "/voice/lexicon.yaml", own / "voice/lexicon.yaml");
    for (const char* language : {"ja", "en"})
        ASSERT_TRUE(replace_file(own / "strings" / (std::string(language) + ".yaml"),
                                 "next: \"Next\"\npage: \"{0} / {1}\"\n"));
    const std::vector<std::string> building{"voice",      "build", "--language", "en",  "--assets",
                                            own.string(), "--out", clips,        pack()};
    Ran ran = start(building)->wait(std::chrono::seconds(240));
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, ContainsRegex("testward-r4: [1-9][0-9]* made, 0 from"));
    ran = start(building)->wait(std::chrono::seconds(240));
    EXPECT_THAT(ran.out, ContainsRegex("program: 0 made, 0 from recordings, [1-9][0-9]* kept"));
    EXPECT_THAT(ran.out, ContainsRegex("testward-r4: 0 made, 0 from recordings, [1-9][0-9]* kept"));
    ran = start({"check", "--voice", "--assets", own.string(), "--clips", clips, pack()})
              ->wait(std::chrono::seconds(240));
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
}

}  // namespace
}  // namespace machikoe
