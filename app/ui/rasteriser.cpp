#include "app/ui/rasteriser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace machikoe {
namespace {

// Corners are moved to the nearest 256th of a pixel; from there on coverage is whole numbers.
constexpr std::int64_t kSub = 256, kHalf = 128;
constexpr float kFarthest = 1e6f;  // px; what lies beyond is nobody's picture

constexpr std::uint32_t kRedBlue = 0xFF00FF;

std::uint32_t channel(ImU32 colour, int shift) {
    return colour >> shift & 0xFF;
}

std::uint32_t pixel_of(ImU32 colour) {
    return channel(colour, IM_COL32_R_SHIFT) << 16 | channel(colour, IM_COL32_G_SHIFT) << 8 |
           channel(colour, IM_COL32_B_SHIFT);
}

/// a * b / 255, rounded.
std::uint32_t share(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t t = a * b + 128;
    return (t + (t >> 8)) >> 8;
}

/// One colour over another; both channels of kRedBlue at once, each exactly rounded.
[[gnu::always_inline]] inline std::uint32_t blend(std::uint32_t under, std::uint32_t over,
                                                  std::uint32_t alpha) {
    const std::uint32_t rest = 255 - alpha;
    std::uint32_t rb = (over & kRedBlue) * alpha + (under & kRedBlue) * rest + 0x800080;
    rb = (rb + (rb >> 8 & kRedBlue)) >> 8 & kRedBlue;
    std::uint32_t g = (over >> 8 & 0xFF) * alpha + (under >> 8 & 0xFF) * rest + 0x80;
    g = (g + (g >> 8)) & 0xFF00;
    return rb | g;
}

// The four loops over the pixels of a row, where all the time goes: written for the compiler to
// do eight pixels at once where the processor can.  Both versions round alike.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MACHIKOE_PIXEL_LOOP __attribute__((target_clones("avx2", "default")))
#else
#define MACHIKOE_PIXEL_LOOP
#endif

MACHIKOE_PIXEL_LOOP void fill_run(std::uint32_t* at, int count, std::uint32_t over) {
    for (int i = 0; i < count; ++i) at[i] = over;
}

MACHIKOE_PIXEL_LOOP void blend_run(std::uint32_t* at, int count, std::uint32_t over,
                                   std::uint32_t alpha) {
    for (int i = 0; i < count; ++i) at[i] = blend(at[i], over, alpha);
}

void paint_run(std::uint32_t* at, int count, std::uint32_t over, std::uint32_t alpha) {
    if (alpha == 255)
        fill_run(at, count, over);
    else if (alpha > 0)
        blend_run(at, count, over, alpha);
}

/// A channel that changes along the row: `start` at column `origin`, `step` more with each.
struct Ramp {
    float start = 0, step = 0, origin = 0;
    std::uint32_t at(int x) const {
        const float exact = start + step * (static_cast<float>(x) - origin);
        const float low = exact < 0.f ? 0.f : exact;
        const float high = low > 255.f ? 255.f : low;
        return static_cast<std::uint32_t>(static_cast<std::int32_t>(high + 0.5f));
    }
};

MACHIKOE_PIXEL_LOOP void blend_ramp(std::uint32_t* line, int from, int to, std::uint32_t over,
                                    Ramp alpha) {
    for (int x = from; x < to; ++x) line[x] = blend(line[x], over, alpha.at(x));
}

MACHIKOE_PIXEL_LOOP void blend_ramps(std::uint32_t* line, int from, int to, Ramp red, Ramp green,
                                     Ramp blue, Ramp alpha) {
    for (int x = from; x < to; ++x) {
        const std::uint32_t over = red.at(x) << 16 | green.at(x) << 8 | blue.at(x);
        line[x] = blend(line[x], over, alpha.at(x));
    }
}

struct Corner {
    std::int64_t x = 0, y = 0;  // in 256ths of a pixel
    ImU32 colour = 0;
};

Corner corner_of(const ImDrawVert& vertex) {
    // Rounds to the nearest: what is added makes it positive, and cutting off is rounding down.
    constexpr double kLift = 1 << 30;
    const auto snapped = [](float value) {
        const double place = std::clamp(value, -kFarthest, kFarthest);
        return static_cast<std::int64_t>(place * kSub + kLift + 0.5) - std::int64_t{1 << 30};
    };
    return {snapped(vertex.pos.x), snapped(vertex.pos.y), vertex.col};
}

/// The first row or column whose centre is not before `value`.
int first_centre(std::int64_t value) {
    return static_cast<int>((value + kHalf - 1) >> 8);
}

/// The first column whose centre is not left of an edge, row after row, by exact division:
/// two triangles with a common edge get the same answer.
class Edge {
  public:
    /// REQUIRES: upper.y < lower.y.
    Edge(const Corner& upper, const Corner& lower, int row) : divisor_(kSub * (lower.y - upper.y)) {
        const std::int64_t dx = lower.x - upper.x, dy = lower.y - upper.y;
        const std::int64_t centre = row * kSub + kHalf;
        // Rounding up is rounding down with all but one of a divisor more.
        divide((upper.x - kHalf) * dy + dx * (centre - upper.y) + divisor_ - 1, column_, rest_);
        divide(kSub * dx, step_, step_rest_);
    }
    int column() const { return static_cast<int>(column_); }
    void next_row() {
        column_ += step_;
        rest_ += step_rest_;
        if (rest_ < divisor_) return;
        rest_ -= divisor_;
        ++column_;
    }

