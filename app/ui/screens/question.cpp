// Question: one question, its answer area by type, and the row that leads on and back.
#include <algorithm>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

bool is_side_by_side(const Question& question) {
    return question.type == QuestionType::Scale;
}

bool has_answer_area(const Question& question) {
    return question.type != QuestionType::Note;
}

AnswerArea area_of(Ui& ui, const View& view, const Question& question, const Rect& room) {
    switch (question.type) {
        case QuestionType::Number:
            return number_area(ui);
        case QuestionType::FreeText:
            return keyboard_area(ui);
        case QuestionType::Note:
            return {};
        default:
            return options_area(ui, view, question, room);
    }
}

void draw_answers(Ui& ui, const View& view, const Question& question, const Rect& area) {
    switch (question.type) {
        case QuestionType::Number:
            return draw_number(ui, view, question, area);
        case QuestionType::FreeText:
            return draw_free_text(ui, view, question, area);
        case QuestionType::Note:
            return;
        default:
            return draw_options(ui, view, question, area);
    }
}

/// Where in the survey this is: the issue, and how far along.
void draw_strip(Ui& ui, const View& view, Rect strip) {
    const Issue* issue = view.pack.plan.issue(view.visit.section);
    const Hue& hue = issue != nullptr ? hue_of(ui, view.pack, issue->id) : ui.theme().done;
    const Progress at = progress_of(view.pack, view.place, view.visit);
    const Rect bar = cut_bottom(strip, ui.u(22), ui.u(10));
    progress(ui, bar, "progress", at.position, at.count, hue);
    icon_tile(ui, cut_left(strip, strip.h, ui.u(20)), issue != nullptr ? issue->icon : "person",
              hue);
    TextSpec count = label_text();
    count.size = 32;
    count.align = Align::Right;
    const std::string position =
        view.str("question.position", {std::to_string(at.position), std::to_string(at.count)});
    const float width = std::min(ui.width_of(position, count) + ui.u(8), strip.w * 0.4f);
    ui.text("position", cut_right(strip, width, ui.u(16)), position, count);
    TextSpec title = heading_text();
    title.size = 36;
    title.min = 24;
    title.valign = VAlign::Middle;
    ui.text("section", strip,
            issue != nullptr ? view.say(issue->short_title) : view.str("question.about"), title);
}

TextSpec question_text() {
    TextSpec spec = title_text();
    spec.size = 58;
    spec.min = 30;
    spec.valign = VAlign::Middle;
    return spec;
}

std::string hint_of(const View& view, const Question& question) {
    if (question.type == QuestionType::Multiple) return std::string(view.str("question.any"));
    if (question.type == QuestionType::Ranking)
        return view.str("question.rank", {std::to_string(question.rank_count)});
    return "";
}

TextSpec hint_text(const Ui& ui) {
    TextSpec spec = body_text();
    spec.size = 30;
    spec.min = 24;
    spec.valign = VAlign::Middle;
    spec.colour = ui.theme().ink_soft;
    return spec;
}

std::vector<const GlossaryEntry*> hard_words(const View& view, const Question& question) {
    std::vector<const GlossaryEntry*> words;
    for (const std::string& id : question.glossary)
        for (const GlossaryEntry& entry : view.pack.plan.glossary)
            if (entry.id == id) words.push_back(&entry);
    return words;
}

constexpr float kPad = 36;  // units, inside the card
constexpr TextSpec kNote{.size = 31, .min = 24, .valign = VAlign::Middle};

/// Heights in px of what stands below the question's words.
struct Below {
    float note = 0, words = 0, hint = 0;
    float sum(float gap) const {
        return (note > 0 ? note + gap : 0) + (words > 0 ? words + gap : 0) +
               (hint > 0 ? hint + gap : 0);
    }
};

Below below_of(Ui& ui, const View& view, const Question& question, float width) {
    Below below;
    if (!question.note.empty())
        below.note = info_box_height(ui, view.say(question.note), width, kNote);
    if (!hard_words(view, question).empty()) below.words = ui.u(kTouch);
    const std::string hint = hint_of(view, question);
    if (!hint.empty()) below.hint = ui.height_of(hint, hint_text(ui), width);
    return below;
}

float card_height(Ui& ui, const View& view, const Question& question, float width) {
    const float inner = width - ui.u(2 * kPad);
    return ui.height_of(view.say(question.text), question_text(), inner) + ui.u(2 * kPad) +
           below_of(ui, view, question, inner).sum(ui.u(22));
}

