#include "app/ui/focus.h"

#include <algorithm>
#include <utility>

namespace machikoe {
void Focus::follow(const std::vector<Node>& nodes, std::uint32_t step) {
    const std::string before(at_ < stops_.size() ? stops_[at_].id : "");
    const bool is_new = !has_followed_ || step != step_;
    stops_.clear();
    actions_.clear();
    std::size_t begins = std::string::npos, found = std::string::npos;
    for (const Node& node : nodes) {
        const bool acts = node.enabled && is_target(node);
        if (acts) actions_.push_back(node.id);
        const bool is_heading = node.role == Role::Heading || node.role == Role::Dialog;
        if (is_heading && begins == std::string::npos) begins = stops_.size();
        if (route_ == Route::Actions && !acts) continue;
        if (node.id == before) found = stops_.size();
        stops_.push_back({node.id, acts});
    }
    if (stops_.empty()) return;
    const std::size_t last = stops_.size() - 1;
    if (is_new)
        at_ = begins == std::string::npos ? 0 : std::min(begins, last);
    else
        at_ = found == std::string::npos ? std::min(at_, last) : found;
    step_ = step;
    has_followed_ = true;
}

std::string Focus::press(PadKey key) {
    at_edge_ = false;
    if (key > PadKey::Help) return "";
    const bool was_shown = std::exchange(shown_, true);
    switch (key) {
        case PadKey::Help:
            return first_of({"help"});
        case PadKey::PageBack:
            return first_of({"page-back", "back", "close"});
        case PadKey::PageOn:
            return first_of({"page-more", "next", "done", "submit", "start", "begin"});
        default:
            break;
    }
    if (!was_shown || stops_.empty()) return "";
    if (key == PadKey::Previous) return move(-1), "";
    if (key == PadKey::Next) return move(1), "";
    if (stops_[at_].acts) return stops_[at_].id;
    at_edge_ = true;
    return "";
}

void Focus::move(int by) {
    const auto count = static_cast<int>(stops_.size());
    const int to = static_cast<int>(at_) + by;
    at_edge_ = to < 0 || to >= count;
    if (!at_edge_ || route_ == Route::Actions) at_ = static_cast<std::size_t>((to + count) % count);
}

std::string Focus::first_of(std::initializer_list<std::string_view> ids) const {
    for (const std::string_view id : ids)
        if (std::ranges::find(actions_, id) != actions_.end()) return std::string(id);
    return "";
}

void draw_ring(Ui& ui, const Rect& bounds) {
    constexpr ImU32 kYellow = rgb(0xFFD400), kCyan = rgb(0x00FFFF), kBlack = rgb(0x000000);
    // Where everything is yellow, something else.
    const bool is_all_yellow = ui.settings().theme == ThemeChoice::YellowOnBlack;
    const float width = std::max(ui.u(7), ui.mm(2));
    const float line = std::max(2.f, width / 3);
    const float radius = std::min(ui.u(22), std::min(bounds.w, bounds.h) / 2);
    // Within the glass, whatever stands at its edge.
    const Rect screen = ui.screen().inset(width + line);
    const float grown = width + ui.u(6);
    const float x = std::clamp(bounds.x - grown, screen.x, screen.right());
    const float y = std::clamp(bounds.y - grown, screen.y, screen.bottom());
    const float right = std::clamp(bounds.right() + grown, x, screen.right());
    const float bottom = std::clamp(bounds.bottom() + grown, y, screen.bottom());
    const Rect ring{x, y, right - x, bottom - y};
    stroke_rounded(ui.list(), ring, kBlack, radius + grown, width + 2 * line);
    stroke_rounded(ui.list(), ring, is_all_yellow ? kCyan : kYellow, radius + grown, width);
}

}  // namespace machikoe
