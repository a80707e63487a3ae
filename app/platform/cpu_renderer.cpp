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

/// True when the first thing drawn, an opaque rectangle, covers everything: the ground of each
/// screen.
bool has_ground(const ImDrawData& data, const PixelRect& all) {
    if (list_count(data) == 0 || data.CmdLists[0]->CmdBuffer.empty()) return false;
    const ImDrawList& list = *data.CmdLists[0];
    const ImDrawCmd& first = list.CmdBuffer.front();
    if (first.UserCallback || first.ElemCount < 6 || first.GetTexID() == kAtlas) return false;
    const ImVec2 low = {static_cast<float>(all.x0), static_cast<float>(all.y0)};
    const ImVec2 high = {static_cast<float>(all.x1), static_cast<float>(all.y1)};
    const auto spans = [&](ImVec2 from, ImVec2 to) {
        return from.x <= low.x && from.y <= low.y && to.x >= high.x && to.y >= high.y;
    };
    const ImVec4& clip = first.ClipRect;
    if (!spans({clip.x, clip.y}, {clip.z, clip.w})) return false;
    // A rectangle is a b c, a c d, clockwise from the upper left.
    const ImDrawIdx* index = list.IdxBuffer.Data + first.IdxOffset;
    const auto corner = [&](int i) {
        return list.VtxBuffer[static_cast<int>(first.VtxOffset) + index[i]];
    };
    const ImDrawVert a = corner(0), b = corner(1), c = corner(2), d = corner(5);
    const bool is_rectangle = index[3] == index[0] && index[4] == index[2] && a.pos.y == b.pos.y &&
                              b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x;
    const ImU32 alpha = a.col & b.col & c.col & d.col & IM_COL32_A_MASK;
    return is_rectangle && alpha == IM_COL32_A_MASK && spans(a.pos, c.pos);
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
    const bool is_covered = has_ground(data, {0, 0, width, height});
    for (const PixelRect& part : parts) {
        if (!is_covered) blacken(canvas, part);
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
