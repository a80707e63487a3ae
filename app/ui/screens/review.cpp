// Review: everything that was answered, each line one touch away from being changed.
#include <algorithm>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

struct Line {
    const Question* question;
    const Issue* issue;  // nullptr: about you
};

/// The questions of the sections in which something was said, in the order asked.
std::vector<Line> lines_of(const View& view) {
    std::vector<Line> lines;
    const auto add = [&](std::string_view section, const Issue* issue) {
        const auto asked = asked_questions(view.pack.survey, section, view.visit.answers,
                                           form_of(view.place, view.visit));
        const bool said = std::any_of(asked.begin(), asked.end(), [&](const Question* question) {
            return view.visit.answers.contains(question->id);
        });
        for (const Question* question : asked)
            if (said && question->type != QuestionType::Note) lines.push_back({question, issue});
    };
    for (const Issue& issue : view.pack.plan.issues)
        if (view.visit.issues_opened.contains(issue.id)) add(issue.id, &issue);
    add(kAboutSection, nullptr);
    return lines;
}

void draw_line(Ui& ui, const View& view, const Line& line, const Rect& rect) {
    const Question& question = *line.question;
    const std::string said = words_of(view, question);
    const TouchCard touched =
        touch_card(ui, rect,
                   {"edit:" + question.id, Role::Button, without_ruby(view.say(question.text)),
                    without_ruby(said), rect},
                   24);
    Rect inside = inset_xy(touched.content, ui.u(22), ui.u(12));
    const Hue& hue =
        line.issue != nullptr ? hue_of(ui, view.pack, line.issue->id) : ui.theme().done;
    const float side = std::min(inside.h, ui.u(76));
    icon_tile(ui, centred(cut_left(inside, side, ui.u(22)), side, side),
              line.issue != nullptr ? line.issue->icon : "person", hue);
    const Rect pencil = cut_right(inside, ui.u(56), ui.u(16));
    ui.icon("edit", pencil.centre(), ui.u(42), ui.theme().ink);
    TextSpec asked = body_text();
    asked.size = 27;
    asked.min = 20;
    asked.colour = ui.theme().ink_soft;
    asked.valign = VAlign::Bottom;
    ui.text("", cut_top(inside, inside.h * 0.5f, ui.u(2)), view.say(question.text), asked);
    TextSpec answered = heading_text();
    answered.size = 34;
    answered.min = 20;
    ui.text("", inside, said, answered);
    if (touched.clicked) ui.wish(event::EditQuestion{question.id});
}

void draw_bottom(Ui& ui, const View& view, Rect row) {
    if (button(ui, cut_left(row, row.w * 0.3f, ui.u(20)), "back", view.str("back"),
               {.icon_before = "arrow_back", .size = 36}))
        ui.wish(event::Back{});
    if (button(ui, row, "submit", view.str("review.submit"),
               {.look = ButtonLook::Primary, .icon_after = "send", .size = 44}))
        ui.wish(event::Submit{});
}

}  // namespace

void draw_review(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    const Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(26));
    body = draw_title(ui, body, "title", view.str("review.title"), ui.portrait() ? 130 : 100);
    const std::vector<Line> lines = lines_of(view);
    const std::size_t columns = ui.portrait() ? 1 : 2;
    const float gap = ui.u(16);
    const float height = ui.u(190) * std::min(1.2f, text_scale_of(ui.settings().text_size));
    const auto rows_in = [&](float room) {
        return std::max<std::size_t>(1, static_cast<std::size_t>((room + gap) / (height + gap)));
    };
    std::size_t each = rows_in(body.h) * columns;
    if (lines.size() > each) {
        const Rect pager = cut_bottom(body, ui.u(kTouch), ui.u(20));
        each = rows_in(body.h) * columns;
        draw_pager(ui, view, pager, static_cast<int>((lines.size() + each - 1) / each));
    }
    const int pages = static_cast<int>((std::max<std::size_t>(lines.size(), 1) + each - 1) / each);
    const std::size_t from = static_cast<std::size_t>(page_of(view, pages)) * each;
    const std::size_t count = std::min(each, lines.size() - std::min(from, lines.size()));
    const std::size_t rows = each / columns;
    const Rect used{body.x, body.y, body.w, static_cast<float>(rows) * (height + gap) - gap};
    const auto cells = grid(used, each, columns, gap);
    for (std::size_t i = 0; i < count; ++i) draw_line(ui, view, lines[from + i], cells[i]);
    draw_bottom(ui, view, bottom);
}

}  // namespace machikoe
