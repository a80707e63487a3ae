// Event and opening hours: what staff decide for days.
#include <algorithm>
#include <cstdio>

#include "app/ui/screens/board.h"
#include "app/ui/screens/kana.h"
#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

TextSpec label_spec() {
    TextSpec label = body_text();
    label.size = 30;
    label.valign = VAlign::Middle;
    label.colour.reset();
    return label;
}

/// A label and a value between two buttons of one step; -1, 1 or 0.
int draw_stepper(Ui& ui, const StaffView& view, Rect row, std::string_view id,
                 std::string_view label, std::string_view value) {
    const float side = ui.touch();
    ui.text(std::string(id) + ":label", cut_left(row, row.w * 0.24f, ui.u(12)), label,
            label_spec());
    const Rect less = centred(cut_left(row, side, ui.u(12)), side, side);
    const Rect more = centred(cut_right(row, side, ui.u(12)), side, side);
    int step = 0;
    const std::string name(label);
    if (icon_button(ui, less, std::string(id) + ":less", "remove",
                    name + " " + std::string(view.str("number.less"))))
        step = -1;
    if (icon_button(ui, more, std::string(id) + ":more", "add",
                    name + " " + std::string(view.str("number.more"))))
        step = 1;
    TextSpec shown = heading_text();
    shown.size = 38;
    shown.align = Align::Centre;
    shown.valign = VAlign::Middle;
    shown.role = Role::Text;
    ui.text(std::string(id) + ":value", row, value, shown);
    return step;
}

/// A name, and a button to write it.
bool draw_name(Ui& ui, const StaffView& view, Rect row, std::string_view id, std::string_view label,
               const std::string& value) {
    ui.text(std::string(id) + ":label", cut_left(row, row.w * 0.24f, ui.u(12)), label,
            label_spec());
    const Rect write = cut_right(row, ui.u(230), ui.u(12));
    TextSpec shown = heading_text();
    shown.size = 36;
    shown.valign = VAlign::Middle;
    shown.role = Role::Text;
    ui.text(std::string(id) + ":value", row, value.empty() ? view.str("staff.none") : value, shown);
    return button(ui, centred(write, write.w, ui.touch()), std::string(id) + ":write",
                  view.str("staff.write"), {.icon_before = "edit", .size = 30});
}

void draw_universes(Ui& ui, const StaffView& view, const Rect& area, Universe chosen) {
    constexpr Universe kAll[] = {Universe::Resident, Universe::Parent,
                                 Universe::CommunityOrganisation, Universe::Participant};
    const auto cells = grid(area, std::size(kAll), ui.portrait() ? 2 : 4, ui.u(14));
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (option_row(ui, cells[i],
                       {.id = std::string("universe:") + std::string(name_of(kAll[i])),
                        .markup = universe_name(view.page, kAll[i]),
                        .selected = kAll[i] == chosen}))
            ui.wish(staff_event::SetUniverse{kAll[i]});
}

void draw_save(Ui& ui, const StaffView& view, const Rect& rect, bool enabled) {
    if (button(ui, rect, "save", view.str("staff.save"),
               {.look = ButtonLook::Primary, .enabled = enabled && !view.staff.busy, .size = 36}))
        ui.wish(staff_event::SaveDraft{});
}

std::string time_of(int minutes) {
    char text[16];
    std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    return text;
}

void draw_weekdays(Ui& ui, const StaffView& view, const Rect& row) {
    const auto cells = grid(row, kWeekdays, kWeekdays, ui.u(10));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int day = static_cast<int>(i);
        const bool chosen = day == view.staff.weekday;
        const std::string_view name = weekday_name(view, day);
        const auto press = ui.press({"weekday:" + std::to_string(day), Role::Choice,
                                     without_ruby(name), "", cells[i], true, chosen});
        fill_rounded(ui.list(), cells[i], chosen ? ui.theme().chip.top : ui.theme().surface,
                     ui.u(24));
        stroke_rounded(ui.list(), cells[i], ui.theme().outline, ui.u(24), ui.u(2));
        TextSpec label = label_text();
        label.size = 36;
        label.colour = chosen ? ui.theme().chip.on_fill : ui.theme().ink;
        ui.text("", cells[i].inset(ui.u(4)), name, label);
        if (press.clicked) ui.wish(staff_event::ChooseWeekday{day});
    }
}

}  // namespace

