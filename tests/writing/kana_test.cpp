// KanaComposer: kana alone, kana with a converter, and a converter that ends in mid-word.
#include "app/writing/kana_composer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/writing/fake_converter.h"
#include "tests/writing/keys.h"

namespace machikoe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class KanaOnlyTest : public testing::Test {
  protected:
    Hand hand_{kana_composer(nullptr), BoardKind::Kana, 12};
};

TEST_F(KanaOnlyTest, SaysSoAndWritesKana) {
    EXPECT_EQ(hand_.conversion(), Conversion::Unavailable);
    hand_.type("こうえんか{voiced}すき{voiced}");
    EXPECT_EQ(hand_.screen(), "|こうえんがすぎ");
    EXPECT_THAT(hand_.candidates(), IsEmpty());
    EXPECT_EQ(hand_.press("convert"), KeyOutcome::Nothing);
    EXPECT_EQ(hand_.press("next-part"), KeyOutcome::Nothing);
    EXPECT_EQ(hand_.press("commit"), KeyOutcome::Done);
    EXPECT_EQ(hand_.screen(), "こうえんがすぎ|");
}

TEST_F(KanaOnlyTest, MarksActOnTheLastKanaAlsoOfTheText) {
    hand_.type("は{half-voiced}つ{small}よ{small}");
    EXPECT_EQ(hand_.preedit(), "ぱっょ");
    hand_.press("commit");
    EXPECT_EQ(hand_.press("small"), KeyOutcome::Done);
    EXPECT_EQ(hand_.screen(), "ぱっよ|");
    EXPECT_EQ(hand_.press("voiced"), KeyOutcome::Nothing);
}

TEST_F(KanaOnlyTest, DeletingTakesBackTheKanaThenTheText) {
    EXPECT_EQ(hand_.press("delete"), KeyOutcome::Nothing);
    hand_.type("あい{commit}う{delete}{delete}");
    EXPECT_EQ(hand_.screen(), "あ|");
    EXPECT_EQ(hand_.press("small"), KeyOutcome::Done);
    EXPECT_EQ(hand_.screen(), "ぁ|");
}

TEST_F(KanaOnlyTest, TheLimitCountsWhatIsBeingComposed) {
    EXPECT_EQ(hand_.type("あいうえお{space}かきくけこさ"), KeyOutcome::Done);
    EXPECT_EQ(hand_.screen(), "あいうえお　|かきくけこさ");
    EXPECT_EQ(hand_.type("し"), KeyOutcome::Full);
    EXPECT_EQ(hand_.press("space"), KeyOutcome::Full);
    EXPECT_EQ(hand_.press("delete"), KeyOutcome::Done);
}

TEST_F(KanaOnlyTest, NothingIsLeftAfterForgetting) {
    hand_.type("あい");
    hand_.forget();
    EXPECT_EQ(hand_.screen(), "|");
    hand_.type("う");
    EXPECT_EQ(hand_.screen(), "|う");
}

class KanaConversionTest : public testing::Test {
  protected:
    FakeWords words_{.suggestions = {"こう", "公園", "公園", "🏞", "悪\nい", "講演"},
                     .parts = {{"公園", "講演", "⛲", "公演"}, {"の", "野"}}};
    Hand hand_{kana_composer(std::make_unique<FakeConverter>(words_)), BoardKind::Kana, 12};
};

TEST_F(KanaConversionTest, SuggestsWhatCanBeShownOnceEach) {
    hand_.type("こう");
    EXPECT_EQ(hand_.conversion(), Conversion::Ready);
    EXPECT_THAT(hand_.candidates(), ElementsAre("公園", "講演"));
    EXPECT_EQ(hand_.choose(1), KeyOutcome::Done);
    EXPECT_EQ(hand_.screen(), "講演|");
    EXPECT_EQ(words_.drops, 1);
    EXPECT_EQ(hand_.choose(0), KeyOutcome::Nothing);
}

