// Damage: which parts of the picture a frame changes.
//
// The picture is divided into tiles.  All that is drawn into a tile, in its order, makes the
// tile's hash; where that equals the last frame's, so do the pixels.  Nothing needs to be told
// what changed, so nothing can forget to tell.
//
// One belongs to one picture.  One thread.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "app/ui/rasteriser.h"

namespace machikoe {

class Damage {
  public:
    /// The parts in which `data` differs from the draw data of the call before; disjoint only
    /// where they are cheap to keep apart.  Everything, on first sight and in a new size.
    std::vector<PixelRect> next(const ImDrawData& data, int width, int height);
    /// The pixels are no longer what was drawn, or a texture is not: everything next time.
    void forget() { width_ = height_ = 0; }

  private:
    void add(const ImDrawData& data);
    void add_triangles(const ImDrawList& list, const ImDrawCmd& command);
    std::vector<PixelRect> differing_tiles() const;

    int width_ = 0, height_ = 0;
    int columns_ = 0, rows_ = 0;
    std::vector<std::uint64_t> tiles_, before_;
    std::vector<std::uint64_t> corners_;  // of the draw list at hand, one hash a vertex
};

}  // namespace machikoe