void draw_event_form(Ui& ui, const StaffView& view) {
    const KioskSettings& draft = view.staff.draft;
    if (!draft.event) return;
    StaffPage page = draw_staff_page(ui, view, "staff.event");
    Rect body = page.body;
    const bool changed = draft != view.staff.kept;
    draw_save(ui, view, page.action,
              changed && (may_save_event(view.staff) || draft.site != view.staff.kept.site));
    body.h = std::min(body.h, ui.u(1000));
    const float gap = ui.u(12), room = (body.h - 5 * gap) / 7;
    const float line = std::min(std::max(room, ui.touch()), ui.u(120));
    Rect name = cut_top(body, line, gap);
    if (!view.staff.events.empty() || view.staff.events_are_damaged) {
        const Rect choose = cut_right(name, ui.u(230), ui.u(12));
        if (button(ui, centred(choose, choose.w, ui.touch()), "choose-event",
                   view.str("staff.event.choose"), {.icon_before = "list", .size = 30}))
            ui.wish(staff_event::Go{StaffScreen::EventList});
    }
    if (draw_name(ui, view, name, "name", view.str("staff.event.name"), draft.event->name))
        ui.wish(staff_event::Write{WritingFor::EventName});
    if (const int step =
            draw_stepper(ui, view, cut_top(body, line, gap), "from", view.str("staff.event.from"),
                         date_of(view, draft.event->from)))
        ui.wish(staff_event::ShiftFrom{step});
    if (const int step = draw_stepper(ui, view, cut_top(body, line, gap), "to",
                                      view.str("staff.event.to"), date_of(view, draft.event->to)))
        ui.wish(staff_event::ShiftTo{step});
    Rect site = cut_bottom(body, line, gap);
    if (view.staff.kept.event) {
        const Rect end = cut_right(site, site.w * 0.3f, ui.u(12));
        if (button(ui, centred(end, end.w, ui.touch()), "end-event", view.str("staff.event.end"),
                   {.size = 28}))
            ui.wish(staff_event::EndEvent{});
    }
    draw_universes(ui, view, body, draft.event->universe);
    if (draw_name(ui, view, site, "site", view.str("staff.versions.site"),
                  draft.site.empty() ? view.staff.facts.site : draft.site))
        ui.wish(staff_event::Write{WritingFor::SiteName});
}

void draw_event_list(Ui& ui, const StaffView& view) {
    const std::size_t per_page = ui.portrait() ? 6 : 3;
    Rect body = draw_staff_page(ui, view, "staff.event.choose").body;
    const auto& events = view.staff.events;
    if (view.staff.events_are_damaged)
        info_box(ui, cut_top(body, ui.u(110), ui.u(14)), "damaged", view.str("staff.event.damaged"),
                 {.size = 30, .valign = VAlign::Middle});
    const int pages = static_cast<int>((events.size() + per_page - 1) / per_page);
    if (pages > 1) draw_pager(ui, view.page, cut_bottom(body, ui.touch(), ui.u(16)), pages);
    const std::size_t first = static_cast<std::size_t>(page_of(view.page, pages)) * per_page;
    const float height =
        std::min(ui.u(170), (body.h + ui.u(14)) / static_cast<float>(per_page) - ui.u(14));
    for (std::size_t i = first; i < std::min(first + per_page, events.size()); ++i) {
        const EventPlan& event = events[i];
        const Rect row = cut_top(body, height, ui.u(14));
        const std::string dates = event.from + " – " + event.to;
        const TouchCard touched = touch_card(
            ui, row, {"event:" + std::to_string(i), Role::Button, event.name, dates, row}, 26);
        Rect inside = inset_xy(touched.content, ui.u(26), ui.u(10));
        TextSpec when = body_text();
        when.size = 28;
        when.valign = VAlign::Middle;
        const Rect below = cut_bottom(inside, inside.h * 0.5f);
        ui.text("", below, dates + "  " + std::string(universe_name(view.page, event.universe)),
                when);
        TextSpec name = heading_text();
        name.size = 36;
        name.valign = VAlign::Middle;
        ui.text("", inside, event.name, name);
        if (touched.clicked) ui.wish(staff_event::ChooseEvent{event});
    }
}

