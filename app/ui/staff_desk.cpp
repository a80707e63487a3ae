#include "app/ui/staff_desk.h"

#include <algorithm>

namespace machikoe {
namespace {

/// The header and the language bar are those of residents; what they wish, staff mean.
std::optional<StaffEvent> translated(const Event& event, const Settings& now) {
    Settings settings = now;
    if (const auto* language = std::get_if<event::SetLanguage>(&event))
        settings.language = language->language;
    else if (const auto* ruby = std::get_if<event::SetRuby>(&event))
        settings.ruby = ruby->on;
    else if (const auto* size = std::get_if<event::SetTextSize>(&event))
        settings.text_size = size->size;
    else if (const auto* theme = std::get_if<event::SetTheme>(&event))
        settings.theme = theme->theme;
    else if (const auto* turn = std::get_if<event::TurnPage>(&event))
        return staff_event::TurnPage{turn->page};
    else if (std::holds_alternative<event::ShowDisplay>(event))
        return staff_event::ShowOverlay{Overlay::Display};
    else if (std::holds_alternative<event::ShowLanguages>(event))
        return staff_event::ShowOverlay{Overlay::Languages};
    else if (std::holds_alternative<event::Resume>(event))
        return staff_event::ShowOverlay{Overlay::None};
    else if (std::holds_alternative<event::Quit>(event))
        return staff_event::Close{};
    else
        return std::nullopt;
    return staff_event::Look{settings};
}

}  // namespace

bool StaffDesk::watch(const std::vector<PointerEvent>& fingers, const Rect& screen, bool may_begin,
                      const Settings& settings, Now now) {
    if (is_open()) return false;
    bool opened = false;
    for (const PointerEvent& finger : fingers)
        if (finger.kind == PointerEvent::Kind::Down)
            opened |=
                gesture_.touched(finger.x, finger.y, screen.w, screen.h, may_begin, now.monotonic);
    if (opened) tell(staff_event::Open{settings}, now);
    return opened;
}

void StaffDesk::take(const Ui& ui, Now now) {
    if (ui.wished_by_staff()) return tell(*ui.wished_by_staff(), now);
    if (ui.wished())
        if (const auto event = translated(*ui.wished(), staff_.settings)) return tell(*event, now);
    if (ui.was_touched()) tell(staff_event::Touched{}, now);
}

void StaffDesk::tell(const StaffEvent& news, Now now) {
    NextStaff after = next_staff(staff_, news, now);
    if (!(after.staff == staff_)) changed_ = true;
    staff_ = std::move(after.staff);
    if (after.order) orders_.push_back(std::move(*after.order));
}

std::optional<StaffOrder> StaffDesk::take_order() {
    if (orders_.empty()) return std::nullopt;
    StaffOrder order = std::move(orders_.front());
    orders_.pop_front();
    return order;
}

Visit StaffDesk::as_visit(const Visit& behind) const {
    // Far from the steps of a visit: a touch begun there never ends here.
    constexpr std::uint32_t kOurs = 1u << 31;
    Visit seen = behind;
    seen.overlay = staff_.overlay;
    seen.screen = Screen::Overview;  // one that somebody is using
    seen.settings = staff_.settings;
    // The staff's own screens hold too much for the larger sizes.
    if (staff_.overlay == Overlay::None)
        seen.settings.text_size = std::min(seen.settings.text_size, TextSize::Standard);
    seen.page = staff_.page;
    seen.step = kOurs + staff_.step;
    return seen;
}

bool StaffDesk::take_changed() {
    return std::exchange(changed_, false);
}

}  // namespace machikoe
