#include "app/platform/gl_renderer.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>

namespace machikoe {
namespace {

std::string gl_string(GLenum name) {
    const auto* text = reinterpret_cast<const char*>(glGetString(name));
    return text ? text : "";
}

/// What is drawn stays inside `part`, in this scope.
class PartScope {
  public:
    PartScope(ImDrawData& data, const PixelRect& part) : data_(data) {
        for (int i = 0; i < list_count(data_); ++i)
            for (ImDrawCmd& command : data_.CmdLists[i]->CmdBuffer) {
                ImVec4& clip = command.ClipRect;
                kept_.push_back(clip);
                clip = {std::max(clip.x, static_cast<float>(part.x0)),
                        std::max(clip.y, static_cast<float>(part.y0)),
                        std::min(clip.z, static_cast<float>(part.x1)),
                        std::min(clip.w, static_cast<float>(part.y1))};
            }
    }
    ~PartScope() {
        auto kept = kept_.begin();
        for (int i = 0; i < list_count(data_); ++i)
            for (ImDrawCmd& command : data_.CmdLists[i]->CmdBuffer) command.ClipRect = *kept++;
    }
    PartScope(const PartScope&) = delete;
    PartScope& operator=(const PartScope&) = delete;

  private:
    ImDrawData& data_;
    std::vector<ImVec4> kept_;
};

}  // namespace

GlRenderer::GlRenderer(TextEngine& text) : Renderer(text) {}

Result<std::unique_ptr<Renderer>> GlRenderer::create(TextEngine& text) {
    if (!ImGui_ImplOpenGL3_Init("#version 150")) {
        return fail(ErrorCode::Unavailable, "OpenGL cannot be initialised");
    }
    // Makes the shaders and the texture with the white pixel, whose name goes into draw lists
    // from the first frame on.
    ImGui_ImplOpenGL3_NewFrame();
    std::unique_ptr<GlRenderer> renderer(new GlRenderer(text));
    glGenTextures(1, &renderer->atlas_);
    glGenFramebuffers(1, &renderer->frame_);
    glGenRenderbuffers(1, &renderer->picture_);
    renderer->take_atlas(text.atlas());
    if (glGetError() != GL_NO_ERROR) {
        return fail(ErrorCode::Unavailable,
                    "OpenGL has no 8-bit textures: " + renderer->description());
    }
    text.set_texture((ImTextureID)(std::intptr_t)renderer->atlas_);
    return renderer;
}

GlRenderer::~GlRenderer() {
    glDeleteFramebuffers(1, &frame_);
    glDeleteRenderbuffers(1, &picture_);
    glDeleteTextures(1, &atlas_);
    ImGui_ImplOpenGL3_Shutdown();
}

void GlRenderer::take_atlas(const AtlasView& view) {
    const bool is_new = view.width != atlas_width_ || view.height != atlas_height_;
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
}

void GlRenderer::fit_picture(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    glBindRenderbuffer(GL_RENDERBUFFER, picture_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, picture_);
}

void GlRenderer::draw_parts(ImDrawData& data, int width, int height,
                            const std::vector<PixelRect>& parts) {
    fit_picture(width, height);
    PixelRect part = parts.front();
    for (const PixelRect& one : parts) part = hull(part, one);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    glViewport(0, 0, width, height);
    glEnable(GL_SCISSOR_TEST);
    glScissor(part.x0, height - part.y1, part.x1 - part.x0, part.y1 - part.y0);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    {
        const PartScope scope(data, part);
        ImGui_ImplOpenGL3_RenderDrawData(&data);
    }
    glDisable(GL_SCISSOR_TEST);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

std::vector<std::uint8_t> GlRenderer::read_pixels(int width, int height) const {
    const auto row = static_cast<std::size_t>(width) * 3;
    std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height));
    glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
    // GL counts rows from below.
    for (int y = 0; y < height / 2; ++y) {
        const auto upper = pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
        const auto lower = pixels.begin() + static_cast<std::ptrdiff_t>(row) * (height - 1 - y);
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    }
    return pixels;
}

std::string GlRenderer::description() const {
    return gl_string(GL_RENDERER) + ", OpenGL " + gl_string(GL_VERSION);
}

}  // namespace machikoe
