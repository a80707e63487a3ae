#include "app/ui/screens/page.h"

namespace machikoe {

void draw_language(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view, {.languages = false});
    body = draw_title(ui, body, "title", view.str("language.title"), ui.portrait() ? 200 : 120);
    const auto& languages = view.pack.plan.languages;
    const std::size_t columns =
        ui.portrait() ? (languages.size() > 4 ? 2 : 1) : std::min<std::size_t>(languages.size(), 4);
    const auto rows = (languages.size() + columns - 1) / columns;
    const float height =
        std::min(body.h, ui.u(ui.portrait() ? 290.f : 420.f) * static_cast<float>(rows));
    const auto cells = grid({body.x, body.y, body.w, height}, languages.size(), columns, ui.u(26));
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const std::string_view name = native_name_of(languages[i]);
        const TouchCard touched = touch_card(ui, cells[i],
                                             {"choose:" + std::string(tag_of(languages[i])),
                                              Role::Choice, std::string(name), "", cells[i]});
        Rect inside = touched.content.inset(ui.u(28));
        const bool stacked = inside.w < ui.u(560);
        const float side = ui.u(130);
        const Rect mark = stacked ? centred(cut_top(inside, inside.h * 0.5f, ui.u(10)), side, side)
                                  : centred(cut_left(inside, ui.u(150), ui.u(30)), side, side);
        icon_tile(ui, mark, "record_voice_over", ui.theme().issues[i % 5]);
        TextSpec label = label_text();
        label.size = 54;
        label.min = 30;
        label.align = stacked ? Align::Centre : Align::Left;
        label.language = languages[i];
        ui.text("", inside, name, label);
        if (touched.clicked) ui.wish(event::SetLanguage{languages[i]});
    }
}

}  // namespace machikoe
