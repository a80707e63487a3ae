// The town of the attract screen: a group in the middle that always fits 1080 design units,
// and streets that go on to either side for as long as the area is wide.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/paint.h"
#include "app/ui/shapes.h"
#include "app/ui/town_parts.h"

namespace machikoe {
namespace {

using town::Canvas;

constexpr float kDesignWidth = 1080;
constexpr float kDesignHeight = 955;  // so that the sun stays below the upper edge
constexpr float kHorizon = 0.45f;     // of the height
constexpr float kCore = 560;          // half the width of the group in the middle

float unit_of(const Rect& area) {
    return std::min(area.w / kDesignWidth, area.h / kDesignHeight);
}

ImVec2 origin_of(const Rect& area) {
    return {area.x + area.w / 2, area.y + area.h * kHorizon};
}

float far_hill(float x) {
    return -128 - 64 * std::cos((x + 330) / 300) - 22 * std::sin(x / 170);
}
float middle_hill(float x) {
    return -96 - 92 * std::sin((x - 120) / 260) - 16 * std::cos(x / 110);
}
float meadow(float x) {
    return 4 - 26 * std::cos(x / 330);
}
float lawn(float x) {
    return 206 - 16 * std::sin((x + 160) / 300);
}
float near_lawn(float x) {
    return 372 + 30 * std::sin((x - 60) / 360);
}
float road(float x) {
    return 100 - 16 * std::cos((x - 60) / 380);
}

/// Ground below a curve, to the lower edge of the area.
template <class Curve>
void draw_ground(const Canvas& canvas, const Rect& area, Curve curve, float bottom_y, ImU32 top,
                 ImU32 bottom) {
    constexpr int kColumns = 96;
    const GradientScope gradient(canvas.list, canvas.origin.y + curve(0) * canvas.unit, bottom_y,
                                 top, bottom);
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    canvas.list.PrimReserve(kColumns * 12, (kColumns + 1) * 3);
    const unsigned first = canvas.list._VtxCurrentIdx;
    for (int i = 0; i <= kColumns; ++i) {
        const float x = area.x + area.w * static_cast<float>(i) / kColumns;
        const float y = canvas.origin.y + curve((x - canvas.origin.x) / canvas.unit) * canvas.unit;
        canvas.list.PrimWriteVtx({x, y - 1}, white, IM_COL32_WHITE & ~IM_COL32_A_MASK);
        canvas.list.PrimWriteVtx({x, y}, white, IM_COL32_WHITE);
        canvas.list.PrimWriteVtx({x, std::max(area.bottom(), y)}, white, IM_COL32_WHITE);
    }
    for (unsigned i = 0; i < kColumns; ++i) {
        const unsigned a = first + i * 3, b = a + 3;
        for (const unsigned index :
             {a, b, b + 1, a, b + 1, a + 1, a + 1, b + 1, b + 2, a + 1, b + 2, a + 2}) {
            canvas.list.PrimWriteIdx(static_cast<ImDrawIdx>(index));
        }
    }
}

void draw_road(const Canvas& canvas, float half_width) {
    const auto stroke = [&](float width, ImU32 colour, float shift) {
        for (float x = -half_width; x < half_width; x += 24) {
            fill_convex(
                canvas.list,
                {canvas.at(x, road(x) + shift), canvas.at(x + 24.6f, road(x + 24.6f) + shift),
                 canvas.at(x + 24.6f, road(x + 24.6f) + shift + width),
                 canvas.at(x, road(x) + shift + width)},
                colour);
        }
    };
    stroke(40, town::kRoadEdge, -2);
    stroke(34, town::kRoad, 0);
    for (float x = -half_width; x < half_width; x += 72) {
        stroke_line(canvas.list, canvas.at(x, road(x) + 17), canvas.at(x + 26, road(x + 26) + 17),
                    town::kRoadMark, 4 * canvas.unit);
    }
}

void draw_sky(const Canvas& canvas, float half_width) {
    const ImVec2 sun = canvas.at(180, -292);
    const float radius = 98 * canvas.unit;
    for (const float halo : {1.40f, 1.20f}) {
        canvas.list.AddCircleFilled(sun, radius * halo, with_alpha(town::kSunTop, 0.16f));
    }
    {
        const GradientScope gradient(canvas.list, sun.y - radius, sun.y + radius, town::kSunTop,
                                     town::kSunBottom);
        canvas.list.AddCircleFilled(sun, radius, IM_COL32_WHITE);
    }
    town::draw_cloud(canvas.moved(-385, -338));
    town::draw_cloud(canvas.moved(-66, -300, 1.05f));
    town::draw_cloud(canvas.moved(268, -330, 1.1f));
    for (float x = kCore + 100; x < half_width + 100; x += 330) {
        town::draw_cloud(canvas.moved(x, -300 - 60 * std::sin(x)));
        town::draw_cloud(canvas.moved(-x, -310 + 50 * std::sin(x)));
    }
}

/// Streets outside the group in the middle.
void draw_suburb(const Canvas& canvas, float half_width) {
    for (const float side : {-1.f, 1.f}) {
        int number = side < 0 ? 0 : 1;
        for (float x = kCore + 70; x < half_width + 160; x += 148, ++number) {
            const float at = side * x;
            const float base = meadow(at) + 14;
            switch (number % 5) {
                case 0:
                    town::draw_pine(canvas.moved(at, base, 0.9f));
                    break;
                case 1:
                    town::draw_house(canvas.moved(at, base - 8), number);
                    break;
                case 2:
                    town::draw_block(canvas.moved(at, base), 108,
                                     150 + 40 * static_cast<float>(number % 3), number);
                    break;
                case 3:
                    town::draw_tree(canvas.moved(at, base, 0.95f));
                    break;
                default:
                    town::draw_house(canvas.moved(at, base - 8), number + 1);
                    break;
            }
        }
    }
}

void draw_buildings(const Canvas& canvas) {
    town::draw_tree(canvas.moved(-545, meadow(-545) + 22, 0.9f));
    town::draw_block(canvas.moved(-232, 10), 104, 176, 0);
    town::draw_block(canvas.moved(-98, 0), 128, 268, 1);
    town::draw_block(canvas.moved(40, 0), 112, 158, 2);
    town::draw_block(canvas.moved(318, 12), 106, 222, 3);
    town::draw_house(canvas.moved(-378, meadow(-378) + 4), 0);
    town::draw_house(canvas.moved(176, meadow(176) + 2), 1);
    town::draw_house(canvas.moved(444, meadow(444) + 4, 0.96f), 2);
    town::draw_tree(canvas.moved(-300, meadow(-300) + 24));
    town::draw_tree(canvas.moved(-34, meadow(-34) + 26, 0.72f));
    town::draw_pine(canvas.moved(104, meadow(104) + 20, 0.72f));
    town::draw_tree(canvas.moved(256, meadow(256) + 24, 0.84f));
    town::draw_pine(canvas.moved(528, meadow(528) + 20, 0.9f));
    town::draw_pine(canvas.moved(-462, meadow(-462) + 22, 0.8f));
}

/// Flowers along the edge of the lawn, where no button will cover them.
void draw_garden(const Canvas& canvas, float half_width) {
    constexpr std::array<ImU32, 3> kColours = {town::kPetalWhite, town::kPetalPink,
                                               town::kPetalYellow};
    const int count = 2 + static_cast<int>(half_width / 150);
    for (int i = 0; i < count; ++i) {
        const auto number = static_cast<float>(i);
        const float side = i % 2 ? 1.f : -1.f;
        const float x = side * (70 + 150 * number) + 34 * std::sin(3 * number);
        const float y = lawn(x) + 26 + 14 * std::cos(2 * number);
        town::draw_flowers(canvas.moved(x, y, 0.85f), kColours[static_cast<std::size_t>(i) % 3]);
    }
}

struct Resident {
    float x, y, head;          // feet, and how far up the head reaches
    float bubble_x, bubble_y;  // from there to the middle of the bubble: none over another
    void (*draw)(const Canvas&);
};
constexpr std::array<Resident, 5> kResidents = {
    {{-432, 170, 190, -36, -78, town::draw_grandmother},
     {-262, 176, 196, -52, -82, town::draw_parent},
     {-168, 180, 128, 36, -66, town::draw_child},
     {238, 178, 172, -20, -82, town::draw_wheelchair_user},
     {410, 172, 198, 44, -78, town::draw_young_man}}};
constexpr float kBubbleWidth = 104, kBubbleHeight = 84;

}  // namespace

void draw_town(ImDrawList& list, const Rect& area) {
    if (area.w < 1 || area.h < 1) return;
    list.PushClipRect(area.min(), area.max(), true);
    const Canvas canvas{list, origin_of(area), unit_of(area)};
    const float half_width = area.w / 2 / canvas.unit;
    const auto y_of = [&](float y) { return canvas.origin.y + y * canvas.unit; };

    draw_sky(canvas, half_width);
    draw_ground(canvas, area, far_hill, y_of(40), town::kFarHillTop, town::kFarHillBottom);
    draw_ground(canvas, area, middle_hill, y_of(60), town::kMidHillTop, town::kMidHillBottom);
    draw_suburb(canvas, half_width);
    draw_buildings(canvas);
    draw_ground(canvas, area, meadow, y_of(190), town::kMeadowTop, town::kMeadowBottom);
    draw_road(canvas, half_width + 60);
    town::draw_bus(canvas.moved(40, road(40) + 26, 1.12f));
    for (const Resident& resident : kResidents) {
        resident.draw(canvas.moved(resident.x, resident.y));
    }
    draw_ground(canvas, area, lawn, area.bottom(), town::kLawnTop, town::kLawnBottom);
    draw_ground(canvas, area, near_lawn, area.bottom(), with_alpha(town::kLawnBottom, 0.30f),
                with_alpha(town::kLawnBottom, 0.85f));
    draw_garden(canvas, half_width);
    list.PopClipRect();
}

std::array<TownBubble, 5> town_bubbles(const Rect& area) {
    std::array<TownBubble, 5> bubbles;
    const float unit = unit_of(area);
    const ImVec2 origin = origin_of(area);
    for (std::size_t i = 0; i < bubbles.size(); ++i) {
        const Resident& resident = kResidents[i];
        const float x = resident.x, y = resident.y - resident.head - 12;
        const float centre_x = x + resident.bubble_x, centre_y = y + resident.bubble_y;
        bubbles[i].tail = {origin.x + x * unit, origin.y + y * unit};
        bubbles[i].box = {origin.x + (centre_x - kBubbleWidth / 2) * unit,
                          origin.y + (centre_y - kBubbleHeight / 2) * unit, kBubbleWidth * unit,
                          kBubbleHeight * unit};
    }
    return bubbles;
}

}  // namespace machikoe
