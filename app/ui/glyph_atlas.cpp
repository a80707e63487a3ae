#include "app/ui/glyph_atlas.h"

#include <algorithm>
#include <cstring>

namespace machikoe {
namespace {

// One empty row and column between glyphs: bilinear sampling must not see the neighbour.
constexpr int kGap = 1;
constexpr int kShelfStep = 4;

std::uint64_t name_of_glyph(FaceId face, std::uint32_t index, int px) {
    return std::uint64_t{face} << 48 | std::uint64_t{static_cast<std::uint16_t>(px)} << 32 | index;
}

}  // namespace

GlyphAtlas::GlyphAtlas(int width, int height)
    : pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    view_.width = width;
    view_.height = height;
    view_.pixels = pixels_.data();
}

std::uint32_t GlyphAtlas::number_of(FaceId face, std::uint32_t glyph_index, int px) {
    const std::uint64_t name = name_of_glyph(face, glyph_index, px);
    const auto [at, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(slots_.size()));
    if (is_new) {
        names_.push_back(name);
        slots_.emplace_back();
    }
    return at->second;
}

const AtlasSlot& GlyphAtlas::place(std::uint32_t number, FontFaces& faces) {
    AtlasSlot& slot = slots_[number];
    if (slot.state != AtlasSlot::State::Unplaced || full_) return slot;
    const std::uint64_t name = names_[number];
    const GlyphBitmap bitmap =
        faces.rasterise(static_cast<FaceId>(name >> 48), static_cast<std::uint32_t>(name),
                        static_cast<int>(name >> 32 & 0xFFFF));
    // A glyph larger than the whole atlas would never fit: it is left out, not waited for.
    if (bitmap.pixels.empty() || bitmap.width + kGap > view_.width ||
        bitmap.height + kGap > view_.height) {
        slot.state = AtlasSlot::State::Blank;
        return slot;
    }
    int x = 0, y = 0;
    if (!find_room(bitmap.width + kGap, bitmap.height + kGap, x, y)) {
        full_ = true;
        return slot;
    }
    copy(bitmap, x, y);
    slot = {AtlasSlot::State::Placed,
            static_cast<std::int16_t>(x),
            static_cast<std::int16_t>(y),
            static_cast<std::int16_t>(bitmap.width),
            static_cast<std::int16_t>(bitmap.height),
            static_cast<std::int16_t>(bitmap.left),
            static_cast<std::int16_t>(bitmap.top)};
    return slot;
}

bool GlyphAtlas::find_room(int width, int height, int& x, int& y) {
    const int shelf_height = (height + kShelfStep - 1) / kShelfStep * kShelfStep;
    Shelf* best = nullptr;
    for (Shelf& shelf : shelves_) {
        const bool wasteful = shelf.height > shelf_height + shelf_height / 2;
        if (shelf.height < height || wasteful || shelf.used + width > view_.width) continue;
        if (!best || shelf.height < best->height) best = &shelf;
    }
    if (!best) {
        const int rest = view_.height - next_shelf_y_;
        if (rest < height) return false;
        shelves_.push_back({next_shelf_y_, std::min(shelf_height, rest), 0});
        best = &shelves_.back();
        next_shelf_y_ += best->height;
    }
    x = best->used;
    y = best->y;
    best->used += width;
    return true;
}

void GlyphAtlas::copy(const GlyphBitmap& bitmap, int x, int y) {
    const auto row_bytes = static_cast<std::size_t>(bitmap.width);
    for (int row = 0; row < bitmap.height; ++row) {
        const auto to = static_cast<std::size_t>(y + row) * static_cast<std::size_t>(view_.width) +
                        static_cast<std::size_t>(x);
        std::memcpy(pixels_.data() + to,
                    bitmap.pixels.data() + static_cast<std::size_t>(row) * row_bytes, row_bytes);
    }
    const bool clean = view_.dirty_x0 >= view_.dirty_x1;
    view_.dirty_x0 = clean ? x : std::min(view_.dirty_x0, x);
    view_.dirty_y0 = clean ? y : std::min(view_.dirty_y0, y);
    view_.dirty_x1 = std::max(view_.dirty_x1, x + bitmap.width);
    view_.dirty_y1 = std::max(view_.dirty_y1, y + bitmap.height);
}

void GlyphAtlas::uploaded() {
    view_.dirty_x0 = view_.dirty_y0 = view_.dirty_x1 = view_.dirty_y1 = 0;
}

void GlyphAtlas::clear() {
    std::fill(pixels_.begin(), pixels_.end(), std::uint8_t{0});
    shelves_.clear();
    next_shelf_y_ = 0;
    full_ = false;
    numbers_.clear();
    names_.clear();
    slots_.clear();
    // All of it: old glyphs must vanish from the gaps of the texture, too.
    view_.dirty_x0 = view_.dirty_y0 = 0;
    view_.dirty_x1 = view_.width;
    view_.dirty_y1 = view_.height;
}

}  // namespace machikoe
