// The menu of the staff mode, and its small screens: switches, volume, languages, versions,
// leaving.
#include <algorithm>

#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

struct Item {
    StaffScreen screen;
    std::string_view id, icon, key;
};
constexpr Item kItems[] = {{StaffScreen::EventForm, "event", "event", "staff.event"},
                           {StaffScreen::Switches, "switches", "pause", "staff.switches"},
                           {StaffScreen::Queue, "queue", "cloud_upload", "staff.queue"},
                           {StaffScreen::Export, "export", "usb", "staff.export"},
                           {StaffScreen::Cleaning, "cleaning", "brush", "staff.cleaning"},
                           {StaffScreen::Tests, "tests", "build", "staff.tests"},
                           {StaffScreen::Volume, "volume", "volume_up", "staff.volume"},
                           {StaffScreen::Languages, "languages", "language", "staff.languages"},
                           {StaffScreen::Hours, "hours", "access_time", "staff.hours"},
                           {StaffScreen::Versions, "versions", "info", "staff.versions"},
                           {StaffScreen::NewPin, "change-pin", "lock", "staff.pin.change"},
                           {StaffScreen::Leave, "leave", "power_settings_new", "staff.leave"}};

void draw_item(Ui& ui, const StaffView& view, const Rect& cell, const Item& item) {
    const TouchCard touched = touch_card(
        ui, cell,
        {"go:" + std::string(item.id), Role::Button, without_ruby(view.str(item.key)), "", cell},
        26);
    Rect inside = inset_xy(touched.content, ui.u(20), ui.u(10));
    const float side = std::min(inside.h, ui.u(84));
    TextSpec label = heading_text();
    label.size = 34;
    label.valign = VAlign::Middle;
    // Where words are short of room, they go before the picture.
    if (ui.fits(view.str(item.key), label, inside.w - side - ui.u(18), inside.h))
        icon_tile(ui, centred(cut_left(inside, side, ui.u(18)), side, side), item.icon,
                  ui.theme().done);
    ui.text("", inside, view.str(item.key), label);
    if (touched.clicked) ui.wish(staff_event::Go{item.screen});
}

/// A switch with its words and what it does, in a card.
bool draw_switch(Ui& ui, const StaffView& view, const Rect& row, std::string_view key,
                 std::string_view explanation, bool on) {
    card(ui, row, 26);
    Rect inside = inset_xy(row, ui.u(30), ui.u(18));
    const Rect top = cut_top(inside, std::max(ui.u(100), ui.touch()), ui.u(10));
    const bool clicked =
        toggle(ui, {top.x, top.y, std::min(top.w, ui.u(620)), top.h}, key, view.str(key), on);
    TextSpec text = body_text();
    text.size = 32;
    ui.text(explanation, inside, view.str(explanation), text);
    return clicked;
}

}  // namespace

void draw_staff_menu(Ui& ui, const StaffView& view) {
    Rect body = draw_staff_page(ui, view, "staff.title").body;
    if (view.staff.settings_were_damaged) {
        const std::string_view words = view.str("staff.damaged");
        const TextSpec spec{.size = 0, .valign = VAlign::Middle};
        const float height = info_box_height(ui, words, body.w, spec);
        info_box(ui, cut_top(body, height, ui.u(14)), "damaged", words, spec);
    }
    const std::size_t columns = ui.portrait() ? 2 : 4;
    const auto rows = static_cast<float>(std::size(kItems) / columns);
    body.h = std::min(body.h, rows * ui.u(210));
    const auto cells = grid(body, std::size(kItems), columns, ui.u(18));
    for (std::size_t i = 0; i < cells.size(); ++i) draw_item(ui, view, cells[i], kItems[i]);
}

void draw_switches(Ui& ui, const StaffView& view) {
    const Rect body = draw_staff_page(ui, view, "staff.switches").body;
    const auto rows = grid({body.x, body.y, body.w, std::min(body.h, ui.u(700))}, 2, 1, ui.u(24));
    const bool practice = is_practice(view.staff.kept, today_in_japan(view.now.wall));
    if (draw_switch(ui, view, rows[0], "staff.practice", "staff.practice.about", practice))
        ui.wish(staff_event::SetPractice{!practice});
    if (draw_switch(ui, view, rows[1], "staff.pause", "staff.pause.about", view.staff.kept.paused))
        ui.wish(staff_event::SetPaused{!view.staff.kept.paused});
}

