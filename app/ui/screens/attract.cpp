#include <algorithm>

#include "app/ui/rest.h"
#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

void draw_bubbles(Ui& ui, const View& view, const Rect& town, const Slide& slide) {
    const auto bubbles = town_bubbles(town);
    const auto& issues = view.pack.plan.issues;
    for (std::size_t i = 0; i < bubbles.size() && i < issues.size(); ++i) {
        const Hue& hue = ui.theme().issues[i];
        const bool speaks = slide.kind == Slide::Kind::OneIssue && slide.issue == i;
        draw_bubble(ui.list(), bubbles[i].box, bubbles[i].tail,
                    speaks ? hue.top : ui.theme().surface);
        ui.icon(issues[i].icon, bubbles[i].box.centre(), bubbles[i].box.h * 0.6f,
                speaks ? hue.on_fill : hue.on_tint);
    }
}

struct Words {
    std::string_view headline, text;
};
Words words_of(const View& view, const Slide& slide) {
    switch (slide.kind) {
        case Slide::Kind::Invitation:
            break;
        case Slide::Kind::OneIssue: {
            const Issue& issue = view.pack.plan.issues[slide.issue];
            return {view.say(issue.short_title), view.say(issue.one_sentence)};
        }
        case Slide::Kind::Purpose:
            return {view.str("attract.answers"), view.str("attract.answers.text")};
    }
    return {view.str("attract.headline"), view.str("attract.invitation")};
}

void draw_invitation(Ui& ui, const View& view, Rect area, const Slide& slide) {
    const Words words = words_of(view, slide);
    TextSpec headline = title_text();
    headline.size = 104;
    headline.align = Align::Centre;
    headline.valign = VAlign::Bottom;
    ui.text("headline", cut_top(area, area.h * 0.66f, ui.u(24)), words.headline, headline);
    TextSpec more = body_text();
    more.size = 38;
    more.weight = Weight::Medium;
    more.align = Align::Centre;
    more.balance = true;
    more.colour = ui.theme().ink_soft;
    ui.text("invitation", inset_xy(area, ui.u(40), 0), words.text, more);
}

}  // namespace

void draw_attract(Ui& ui, const View& view) {
    const Theme& theme = ui.theme();
    const bool wide = !ui.portrait();
    const Rect all = ui.screen();
    const Slide slide =
        view.calm ? Slide{}
                  : slide_at(view.now.monotonic - view.visit.entered, view.pack.plan.issues.size());
    const float horizon = all.h * (wide ? 0.43f : 0.42f);
    // The town reaches the lower edge of the screen, under the language bar, and over the edges:
    // the picture wanders.
    const Rect town{-kMostShift, horizon, all.w + 2 * kMostShift, all.h - horizon + kMostShift};
    fill_gradient(ui.list(), all.inset(-kMostShift), theme.attract_top, theme.attract_bottom, 0);
    if (!theme.dark) draw_town(ui.list(), town);
    if (!theme.dark) draw_bubbles(ui, view, town, slide);

    Rect body = draw_frame(ui, view, {.quit = false});
    const Rect row = cut_bottom(body, ui.u(168), ui.u(20));
    const float sky = town.y + ui.u(wide ? 60 : 40) - body.y;
    draw_invitation(ui, view, cut_top(body, theme.dark ? body.h : std::min(sky, body.h)), slide);
    const ButtonSpec look{.look = ButtonLook::Primary, .icon_before = "touch_app", .size = 52};
    const std::string_view words = view.str("attract.begin");
    const float width = std::min(row.w - ui.u(80), button_width(ui, words, look) + ui.u(80));
    const Rect place{row.centre().x - width / 2, row.y - ui.u(wide ? 0 : 24), width, row.h};
    const bool begun = button(ui, place, "begin", words, look);
    // Whoever touches the town has understood as well.
    if (begun || ui.tapped_beside()) ui.wish(event::Begin{});
}

}  // namespace machikoe
