// Composers: English, Vietnamese, Korean and Chinese as they are typed.
#include "app/writing/composer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/writing/pinyin.h"
#include "tests/writing/keys.h"

namespace machikoe {
namespace {

using testing::Contains;
using testing::IsEmpty;

TEST(DirectComposerTest, EnglishIsWrittenAsTyped) {
    Hand hand(direct_composer(BoardKind::Latin), BoardKind::Latin, 20);
    EXPECT_EQ(hand.type("Nice cafe{acute}, OK?"), KeyOutcome::Done);
    EXPECT_EQ(hand.screen(), "Nice café, OK?|");
    EXPECT_EQ(hand.conversion(), Conversion::NotNeeded);
    EXPECT_EQ(hand.press("delete"), KeyOutcome::Done);
    EXPECT_EQ(hand.press("acute"), KeyOutcome::Done);  // Ḱ is a letter
    EXPECT_EQ(hand.draft.text(), "Nice café, OḰ");
}

TEST(DirectComposerTest, AMarkWithoutALetterDoesNothing) {
    Hand hand(direct_composer(BoardKind::Latin), BoardKind::Latin);
    EXPECT_EQ(hand.press("acute"), KeyOutcome::Nothing);
    EXPECT_EQ(hand.type("5{acute}"), KeyOutcome::Nothing);
    EXPECT_EQ(hand.draft.text(), "5");
    EXPECT_EQ(hand.press("delete"), KeyOutcome::Done);
    EXPECT_EQ(hand.press("delete"), KeyOutcome::Nothing);
    EXPECT_EQ(hand.choose(0), KeyOutcome::Nothing);
    EXPECT_EQ(hand.commit(), KeyOutcome::Nothing);
}

TEST(DirectComposerTest, AFullTextTakesMarksButNoLetters) {
    Hand hand(direct_composer(BoardKind::Latin), BoardKind::Latin, 2);
    EXPECT_EQ(hand.type("abe"), KeyOutcome::Full);
    EXPECT_EQ(hand.type("{delete}e{acute}"), KeyOutcome::Done);
    EXPECT_EQ(hand.draft.text(), "aé");
}

TEST(DirectComposerTest, VietnameseIsWrittenByMarksAfterTheLetter) {
    Hand hand(direct_composer(BoardKind::Vietnamese), BoardKind::Vietnamese);
    hand.type(
        "D{stroke}u{horn}o{horn}{grave}ng pho{circumflex}{acute} to{circumflex}{acute}i "
        "qua{acute}, xin the{circumflex}m d{stroke}e{grave}n.");
    EXPECT_EQ(hand.draft.text(), "Đường phố tối quá, xin thêm đèn.");
    EXPECT_EQ(fault_in_string(hand.draft.text()), std::nullopt);  // NFC
}

TEST(HangulComposerTest, JamoBecomeSyllables) {
    Hand hand(hangul_composer(), BoardKind::Hangul);
    hand.type("ㄱㅗㅇㅇㅜㅓㄴ");
    EXPECT_EQ(hand.screen(), "공|원");
    hand.type(" ㅎㅗㅏㅈㅏㅇㅅㅣㄹㅇㅣ ㅇㅓㄷㅜㅇㅜㅓㅇㅛ.");
    EXPECT_EQ(hand.screen(), "공원 화장실이 어두워요.|");
}

TEST(HangulComposerTest, DeletingTakesOneJamoThenWholeSyllables) {
    Hand hand(hangul_composer(), BoardKind::Hangul);
    hand.type("ㄱㅏㄴㅏ");
    EXPECT_EQ(hand.screen(), "가|나");
    hand.press("delete");
    EXPECT_EQ(hand.screen(), "가|ㄴ");
    hand.type("{delete}{delete}");
    EXPECT_EQ(hand.screen(), "|");
    EXPECT_EQ(hand.press("delete"), KeyOutcome::Nothing);
}

TEST(HangulComposerTest, TheLastSyllableCanBeFinishedAndNoOtherBegun) {
    Hand hand(hangul_composer(), BoardKind::Hangul, 2);
    EXPECT_EQ(hand.type("ㄱㅏㄱㅏㄴ"), KeyOutcome::Done);
    EXPECT_EQ(hand.screen(), "가|간");
    EXPECT_EQ(hand.type("ㅏ"), KeyOutcome::Full);
    EXPECT_EQ(hand.screen(), "가간|");
    EXPECT_EQ(hand.type("ㅏ"), KeyOutcome::Full);
    EXPECT_EQ(hand.press("space"), KeyOutcome::Full);
    EXPECT_EQ(hand.screen(), "가간|");
}

TEST(HangulComposerTest, ASyllableBecomesTextOrIsForgotten) {
    Hand hand(hangul_composer(), BoardKind::Hangul);
    hand.type("ㄲㅏ");
    EXPECT_EQ(hand.commit(), KeyOutcome::Done);
    EXPECT_EQ(hand.screen(), "까|");
    EXPECT_EQ(hand.commit(), KeyOutcome::Nothing);
    hand.type("ㄱㅏ");
    hand.forget();
    hand.type("ㄴ");
    EXPECT_EQ(hand.screen(), "까|ㄴ");
}

class PinyinComposerTest : public testing::Test {
  protected:
    static std::shared_ptr<PinyinEngine> engine() {
        static const auto opened = PinyinEngine::open();
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return opened ? *opened : nullptr;
    }
};

TEST_F(PinyinComposerTest, ASentenceIsTheFirstCandidate) {
    Hand simplified(pinyin_composer(engine(), HanScript::Simplified), BoardKind::Pinyin);
    simplified.type("wanshangluhen'an");
    EXPECT_EQ(simplified.draft.text(), "");
    EXPECT_LE(simplified.candidates().size(), kMostCandidates);
    EXPECT_EQ(simplified.candidates().at(0), "晚上路很暗");
    EXPECT_EQ(simplified.press("space"), KeyOutcome::Done);
    simplified.type("，");
    EXPECT_EQ(simplified.screen(), "晚上路很暗，|");
}

TEST_F(PinyinComposerTest, TraditionalScriptIsWrittenForThoseWhoReadIt) {
    Hand traditional(pinyin_composer(engine(), HanScript::Traditional),
                     BoardKind::PinyinTraditional);
    traditional.type("gongyuandecesuo");
    EXPECT_THAT(traditional.candidates(), Contains("公園的廁所"));
    traditional.press("commit");
    EXPECT_EQ(traditional.screen(), "公園的廁所|");
}

TEST_F(PinyinComposerTest, WordsAreChosenOneAfterAnother) {
    Hand hand(pinyin_composer(engine(), HanScript::Simplified), BoardKind::Pinyin);
    hand.type("nihao");
    const auto& words = hand.candidates();
    const auto ni = std::ranges::find(words, std::string("你"));
    ASSERT_NE(ni, words.end());
    EXPECT_EQ(hand.choose(static_cast<std::size_t>(ni - words.begin())), KeyOutcome::Done);
    EXPECT_EQ(hand.screen(), "|你hao");
    hand.press("delete");  // the choice
    EXPECT_EQ(hand.screen(), "|ni hao");
    hand.press("delete");  // a letter
    EXPECT_EQ(hand.screen(), "|ni ha");
    EXPECT_EQ(hand.choose(kMostCandidates), KeyOutcome::Nothing);
    hand.forget();
    EXPECT_EQ(hand.screen(), "|");
    EXPECT_THAT(hand.candidates(), IsEmpty());
    EXPECT_EQ(hand.press("delete"), KeyOutcome::Nothing);
}

TEST_F(PinyinComposerTest, WhatDoesNotFitStaysInTheMaking) {
    Hand hand(pinyin_composer(engine(), HanScript::Simplified), BoardKind::Pinyin, 3);
    hand.type("wanshangluhenan");
    EXPECT_EQ(hand.press("space"), KeyOutcome::Full);
    EXPECT_EQ(hand.draft.text(), "");
    EXPECT_NE(hand.preedit(), "");
    hand.forget();
    std::string many(80, 'a');
    EXPECT_EQ(hand.type(many), KeyOutcome::Full);
}

TEST_F(PinyinComposerTest, WithoutAnEngineLettersStayLetters) {
    Hand hand(pinyin_composer(nullptr, HanScript::Simplified), BoardKind::Pinyin);
    EXPECT_EQ(hand.conversion(), Conversion::Unavailable);
    hand.type("ni hao。");
    EXPECT_EQ(hand.screen(), "ni hao。|");
    hand.press("delete");
    EXPECT_EQ(hand.screen(), "ni hao|");
}

}  // namespace
}  // namespace machikoe
