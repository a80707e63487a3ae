// The hangul board: the two sets (두벌식) that Korean keyboards have.
#include <array>

#include "app/writing/board_parts.h"

namespace machikoe {
namespace {

struct Jamo {
    const char *letter, *place, *spoken;
};
using JamoRow = std::array<Jamo, 10>;

constexpr JamoRow kTop = {{{"ㅂ", "q", "비읍"},
                           {"ㅈ", "w", "지읒"},
                           {"ㄷ", "e", "디귿"},
                           {"ㄱ", "r", "기역"},
                           {"ㅅ", "t", "시옷"},
                           {"ㅛ", "y", "요"},
                           {"ㅕ", "u", "여"},
                           {"ㅑ", "i", "야"},
                           {"ㅐ", "o", "애"},
                           {"ㅔ", "p", "에"}}};
constexpr JamoRow kTopShifted = {{{"ㅃ", "Q", "쌍비읍"},
                                  {"ㅉ", "W", "쌍지읒"},
                                  {"ㄸ", "E", "쌍디귿"},
                                  {"ㄲ", "R", "쌍기역"},
                                  {"ㅆ", "T", "쌍시옷"},
                                  {"ㅛ", "y", "요"},
                                  {"ㅕ", "u", "여"},
                                  {"ㅑ", "i", "야"},
                                  {"ㅒ", "O", "얘"},
                                  {"ㅖ", "P", "예"}}};
constexpr std::array<Jamo, 9> kMiddle = {{{"ㅁ", "a", "미음"},
                                          {"ㄴ", "s", "니은"},
                                          {"ㅇ", "d", "이응"},
                                          {"ㄹ", "f", "리을"},
                                          {"ㅎ", "g", "히읗"},
                                          {"ㅗ", "h", "오"},
                                          {"ㅓ", "j", "어"},
                                          {"ㅏ", "k", "아"},
                                          {"ㅣ", "l", "이"}}};
constexpr std::array<Jamo, 7> kBottom = {{{"ㅋ", "z", "키읔"},
                                          {"ㅌ", "x", "티읕"},
                                          {"ㅊ", "c", "치읓"},
                                          {"ㅍ", "v", "피읖"},
                                          {"ㅠ", "b", "유"},
                                          {"ㅜ", "n", "우"},
                                          {"ㅡ", "m", "으"}}};

template <class Row>
void add_jamo(Board& board, int row, int column, const Row& jamos) {
    for (const Jamo& jamo : jamos)
        add_key(board, {.id = jamo.letter,
                        .label = jamo.letter,
                        .spoken = jamo.spoken,
                        .action = KeyAction::Jamo,
                        .text = jamo.place,
                        .row = row,
                        .column = column++});
}

}  // namespace

Board hangul_board(Layer layer) {
    Board board{.kind = BoardKind::Hangul, .layer = layer};
    add_letters(board, 0, 0, "1234567890");
    add_key(board, {.id = "delete",
                    .label = "지우기",
                    .spoken = "한 글자 지우기",
                    .action = KeyAction::Delete,
                    .row = 0,
                    .column = 10,
                    .width = 3});
    add_jamo(board, 1, 0, layer == Layer::Shifted ? kTopShifted : kTop);
    add_letters(board, 1, 10, ",.?");
    add_jamo(board, 2, 0, kMiddle);
    add_letters(board, 2, 9, "'!-:");
    add_key(board, {.id = "shift",
                    .label = "⇧",
                    .spoken = "쌍자음",
                    .action = KeyAction::Shift,
                    .row = 3,
                    .column = 0});
    add_jamo(board, 3, 1, kBottom);
    add_letters(board, 3, 8, "()/@\"");
    add_key(board, {.id = "space",
                    .label = "띄어쓰기",
                    .spoken = "띄어쓰기",
                    .action = KeyAction::Space,
                    .row = 4,
                    .column = 2,
                    .width = 8});
    return finished(std::move(board));
}

}  // namespace machikoe
