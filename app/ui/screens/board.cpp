#include "app/ui/screens/board.h"

#include <array>

#include "app/ui/screens/kana.h"

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

bool key(Ui& ui, const Rect& rect, std::string_view words, std::string_view id, float size = 40) {
    const TouchCard touched = touch_card(
        ui, rect, {"key:" + std::string(id), Role::Key, without_ruby(words), "", rect}, 16);
    TextSpec label = label_text();
    label.size = size;
    ui.text("", touched.content.inset(ui.u(4)), words, label);
    return touched.clicked;
}

void draw_function_keys(Ui& ui, const View& view, const BoardSpec& spec, Rect row,
                        BoardWish& wish) {
    const std::string& text = spec.text;
    const float gap = ui.u(kKeyGap), tenth = (row.w + gap) / 10;
    const auto take = [&](float keys) { return cut_left(row, tenth * keys - gap, gap); };
    if (key(ui, take(2), view.str(spec.kana ? "text.letters" : "text.kana"), "board", 30))
        wish.other_board = true;
    if (spec.kana) {
        if (key(ui, take(2), "゛゜小", "turn", 32)) wish.text = with_last_turned(text);
    } else if (key(ui, take(1), ",", "comma")) {
        wish.text = text + ",";
    }
    const std::string_view stop = spec.kana ? "。" : ".";
    if (key(ui, take(1), stop, "stop")) wish.text = text + std::string(stop);
    if (key(ui, take(spec.kana ? 2.f : 3.f), view.str("text.space"), "space", 30) && !text.empty())
        wish.text = text + (spec.kana ? "　" : " ");
    if (key(ui, row, view.str("number.delete"), "delete", 32)) wish.text = without_last(text);
}

}  // namespace

float board_height(Ui& ui) {
    return ui.u(6 * kKey + 5 * kKeyGap);
}

BoardWish draw_board(Ui& ui, const View& view, Rect keys, const BoardSpec& spec) {
    BoardWish wish;
    const float gap = ui.u(kKeyGap), height = (keys.h - 5 * gap) / 6;
    const bool full = letters_in(spec.text) >= spec.most_letters;
    for (const Row& letters : spec.kana ? kKana : kLetters) {
        const auto cells = grid(cut_top(keys, height, gap), letters.size(), letters.size(), gap);
        for (std::size_t i = 0; i < letters.size(); ++i)
            if (key(ui, cells[i], letters[i], letters[i]) && !full)
                wish.text = spec.text + std::string(letters[i]);
    }
    draw_function_keys(ui, view, spec, keys, wish);
    return wish;
}

}  // namespace machikoe
