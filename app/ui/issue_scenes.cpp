#include "app/ui/issue_scenes.h"

#include <array>
#include <cmath>
#include <numbers>

#include "app/ui/shapes.h"

namespace machikoe::town {
namespace {

constexpr ImU32 kPaper = rgb(0xFFFDF6), kPaperShade = rgb(0xEFE6D2), kPaperInk = rgb(0xB9A98E);
constexpr ImU32 kWood = rgb(0xC98F5A), kWoodDark = rgb(0x9C6A3F), kRain = rgb(0x6FA3C7);
constexpr ImU32 kCloudGrey = rgb(0xC9D3DC), kCloudGreyTop = rgb(0xE6ECF0);
constexpr ImU32 kWater = rgb(0x8CC7E0), kHelmet = rgb(0xF4C63C);

void line(const Canvas& c, ImVec2 a, ImVec2 b, ImU32 colour, float width) {
    stroke_line(c.list, c.at(a.x, a.y), c.at(b.x, b.y), colour, width * c.unit);
}
void shape(const Canvas& c, std::array<ImVec2, 4> p, ImU32 colour) {
    fill_convex(
        c.list,
        {c.at(p[0].x, p[0].y), c.at(p[1].x, p[1].y), c.at(p[2].x, p[2].y), c.at(p[3].x, p[3].y)},
        colour);
}
void shadow(const Canvas& c, float x, float y, float half) {
    fill_ellipse(c.list, c.at(x, y), {half * c.unit, 8 * c.unit}, kShade);
}

void draw_sun(const Canvas& c, float x, float y) {
    disc(c, x, y, 56, with_alpha(kSunTop, 0.25f));
    disc(c, x, y, 40, kSunTop);
}

void draw_heart(const Canvas& c, float x, float y, float size, ImU32 colour) {
    for (const float side : {-1.f, 1.f})
        disc(c, x + side * size * 0.42f, y - size * 0.2f, size * 0.5f, colour);
    shape(c,
          {ImVec2{x, y + size * 0.95f},
           {x - size * 0.88f, y},
           {x, y - size * 0.35f},
           {x + size * 0.88f, y}},
          colour);
}

void draw_fence(const Canvas& c, float from, float to, float y) {
    for (const float rail : {-34.f, -16.f}) box(c, from, y + rail, to - from, 6, kPaperShade, 2);
    for (float x = from; x < to; x += 24) box(c, x, y - 46, 11, 50, kPaper, 4);
}

/// A box with the tail to where the speaker stands.
void draw_speech(const Canvas& c, float x, float y, ImVec2 tail) {
    draw_bubble(c.list, c.rect(x - 44, y - 34, 88, 68), c.at(tail.x, tail.y), kPaper);
}

void draw_star(const Canvas& c, float x, float y, float size, ImU32 colour) {
    constexpr float kTurn = 2 * std::numbers::pi_v<float>;
    for (int i = 0; i < 5; ++i) {
        const auto at = [&](float turn, float radius) {
            const float angle = (turn - 0.25f) * kTurn;
            return c.at(x + std::cos(angle) * radius, y + std::sin(angle) * radius);
        };
        const float turn = static_cast<float>(i) / 5;
        fill_convex(c.list,
                    {at(turn - 0.1f, size * 0.46f), at(turn, size), at(turn + 0.1f, size * 0.46f),
                     c.at(x, y)},
                    colour);
    }
}

void draw_swing(const Canvas& c) {
    for (const float x : {-92.f, 92.f}) {
        line(c, {x, -176}, {x - 22, 0}, kTeal, 9);
        line(c, {x, -176}, {x + 22, 0}, kTeal, 9);
    }
    line(c, {-96, -176}, {96, -176}, kTeal, 10);
    for (const float x : {-38.f, 40.f}) {
        for (const float side : {-18.f, 18.f})
            line(c, {x + side, -174}, {x + side, -44}, kMetal, 3);
        box(c, x - 24, -46, 48, 9, kRed, 4);
    }
}

void draw_slide(const Canvas& c) {
    shadow(c, 20, 2, 96);
    for (const float x : {-52.f, -20.f}) line(c, {x, 0}, {x, -128}, kMetal, 6);
    for (const float y : {-24.f, -52.f, -80.f}) line(c, {-52, y}, {-20, y}, kMetal, 5);
    shape(c, {ImVec2{-26, -126}, {4, -126}, {124, -6}, {98, -6}}, kOrange);
    shape(c, {ImVec2{-26, -126}, {-14, -126}, {108, -6}, {98, -6}}, mix(kOrange, kRed, 0.4f));
    box(c, -60, -134, 48, 12, kYellow, 5);
}

void draw_balloon(const Canvas& c, float x, float y, ImVec2 hand, ImU32 colour) {
    line(c, {x, y + 26}, hand, kMetal, 2);
    fill_ellipse(c.list, c.at(x, y), {23 * c.unit, 28 * c.unit}, colour);
    fill_ellipse(c.list, c.at(x - 8, y - 9), {5 * c.unit, 8 * c.unit},
                 with_alpha(IM_COL32_WHITE, 0.6f), 0.4f);
}

void draw_open_book(const Canvas& c) {
    shadow(c, 0, 4, 190);
    box(c, -188, -136, 376, 144, kTeal, 14);
    for (const float side : {-1.f, 1.f}) {
        const GradientScope gradient(c.list, c.at(0, -156).y, c.at(0, 0).y, kPaper, kPaperShade);
        shape(c,
              side < 0 ? std::array<ImVec2, 4>{ImVec2{-176, -150}, {0, -134}, {0, -4}, {-176, -18}}
                       : std::array<ImVec2, 4>{ImVec2{0, -134}, {176, -150}, {176, -18}, {0, -4}},
              IM_COL32_WHITE);
    }
    for (int row = 0; row < 4; ++row) {
        const float y = -122 + 24 * static_cast<float>(row);
        line(c, {-152, y}, {-26, y + 11}, kPaperInk, 5);
        if (row > 1) line(c, {26, y + 11}, {152, y}, kPaperInk, 5);
    }
    disc(c, 62, -94, 17, kYellow);
    disc(c, 112, -100, 13, kPetalPink);
    line(c, {0, -134}, {0, -4}, kPaperInk, 4);
}

void draw_pencil(const Canvas& c) {
    line(c, {0, 0}, {52, -128}, kYellow, 19);
    line(c, {46, -113}, {52, -128}, kPetalPink, 19);
    line(c, {-3, 8}, {1, -2}, kSkin[1], 17);
    disc(c, -5, 14, 5, kFeatures);
}

void draw_bulb(const Canvas& c) {
    for (int i = 0; i < 7; ++i) {
        const float angle = std::numbers::pi_v<float> * (1 + static_cast<float>(i) / 6);
        const ImVec2 out{std::cos(angle), std::sin(angle)};
        line(c, {out.x * 52, out.y * 52}, {out.x * 68, out.y * 68}, kSunBottom, 6);
    }
    disc(c, 0, 0, 38, kLamp);
    disc(c, -11, -12, 9, with_alpha(IM_COL32_WHITE, 0.7f));
    box(c, -17, 30, 34, 25, kMetal, 6);
    box(c, -17, 38, 34, 4, kHub, 2);
}

void draw_rain_cloud(const Canvas& c) {
    for (const ImVec2 drop : {ImVec2{-66, 26}, {-30, 44}, {6, 24}, {40, 46}, {70, 24}})
        line(c, drop, {drop.x - 8, drop.y + 24}, kRain, 7);
    const GradientScope gradient(c.list, c.at(0, -62).y, c.at(0, 12).y, kCloudGreyTop, kCloudGrey);
    box(c, -94, -36, 188, 46, IM_COL32_WHITE, 23);
    disc(c, -26, -38, 42, IM_COL32_WHITE);
    disc(c, 36, -30, 32, IM_COL32_WHITE);
}

/// A school that becomes a shelter, with its sign: a house on green.
void draw_shelter(const Canvas& c) {
    shadow(c, 0, 4, 176);
    fill_gradient(c.list, c.rect(-168, -150, 336, 156), kWall, mix(kWall, kBeige, 0.4f),
                  6 * c.unit);
    box(c, -178, -164, 356, 18, kRoofs[0], 5);
    fill_gradient(c.list, c.rect(-54, -204, 108, 208), mix(kWall, IM_COL32_WHITE, 0.5f),
                  mix(kWall, kBeige, 0.3f), 6 * c.unit);
    box(c, -62, -214, 124, 16, kRoofs[0], 5);
    for (const float y : {-128.f, -78.f})
        for (const float x : {-150.f, -104.f, 72.f, 118.f}) {
            box(c, x, y, 32, 32, kFrame, 4);
            box(c, x + 3, y + 3, 26, 26, kWindowLit, 3);
        }
    box(c, -28, -66, 56, 70, kBusBand, 5);
    box(c, -23, -60, 21, 64, kBusGlass, 3);
    box(c, 2, -60, 21, 64, kBusGlass, 3);
    box(c, -38, -184, 76, 76, rgb(0x2E8B57), 10);
    shape(c, {ImVec2{-26, -146}, {0, -172}, {0, -172}, {26, -146}}, kPaper);
    box(c, -18, -148, 36, 28, kPaper, 2);
    box(c, -6, -138, 12, 18, rgb(0x2E8B57), 2);
}

void draw_backpack(const Canvas& c) {
    shadow(c, 0, 2, 44);
    stroke_arc(c.list, c.at(0, -86), 15 * c.unit, std::numbers::pi_v<float>,
               2 * std::numbers::pi_v<float>, kRed, 7 * c.unit);
    fill_gradient(c.list, c.rect(-38, -90, 76, 92), mix(kRed, IM_COL32_WHITE, 0.16f), kRed,
                  20 * c.unit);
    box(c, -28, -42, 56, 36, mix(kRed, kNavy, 0.25f), 8);
    box(c, -8, -72, 16, 5, kPaper, 2);
    box(c, -2.5f, -77.5f, 5, 16, kPaper, 2);
    box(c, -9, -30, 18, 5, kLamp, 2);
}

void draw_bottle(const Canvas& c) {
    box(c, -7, -74, 14, 12, kBusBand, 3);
    box(c, -15, -62, 30, 64, kWater, 9);
    box(c, -15, -42, 30, 22, kPaper, 0);
    box(c, -11, -58, 5, 54, with_alpha(IM_COL32_WHITE, 0.6f), 2);
}

void draw_radio(const Canvas& c) {
    line(c, {26, -44}, {48, -84}, kMetal, 4);
    box(c, -38, -46, 76, 48, kNavy, 8);
    disc(c, -15, -22, 16, kHub);
    disc(c, -15, -22, 9, kMetal);
    box(c, 9, -36, 22, 10, kLamp, 3);
    disc(c, 14, -12, 5, kPaper);
    disc(c, 28, -12, 5, kPaper);
}

/// Over a head of this radius at (0, y).
void draw_helmet(const Canvas& c, float y, float radius) {
    c.list.PathArcTo(c.at(0, y), radius * 1.14f * c.unit, std::numbers::pi_v<float>,
                     2 * std::numbers::pi_v<float>, 32);
    c.list.PathFillConvex(kHelmet);
    box(c, -radius * 1.34f, y - 5, radius * 2.68f, 9, mix(kHelmet, kOrange, 0.45f), 4);
    box(c, -4, y - radius * 1.12f, 8, radius * 0.95f, mix(kHelmet, IM_COL32_WHITE, 0.5f), 4);
}

void draw_bunting(const Canvas& c, ImVec2 a, ImVec2 b, float sag) {
    constexpr std::array<ImU32, 4> kFlags = {kRed, kYellow, kTeal, kPurple};
    constexpr int kCount = 11;
    const auto at = [&](float t) {
        return ImVec2{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t + sag * 4 * t * (1 - t)};
    };
    for (int i = 0; i < kCount; ++i) {
        const float t = static_cast<float>(i) / kCount, u = static_cast<float>(i + 1) / kCount;
        line(c, at(t), at(u), kMetal, 2.5f);
        const ImVec2 l = at(t + 0.015f), r = at(u - 0.015f);
        const ImVec2 tip{(l.x + r.x) / 2, (l.y + r.y) / 2 + 30};
        shape(c, {l, r, tip, tip}, kFlags[static_cast<std::size_t>(i) % 4]);
    }
}

void draw_tent(const Canvas& c) {
    for (const float x : {-196.f, 196.f}) line(c, {x, -150}, {x, 10}, kMetal, 8);
    constexpr int kStripes = 8;
    for (int i = 0; i < kStripes; ++i) {
        const float t = static_cast<float>(i) / kStripes, u = static_cast<float>(i + 1) / kStripes;
        const ImU32 colour = i % 2 ? kPaper : kTeal;
        shape(c,
              {ImVec2{-120 + 240 * t, -232},
               {-120 + 240 * u, -232},
               {-216 + 432 * u, -156},
               {-216 + 432 * t, -156}},
              colour);
        const float middle = -216 + 432 * (t + u) / 2;
        fill_ellipse(c.list, c.at(middle, -156), {27 * c.unit, 20 * c.unit},
                     mix(colour, kNavy, i % 2 ? 0.07f : 0.14f));
    }
}

void draw_table(const Canvas& c) {
    shadow(c, 0, 62, 190);
    for (const float x : {-150.f, 150.f}) line(c, {x, -20}, {x, 58}, kWoodDark, 12);
    shape(c, {ImVec2{-166, -42}, {166, -42}, {196, -4}, {-196, -4}}, kWood);
    box(c, -196, -6, 392, 18, kWoodDark, 5);
    // The plan of the town that lies on it.
    shape(c, {ImVec2{-84, -38}, {78, -38}, {94, -10}, {-98, -10}}, kPaper);
    shape(c, {ImVec2{-62, -34}, {-22, -34}, {-28, -16}, {-74, -16}}, kLeafTop);
    shape(c, {ImVec2{4, -34}, {34, -34}, {38, -24}, {4, -24}}, kBlocks[1]);
    line(c, {-12, -36}, {-16, -12}, kPaperInk, 4);
    line(c, {-16, -20}, {86, -20}, kPaperInk, 4);
    disc(c, 58, -29, 5, kRed);
}

}  // namespace

void draw_neighbours_scene(const Canvas& c) {
    draw_sun(c, -20, -246);
    draw_cloud(c.moved(-190, -226, 0.8f));
    draw_cloud(c.moved(188, -240, 0.7f));
    draw_tree(c.moved(-400, 4, 0.95f));
    draw_house(c.moved(-300, 0, 1.35f), 1);
    draw_pine(c.moved(-196, 4, 0.8f));
    draw_house(c.moved(300, 0, 1.35f), 0);
    draw_tree(c.moved(408, 6, 0.9f));
    draw_tree(c.moved(196, 2, 0.7f));
    draw_fence(c, -400, -176, 26);
    draw_fence(c, 188, 408, 26);
    draw_grandmother(c.moved(-86, 44, 1.12f));
    draw_young_man(c.moved(58, 46, 1.12f));
    draw_wheelchair_user(c.moved(186, 50, 1.05f));
    draw_speech(c, -172, -144, {-122, -112});
    draw_heart(c, -172, -146, 20, kRed);
    draw_speech(c, 148, -190, {96, -142});
    for (const float x : {-20.f, 0.f, 20.f}) disc(c, 148 + x, -190, 6, kNavy);
    draw_flowers(c.moved(-250, 50), kPetalPink);
    draw_flowers(c.moved(300, 54), kPetalYellow);
    draw_flowers(c.moved(-10, 62, 0.8f), kPetalWhite);
}

void draw_families_scene(const Canvas& c) {
    draw_sun(c, 250, -244);
    draw_cloud(c.moved(-250, -238, 0.85f));
    draw_cloud(c.moved(90, -250, 0.65f));
    draw_tree(c.moved(-398, 6, 1.05f));
    draw_house(c.moved(396, 0, 1.1f), 2);
    draw_pine(c.moved(-60, -4, 0.75f));
    draw_swing(c.moved(-236, 30, 1.15f));
    draw_slide(c.moved(250, 36, 1.25f));
    draw_parent(c.moved(18, 48, 1.12f));
    draw_child(c.moved(110, 52, 1.16f));
    draw_child(c.moved(-118, 54, 1.05f));
    draw_balloon(c, -60, -170, {-76, -52}, kPetalPink);
    disc(c, 176, 40, 20, kRed);
    disc(c, 171, 34, 6, kPetalPink);
    draw_flowers(c.moved(-380, 56), kPetalYellow);
    draw_flowers(c.moved(396, 58), kPetalWhite);
}

void draw_learning_scene(const Canvas& c) {
    draw_cloud(c.moved(-300, -230, 0.9f));
    draw_cloud(c.moved(300, -216, 0.8f));
    draw_tree(c.moved(-402, 6, 0.95f));
    draw_block(c.moved(372, 6, 1.05f), 120, 150, 1);
    draw_bulb(c.moved(0, -222, 0.92f));
    draw_star(c, -128, -210, 22, kYellow);
    draw_star(c, 132, -224, 18, kPetalPink);
    draw_star(c, 88, -176, 11, kPaper);
    draw_star(c, -78, -178, 12, kTeal);
    draw_open_book(c.moved(0, 36, 1.12f));
    draw_grandmother(c.moved(-276, 48, 1.1f));
    draw_child(c.moved(262, 54, 1.2f));
    draw_young_man(c.moved(346, 48, 1.08f));
    draw_pencil(c.moved(-350, 50, 0.9f));
    draw_flowers(c.moved(-220, 62, 0.8f), kPetalWhite);
}

void draw_readiness_scene(const Canvas& c) {
    draw_cloud(c.moved(-110, -262, 0.7f));
    draw_rain_cloud(c.moved(292, -234, 0.95f));
    draw_sun(c, -346, -232);
    draw_pine(c.moved(-386, 6, 1.05f));
    draw_tree(c.moved(396, 8));
    draw_shelter(c.moved(0, 20, 1.12f));
    draw_parent(c.moved(-252, 48, 1.12f));
    draw_helmet(c.moved(-252, 48, 1.12f), -160, 30);
    draw_child(c.moved(-336, 52, 1.18f));
    draw_helmet(c.moved(-336, 52, 1.18f), -101, 24);
    draw_backpack(c.moved(236, 52, 1.1f));
    draw_bottle(c.moved(302, 56));
    draw_bottle(c.moved(334, 60, 0.92f));
    draw_radio(c.moved(172, 60, 0.86f));
}

void draw_gathering_scene(const Canvas& c) {
    draw_cloud(c.moved(-330, -240, 0.7f));
    draw_tree(c.moved(-372, 4, 1.1f));
    draw_tree(c.moved(384, 4, 1.15f));
    draw_house(c.moved(284, -2, 1.05f), 3);
    draw_house(c.moved(-276, -2, 1.05f), 0);
    draw_tent(c.moved(0, 20, 1.05f));
    draw_bunting(c, {-400, -246}, {-130, -226}, 20);
    draw_bunting(c, {130, -226}, {400, -246}, 20);
    draw_grandmother(c.moved(-104, 22, 1.06f));
    draw_young_man(c.moved(0, 16, 1.06f));
    draw_parent(c.moved(106, 22, 1.06f));
    draw_table(c.moved(0, 16, 0.98f));
    draw_wheelchair_user(c.moved(-268, 56, 1.1f));
    draw_child(c.moved(262, 60, 1.22f));
    draw_flowers(c.moved(384, 56), kPetalYellow);
}

}  // namespace machikoe::town
