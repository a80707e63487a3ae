// Question: one question, its answer area by type, and the row that leads on and back.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

void draw_answers(Ui& ui, const View& view, const Question& question, const QuestionPlan& plan,
                  const Rect& area, std::size_t answer_page) {
    switch (question.type) {
        case QuestionType::Number:
            return draw_number(ui, view, question, area);
        case QuestionType::FreeText:
        case QuestionType::Note:
            return;
        default: {
            const bool last = answer_page + 1 == plan.starts.size();
            const std::size_t to = last ? cells_of(question) : plan.starts[answer_page + 1];
            return draw_options(ui, view, question, area, plan.shape, plan.starts[answer_page], to);
        }
    }
}

/// The most an answer area should take: with more it would look lost.
float most_of(Ui& ui, const Question& question, const OptionsShape& shape) {
    switch (question.type) {
        case QuestionType::Number:
            return ui.u(820);
        case QuestionType::FreeText:
        case QuestionType::Note:
            return 0;
        default:
            return options_most(ui, shape, cells_of(question));
    }
}

/// Set in the size of the header: it is the same on all questions, and the words below matter.
TextSpec strip_text(float size, Align align) {
    TextSpec spec = heading_text();
    spec.size = size;
    spec.align = align;
    spec.valign = VAlign::Middle;
    spec.text_size = TextSize::Standard;
    return spec;
}

float strip_height(Ui& ui) {
    if (ui.portrait()) return ui.u(98);
    const float line = ui.measure("{字|じ}", strip_text(0, Align::Left), 0, Ui::At::Floor).height;
    return line + ui.u(22 + 4 + 4);
}

std::vector<RowButton> leading_buttons(const View& view, const Question& question, Turn place) {
    std::vector<RowButton> row = {{place.is_first() ? "back" : "page-back",
                                   std::string(view.str("back")),
                                   {.icon_before = "arrow_back", .size = 36},
                                   0.26f,
                                   true}};
    const bool answers = has_answer_area(question);
    if (question.offers_refusal && question.type == QuestionType::Number)
        row.push_back({"refuse",
                       std::string(view.str("question.refuse")),
                       {.look = ButtonLook::Link, .size = 32},
                       0.2f,
                       false});
    if (answers && !question.required)
        row.push_back({"skip",
                       std::string(view.str("question.skip")),
                       {.look = ButtonLook::Link, .size = 32},
                       0.24f,
                       false});
    if (place.offers_next) {
        const bool ready =
            may_go_on(view.pack, view.visit) && (!answers || is_answered(view.visit, question));
        row.push_back({"next",
                       std::string(view.str("next")),
                       {.look = ButtonLook::Primary,
                        .icon_after = "arrow_forward",
                        .enabled = ready,
                        .size = 44},
                       0.48f,
                       false});
    } else {
        row.push_back({"page-more",
                       view.str("question.more",
                                {std::to_string(place.page + 1), std::to_string(place.pages)}),
                       {.look = ButtonLook::Primary, .icon_after = "arrow_forward", .size = 40},
                       0.48f,
                       false});
    }
    return row;
}

/// The card above, the answers below; both get what they need before either gets more.
void draw_stacked(Ui& ui, const View& view, const Question& question, const QuestionPlan& plan,
                  Rect body) {
    const float gap = ui.u(28), room = body.h - gap;
    const auto pieces = pieces_of(view, question);
    const float wanted = card_height(ui, view, question, pieces, body.w, plan.shape.scale);
    const float least = answers_height(ui, view, question, body.w, plan.shape);
    const float answers =
        std::clamp(room - wanted, least,
                   std::max(least, std::min(most_of(ui, question, plan.shape), room * 0.72f)));
    draw_card(ui, view, question, pieces, cut_top(body, room - answers, gap), plan.shape.scale);
    draw_answers(ui, view, question, plan, body, 0);
}

void draw_abreast(Ui& ui, const View& view, const Question& question, const QuestionPlan& plan,
                  Rect body) {
    const Rect left = cut_left(body, body.w * kCardShare, ui.u(32));
    draw_card(ui, view, question, pieces_of(view, question), left, plan.shape.scale);
    const float least = answers_height(ui, view, question, body.w, plan.shape);
    const float most = std::max(most_of(ui, question, plan.shape), least);
    draw_answers(ui, view, question, plan, centred(body, body.w, std::min(body.h, most)), 0);
}

