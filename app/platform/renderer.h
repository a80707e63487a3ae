// Renderer: ImGui's draw data to pixels, through OpenGL 3.
//
// The glyph atlas is one 8-bit texture, of which only what changed is uploaded.  When the GL
// context is lost there is no way back in here: the program ends and its supervisor starts it
// again.
//
// REQUIRES: a current GL context and a current ImGui context, both of which outlive it; made
// before the first frame of ImGui.  One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/ui/text.h"

namespace machikoe {

class Renderer {
  public:
    /// Unavailable when OpenGL is not up to it.
    static Result<std::unique_ptr<Renderer>> create(TextEngine& text);
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    /// Draws ImGui::GetDrawData() into the back buffer, `width` x `height` physical px.
    void draw(int width, int height);
    /// The back buffer, three bytes a pixel, from the top left.
    std::vector<std::uint8_t> read_pixels(int width, int height) const;

    /// For the log.
    std::string description() const;

  private:
    explicit Renderer(TextEngine& text);
    void upload_atlas();

    TextEngine& text_;
    unsigned atlas_ = 0;
    int atlas_width_ = 0, atlas_height_ = 0;
};

/// Three bytes a pixel, from the top left.  Unavailable when it cannot be written.
Status save_png(const std::filesystem::path& path, int width, int height,
                const std::vector<std::uint8_t>& rgb);

}  // namespace machikoe
