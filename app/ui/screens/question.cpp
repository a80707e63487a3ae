#include <algorithm>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

bool is_chosen(const View& view, const Question& question, std::string_view option) {
    const auto answer = view.visit.answers.find(question.id);
    if (answer == view.visit.answers.end()) return false;
    const auto* chosen = std::get_if<ChosenOptions>(&answer->second.value);
    return chosen != nullptr && std::find(chosen->begin(), chosen->end(), option) != chosen->end();
}

void draw_options(Ui& ui, const View& view, const Question& question, const Rect& area) {
    const std::size_t count = question.options.size();
    const std::size_t columns = ui.portrait() && count <= 9 ? 1 : count <= 12 ? 2 : 3;
    const auto cells = grid(area, count, columns, ui.u(16));
    const auto order = option_order(question, view.visit.seed);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Option& option = question.options[order[i]];
        const std::string id = "option:" + option.id;
        const Mark mark = question.type == QuestionType::Multiple ? Mark::Check : Mark::Radio;
        Rect cell = cells[i];
        cell.h = std::min(cell.h, ui.u(150));
        if (option_row(ui, cell,
                       {.id = id,
                        .markup = view.say(option.label),
                        .mark = mark,
                        .selected = is_chosen(view, question, option.id)}))
            ui.wish(event::TapOption{option.id});
    }
}

void draw_question_buttons(Ui& ui, const View& view, const Question& question, Rect row) {
    const Rect back = cut_left(row, row.w * 0.28f, ui.u(20));
    if (button(ui, back, "back", view.str("back"), {.icon_before = "arrow_back"}))
        ui.wish(event::Back{});
    const Rect on = cut_right(row, row.w * 0.5f, ui.u(20));
    if (!question.required &&
        button(ui, row, "skip", view.str("question.skip"), {.look = ButtonLook::Link, .size = 30}))
        ui.wish(event::Skip{});
    if (button(ui, on, "next", view.str("next"),
               {.look = ButtonLook::Primary,
                .icon_after = "arrow_forward",
                .enabled = may_go_on(view.pack, view.visit),
                .size = 42}))
        ui.wish(event::Next{});
}

}  // namespace

void draw_question(Ui& ui, const View& view) {
    const Question* question = view.pack.survey.question(view.visit.question);
    if (question == nullptr) return;
    Rect body = draw_page(ui, view);
    const Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    const Progress reached = progress_of(view.pack, view.place, view.visit);
    progress(ui, cut_top(body, ui.u(40), ui.u(16)), "progress", reached.position, reached.count,
             hue_of(ui, view.pack, question->section));
    const Rect top = cut_top(body, body.h * 0.3f, ui.u(24));
    card(ui, top);
    TextSpec words = title_text();
    words.size = 56;
    words.valign = VAlign::Middle;
    ui.text("question", top.inset(ui.u(36)), view.say(question->text), words);
    draw_options(ui, view, *question, body);
    draw_question_buttons(ui, view, *question, bottom);
}

}  // namespace machikoe
