// Ending: saving, what to say when it fails, and thanks.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

/// A panel in the middle with a large round sign; returns what is below the sign.
Rect message_panel(Ui& ui, const Rect& body, std::string_view icon, const Hue& hue,
                   float height_units) {
    const Rect panel =
        centred(body, std::min(body.w, ui.u(1040)), std::min(body.h, ui.u(height_units)));
    card(ui, panel, 44);
    const Rect inside = panel.inset(ui.u(56));
    const float side = std::min(ui.u(220), inside.h * 0.24f);
    return draw_sign(ui, inside, side, icon, hue);
}

TextSpec message_title() {
    TextSpec title = title_text();
    title.size = 62;
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    return title;
}

TextSpec message_text() {
    TextSpec text = body_text();
    text.size = 38;
    text.min = 22;
    text.align = Align::Centre;
    text.balance = true;
    text.valign = VAlign::Middle;
    return text;
}

}  // namespace

void draw_saving(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view, {.languages = false, .quit = false});
    Rect inside = message_panel(ui, body, "hourglass_empty", ui.theme().done, 720);
    ui.text("title", cut_top(inside, inside.h * 0.55f, ui.u(16)), view.str("saving.title"),
            message_title());
    ui.text("explanation", inside, view.str("saving.explanation"), message_text());
}

void draw_save_failed(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view);
    Rect inside = message_panel(ui, body, "warning", ui.theme().danger, 1100);
    const Rect quit = cut_bottom(inside, ui.u(kBottomButton), ui.u(20));
    const Rect again = cut_bottom(inside, ui.u(kBottomButton), ui.u(24));
    ui.text("title", cut_top(inside, inside.h * 0.36f, ui.u(12)), view.str("failed.title"),
            message_title());
    ui.text("explanation", inside, view.str("failed.explanation"), message_text());
    if (button(ui, again, "again", view.str("failed.again"),
               {.look = ButtonLook::Primary, .icon_before = "autorenew"}))
        ui.wish(event::Submit{});
    if (button(ui, quit, "give-up", view.str("failed.quit"), {.icon_before = "close"}))
        ui.wish(event::Quit{});
}

void draw_thanks(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view, {.quit = false});
    Rect inside = message_panel(ui, body, "favorite", ui.theme().done, 1180);
    const bool compares = !compared_questions(view.pack, view.place, view.visit).empty();
    const float width = std::min(inside.w, ui.u(680));
    const auto row = [&](float gap) {
        const Rect cut = cut_bottom(inside, ui.u(kBottomButton), ui.u(gap));
        return centred(cut, width, cut.h);
    };
    const Rect finish = row(compares ? 18 : 24);
    const Rect neighbours = compares ? row(24) : Rect{};
    ui.text("title", cut_top(inside, inside.h * 0.4f, ui.u(16)), view.str("thanks.title"),
            message_title());
    ui.text("explanation", inside, view.str("thanks.explanation"), message_text());
    if (compares && button(ui, neighbours, "neighbours", view.str("thanks.neighbours"),
                           {.look = ButtonLook::Primary, .icon_before = "bar_chart"}))
        ui.wish(event::ShowNeighbours{});
    if (button(ui, finish, "finish", view.str("thanks.finish"),
               {.look = compares ? ButtonLook::Secondary : ButtonLook::Primary,
                .icon_before = "home"}))
        ui.wish(event::Finish{});
}

}  // namespace machikoe
