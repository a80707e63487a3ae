// Board: the keys a resident writes with, as data: what stands on each, how it is spoken, where it
// lies, what it does.
//
// A board is a grid of 13 columns and 5 rows: keys of 20 mm with gaps of 3 mm are 299 × 115 mm,
// which fits a 23.8-inch screen (accessibility: keys of 15 to 20 mm).  Boards never change while
// the program runs; whoever draws one needs nothing else.  "Skip" and "ask a member of staff" are
// no keys: they belong to the screen and are there whatever the board is.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/language.h"

namespace machikoe {

enum class BoardKind { Kana, Latin, Vietnamese, Hangul, Pinyin, PinyinTraditional };
std::string_view name_of(BoardKind kind);  // "kana", "latin", …

enum class Layer {
    Plain,
    Shifted,  // capitals, doubled consonants; for one letter
    Signs,    // digits and signs of the kana board
};

enum class KeyAction {
    Insert,      // text
    Jamo,        // text: the place on a keyboard of two sets that libhangul knows it by
    Voiced,      // ゛ on the last kana, and off again
    HalfVoiced,  // ゜
    Small,       // ぁ ゃ っ
    Accent,      // text: a combining mark, on the last letter and off again
    Space,
    Delete,
    Convert,   // kana: to kanji, then the next candidate
    NextPart,  // kana: the next part of what was converted
    Commit,    // what is being composed becomes text
    Shift,     // to and from Layer::Shifted
    Signs,     // to and from Layer::Signs
};

struct Key {
    std::string id;      // unique in its board
    std::string label;   // what stands on it
    std::string spoken;  // its name, in the language of the board
    KeyAction action = KeyAction::Insert;
    std::string text;
    int row = 0, column = 0, width = 1;  // in cells of the grid
};

inline constexpr int kBoardColumns = 13;
inline constexpr int kBoardRows = 5;

struct Board {
    BoardKind kind = BoardKind::Kana;
    Layer layer = Layer::Plain;
    std::vector<Key> keys;  // in reading order
    const Key* key(std::string_view id) const;
};

/// Those that a language may choose from, its own first.
std::span<const BoardKind> boards_of(Language language);

/// A layer that a kind does not have is its plain one.
const Board& board_of(BoardKind kind, Layer layer = Layer::Plain);

}  // namespace machikoe
