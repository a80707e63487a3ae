#include "app/ui/imgui_context.h"

#include <algorithm>
#include <cfloat>

namespace machikoe {

ImGuiContextScope::ImGuiContextScope(int width, int height) : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
#if IMGUI_VERSION_NUM >= 19200
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
    // Only the white pixel of it is ever used.
    unsigned char* pixels = nullptr;
    int font_width = 0, font_height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &font_width, &font_height);
#endif
    ImGuiStyle& style = ImGui::GetStyle();
    style.CircleTessellationMaxError = 0.15f;
    style.CurveTessellationTol = 0.6f;
    // Lines from the texture need bilinear sampling, which rasterising on the CPU has not.
    style.AntiAliasedLinesUseTex = false;
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    resize(width, height);
}

ImGuiContextScope::~ImGuiContextScope() {
    ImGui::DestroyContext(context_);
}

void ImGuiContextScope::resize(int width, int height) {
    ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
}

void ImGuiContextScope::begin_frame(float seconds, ImVec2 pointer, bool down) {
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = std::clamp(seconds, 1e-4f, 0.1f);
    const bool nowhere = pointer.x < 0 || pointer.y < 0;
    const ImVec2 at = nowhere ? ImVec2{-FLT_MAX, -FLT_MAX} : pointer;
#if IMGUI_VERSION_NUM >= 18700
    io.AddMousePosEvent(at.x, at.y);
    io.AddMouseButtonEvent(0, down);
#else
    io.MousePos = at;
    io.MouseDown[0] = down;
#endif
    ImGui::NewFrame();
}

void ImGuiContextScope::end_frame() {
    ImGui::Render();
}

}  // namespace machikoe
