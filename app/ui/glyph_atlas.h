// GlyphAtlas: glyph bitmaps side by side in one 8-bit picture.
//
// A glyph gets a number when it is first named and a place when it is first drawn, so that
// measuring at many sizes costs no room.  Shelves of like height; nothing is ever moved.
// When there is no room left the atlas is full until clear(), and does not try again: one
// overflow would otherwise cost a rasterisation for each glyph of each frame.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/ui/font_faces.h"
#include "app/ui/text.h"

namespace machikoe {

struct AtlasSlot {
    enum class State : std::uint8_t { Unplaced, Placed, Blank } state = State::Unplaced;
    std::int16_t x = 0, y = 0, width = 0, height = 0;
    std::int16_t left = 0, top = 0;  // from the pen position
};

class GlyphAtlas {
  public:
    explicit GlyphAtlas(int width = 2048, int height = 2048);

    /// The number of a glyph, valid until clear().
    std::uint32_t number_of(FaceId face, std::uint32_t glyph_index, int px);
    /// The place of a glyph; rasterised when it had none.  Unplaced when there is no room.
    const AtlasSlot& place(std::uint32_t number, FontFaces& faces);

    AtlasView view() const { return view_; }
    void uploaded();
    bool full() const { return full_; }
    std::size_t size() const { return slots_.size(); }
    void clear();

  private:
    struct Shelf {
        int y, height, used;
    };
    bool find_room(int width, int height, int& x, int& y);
    void copy(const GlyphBitmap& bitmap, int x, int y);

    std::vector<std::uint8_t> pixels_;
    AtlasView view_;
    std::vector<Shelf> shelves_;
    int next_shelf_y_ = 0;
    bool full_ = false;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
    std::vector<std::uint64_t> names_;
    std::vector<AtlasSlot> slots_;
};

}  // namespace machikoe