/// The question on pages of its own, the answers on those that follow.
void draw_apart(Ui& ui, const View& view, const Question& question, const QuestionPlan& plan,
                Rect body, int page) {
    const auto cards = static_cast<int>(plan.card_pages.size());
    if (page < cards) {
        const CardPage& card = plan.card_pages[static_cast<std::size_t>(page)];
        return draw_card(ui, view, question, card.pieces, body, card.scale);
    }
    if (plan.repeated > 0)
        ui.text("question", cut_top(body, plan.repeated, ui.u(10)), view.say(question.text),
                repeated_text());
    draw_answers(ui, view, question, plan, body, static_cast<std::size_t>(page - cards));
}

}  // namespace

bool has_answer_area(const Question& question) {
    return question.type != QuestionType::Note;
}

void draw_strip(Ui& ui, const View& view, Rect strip) {
    const Issue* issue = view.pack.plan.issue(view.visit.section);
    const Hue& hue = issue != nullptr ? hue_of(ui, view.pack, issue->id) : ui.theme().done;
    const Progress at = progress_of(view.pack, view.place, view.visit);
    const Rect bar = cut_bottom(strip, ui.u(22), ui.u(ui.portrait() ? 10 : 4));
    progress(ui, bar, "progress", at.position, at.count, hue);
    icon_tile(ui, cut_left(strip, strip.h, ui.u(20)), issue != nullptr ? issue->icon : "person",
              hue);
    const TextSpec count = strip_text(32, Align::Right);
    const std::string position =
        view.str("question.position", {std::to_string(at.position), std::to_string(at.count)});
    const float width = ui.width_of(position, count) + ui.u(8);
    ui.text("position", cut_right(strip, std::min(width, strip.w * 0.45f), ui.u(16)), position,
            count);
    ui.text("section", strip,
            issue != nullptr ? view.say(issue->short_title) : view.str("question.about"),
            strip_text(36, Align::Left));
}

QuestionFrame frame_of(Ui& ui, const View& view, const Question& question, Rect body) {
    QuestionFrame frame;
    const float gap = ui.u(ui.portrait() ? 28 : 16);
    // How high the row is must not depend on the page, or pages would change as they turn.
    float row = 0;
    for (const bool offers_next : {false, true})
        for (const int page : {0, 1})
            row = std::max(
                row,
                lay_button_row(ui, leading_buttons(view, question, {page, 2, offers_next}), body.w)
                    .height);
    frame.row = cut_bottom(body, row, gap);
    frame.whole = body;
    frame.strip = cut_top(body, strip_height(ui), gap - ui.u(2));
    frame.body = body;
    return frame;
}

void draw_leading_row(Ui& ui, const View& view, const Question& question, Rect row, Turn place) {
    const auto buttons = leading_buttons(view, question, place);
    const auto index = cut_button_row(ui, row, buttons, 0);
    if (!index) return;
    const std::string& pressed = buttons[*index].id;
    if (pressed == "back") ui.wish(event::Back{});
    if (pressed == "refuse") ui.wish(event::Refuse{});
    if (pressed == "skip") ui.wish(event::Skip{});
    if (pressed == "next") ui.wish(event::Next{});
    if (pressed == "page-back") ui.wish(event::TurnPage{place.page - 1});
    if (pressed == "page-more") ui.wish(event::TurnPage{std::min(place.page + 1, place.pages - 1)});
}

void draw_question(Ui& ui, const View& view) {
    const Question* question = view.pack.survey.question(view.visit.question);
    if (question == nullptr) return;
    const Rect whole = draw_page(ui, view);
    if (question->type == QuestionType::FreeText)
        return draw_text_question(ui, view, *question, whole);
    const auto [strip, body, unused, row] = frame_of(ui, view, *question, whole);
    const QuestionPlan plan = plan_question(ui, view, *question, body);
    Turn place{0, plan.pages()};
    place.page = page_of(view, place.pages);
    place.offers_next = place.is_last();
    draw_strip(ui, view, strip);
    if (!plan.card_pages.empty())
        draw_apart(ui, view, *question, plan, body, place.page);
    else if (!has_answer_area(*question))
        draw_card(ui, view, *question, pieces_of(view, *question), body, plan.shape.scale);
    else if (plan.abreast)
        draw_abreast(ui, view, *question, plan, body);
    else
        draw_stacked(ui, view, *question, plan, body);
    draw_leading_row(ui, view, *question, row, place);
}

}  // namespace machikoe
