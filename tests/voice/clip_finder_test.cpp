// ClipFinder: which clips say what stands on the screen, over the shipped clips.
#include "app/voice/clip_finder.h"

#include <gtest/gtest.h>

#include "app/base/file.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
const fs::path kFolder = MACHIKOE_SOURCE_DIR;
const fs::path kShipped = kFolder / "assets/packs/tsurumi-r4";

class ClipFinderTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        pack_ = new Pack(load_pack(kShipped).value());
        finder_ =
            new ClipFinder(ClipFinder::load({kFolder / "assets", kShipped, {}}, *pack_).value());
        for (const fs::path& folder : {kFolder / "assets/voice", kShipped / "voice"}) {
            const ClipIndex index = load_clip_index(folder).value();
            for (const auto& [name, clip] : index.clips)
                texts_->emplace(clip_file(folder, name).string(), without_ruby(clip.text));
        }
    }
    static void TearDownTestSuite() {
        delete pack_;
        delete finder_;
        texts_->clear();
    }
    /// The texts of the clips that say it; "?" when it cannot be said.
    static std::vector<std::string> said(const std::string& text,
                                         Language language = Language::Ja) {
        const auto clips = finder_->clips_of(text, language);
        if (!clips) return {"?"};
        std::vector<std::string> texts;
        for (const fs::path& clip : *clips) texts.push_back(texts_->at(clip.string()));
        return texts;
    }
    using Texts = std::vector<std::string>;

    static inline Pack* pack_ = nullptr;
    static inline ClipFinder* finder_ = nullptr;
    static inline auto* texts_ = new std::map<std::string, std::string>;
};

TEST_F(ClipFinderTest, ATextIsFoundAsAWhole) {
    EXPECT_EQ(said("Back", Language::En), Texts{"Back"});
    EXPECT_EQ(said("もどる"), Texts{"もどる"});
    EXPECT_EQ(said("もどる", Language::En), Texts{"?"});
}

TEST_F(ClipFinderTest, SlotsAreFilledAndNumbersPutTogether) {
    // " of " and " / " sound alike and are one clip.
    EXPECT_EQ(said("Question 2 of 13", Language::En), (Texts{"Question ", "2", " / ", "13"}));
    EXPECT_EQ(said("28,523,000", Language::En), (Texts{"28", "million", "500", "23", "thousand"}));
    EXPECT_EQ(said("28,523,000"), (Texts{"2000", "800", "520000", "3000"}));
    EXPECT_EQ(said("35%"), Texts{"35%"});
}

TEST_F(ClipFinderTest, ACounterBelongsToTheLastNumberOfARange) {
    EXPECT_EQ(said("ひとつの話に、質問が 1〜3つ", Language::JaEasy),
              (Texts{"ひとつの話に、質問が ", "1", "〜", "3つ"}));
}

TEST_F(ClipFinderTest, TimesOfDayAreSaidAsSuch) {
    EXPECT_EQ(said("9:00"), Texts{"9時"});
    EXPECT_EQ(said("17:30"), (Texts{"17時", "30分"}));
    EXPECT_EQ(said("17:30", Language::En), (Texts{"17", "30"}));
    EXPECT_EQ(said("24:00"), Texts{"?"});
    EXPECT_EQ(said("9:61"), Texts{"?"});
}

TEST_F(ClipFinderTest, LinesAndListsAreSaidPieceByPiece) {
    EXPECT_EQ(said("Back\nNext", Language::En), (Texts{"Back", "Next"}));
    EXPECT_EQ(said("→ Back, Next", Language::En), (Texts{"Back", "Next"}));
}

TEST_F(ClipFinderTest, AReadingBehindATermIsNotSaidTwice) {
    EXPECT_EQ(said("地活協（ちかつきょう）"), said("地活協"));
}

TEST_F(ClipFinderTest, SeveralSentencesAreSaidOneAfterTheOther) {
    const auto& issue = pack_->plan.issues.front();
    const std::string overview = without_ruby(issue.overview.plain.in(Language::Ja));
    const std::size_t end = overview.find("。") + std::string("。").size();
    ASSERT_LT(end, overview.size());
    EXPECT_EQ(said(overview.substr(0, end)).size(), 1u);
    EXPECT_GT(said(overview).size(), 1u);
    EXPECT_EQ(said(overview).front(), said(overview.substr(0, end)).front());
}

TEST_F(ClipFinderTest, WhatMakesNoSoundIsNothingAndWhatHasNoClipIsNotHalfSaid) {
    EXPECT_EQ(said(""), Texts{});
    EXPECT_EQ(said("「」"), Texts{});
    EXPECT_EQ(said("もどる、この世のどこにもない文"), Texts{"?"});
}

TEST_F(ClipFinderTest, LongNonsenseIsGivenUpSoon) {
    std::string nonsense;
    for (int i = 0; i < 60; ++i) nonsense += "1, zork/blah ";
    EXPECT_EQ(said(nonsense, Language::En), Texts{"?"});
}

TEST_F(ClipFinderTest, ALanguageIsOnlyOfferedWhenEveryClipIsThere) {
    EXPECT_TRUE(finder_->languages().contains(Language::En));
    EXPECT_FALSE(finder_->languages().contains(Language::Ko));
    const fs::path clips =
        fs::temp_directory_path() / ("machikoe-clips-" + std::to_string(getpid()));
    fs::create_directories(clips);
    fs::copy(kFolder / "assets/voice", clips / "program", fs::copy_options::recursive);
    fs::copy(kShipped / "voice", clips / "pack", fs::copy_options::recursive);
    const auto whole = ClipFinder::load({kFolder / "assets", kShipped, clips}, *pack_);
    ASSERT_TRUE(whole);
    EXPECT_TRUE(whole->languages().contains(Language::En));
    const auto back = whole->clips_of("Back", Language::En);
    ASSERT_TRUE(back);
    fs::remove(back->front());
    const auto broken = ClipFinder::load({kFolder / "assets", kShipped, clips}, *pack_);
    ASSERT_TRUE(broken);
    EXPECT_FALSE(broken->languages().contains(Language::En));
    EXPECT_TRUE(broken->languages().contains(Language::Ja));
    ASSERT_TRUE(replace_file(clips / "program" / "index.json", "{"));
    EXPECT_EQ(ClipFinder::load({kFolder / "assets", kShipped, clips}, *pack_).error().code,
              ErrorCode::Corrupt);
    fs::remove_all(clips);
}

}  // namespace
}  // namespace machikoe
