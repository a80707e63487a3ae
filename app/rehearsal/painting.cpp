#include "app/rehearsal/painting.h"

#include "app/ui/rasteriser.h"

namespace machikoe {
namespace {

constexpr int kMostFrames = 60;
constexpr Milliseconds kBetweenFrames{50};
// Any value but that of ImGui's own texture, which is null without a renderer.
const ImTextureID kAtlas = (ImTextureID)(std::intptr_t)1;

}  // namespace

std::vector<std::uint8_t> paint(Stage& stage, TextEngine& text, const Panel& panel, Now now) {
    text.set_texture(kAtlas);
    for (int frame = 0; frame < kMostFrames; ++frame) {
        stage.frame(now);
        now.monotonic += kBetweenFrames;
        const auto due = stage.next_frame_due(now);
        if (!due || *due > now.monotonic) break;
    }
    const auto count =
        static_cast<std::size_t>(panel.width) * static_cast<std::size_t>(panel.height);
    std::vector<std::uint32_t> canvas(count);
    rasterise(*ImGui::GetDrawData(), text.atlas(), kAtlas,
              {canvas.data(), panel.width, panel.height}, {0, 0, panel.width, panel.height});
    text.set_texture(ImTextureID{});
    std::vector<std::uint8_t> pixels;
    pixels.reserve(count * 3);
    for (const std::uint32_t pixel : canvas)
        for (const int shift : {16, 8, 0})
            pixels.push_back(static_cast<std::uint8_t>(pixel >> shift));
    return pixels;
}

}  // namespace machikoe