/// Each opens its explanation over the question; the answer stays.
void draw_hard_words(Ui& ui, const View& view, const Question& question, Rect row) {
    const auto entries = hard_words(view, question);
    const float gap = ui.u(14);
    const float share = (row.w + gap) / static_cast<float>(entries.size()) - gap;
    for (const GlossaryEntry* entry : entries) {
        const ButtonSpec look{.icon_before = "help_outline", .size = 29};
        const float width = std::min(share, button_width(ui, view.say(entry->label), look));
        if (button(ui, cut_left(row, width, gap), "word:" + entry->id, view.say(entry->label),
                   look))
            ui.wish(event::ShowWord{entry->id});
    }
}

void draw_card(Ui& ui, const View& view, const Question& question, const Rect& rect) {
    card(ui, rect, 36);
    Rect inside = rect.inset(ui.u(kPad));
    const float gap = ui.u(22);
    const Below below = below_of(ui, view, question, inside.w);
    const Rect words_row = below.words > 0 ? cut_bottom(inside, below.words, gap) : Rect{};
    const Rect note =
        below.note > 0 ? cut_bottom(inside, std::min(below.note, inside.h * 0.5f), gap) : Rect{};
    const std::string hint = hint_of(view, question);
    const Rect hint_row = below.hint > 0 ? cut_bottom(inside, below.hint, gap) : Rect{};
    ui.text("question", inside, view.say(question.text), question_text());
    if (below.hint > 0) ui.text("hint", hint_row, hint, hint_text(ui));
    if (below.note > 0) info_box(ui, note, "note", view.say(question.note), kNote);
    if (below.words > 0) draw_hard_words(ui, view, question, words_row);
}

void draw_leading_row(Ui& ui, const View& view, const Question& question, Rect row) {
    const ButtonSpec back{.icon_before = "arrow_back", .size = 36};
    if (button(ui, cut_left(row, row.w * 0.26f, ui.u(16)), "back", view.str("back"), back))
        ui.wish(event::Back{});
    const bool answers = has_answer_area(question);
    const bool ready =
        may_go_on(view.pack, view.visit) && (!answers || is_answered(view.visit, question));
    const ButtonSpec next{
        .look = ButtonLook::Primary, .icon_after = "arrow_forward", .enabled = ready, .size = 44};
    if (button(ui, cut_right(row, row.w * 0.48f, ui.u(16)), "next", view.str("next"), next))
        ui.wish(event::Next{});
    if (!answers || question.required) return;
    if (button(ui, row, "skip", view.str("question.skip"), {.look = ButtonLook::Link, .size = 32}))
        ui.wish(event::Skip{});
}

/// The card above, the answers below; both get what they need before either gets more.
void draw_stacked(Ui& ui, const View& view, const Question& question, Rect body) {
    const float gap = ui.u(28);
    const AnswerArea area = area_of(ui, view, question, body);
    const float wanted = card_height(ui, view, question, body.w);
    const float room = body.h - gap;
    const float answers = std::clamp(room - wanted, std::min(area.least, room * 0.72f),
                                     std::min(area.most, room * 0.72f));
    draw_card(ui, view, question, cut_top(body, room - answers, gap));
    draw_answers(ui, view, question, body);
}

void draw_abreast(Ui& ui, const View& view, const Question& question, Rect body) {
    const Rect left = cut_left(body, body.w * 0.44f, ui.u(32));
    draw_card(ui, view, question, left);
    const AnswerArea area = area_of(ui, view, question, body);
    draw_answers(ui, view, question, centred(body, body.w, std::min(body.h, area.most)));
}

}  // namespace

void draw_question(Ui& ui, const View& view) {
    const Question* question = view.pack.survey.question(view.visit.question);
    if (question == nullptr) return;
    Rect body = draw_page(ui, view);
    const Rect row = cut_bottom(body, ui.u(kBottomButton), ui.u(28));
    draw_strip(ui, view, cut_top(body, ui.u(98), ui.u(26)));
    if (!has_answer_area(*question))
        draw_card(ui, view, *question, body);
    else if (ui.portrait() || is_side_by_side(*question))
        draw_stacked(ui, view, *question, body);
    else
        draw_abreast(ui, view, *question, body);
    draw_leading_row(ui, view, *question, row);
}

}  // namespace machikoe
