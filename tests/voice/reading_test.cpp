// How texts are read: numbers, counters, signs, ruby, lexicon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/kana.h"
#include "app/voice/numbers.h"
#include "app/voice/speech_source.h"
#include "app/voice/spoken_numbers.h"

namespace machikoe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadingTest : public testing::Test {
  protected:
    ReadingTest() {
        crypto_ready();
        auto pack = load_pack(places_.pack);
        EXPECT_TRUE(pack);
        auto lexicon = load_lexicon(places_, pack->plan);
        EXPECT_TRUE(lexicon) << lexicon.error().message;
        lexicon_ = *std::move(lexicon);
    }
    std::string said(std::string_view text, Language language = Language::Ja) const {
        return spoken_form(text, language, lexicon_).said();
    }

    const SpeechPlaces places_{
        MACHIKOE_SOURCE_DIR "/assets", MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4", {}};
    Lexicon lexicon_;
};

TEST_F(ReadingTest, NumbersAreReadAsWholes) {
    EXPECT_EQ(reading_of_number("0"), "ゼロ");
    EXPECT_EQ(reading_of_number("10"), "ジュウ");
    EXPECT_EQ(reading_of_number("300"), "サンビャク");
    EXPECT_EQ(reading_of_number("600"), "ロッピャク");
    EXPECT_EQ(reading_of_number("3,800"), "サンゼンハッピャク");
    EXPECT_EQ(reading_of_number("28,523"), "ニマンハッセンゴヒャクニジュウサン");
    EXPECT_EQ(reading_of_number("10000000"), "イッセンマン");
    EXPECT_EQ(reading_of_number("3.1"), "サンテンイチ");
    EXPECT_EQ(reading_of_number("007"), "ゼロゼロナナ");
}

TEST_F(ReadingTest, CountersChangeWithTheirNumber) {
    // What a pack and the program count with, and the cases that go wrong by rule.
    const std::pair<const char*, const char*> cases[] = {
        {"1人", "ヒトリ"},
        {"2人", "フタリ"},
        {"4人", "ヨニン"},
        {"14人", "ジュウヨニン"},
        {"220人", "ニヒャクニジュウニン"},
        {"1件", "イッケン"},
        {"8件", "ハッケン"},
        {"10件", "ジュッケン"},
        {"100件", "ヒャッケン"},
        {"3件", "サンケン"},
        {"1日", "イチニチ"},
        {"4月1日", "シガツツイタチ"},
        {"9月20日", "クガツハツカ"},
        {"11月24日", "ジュウイチガツニジュウヨッカ"},
        {"30{日分|にちぶん}", "サンジュウニチブン"},
        {"2022{年度|ねんど}", "ニセンニジュウニネンド"},
        {"4{年|ねん}", "ヨネン"},
        {"{令和|れいわ}4{年度|ねんど}", "レイワヨネンド"},
        {"1{分|ぷん}", "イップン"},
        {"3{分|ぷん}", "サンプン"},
        {"10{分|ふん}", "ジュップン"},
        {"3{分|ぶん}の1", "サンブンのイチ"},
        {"3歳", "サンサイ"},
        {"18{歳|さい}", "ジュウハッサイ"},
        {"70{歳|さい}", "ナナジュッサイ"},
        {"2つ", "フタツ"},
        {"10つ", "トオ"},
        {"100%", "ヒャクパーセント"},
        {"35%", "サンジュウゴパーセント"},
        {"8%", "ハチパーセント"},
        {"20%", "ニジュッパーセント"},
        {"7時", "シチジ"},
        {"9時30分", "クジサンジュップン"},
        {"4円", "ヨエン"},
        {"12{桁|けた}", "ジュウニケタ"}};
    for (const auto& [text, reading] : cases) EXPECT_EQ(said(text), reading) << text;
}

TEST_F(ReadingTest, WordsOfThePackAreReadAsItsLexiconAndGlossarySay) {
    EXPECT_EQ(said("鶴見区"), "ツルミク");
    EXPECT_EQ(said("「支え手・受け手」"), "ササエテ、ウケテ");
    EXPECT_EQ(said("地活協"), "チカツキョウ");
    EXPECT_EQ(said("NPOとSDGs"), "エヌピーオーとエスディージーズ");
    EXPECT_EQ(said("COVID-19, NPOs and NPO", Language::En), "covid nineteen, N P Ohs and N P O");
    EXPECT_EQ(said("NPOX", Language::En), "NPOX");  // whole words only
    EXPECT_EQ(said("“NPO”", Language::En), "\"N P O\"");
}

TEST_F(ReadingTest, SignsBecomePausesWordsOrNothing) {
    EXPECT_EQ(said("「{区|く}」（{人|ひと}）。"), "ク、ヒト。");
    EXPECT_EQ(said("{家族|かぞく}・{知人|ちじん}"), "カゾク、チジン");
    EXPECT_EQ(said("18〜29{歳|さい}"), "ジュウハチカラニジュウキュウサイ");
    EXPECT_EQ(said("ここを さわって"), "ここをさわって");
    EXPECT_EQ(said("{町|まち}の、\n{声|こえ}"), "マチの、コエ");
    EXPECT_EQ(said("よいですか?"), "よいですか？");
    EXPECT_EQ(said("「-」と{書|か}く"), "ヨコボウとカく");
    EXPECT_TRUE(spoken_form("「、」-", Language::Ja, lexicon_).silent());
    EXPECT_TRUE(spoken_form("ことばを", Language::En, lexicon_).silent());
}

TEST_F(ReadingTest, RubyIsStrongerThanAnyLexicon) {
    EXPECT_EQ(said("{公助|おおやけのたすけ}"), "オオヤケノタスケ");
    EXPECT_THAT(lexicon_.contradictions("{公助|おおやけのたすけ}です"), testing::SizeIs(1));
    EXPECT_THAT(lexicon_.contradictions("{公助|こうじょ}です"), IsEmpty());
    EXPECT_THAT(lexicon_.contradictions("{発|はっ}{災|さい}"), IsEmpty());
}

TEST_F(ReadingTest, NoTextOfPackOrProgramContradictsTheLexicon) {
    const auto pack = load_pack(places_.pack);
    const auto sources = load_speech(places_, *pack);
    ASSERT_TRUE(sources) << sources.error().message;
    for (const SpeechSource& source : *sources) EXPECT_THAT(contradictions_in(source), IsEmpty());
}

TEST_F(ReadingTest, NoDigitOrLetterOfAJapaneseTextIsLeftToTheVoice) {
    const auto pack = load_pack(places_.pack);
    const auto sources = load_speech(places_, *pack);
    ASSERT_TRUE(sources);
    for (const SpeechSource& source : *sources)
        for (const auto& [language, prompts] : source.prompts)
            for (const Prompt& each : prompts) {
                if (!is_japanese(each.said_in)) continue;
                EXPECT_EQ(each.spoken.said().find_first_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                           "abcdefghijklmnopqrstuvwxyz{|}%/"),
                          std::string::npos)
                    << each.key << ": " << each.spoken.said();
            }
}

