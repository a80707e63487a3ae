// The boards of Latin letters: QWERTY for English, with the marks of Vietnamese, and for pinyin.
#include "app/writing/board_parts.h"

namespace machikoe {
namespace {

struct Function {
    const char *label, *spoken;
};

void add_letter_rows(Board& board) {
    const bool shifted = board.layer == Layer::Shifted;
    add_letters(board, 0, 0, "1234567890");
    add_letters(board, 1, 0, shifted ? "QWERTYUIOP" : "qwertyuiop");
    add_letters(board, 2, 0, shifted ? "ASDFGHJKL'" : "asdfghjkl'");
    add_letters(board, 3, 1, shifted ? "ZXCVBNM" : "zxcvbnm");
}

void add_delete(Board& board, Function words) {
    add_key(board, {.id = "delete",
                    .label = words.label,
                    .spoken = words.spoken,
                    .action = KeyAction::Delete,
                    .row = 0,
                    .column = 10,
                    .width = 3});
}

void add_space(Board& board, Function words) {
    add_key(board, {.id = "space",
                    .label = words.label,
                    .spoken = words.spoken,
                    .action = KeyAction::Space,
                    .row = 4,
                    .column = 4,
                    .width = 5});
}

void add_shift(Board& board, const char* spoken) {
    add_key(board, {.id = "shift",
                    .label = "⇧",
                    .spoken = spoken,
                    .action = KeyAction::Shift,
                    .row = 3,
                    .column = 0});
}

/// `label`: the mark on a letter that often has it.
void add_mark(Board& board, int row, int column, const char* id, const char* label,
              const char* mark, const char* spoken) {
    add_key(board, {.id = id,
                    .label = label,
                    .spoken = spoken,
                    .action = KeyAction::Accent,
                    .text = mark,
                    .row = row,
                    .column = column});
}

}  // namespace

Board latin_board(Layer layer) {
    Board board{.kind = BoardKind::Latin, .layer = layer};
    add_letter_rows(board);
    add_delete(board, {"Delete", "delete one letter"});
    add_shift(board, "capital letter");
    add_mark(board, 1, 10, "acute", "á", "\u0301", "acute accent");
    add_mark(board, 1, 11, "grave", "à", "\u0300", "grave accent");
    add_mark(board, 1, 12, "circumflex", "â", "\u0302", "circumflex");
    add_mark(board, 2, 10, "diaeresis", "ä", "\u0308", "two dots");
    add_mark(board, 2, 11, "tilde", "ã", "\u0303", "tilde");
    add_mark(board, 2, 12, "cedilla", "ç", "\u0327", "cedilla");
    add_letters(board, 3, 8, ",.?!-");
    add_letters(board, 4, 0, ":;()");
    add_space(board, {"Space", "space"});
    add_letters(board, 4, 9, "/@&\"");
    return finished(std::move(board));
}

Board vietnamese_board(Layer layer) {
    Board board{.kind = BoardKind::Vietnamese, .layer = layer};
    add_letter_rows(board);
    add_delete(board, {"Xóa", "xóa một chữ"});
    add_shift(board, "chữ hoa");
    add_mark(board, 1, 10, "acute", "á", "\u0301", "dấu sắc");
    add_mark(board, 1, 11, "grave", "à", "\u0300", "dấu huyền");
    add_mark(board, 1, 12, "hook", "ả", "\u0309", "dấu hỏi");
    add_mark(board, 2, 10, "tilde", "ã", "\u0303", "dấu ngã");
    add_mark(board, 2, 11, "dot", "ạ", "\u0323", "dấu nặng");
    add_mark(board, 2, 12, "circumflex", "â", "\u0302", "dấu mũ");
    add_letters(board, 3, 8, ",.");
    add_mark(board, 3, 10, "breve", "ă", "\u0306", "dấu trăng");
    add_mark(board, 3, 11, "horn", "ơ", "\u031B", "dấu móc");
    add_key(board, {.id = "stroke",
                    .label = layer == Layer::Shifted ? "Đ" : "đ",
                    .spoken = "gạch ngang chữ đ",
                    .action = KeyAction::Accent,
                    .text = "\u0335",
                    .row = 3,
                    .column = 12});
    add_letters(board, 4, 0, "?!-:");
    add_space(board, {"Dấu cách", "dấu cách"});
    add_letters(board, 4, 9, "()/\"");
    return finished(std::move(board));
}

Board pinyin_board(BoardKind kind) {
    const bool traditional = kind == BoardKind::PinyinTraditional;
    const char* commit = traditional ? "確定" : "确定";
    Board board{.kind = kind, .layer = Layer::Plain};
    add_letter_rows(board);
    add_delete(board,
               traditional ? Function{"刪除", "刪除一個字"} : Function{"删除", "删除一个字"});
    add_letters(board, 1, 10, "，。？");
    add_letters(board, 2, 10, "！、：");
    add_letters(board, 3, 8, traditional ? "（）「」；" : "（）“”；");
    add_space(board, {"空格", "空格"});
    add_key(board, {.id = "commit",
                    .label = commit,
                    .spoken = commit,
                    .action = KeyAction::Commit,
                    .row = 4,
                    .column = 9,
                    .width = 4});
    return finished(std::move(board));
}

}  // namespace machikoe
