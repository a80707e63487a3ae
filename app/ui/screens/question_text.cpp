// Free text: what was written, and a board to write with: the fifty sounds for Japanese,
// letters for everybody.  Conversion to kanji is not here; kana are an answer too.
#include <algorithm>

#include "app/ui/screens/kana.h"
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr float kKeyGap = 8;  // units
constexpr std::size_t kAcross = 10, kRows = 6;

const std::string& text_of(const Visit& visit, const Question& question) {
    static const std::string kNothing;
    const auto found = visit.answers.find(question.id);
    const auto* text =
        found == visit.answers.end() ? nullptr : std::get_if<std::string>(&found->second.value);
    return text == nullptr ? kNothing : *text;
}

TextSpec key_text(float size) {
    TextSpec label = label_text();
    label.size = size;
    return label;
}

bool key(Ui& ui, const Rect& rect, std::string_view words, std::string_view id, float size = 40) {
    const TouchCard touched = touch_card(
        ui, rect, {"key:" + std::string(id), Role::Key, without_ruby(words), "", rect}, 16);
    ui.text("", touched.content.inset(ui.u(2)), words, key_text(size));
    return touched.clicked;
}

/// A key whose words would be too long in some language: a picture.
bool icon_key(Ui& ui, const Rect& rect, std::string_view icon, std::string_view name,
              std::string_view id) {
    const TouchCard touched = touch_card(
        ui, rect, {"key:" + std::string(id), Role::Key, without_ruby(name), "", rect}, 16);
    ui.icon(icon, touched.content.centre(), ui.u(46), ui.theme().ink);
    return touched.clicked;
}

TextSpec written_text() {
    TextSpec written = body_text();
    written.size = 36;
    written.valign = VAlign::Middle;
    return written;
}

/// The end of the text, as much as has room: what is being written is there.
std::string end_of(Ui& ui, const std::string& text, const Rect& box) {
    std::string_view rest = text;
    while (!ui.fits(rest.size() == text.size() ? text : "…" + std::string(rest), written_text(),
                    box.w, box.h)) {
        std::size_t next = 1;
        while (next < rest.size() && (static_cast<unsigned char>(rest[next]) & 0xC0) == 0x80)
            ++next;
        if (next >= rest.size()) break;
        rest.remove_prefix(next);
    }
    return rest.size() == text.size() ? text : "…" + std::string(rest);
}

void draw_written(Ui& ui, const View& view, const Question& question, Rect area) {
    fill_rounded(ui.list(), area, ui.theme().surface, ui.u(26));
    stroke_rounded(ui.list(), area, ui.theme().outline, ui.u(26), ui.u(4));
    Rect inside = inset_xy(area, ui.u(24), ui.u(6));
    const std::string& text = text_of(view.visit, question);
    const std::string most = std::to_string(question.max_length);
    TextSpec count = label_text();
    count.size = 28;
    count.align = Align::Right;
    const float width = ui.measure(most + " / " + most, count, 0).width + ui.u(6);
    ui.text("count", cut_right(inside, width, ui.u(12)),
            std::to_string(letters_in(text)) + " / " + most, count);
    TextSpec written = written_text();
    if (!text.empty()) {
        // Typed text is never mark-up: a brace is a brace.
        ui.text("written", inside, end_of(ui, text, inside), written);
        return;
    }
    written.colour = ui.theme().ink_soft;
    const std::string_view invitation = view.str("text.empty");
    if (ui.fits(invitation, written, inside.w, inside.h))
        ui.text("written", inside, invitation, written);
    else
        ui.icon("edit", {inside.x + ui.u(24), inside.centre().y}, ui.u(44), ui.theme().ink_soft);
}

struct Board {
    int page = 0;  // the one of the resident's language; the other is on the next
    bool kana = false;
};

void draw_function_keys(Ui& ui, const View& view, const Question& question, Rect row,
                        const Board& board) {
    const std::string& text = text_of(view.visit, question);
    const float gap = ui.u(kKeyGap), tenth = (row.w + gap) / kAcross;
    const auto take = [&](float keys) { return cut_left(row, tenth * keys - gap, gap); };
    if (key(ui, take(2), view.str(board.kana ? "text.letters" : "text.kana"), "board", 30))
        ui.wish(event::TurnPage{view.visit.page > board.page ? board.page : board.page + 1});
    if (board.kana) {
        if (key(ui, take(2), "゛゜小", "turn", 32)) ui.wish(event::SetText{with_last_turned(text)});
    } else if (key(ui, take(1), ",", "comma")) {
        ui.wish(event::SetText{text + ","});
    }
    const std::string_view stop = board.kana ? "。" : ".";
    if (key(ui, take(1), stop, "stop")) ui.wish(event::SetText{text + std::string(stop)});
    if (icon_key(ui, take(board.kana ? 2.f : 3.f), "space_bar", view.str("text.space"), "space") &&
        !text.empty())
        ui.wish(event::SetText{text + (board.kana ? "　" : " ")});
    if (icon_key(ui, row, "backspace", view.str("number.delete"), "delete"))
        ui.wish(event::SetText{without_last(text)});
}

float written_height(Ui& ui, float scale) {
    const float line =
        ui.measure("あ", written_text(), 0, scale > 0 ? Ui::At::Full : Ui::At::Floor).height;
    return scale < 1 ? line + ui.u(14) : std::max(2 * line + ui.u(14), ui.u(120));
}

}  // namespace

float keyboard_height(Ui& ui, float width, float scale) {
    const float gap = ui.u(kKeyGap);
    const float across = (width + gap) / kAcross - gap;
    if (across < ui.touch()) return kNever;
    const float line = ui.measure("あ", key_text(0), 0, Ui::At::Floor).height + ui.u(4);
    const float key = std::max({ui.touch(), line, scale < 1 ? 0 : ui.u(90)});
    return kRows * (key + gap) - gap + ui.u(scale < 1 ? 10 : 20) + written_height(ui, scale);
}

void draw_free_text(Ui& ui, const View& view, const Question& question, const Rect& area,
                    int board_page) {
    const Board board{board_page, is_japanese(view.language()) == (view.visit.page <= board_page)};
    Rect rest = area;
    const float gap = ui.u(kKeyGap);
    const float least = kRows * (ui.touch() + gap) - gap;
    const float space = area.h - written_height(ui, 0) - ui.u(10);
    const float keys_height = std::clamp(space * 0.86f, least, std::max(least, ui.u(620)));
    Rect keys = cut_bottom(rest, std::min(keys_height, space), ui.u(10));
    draw_written(ui, view, question, rest);
    const float height = (keys.h - 5 * gap) / kRows;
    const std::string& text = text_of(view.visit, question);
    const bool full = letters_in(text) >= question.max_length;
    for (const KeyRow& letters : board.kana ? kKanaKeys : kLetterKeys) {
        const auto cells = grid(cut_top(keys, height, gap), kAcross, kAcross, gap);
        for (std::size_t i = 0; i < letters.size(); ++i)
            if (key(ui, cells[i], letters[i], letters[i]) && !full)
                ui.wish(event::SetText{text + std::string(letters[i])});
    }
    draw_function_keys(ui, view, question, keys, board);
}

}  // namespace machikoe
