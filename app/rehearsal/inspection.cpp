#include "app/rehearsal/inspection.h"

#include <fmt/format.h>

#include "app/ui/reading_order.h"

namespace machikoe {
namespace {

constexpr float kSlack = 1.5f;  // px: rounding of neighbours to whole pixels

bool is_words(const Node& node) {
    return node.role == Role::Text || node.role == Role::Heading;
}

bool meet(const Rect& a, const Rect& b) {
    return a.x + kSlack < b.right() && b.x + kSlack < a.right() && a.y + kSlack < b.bottom() &&
           b.y + kSlack < a.bottom();
}

bool within(const Rect& inner, const Rect& outer) {
    return inner.x >= outer.x - kSlack && inner.y >= outer.y - kSlack &&
           inner.right() <= outer.right() + kSlack && inner.bottom() <= outer.bottom() + kSlack;
}

/// May both lie there?  Words lie on cards that can be touched, and links within words.
bool may_meet(const Node& a, const Node& b) {
    if (is_target(a) && is_target(b)) return false;
    if (is_words(a) && is_words(b)) return false;
    const Node& target = is_target(a) ? a : b;
    const Node& words = is_target(a) ? b : a;
    if (!is_target(target) || !is_words(words)) return true;
    return target.role == Role::Link ? true : within(words.bounds, target.bounds);
}

void inspect_target(const Picture& picture, const Node& node, std::vector<Problem>& problems) {
    float wanted = kTargetMm;
    if (node.role == Role::Key) wanted = kKeyMm;
    if (node.role == Role::Link) wanted = kTargetFloorMm;
    const float w = node.bounds.w * picture.mm_per_px, h = node.bounds.h * picture.mm_per_px;
    constexpr float kRounding = 0.2f;  // mm; less than a pixel of any of our panels
    if (w < wanted - kRounding || h < wanted - kRounding)
        problems.push_back(
            {ProblemKind::Target,
             fmt::format("{}: {:.1f} x {:.1f} mm{}", node.id, w, h,
                         std::min(w, h) < kTargetFloorMm ? ", below the law's floor" : "")});
    if (node.name.empty()) problems.push_back({ProblemKind::Nameless, node.id});
}

}  // namespace

std::string_view name_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::Text:
            return "text";
        case ProblemKind::Glyph:
            return "glyph";
        case ProblemKind::Overlap:
            return "overlap";
        case ProblemKind::Outside:
            return "outside";
        case ProblemKind::Target:
            return "target";
        case ProblemKind::Nameless:
            return "nameless";
        case ProblemKind::Order:
            return "order";
        case ProblemKind::Twice:
            return "twice";
    }
    return "";
}

std::vector<Problem> problems_of(const Picture& picture) {
    std::vector<Problem> problems;
    for (const std::string& fault : picture.faults) {
        const bool is_glyph =
            fault.ends_with("glyph for some characters") || fault.ends_with("is no icon");
        problems.push_back({is_glyph ? ProblemKind::Glyph : ProblemKind::Text, fault});
    }
    const Rect screen{0, 0, picture.width, picture.height};
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const Node& node = picture.nodes[i];
        if ((is_target(node) || is_words(node)) && !within(node.bounds, screen))
            problems.push_back({ProblemKind::Outside, node.id});
        if (is_target(node)) inspect_target(picture, node, problems);
        bool is_early = false;
        for (std::size_t j = i + 1; j < picture.nodes.size(); ++j) {
            const Node& other = picture.nodes[j];
            if (meet(node.bounds, other.bounds) && !may_meet(node, other))
                problems.push_back({ProblemKind::Overlap, node.id + " and " + other.id});
            if (!is_early && node.zone == other.zone && stands_above(other, node)) {
                problems.push_back({ProblemKind::Order, node.id + " before " + other.id});
                is_early = true;  // one of those that should come first is enough
            }
            if (node.id == other.id) problems.push_back({ProblemKind::Twice, node.id});
        }
    }
    return problems;
}

}  // namespace machikoe
