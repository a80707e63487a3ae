// Writing: one person after another, in whatever language.
#include "app/writing/writing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/writing/fake_converter.h"

namespace machikoe {
namespace {

using testing::ElementsAre;

class WritingTest : public testing::Test {
  protected:
    void press(std::initializer_list<const char*> keys) {
        for (const char* key : keys) writing_.press(key);
    }
    FakeWords words_{.parts = {{"公園"}}};
    int converters_ = 0;
    Writing writing_{WritingEngines{.kana = [this]() -> std::unique_ptr<KanaConverter> {
                                        ++converters_;
                                        return std::make_unique<FakeConverter>(words_);
                                    },
                                    .pinyin = nullptr}};
};

TEST_F(WritingTest, EveryLanguageBeginsWithABoardOfItsOwn) {
    const std::map<Language, BoardKind> expected = {
        {Language::Ja, BoardKind::Kana},
        {Language::JaEasy, BoardKind::Kana},
        {Language::En, BoardKind::Latin},
        {Language::ZhHans, BoardKind::Pinyin},
        {Language::ZhHant, BoardKind::PinyinTraditional},
        {Language::Ko, BoardKind::Hangul},
        {Language::Vi, BoardKind::Vietnamese}};
    for (const Language language : kAllLanguages) {
        ASSERT_TRUE(writing_.begin(language, 100));
        EXPECT_EQ(writing_.view().board->kind, expected.at(language));
        EXPECT_GE(boards_of(language).size(), 2u);
    }
}

TEST_F(WritingTest, ComposesAndHandsOverTheText) {
    ASSERT_TRUE(writing_.begin(Language::Ja, 100, "夜の"));
    press({"こ", "う", "え", "ん"});
    EXPECT_EQ(writing_.view().text, "夜の");
    EXPECT_EQ(writing_.view().preedit.text(), "こうえん");
    EXPECT_EQ(writing_.view().letters, 6u);
    press({"convert"});
    EXPECT_EQ(writing_.finish(), "夜の公園");
    EXPECT_TRUE(writing_.view().preedit.empty());
}

TEST_F(WritingTest, AnotherBoardEndsWhatIsBeingComposed) {
    ASSERT_TRUE(writing_.begin(Language::Ja, 100));
    press({"こ", "う"});
    EXPECT_EQ(writing_.use_board(BoardKind::Latin), KeyOutcome::Done);
    press({"shift"});
    EXPECT_EQ(writing_.view().board->layer, Layer::Shifted);
    press({"W", "i"});  // one capital
    EXPECT_EQ(writing_.view().text, "こうWi");
    EXPECT_EQ(writing_.view().conversion, Conversion::NotNeeded);
    EXPECT_EQ(writing_.use_board(BoardKind::Kana), KeyOutcome::Done);
    press({"signs", "？"});
    EXPECT_EQ(writing_.finish(), "こうWi？");
    EXPECT_EQ(writing_.press("no such key"), KeyOutcome::Nothing);
}

TEST_F(WritingTest, WhatWasConvertedAndHasNoRoomIsHandedOverAsItsKana) {
    words_.parts = {{"記録係"}};
    ASSERT_TRUE(writing_.begin(Language::Ja, 2));
    press({"き", "ろ", "convert"});
    EXPECT_EQ(writing_.view().preedit.text(), "記録係");
    EXPECT_EQ(writing_.finish(), "きろ");
}

TEST_F(WritingTest, PhrasesAreWrittenApartWhereWordsAre) {
    ASSERT_TRUE(writing_.begin(Language::En, 20, "Hi."));
    EXPECT_EQ(writing_.take(writing_wish::Insert{"Bye."}), KeyOutcome::Done);
    EXPECT_EQ(writing_.finish(), "Hi. Bye.");
    ASSERT_TRUE(writing_.begin(Language::Ja, 20, "はい。"));
    EXPECT_EQ(writing_.take(writing_wish::Insert{"いいえ。"}), KeyOutcome::Done);
    EXPECT_EQ(writing_.finish(), "はい。いいえ。");
}

TEST_F(WritingTest, DictionariesAreNotLoadedBeforeThereIsPinyinToWrite) {
    int loaded = 0;
    Writing writing({.kana = nullptr, .pinyin = [&]() -> std::shared_ptr<PinyinEngine> {
                         ++loaded;
                         return nullptr;
                     }});
    ASSERT_TRUE(writing.begin(Language::En, 10));
    EXPECT_EQ(loaded, 0);
    ASSERT_TRUE(writing.begin(Language::ZhHans, 10));
    EXPECT_EQ(loaded, 1);
}

TEST_F(WritingTest, APhraseIsWrittenWholeOrNotAtAll) {
    ASSERT_TRUE(writing_.begin(Language::En, 12));
    EXPECT_EQ(writing_.insert("All is well"), KeyOutcome::Done);
    EXPECT_EQ(writing_.insert("Thank you"), KeyOutcome::Full);
    EXPECT_EQ(writing_.finish(), "All is well");
}

TEST_F(WritingTest, PointsAtContactDetailsWhileTheyAreBeingWritten) {
    ASSERT_TRUE(writing_.begin(Language::Ja, 100, "電話は"));
    EXPECT_TRUE(writing_.view().contacts.empty());
    press({"signs", "0", "6", "6", "9", "1", "5", "9", "9", "8"});
    EXPECT_TRUE(writing_.view().contacts.empty());
    press({"7"});
    EXPECT_THAT(writing_.view().contacts,
                ElementsAre(ContactFinding{ContactDetail::Telephone, 9, 19}));
}

TEST_F(WritingTest, NothingIsLeftOfThePersonBefore) {
    ASSERT_TRUE(writing_.begin(Language::Ja, 100, "夜の"));
    press({"こ", "う"});
    writing_.forget();
    EXPECT_FALSE(words_.is_alive);
    ASSERT_TRUE(writing_.begin(Language::Ja, 100));
    EXPECT_EQ(writing_.view().text, "");
    EXPECT_TRUE(writing_.view().preedit.empty());
    EXPECT_EQ(writing_.finish(), "");
    EXPECT_EQ(converters_, 2);
}

TEST_F(WritingTest, AnotherQuestionOfTheSamePersonKeepsTheConverter) {
    ASSERT_TRUE(writing_.begin(Language::Ja, 100));
    press({"こ"});
    ASSERT_TRUE(writing_.begin(Language::JaEasy, 50, "前の"));
    EXPECT_TRUE(writing_.view().preedit.empty());
    EXPECT_EQ(writing_.view().most_letters, 50u);
    EXPECT_EQ(converters_, 1);
}

TEST_F(WritingTest, RefusesToGoOnWithWhatIsNoAnswer) {
    const Status begun = writing_.begin(Language::Ja, 3, "長すぎる");
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::Invalid);
    press({"あ"});
    EXPECT_EQ(writing_.finish(), "あ");
}

TEST(WritingWithoutEnginesTest, KanaAndLettersRemain) {
    Writing writing(WritingEngines{});
    ASSERT_TRUE(writing.begin(Language::Ja, 10));
    writing.press("あ");
    EXPECT_EQ(writing.view().conversion, Conversion::Unavailable);
    EXPECT_EQ(writing.finish(), "あ");
    ASSERT_TRUE(writing.begin(Language::ZhHans, 10));
    writing.press("a");
    EXPECT_EQ(writing.view().conversion, Conversion::Unavailable);
    EXPECT_EQ(writing.finish(), "a");
}

}  // namespace
}  // namespace machikoe
