// Review: everything that was answered, each line one touch away from being changed.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/question_parts.h"
#include "app/ui/screens/stack.h"

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

constexpr float kPad = 22, kRise = 12, kTile = 76, kPencil = 48, kBeside = 18;  // units

TextSpec asked_text(const Ui& ui) {
    TextSpec asked = body_text();
    asked.size = 27;
    asked.colour = ui.theme().ink_soft;
    asked.valign = VAlign::Middle;
    return asked;
}

TextSpec answered_text() {
    TextSpec answered = heading_text();
    answered.size = 34;
    answered.valign = VAlign::Middle;
    return answered;
}

/// What was asked and what was said, for a width.
struct Heights {
    float asked = 0, answered = 0;
    float sum() const { return asked + answered; }
};

/// What was written in full words is looked at where it was written; here is its beginning.
std::string shortened(const std::string& text) {
    constexpr std::size_t kMost = 48;  // letters
    std::size_t letters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
        if (begins && letters++ == kMost) return text.substr(0, i) + "…";
    }
    return text;
}

std::string said_of(const View& view, const Question& question) {
    const std::string said = words_of(view, question);
    return question.type == QuestionType::FreeText ? shortened(said) : said;
}

float words_width(const Ui& ui, float width) {
    return width - ui.u(2 * kPad + kTile + kPencil + 2 * kBeside);
}

Heights heights_of(Ui& ui, const View& view, const Line& line, float width, Ui::At at) {
    const float inner = words_width(ui, width);
    return {ui.measure(view.say(line.question->text), asked_text(ui), inner, at).height,
            ui.measure(said_of(view, *line.question), answered_text(), inner, at).height};
}

void draw_line(Ui& ui, const View& view, const Line& line, const Rect& rect) {
    const Question& question = *line.question;
    const std::string said = said_of(view, question);
    Node node{"edit:" + question.id, Role::Button, without_ruby(view.say(question.text)),
              without_ruby(said), rect};
    node.tells_answer = true;
    const TouchCard touched = touch_card(ui, rect, node, 24);
    Rect inside = inset_xy(touched.content, ui.u(kPad), ui.u(kRise));
    const Hue& hue =
        line.issue != nullptr ? hue_of(ui, view.pack, line.issue->id) : ui.theme().done;
    const float side = std::min(inside.h, ui.u(kTile));
    icon_tile(ui, centred(cut_left(inside, ui.u(kTile), ui.u(kBeside)), side, side),
              line.issue != nullptr ? line.issue->icon : "person", hue);
    const Rect pencil = cut_right(inside, ui.u(kPencil), ui.u(kBeside));
    ui.icon("edit", pencil.centre(), ui.u(42), ui.theme().ink);
    const Heights least = heights_of(ui, view, line, rect.w, Ui::At::Floor);
    const Heights full = heights_of(ui, view, line, rect.w, Ui::At::Full);
    const float between = full.sum() - least.sum();
    const float share =
        between > 0 ? std::clamp((inside.h - least.sum()) / between, 0.f, 1.f) : 1.f;
    const float spare = std::max(0.f, inside.h - full.sum());
    const float asked = least.asked + (full.asked - least.asked) * share + spare / 2;
    ui.text("", cut_top(inside, asked), view.say(question.text), asked_text(ui));
    ui.text("", inside, said, answered_text());
    if (touched.clicked) ui.wish(event::EditQuestion{question.id});
}

/// One row of the review: a line, or two side by side.
Block block_of(Ui& ui, const View& view, const std::vector<Line>& row, std::size_t columns,
               float width) {
    const float gap = ui.u(16);
    const auto cells = grid({0, 0, width, 1}, columns, columns, gap);
    Block block;
    for (const Line& line : row) {
        const auto height = [&](Ui::At at) {
            return heights_of(ui, view, line, cells.front().w, at).sum() + ui.u(2 * kRise);
        };
        block.least = std::max({block.least, height(Ui::At::Floor), ui.touch()});
        block.wanted = std::max({block.wanted, height(Ui::At::Full), ui.u(150)});
    }
    block.draw = [&ui, &view, row, columns, gap](const Rect& rect) {
        const auto places = grid(rect, columns, columns, gap);
        for (std::size_t i = 0; i < row.size(); ++i) draw_line(ui, view, row[i], places[i]);
    };
    return block;
}

}  // namespace

void draw_review(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    const std::vector<RowButton> buttons = {
        {"back",
         std::string(view.str("back")),
         {.icon_before = "arrow_back", .size = 36},
         0.3f,
         true},
        {"submit",
         std::string(view.str("review.submit")),
         {.look = ButtonLook::Primary, .icon_after = "send", .size = 44},
         0.7f,
         false}};
    const auto pressed = cut_button_row(ui, body, buttons, ui.u(ui.portrait() ? 26 : 16));
    if (pressed && buttons[*pressed].id == "back") ui.wish(event::Back{});
    if (pressed && buttons[*pressed].id == "submit") ui.wish(event::Submit{});

    const std::size_t columns =
        !ui.portrait() && ui.settings().text_size <= TextSize::Standard ? 2 : 1;
    std::vector<Block> blocks;
    const std::vector<Line> lines = lines_of(view);
    for (std::size_t i = 0; i < lines.size(); i += columns) {
        std::vector<Line> row = {lines[i]};
        if (columns == 2 && i + 1 < lines.size()) row.push_back(lines[i + 1]);
        blocks.push_back(block_of(ui, view, row, columns, body.w));
    }
    draw_stack(ui, view, body, blocks,
               {.gap = 16,
                .stretch = 40,
                .title = view.str("review.title"),
                .title_height = ui.portrait() ? 130.f : 90.f});
}

}  // namespace machikoe
