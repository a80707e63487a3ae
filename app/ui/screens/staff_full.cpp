// What fills the whole glass: the touch test, the colours, the cleaning, "back soon"; and the
// banner on the edge of every screen.
#include <algorithm>

#include "app/ui/screens/kana.h"
#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

/// Cell of the touch test under a place; row by row.
int cell_at(const Ui& ui, ImVec2 place) {
    const int columns = ui.portrait() ? kTouchColumns : kTouchRows;
    const int rows = ui.portrait() ? kTouchRows : kTouchColumns;
    const Rect all = ui.screen();
    const int column = static_cast<int>(place.x / all.w * static_cast<float>(columns));
    const int row = static_cast<int>(place.y / all.h * static_cast<float>(rows));
    return std::clamp(row, 0, rows - 1) * columns + std::clamp(column, 0, columns - 1);
}

}  // namespace

void draw_touch_test(Ui& ui, const StaffView& view) {
    const Theme& theme = ui.theme();
    const Rect all = ui.screen();
    fill_rounded(ui.list(), all, theme.surface, 0);
    const auto cells =
        grid(all, static_cast<std::size_t>(kTouchColumns * kTouchRows),
             static_cast<std::size_t>(ui.portrait() ? kTouchColumns : kTouchRows), 0);
    std::set<int> wiped;
    for (const ImVec2 place : ui.wiped())
        if (!view.staff.wiped.contains(cell_at(ui, place))) wiped.insert(cell_at(ui, place));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (view.staff.wiped.contains(static_cast<int>(i)))
            fill_rounded(ui.list(), cells[i], theme.done.tint, 0);
        stroke_rounded(ui.list(), cells[i], theme.outline, 0, ui.u(1.5f));
    }
    const Rect panel = centred(all, std::min(all.w * 0.7f, ui.u(900)), ui.u(400));
    card(ui, panel, 30);
    Rect inside = panel.inset(ui.u(30));
    const Rect row = cut_bottom(inside, ui.u(kBottomButton), ui.u(14));
    const std::string done = std::to_string(view.staff.wiped.size()) + " / " +
                             std::to_string(kTouchColumns * kTouchRows);
    TextSpec number = title_text();
    number.align = Align::Centre;
    number.valign = VAlign::Middle;
    number.role = Role::Progress;
    ui.text("wiped", cut_top(inside, ui.u(80), ui.u(8)), done, number);
    TextSpec about = body_text();
    about.size = 32;
    about.align = Align::Centre;
    about.valign = VAlign::Middle;
    ui.text("about", inside,
            with_room(ui, std::string(view.str("staff.test.touch.about")), about, inside), about);
    if (button(ui, row, "done", view.str("close"), {.look = ButtonLook::Primary}))
        ui.wish(staff_event::Back{});
    else if (!wiped.empty())
        ui.wish(staff_event::Wipe{wiped});
}

void draw_screen_test(Ui& ui, const StaffView& view) {
    // White, black, and the three colours that a dot of the panel is made of.
    constexpr ImU32 kColours[kTestColours] = {IM_COL32(255, 255, 255, 255), IM_COL32(0, 0, 0, 255),
                                              IM_COL32(255, 0, 0, 255), IM_COL32(0, 255, 0, 255),
                                              IM_COL32(0, 0, 255, 255)};
    const Rect all = ui.screen();
    fill_rounded(ui.list(), all, kColours[std::clamp(view.staff.colour, 0, kTestColours - 1)], 0);
    const auto press = ui.press(
        {"colour", Role::Button,
         std::to_string(view.staff.colour + 1) + " / " + std::to_string(kTestColours), "", all});
    if (press.clicked) ui.wish(staff_event::NextColour{});
}

void draw_cleaning(Ui& ui, const StaffView& view) {
    const Rect all = ui.screen();
    fill_rounded(ui.list(), all, ui.theme().surface, 0);
    Rect inside = centred(all, std::min(all.w - ui.u(96), ui.u(1000)), ui.u(800));
    inside = draw_sign(ui, inside, ui.u(180), "brush", ui.theme().done);
    TextSpec number = title_text();
    number.size = 160;
    number.align = Align::Centre;
    number.valign = VAlign::Middle;
    number.role = Role::Text;
    ui.text("seconds", cut_top(inside, ui.u(260), ui.u(16)),
            std::to_string(cleaning_seconds_left(view.staff, view.now)), number);
    TextSpec about = body_text();
    about.size = 40;
    about.align = Align::Centre;
    ui.text("about", inside, view.str("staff.cleaning.about"), about);
}

void draw_paused(Ui& ui, const View& view) {
    const Theme& theme = ui.theme();
    const Rect all = ui.screen();
    fill_gradient(ui.list(), all, theme.attract_top, theme.attract_bottom, 0);
    const auto& languages = view.pack.plan.languages;
    const float line = std::max(ui.u(ui.portrait() ? 130 : 92), ui.mm(15));
    const float height = ui.u(240) + line * static_cast<float>(languages.size());
    Rect inside = centred(all, std::min(all.w - ui.u(120), ui.u(1000)), height);
    inside = draw_sign(ui, inside, ui.u(180), "access_time", theme.done);
    for (const Language language : languages) {
        TextSpec text = heading_text();
        text.size = 48;
        text.text_size = TextSize::Standard;  // nobody is there who could have chosen one
        text.align = Align::Centre;
        text.valign = VAlign::Middle;
        text.language = language;
        ui.text("soon:" + std::string(tag_of(language)), cut_top(inside, line, 0),
                view.strings.get("paused.soon", language), text);
    }
}

int banner_lines(const Place& place) {
    return (place.event.empty() ? 0 : 1) + (place.practice ? 1 : 0);
}

void draw_banner(Ui& ui, const View& view, Rect strip) {
    const int lines = banner_lines(view.place);
    if (lines == 0) return;
    const float line = strip.h / static_cast<float>(lines);
    const auto draw = [&](std::string_view id, const Hue& hue, auto words_for, std::string name) {
        const Rect row = cut_top(strip, line);
        fill_rounded(ui.list(), row, hue.bottom, 0);
        TextSpec text = label_text();
        text.size = 0;
        text.text_size = TextSize::Standard;
        text.colour = hue.on_fill;
        const Rect box = inset_xy(row, ui.u(24), 0);
        // A name may be longer than the glass is wide.
        std::string words = words_for(name);
        while (!name.empty() && !ui.fits(words, text, box.w, box.h)) {
            name = without_last(name);
            words = words_for(name + "…");
        }
        ui.text(id, box, words, text);
    };
    // No ruby in a strip of one line.
    if (view.place.practice)
        draw(
            "banner:practice", ui.theme().danger,
            [&](const std::string&) { return without_ruby(view.str("banner.practice")); }, "");
    if (!view.place.event.empty())
        draw(
            "banner", ui.theme().done,
            [&](const std::string& name) {
                return without_ruby(
                    view.str("banner.event", {name, universe_name(view, view.place.universe)}));
            },
            view.place.event);
}

}  // namespace machikoe
