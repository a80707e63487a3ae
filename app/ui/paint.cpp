#include "app/ui/paint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/shapes.h"

namespace machikoe {
namespace {

constexpr int kCornerPoints = 7;
constexpr int kRingPoints = 4 * kCornerPoints;
// Distances from the edge, in blurs, at which the shadow is sampled.
constexpr std::array<float, 7> kRings = {-1.0f, -0.6f, -0.3f, 0.0f, 0.3f, 0.6f, 1.0f};

unsigned channel(ImU32 colour, int shift) {
    return colour >> shift & 0xFF;
}

ImU32 mix_channel(ImU32 a, ImU32 b, float t, int shift) {
    const auto from = static_cast<float>(channel(a, shift));
    const auto to = static_cast<float>(channel(b, shift));
    return static_cast<ImU32>(std::lround(from + (to - from) * t)) << shift;
}

/// Point `i` of the outline of a rounded rectangle.
ImVec2 ring_point(const Rect& rect, float radius, int i) {
    const int corner = i / kCornerPoints;
    const float angle = 1.57079633f * (static_cast<float>(corner) +
                                       static_cast<float>(i % kCornerPoints) / (kCornerPoints - 1));
    const bool is_right = corner == 0 || corner == 3;
    const bool is_lower = corner < 2;
    const float x = is_right ? rect.right() - radius : rect.x + radius;
    const float y = is_lower ? rect.bottom() - radius : rect.y + radius;
    return {x + radius * std::cos(angle), y + radius * std::sin(angle)};
}

}  // namespace

ImU32 with_alpha(ImU32 colour, float alpha) {
    const float scaled =
        static_cast<float>(channel(colour, IM_COL32_A_SHIFT)) * std::clamp(alpha, 0.f, 1.f);
    return (colour & ~IM_COL32_A_MASK) | static_cast<ImU32>(std::lround(scaled))
                                             << IM_COL32_A_SHIFT;
}

ImU32 mix(ImU32 a, ImU32 b, float t) {
    t = std::clamp(t, 0.f, 1.f);
    return mix_channel(a, b, t, IM_COL32_R_SHIFT) | mix_channel(a, b, t, IM_COL32_G_SHIFT) |
           mix_channel(a, b, t, IM_COL32_B_SHIFT) | mix_channel(a, b, t, IM_COL32_A_SHIFT);
}

void fill_gradient(ImDrawList& list, const Rect& rect, ImU32 top, ImU32 bottom, float radius) {
    const GradientScope gradient(list, rect.y, rect.bottom(), top, bottom);
    fill_rounded(list, rect, IM_COL32_WHITE, radius);
}

void soft_shadow(ImDrawList& list, const Rect& rect, float radius, float offset_y, float blur,
                 ImU32 colour) {
    if (blur <= 0 || rect.w <= 0 || rect.h <= 0) return;
    const float deepest = std::min(rect.w, rect.h) / 2;
    constexpr int kRingCount = static_cast<int>(kRings.size());
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    list.PrimReserve((kRingCount - 1) * kRingPoints * 6, kRingCount * kRingPoints);
    const auto first = static_cast<ImDrawIdx>(list._VtxCurrentIdx);
    for (const float ring : kRings) {
        const float distance = std::max(ring * blur, -deepest);
        // An edge blurred by a Gaussian whose sigma is half the blur; nothing at the last ring.
        const float share = ring >= 1 ? 0.f : 0.5f * std::erfc(distance / blur * 1.41421356f);
        const ImU32 shade = with_alpha(colour, share);
        Rect outline = rect.inset(-distance);
        outline.y += offset_y;
        const float corner = std::clamp(radius + distance, 0.f, std::min(outline.w, outline.h) / 2);
        for (int i = 0; i < kRingPoints; ++i) {
            list.PrimWriteVtx(ring_point(outline, corner, i), white, shade);
        }
    }
    for (int ring = 0; ring + 1 < kRingCount; ++ring) {
        for (int i = 0; i < kRingPoints; ++i) {
            const auto at = [&](int r, int point) {
                return static_cast<ImDrawIdx>(first + r * kRingPoints + point % kRingPoints);
            };
            for (const ImDrawIdx index : {at(ring, i), at(ring, i + 1), at(ring + 1, i + 1),
                                          at(ring, i), at(ring + 1, i + 1), at(ring + 1, i)}) {
                list.PrimWriteIdx(index);
            }
        }
    }
}

void draw_bubble(ImDrawList& list, const Rect& box, ImVec2 tail, ImU32 colour) {
    const float unit = box.h;
    const float radius = unit * 0.34f;
    soft_shadow(list, box, radius, unit * 0.07f, unit * 0.26f, IM_COL32(107, 58, 20, 56));
    fill_rounded(list, box, colour, radius);
    // The root of the tail stays on the straight part of the lower edge.
    const float half = unit * 0.15f;
    const float root = std::clamp(tail.x, box.x + radius + half, box.right() - radius - half);
    const float edge = box.bottom() - 1;
    fill_convex(list, {{root - half, edge}, {root + half, edge}, tail}, colour);
}

}  // namespace machikoe
