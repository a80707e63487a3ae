// Number: a display with one step down and up, and a pad of digits.
#include <algorithm>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr std::int64_t kMostTyped = 999'999'999;  // nine digits: more is a stuck finger

std::optional<std::int64_t> number_of(const Visit& visit, const Question& question) {
    const auto found = visit.answers.find(question.id);
    if (found == visit.answers.end()) return std::nullopt;
    const auto* number = std::get_if<std::int64_t>(&found->second.value);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

bool key(Ui& ui, const Rect& rect, const std::string& id, std::string_view words) {
    const TouchCard touched =
        touch_card(ui, rect, {id, Role::Button, without_ruby(words), "", rect}, 22);
    TextSpec label = label_text();
    label.size = words.size() == 1 ? 50 : 32;
    ui.text("", touched.content.inset(ui.u(6)), words, label);
    return touched.clicked;
}

void draw_value(Ui& ui, const View& view, const Question& question, Rect row) {
    const auto number = number_of(view.visit, question);
    const NumberBounds& bounds = *question.bounds;
    const auto step = [&](std::int64_t by) {
        const std::int64_t from = number ? *number : bounds.min - (by > 0 ? by : 0);
        ui.wish(event::SetNumber{std::clamp(from + by, bounds.min, bounds.max)});
    };
    const float side = row.h;
    const Rect minus = cut_left(row, side, ui.u(20)), plus = cut_right(row, side, ui.u(20));
    if (icon_button(ui, minus, "minus", "remove", view.str("number.less"))) step(-1);
    fill_rounded(ui.list(), row, ui.theme().surface, ui.u(28));
    stroke_rounded(ui.list(), row, ui.theme().outline, ui.u(28), ui.u(4));
    TextSpec value = title_text();
    value.size = 66;
    value.align = Align::Centre;
    value.valign = VAlign::Middle;
    const std::string shown =
        number ? std::to_string(*number) + " " + std::string(view.say(question.unit)) : "－";
    ui.text("value", row.inset(ui.u(10)), shown, value);
    if (icon_button(ui, plus, "plus", "add", view.str("number.more"))) step(1);
}

void draw_pad(Ui& ui, const View& view, const Question& question, const Rect& area) {
    const std::int64_t now = number_of(view.visit, question).value_or(0);
    const auto cells = grid(area, 12, 3, ui.u(14));
    const auto type = [&](int digit) {
        const std::int64_t longer = now * 10 + digit;
        if (longer <= kMostTyped) ui.wish(event::SetNumber{longer});
    };
    for (int digit = 1; digit <= 9; ++digit)
        if (key(ui, cells[static_cast<std::size_t>(digit - 1)], "digit:" + std::to_string(digit),
                std::to_string(digit)))
            type(digit);
    if (key(ui, cells[9], "clear", view.str("number.clear"))) ui.wish(event::SetNumber{});
    if (key(ui, cells[10], "digit:0", "0")) type(0);
    if (icon_button(ui, cells[11], "delete", "backspace", view.str("number.delete")))
        ui.wish(event::SetNumber{now >= 10 ? std::optional(now / 10) : std::nullopt});
}

}  // namespace

AnswerArea number_area(Ui& ui) {
    return {ui.u(620), ui.u(820)};
}

void draw_number(Ui& ui, const View& view, const Question& question, const Rect& area) {
    Rect rest = area;
    draw_value(ui, view, question, cut_top(rest, ui.u(124), ui.u(14)));
    // Always there, so that nothing jumps when it begins to matter.
    const NumberBounds& bounds = *question.bounds;
    const auto number = number_of(view.visit, question);
    const bool outside = number && (*number < bounds.min || *number > bounds.max);
    TextSpec range = body_text();
    range.size = 30;
    range.align = Align::Centre;
    range.valign = VAlign::Middle;
    range.weight = outside ? Weight::Bold : Weight::Regular;
    Rect line = cut_top(rest, ui.u(62), ui.u(12));
    if (question.offers_refusal) {
        const Rect link = cut_right(line, line.w * 0.34f, ui.u(12));
        if (button(ui, centred(link, link.w, ui.u(kTouch)), "refuse", view.str("question.refuse"),
                   {.look = ButtonLook::Link, .size = 30}))
            ui.wish(event::Refuse{});
    }
    ui.text("range", line,
            outside ? std::string(view.say(bounds.message))
                    : view.str("number.range",
                               {std::to_string(bounds.min), std::to_string(bounds.max)}),
            range);
    draw_pad(ui, view, question, rest);
}

}  // namespace machikoe
