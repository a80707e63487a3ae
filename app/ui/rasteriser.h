// Rasteriser: ImGui's draw data to pixels, on the CPU.
//
// What a graphics processor does with triangles of one colour, triangles whose corners differ in
// colour, and glyphs of the atlas; nothing else is ever in a draw list of this house.  A pixel
// belongs to a triangle when its centre does, on a shared edge to exactly one of the two, so
// that seams neither show nor double.
//
// The value of a pixel depends on the draw data alone, never on `clip`: a picture drawn piece by
// piece equals the picture drawn at once, bit by bit, and the same on every machine.
//
// Glyphs are taken one texel for one pixel, at whole pixels, as TextEngine places them.  Textures
// other than the atlas count as ImGui's white pixel.  No state; any thread.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "app/ui/text.h"

namespace machikoe {

/// From (x0, y0) up to and without (x1, y1).
struct PixelRect {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool empty() const { return x0 >= x1 || y0 >= y1; }
    bool operator==(const PixelRect&) const = default;
};
PixelRect intersection(const PixelRect& a, const PixelRect& b);
/// The smallest one around both.
PixelRect hull(const PixelRect& a, const PixelRect& b);

/// Of the corners of a triangle.
inline float least(float a, float b, float c) {
    const float ab = a < b ? a : b;
    return ab < c ? ab : c;
}
inline float most(float a, float b, float c) {
    const float ab = a > b ? a : b;
    return ab > c ? ab : c;
}

/// Row by row from the top left, 0x00RRGGBB; as the X server wants it.  Owned by the caller.
struct Canvas {
    std::uint32_t* pixels = nullptr;
    int width = 0, height = 0;
};

/// How many draw lists there are, whatever ImGui's version.
int list_count(const ImDrawData& data);

/// Draws over what the canvas holds, inside `clip`.
/// REQUIRES: `atlas` is what commands with the texture `atlas_texture` refer to, and no other
/// texture has that name: TextEngine::set_texture() was given one that is not 0.
void rasterise(const ImDrawData& data, const AtlasView& atlas, ImTextureID atlas_texture,
               const Canvas& canvas, const PixelRect& clip);

}  // namespace machikoe
