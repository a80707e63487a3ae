// Languages, texts in several of them, and the ruby mark-up.
#include "app/plan/language.h"

#include <gtest/gtest.h>

#include <set>

namespace machikoe {
namespace {

TEST(LanguageTest, AnUnknownTagIsNoLanguage) {
    for (const char* tag : {"", "JA", "ja-", "zh", "jp", "ja-easy "}) {
        EXPECT_FALSE(language_of(tag)) << tag;
    }
}

TEST(LanguageTest, EveryTagLeadsBackToItsLanguage) {
    std::set<std::string_view> tags, names;
    for (const Language language : kAllLanguages) {
        EXPECT_EQ(language_of(tag_of(language)), language);
        tags.insert(tag_of(language));
        names.insert(native_name_of(language));
    }
    EXPECT_EQ(tags.size(), kLanguageCount);
    EXPECT_EQ(names.size(), kLanguageCount);
    EXPECT_EQ(tag_of(Language::JaEasy), "ja-easy");
    EXPECT_EQ(native_name_of(Language::Vi), "Tiếng Việt");
}

TEST(LanguageTest, OnlyTheTwoKindsOfJapaneseAreJapanese) {
    int count = 0;
    for (const Language language : kAllLanguages) count += is_japanese(language);
    EXPECT_EQ(count, 2);
    EXPECT_TRUE(is_japanese(Language::Ja));
    EXPECT_TRUE(is_japanese(Language::JaEasy));
}

TEST(TextTest, AMissingLanguageFallsBackToJapanese) {
    Text text;
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(text.in(Language::Ko), "");
    text.set(Language::Ja, "区役所");
    text.set(Language::En, "Ward office");
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.in(Language::En), "Ward office");
    EXPECT_EQ(text.in(Language::Ko), "区役所");
    EXPECT_FALSE(text.has(Language::Ko));
    text.set(Language::En, "");
    EXPECT_EQ(text.in(Language::En), "区役所");
}

TEST(RubyMarkupTest, MalformedGroupsStayPlainText) {
    for (const char* text :
         {"{", "}", "|", "{}", "{|}", "{漢字", "{漢字|", "{漢字|かんじ", "{漢字|}", "{|かんじ}",
          "{漢字}", "{漢|か|ん}", "{漢\n字|かんじ}", "漢|か}"}) {
        EXPECT_EQ(without_ruby(text), text);
        EXPECT_EQ(split_ruby(text), (std::vector<RubyPiece>{{text, ""}}));
    }
    EXPECT_TRUE(split_ruby("").empty());
}

TEST(RubyMarkupTest, AnInnerGroupOfANestedOneIsRead) {
    EXPECT_EQ(split_ruby("{a{漢|かん}b|c}"),
              (std::vector<RubyPiece>{{"{a", ""}, {"漢", "かん"}, {"b|c}", ""}}));
}

TEST(RubyMarkupTest, GroupsAreTakenOutOfTheirText) {
    EXPECT_EQ(
        split_ruby("{小学校|しょうがっこう}の{統合|とうごう}"),
        (std::vector<RubyPiece>{{"小学校", "しょうがっこう"}, {"の", ""}, {"統合", "とうごう"}}));
    EXPECT_EQ(without_ruby("お{名前|なまえ}は？"), "お名前は？");
}

TEST(RubyMarkupTest, EveryCutOfATextLosesNothingButMarks) {
    const std::string text = "お{名前|なまえ}は{聞|き}きません。";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const std::string cut = text.substr(0, length);
        const std::string plain = without_ruby(cut);
        EXPECT_LE(plain.size(), cut.size());
        EXPECT_EQ(plain.find("お"), length < 3 ? std::string::npos : 0u);
    }
}

}  // namespace
}  // namespace machikoe
