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

/// A circle, a square or a numbered badge: chosen and not chosen differ in shape too.
void draw_mark(Ui& ui, ImVec2 centre, const OptionSpec& spec, float radius_units = 25) {
    const Theme& theme = ui.theme();
    const float r = ui.u(radius_units);
    const Rect box{centre.x - r, centre.y - r, 2 * r, 2 * r};
    const float corner = spec.mark == Mark::Check ? ui.u(10) : r;
    if (spec.selected)
        fill_rounded(ui.list(), box, theme.selected.top, corner);
    else
        stroke_rounded(ui.list(), box, theme.outline, corner, ui.u(4));
    const ImU32 ink = spec.selected ? theme.selected.on_fill : theme.ink;
    if (!spec.value.empty()) {
        TextSpec number = label_text();
        number.size = radius_units * 1.28f;
        number.colour = ink;
        ui.text("", box, spec.value, number);
    } else if (spec.selected) {
        ui.icon("check", centre, r * 1.6f, ink);
    }
}

}  // namespace

bool option_row(Ui& ui, const Rect& rect, const OptionSpec& spec) {
    const TouchCard touched = touch_card(ui, rect, node_of(spec, rect));
    option_body(ui, touched.content, spec);
    Rect inside = inset_xy(touched.content, ui.u(30), ui.u(8));
    const Rect mark = cut_left(inside, ui.u(50), ui.u(24));
    draw_mark(ui, mark.centre(), spec);
    TextSpec words = label_text();
    words.size = 36;
    words.align = Align::Left;
    words.weight = spec.selected ? Weight::Bold : Weight::Medium;
    ui.text("", inside, spec.markup, words);
    return touched.clicked;
}

bool option_tile(Ui& ui, const Rect& rect, const OptionSpec& spec) {
    const TouchCard touched = touch_card(ui, rect, node_of(spec, rect));
    option_body(ui, touched.content, spec);
    Rect inside = inset_xy(touched.content, ui.u(10), ui.u(20));
    const Theme& theme = ui.theme();
    if (spec.mood >= 0) {
        const Rect top = cut_top(inside, inside.h * 0.58f, ui.u(8));
        const float grown = spec.selected ? 1.07f : 1.f;
        const float radius = std::min(top.w * 0.42f, top.h * 0.44f) * grown;
        const ImU32 fill = theme.faces[static_cast<std::size_t>(std::min(spec.mood, 4))];
        draw_face(ui.list(), top.centre(), radius, std::min(spec.mood, 4),
                  spec.faded ? with_alpha(fill, theme.faded) : fill, theme.face_ink);
    } else {
        const Rect top = cut_top(inside, std::min(inside.h * 0.42f, ui.u(120)), ui.u(8));
        draw_mark(ui, top.centre(), spec, 40);
    }
    TextSpec words = label_text();
    words.size = 36;
    words.min = 20;
    words.reserve_ruby = true;
    words.weight = spec.selected ? Weight::Bold : Weight::Medium;
    ui.text("", inside, spec.markup, words);
    if (spec.selected && spec.mood >= 0) {
        OptionSpec check = spec;
        check.value = {};
        const Rect& body = touched.content;
        draw_mark(ui, {body.right() - ui.u(30), body.y + ui.u(30)}, check);
    }
    return touched.clicked;
}

}  // namespace machikoe
