// Paint: the shapes of the house style on an ImDrawList: soft shadows, gradients, faces,
// the town.  Public ImGui API only, so that every version from 1.86 on will do.
#pragma once

#include <imgui.h>

#include <array>

namespace machikoe {

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    float right() const { return x + w; }
    float bottom() const { return y + h; }
    ImVec2 min() const { return {x, y}; }
    ImVec2 max() const { return {x + w, y + h}; }
    ImVec2 centre() const { return {x + w / 2, y + h / 2}; }
    Rect inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
    bool contains(ImVec2 p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
};

void fill_rounded(ImDrawList& list, const Rect& rect, ImU32 colour, float radius);
void stroke_rounded(ImDrawList& list, const Rect& rect, ImU32 colour, float radius, float width);
/// Vertical gradient, anti-aliased edges kept.
void fill_gradient(ImDrawList& list, const Rect& rect, ImU32 top, ImU32 bottom, float radius);
/// erfc-shaped soft shadow around a rounded rectangle, exact for any radius, no texture.
void soft_shadow(ImDrawList& list, const Rect& rect, float radius, float offset_y, float blur,
                 ImU32 colour);

/// A face from 0 (furious) to 4 (delighted); mouth, eyes and brows differ, not only colour.
void draw_face(ImDrawList& list, ImVec2 centre, float radius, int mood, ImU32 fill, ImU32 ink);
/// Hills, houses, trees, people, a bus, sun and clouds, filling `area`; horizon at ~45 % height.
/// The sky is not painted: what lies behind shows.  Shapes are clipped to `area`.
void draw_town(ImDrawList& list, const Rect& area);
/// A speech bubble with its shadow.  `tail` is the tip; it may be anywhere below the box.
void draw_bubble(ImDrawList& list, const Rect& box, ImVec2 tail, ImU32 colour);
/// Five bubbles over the people of draw_town(area), left to right, none over another.  The
/// caller draws them with draw_bubble() and puts icons on the centres of the boxes.
struct TownBubble {
    Rect box;
    ImVec2 tail;
};
std::array<TownBubble, 5> town_bubbles(const Rect& area);

ImU32 with_alpha(ImU32 colour, float alpha);  // multiplies
ImU32 mix(ImU32 a, ImU32 b, float t);
constexpr ImU32 rgb(unsigned hex) {
    return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255);
}

}  // namespace machikoe
