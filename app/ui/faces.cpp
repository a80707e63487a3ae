// Five faces.  Each has its own mouth, eyes and brows: whoever cannot tell the colours apart,
// or sees the screen in the sun, can tell the faces apart.
#include <algorithm>
#include <array>

#include "app/ui/paint.h"
#include "app/ui/shapes.h"

namespace machikoe {
namespace {

/// The face in a square of side 2 around its centre.
class Face {
  public:
    Face(ImDrawList& list, ImVec2 centre, float radius, ImU32 fill, ImU32 ink)
        : list_(list),
          centre_(centre),
          radius_(radius),
          fill_(fill),
          opacity_(static_cast<float>(fill >> IM_COL32_A_SHIFT) / 255.f),
          ink_(with_alpha(ink, opacity_)) {}

    void head() {
        const ImU32 light = mix(fill_, with_alpha(IM_COL32_WHITE, opacity_), 0.30f);
        const ImU32 deep = mix(fill_, with_alpha(IM_COL32_BLACK, opacity_), 0.05f);
        {
            const GradientScope gradient(list_, centre_.y - radius_, centre_.y + radius_, light,
                                         deep);
            list_.AddCircleFilled(centre_, radius_, IM_COL32_WHITE);
        }
        fill_ellipse(list_, at(-0.42f, -0.62f), {radius_ * 0.26f, radius_ * 0.13f},
                     with_alpha(IM_COL32_WHITE, 0.32f * opacity_), -0.55f);
    }

    void round_eyes(float height) {
        for (const float side : {-1.f, 1.f}) {
            fill_ellipse(list_, at(0.34f * side, -0.10f), {radius_ * 0.088f, radius_ * height},
                         ink_);
            list_.AddCircleFilled(at(0.34f * side + 0.028f, -0.10f - height * 0.45f),
                                  radius_ * 0.032f, with_alpha(IM_COL32_WHITE, opacity_));
        }
    }

    void laughing_eyes() {
        for (const float side : {-1.f, 1.f}) {
            const float x = 0.36f * side;
            curve({x - 0.16f, -0.04f}, {x - 0.12f, -0.27f}, {x + 0.12f, -0.27f},
                  {x + 0.16f, -0.04f}, 0.075f);
        }
    }

    /// Heights of the ends nearer to and further from the nose, and how far the middle rises.
    void brows(float inner, float outer, float arch) {
        for (const float side : {-1.f, 1.f}) {
            const float third = (outer - inner) / 3;
            curve({0.19f * side, inner}, {0.30f * side, inner + third - arch},
                  {0.41f * side, outer - third - arch}, {0.52f * side, outer}, 0.062f);
        }
    }

    /// A mouth whose middle lies `depth` below its corners.
    void mouth(float half_width, float y, float depth) {
        curve({-half_width, y}, {-half_width * 0.55f, y + depth * 1.33f},
              {half_width * 0.55f, y + depth * 1.33f}, {half_width, y}, 0.085f);
    }

    void open_mouth() {
        const ImU32 tongue = with_alpha(rgb(0xF08A80), opacity_);
        list_.PathLineTo(at(0.42f, 0.22f));
        list_.PathBezierCubicCurveTo(at(0.36f, 0.86f), at(-0.36f, 0.86f), at(-0.42f, 0.22f));
        list_.PathFillConvex(ink_);
        fill_ellipse(list_, at(0, 0.565f), {radius_ * 0.20f, radius_ * 0.10f}, tongue);
        curve({-0.42f, 0.22f}, {-0.2f, 0.24f}, {0.2f, 0.24f}, {0.42f, 0.22f}, 0.06f);
    }

    void cheeks(float strength) {
        for (const float side : {-1.f, 1.f}) {
            fill_ellipse(list_, at(0.62f * side, 0.22f), {radius_ * 0.13f, radius_ * 0.085f},
                         with_alpha(rgb(0xE8694A), strength * opacity_));
        }
    }

  private:
    ImVec2 at(float x, float y) const { return {centre_.x + x * radius_, centre_.y + y * radius_}; }

    void curve(ImVec2 a, ImVec2 b, ImVec2 c, ImVec2 d, float width) {
        stroke_curve(list_, at(a.x, a.y), at(b.x, b.y), at(c.x, c.y), at(d.x, d.y), ink_,
                     std::max(1.5f, width * radius_));
    }

    ImDrawList& list_;
    ImVec2 centre_;
    float radius_;
    ImU32 fill_;
    float opacity_;
    ImU32 ink_;
};

}  // namespace

void draw_face(ImDrawList& list, ImVec2 centre, float radius, int mood, ImU32 fill, ImU32 ink) {
    Face face(list, centre, radius, fill, ink);
    face.head();
    switch (std::clamp(mood, 0, 4)) {
        case 0:  // furious: brows drawn together, corners far down
            face.brows(-0.27f, -0.48f, 0.0f);
            face.round_eyes(0.105f);
            face.mouth(0.36f, 0.56f, -0.26f);
            break;
        case 1:  // worried: brows up in the middle
            face.brows(-0.47f, -0.36f, 0.02f);
            face.round_eyes(0.12f);
            face.mouth(0.30f, 0.48f, -0.13f);
            break;
        case 2:  // neither: everything level
            face.brows(-0.40f, -0.40f, 0.0f);
            face.round_eyes(0.12f);
            face.mouth(0.28f, 0.40f, 0.0f);
            break;
        case 3:  // content
            face.brows(-0.42f, -0.40f, 0.09f);
            face.round_eyes(0.14f);
            face.cheeks(0.36f);
            face.mouth(0.38f, 0.28f, 0.22f);
            break;
        default:  // delighted: laughing eyes, open mouth
            face.brows(-0.48f, -0.44f, 0.10f);
            face.laughing_eyes();
            face.cheeks(0.44f);
            face.open_mouth();
            break;
    }
}

}  // namespace machikoe
