// Layout: cutting one rectangle into others.  Pixels throughout; `gap` is left free between
// what is cut off and what remains.
#pragma once

#include <vector>

#include "app/ui/paint.h"

namespace machikoe {

inline Rect cut_top(Rect& rest, float height, float gap = 0) {
    const Rect cut{rest.x, rest.y, rest.w, height};
    rest = {rest.x, rest.y + height + gap, rest.w, rest.h - height - gap};
    return cut;
}
inline Rect cut_bottom(Rect& rest, float height, float gap = 0) {
    const Rect cut{rest.x, rest.bottom() - height, rest.w, height};
    rest.h -= height + gap;
    return cut;
}
inline Rect cut_left(Rect& rest, float width, float gap = 0) {
    const Rect cut{rest.x, rest.y, width, rest.h};
    rest = {rest.x + width + gap, rest.y, rest.w - width - gap, rest.h};
    return cut;
}
inline Rect cut_right(Rect& rest, float width, float gap = 0) {
    const Rect cut{rest.right() - width, rest.y, width, rest.h};
    rest.w -= width + gap;
    return cut;
}
/// Smaller by `dx` on the left and right, by `dy` above and below.
inline Rect inset_xy(const Rect& rect, float dx, float dy) {
    return {rect.x + dx, rect.y + dy, rect.w - 2 * dx, rect.h - 2 * dy};
}
inline Rect centred(const Rect& in, float width, float height) {
    return {in.x + (in.w - width) / 2, in.y + (in.h - height) / 2, width, height};
}
/// `count` cells in rows of `columns`, row by row, all of one size.
std::vector<Rect> grid(const Rect& area, std::size_t count, std::size_t columns, float gap);

}  // namespace machikoe
