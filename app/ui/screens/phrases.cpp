#include "app/ui/screens/phrases.h"

#include <algorithm>

#include "app/ui/screens/writing_page.h"
#include "app/ui/writing_desk.h"

namespace machikoe {
namespace {

constexpr float kGap = 14;         // units, between the rows
constexpr float kMostRow = 176;    // units
constexpr float kWriteTile = 104;  // units

OptionSpec option_of(const View& view, const Question& question, const std::string& id,
                     std::size_t index, float scale) {
    const std::string written = written_phrase(view.say(question.phrases[index]));
    OptionSpec spec;
    spec.id = id;
    spec.markup = view.say(question.phrases[index]);
    spec.mark = Mark::Check;
    spec.selected = text_written(view.visit, question).find(written) != std::string::npos;
    spec.size = 34 * scale;
    return spec;
}

std::string id_of(std::size_t index) {
    return "phrase:" + std::to_string(index);
}

/// The text without the phrase, and without the space that parted it from its neighbours.
std::string without_phrase(std::string text, const std::string& phrase) {
    const std::size_t at = text.find(phrase);
    if (at == std::string::npos) return text;
    text.erase(at, phrase.size());
    if (at > 0 && text[at - 1] == ' ' && (at == text.size() || text[at] == ' '))
        text.erase(at - 1, 1);
    if (!text.empty() && text.front() == ' ') text.erase(0, 1);
    return text;
}

TextSpec tile_text(float scale) {
    TextSpec label = label_text();
    label.size = 38 * scale;
    label.align = Align::Left;
    return label;
}

/// What "ask" takes of the row: with its words only where most is left.
float ask_room(Ui& ui, const View& view, float width) {
    return ask_width(ui, view, width * 0.45f);
}

float tile_height(Ui& ui, const View& view, float width, float scale) {
    const Ui::At at = scale > 0 ? Ui::At::Full : Ui::At::Floor;
    const float words = ui.measure(view.str("text.write"), tile_text(scale),
                                   width - ask_room(ui, view, width) - ui.u(kGap + 148), at)
                            .height;
    return std::max({ui.touch(), words + ui.u(20), scale < 1 ? 0 : ui.u(kWriteTile)});
}

bool write_tile(Ui& ui, const View& view, const Rect& rect, float scale) {
    const std::string_view words = view.str("text.write");
    const TouchCard touched =
        touch_card(ui, rect, {"page-more", Role::Button, without_ruby(words), "", rect});
    Rect inside = inset_xy(touched.content, ui.u(24), ui.u(6));
    ui.icon("keyboard", cut_left(inside, ui.u(56), ui.u(20)).centre(), ui.u(56), ui.theme().ink);
    ui.icon("arrow_forward", cut_right(inside, ui.u(44), ui.u(8)).centre(), ui.u(44),
            ui.theme().ink);
    ui.text("", inside, words, tile_text(scale));
    return touched.clicked;
}

}  // namespace

float phrases_height(Ui& ui, const View& view, const Question& question, float width, float scale,
                     PhraseRange range) {
    float height = 0;
    for (std::size_t i = range.from; i < range.to; ++i)
        height += option_row_height(ui, option_of(view, question, id_of(i), i, scale), width) +
                  ui.u(kGap);
    if (range.to == question.phrases.size()) return height + tile_height(ui, view, width, scale);
    return height - ui.u(kGap);
}

void draw_phrases(Ui& ui, const View& view, const Question& question, Rect area, float scale,
                  PhraseRange range, int board_page) {
    const bool is_last = range.to == question.phrases.size();
    const float spare = area.h - phrases_height(ui, view, question, area.w, scale, range);
    const auto rows = static_cast<float>(range.to - range.from + (is_last ? 1 : 0));
    const float more = std::clamp(spare / rows, 0.f, ui.u(40));
    for (std::size_t i = range.from; i < range.to; ++i) {
        const std::string id = id_of(i);
        const OptionSpec spec = option_of(view, question, id, i, scale);
        const float least = option_row_height(ui, spec, area.w);
        const float height = std::max(least, std::min(least + more, ui.u(kMostRow)));
        if (!option_row(ui, cut_top(area, height, ui.u(kGap)), spec)) continue;
        const std::string written = written_phrase(view.say(question.phrases[i]));
        if (spec.selected)
            ui.wish(event::SetText{without_phrase(text_written(view.visit, question), written)});
        else
            ui.wish(writing_wish::Insert{written});
    }
    if (!is_last) return;
    Rect row = cut_top(area, tile_height(ui, view, area.w, scale) + more);
    draw_ask(ui, view, cut_right(row, ask_room(ui, view, row.w), ui.u(kGap)));
    if (write_tile(ui, view, row, scale)) ui.wish(event::TurnPage{board_page});
}

}  // namespace machikoe