  private:
    void divide(std::int64_t number, std::int64_t& quotient, std::int64_t& rest) const {
        quotient = number / divisor_;
        rest = number % divisor_;
        if (rest >= 0) return;
        rest += divisor_;
        --quotient;
    }

    std::int64_t divisor_;
    std::int64_t column_ = 0, rest_ = 0, step_ = 0, step_rest_ = 0;
};

/// Colour and alpha as planes over the triangle: red, green, blue, alpha.
class Planes {
  public:
    Planes(const Corner& a, const Corner& b, const Corner& c)
        : x_(static_cast<float>(a.x) / kSub), y_(static_cast<float>(a.y) / kSub) {
        const auto px = [](std::int64_t d) { return static_cast<float>(d) / kSub; };
        const float bx = px(b.x - a.x), by = px(b.y - a.y);
        const float cx = px(c.x - a.x), cy = px(c.y - a.y);
        const float area = bx * cy - cx * by;
        constexpr std::array<int, 4> kShifts = {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT,
                                                IM_COL32_B_SHIFT, IM_COL32_A_SHIFT};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto of = [&](const Corner& corner) {
                return static_cast<float>(channel(corner.colour, kShifts[i]));
            };
            const float db = of(b) - of(a), dc = of(c) - of(a);
            start_[i] = of(a);
            by_x_[i] = (db * cy - dc * by) / area;
            by_y_[i] = (dc * bx - db * cx) / area;
        }
    }

    /// Draws the columns [from, to) of a row, `line` being its column 0.
    void draw(std::uint32_t* line, int row, int from, int to) const {
        const Ramp red = ramp(0, row), green = ramp(1, row), blue = ramp(2, row);
        const Ramp alpha = ramp(3, row);
        if (red.step != 0 || green.step != 0 || blue.step != 0) {
            blend_ramps(line, from, to, red, green, blue, alpha);
            return;
        }
        const std::uint32_t over = red.at(from) << 16 | green.at(from) << 8 | blue.at(from);
        if (alpha.step == 0)
            paint_run(line + from, to - from, over, alpha.at(from));
        else
            blend_ramp(line, from, to, over, alpha);
    }

  private:
    Ramp ramp(std::size_t i, int row) const {
        const float down = static_cast<float>(row) + 0.5f - y_;
        return {start_[i] + by_y_[i] * down, by_x_[i], x_ - 0.5f};
    }

    float x_, y_;
    std::array<float, 4> start_{}, by_x_{}, by_y_{};
};

int whole(float value) {
    return static_cast<int>(std::lround(value));
}

