#include "app/platform/renderer.h"

#include <imgui.h>
#include <png.h>

#include <algorithm>

#include "app/platform/cpu_renderer.h"
#include "app/platform/gl_renderer.h"

namespace machikoe {

Result<std::unique_ptr<Renderer>> Renderer::create(Window& window, TextEngine& text) {
    if (SharedImage* image = window.image()) return std::make_unique<CpuRenderer>(*image, text);
    return GlRenderer::create(text);
}

Renderer::~Renderer() {
    text_.set_texture(ImTextureID{});
}

bool Renderer::draw(int width, int height) {
    const AtlasView atlas = text_.atlas();
    if (atlas.dirty_x0 < atlas.dirty_x1) {
        // An atlas that was cleared is new from corner to corner, and a place in it may hold
        // another glyph than before.
        const bool is_new = atlas.dirty_x1 - atlas.dirty_x0 == atlas.width &&
                            atlas.dirty_y1 - atlas.dirty_y0 == atlas.height;
        if (is_new) damage_.forget();
        take_atlas(atlas);
        text_.atlas_uploaded();
    }
    ImDrawData* data = ImGui::GetDrawData();
    if (!data || width <= 0 || height <= 0) return false;
    const std::vector<PixelRect> parts = damage_.next(*data, width, height);
    if (!parts.empty()) draw_parts(*data, width, height, parts);
    return !parts.empty();
}

Status save_png(const std::filesystem::path& path, int width, int height,
                const std::vector<std::uint8_t>& rgb) {
    const auto bytes = static_cast<std::size_t>(std::max(width, 0)) *
                       static_cast<std::size_t>(std::max(height, 0)) * 3;
    if (bytes == 0 || rgb.size() != bytes) {
        return fail(ErrorCode::Invalid, "a picture of other size than its pixels");
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    if (!png_image_write_to_file(&image, path.c_str(), 0, rgb.data(), 0, nullptr)) {
        return fail(ErrorCode::Unavailable, path.string() + ": " + image.message);
    }
    return {};
}

}  // namespace machikoe
