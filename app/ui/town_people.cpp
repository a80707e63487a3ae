// The people of the town, each about 190 design units tall and standing on the origin.
#include "app/ui/shapes.h"
#include "app/ui/town_parts.h"

namespace machikoe::town {
namespace {

/// Strokes and fills of one person.
class Figure {
  public:
    explicit Figure(const Canvas& canvas) : canvas_(canvas), list_(canvas.list) {}

    void disc(float x, float y, float radius, ImU32 colour) {
        list_.AddCircleFilled(canvas_.at(x, y), radius * canvas_.unit, colour);
    }
    void ellipse(float x, float y, float rx, float ry, ImU32 colour) {
        fill_ellipse(list_, canvas_.at(x, y), {rx * canvas_.unit, ry * canvas_.unit}, colour);
    }
    void line(ImVec2 a, ImVec2 b, ImU32 colour, float width) {
        stroke_line(list_, canvas_.at(a.x, a.y), canvas_.at(b.x, b.y), colour,
                    width * canvas_.unit);
    }
    void limb(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour, float width) {
        stroke_curve(list_, canvas_.at(a.x, a.y), canvas_.at(b.x, b.y), canvas_.at(b.x, b.y),
                     canvas_.at(c.x, c.y), colour, width * canvas_.unit);
    }
    void ring(float x, float y, float radius, ImU32 colour, float width) {
        stroke_circle(list_, canvas_.at(x, y), radius * canvas_.unit, colour, width * canvas_.unit);
    }

    void ground_shadow(float width) { ellipse(0, 2, width, 8, kShade); }

    void legs(float spread, float top, ImU32 trousers) {
        for (const float side : {-1.f, 1.f}) {
            line({spread * side, top}, {spread * side, -9}, trousers, 17);
            ellipse(spread * side + 3 * side, -3, 13, 7, kShoe);
        }
    }

    /// A torso with round shoulders, wider at the hem by `flare`.
    void torso(float shoulder_y, float hem_y, float half, float flare, ImU32 colour) {
        const GradientScope gradient(list_, canvas_.at(0, shoulder_y).y, canvas_.at(0, hem_y).y,
                                     mix(colour, IM_COL32_WHITE, 0.12f), colour);
        const float hem = half + flare;
        list_.PathLineTo(canvas_.at(-hem, hem_y - 6));
        list_.PathLineTo(canvas_.at(-half, shoulder_y + 24));
        list_.PathBezierCubicCurveTo(canvas_.at(-half, shoulder_y + 4),
                                     canvas_.at(-half * 0.6f, shoulder_y),
                                     canvas_.at(0, shoulder_y));
        list_.PathBezierCubicCurveTo(canvas_.at(half * 0.6f, shoulder_y),
                                     canvas_.at(half, shoulder_y + 4),
                                     canvas_.at(half, shoulder_y + 24));
        list_.PathLineTo(canvas_.at(hem, hem_y - 6));
        list_.PathBezierCubicCurveTo(canvas_.at(hem, hem_y), canvas_.at(-hem, hem_y),
                                     canvas_.at(-hem, hem_y - 6));
        list_.PathFillConvex(IM_COL32_WHITE);
    }

    /// Head with neck and ears; the hair is a cap over it, parted towards `parting` (-1 … 1).
    void head(float y, float radius, ImU32 skin, ImU32 hair, float parting) {
        line({0, y + radius * 0.8f}, {0, y + radius * 1.2f}, mix(skin, kOrange, 0.15f),
             radius * 0.62f);
        disc(0, y - radius * 0.06f, radius * 1.06f, hair);
        for (const float side : {-1.f, 1.f}) {
            disc(side * radius * 0.97f, y + radius * 0.18f, radius * 0.17f, skin);
        }
        ellipse(0, y + radius * 0.20f, radius * 0.95f, radius * 0.86f, skin);
        bangs(y, radius, hair, parting);
        for (const float side : {-1.f, 1.f}) {
            ellipse(side * radius * 0.36f, y + radius * 0.16f, radius * 0.09f, radius * 0.115f,
                    kFeatures);
            ellipse(side * radius * 0.58f, y + radius * 0.42f, radius * 0.16f, radius * 0.10f,
                    with_alpha(kBlush, 0.55f));
        }
        smile(y + radius * 0.46f, radius);
    }

  private:
    void bangs(float y, float radius, ImU32 hair, float parting) {
        for (const float side : {-1.f, 1.f}) {
            const float reach = 0.52f - side * parting * 0.22f;
            fill_ellipse(list_, canvas_.at(side * radius * (0.98f - reach), y - radius * 0.50f),
                         {radius * reach * canvas_.unit, radius * 0.30f * canvas_.unit}, hair,
                         side * 0.42f);
        }
    }

    void smile(float y, float radius) {
        const auto point = [&](float x, float depth) {
            return canvas_.at(x * radius, y + depth * radius);
        };
        stroke_curve(list_, point(-0.26f, 0), point(-0.16f, 0.22f), point(0.16f, 0.22f),
                     point(0.26f, 0), kMouth, radius * 0.10f * canvas_.unit);
    }

