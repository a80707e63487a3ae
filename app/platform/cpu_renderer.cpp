#include "app/platform/cpu_renderer.h"

#include <algorithm>

namespace machikoe {
namespace {

// Any name but 0, which is that of ImGui's white pixel.
const ImTextureID kAtlas = (ImTextureID)1;

void blacken(const Canvas& canvas, const PixelRect& rect) {
    for (int y = rect.y0; y < rect.y1; ++y)
        std::fill_n(canvas.pixels + static_cast<std::ptrdiff_t>(y) * canvas.width + rect.x0,
                    rect.x1 - rect.x0, 0u);
}

}  // namespace

CpuRenderer::CpuRenderer(SharedImage& image, TextEngine& text)
    : Renderer(text), image_(image), atlas_(text.atlas()) {
    text.set_texture(kAtlas);
}

void CpuRenderer::draw_parts(ImDrawData& data, int width, int height,
                             const std::vector<PixelRect>& parts) {
    const Canvas canvas = image_.begin(width, height);
    if (!canvas.pixels) return;
    for (const PixelRect& part : parts) {
        blacken(canvas, part);
        rasterise(data, atlas_, kAtlas, canvas, part);
        image_.put(part);
    }
}

std::vector<std::uint8_t> CpuRenderer::read_pixels(int width, int height) const {
    std::vector<std::uint8_t> pixels;
    const Canvas canvas = image_.picture();
    if (!canvas.pixels || canvas.width != width || canvas.height != height) return pixels;
    const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    pixels.reserve(count * 3);
    for (std::size_t i = 0; i < count; ++i)
        for (const int shift : {16, 8, 0})
            pixels.push_back(static_cast<std::uint8_t>(canvas.pixels[i] >> shift & 0xFF));
    return pixels;
}

}  // namespace machikoe
