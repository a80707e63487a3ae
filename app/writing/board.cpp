#include "app/writing/board.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <tuple>

#include "app/plan/text_rules.h"
#include "app/writing/board_parts.h"

namespace machikoe {
namespace {

constexpr std::array kJapaneseBoards = {BoardKind::Kana, BoardKind::Latin};
constexpr std::array kEnglishBoards = {BoardKind::Latin, BoardKind::Kana};
constexpr std::array kSimplifiedBoards = {BoardKind::Pinyin, BoardKind::Latin, BoardKind::Kana};
constexpr std::array kTraditionalBoards = {BoardKind::PinyinTraditional, BoardKind::Latin,
                                           BoardKind::Kana};
constexpr std::array kKoreanBoards = {BoardKind::Hangul, BoardKind::Latin, BoardKind::Kana};
constexpr std::array kVietnameseBoards = {BoardKind::Vietnamese, BoardKind::Kana};

struct SignName {
    std::string_view sign, english, japanese, vietnamese, korean, simplified, traditional;
};
constexpr SignName kSignNames[] = {
    {",", "comma", "コンマ", "dấu phẩy", "쉼표", "英文逗号", "英文逗號"},
    {".", "full stop", "ピリオド", "dấu chấm", "마침표", "英文句号", "英文句號"},
    {"?", "question mark", "はてな", "dấu hỏi chấm", "물음표", "问号", "問號"},
    {"!", "exclamation mark", "びっくり", "dấu chấm than", "느낌표", "感叹号", "驚嘆號"},
    {"'", "apostrophe", "アポストロフィ", "dấu nháy đơn", "작은따옴표", "隔音符号", "隔音符號"},
    {"\"", "quotation mark", "引用符", "dấu ngoặc kép", "큰따옴표", "引号", "引號"},
    {"-", "hyphen", "ハイフン", "dấu gạch ngang", "붙임표", "连字符", "連字號"},
    {":", "colon", "コロン", "dấu hai chấm", "쌍점", "冒号", "冒號"},
    {";", "semicolon", "セミコロン", "dấu chấm phẩy", "쌍반점", "分号", "分號"},
    {"(", "opening bracket", "かっこ", "mở ngoặc", "여는 괄호", "左括号", "左括號"},
    {")", "closing bracket", "かっこ閉じ", "đóng ngoặc", "닫는 괄호", "右括号", "右括號"},
    {"/", "slash", "スラッシュ", "dấu gạch chéo", "빗금", "斜线", "斜線"},
    {"@", "at sign", "アットマーク", "a còng", "골뱅이", "at 符号", "at 符號"},
    {"&", "and sign", "アンド", "dấu và", "앤드", "和号", "和號"},
    {"、", "", "てん", "", "", "顿号", "頓號"},
    {"。", "", "まる", "", "", "句号", "句號"},
    {"・", "", "なかてん", "", "", "", ""},
    {"ー", "", "のばす音", "", "", "", ""},
    {"「", "", "かぎかっこ", "", "", "", "上引號"},
    {"」", "", "かぎかっこ閉じ", "", "", "", "下引號"},
    {"？", "", "はてな", "", "", "问号", "問號"},
    {"！", "", "びっくり", "", "", "感叹号", "驚嘆號"},
    {"（", "", "かっこ", "", "", "左括号", "左括號"},
    {"）", "", "かっこ閉じ", "", "", "右括号", "右括號"},
    {"～", "", "から", "", "", "", ""},
    {"％", "", "パーセント", "", "", "", ""},
    {"：", "", "コロン", "", "", "冒号", "冒號"},
    {"；", "", "", "", "", "分号", "分號"},
    {"，", "", "", "", "", "逗号", "逗號"},
    {"“", "", "", "", "", "左引号", ""},
    {"”", "", "", "", "", "右引号", ""},
    {"…", "", "てんてん", "", "", "省略号", "刪節號"},
};

std::string_view in_language_of(BoardKind kind, const SignName& names) {
    switch (kind) {
        case BoardKind::Kana:
            return names.japanese;
        case BoardKind::Latin:
            return names.english;
        case BoardKind::Vietnamese:
            return names.vietnamese;
        case BoardKind::Hangul:
            return names.korean;
        case BoardKind::Pinyin:
            return names.simplified;
        case BoardKind::PinyinTraditional:
            return names.traditional;
    }
    return "";
}

struct Boards {
    Board kana = kana_board(), kana_signs = kana_signs_board();
    Board latin = latin_board(Layer::Plain), latin_shifted = latin_board(Layer::Shifted);
    Board vietnamese = vietnamese_board(Layer::Plain);
    Board vietnamese_shifted = vietnamese_board(Layer::Shifted);
    Board hangul = hangul_board(Layer::Plain), hangul_shifted = hangul_board(Layer::Shifted);
    Board pinyin = pinyin_board(BoardKind::Pinyin);
    Board pinyin_traditional = pinyin_board(BoardKind::PinyinTraditional);
};

}  // namespace

std::string_view name_of(BoardKind kind) {
    constexpr std::string_view kNames[] = {"kana",   "latin",  "vietnamese",
                                           "hangul", "pinyin", "pinyin-traditional"};
    return kNames[static_cast<std::size_t>(kind)];
}

const Key* Board::key(std::string_view id) const {
    const auto found = std::ranges::find(keys, id, &Key::id);
    return found == keys.end() ? nullptr : &*found;
}

std::string spoken_sign(BoardKind kind, std::string_view sign) {
    const auto* found = std::ranges::find(kSignNames, sign, &SignName::sign);
    const std::string_view name = found == std::end(kSignNames) ? "" : in_language_of(kind, *found);
    if (!name.empty()) return std::string(name);
    const bool is_capital = sign.size() == 1 && sign[0] >= 'A' && sign[0] <= 'Z';
    const bool is_vietnamese = kind == BoardKind::Vietnamese;
    if (!is_capital) return std::string(sign);
    return is_vietnamese ? std::string(sign) + " hoa" : "capital " + std::string(sign);
}

void add_key(Board& board, Key key) {
    board.keys.push_back(std::move(key));
}

void add_letters(Board& board, int row, int column, std::string_view letters) {
    for (; !letters.empty(); ++column) {
        const std::string letter(letters.substr(0, first_letter_size(letters)));
        letters.remove_prefix(letter.size());
        if (letter == " ") continue;
        add_key(board, {.id = letter,
                        .label = letter,
                        .spoken = spoken_sign(board.kind, letter),
                        .text = letter,
                        .row = row,
                        .column = column});
    }
}

Board finished(Board board) {
    std::ranges::sort(board.keys, {},
                      [](const Key& key) { return std::tuple(key.row, key.column); });
    std::set<std::string_view> ids;
    std::array<std::array<bool, kBoardColumns>, kBoardRows> taken{};
    for (const Key& key : board.keys) {
        assert(ids.insert(key.id).second);
        assert(key.row >= 0 && key.row < kBoardRows && key.column >= 0 && key.width >= 1);
        assert(key.column + key.width <= kBoardColumns);
        for (int cell = key.column; cell < key.column + key.width; ++cell) {
            bool& is_taken =
                taken[static_cast<std::size_t>(key.row)][static_cast<std::size_t>(cell)];
            assert(!is_taken);
            is_taken = true;
        }
    }
    return board;
}

const Board& board_of(BoardKind kind, Layer layer) {
    static const Boards boards;
    const bool shifted = layer == Layer::Shifted;
    switch (kind) {
        case BoardKind::Kana:
            return layer == Layer::Signs ? boards.kana_signs : boards.kana;
        case BoardKind::Latin:
            return shifted ? boards.latin_shifted : boards.latin;
        case BoardKind::Vietnamese:
            return shifted ? boards.vietnamese_shifted : boards.vietnamese;
        case BoardKind::Hangul:
            return shifted ? boards.hangul_shifted : boards.hangul;
        case BoardKind::Pinyin:
            return boards.pinyin;
        case BoardKind::PinyinTraditional:
            return boards.pinyin_traditional;
    }
    return boards.kana;
}

std::span<const BoardKind> boards_of(Language language) {
    switch (language) {
        case Language::Ja:
        case Language::JaEasy:
            return kJapaneseBoards;
        case Language::En:
            return kEnglishBoards;
        case Language::ZhHans:
            return kSimplifiedBoards;
        case Language::ZhHant:
            return kTraditionalBoards;
        case Language::Ko:
            return kKoreanBoards;
        case Language::Vi:
            return kVietnameseBoards;
    }
    return kJapaneseBoards;
}

}  // namespace machikoe
