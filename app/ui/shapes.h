// Shapes: what ImDrawList lacks in 1.86, or has under changing signatures: ellipses, strokes
// with round ends, vertical gradients over any shape.
#pragma once

#include <imgui.h>

#include <initializer_list>

namespace machikoe {

/// Vertices drawn from here on become a vertical gradient; their coverage (alpha) is kept.
class GradientScope {
  public:
    GradientScope(ImDrawList& list, float top_y, float bottom_y, ImU32 top, ImU32 bottom)
        : list_(list),
          from_(list.VtxBuffer.Size),
          top_y_(top_y),
          bottom_y_(bottom_y),
          top_(top),
          bottom_(bottom) {}
    ~GradientScope();
    GradientScope(const GradientScope&) = delete;
    GradientScope& operator=(const GradientScope&) = delete;

  private:
    ImDrawList& list_;
    int from_;
    float top_y_, bottom_y_;
    ImU32 top_, bottom_;
};

void fill_ellipse(ImDrawList& list, ImVec2 centre, ImVec2 radius, ImU32 colour, float rotation = 0);
/// Points of a convex outline, clockwise.
void fill_convex(ImDrawList& list, std::initializer_list<ImVec2> points, ImU32 colour);
/// A cubic Bezier with round ends.
void stroke_curve(ImDrawList& list, ImVec2 a, ImVec2 b, ImVec2 c, ImVec2 d, ImU32 colour,
                  float width);
void stroke_line(ImDrawList& list, ImVec2 a, ImVec2 b, ImU32 colour, float width);
/// Angles in radians, clockwise from the right.
void stroke_arc(ImDrawList& list, ImVec2 centre, float radius, float from, float to, ImU32 colour,
                float width);
void stroke_circle(ImDrawList& list, ImVec2 centre, float radius, ImU32 colour, float width);

}  // namespace machikoe
