// BoardParts: how the boards are put together.  For the files of this folder that describe one.
#pragma once

#include "app/writing/board.h"

namespace machikoe {

/// A key for each character of `letters` from `column` on; a space leaves a gap.
void add_letters(Board& board, int row, int column, std::string_view letters);
void add_key(Board& board, Key key);

/// "comma", "てん": how a sign is called; the sign itself when it has no name of its own.
std::string spoken_sign(BoardKind kind, std::string_view sign);

/// In reading order.  REQUIRES: keys within the grid, none on another, ids unique.
Board finished(Board board);

Board kana_board();
Board kana_signs_board();
Board latin_board(Layer layer);
Board vietnamese_board(Layer layer);
Board hangul_board(Layer layer);
Board pinyin_board(BoardKind kind);  // Pinyin or PinyinTraditional

}  // namespace machikoe
