#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

constexpr float kPad = 26, kGap = 24;  // units

TextSpec letter_text(Language language) {
    TextSpec letter = label_text();
    letter.size = 92;
    letter.weight = Weight::Black;
    letter.language = language;
    return letter;
}

TextSpec name_text(Language language, Align align) {
    TextSpec name = label_text();
    name.size = 52;
    name.align = align;
    name.balance = true;
    name.language = language;
    return name;
}

TextSpec line_text(const Ui& ui, Language language, Align align) {
    TextSpec line = body_text();
    line.size = 30;
    line.align = align;
    line.valign = VAlign::Middle;
    line.language = language;
    line.colour = ui.theme().ink_soft;
    return line;
}

void draw_letter(Ui& ui, const View& view, const Rect& mark, Language language, const Hue& hue) {
    fill_gradient(ui.list(), mark, hue.top, hue.bottom, ui.u(30));
    if (ui.theme().dark) stroke_rounded(ui.list(), mark, hue.on_fill, ui.u(30), ui.u(3));
    TextSpec letter = letter_text(language);
    letter.colour = hue.on_fill;
    ui.text("", mark, view.strings.get("language.letter", language), letter);
}

/// The name of a language and what its speakers would say, in that language.  The name is
/// always there; the rest where it has room.
void draw_choice(Ui& ui, const View& view, Rect inside, Language language, const Hue& hue) {
    const bool stacked = inside.w < ui.u(520) && inside.h > inside.w * 0.6f;
    const Align align = stacked ? Align::Centre : Align::Left;
    const TextSpec name = name_text(language, align), line = line_text(ui, language, align);
    const std::string_view called = native_name_of(language);
    const std::string_view read = view.strings.get("language.read", language);
    const float letter = ui.measure("W", letter_text(language), 0, Ui::At::Floor).height;
    const float side =
        std::clamp((stacked ? inside.h : inside.w) * (stacked ? 0.38f : 0.3f), letter, ui.u(150));
    const float beside = stacked ? inside.w : inside.w - side - ui.u(30);
    const float least = ui.measure(called, name, beside, Ui::At::Floor).height;
    const bool has_mark = (stacked ? inside.h - side - ui.u(10) : inside.h) >= least &&
                          side <= inside.h && ui.fits(called, name, beside, inside.h);
    if (has_mark) {
        const Rect mark = stacked ? centred(cut_top(inside, side, ui.u(10)), side, side)
                                  : centred(cut_left(inside, side, ui.u(30)), side, side);
        draw_letter(ui, view, mark, language, hue);
    }
    const float below = inside.h - ui.height_of(called, name, inside.w) - ui.u(4);
    if (has_mark && below > 0 && ui.fits(read, line, inside.w, below)) {
        const float wanted = std::min(ui.height_of(read, line, inside.w), below);
        ui.text("", cut_bottom(inside, wanted, ui.u(4)), read, line);
    }
    ui.text("", inside, called, name);
}

/// Do all names stand whole in cells of this width?
bool names_fit(Ui& ui, const View& view, float width) {
    return std::ranges::all_of(view.pack.plan.languages, [&](Language language) {
        const Ui::Extent extent =
            ui.measure(native_name_of(language), name_text(language, Align::Left),
                       width - ui.u(2 * kPad), Ui::At::Floor);
        return !extent.broke_phrase;
    });
}

Block row_block(Ui& ui, const View& view, std::size_t from, std::size_t columns, float width) {
    const auto& languages = view.pack.plan.languages;
    const std::size_t to = std::min(from + columns, languages.size());
    const float gap = ui.u(kGap);
    const float each = grid({0, 0, width, 1}, columns, columns, gap).front().w;
    float least = ui.touch();
    for (std::size_t i = from; i < to; ++i)
        least = std::max(
            least, ui.measure(native_name_of(languages[i]), name_text(languages[i], Align::Left),
                              each - ui.u(2 * kPad), Ui::At::Floor)
                           .height +
                       ui.u(2 * kPad));
    const float wanted = std::max(least, ui.u(columns == 4 ? 340.f : 250.f));
    return {least, wanted, [=, &ui, &view, &languages](const Rect& rect) {
                const auto cells = grid(rect, columns, columns, gap);
                for (std::size_t i = from; i < to; ++i) {
                    const Rect& cell = cells[i - from];
                    const TouchCard touched =
                        touch_card(ui, cell,
                                   {"choose:" + std::string(tag_of(languages[i])), Role::Choice,
                                    std::string(native_name_of(languages[i])), "", cell});
                    draw_choice(ui, view, touched.content.inset(ui.u(kPad)), languages[i],
                                ui.theme().issues[i % ui.theme().issues.size()]);
                    if (touched.clicked) ui.wish(event::SetLanguage{languages[i]});
                }
            }};
}

}  // namespace

void draw_language(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view, {.languages = false});
    if (cut_button_row(ui, body, {assistance_item(view)}, ui.u(24)))
        ui.wish(event::ShowAssistance{});
    const std::size_t count = view.pack.plan.languages.size();
    std::size_t columns = ui.portrait() ? (count > 4 ? 2 : 1) : std::min<std::size_t>(count, 4);
    const auto each = [&] {
        return grid({0, 0, body.w, 1}, columns, columns, ui.u(kGap)).front().w;
    };
    while (columns > 1 && !names_fit(ui, view, each())) --columns;
    std::vector<Block> rows;
    for (std::size_t i = 0; i < count; i += columns)
        rows.push_back(row_block(ui, view, i, columns, body.w));
    draw_stack(ui, view, body, rows,
               {.gap = kGap,
                .stretch = 60,
                .title = view.str("language.title"),
                .title_height = ui.portrait() ? 200.f : 150.f});
}

}  // namespace machikoe
