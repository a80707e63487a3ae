#include <algorithm>
#include <cstdio>

#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

/// "Saved" or "could not be saved", where something was.
void draw_was_kept(Ui& ui, const StaffView& view, const Rect& row) {
    if (view.staff.was_kept == Kept::Nothing) return;
    TextSpec spec = body_text();
    spec.size = 0;
    spec.weight = Weight::Bold;
    spec.valign = VAlign::Middle;
    spec.align = Align::Centre;
    const std::string words(
        view.str(view.staff.was_kept == Kept::Yes ? "staff.kept" : "staff.not-kept"));
    ui.text("kept", row, with_room(ui, words, spec, row), spec);
}

void draw_staff_screen(Ui& ui, const StaffView& view) {
    switch (view.staff.screen) {
        case StaffScreen::Closed:
            return;
        case StaffScreen::NewPin:
        case StaffScreen::RepeatPin:
        case StaffScreen::EnterPin:
            return draw_pin_pad(ui, view);
        case StaffScreen::Menu:
            return draw_staff_menu(ui, view);
        case StaffScreen::EventForm:
            return draw_event_form(ui, view);
        case StaffScreen::EventList:
            return draw_event_list(ui, view);
        case StaffScreen::Writing:
            return draw_writing(ui, view);
        case StaffScreen::Switches:
            return draw_switches(ui, view);
        case StaffScreen::Volume:
            return draw_volume(ui, view);
        case StaffScreen::Languages:
            return draw_language_set(ui, view);
        case StaffScreen::Hours:
            return draw_hours(ui, view);
        case StaffScreen::Queue:
            return draw_queue(ui, view);
        case StaffScreen::Export:
            return draw_export(ui, view);
        case StaffScreen::Tests:
            return draw_tests(ui, view);
        case StaffScreen::TouchTest:
            return draw_touch_test(ui, view);
        case StaffScreen::ScreenTest:
            return draw_screen_test(ui, view);
        case StaffScreen::Cleaning:
            return draw_cleaning(ui, view);
        case StaffScreen::Versions:
            return draw_versions(ui, view);
        case StaffScreen::Leave:
            return draw_leave(ui, view);
    }
}

}  // namespace

void draw_staff(Ui& ui, const StaffView& view) {
    if (view.staff.overlay == Overlay::None) return draw_staff_screen(ui, view);
    {
        const InertScope inert(ui);
        draw_staff_screen(ui, view);
    }
    if (view.staff.overlay == Overlay::Display)
        draw_display(ui, view.page);
    else
        draw_languages(ui, view.page);
}
StaffPage draw_staff_page(Ui& ui, const StaffView& view, std::string_view title_key) {
    const bool wide = !ui.portrait();
    Rect body = draw_page(ui, view.page, {.help = false});
    Rect row = cut_bottom(body, std::max(ui.u(100), ui.touch()), ui.u(18));
    TextSpec title = title_text();
    title.size = 50;
    title.valign = VAlign::Middle;
    ui.text("title", cut_top(body, ui.u(wide ? 80 : 96), ui.u(14)), view.str(title_key), title);
    if (view.staff.screen == StaffScreen::Menu) {
        draw_was_kept(ui, view, row);
        return {body, {}};
    }
    const float side = std::min(row.w * 0.36f, ui.u(480));
    const Rect back = cut_left(row, side, ui.u(16)), action = cut_right(row, side, ui.u(16));
    if (button(ui, back, "back", view.str("back"), {.icon_before = "arrow_back"}))
        ui.wish(staff_event::Back{});
    draw_was_kept(ui, view, row);
    return {body, action};
}

void draw_facts(Ui& ui, const StaffView& view, Rect area, const std::vector<Fact>& facts) {
    const float gap = ui.u(14);
    const float room = (area.h + gap) / static_cast<float>(facts.size()) - gap;
    const float height = std::min(room, ui.u(150));
    for (const Fact& fact : facts) {
        const Rect row = cut_top(area, height, gap);
        card(ui, row, 24);
        Rect inside = inset_xy(row, ui.u(28), ui.u(8));
        TextSpec label = body_text();
        label.size = 30;
        label.valign = VAlign::Middle;
        label.colour = ui.theme().ink_soft;
        ui.text(fact.key, cut_left(inside, inside.w * 0.38f, ui.u(16)), view.str(fact.key), label);
        TextSpec value = body_text();
        value.size = 32;
        value.weight = Weight::Bold;
        value.valign = VAlign::Middle;
        ui.text(std::string(fact.key) + ":value", inside, with_room(ui, fact.value, value, inside),
                value);
    }
}

std::string with_room(Ui& ui, const std::string& markup, const TextSpec& spec, const Rect& box) {
    return ui.fits(markup, spec, box.w, box.h) ? markup : without_ruby(markup);
}

std::string moment_of(Milliseconds wall) {
    const DayHour at = day_hour_in_japan(wall);
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(wall).count() % 60;
    char time[16];
    std::snprintf(time, sizeof time, " %02d:%02d", at.hour, static_cast<int>(minute));
    return at.day + time;
}

std::string_view weekday_name(const StaffView& view, int weekday) {
    static constexpr std::string_view kNames[] = {
        "staff.weekday0", "staff.weekday1", "staff.weekday2", "staff.weekday3",
        "staff.weekday4", "staff.weekday5", "staff.weekday6"};
    return view.str(kNames[std::clamp(weekday, 0, 6)]);
}

std::string date_of(const StaffView& view, std::string_view day) {
    return std::string(day) + " (" + std::string(weekday_name(view, weekday_of(day))) + ")";
}

std::string_view universe_name(const View& view, Universe universe) {
    static constexpr std::string_view kNames[] = {"staff.resident", "staff.parent",
                                                  "staff.organisation", "staff.participant"};
    return view.str(kNames[static_cast<int>(universe)]);
}

}  // namespace machikoe
