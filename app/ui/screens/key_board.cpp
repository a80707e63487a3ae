#include "app/ui/screens/key_board.h"

#include <algorithm>
#include <cmath>

#include "app/plan/text_rules.h"
#include "app/ui/screens/key_places.h"

namespace machikoe {
namespace {

constexpr float kKeyGap = 8;  // units
constexpr float kMostKey = 108;
constexpr float kCorner = 16;

bool is_wide(const Ui& ui, float width) {
    return width >= wide_board_width(ui);
}

Language language_of(const View& view, BoardKind kind) {
    switch (kind) {
        case BoardKind::Kana:
            return is_japanese(view.language()) ? view.language() : Language::Ja;
        case BoardKind::Hangul:
            return Language::Ko;
        case BoardKind::Vietnamese:
            return Language::Vi;
        case BoardKind::Pinyin:
            return Language::ZhHans;
        case BoardKind::PinyinTraditional:
            return Language::ZhHant;
        case BoardKind::Latin:
            break;
    }
    return view.language();
}

std::string_view icon_of(KeyAction action) {
    switch (action) {
        case KeyAction::Space:
            return "space_bar";
        case KeyAction::Delete:
            return "backspace";
        case KeyAction::Convert:
            return "autorenew";
        case KeyAction::NextPart:
            return "redo";
        case KeyAction::Commit:
            return "check";
        case KeyAction::Shift:
            return "keyboard_capslock";
        case KeyAction::Signs:
            return "dialpad";
        default:
            return "";
    }
}

/// Can it do anything now?  Letters always: what has no room is said above.
bool is_of_use(const WritingView& now, const Key& key) {
    switch (key.action) {
        case KeyAction::Convert:
            return !now.preedit.empty() && now.conversion == Conversion::Ready;
        case KeyAction::NextPart:
            return now.preedit.converted && now.preedit.parts.size() > 1;
        case KeyAction::Commit:
            return !now.preedit.empty();
        case KeyAction::Delete:
            return now.letters > 0;
        default:
            return true;
    }
}

/// The card of a key; one that does nothing now has no body.
TouchCard key_card(Ui& ui, const Rect& rect, Node node) {
    if (node.enabled) return touch_card(ui, rect, std::move(node), kCorner);
    ui.press(std::move(node));
    stroke_rounded(ui.list(), rect, ui.theme().hairline, ui.u(kCorner), ui.u(2));
    return {false, rect};
}

TextSpec key_text(float size) {
    TextSpec label = label_text();
    label.size = size;
    return label;
}

void draw_key(Ui& ui, const WritingView& now, const Key& key, const Rect& rect, Language language) {
    const bool is_on = key.action == KeyAction::Shift && now.board->layer == Layer::Shifted;
    Node node{"key:" + key.id, Role::Key, key.spoken, "", rect, is_of_use(now, key), is_on};
    const ImU32 ink = node.enabled ? ui.theme().ink : ui.theme().ink_soft;
    const TouchCard touched = key_card(ui, rect, std::move(node));
    if (is_on) {
        fill_rounded(ui.list(), touched.content, ui.theme().selected.tint, ui.u(kCorner));
        stroke_rounded(ui.list(), touched.content, ui.theme().selected.on_tint, ui.u(kCorner),
                       ui.u(5));
    }
    const bool is_letter = !acts(key) && key.action != KeyAction::Shift;
    TextSpec label = key_text(is_letter ? 40 : 32);
    label.language = language;
    // Marks fill a corner of their box.
    if (key.action == KeyAction::Voiced || key.action == KeyAction::HalfVoiced) label.size = 64;
    label.colour = ink;
    const Rect inside = touched.content.inset(ui.u(4));
    const std::string_view icon = icon_of(key.action);
    const bool is_picture = key.action == KeyAction::Shift ||
                            (!icon.empty() && (ui.width_of(key.label, label) > 1.4f * inside.w ||
                                               !ui.fits(key.label, label, inside.w, inside.h)));
    if (is_picture)
        ui.icon(icon, touched.content.centre(), ui.u(46), ink);
    else
        ui.text("", inside, key.label, label);
    if (touched.clicked) ui.wish(writing_wish::Press{key.id});
}

TextSpec candidate_text(const View& view) {
    TextSpec words = key_text(40);
    words.weight = Weight::Medium;
    words.language = language_of(view, view.writing->board->kind);
    return words;
}

/// The words, or as much of their beginning as has room.
std::string beginning_of(Ui& ui, std::string words, const TextSpec& spec, float width) {
    if (ui.measure(words, spec, 0, Ui::At::Floor).width <= width) return words;
    while (!words.empty() && ui.measure(words + "…", spec, 0, Ui::At::Floor).width > width)
        words.resize(words.size() - last_letter_size(words));
    return words + "…";
}

void draw_candidate(Ui& ui, const View& view, std::size_t index, const Rect& rect) {
    const Preedit& preedit = view.writing->preedit;
    const std::string& words = preedit.candidates[index];
    const bool is_chosen = preedit.chosen == index;
    Node node{"candidate:" + std::to_string(index), Role::Choice, words, "", rect, true, is_chosen};
    node.tells_answer = true;
    const TouchCard touched = touch_card(ui, rect, std::move(node), kCorner);
    if (is_chosen) {
        fill_rounded(ui.list(), touched.content, ui.theme().selected.tint, ui.u(kCorner));
        stroke_rounded(ui.list(), touched.content, ui.theme().selected.on_tint, ui.u(kCorner),
                       ui.u(6));
    }
    const Rect inside = inset_xy(touched.content, ui.u(10), ui.u(4));
    TextSpec spec = candidate_text(view);
    ui.text("", inside, beginning_of(ui, words, spec, inside.w), spec);
    if (touched.clicked) ui.wish(writing_wish::Choose{index});
}

float rows_height(const Ui& ui, int rows, float one) {
    return static_cast<float>(rows) * (one + ui.u(kKeyGap)) - ui.u(kKeyGap);
}

}  // namespace

float wide_board_width(const Ui& ui) {
    return kBoardColumns * (ui.touch() + ui.u(kKeyGap)) - ui.u(kKeyGap);
}

float key_board_height(Ui& ui, float width, float key_mm) {
    float key = ui.touch();
    if (key_mm > 0) {
        const float letter = ui.measure("あ", key_text(0), 0, Ui::At::Floor).height + ui.u(10);
        key = std::min(key, std::ceil(std::max(ui.mm(key_mm), letter)));
    }
    if (is_wide(ui, width)) return rows_height(ui, kBoardRows, key);
    const bool has_room = kNarrowColumns * (ui.touch() + ui.u(kKeyGap)) - ui.u(kKeyGap) <= width;
    return has_room ? rows_height(ui, kNarrowRows, key) : kNever;
}

float most_key_board_height(const Ui& ui, float width) {
    return rows_height(ui, is_wide(ui, width) ? kBoardRows : kNarrowRows,
                       std::max(ui.touch(), ui.u(kMostKey)));
}

void draw_key_board(Ui& ui, const View& view, const Rect& area) {
    const Board& board = *view.writing->board;
    const KeyPlaces keys = is_wide(ui, area.w) ? in_columns(board) : folded(board);
    const float gap = ui.u(kKeyGap);
    const float pitch = (area.h + gap) / static_cast<float>(keys.rows);
    const Language language = language_of(view, board.kind);
    for (const PlacedKey& placed : keys.keys) {
        const Rect rect{area.x + placed.x * (area.w + gap),
                        area.y + static_cast<float>(placed.row) * pitch,
                        placed.w * (area.w + gap) - gap, pitch - gap};
        draw_key(ui, *view.writing, *placed.key, rect, language);
    }
}

float candidates_height(const Ui& ui, int rows) {
    return rows_height(ui, rows, ui.touch());
}

void draw_candidates(Ui& ui, const View& view, const Rect& area) {
    const auto& words = view.writing->preedit.candidates;
    const float gap = ui.u(kKeyGap), height = ui.touch();
    std::vector<Rect> row;
    float x = area.x, y = area.y;
    std::size_t first = 0;
    const auto end_row = [&](std::size_t end) {
        for (std::size_t i = first; i < end; ++i) draw_candidate(ui, view, i, row[i - first]);
        row.clear();
        first = end;
        x = area.x;
        y += height + gap;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const float wanted = ui.width_of(words[i], candidate_text(view)) + ui.u(44);
        const float width = std::clamp(wanted, std::max(ui.touch(), ui.u(110)), area.w);
        if (x + width > area.right() + 1) end_row(i);
        if (y + height > area.bottom() + 1) return;
        row.push_back({x, y, width, height});
        x += width + gap;
    }
    end_row(words.size());
}

namespace {

constexpr float kPicture = 46, kPictureGap = 12, kPicturePad = 22;

struct WordsBeside {
    std::string words;  // without ruby where that has no room
    TextSpec look;
    float width;
};

/// In one line, in two smaller ones, or nullopt: no room for whole words.
std::optional<WordsBeside> words_beside(Ui& ui, std::string_view words, float width, float height) {
    for (const float size : {32.0f, 26.0f}) {
        TextSpec look = key_text(size);
        look.align = Align::Left;
        for (const std::string& each : {std::string(words), without_ruby(words)}) {
            const auto set = ui.measure(each, look, width);
            if (set.broke_word || set.height > height || set.width + 1 > width) continue;
            return WordsBeside{each, look, set.width + 1};
        }
    }
    return std::nullopt;
}

}  // namespace

float picture_key_width(Ui& ui, std::string_view words, float room) {
    const float besides = ui.u(kPicture + kPictureGap + 2 * kPicturePad);
    const auto beside = words_beside(ui, words, room - besides, ui.touch() - ui.u(8));
    return beside ? besides + beside->width : ui.touch();
}

bool picture_key(Ui& ui, const Rect& rect, std::string_view id, std::string_view icon,
                 std::string_view words) {
    const TouchCard touched =
        touch_card(ui, rect, {std::string(id), Role::Key, without_ruby(words), "", rect}, kCorner);
    const float size = ui.u(kPicture);
    Rect inside = inset_xy(touched.content, ui.u(kPicturePad), ui.u(4));
    const auto beside = words_beside(ui, words, inside.w - size - ui.u(kPictureGap), inside.h);
    if (!beside) {
        ui.icon(icon, touched.content.centre(), size, ui.theme().ink);
        return touched.clicked;
    }
    ui.icon(icon, cut_left(inside, size, ui.u(kPictureGap)).centre(), size, ui.theme().ink);
    ui.text("", inside, beside->words, beside->look);
    return touched.clicked;
}

bool word_key(Ui& ui, const Rect& rect, std::string_view id, std::string_view words) {
    const TouchCard touched =
        touch_card(ui, rect, {std::string(id), Role::Key, without_ruby(words), "", rect}, kCorner);
    ui.text("", touched.content.inset(ui.u(4)), words, key_text(32));
    return touched.clicked;
}

float word_key_width(Ui& ui, std::string_view words) {
    return std::max({ui.touch(), ui.u(120), ui.width_of(words, key_text(32)) + ui.u(36)});
}

}  // namespace machikoe
