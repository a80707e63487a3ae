// Free text: what was written, and a board to write with: the fifty sounds for Japanese,
// letters for everybody.  Conversion to kanji is not here; kana are an answer too.
#include <algorithm>
#include <array>

#include "app/ui/screens/kana.h"
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

using Row = std::array<std::string_view, 10>;

// The fifty sounds as they are learnt, column by column from the left; "" is a gap.
constexpr std::array<Row, 5> kKana = {
    Row{"あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ"},
    Row{"い", "き", "し", "ち", "に", "ひ", "み", "「", "り", "を"},
    Row{"う", "く", "す", "つ", "ぬ", "ふ", "む", "ゆ", "る", "ん"},
    Row{"え", "け", "せ", "て", "ね", "へ", "め", "」", "れ", "ー"},
    Row{"お", "こ", "そ", "と", "の", "ほ", "も", "よ", "ろ", "、"}};
constexpr std::array<Row, 5> kLetters = {Row{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"},
                                         Row{"q", "w", "e", "r", "t", "y", "u", "i", "o", "p"},
                                         Row{"a", "s", "d", "f", "g", "h", "j", "k", "l", "'"},
                                         Row{"z", "x", "c", "v", "b", "n", "m", "-", "!", "?"},
                                         Row{"A", "E", "I", "N", "O", "S", "T", "W", "Y", ":"}};

constexpr float kKey = 90;  // units: height of a key
constexpr float kKeyGap = 8;

const std::string& text_of(const Visit& visit, const Question& question) {
    static const std::string kNothing;
    const auto found = visit.answers.find(question.id);
    const auto* text =
        found == visit.answers.end() ? nullptr : std::get_if<std::string>(&found->second.value);
    return text == nullptr ? kNothing : *text;
}

bool key(Ui& ui, const Rect& rect, std::string_view words, std::string_view id, float size = 40) {
    const TouchCard touched = touch_card(
        ui, rect, {"key:" + std::string(id), Role::Button, without_ruby(words), "", rect}, 16);
    TextSpec label = label_text();
    label.size = size;
    label.min = 20;
    ui.text("", touched.content.inset(ui.u(4)), words, label);
    return touched.clicked;
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

void draw_function_keys(Ui& ui, const View& view, const Question& question, Rect row) {
    const std::string& text = text_of(view.visit, question);
    const bool kana = shows_kana(view);
    const float gap = ui.u(kKeyGap), tenth = (row.w + gap) / 10;
    const auto take = [&](float keys) { return cut_left(row, tenth * keys - gap, gap); };
    if (key(ui, take(2), view.str(kana ? "text.letters" : "text.kana"), "board", 30))
        ui.wish(event::TurnPage{view.visit.page + 1});
    if (kana) {
        if (key(ui, take(2), "゛゜小", "turn", 32)) ui.wish(event::SetText{with_last_turned(text)});
    } else if (key(ui, take(1), ",", "comma")) {
        ui.wish(event::SetText{text + ","});
    }
    const std::string_view stop = kana ? "。" : ".";
    if (key(ui, take(1), stop, "stop")) ui.wish(event::SetText{text + std::string(stop)});
    if (key(ui, take(kana ? 2.f : 3.f), view.str("text.space"), "space", 30) && !text.empty())
        ui.wish(event::SetText{text + (kana ? "　" : " ")});
    if (key(ui, row, view.str("number.delete"), "delete", 32))
        ui.wish(event::SetText{without_last(text)});
}

}  // namespace

AnswerArea keyboard_area(Ui& ui) {
    const float board = 6 * kKey + 5 * kKeyGap;
    return {ui.u(board + 20 + 120), ui.u(board + 20 + 220)};
}

void draw_free_text(Ui& ui, const View& view, const Question& question, const Rect& area) {
    Rect rest = area;
    const float gap = ui.u(kKeyGap);
    const float board = std::min(ui.u(6 * kKey + 5 * kKeyGap), rest.h * 0.82f);
    Rect keys = cut_bottom(rest, board, ui.u(20));
    draw_written(ui, view, question, rest);
    const float height = (keys.h - 5 * gap) / 6;
    const std::string& text = text_of(view.visit, question);
    const bool full = letters_in(text) >= question.max_length;
    for (const Row& letters : shows_kana(view) ? kKana : kLetters) {
        const auto cells = grid(cut_top(keys, height, gap), letters.size(), letters.size(), gap);
        for (std::size_t i = 0; i < letters.size(); ++i)
            if (key(ui, cells[i], letters[i], letters[i]) && !full)
                ui.wish(event::SetText{text + std::string(letters[i])});
    }
    draw_function_keys(ui, view, question, keys);
}

}  // namespace machikoe
