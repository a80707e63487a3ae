#include "app/ui/town_parts.h"

#include <algorithm>

#include "app/ui/shapes.h"

namespace machikoe::town {

void disc(const Canvas& canvas, float x, float y, float radius, ImU32 colour) {
    canvas.list.AddCircleFilled(canvas.at(x, y), radius * canvas.unit, colour);
}

void box(const Canvas& canvas, float x, float y, float w, float h, ImU32 colour, float radius) {
    fill_rounded(canvas.list, canvas.rect(x, y, w, h), colour, radius * canvas.unit);
}

void draw_cloud(const Canvas& canvas) {
    // Opaque: discs that shine through each other would show where they overlap.
    const GradientScope gradient(canvas.list, canvas.at(0, -62).y, canvas.at(0, 6).y, kCloudTop,
                                 kCloudBottom);
    box(canvas, -70, -36, 140, 38, IM_COL32_WHITE, 19);
    disc(canvas, -20, -34, 32, IM_COL32_WHITE);
    disc(canvas, 24, -28, 24, IM_COL32_WHITE);
}

void draw_block(const Canvas& canvas, float width, float height, int kind) {
    const ImU32 colour = kBlocks[kind % 4];
    // The wall goes on below the origin, behind the hill.
    fill_gradient(canvas.list, canvas.rect(-width / 2, -height, width, height + 60),
                  mix(colour, IM_COL32_WHITE, 0.24f), colour, 10 * canvas.unit);
    box(canvas, -width / 2 + 14, -height - 12, width * 0.3f, 14, mix(colour, kNavy, 0.22f), 3);
    const int columns = std::max(2, static_cast<int>(width / 36));
    const float step = width / static_cast<float>(columns);
    int number = kind * 5;
    for (float y = -height + 20; y < -14; y += 40) {
        for (int column = 0; column < columns; ++column) {
            const float x = -width / 2 + (static_cast<float>(column) + 0.5f) * step;
            const bool lit = (number++ * 7 + kind) % 11 < 3;
            box(canvas, x - 8.5f, y, 17, 19, lit ? kWindowLit : with_alpha(kWindowDay, 0.78f), 4);
        }
    }
}

void draw_house(const Canvas& canvas, int kind) {
    const ImU32 roof = kRoofs[kind % 4];
    box(canvas, 22, -118, 16, 34, mix(roof, kDoor, 0.5f), 2);
    fill_gradient(canvas.list, canvas.rect(-50, -66, 100, 110), kWall, mix(kWall, kBeige, 0.35f),
                  3 * canvas.unit);
    {
        const GradientScope gradient(canvas.list, canvas.at(0, -116).y, canvas.at(0, -62).y,
                                     mix(roof, IM_COL32_WHITE, 0.10f), roof);
        fill_convex(
            canvas.list,
            {canvas.at(-64, -62), canvas.at(-4, -114), canvas.at(4, -114), canvas.at(64, -62)},
            IM_COL32_WHITE);
    }
    for (const float x : {-43.f, 19.f}) {
        box(canvas, x - 2, -53, 28, 28, kFrame, 5);
        box(canvas, x, -51, 24, 24, kind % 2 ? kWindowDay : kWindowLit, 4);
        box(canvas, x + 11, -51, 2, 24, kFrame, 0);
    }
    box(canvas, -12, -44, 24, 80, kDoor, 7);
    disc(canvas, 6, -18, 2.4f, kLamp);
}

void draw_tree(const Canvas& canvas) {
    box(canvas, -6, -50, 12, 56, kTrunk, 4);
    const GradientScope gradient(canvas.list, canvas.at(0, -142).y, canvas.at(0, -24).y, kLeafTop,
                                 kLeafBottom);
    disc(canvas, 0, -88, 52, IM_COL32_WHITE);
    disc(canvas, -30, -62, 34, IM_COL32_WHITE);
    disc(canvas, 32, -64, 32, IM_COL32_WHITE);
}

void draw_pine(const Canvas& canvas) {
    box(canvas, -6, -30, 12, 36, kTrunk, 3);
    const GradientScope gradient(canvas.list, canvas.at(0, -150).y, canvas.at(0, -20).y, kPineTop,
                                 kPineBottom);
    for (const float top : {-70.f, -110.f, -150.f}) {
        const float half = 46 + top * 0.12f;
        fill_convex(canvas.list,
                    {canvas.at(-half, top + 50), canvas.at(0, top), canvas.at(half, top + 50)},
                    IM_COL32_WHITE);
    }
}

void draw_bus(const Canvas& canvas) {
    const float px = canvas.unit;
    fill_ellipse(canvas.list, canvas.at(0, 2), {104 * px, 9 * px}, kShade);
    soft_shadow(canvas.list, canvas.rect(-92, -100, 184, 88), 18 * px, 4 * px, 14 * px, kShade);
    fill_gradient(canvas.list, canvas.rect(-92, -102, 184, 88), kBusBody,
                  mix(kBusBody, kBusGlass, 0.45f), 18 * px);
    box(canvas, -92, -56, 184, 24, kBusBand, 0);
    box(canvas, -92, -29, 184, 3, mix(kBusBand, IM_COL32_WHITE, 0.45f), 0);
    for (const float x : {-80.f, -44.f, -8.f}) {
        fill_gradient(canvas.list, canvas.rect(x, -92, 31, 30),
                      mix(kBusGlass, IM_COL32_WHITE, 0.3f), kBusGlass, 7 * px);
    }
    // Door, then the driver's window.
    box(canvas, 28, -92, 24, 74, mix(kBusBand, kNavy, 0.25f), 5);
    box(canvas, 31, -89, 8, 62, kBusGlass, 3);
    box(canvas, 41, -89, 8, 62, kBusGlass, 3);
    fill_gradient(canvas.list, canvas.rect(58, -92, 30, 34), mix(kBusGlass, IM_COL32_WHITE, 0.3f),
                  kBusGlass, 9 * px);
    box(canvas, -24, -110, 48, 14, kNavy, 5);
    box(canvas, -17, -105, 34, 4, kLamp, 2);
    disc(canvas, 84, -24, 5, kLamp);
    box(canvas, -93, -30, 6, 11, kRed, 3);
    for (const float x : {-52.f, 68.f}) {
        disc(canvas, x, -14, 18, kTyre);
        disc(canvas, x, -14, 9, kHub);
        disc(canvas, x, -14, 3, kTyre);
    }
}

void draw_flowers(const Canvas& canvas, ImU32 colour) {
    for (const ImVec2 at : {ImVec2{-34, 4}, ImVec2{0, -6}, ImVec2{30, 6}}) {
        stroke_line(canvas.list, canvas.at(at.x, at.y), canvas.at(at.x, at.y + 20),
                    mix(kLeafBottom, kLawnBottom, 0.5f), 3 * canvas.unit);
        for (const ImVec2 petal :
             {ImVec2{0, -6}, ImVec2{6, -1}, ImVec2{4, 6}, ImVec2{-4, 6}, ImVec2{-6, -1}}) {
            disc(canvas, at.x + petal.x, at.y + petal.y, 5, colour);
        }
        disc(canvas, at.x, at.y, 4, kLamp);
    }
}

}  // namespace machikoe::town
