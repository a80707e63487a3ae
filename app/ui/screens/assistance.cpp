// Who helps: the dialog, the button that opens it, and the sign that stays while somebody does.
#include <algorithm>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

struct Choice {
    Assistance assistance;
    std::string_view icon, name;
};
constexpr Choice kChoices[] = {{Assistance::None, "person", "assistance.none"},
                               {Assistance::Staff, "badge", "assistance.staff"},
                               {Assistance::Family, "people", "assistance.family"},
                               {Assistance::Interpreter, "translate", "assistance.interpreter"}};

const Choice& choice_of(Assistance assistance) {
    return *std::ranges::find(kChoices, assistance, &Choice::assistance);
}

std::string badge_of(const View& view) {
    return view.str("assistance.badge", {view.str(choice_of(view.visit.assistance).name)});
}

}  // namespace

void draw_assistance(Ui& ui, const View& view) {
    const bool wide = !ui.portrait();
    Rect inside = draw_dialog(ui, view, "dialog", view.str("assistance.title"), wide ? 1560 : 960,
                              wide ? 900 : 1400);
    const Rect close = cut_bottom(inside, ui.u(kBottomButton), ui.u(24));
    TextSpec title = title_text();
    title.size = 50;
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    ui.text("title", cut_top(inside, ui.u(120), ui.u(12)), view.str("assistance.title"), title);
    TextSpec text = body_text();
    text.size = 32;
    text.valign = VAlign::Middle;
    ui.text("explanation", cut_top(inside, inside.h * (wide ? 0.38f : 0.32f), ui.u(20)),
            view.str("assistance.explanation"), text);
    const auto cells = grid(inside, std::size(kChoices), wide ? 2 : 1, ui.u(18));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Choice& choice = kChoices[i];
        const bool chosen = view.visit.assistance == choice.assistance;
        const Hue& hue = chosen ? ui.theme().selected : ui.theme().done;
        const TouchCard touched =
            touch_card(ui, cells[i],
                       {"assistance:" + std::string(name_of(choice.assistance)), Role::Choice,
                        without_ruby(view.str(choice.name)), "", cells[i], true, chosen});
        if (chosen)
            stroke_rounded(ui.list(), cells[i], ui.theme().selected.on_tint, ui.u(30), ui.u(6));
        Rect row = inset_xy(touched.content, ui.u(28), ui.u(12));
        const float side = std::min(ui.u(84), row.h);
        const Rect mark = cut_left(row, side, ui.u(26));
        ui.list().AddCircleFilled(mark.centre(), side / 2, hue.tint, 48);
        ui.icon(choice.icon, mark.centre(), side * 0.58f, hue.on_tint);
        TextSpec name = label_text();
        name.size = 38;
        name.align = Align::Left;
        ui.text("", row, view.str(choice.name), name);
        if (touched.clicked) ui.wish(event::SetAssistance{choice.assistance});
    }
    const float width = std::min(close.w, ui.u(480));
    if (button(ui, centred(close, width, close.h), "close", view.str("close")))
        ui.wish(event::Resume{});
}

void assistance_button(Ui& ui, const View& view, const Rect& area) {
    const bool is_helped = view.visit.assistance != Assistance::None;
    const std::string words =
        is_helped ? badge_of(view) : std::string(view.str("assistance.button"));
    if (button(ui, area, "assistance", words, {.icon_before = "people", .size = 32}))
        ui.wish(event::ShowAssistance{});
}

void draw_assistance_sign(Ui& ui, const View& view, const Rect& area) {
    const Choice& choice = choice_of(view.visit.assistance);
    Rect rest = area;
    const Rect mark = cut_left(rest, ui.u(36), ui.u(8));
    ui.icon(choice.icon, mark.centre(), ui.u(32), ui.theme().ink);
    // Of the standard size whatever was chosen, as all words of the header.
    TextSpec name = label_text();
    name.size = 24;
    name.weight = Weight::Medium;
    name.align = Align::Left;
    name.text_size = TextSize::Standard;
    ui.text("assisted", rest, view.str(choice.name), name);
}

}  // namespace machikoe
