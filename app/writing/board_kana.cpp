// The board of fifty sounds, column by column from the left as they are learnt, and its signs.
#include "app/writing/board_parts.h"

namespace machikoe {
namespace {

void add_kana_functions(Board& board) {
    add_key(board, {.id = "delete",
                    .label = "消す",
                    .spoken = "ひと文字消す",
                    .action = KeyAction::Delete,
                    .row = 0,
                    .column = 11,
                    .width = 2});
    add_key(board, {.id = "convert",
                    .label = "変換",
                    .spoken = "漢字に変換",
                    .action = KeyAction::Convert,
                    .row = 1,
                    .column = 11,
                    .width = 2});
    add_key(board, {.id = "next-part",
                    .label = "次の文節",
                    .spoken = "次の文節へ",
                    .action = KeyAction::NextPart,
                    .row = 2,
                    .column = 11,
                    .width = 2});
    add_key(board, {.id = "commit",
                    .label = "決定",
                    .spoken = "決定",
                    .action = KeyAction::Commit,
                    .row = 3,
                    .column = 11,
                    .width = 2});
    add_key(board, {.id = "space",
                    .label = "空白",
                    .spoken = "空白",
                    .action = KeyAction::Space,
                    .row = 4,
                    .column = 11});
}

}  // namespace

Board kana_board() {
    Board board{.kind = BoardKind::Kana, .layer = Layer::Plain};
    add_letters(board, 0, 0, "あかさたなはまやらわ");
    add_letters(board, 1, 0, "いきしちにひみ「りを");
    add_letters(board, 2, 0, "うくすつぬふむゆるん");
    add_letters(board, 3, 0, "えけせてねへめ」れー");
    add_letters(board, 4, 0, "おこそとのほもよろ・");
    add_key(board, {.id = "voiced",
                    .label = "゛",
                    .spoken = "だくてん",
                    .action = KeyAction::Voiced,
                    .row = 0,
                    .column = 10});
    add_key(board, {.id = "half-voiced",
                    .label = "゜",
                    .spoken = "はんだくてん",
                    .action = KeyAction::HalfVoiced,
                    .row = 1,
                    .column = 10});
    add_key(board, {.id = "small",
                    .label = "小",
                    .spoken = "小さい文字",
                    .action = KeyAction::Small,
                    .row = 2,
                    .column = 10});
    add_letters(board, 3, 10, "、");
    add_letters(board, 4, 10, "。");
    add_kana_functions(board);
    add_key(board, {.id = "signs",
                    .label = "123",
                    .spoken = "数字と記号",
                    .action = KeyAction::Signs,
                    .row = 4,
                    .column = 12});
    return finished(std::move(board));
}

Board kana_signs_board() {
    Board board{.kind = BoardKind::Kana, .layer = Layer::Signs};
    add_letters(board, 0, 0, "1234567890");
    add_letters(board, 1, 0, "？！、。・ー～…「」");
    add_letters(board, 2, 0, "（）％：/@.-");
    add_kana_functions(board);
    add_key(board, {.id = "signs",
                    .label = "あいう",
                    .spoken = "ひらがな",
                    .action = KeyAction::Signs,
                    .row = 4,
                    .column = 12});
    return finished(std::move(board));
}

}  // namespace machikoe
