#include <algorithm>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

/// The name of a language and what its speakers would say, in that language.
void draw_choice(Ui& ui, const View& view, Rect inside, Language language, const Hue& hue) {
    const bool stacked = inside.w < ui.u(560);
    const float side = ui.u(stacked ? 140 : 170);
    const Rect mark = stacked ? centred(cut_top(inside, inside.h * 0.44f, ui.u(10)), side, side)
                              : centred(cut_left(inside, side, ui.u(40)), side, side);
    fill_gradient(ui.list(), mark, hue.top, hue.bottom, ui.u(30));
    if (ui.theme().dark) stroke_rounded(ui.list(), mark, hue.on_fill, ui.u(30), ui.u(3));
    TextSpec letter = label_text();
    letter.size = 92;
    letter.weight = Weight::Black;
    letter.language = language;
    letter.colour = hue.on_fill;
    ui.text("", mark, view.strings.get("language.letter", language), letter);
    TextSpec name = label_text();
    name.size = 56;
    name.align = stacked ? Align::Centre : Align::Left;
    name.valign = stacked ? VAlign::Middle : VAlign::Bottom;
    name.language = language;
    ui.text("", cut_top(inside, inside.h * 0.52f, ui.u(8)), native_name_of(language), name);
    TextSpec line = body_text();
    line.align = name.align;
    line.language = language;
    line.colour = ui.theme().ink_soft;
    ui.text("", inside, view.strings.get("language.read", language), line);
}

}  // namespace

void draw_language(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view, {.languages = false});
    body = draw_title(ui, body, "title", view.str("language.title"), 200);
    const auto& languages = view.pack.plan.languages;
    const std::size_t columns =
        ui.portrait() ? (languages.size() > 4 ? 2 : 1) : std::min<std::size_t>(languages.size(), 4);
    const Rect helped = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    const auto rows = (languages.size() + columns - 1) / columns;
    const float most = ui.u(ui.portrait() ? 400.f : 620.f) * static_cast<float>(rows);
    const Rect area{body.x, body.y, body.w, std::min(body.h, most)};
    const auto cells = grid(area, languages.size(), columns, ui.u(26));
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const TouchCard touched =
            touch_card(ui, cells[i],
                       {"choose:" + std::string(tag_of(languages[i])), Role::Choice,
                        std::string(native_name_of(languages[i])), "", cells[i]});
        draw_choice(ui, view, touched.content.inset(ui.u(40)), languages[i],
                    ui.theme().issues[i % ui.theme().issues.size()]);
        if (touched.clicked) ui.wish(event::SetLanguage{languages[i]});
    }
    const float width = std::min(helped.w, ui.u(760));
    assistance_button(ui, view, centred(helped, width, helped.h));
}

}  // namespace machikoe
