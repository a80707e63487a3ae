// Free text: what was written, and the board to write with.
#include <algorithm>

#include "app/ui/screens/board.h"
#include "app/ui/screens/kana.h"
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

const std::string& text_of(const Visit& visit, const Question& question) {
    static const std::string kNothing;
    const auto found = visit.answers.find(question.id);
    const auto* text =
        found == visit.answers.end() ? nullptr : std::get_if<std::string>(&found->second.value);
    return text == nullptr ? kNothing : *text;
}

/// The board in use: Visit::page is 0 for the one of the language, 1 for the other.
bool shows_kana(const View& view) {
    return is_japanese(view.language()) == (view.visit.page % 2 == 0);
}

void draw_written(Ui& ui, const View& view, const Question& question, Rect area) {
    fill_rounded(ui.list(), area, ui.theme().surface, ui.u(26));
    stroke_rounded(ui.list(), area, ui.theme().outline, ui.u(26), ui.u(4));
    Rect inside = inset_xy(area, ui.u(28), ui.u(14));
    const std::string& text = text_of(view.visit, question);
    TextSpec count = label_text();
    count.size = 28;
    count.align = Align::Right;
    ui.text("count", cut_right(inside, ui.u(150), ui.u(12)),
            std::to_string(letters_in(text)) + " / " + std::to_string(question.max_length), count);
    TextSpec written = body_text();
    written.size = 36;
    written.min = 18;
    written.valign = VAlign::Middle;
    if (text.empty()) written.colour = ui.theme().ink_soft;
    // Typed text is never mark-up: a brace is a brace.
    ui.text("written", inside, text.empty() ? view.str("text.empty") : text, written);
}

}  // namespace

AnswerArea keyboard_area(Ui& ui) {
    const float board = board_height(ui);
    return {board + ui.u(20 + 120), board + ui.u(20 + 220)};
}

void draw_free_text(Ui& ui, const View& view, const Question& question, const Rect& area) {
    Rect rest = area;
    const Rect keys = cut_bottom(rest, std::min(board_height(ui), rest.h * 0.82f), ui.u(20));
    draw_written(ui, view, question, rest);
    const BoardSpec spec{text_of(view.visit, question), question.max_length, shows_kana(view)};
    const BoardWish wish = draw_board(ui, view, keys, spec);
    if (wish.text) ui.wish(event::SetText{*wish.text});
    if (wish.other_board) ui.wish(event::TurnPage{view.visit.page + 1});
}

}  // namespace machikoe
