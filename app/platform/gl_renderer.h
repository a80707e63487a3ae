// GlRenderer: the Renderer where a graphics processor computes OpenGL 3.
//
// The picture is kept in a framebuffer object and brought to the back buffer whole, for what a
// driver keeps in a back buffer after it was shown is its own affair.  Of several parts that
// changed the rectangle around them is drawn: each one would cost an upload of all vertices.
//
// The glyph atlas is one 8-bit texture, of which only what changed is uploaded.
#pragma once

#include "app/platform/renderer.h"

namespace machikoe {

class GlRenderer final : public Renderer {
  public:
    /// REQUIRES: a current GL context that outlives it.
    static Result<std::unique_ptr<Renderer>> create(TextEngine& text);
    ~GlRenderer() override;
    std::vector<std::uint8_t> read_pixels(int width, int height) const override;
    std::string description() const override;

  private:
    explicit GlRenderer(TextEngine& text);
    void take_atlas(const AtlasView& atlas) override;
    void draw_parts(ImDrawData& data, int width, int height,
                    const std::vector<PixelRect>& parts) override;
    void fit_picture(int width, int height);

    unsigned atlas_ = 0;
    int atlas_width_ = 0, atlas_height_ = 0;
    unsigned frame_ = 0, picture_ = 0;
    int width_ = 0, height_ = 0;
};

}  // namespace machikoe
