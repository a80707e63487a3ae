// Key places: where the keys of a board lie on the screen, as shares of its width, and its rows.
#pragma once

#include <vector>

#include "app/writing/board.h"

namespace machikoe {

struct PlacedKey {
    const Key* key;
    int row;
    float x, w;  // of the board's width
};
struct KeyPlaces {
    std::vector<PlacedKey> keys;
    int rows = kBoardRows;
};

inline constexpr int kNarrowColumns = 10;
inline constexpr int kNarrowRows = 7;  // at most

/// Does it act on what is written, and is no letter or mark?
bool acts(const Key& key);

/// As the board has them, in its 13 columns.
KeyPlaces in_columns(const Board& board);
/// The letters of the first ten columns where they are; signs and marks beside them in rows of
/// their own; what acts in the last row, which is the same on every layer.
KeyPlaces folded(const Board& board);

}  // namespace machikoe