TEST_F(KanaConversionTest, NeverOffersMoreThanThereIsRoomFor) {
    words_.suggestions.clear();
    for (const char* word :
         {"亜", "唖", "阿", "娃", "愛", "挨", "哀", "逢", "葵", "茜", "悪", "握"})
        words_.suggestions.push_back(word);
    hand_.type("あ");
    EXPECT_EQ(hand_.candidates().size(), kMostCandidates);
}

TEST_F(KanaConversionTest, PartsAreChosenOneByOne) {
    hand_.type("こうえんの{convert}");
    EXPECT_THAT(hand_.parts().parts, ElementsAre("公園", "の"));
    EXPECT_THAT(hand_.candidates(), ElementsAre("公園", "講演", "公演"));  // no picture
    EXPECT_EQ(hand_.parts().chosen, 0u);
    hand_.choose(2);
    EXPECT_EQ(hand_.preedit(), "公演の");
    EXPECT_EQ(hand_.parts().chosen, 2u);
    hand_.press("convert");  // round again
    EXPECT_EQ(hand_.preedit(), "公園の");
    hand_.press("next-part");
    EXPECT_EQ(hand_.parts().focused, 1u);
    EXPECT_THAT(hand_.candidates(), ElementsAre("の", "野"));
    hand_.press("next-part");
    EXPECT_EQ(hand_.parts().focused, 0u);
    EXPECT_EQ(hand_.type("と"), KeyOutcome::Done);  // what was converted becomes text
    EXPECT_EQ(hand_.screen(), "公園の|と");
}

TEST_F(KanaConversionTest, DeleteGoesBackToTheKana) {
    hand_.type("こうえんの{convert}{delete}");
    EXPECT_EQ(hand_.screen(), "|こうえんの");
    EXPECT_FALSE(hand_.parts().converted);
    EXPECT_THAT(hand_.candidates(), ElementsAre("こう", "公園", "講演"));
    EXPECT_EQ(hand_.press("voiced"), KeyOutcome::Nothing);  // no ゛ on の
}

TEST_F(KanaConversionTest, ATextThatWouldBeTooLongStaysInTheMaking) {
    words_.suggestions = {"とても長い変換候補の文章です"};
    hand_.type("と");
    EXPECT_EQ(hand_.choose(0), KeyOutcome::Full);
    EXPECT_EQ(hand_.screen(), "|と");
}

TEST_F(KanaConversionTest, AConverterThatFailsLeavesTheKanaAndIsGone) {
    hand_.type("こうえんの{convert}");
    words_.fails = true;
    EXPECT_EQ(hand_.press("next-part"), KeyOutcome::Nothing);
    EXPECT_EQ(hand_.screen(), "|こうえんの");
    EXPECT_FALSE(words_.is_alive);
    EXPECT_EQ(hand_.conversion(), Conversion::Unavailable);
    hand_.type("た{commit}");
    EXPECT_EQ(hand_.screen(), "こうえんのた|");
}

TEST_F(KanaConversionTest, AConverterThatFailsWhileTypingLosesNoKana) {
    hand_.type("こ");
    words_.fails = true;
    hand_.type("う");
    EXPECT_EQ(hand_.screen(), "|こう");
    EXPECT_FALSE(words_.is_alive);
}

TEST_F(KanaConversionTest, NothingWaitsForAConverterThatStarts) {
    words_.state = ConverterState::Starting;
    hand_.type("こう");
    EXPECT_EQ(hand_.conversion(), Conversion::Starting);
    EXPECT_THAT(hand_.candidates(), IsEmpty());
    EXPECT_EQ(hand_.press("convert"), KeyOutcome::Nothing);
    words_.state = ConverterState::Ready;
    hand_.type("え");
    EXPECT_EQ(hand_.candidates().size(), 3u);
    words_.state = ConverterState::Ended;
    EXPECT_EQ(hand_.conversion(), Conversion::Unavailable);
    EXPECT_FALSE(words_.is_alive);
}

}  // namespace
}  // namespace machikoe
