#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

void draw_bubbles(Ui& ui, const View& view, const Rect& town) {
    const auto bubbles = town_bubbles(town);
    const auto& issues = view.pack.plan.issues;
    for (std::size_t i = 0; i < bubbles.size() && i < issues.size(); ++i) {
        draw_bubble(ui.list(), bubbles[i].box, bubbles[i].tail, ui.theme().surface);
        ui.icon(issues[i].icon, bubbles[i].box.centre(), bubbles[i].box.h * 0.6f,
                ui.theme().issues[i].on_tint);
    }
}

void draw_invitation(Ui& ui, const View& view, Rect area) {
    TextSpec headline = title_text();
    headline.size = 104;
    headline.min = 52;
    headline.align = Align::Centre;
    headline.valign = VAlign::Bottom;
    ui.text("headline", cut_top(area, area.h * 0.64f, ui.u(24)), view.str("attract.headline"),
            headline);
    TextSpec more = body_text();
    more.size = 38;
    more.weight = Weight::Medium;
    more.align = Align::Centre;
    more.balance = true;
    more.colour = ui.theme().ink_soft;
    ui.text("invitation", inset_xy(area, ui.u(40), 0), view.str("attract.invitation"), more);
}

}  // namespace

void draw_attract(Ui& ui, const View& view) {
    const bool wide = !ui.portrait();
    // The town lies under the page: its ground reaches the lower edge of the screen.
    const Rect all = ui.screen();
    Rect body = draw_page(ui, view, {.quit = false, .attract = true});
    Rect town = wide ? Rect{0, all.h * 0.34f, all.w, all.h * 0.66f}
                     : Rect{0, all.h * 0.42f, all.w, all.h * 0.58f};
    Rect invitation =
        cut_top(body, wide ? town.y + ui.u(110) - body.y : town.y - body.y + ui.u(40));
    if (!ui.theme().dark) draw_town(ui.list(), town);
    if (!ui.theme().dark) draw_bubbles(ui, view, town);
    draw_invitation(ui, view, invitation);
    const ButtonSpec look{.look = ButtonLook::Primary, .icon_before = "touch_app", .size = 52};
    const float width =
        std::min(body.w - ui.u(80), button_width(ui, view.str("attract.begin"), look) + ui.u(80));
    const Rect row = cut_bottom(body, ui.u(168), 0);
    const Rect place{row.centre().x - width / 2, row.y - ui.u(wide ? 0 : 30), width, ui.u(168)};
    // Whoever touches the town has understood as well.
    const bool begun = button(ui, place, "begin", view.str("attract.begin"), look);
    if (begun || ui.tapped_beside()) ui.wish(event::Begin{});
}

}  // namespace machikoe