/// Draws triangles and glyphs of one command.
class Painter {
  public:
    Painter(const Canvas& canvas, const PixelRect& clip, const AtlasView& atlas)
        : canvas_(canvas), clip_(clip), atlas_(atlas) {}

    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
        if (((a.col | b.col | c.col) & IM_COL32_A_MASK) == 0 || misses(a, b, c)) return;
        std::array<Corner, 3> at = {corner_of(a), corner_of(b), corner_of(c)};
        if (at[1].y < at[0].y) std::swap(at[0], at[1]);
        if (at[2].y < at[1].y) std::swap(at[1], at[2]);
        if (at[1].y < at[0].y) std::swap(at[0], at[1]);
        const std::int64_t area =
            (at[1].x - at[0].x) * (at[2].y - at[0].y) - (at[2].x - at[0].x) * (at[1].y - at[0].y);
        if (area == 0) return;
        if (a.col == b.col && b.col == c.col) {
            const std::uint32_t over = pixel_of(a.col), alpha = channel(a.col, IM_COL32_A_SHIFT);
            fill(at, area > 0, [=](std::uint32_t* line, int, int from, int to) {
                paint_run(line + from, to - from, over, alpha);
            });
        } else {
            const Planes planes(at[0], at[1], at[2]);
            fill(at, area > 0, [&planes](std::uint32_t* line, int row, int from, int to) {
                planes.draw(line, row, from, to);
            });
        }
    }

    /// From the upper left corner to the lower right one.
    void glyph(const ImDrawVert& a, const ImDrawVert& c) const {
        const int left = whole(a.pos.x), top = whole(a.pos.y);
        const PixelRect box = intersection(
            clip_, {left, top, left + whole(c.pos.x - a.pos.x), top + whole(c.pos.y - a.pos.y)});
        if (box.empty()) return;
        const int s = whole(a.uv.x * static_cast<float>(atlas_.width)) - left;
        const int t = whole(a.uv.y * static_cast<float>(atlas_.height)) - top;
        const PixelRect texels = {s + box.x0, t + box.y0, s + box.x1, t + box.y1};
        if (!(intersection(texels, {0, 0, atlas_.width, atlas_.height}) == texels)) return;
        const std::uint32_t over = pixel_of(a.col), alpha = channel(a.col, IM_COL32_A_SHIFT);
        for (int y = box.y0; y < box.y1; ++y) {
            std::uint32_t* line = line_of(y);
            const std::uint8_t* coverage =
                atlas_.pixels + static_cast<std::ptrdiff_t>(t + y) * atlas_.width + s;
            for (int x = box.x0; x < box.x1; ++x) {
                if (coverage[x] == 0) continue;
                const std::uint32_t here = share(coverage[x], alpha);
                line[x] = here == 255 ? over : blend(line[x], over, here);
            }
        }
    }

  private:
    std::uint32_t* line_of(int y) const {
        return canvas_.pixels + static_cast<std::ptrdiff_t>(y) * canvas_.width;
    }

    /// May say no where a pixel's width is between.
    bool misses(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
        return most(a.pos.y, b.pos.y, c.pos.y) < static_cast<float>(clip_.y0) ||
               least(a.pos.y, b.pos.y, c.pos.y) > static_cast<float>(clip_.y1) ||
               most(a.pos.x, b.pos.x, c.pos.x) < static_cast<float>(clip_.x0) ||
               least(a.pos.x, b.pos.x, c.pos.x) > static_cast<float>(clip_.x1);
    }

    /// REQUIRES: corners from top to bottom; `bulges_right`: the middle one lies right of the
    /// edge between the others.
    template <class Span>
    void fill(const std::array<Corner, 3>& at, bool bulges_right, Span&& span) const {
        const int last = std::min(first_centre(at[2].y), clip_.y1);
        const int middle = first_centre(at[1].y);
        int row = std::max(first_centre(at[0].y), clip_.y0);
        if (row >= last) return;
        Edge across(at[0], at[2], row);
        for (const bool is_upper : {true, false}) {
            const int end = is_upper ? std::min(middle, last) : last;
            if (row >= end) continue;
            Edge bent(is_upper ? at[0] : at[1], is_upper ? at[1] : at[2], row);
            Edge& left = bulges_right ? across : bent;
            Edge& right = bulges_right ? bent : across;
            for (; row < end; ++row, left.next_row(), right.next_row()) {
                const int from = std::max(left.column(), clip_.x0);
                const int to = std::min(right.column(), clip_.x1);
                if (from < to) span(line_of(row), row, from, to);
            }
        }
    }

    const Canvas& canvas_;
    PixelRect clip_;
    const AtlasView& atlas_;
};

void draw_command(const ImDrawList& list, const ImDrawCmd& command, bool is_text,
                  const Painter& painter) {
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawIdx* end = index + command.ElemCount;
    const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
    if (is_text) {
        // A glyph is two triangles: a b c, a c d.
        for (; index + 6 <= end; index += 6) painter.glyph(vertex[index[0]], vertex[index[2]]);
        return;
    }
    for (; index + 3 <= end; index += 3)
        painter.triangle(vertex[index[0]], vertex[index[1]], vertex[index[2]]);
}

}  // namespace

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

PixelRect hull(const PixelRect& a, const PixelRect& b) {
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

int list_count(const ImDrawData& data) {
#if IMGUI_VERSION_NUM >= 18980
    return data.CmdLists.Size;
#else
    return data.CmdListsCount;
#endif
}

void rasterise(const ImDrawData& data, const AtlasView& atlas, ImTextureID atlas_texture,
               const Canvas& canvas, const PixelRect& clip) {
    const PixelRect inside = intersection(clip, {0, 0, canvas.width, canvas.height});
    for (int i = 0; i < list_count(data); ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback) continue;
            const ImVec4& c = command.ClipRect;
            const PixelRect box =
                intersection(inside, {static_cast<int>(c.x), static_cast<int>(c.y),
                                      static_cast<int>(c.z), static_cast<int>(c.w)});
            if (box.empty()) continue;
            const bool is_text = command.GetTexID() == atlas_texture;
            draw_command(list, command, is_text, Painter(canvas, box, atlas));
        }
    }
}

}  // namespace machikoe