TEST_F(ReadingTest, SoundsAreComparedNotSpellings) {
    EXPECT_EQ(sound_of("おおさか"), sound_of("オーサカ"));
    EXPECT_EQ(sound_of("けいかく"), sound_of("ケーカク"));
    EXPECT_EQ(sound_of("つづく"), sound_of("ツズク"));
    EXPECT_NE(sound_of("ささえて"), sound_of("ササエシュ"));
    EXPECT_NE(sound_of("おばさん"), sound_of("おばあさん"));
    EXPECT_EQ(mora_count("きょうと、がっこう"), 7u);
}

TEST_F(ReadingTest, ANumberIsSaidWithPartsThatAllHaveAClip) {
    EXPECT_THAT(number_parts(28523000, Language::Ja, ""),
                ElementsAre("2000", "800", "520000", "3000"));
    EXPECT_THAT(number_parts(28523000, Language::En, ""),
                ElementsAre("28", "million", "500", "23", "thousand"));
    EXPECT_THAT(number_parts(101, Language::Ja, "人"), ElementsAre("100", "1", "{人|にん}"));
    EXPECT_THAT(number_parts(2, Language::Ja, "人"), ElementsAre("2人"));
    EXPECT_THAT(number_parts(12, Language::Ja, "つ"), ElementsAre("12"));
    EXPECT_THAT(number_parts(0, Language::Ja, "%"), ElementsAre("0%"));
    for (const Language language : {Language::Ja, Language::En}) {
        std::set<std::string> clips;
        for (const NumberWord& word : number_words(language)) clips.insert(word.text);
        for (std::uint64_t n : {0, 7, 10, 99, 100, 101, 110, 220, 999, 1000, 1001, 9999, 10000,
                                10001, 111251, 999999, 1000000, 28523000})
            for (const std::string& part : number_parts(n, language, "%"))
                EXPECT_TRUE(clips.contains(part)) << n << ": " << part;
        for (std::uint64_t n = 0; n < 2'000'000'000; n = n * 3 + 7)
            for (const std::string& part : number_parts(n, language, ""))
                EXPECT_TRUE(clips.contains(part)) << n << ": " << part;
    }
}

TEST_F(ReadingTest, ATemplateIsTakenApartAtItsSlots) {
    const auto parts = split_template("これまでに{答|こた}えた{0}{人|にん}のうち", Language::Ja);
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].text, "これまでに{答|こた}えた");
    EXPECT_EQ(parts[1].slot, 0);
    EXPECT_EQ(parts[1].counter, "人");
    EXPECT_EQ(parts[2].text, "のうち");
    EXPECT_EQ(split_template("{0}%", Language::Ja).size(), 1u);
    EXPECT_EQ(split_template("{0}%", Language::En).at(1).text, "%");
    EXPECT_EQ(split_template("{漢字|かんじ}", Language::Ja).size(), 1u);
}

TEST_F(ReadingTest, ALexiconWithAFaultIsRefusedWithItsLine) {
    const auto file = std::filesystem::temp_directory_path() / ("lexicon-" + random_hex(8));
    const auto reason = [&](const std::string& bytes) {
        EXPECT_TRUE(replace_file(file, bytes));
        Lexicon lexicon;
        const auto added = lexicon.add_file(file);
        std::filesystem::remove(file);
        return added ? "" : added.error().message;
    };
    EXPECT_THAT(reason("format: 1\nja:\n  - {text: \"区\", reading: \"区\"}\n"),
                testing::ContainsRegex(":3: .*not kana"));
    EXPECT_THAT(reason("format: 1\nja:\n  - {text: \"区\"}\n"), testing::HasSubstr("reading"));
    EXPECT_THAT(reason("format: 1\nxx: 1\n"), testing::HasSubstr("xx"));
    EXPECT_THAT(reason("format: 2\n"), testing::HasSubstr(":1"));
    EXPECT_THAT(reason("{"), testing::Not(IsEmpty()));
    EXPECT_EQ(reason("format: 1\nja:\n  - {text: \"区\", reading: \"く\"}\n"), "");
}

}  // namespace
}  // namespace machikoe
