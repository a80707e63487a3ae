// Board: keys to write with by touch: the fifty sounds for Japanese, letters for everybody.
// Conversion to kanji is not here; kana are an answer too.  The text is its owner's.
#pragma once

#include <optional>
#include <string>

#include "app/ui/screens/page.h"

namespace machikoe {

struct BoardSpec {
    const std::string& text;
    std::size_t most_letters = 0;
    bool kana = true;
};
struct BoardWish {
    std::optional<std::string> text;  // what is written now
    bool other_board = false;         // kana instead of letters, or the other way round
};

/// px, at its full size.
float board_height(Ui& ui);
BoardWish draw_board(Ui& ui, const View& view, Rect keys, const BoardSpec& spec);

}  // namespace machikoe