void draw_writing(Ui& ui, const StaffView& view) {
    const bool is_event = view.staff.writing == WritingFor::EventName;
    const StaffPage page =
        draw_staff_page(ui, view, is_event ? "staff.event.name" : "staff.versions.site");
    Rect body = page.body;
    const Rect keys =
        cut_bottom(body, std::min(board_height(ui), body.h - ui.u(74 + 16)), ui.u(16));
    body.h = std::min(body.h, ui.u(240));
    fill_rounded(ui.list(), body, ui.theme().surface, ui.u(26));
    stroke_rounded(ui.list(), body, ui.theme().outline, ui.u(26), ui.u(4));
    TextSpec written = body_text();
    written.size = 40;
    written.valign = VAlign::Middle;
    const std::string& text = view.staff.text;
    ui.text("written", inset_xy(body, ui.u(28), ui.u(8)), text.empty() ? "－" : text, written);
    const bool kana = is_japanese(view.page.language()) == (view.staff.page % 2 == 0);
    const BoardWish wish = draw_board(ui, view.page, keys, {text, kMostNameLetters, kana});
    if (wish.text) ui.wish(staff_event::SetText{*wish.text});
    if (wish.other_board) ui.wish(staff_event::TurnPage{view.staff.page + 1});
    // An empty site is the one of the enrolment; an event needs a name.
    if (button(ui, page.action, "keep", view.str("staff.ok"),
               {.look = ButtonLook::Primary, .enabled = !is_event || !text.empty(), .size = 36}))
        ui.wish(staff_event::KeepText{});
}

void draw_hours(Ui& ui, const StaffView& view) {
    const StaffPage page = draw_staff_page(ui, view, "staff.hours");
    Rect body = page.body;
    const KioskSettings& draft = view.staff.draft;
    body.h = std::min(body.h, ui.u(860));
    const float gap = ui.u(14), line = std::min((body.h - 4 * gap) / 5, ui.u(130));
    const Rect keeps = cut_top(body, line, gap);
    if (toggle(ui,
               {keeps.x, keeps.y, std::min(keeps.w, ui.u(700)),
                std::min(line, std::max(ui.u(100), ui.touch()))},
               "keeps-hours", view.str("staff.hours.keep"), draft.keeps_hours))
        ui.wish(staff_event::KeepHours{!draft.keeps_hours});
    draw_weekdays(ui, view, cut_top(body, line, gap));
    DayHours day = draft.hours[static_cast<std::size_t>(view.staff.weekday)];
    Rect row = cut_top(body, line, gap);
    const Rect open = cut_left(row, (row.w - gap) / 2, gap);
    if (toggle(ui, centred(open, open.w, std::min(line, std::max(ui.u(100), ui.touch()))), "open",
               view.str("staff.hours.open"), day.open)) {
        day.open = !day.open;
        ui.wish(staff_event::SetHours{day});
    }
    if (button(ui, centred(row, row.w, std::min(line, std::max(ui.u(100), ui.touch()))), "copy",
               view.str("staff.hours.copy"), {.size = 30}))
        ui.wish(staff_event::CopyHours{});
    if (const int step = draw_stepper(ui, view, cut_top(body, line, gap), "opens",
                                      view.str("staff.hours.from"), time_of(day.opens_min))) {
        day.opens_min += step * kHoursStep_min;
        ui.wish(staff_event::SetHours{day});
    }
    if (const int step = draw_stepper(ui, view, cut_top(body, line), "closes",
                                      view.str("staff.hours.to"), time_of(day.closes_min))) {
        day.closes_min += step * kHoursStep_min;
        ui.wish(staff_event::SetHours{day});
    }
    draw_save(ui, view, page.action, draft != view.staff.kept);
}

}  // namespace machikoe
