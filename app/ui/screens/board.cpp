#include "app/ui/screens/board.h"

#include "app/plan/text_rules.h"
#include "app/ui/screens/kana.h"

namespace machikoe {
namespace {

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
    for (const KeyRow& letters : spec.kana ? kKanaKeys : kLetterKeys) {
        const auto cells = grid(cut_top(keys, height, gap), letters.size(), letters.size(), gap);
        for (std::size_t i = 0; i < letters.size(); ++i)
            if (key(ui, cells[i], letters[i], letters[i]) && !full)
                wish.text = spec.text + std::string(letters[i]);
    }
    draw_function_keys(ui, view, spec, keys, wish);
    return wish;
}

}  // namespace machikoe