    const Canvas& canvas_;
    ImDrawList& list_;
};

}  // namespace

void draw_grandmother(const Canvas& canvas) {
    Figure figure(canvas);
    figure.ground_shadow(46);
    figure.line({46, -72}, {50, -4}, kTrunk, 6);
    figure.limb({38, -70}, {44, -84}, {54, -76}, kTrunk, 6);
    figure.legs(11, -24, kBeige);
    figure.torso(-84, -20, 31, 11, kNavy);
    figure.torso(-106, -44, 30, 5, kPurple);
    figure.line({0, -94}, {0, -52}, mix(kPurple, IM_COL32_WHITE, 0.35f), 3);
    figure.limb({24, -90}, {36, -66}, {44, -70}, mix(kPurple, kNavy, 0.25f), 15);
    figure.disc(46, -73, 8, kSkin[0]);
    figure.limb({-25, -90}, {-36, -66}, {-26, -50}, mix(kPurple, kNavy, 0.25f), 15);
    figure.disc(-25, -49, 8, kSkin[0]);
    figure.disc(0, -172, 14, kGreyHair);
    figure.head(-130, 28, kSkin[0], kGreyHair, 0);
    figure.ring(-10, -125, 8, kMetal, 1.8f);
    figure.ring(10, -125, 8, kMetal, 1.8f);
    figure.line({-2, -125}, {2, -125}, kMetal, 1.8f);
}

void draw_parent(const Canvas& canvas) {
    Figure figure(canvas);
    figure.ground_shadow(46);
    figure.line({-26, -156}, {-28, -118}, kBrownHair, 18);
    figure.line({26, -156}, {28, -118}, kBrownHair, 18);
    figure.legs(12, -40, kNavy);
    figure.torso(-122, -30, 32, 8, kOrange);
    figure.limb({26, -104}, {44, -78}, {60, -62}, mix(kOrange, kRed, 0.35f), 16);
    figure.disc(62, -59, 8.5f, kSkin[0]);
    figure.limb({-27, -104}, {-58, -112}, {-56, -154}, mix(kOrange, kRed, 0.35f), 16);
    figure.disc(-56, -160, 9, kSkin[0]);
    figure.head(-150, 30, kSkin[0], kBrownHair, 0.7f);
}

void draw_child(const Canvas& canvas) {
    Figure figure(canvas);
    figure.ground_shadow(34);
    figure.legs(9, -26, kTeal);
    figure.torso(-70, -20, 22, 5, kYellow);
    figure.limb({-18, -58}, {-34, -52}, {-42, -60}, mix(kYellow, kOrange, 0.3f), 12);
    figure.disc(-44, -62, 6.5f, kSkin[0]);
    figure.limb({18, -58}, {42, -60}, {40, -96}, mix(kYellow, kOrange, 0.3f), 12);
    figure.disc(40, -101, 7, kSkin[0]);
    figure.head(-93, 24, kSkin[0], kHair, -0.5f);
    // A school bag's straps.
    figure.line({-12, -64}, {-12, -38}, kRed, 5);
    figure.line({12, -64}, {12, -38}, kRed, 5);
}

void draw_wheelchair_user(const Canvas& canvas) {
    Figure figure(canvas);
    figure.ellipse(8, 2, 66, 8, kShade);
    // Backrest, handle, footrest; then the sitter, then the wheel in front.
    figure.line({-32, -108}, {-28, -40}, kMetal, 6);
    figure.line({-46, -108}, {-32, -108}, kMetal, 7);
    figure.line({-28, -44}, {40, -44}, kMetal, 6);
    figure.line({40, -44}, {56, -12}, kMetal, 5);
    figure.line({52, -10}, {70, -10}, kMetal, 6);
    figure.limb({-4, -56}, {34, -60}, {40, -52}, kNavy, 22);
    figure.limb({40, -52}, {46, -40}, {52, -20}, kNavy, 18);
    figure.ellipse(59, -16, 14, 8, kShoe);
    figure.torso(-108, -44, 27, 2, kTeal);
    figure.head(-133, 27, kSkin[1], kHair, -0.6f);
    figure.limb({18, -92}, {32, -70}, {22, -56}, mix(kTeal, kNavy, 0.3f), 15);
    figure.disc(20, -55, 8, kSkin[1]);
    figure.ring(-6, -33, 33, kTyre, 6);
    figure.ring(-6, -33, 26, kMetal, 2.4f);
    for (const ImVec2 end : {ImVec2{24, 0}, ImVec2{12, 21}, ImVec2{-12, 21}}) {
        figure.line({-6 - end.x, -33 - end.y}, {-6 + end.x, -33 + end.y}, with_alpha(kMetal, 0.7f),
                    1.8f);
    }
    figure.disc(-6, -33, 5, kMetal);
    figure.ring(46, -9, 9, kTyre, 5);
}

void draw_young_man(const Canvas& canvas) {
    Figure figure(canvas);
    figure.ground_shadow(44);
    figure.legs(12, -48, kMetal);
    figure.torso(-124, -40, 32, 3, kRed);
    figure.limb({-27, -106}, {-42, -78}, {-36, -54}, mix(kRed, kNavy, 0.25f), 16);
    figure.disc(-35, -50, 8.5f, kSkin[2]);
    figure.limb({27, -106}, {42, -78}, {36, -54}, mix(kRed, kNavy, 0.25f), 16);
    figure.disc(35, -50, 8.5f, kSkin[2]);
    figure.head(-154, 30, kSkin[2], kHair, 0.6f);
    // A bag over the shoulder.
    figure.line({-20, -116}, {26, -58}, kBeige, 5);
}

}  // namespace machikoe::town
