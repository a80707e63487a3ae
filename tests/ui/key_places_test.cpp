// Key places: no key is lost where a board is folded, none lies on another.
#include "app/ui/screens/key_places.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace machikoe {
namespace {

constexpr BoardKind kKinds[] = {BoardKind::Kana,   BoardKind::Latin,  BoardKind::Vietnamese,
                                BoardKind::Hangul, BoardKind::Pinyin, BoardKind::PinyinTraditional};
constexpr Layer kLayers[] = {Layer::Plain, Layer::Shifted, Layer::Signs};

TEST(KeyPlacesTest, EveryKeyHasAPlaceOfItsOwn) {
    for (const BoardKind kind : kKinds)
        for (const Layer layer : kLayers) {
            const Board& board = board_of(kind, layer);
            for (const KeyPlaces& places : {in_columns(board), folded(board)}) {
                EXPECT_EQ(places.keys.size(), board.keys.size());
                EXPECT_LE(places.rows, kNarrowRows);
                for (const PlacedKey& one : places.keys) {
                    EXPECT_GE(one.x, 0);
                    EXPECT_LE(one.x + one.w, 1.001f) << one.key->id;
                    EXPECT_LT(one.row, places.rows) << one.key->id;
                    for (const PlacedKey& other : places.keys) {
                        if (&one == &other || one.row != other.row || other.x < one.x) continue;
                        EXPECT_LE(one.x + one.w, other.x + 0.001f)
                            << one.key->id << " and " << other.key->id;
                    }
                }
            }
        }
}

TEST(KeyPlacesTest, AFoldedKeyIsNoNarrowerThanATenth) {
    for (const BoardKind kind : kKinds)
        for (const PlacedKey& placed : folded(board_of(kind)).keys)
            EXPECT_GE(placed.w, 0.0999f) << placed.key->id;
}

TEST(KeyPlacesTest, WhatActsStaysWhereItIsOnEveryLayer) {
    for (const BoardKind kind : kKinds) {
        std::map<std::string, float> plain;
        const KeyPlaces first = folded(board_of(kind));
        for (const PlacedKey& placed : first.keys)
            if (acts(*placed.key)) plain[placed.key->id] = placed.x;
        for (const Layer layer : kLayers) {
            const KeyPlaces places = folded(board_of(kind, layer));
            EXPECT_EQ(places.rows, first.rows);
            for (const PlacedKey& placed : places.keys) {
                if (!acts(*placed.key)) continue;
                EXPECT_EQ(placed.row, places.rows - 1);
                EXPECT_FLOAT_EQ(placed.x, plain.at(placed.key->id)) << placed.key->id;
            }
        }
    }
}

}  // namespace
}  // namespace machikoe
