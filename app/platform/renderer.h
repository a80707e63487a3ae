// Renderer: ImGui's draw data to pixels, and only those that change.
//
// The picture is kept.  Of each frame only the parts that differ from the last one are drawn
// again, and of a frame that differs in nothing, nothing.  Whatever the sequence of frames was,
// the picture equals a full drawing of the last one, bit by bit.
//
// By OpenGL 3 where a graphics processor computes it, else by the CPU into the window's
// SharedImage.  When the GL context is lost there is no way back in here: the program ends and
// its supervisor starts it again.
//
// REQUIRES: a current ImGui context, which outlives it as the window and the text do; made before
// the first frame of ImGui.  One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/platform/damage.h"
#include "app/platform/window.h"
#include "app/ui/text.h"

namespace machikoe {

class Renderer {
  public:
    /// Unavailable when OpenGL is not up to it.
    static Result<std::unique_ptr<Renderer>> create(Window& window, TextEngine& text);
    virtual ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    /// Draws ImGui::GetDrawData(), `width` x `height` physical px.  True when the picture is
    /// another one now, which Window::present() shows (a SharedImage's parts are seen before).
    bool draw(int width, int height);
    /// The window has lost its picture: the next draw() draws and shows everything.
    void forget() { damage_.forget(); }
    /// The picture, three bytes a pixel, from the top left.
    virtual std::vector<std::uint8_t> read_pixels(int width, int height) const = 0;

    /// For the log.
    virtual std::string description() const = 0;

  protected:
    explicit Renderer(TextEngine& text) : text_(text) {}

  private:
    /// Called when a part of the atlas, or all of it, is another one.
    virtual void take_atlas(const AtlasView& atlas) = 0;
    virtual void draw_parts(ImDrawData& data, int width, int height,
                            const std::vector<PixelRect>& parts) = 0;

    TextEngine& text_;
    Damage damage_;
};

/// Three bytes a pixel, from the top left.  Unavailable when it cannot be written.
Status save_png(const std::filesystem::path& path, int width, int height,
                const std::vector<std::uint8_t>& rgb);

}  // namespace machikoe
