#include "app/ui/screens/key_places.h"

#include <algorithm>
#include <array>
#include <span>

namespace machikoe {
namespace {

/// From the left; 0: no such key.
int place_in_last_row(KeyAction action) {
    constexpr std::array kOrder = {KeyAction::Signs,    KeyAction::Space,  KeyAction::Convert,
                                   KeyAction::NextPart, KeyAction::Commit, KeyAction::Delete};
    const auto found = std::ranges::find(kOrder, action);
    return found == kOrder.end() ? 0 : static_cast<int>(found - kOrder.begin()) + 1;
}

void add_row(std::vector<PlacedKey>& placed, int row, std::span<const Key* const> keys) {
    const auto weight = [](const Key& key) {
        if (key.action == KeyAction::Space) return 1.3f;
        return key.action == KeyAction::Signs ? 0.8f : 1.f;
    };
    float all = 0, x = 0;
    for (const Key* key : keys) all += weight(*key);
    for (const Key* key : keys) {
        placed.push_back({key, row, x, weight(*key) / all});
        x += weight(*key) / all;
    }
}

/// A row with a key that acts among its letters gives its signs away.
bool is_taken_apart(const Board& board, int row) {
    return std::ranges::any_of(board.keys, [&](const Key& key) {
        return key.row == row && acts(key) && key.column < kNarrowColumns;
    });
}

}  // namespace

bool acts(const Key& key) {
    return place_in_last_row(key.action) > 0;
}

KeyPlaces in_columns(const Board& board) {
    KeyPlaces places;
    for (const Key& key : board.keys)
        places.keys.push_back({&key, key.row, static_cast<float>(key.column) / kBoardColumns,
                               static_cast<float>(key.width) / kBoardColumns});
    return places;
}

KeyPlaces folded(const Board& board) {
    KeyPlaces places;
    std::vector<const Key*> beside, acting;
    int letters = 0;
    for (const Key& key : board.keys) {
        if (acts(key)) {
            acting.push_back(&key);
        } else if (key.column < kNarrowColumns && !is_taken_apart(board, key.row)) {
            places.keys.push_back({&key, key.row, static_cast<float>(key.column) / kNarrowColumns,
                                   1.f / kNarrowColumns});
            letters = std::max(letters, key.row + 1);
        } else {
            beside.push_back(&key);
        }
    }
    const std::size_t further = (beside.size() + kNarrowColumns - 1) / kNarrowColumns;
    for (std::size_t i = 0; i < further; ++i) {
        const std::size_t from = i * beside.size() / further;
        const std::size_t to = (i + 1) * beside.size() / further;
        add_row(places.keys, letters + static_cast<int>(i),
                std::span(beside).subspan(from, to - from));
    }
    places.rows = letters + static_cast<int>(further) + 1;
    if (board.layer != Layer::Plain) places.rows = folded(board_of(board.kind)).rows;
    std::ranges::sort(acting, {}, [](const Key* key) { return place_in_last_row(key->action); });
    add_row(places.keys, places.rows - 1, acting);
    return places;
}

}  // namespace machikoe
