// ImGuiContextScope: one ImGui context, with or without a window.
//
// Sets what the house needs (no ini file, no keyboard navigation, fine curves, 32-bit offsets)
// and hides what differs between ImGui 1.86 and 1.92.  Without a renderer it is all that tests
// and scripted residents need: begin_frame(), draw, end_frame(), ImGui::GetDrawData().
//
// One thread; one scope at a time.
#pragma once

#include <imgui.h>

namespace machikoe {

class ImGuiContextScope {
  public:
    ImGuiContextScope(int width, int height);
    ~ImGuiContextScope();
    ImGuiContextScope(const ImGuiContextScope&) = delete;
    ImGuiContextScope& operator=(const ImGuiContextScope&) = delete;

    void resize(int width, int height);
    /// `seconds` since the last frame, clamped to (0, 0.1]: nothing jumps after a pause.
    /// A pointer that is nowhere has negative coordinates.
    void begin_frame(float seconds, ImVec2 pointer = {-1, -1}, bool down = false);
    /// The draw data is ImGui::GetDrawData() until the next begin_frame().
    void end_frame();

  private:
    ImGuiContext* context_;
};

}  // namespace machikoe
