// Words: where a glossary's entries stand in a text.
#include "app/ui/words.h"

#include <gtest/gtest.h>

#include "app/ui/ruby.h"

namespace machikoe {
namespace {

GlossaryEntry entry(const std::string& id, const std::string& term, Language language,
                    const std::string& label) {
    GlossaryEntry made;
    made.id = id;
    made.term = term;
    made.label.set(language, label);
    return made;
}

std::vector<std::string> found(const std::vector<GlossaryEntry>& glossary, Language language,
                               const std::string& markup) {
    const std::u32string text = parse_ruby_text(markup).characters;
    std::vector<std::string> words;
    for (const FoundWord& word : WordFinder(glossary, language).find(markup)) {
        EXPECT_LT(word.begin, word.end);
        EXPECT_LE(word.end, text.size());
        words.push_back(word.entry + ":" + std::to_string(word.begin) + "-" +
                        std::to_string(word.end));
    }
    return words;
}

using Words = std::vector<std::string>;

TEST(WordsTest, AnEmptyGlossaryOrTextFindsNothing) {
    EXPECT_EQ(found({}, Language::Ja, "区の話"), Words{});
    EXPECT_EQ(found({entry("a", "", Language::En, "")}, Language::En, "anything"), Words{});
    EXPECT_EQ(found({entry("a", "区", Language::Ja, "区")}, Language::Ja, ""), Words{});
}

TEST(WordsTest, JapaneseIsFoundUnderItsRubyAndByTheOfficialTerm) {
    const auto welfare = entry("w", "地域福祉", Language::Ja, "{地域|ちいき}{福祉|ふくし}");
    const auto help = entry("h", "公助", Language::Ja, "{役所|やくしょ}の{助|たす}け");
    EXPECT_EQ(found({welfare, help}, Language::Ja,
                    "{地域|ちいき}{福祉|ふくし}と{公助|こうじょ}、また{地域|ちいき}{福祉|ふくし}"),
              (Words{"w:0-4", "h:5-7", "w:10-14"}));
}

TEST(WordsTest, ARunUnderOneReadingIsNotCut) {
    const auto rights = entry("r", "人権", Language::Ja, "{人権|じんけん}");
    EXPECT_EQ(found({rights}, Language::Ja, "{人権啓発|じんけんけいはつ}"), Words{});
    EXPECT_EQ(found({rights}, Language::Ja, "{人権|じんけん}{啓発|けいはつ}"), Words{"r:0-2"});
}

TEST(WordsTest, TheLongerOfTwoWins) {
    const auto council = entry("long", "", Language::Ja, "地域活動協議会");
    const auto area = entry("short", "", Language::Ja, "地域");
    EXPECT_EQ(found({area, council}, Language::Ja, "地域活動協議会と地域"),
              (Words{"long:0-7", "short:8-10"}));
}

TEST(WordsTest, EnglishTakesCaseAndPluralsAndNoPartOfAWord) {
    const auto shelter = entry("s", "", Language::En, "Shelter");
    const auto npo = entry("n", "", Language::En, "NPO");
    EXPECT_EQ(found({shelter, npo}, Language::En, "shelters, a SHELTER and NPOs"),
              (Words{"s:0-8", "s:12-19", "n:24-28"}));
    EXPECT_EQ(found({shelter, npo}, Language::En, "sheltered snpo npos2"), Words{});
}

TEST(WordsTest, KatakanaWordsAreWhole) {
    const auto report = entry("r", "", Language::Ja, "レポート");
    EXPECT_EQ(found({report}, Language::Ja, "まちづくりレポートを"), Words{"r:5-9"});
    EXPECT_EQ(found({report}, Language::Ja, "テレポートやレポーター"), Words{});
}

TEST(WordsTest, KoreanTakesParticlesBehindOnly) {
    const auto shelter = entry("s", "", Language::Ko, "대피소");
    EXPECT_EQ(found({shelter}, Language::Ko, "대피소에서"), Words{"s:0-3"});
    EXPECT_EQ(found({shelter}, Language::Ko, "구대피소"), Words{});
}

TEST(WordsTest, ChineseAndVietnameseAreFound) {
    EXPECT_EQ(found({entry("c", "", Language::ZhHans, "避难所")}, Language::ZhHans, "去避难所吧"),
              Words{"c:1-4"});
    // As entered on some keyboards: the same letters, taken apart.
    EXPECT_EQ(found({entry("v", "", Language::Vi, "Nơi lánh nạn")}, Language::Vi,
                    "có nơi la\u0301nh na\u0323n gần"),
              Words{"v:3-15"});
}

}  // namespace
}  // namespace machikoe
