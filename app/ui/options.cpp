// Options: the answers one can touch, as rows and as tiles side by side.
#include <algorithm>

#include "app/ui/widgets.h"

namespace machikoe {
namespace {

Node node_of(const OptionSpec& spec, const Rect& rect) {
    const bool many = spec.mark != Mark::Radio;
    return {std::string(spec.id),
            many ? Role::Check : Role::Choice,
            without_ruby(spec.markup),
            std::string(spec.value),
            rect,
            spec.enabled,
            spec.selected};
}

void option_body(Ui& ui, const Rect& rect, const OptionSpec& spec) {
    if (!spec.selected) return;
    const Theme& theme = ui.theme();
    const float radius = ui.u(30);
    fill_rounded(ui.list(), rect, theme.selected.tint, radius);
    stroke_rounded(ui.list(), rect, theme.selected.on_tint, radius, ui.u(7));
}

TextSpec words_of(const OptionSpec& spec) {
    TextSpec words = label_text();
    words.size = spec.size;
    return words;
}

TextSpec number_text() {
    TextSpec number = label_text();
    number.size = 0;
    return number;
}

/// Large enough for a number of the least size.
float mark_radius(Ui& ui, float units = 25) {
    const float line = ui.measure("8", number_text(), 0, Ui::At::Floor).height;
    return std::max(ui.u(units), line * 0.52f);
}

/// A circle, a square or a numbered badge: chosen and not chosen differ in shape too.
void draw_mark(Ui& ui, ImVec2 centre, const OptionSpec& spec, float r) {
    const Theme& theme = ui.theme();
    const Rect box{centre.x - r, centre.y - r, 2 * r, 2 * r};
    const float corner = spec.mark == Mark::Check ? ui.u(10) : r;
    if (spec.selected)
        fill_rounded(ui.list(), box, theme.selected.top, corner);
    else
        stroke_rounded(ui.list(), box, theme.outline, corner, ui.u(4));
    const ImU32 ink = spec.selected ? theme.selected.on_fill : theme.ink;
    if (!spec.value.empty()) {
        TextSpec number = number_text();
        number.size = r * 1.2f / ui.u(1) / text_scale_of(ui.settings().text_size);
        number.colour = ink;
        ui.text("", box, spec.value, number);
    } else if (spec.selected) {
        ui.icon("check", centre, r * 1.6f, ink);
    }
}

constexpr float kRowPad = 24, kRowRise = 10, kMarkGap = 20;   // units, inside a row
constexpr float kTilePad = 10, kTileRise = 18, kTileGap = 8;  // inside a tile
constexpr float kLeastFace = 120;

float height_of_words(Ui& ui, const OptionSpec& spec, float width) {
    const Ui::At at = spec.size > 0 ? Ui::At::Full : Ui::At::Floor;
    const Ui::Extent extent = ui.measure(spec.markup, words_of(spec), width, at);
    const bool broken = spec.size > 0 ? extent.broke_phrase : extent.broke_word;
    return broken || extent.width > width + 1 ? kNever : extent.height;
}

}  // namespace

float option_row_height(Ui& ui, const OptionSpec& spec, float width) {
    const float inner = width - 2 * ui.u(kRowPad) - 2 * mark_radius(ui) - ui.u(kMarkGap);
    return std::max(height_of_words(ui, spec, inner) + ui.u(2 * kRowRise), ui.touch());
}

float option_tile_height(Ui& ui, const OptionSpec& spec, float width) {
    const float words = height_of_words(ui, spec, width - ui.u(2 * kTilePad));
    const float top = spec.mood >= 0 ? ui.u(kLeastFace) : 2 * mark_radius(ui, 40);
    // The number of a face stands above its corner.
    const float number = spec.mood >= 0 ? mark_radius(ui, 20) : 0;
    return words + top + number + ui.u(kTileGap + 2 * kTileRise);
}

bool option_row(Ui& ui, const Rect& rect, const OptionSpec& spec) {
    const TouchCard touched = touch_card(ui, rect, node_of(spec, rect));
    option_body(ui, touched.content, spec);
    Rect inside = inset_xy(touched.content, ui.u(kRowPad), ui.u(6));
    const float r = mark_radius(ui);
    draw_mark(ui, cut_left(inside, 2 * r, ui.u(kMarkGap)).centre(), spec, r);
    TextSpec words = words_of(spec);
    words.align = Align::Left;
    words.weight = spec.selected ? Weight::Bold : Weight::Medium;
    ui.text("", inside, spec.markup, words);
    return touched.clicked;
}

bool option_tile(Ui& ui, const Rect& rect, const OptionSpec& spec) {
    const TouchCard touched = touch_card(ui, rect, node_of(spec, rect));
    option_body(ui, touched.content, spec);
    Rect inside = inset_xy(touched.content, ui.u(kTilePad), ui.u(kTileRise));
    const Theme& theme = ui.theme();
    const float words_height = height_of_words(ui, spec, inside.w);
    // Words of different length beside one another: faces stay in line.
    const float head = std::min(inside.h * 0.58f, inside.h - words_height - ui.u(kTileGap));
    Rect top = cut_top(inside, head, ui.u(kTileGap));
    if (spec.mood >= 0) {
        const float badge = mark_radius(ui, 20);
        OptionSpec number = spec;
        number.mark = Mark::Radio;
        draw_mark(ui, {top.x + badge + ui.u(4), top.y + badge - ui.u(6)}, number, badge);
        cut_top(top, badge);
        const float grown = spec.selected ? 1.07f : 1.f;
        const float radius = std::min(top.w * 0.42f, top.h * 0.44f) * grown;
        const ImU32 fill = theme.faces[static_cast<std::size_t>(std::min(spec.mood, 4))];
        draw_face(ui.list(), top.centre(), radius, std::min(spec.mood, 4),
                  spec.faded ? with_alpha(fill, theme.faded) : fill, theme.face_ink);
    } else {
        draw_mark(ui, top.centre(), spec, std::min(mark_radius(ui, 40), top.h / 2));
    }
    TextSpec words = words_of(spec);
    words.reserve_ruby = true;
    words.weight = spec.selected ? Weight::Bold : Weight::Medium;
    ui.text("", inside, spec.markup, words);
    if (spec.selected && spec.mood >= 0) {
        OptionSpec check = spec;
        check.value = {};
        const Rect& body = touched.content;
        draw_mark(ui, {body.right() - ui.u(34), body.y + ui.u(34)}, check, ui.u(25));
    }
    return touched.clicked;
}

}  // namespace machikoe
