#include "app/ui/reading_order.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kSlack = 1.5f;  // px: rounding of neighbours to whole pixels

/// The first of those that are left with nothing left above it.
std::size_t first_free(const std::vector<std::size_t>& above, const std::vector<bool>& is_taken) {
    std::size_t first = above.size();
    for (std::size_t i = 0; i < above.size(); ++i) {
        if (is_taken[i]) continue;
        if (above[i] == 0) return i;
        first = std::min(first, i);
    }
    return first;  // only nodes without any height can stand above each other
}

/// As most screens draw themselves.
bool is_in_order(const std::vector<Node>& nodes) {
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (std::size_t j = i + 1; j < nodes.size() && nodes[j].zone == nodes[i].zone; ++j)
            if (stands_above(nodes[j], nodes[i])) return false;
    return true;
}

}  // namespace

bool stands_above(const Node& upper, const Node& lower) {
    const Rect &a = upper.bounds, &b = lower.bounds;
    return a.bottom() <= b.y + kSlack && a.x + kSlack < b.right() && b.x + kSlack < a.right();
}

void put_in_reading_order(std::vector<Node>& nodes) {
    std::ranges::stable_sort(nodes, {}, &Node::zone);
    if (is_in_order(nodes)) return;
    const std::size_t count = nodes.size();
    const auto waits_for = [&](std::size_t lower, std::size_t upper) {
        return lower != upper && nodes[upper].zone == nodes[lower].zone &&
               stands_above(nodes[upper], nodes[lower]);
    };
    std::vector<std::size_t> above(count, 0);  // that are not taken yet
    for (std::size_t lower = 0; lower < count; ++lower)
        for (std::size_t upper = 0; upper < count; ++upper) above[lower] += waits_for(lower, upper);
    std::vector<bool> is_taken(count, false);
    std::vector<Node> ordered;
    ordered.reserve(count);
    while (ordered.size() < count) {
        const std::size_t taken = first_free(above, is_taken);
        is_taken[taken] = true;
        for (std::size_t lower = 0; lower < count; ++lower)
            if (!is_taken[lower] && waits_for(lower, taken)) --above[lower];
        ordered.push_back(nodes[taken]);
    }
    nodes = std::move(ordered);
}

}  // namespace machikoe