void draw_volume(Ui& ui, const StaffView& view) {
    constexpr int kStep = 10;
    Rect body = draw_staff_page(ui, view, "staff.volume").body;
    body = centred(body, std::min(body.w, ui.u(820)), std::min(body.h, ui.u(420)));
    Rect row = cut_top(body, ui.u(140), ui.u(40));
    const Rect less = cut_left(row, row.h, ui.u(24)), more = cut_right(row, row.h, ui.u(24));
    const int now = view.staff.kept.volume_percent;
    if (icon_button(ui, less, "less", "remove", view.str("number.less")))
        ui.wish(staff_event::SetVolume{now - kStep});
    if (icon_button(ui, more, "more", "add", view.str("number.more")))
        ui.wish(staff_event::SetVolume{now + kStep});
    TextSpec value = title_text();
    value.align = Align::Centre;
    value.valign = VAlign::Middle;
    value.role = Role::Text;
    ui.text("volume", row, std::to_string(now) + " %", value);
    if (button(
            ui, cut_top(body, ui.u(kBottomButton)), "tone", view.str("staff.volume.try"),
            {.look = ButtonLook::Primary, .icon_before = "volume_up", .enabled = !view.staff.busy}))
        ui.wish(staff_event::Run{SelfTest::Sound});
}

void draw_language_set(Ui& ui, const StaffView& view) {
    Rect body = draw_staff_page(ui, view, "staff.languages").body;
    TextSpec about = body_text();
    about.size = 32;
    ui.text("about", cut_top(body, ui.u(110), ui.u(16)), view.str("staff.languages.about"), about);
    const auto& languages = view.staff.facts.languages;
    const std::size_t columns = ui.portrait() ? 1 : 2;
    const std::size_t rows = (languages.size() + columns - 1) / columns;
    body.h = std::min(body.h, static_cast<float>(rows) * ui.u(130));
    body = centred({body.x, body.y, body.w, body.h},
                   std::min(body.w, ui.u(700) * static_cast<float>(columns)), body.h);
    const auto cells = grid(body, languages.size(), columns, ui.u(18));
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const Language language = languages[i];
        const bool on = !view.staff.kept.hidden.contains(language);
        const auto press = ui.press({"offer:" + std::string(tag_of(language)), Role::Check,
                                     std::string(native_name_of(language)), "", cells[i],
                                     language != Language::Ja, on});
        const Hue& hue = ui.theme().selected;
        fill_rounded(ui.list(), cells[i], on ? hue.tint : ui.theme().surface, ui.u(26));
        stroke_rounded(ui.list(), cells[i], ui.theme().outline, ui.u(26), ui.u(on ? 6.f : 2.f));
        Rect inside = inset_xy(cells[i], ui.u(26), ui.u(8));
        ui.icon(on ? "check_box" : "check_box_outline_blank",
                cut_left(inside, ui.u(56), ui.u(22)).centre(), ui.u(52), ui.theme().ink);
        TextSpec label = heading_text();
        label.size = 38;
        label.language = language;
        label.valign = VAlign::Middle;
        ui.text("", inside, native_name_of(language), label);
        if (press.clicked) ui.wish(staff_event::OfferLanguage{language, !on});
    }
}

void draw_versions(Ui& ui, const StaffView& view) {
    const Rect body = draw_staff_page(ui, view, "staff.versions").body;
    const StaffFacts& facts = view.staff.facts;
    const std::string& hash = view.page.pack.hash;
    draw_facts(ui, view, body,
               {{"staff.versions.program", facts.version},
                {"staff.versions.pack", view.page.pack.plan.id},
                {"staff.versions.hash", hash.substr(0, 16) + " " + hash.substr(16, 16)},
                {"staff.versions.kiosk", facts.kiosk},
                {"staff.versions.server",
                 facts.server.empty() ? std::string(view.str("staff.none")) : facts.server},
                {"staff.versions.site", view.page.place.site}});
}

void draw_leave(Ui& ui, const StaffView& view) {
    Rect body = draw_staff_page(ui, view, "staff.leave").body;
    body = centred(body, std::min(body.w, ui.u(900)), std::min(body.h, ui.u(520)));
    const Rect row = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    TextSpec text = body_text();
    text.size = 38;
    text.valign = VAlign::Middle;
    ui.text("about", body, view.str("staff.leave.about"), text);
    if (button(ui, row, "leave", view.str("staff.leave.now"),
               {.look = ButtonLook::Danger, .icon_before = "power_settings_new"}))
        ui.wish(staff_event::LeaveProgram{});
}

}  // namespace machikoe
