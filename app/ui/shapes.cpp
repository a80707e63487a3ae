#include "app/ui/shapes.h"

#include <algorithm>
#include <cmath>

#include "app/ui/paint.h"

namespace machikoe {
namespace {

constexpr float kPi = 3.14159265f;

/// 1.92.8 swapped the last two arguments of PathStroke.
void stroke_path(ImDrawList& list, ImU32 colour, float width, bool closed) {
#if IMGUI_VERSION_NUM >= 19280
    list.PathStroke(colour, width, closed ? ImDrawFlags_Closed : ImDrawFlags_None);
#else
    list.PathStroke(colour, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width);
#endif
}

}  // namespace

GradientScope::~GradientScope() {
    const float height = std::max(bottom_y_ - top_y_, 1e-3f);
    for (int i = from_; i < list_.VtxBuffer.Size; ++i) {
        ImDrawVert& vertex = list_.VtxBuffer[i];
        const float t = std::clamp((vertex.pos.y - top_y_) / height, 0.f, 1.f);
        const float coverage = static_cast<float>(vertex.col >> IM_COL32_A_SHIFT) / 255.f;
        vertex.col = with_alpha(mix(top_, bottom_, t), coverage);
    }
}

void fill_ellipse(ImDrawList& list, ImVec2 centre, ImVec2 radius, ImU32 colour, float rotation) {
    const float largest = std::max(radius.x, radius.y);
    const int segments = std::clamp(static_cast<int>(4 * std::sqrt(largest)) + 8, 12, 96);
    const float cosine = std::cos(rotation), sine = std::sin(rotation);
    for (int i = 0; i < segments; ++i) {
        const float angle = 2 * kPi * static_cast<float>(i) / static_cast<float>(segments);
        const float x = radius.x * std::cos(angle), y = radius.y * std::sin(angle);
        list.PathLineTo({centre.x + x * cosine - y * sine, centre.y + x * sine + y * cosine});
    }
    list.PathFillConvex(colour);
}

void fill_convex(ImDrawList& list, std::initializer_list<ImVec2> points, ImU32 colour) {
    for (const ImVec2 point : points) list.PathLineTo(point);
    list.PathFillConvex(colour);
}

void stroke_curve(ImDrawList& list, ImVec2 a, ImVec2 b, ImVec2 c, ImVec2 d, ImU32 colour,
                  float width) {
    list.PathLineTo(a);
    list.PathBezierCubicCurveTo(b, c, d);
    stroke_path(list, colour, width, false);
    // ImGui's lines end bluntly.
    list.AddCircleFilled(a, width / 2, colour);
    list.AddCircleFilled(d, width / 2, colour);
}

void stroke_line(ImDrawList& list, ImVec2 a, ImVec2 b, ImU32 colour, float width) {
    list.PathLineTo(a);
    list.PathLineTo(b);
    stroke_path(list, colour, width, false);
    list.AddCircleFilled(a, width / 2, colour);
    list.AddCircleFilled(b, width / 2, colour);
}

void stroke_arc(ImDrawList& list, ImVec2 centre, float radius, float from, float to, ImU32 colour,
                float width) {
    list.PathArcTo(centre, radius, from, to, 96);
    stroke_path(list, colour, width, false);
}

void stroke_circle(ImDrawList& list, ImVec2 centre, float radius, ImU32 colour, float width) {
    list.PathArcTo(centre, radius, 0, 2 * kPi * 95 / 96, 96);
    stroke_path(list, colour, width, true);
}

void fill_rounded(ImDrawList& list, const Rect& rect, ImU32 colour, float radius) {
    list.AddRectFilled(rect.min(), rect.max(), colour, radius);
}

void stroke_rounded(ImDrawList& list, const Rect& rect, ImU32 colour, float radius, float width) {
    // The stroke lies inside the rectangle, so that it does not grow when it is selected.
    const Rect middle = rect.inset(width / 2);
    list.PathRect(middle.min(), middle.max(), std::max(0.f, radius - width / 2));
    stroke_path(list, colour, width, true);
}

}  // namespace machikoe
