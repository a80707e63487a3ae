// The PIN: three screens of one shape, to choose one, to repeat it, to enter it.
#include <algorithm>

#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

std::string_view title_of(StaffScreen screen) {
    if (screen == StaffScreen::NewPin) return "staff.pin.new";
    return screen == StaffScreen::RepeatPin ? "staff.pin.repeat" : "staff.pin.enter";
}

/// What there is to say below the title; one thing at a time, the most urgent.
std::string message_of(const StaffView& view) {
    const int locked = locked_seconds_left(view.staff, view.now);
    if (view.staff.busy) return std::string(view.str("staff.pin.checking"));
    if (locked > 0 && view.staff.screen == StaffScreen::EnterPin)
        return view.str("staff.pin.locked", {std::to_string(locked)});
    switch (view.staff.notice) {
        case PinNotice::Wrong:
            return std::string(view.str("staff.pin.wrong"));
        case PinNotice::Different:
            return std::string(view.str("staff.pin.different"));
        case PinNotice::NotKept:
            return std::string(view.str("staff.not-kept"));
        case PinNotice::Damaged:
            return std::string(view.str("staff.pin.damaged"));
        case PinNotice::WrongLength:
        case PinNotice::None:
            break;
    }
    return std::string(view.str("staff.pin.rule"));
}

void draw_keys(Ui& ui, const StaffView& view, const Rect& area, bool enabled) {
    const auto cells = grid(area, 12, 3, ui.u(14));
    const auto digit = [&](const Rect& cell, int number) {
        const std::string words = std::to_string(number);
        if (button(ui, cell, "digit:" + words, words,
                   {.enabled = enabled, .size = 52, .role = Role::Key}))
            ui.wish(staff_event::Digit{number});
    };
    for (int number = 1; number <= 9; ++number)
        digit(cells[static_cast<std::size_t>(number - 1)], number);
    if (button(ui, cells[9], "erase", view.str("number.delete"),
               {.enabled = enabled, .size = 30, .role = Role::Key}))
        ui.wish(staff_event::EraseDigit{});
    digit(cells[10], 0);
    if (button(ui, cells[11], "confirm", view.str("staff.ok"),
               {.look = ButtonLook::Primary, .enabled = enabled, .size = 38, .role = Role::Key}))
        ui.wish(staff_event::Confirm{});
}

}  // namespace

void draw_pin_pad(Ui& ui, const StaffView& view) {
    Rect body = draw_staff_page(ui, view, title_of(view.staff.screen)).body;
    const float width = std::min(body.w, ui.u(860));
    body = centred(body, width, std::min(body.h, ui.u(1180)));
    TextSpec message = body_text();
    message.align = Align::Centre;
    message.valign = VAlign::Middle;
    message.weight = view.staff.notice == PinNotice::None ? Weight::Regular : Weight::Bold;
    const Rect box = cut_top(body, ui.u(120), ui.u(10));
    ui.text("message", box, with_room(ui, message_of(view), message, box), message);
    // One dot for each digit: whoever looks over a shoulder sees how many, not which.
    std::string dots;
    for (std::size_t i = 0; i < view.staff.typed.size(); ++i) dots += "●";
    const Rect row = cut_top(body, ui.u(110), ui.u(16));
    fill_rounded(ui.list(), row, ui.theme().surface, ui.u(26));
    stroke_rounded(ui.list(), row, ui.theme().outline, ui.u(26), ui.u(4));
    TextSpec typed = title_text();
    typed.align = Align::Centre;
    typed.valign = VAlign::Middle;
    typed.role = Role::Text;
    ui.text("typed", row.inset(ui.u(10)), dots.empty() ? "－" : dots, typed);
    const bool locked =
        view.staff.screen == StaffScreen::EnterPin && locked_seconds_left(view.staff, view.now) > 0;
    draw_keys(ui, view, body, !view.staff.busy && !locked);
}

}  // namespace machikoe
