// CpuRenderer: the Renderer where there is no graphics processor.
//
// Software OpenGL computes what a processor with a thousand cores would; this computes what our
// pictures need, and only the parts that changed: into the window's SharedImage.
#pragma once

#include "app/platform/renderer.h"

namespace machikoe {

class CpuRenderer final : public Renderer {
  public:
    CpuRenderer(SharedImage& image, TextEngine& text);
    std::vector<std::uint8_t> read_pixels(int width, int height) const override;
    std::string description() const override { return "drawn by the CPU"; }

  private:
    void take_atlas(const AtlasView& atlas) override { atlas_ = atlas; }
    void draw_parts(ImDrawData& data, int width, int height,
                    const std::vector<PixelRect>& parts) override;

    SharedImage& image_;
    AtlasView atlas_;
};

}  // namespace machikoe
