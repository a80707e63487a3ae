#include "app/platform/renderer.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <png.h>

#include <algorithm>

namespace machikoe {
namespace {

std::string gl_string(GLenum name) {
    const auto* text = reinterpret_cast<const char*>(glGetString(name));
    return text ? text : "";
}

}  // namespace

Renderer::Renderer(TextEngine& text) : text_(text) {}

Result<std::unique_ptr<Renderer>> Renderer::create(TextEngine& text) {
    if (!ImGui_ImplOpenGL3_Init("#version 150")) {
        return fail(ErrorCode::Unavailable, "OpenGL cannot be initialised");
    }
    // Makes the shaders and the texture with the white pixel, whose name goes into draw lists
    // from the first frame on.
    ImGui_ImplOpenGL3_NewFrame();
    std::unique_ptr<Renderer> renderer(new Renderer(text));
    glGenTextures(1, &renderer->atlas_);
    renderer->upload_atlas();
    if (glGetError() != GL_NO_ERROR) {
        return fail(ErrorCode::Unavailable,
                    "OpenGL has no 8-bit textures: " + renderer->description());
    }
    text.set_texture((ImTextureID)(std::intptr_t)renderer->atlas_);
    return renderer;
}

Renderer::~Renderer() {
    text_.set_texture(ImTextureID{});
    glDeleteTextures(1, &atlas_);
    ImGui_ImplOpenGL3_Shutdown();
}

void Renderer::upload_atlas() {
    const AtlasView view = text_.atlas();
    const bool is_new = view.width != atlas_width_ || view.height != atlas_height_;
    if (!is_new && view.dirty_x0 >= view.dirty_x1) return;
    glBindTexture(GL_TEXTURE_2D, atlas_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, view.width);
    if (is_new) {
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        // White, with the coverage as alpha.
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_R, GL_ONE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_G, GL_ONE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_B, GL_ONE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_A, GL_RED);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, view.width, view.height, 0, GL_RED, GL_UNSIGNED_BYTE,
                     view.pixels);
        atlas_width_ = view.width;
        atlas_height_ = view.height;
    } else {
        const auto* first =
            view.pixels + static_cast<std::ptrdiff_t>(view.dirty_y0) * view.width + view.dirty_x0;
        glTexSubImage2D(GL_TEXTURE_2D, 0, view.dirty_x0, view.dirty_y0,
                        view.dirty_x1 - view.dirty_x0, view.dirty_y1 - view.dirty_y0, GL_RED,
                        GL_UNSIGNED_BYTE, first);
    }
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    text_.atlas_uploaded();
}

void Renderer::draw(int width, int height) {
    upload_atlas();
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    if (ImDrawData* data = ImGui::GetDrawData()) ImGui_ImplOpenGL3_RenderDrawData(data);
}

std::vector<std::uint8_t> Renderer::read_pixels(int width, int height) const {
    const auto row = static_cast<std::size_t>(width) * 3;
    std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    // GL counts rows from below.
    for (int y = 0; y < height / 2; ++y) {
        const auto upper = pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
        const auto lower = pixels.begin() + static_cast<std::ptrdiff_t>(row) * (height - 1 - y);
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    }
    return pixels;
}

std::string Renderer::description() const {
    return gl_string(GL_RENDERER) + ", OpenGL " + gl_string(GL_VERSION);
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
