// Text rules: which strings a pack may hold.
#include "app/plan/text_rules.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

class TextRulesTest : public testing::Test {};

TEST_F(TextRulesTest, FindTheFirstBadByte) {
    EXPECT_EQ(first_bad_byte("a\xff"), 1u);
    EXPECT_EQ(first_bad_byte("まち\xe3\x81"), 6u);
    EXPECT_EQ(first_bad_byte("a\tb"), 1u);
    EXPECT_EQ(first_bad_byte("a\rb"), 1u);
    EXPECT_EQ(first_bad_byte("ab\r"), 2u);
    EXPECT_EQ(first_bad_byte(std::string_view("ab\0", 3)), 2u);
    EXPECT_EQ(first_bad_byte("a\x7f"), 1u);
    EXPECT_EQ(first_bad_byte("a\xc2\x9f"), 1u);
    EXPECT_EQ(first_bad_byte(""), std::nullopt);
    EXPECT_EQ(first_bad_byte("a\r\nb\n𠮷é"), std::nullopt);
}

TEST_F(TextRulesTest, RefuseWhatCannotBeShown) {
    for (const char* text : {"", "\xff", "a\nb", "a\x1b", "\u200Ea\u202E", "\u2067a", "\uE000",
                             "\u2028", "\uFEFFa", "\uFFFD", "e\u0301", "か\u3099", "\u0378"})
        EXPECT_TRUE(fault_in_string(text)) << text;
    for (const char* text : {"a", "é", "が", "区\u2060長", "鶴\u200B見", "Tiếng Việt", "한국어",
                             "葛\U000E0100", "𠮷", "・"})
        EXPECT_FALSE(fault_in_string(text)) << text;
}

TEST_F(TextRulesTest, RefuseRubyThatIsNone) {
    for (const char* text : {"{", "}", "a|b", "{a}", "{a|}", "{|a}", "{区|く", "区|く}", "{区|く}}",
                             "{区|ku}", "{区|区}", "{{区|く}|く}"}) {
        EXPECT_TRUE(fault_in_ruby(text, Language::Ja)) << text;
        EXPECT_TRUE(fault_in_ruby(text, Language::JaEasy)) << text;
    }
    for (const char* text : {"{区|く}", "まち{区|ク}まち{長|ちょう}", "{1人|ひとり}", "あ"}) {
        EXPECT_FALSE(fault_in_ruby(text, Language::Ja)) << text;
        EXPECT_FALSE(fault_in_ruby(text, Language::JaEasy)) << text;
    }
}

TEST_F(TextRulesTest, OnlyJapaneseCarriesRuby) {
    for (const Language language :
         {Language::En, Language::ZhHans, Language::ZhHant, Language::Ko, Language::Vi}) {
        EXPECT_TRUE(fault_in_ruby("{区|く}", language));
        EXPECT_FALSE(fault_in_ruby("a | 区", language));
    }
}

TEST_F(TextRulesTest, JapaneseNeedsAReadingForEveryKanji) {
    for (const Language language : {Language::Ja, Language::JaEasy}) {
        for (const char* text : {"区", "{区|く}役", "人々", "々", "{区|く}の𠮷"})
            EXPECT_TRUE(fault_in_ruby(text, language)) << text;
        EXPECT_EQ(fault_in_ruby("{区|く}の役所だ", language), "kanji without reading: 役所");
        EXPECT_FALSE(fault_in_ruby("{区|く}の{役所|やくしょ}だ", language));
    }
}

TEST_F(TextRulesTest, KnowHiragana) {
    EXPECT_TRUE(is_hiragana("こうじょ"));
    EXPECT_TRUE(is_hiragana("らーめん"));
    for (const char* text : {"", "コウジョ", "公助", "a", "こう じょ"})
        EXPECT_FALSE(is_hiragana(text));
}

}  // namespace
}  // namespace machikoe
