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

constexpr float kGap = 14;  // units

TextSpec key_text(std::string_view words) {
    TextSpec label = label_text();
    label.size = words.size() == 1 ? 50 : 32;
    return label;
}

bool key(Ui& ui, const Rect& rect, const std::string& id, std::string_view words) {
    const TouchCard touched =
        touch_card(ui, rect, {id, Role::Key, without_ruby(words), "", rect}, 22);
    ui.text("", touched.content.inset(ui.u(4)), words, key_text(words));
    return touched.clicked;
}

TextSpec value_text(float scale) {
    TextSpec value = title_text();
    value.size = 66 * scale;
    value.align = Align::Centre;
    value.valign = VAlign::Middle;
    return value;
}

/// As the answer reads: "3 日"; a dash before one was given.
std::string shown_value(const View& view, const Question& question,
                        std::optional<std::int64_t> number) {
    return number ? std::to_string(*number) + " " + std::string(view.say(question.unit)) : "－";
}

float value_height(Ui& ui, const View& view, const Question& question, float scale) {
    const std::string longest = shown_value(view, question, question.bounds->max);
    const Ui::At at = scale > 0 ? Ui::At::Full : Ui::At::Floor;
    const float words = ui.measure(longest, value_text(scale), 0, at).height + ui.u(8);
    return std::max(words, ui.touch());
}

float key_height(Ui& ui, float scale) {
    const Ui::At at = scale > 0 ? Ui::At::Full : Ui::At::Floor;
    return std::max(ui.measure("0", key_text("0"), 0, at).height + ui.u(8), ui.touch());
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
    ui.text("", row.inset(ui.u(3)), shown_value(view, question, number), value_text(1));
    Node value{"value", Role::Text,
               number ? without_ruby(shown_value(view, question, number))
                      : without_ruby(view.str("review.skipped")),
               "", row};
    value.tells_answer = true;
    ui.describe(std::move(value));
    if (icon_button(ui, plus, "plus", "add", view.str("number.more"))) step(1);
}

void draw_pad(Ui& ui, const View& view, const Question& question, const Rect& area) {
    const std::int64_t now = number_of(view.visit, question).value_or(0);
    const auto cells = grid(area, 12, 3, ui.u(kGap));
    const auto type = [&](int digit) {
        const std::int64_t longer = now * 10 + digit;
        if (longer <= kMostTyped) ui.wish(event::SetNumber{longer});
    };
    for (int digit = 1; digit <= 9; ++digit)
        if (key(ui, cells[static_cast<std::size_t>(digit - 1)], "digit:" + std::to_string(digit),
                std::to_string(digit)))
            type(digit);
    // "Clear all" is a long word in some languages, and a key is no larger for it.
    const std::string_view clear = view.str("number.clear");
    const Rect words = cells[9].inset(ui.u(4));
    const bool pressed =
        ui.fits(clear, key_text(clear), words.w, words.h)
            ? key(ui, cells[9], "clear", clear)
            : icon_button(ui, cells[9], "clear", "close", clear, "", true, Role::Key);
    if (pressed) ui.wish(event::SetNumber{});
    if (key(ui, cells[10], "digit:0", "0")) type(0);
    if (icon_button(ui, cells[11], "delete", "backspace", view.str("number.delete"), "", true,
                    Role::Key))
        ui.wish(event::SetNumber{now >= 10 ? std::optional(now / 10) : std::nullopt});
}

}  // namespace

std::string range_of(const View& view, const Question& question) {
    const NumberBounds& bounds = *question.bounds;
    const auto number = number_of(view.visit, question);
    const bool outside = number && (*number < bounds.min || *number > bounds.max);
    if (outside) return std::string(view.say(bounds.message));
    return view.str("number.range", {std::to_string(bounds.min), std::to_string(bounds.max)});
}

float number_height(Ui& ui, const View& view, const Question& question, float scale) {
    const float gap = ui.u(kGap);
    const float least = 4 * (key_height(ui, scale) + gap) + value_height(ui, view, question, scale);
    // With full-size words keys of a finger's least size would look lost.
    return scale < 1 ? least : std::max(least, ui.u(620));
}

void draw_number(Ui& ui, const View& view, const Question& question, const Rect& area) {
    Rect rest = area;
    const float least = value_height(ui, view, question, 0);
    const float pad = 4 * (key_height(ui, 0) + ui.u(kGap));
    const float value = std::min(area.h * 0.17f, area.h - pad);
    draw_value(ui, view, question, cut_top(rest, std::max(least, value), ui.u(kGap)));
    draw_pad(ui, view, question, rest);
}

}  // namespace machikoe
