#include "app/ui/issue_pictures.h"

#include <algorithm>
#include <cmath>

#include "app/ui/issue_scenes.h"
#include "app/ui/shapes.h"

namespace machikoe {
namespace {

using town::Canvas;

constexpr float kSceneWidth = 820, kSceneHeight = 380, kBelow = 74;  // design units

void draw_hill(const Canvas& canvas, ImVec2 centre, ImVec2 radius, ImU32 top, ImU32 bottom) {
    const GradientScope gradient(canvas.list, canvas.at(0, centre.y - radius.y).y,
                                 canvas.at(0, centre.y).y, top, bottom);
    fill_ellipse(canvas.list, canvas.at(centre.x, centre.y),
                 {radius.x * canvas.unit, radius.y * canvas.unit}, IM_COL32_WHITE);
}

void draw_land(const Canvas& canvas, float half_width) {
    draw_hill(canvas, {-half_width * 0.62f, 60}, {half_width * 0.7f, 190}, town::kFarHillTop,
              town::kFarHillBottom);
    draw_hill(canvas, {half_width * 0.58f, 60}, {half_width * 0.78f, 160}, town::kMidHillTop,
              town::kMidHillBottom);
    draw_hill(canvas, {0, 150}, {half_width * 1.5f, 178}, town::kMeadowTop, town::kMeadowBottom);
}

/// The lawn in front, below the feet.
void draw_lawn(const Canvas& canvas, float half_width) {
    draw_hill(canvas, {0, 190}, {half_width * 1.7f, 150}, town::kLawnTop, town::kLawnBottom);
}

void draw_scene(const Canvas& canvas, IssuePicture picture) {
    switch (picture) {
        case IssuePicture::Neighbours:
            return town::draw_neighbours_scene(canvas);
        case IssuePicture::Families:
            return town::draw_families_scene(canvas);
        case IssuePicture::Learning:
            return town::draw_learning_scene(canvas);
        case IssuePicture::Readiness:
            return town::draw_readiness_scene(canvas);
        case IssuePicture::Gathering:
            return town::draw_gathering_scene(canvas);
        case IssuePicture::None:
            return;
    }
}

/// A colour as one of five steps from paper to ink, by how light it is.
ImU32 flattened(ImU32 colour, const PictureLook& look) {
    const auto channel = [&](int shift) { return static_cast<float>((colour >> shift) & 255); };
    const float light = (0.30f * channel(IM_COL32_R_SHIFT) + 0.59f * channel(IM_COL32_G_SHIFT) +
                         0.11f * channel(IM_COL32_B_SHIFT)) /
                        255;
    constexpr float kSteps = 4, kBrightest = 0.86f;
    const float step = std::round(std::clamp((light - 0.25f) / 0.75f, 0.f, 1.f) * kSteps) / kSteps;
    const ImU32 flat = mix(look.paper, look.ink, step * kBrightest);
    return (flat & ~IM_COL32_A_MASK) | (colour & IM_COL32_A_MASK);
}

}  // namespace

void draw_issue_picture(ImDrawList& list, const Rect& area, IssuePicture picture,
                        const PictureLook& look) {
    if (area.w < 1 || area.h < 1) return;
    list.PushClipRect(area.min(), area.max(), true);
    if (!look.flat) fill_gradient(list, area, look.sky_top, look.sky_bottom, 0);
    const int first = list.VtxBuffer.Size;
    const float unit = std::min(area.w / kSceneWidth, area.h / kSceneHeight);
    const Canvas canvas{list, {area.x + area.w / 2, area.bottom() - kBelow * unit}, unit};
    const float half_width = area.w / 2 / unit;
    draw_land(canvas, half_width);
    draw_lawn(canvas, half_width);
    draw_scene(canvas, picture);
    if (look.flat)
        for (int i = first; i < list.VtxBuffer.Size; ++i)
            list.VtxBuffer[i].col = flattened(list.VtxBuffer[i].col, look);
    list.PopClipRect();
}

}  // namespace machikoe
