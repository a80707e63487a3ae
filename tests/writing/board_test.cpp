// Boards: every key can be found, read, heard and hit; marks make letters that exist.
#include "app/writing/board.h"

#include <gtest/gtest.h>

#include <set>

#include "app/plan/text_rules.h"
#include "app/writing/letter_marks.h"

namespace machikoe {
namespace {

const std::pair<BoardKind, Layer> kAllBoards[] = {
    {BoardKind::Kana, Layer::Plain},       {BoardKind::Kana, Layer::Signs},
    {BoardKind::Latin, Layer::Plain},      {BoardKind::Latin, Layer::Shifted},
    {BoardKind::Vietnamese, Layer::Plain}, {BoardKind::Vietnamese, Layer::Shifted},
    {BoardKind::Hangul, Layer::Plain},     {BoardKind::Hangul, Layer::Shifted},
    {BoardKind::Pinyin, Layer::Plain},     {BoardKind::PinyinTraditional, Layer::Plain}};

TEST(BoardTest, EveryKeyHasAnIdALabelASpokenNameAndAPlaceOfItsOwn) {
    for (const auto& [kind, layer] : kAllBoards) {
        const Board& board = board_of(kind, layer);
        ASSERT_EQ(board.kind, kind);
        ASSERT_EQ(board.layer, layer);
        std::set<std::string> ids;
        std::set<std::pair<int, int>> cells;
        for (const Key& key : board.keys) {
            EXPECT_TRUE(ids.insert(key.id).second) << key.id;
            EXPECT_FALSE(key.label.empty()) << key.id;
            EXPECT_FALSE(key.spoken.empty()) << key.id;
            for (int i = 0; i < key.width; ++i) {
                EXPECT_TRUE(cells.insert({key.row, key.column + i}).second) << key.id;
                EXPECT_LT(key.column + i, kBoardColumns) << key.id;
            }
            EXPECT_TRUE(key.row >= 0 && key.row < kBoardRows) << key.id;
            if (key.action != KeyAction::Insert) continue;
            EXPECT_EQ(fault_in_string(key.text), std::nullopt) << key.id;
        }
        EXPECT_NE(board.key("delete"), nullptr);
        EXPECT_NE(board.key("space"), nullptr);
        EXPECT_EQ(board.key("no such key"), nullptr);
    }
}

TEST(BoardTest, TheKanaBoardHasTheFiftySounds) {
    const Board& board = board_of(BoardKind::Kana);
    for (const char32_t c : std::u32string_view(U"あいうえおかきくけこさしすせそたちつてとなにぬね"
                                                U"のはひふへほまみむめもやゆよらりるれろわをん")) {
        const std::u32string one(1, c);
        std::size_t keys = 0;
        for (const Key& key : board.keys) keys += code_points(key.label) == one ? 1u : 0u;
        EXPECT_EQ(keys, 1u);
    }
}

TEST(BoardTest, SignsAreSpokenByName) {
    EXPECT_EQ(board_of(BoardKind::Kana).key("、")->spoken, "てん");
    EXPECT_EQ(board_of(BoardKind::Latin).key("?")->spoken, "question mark");
    EXPECT_EQ(board_of(BoardKind::Latin, Layer::Shifted).key("A")->spoken, "capital A");
    EXPECT_EQ(board_of(BoardKind::Hangul).key("ㄱ")->spoken, "기역");
    EXPECT_EQ(board_of(BoardKind::Vietnamese).key("horn")->spoken, "dấu móc");
    EXPECT_EQ(board_of(BoardKind::Pinyin).key("，")->spoken, "逗号");
    EXPECT_EQ(board_of(BoardKind::PinyinTraditional).key("，")->spoken, "逗號");
    EXPECT_EQ(board_of(BoardKind::PinyinTraditional).key("「")->spoken, "上引號");
}

TEST(BoardTest, ALayerThatABoardLacksIsItsPlainOne) {
    EXPECT_EQ(board_of(BoardKind::Pinyin, Layer::Shifted).layer, Layer::Plain);
    EXPECT_EQ(board_of(BoardKind::Kana, Layer::Shifted).layer, Layer::Plain);
    EXPECT_EQ(board_of(BoardKind::Latin, Layer::Signs).layer, Layer::Plain);
}

using enum KanaMark;

TEST(LetterMarksTest, AKanaMarkGoesOnAndOffAndTakesThePlaceOfAnother) {
    EXPECT_EQ(with_kana_mark("か", Voiced), "が");
    EXPECT_EQ(with_kana_mark("が", Voiced), "か");
    EXPECT_EQ(with_kana_mark("ば", HalfVoiced), "ぱ");
    EXPECT_EQ(with_kana_mark("ぱ", Voiced), "ば");
    EXPECT_EQ(with_kana_mark("づ", Small), "っ");
    EXPECT_EQ(with_kana_mark("っ", Voiced), "づ");
    EXPECT_EQ(with_kana_mark("ょ", Small), "よ");
    EXPECT_EQ(with_kana_mark("う", Voiced), "ゔ");
    for (const char* letter : {"ん", "あ", "a", "、", ""})
        EXPECT_EQ(with_kana_mark(letter, HalfVoiced), std::nullopt) << letter;
}

TEST(LetterMarksTest, EveryVietnameseLetterCanBeWritten) {
    constexpr auto kRule = AccentRule::QualityAndTone;
    const char* kTones[] = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"};
    std::set<std::string> letters;
    for (const auto& [base, quality] :
         std::vector<std::pair<const char*, const char*>>{{"a", ""},
                                                          {"a", "\u0306"},
                                                          {"a", "\u0302"},
                                                          {"e", ""},
                                                          {"e", "\u0302"},
                                                          {"i", ""},
                                                          {"o", ""},
                                                          {"o", "\u0302"},
                                                          {"o", "\u031B"},
                                                          {"u", ""},
                                                          {"u", "\u031B"},
                                                          {"y", ""}}) {
        const auto vowel = *quality ? with_accent(base, quality, kRule) : std::string(base);
        ASSERT_TRUE(vowel);
        for (const char* tone : kTones) {
            const auto marked = with_accent(*vowel, tone, kRule);
            ASSERT_TRUE(marked) << *vowel;
            EXPECT_EQ(fault_in_string(*marked), std::nullopt) << *marked;
            EXPECT_EQ(with_accent(*marked, tone, kRule), vowel);
            // The other way round: the tone first.
            if (*quality) {
                EXPECT_EQ(with_accent(*with_accent(base, tone, kRule), quality, kRule), marked);
            }
            letters.insert(*marked);
        }
    }
    EXPECT_EQ(letters.size(), 60u);
    EXPECT_TRUE(letters.contains("ặ") && letters.contains("ử") && letters.contains("ộ"));
    EXPECT_EQ(with_accent("d", "\u0335", kRule), "đ");
    EXPECT_EQ(with_accent("Đ", "\u0335", kRule), "D");
    EXPECT_EQ(with_accent("ấ", "\u0300", kRule), "ầ");  // one tone at a time
    EXPECT_EQ(with_accent("ấ", "\u0306", kRule), "ắ");  // one quality at a time
}

TEST(LetterMarksTest, AMarkThatALetterCannotHaveIsNone) {
    EXPECT_EQ(with_accent("q", "\u031B", AccentRule::QualityAndTone), std::nullopt);
    EXPECT_EQ(with_accent("a", "\u0335", AccentRule::QualityAndTone), std::nullopt);
    EXPECT_EQ(with_accent("漢", "\u0301", AccentRule::One), std::nullopt);
    EXPECT_EQ(with_accent("", "\u0301", AccentRule::One), std::nullopt);
    EXPECT_EQ(with_accent("e", "", AccentRule::One), std::nullopt);
    EXPECT_EQ(with_accent("é", "\u0302", AccentRule::One), "ê");
    EXPECT_EQ(with_accent("c", "\u0327", AccentRule::One), "ç");
}

}  // namespace
}  // namespace machikoe
