#include "app/ui/widgets.h"

#include <algorithm>
#include <cmath>

namespace machikoe {
namespace {

Rect shifted(const Rect& rect, float dy) {
    return {rect.x, rect.y + dy, rect.w, rect.h};
}

/// Two soft shadows: a wide one for height, a narrow one for the edge.
void lift(Ui& ui, const Rect& rect, float radius, float depth) {
    if (ui.theme().dark) return;
    const float height = 1 - 0.7f * depth;
    const ImU32 shadow = ui.theme().shadow;
    soft_shadow(ui.list(), rect, radius, ui.u(12) * height, ui.u(30) * height,
                with_alpha(shadow, 0.17f));
    soft_shadow(ui.list(), rect, radius, ui.u(3), ui.u(9), with_alpha(shadow, 0.14f));
}

void white_body(Ui& ui, const Rect& rect, float radius, float depth) {
    lift(ui, rect, radius, depth);
    const Theme& theme = ui.theme();
    fill_rounded(ui.list(), rect, theme.surface, radius);
    stroke_rounded(ui.list(), rect, theme.dark ? theme.outline : theme.hairline, radius,
                   ui.u(theme.dark ? 3.f : 1.5f));
}

struct ButtonColours {
    ImU32 top, bottom, ink;
};

ButtonColours colours_of(const Theme& theme, ButtonLook look) {
    switch (look) {
        case ButtonLook::Primary:
            return {theme.primary.top, theme.primary.bottom, theme.primary.on_fill};
        case ButtonLook::Danger:
            return {theme.danger.top, theme.danger.bottom, theme.danger.on_fill};
        case ButtonLook::Secondary:
        case ButtonLook::Link:
            break;
    }
    return {theme.surface, theme.surface, theme.ink};
}

void button_body(Ui& ui, const Rect& rect, const ButtonSpec& spec, float depth) {
    const float radius = rect.h / 2;
    const bool filled = spec.look == ButtonLook::Primary || spec.look == ButtonLook::Danger;
    if (spec.look == ButtonLook::Link) return;
    if (!spec.enabled) {
        // No body: what leads nowhere yet does not look like a button that can be pressed.
        stroke_rounded(ui.list(), rect, ui.theme().hairline, radius, ui.u(3));
    } else if (filled) {
        const ButtonColours colours = colours_of(ui.theme(), spec.look);
        lift(ui, rect, radius, depth);
        fill_gradient(ui.list(), rect, colours.top, colours.bottom, radius);
    } else {
        white_body(ui, rect, radius, depth);
    }
}

constexpr float kLabelPad = 30, kLeastPad = 16;  // units beside the words
constexpr float kLabelRise = 12;                 // above and below them, together

float icon_room(Ui& ui, const ButtonSpec& spec) {
    const float one = ui.u(spec.size * 1.15f + 14);
    return (spec.icon_before.empty() ? 0 : one) + (spec.icon_after.empty() ? 0 : one);
}

TextSpec label_of(const ButtonSpec& spec) {
    TextSpec label = label_text();
    label.size = spec.size;
    label.text_size = spec.text_size;
    if (spec.look == ButtonLook::Link) label.weight = Weight::Medium;
    return label;
}

struct Face {
    float pad = 0, icons = 0;  // px taken from the width
};

/// Icons give way, and the margin narrows, before words are broken or left out.
Face face_of(Ui& ui, const Rect& rect, std::string_view markup, const ButtonSpec& spec) {
    const TextSpec label = label_of(spec);
    const float height = rect.h - ui.u(kLabelRise), icons = icon_room(ui, spec);
    const float least = ui.u(kLeastPad);
    const float wide = spec.look == ButtonLook::Link ? ui.u(8) : ui.u(kLabelPad);
    for (const Face face : {Face{wide, icons}, {least, icons}, {wide, 0}})
        if (ui.fits(markup, label, rect.w - 2 * face.pad - face.icons, height)) return face;
    return {std::min(wide, least), 0};
}

void button_face(Ui& ui, const Rect& rect, std::string_view markup, const ButtonSpec& spec) {
    const Face face = face_of(ui, rect, markup, spec);
    TextSpec label = label_of(spec);
    label.colour = spec.enabled ? colours_of(ui.theme(), spec.look).ink : ui.theme().ink_soft;
    const float most = rect.w - 2 * face.pad - face.icons;
    // Rather a little smaller than on two lines.
    for (const float share : {1.f, 0.92f, 0.85f, 0.78f}) {
        label.size = spec.size * share;
        if (ui.width_of(markup, label) <= most) break;
    }
    if (ui.width_of(markup, label) > most) label.size = spec.size;
    const float words = std::min(ui.width_of(markup, label) + ui.u(4), most);
    Rect line = centred(rect, words + face.icons, rect.h - ui.u(kLabelRise));
    const float one = ui.u(spec.size * 1.15f), gap = ui.u(14);
    // Ruby makes the block's centre lie above the words'; icons belong beside the words.
    const bool ruby = ui.settings().ruby && markup.find('|') != std::string_view::npos;
    const float drop = ruby ? ui.u(spec.size) * 0.22f : 0;
    if (face.icons > 0 && !spec.icon_before.empty()) {
        const Rect at = cut_left(line, one, gap);
        ui.icon(spec.icon_before, {at.centre().x, at.centre().y + drop}, one, *label.colour);
    }
    if (face.icons > 0 && !spec.icon_after.empty()) {
        const Rect at = cut_right(line, one, gap);
        ui.icon(spec.icon_after, {at.centre().x, at.centre().y + drop}, one, *label.colour);
    }
    const float used = ui.text("", line, markup, label);
    if (spec.look == ButtonLook::Link) {
        const float y = std::min(rect.bottom() - ui.u(6), rect.centre().y + used * 0.46f + ui.u(2));
        fill_rounded(ui.list(), {line.x, y, line.w, ui.u(2.5f)}, *label.colour, 0);
    }
}

}  // namespace

void card(Ui& ui, const Rect& rect, float radius_units) {
    white_body(ui, rect, ui.u(radius_units), 0);
}

bool button(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
            const ButtonSpec& spec) {
    const auto press = ui.press({std::string(id), spec.role, without_ruby(markup),
                                 std::string(spec.value), rect, spec.enabled, false});
    const Rect moved = shifted(rect, ui.u(4) * press.depth);
    button_body(ui, moved, spec, press.depth);
    button_face(ui, moved, markup, spec);
    return press.clicked;
}

float button_width(Ui& ui, std::string_view markup, const ButtonSpec& spec) {
    const float pad = ui.u(spec.look == ButtonLook::Link ? 16 : 2 * kLabelPad + 8);
    return std::max(ui.touch(), ui.width_of(markup, label_of(spec)) + icon_room(ui, spec) + pad);
}

float least_width(Ui& ui, std::string_view markup, const TextSpec& spec, int lines) {
    const float one = std::ceil(ui.measure(markup, spec, 0, Ui::At::Floor).width) + 1;
    if (lines == 1) return one;
    for (const float share : {0.4f, 0.5f, 0.55f, 0.6f, 0.65f, 0.7f, 0.8f, 0.9f}) {
        const float width = std::ceil(one * share);
        const Ui::Extent extent = ui.measure(markup, spec, width, Ui::At::Floor);
        if (extent.lines <= lines && extent.width <= width && !extent.broke_phrase) return width;
    }
    return one;
}

float least_button_width(Ui& ui, std::string_view markup, const ButtonSpec& spec, int lines) {
    return least_width(ui, markup, label_of(spec), lines) + ui.u(2 * kLeastPad);
}

float least_button_height(Ui& ui, std::string_view markup, const ButtonSpec& spec, float width) {
    const float inner = width - ui.u(2 * kLeastPad);
    return ui.measure(markup, label_of(spec), inner, Ui::At::Floor).height + ui.u(kLabelRise);
}

bool icon_button(Ui& ui, const Rect& rect, std::string_view id, std::string_view icon,
                 std::string_view name, std::string_view value, bool enabled, Role role) {
    const auto press = ui.press(
        {std::string(id), role, without_ruby(name), without_ruby(value), rect, enabled, false});
    const Rect moved = shifted(rect, ui.u(4) * press.depth);
    if (enabled)
        white_body(ui, moved, rect.h / 2, press.depth);
    else
        stroke_rounded(ui.list(), rect, ui.theme().hairline, rect.h / 2, ui.u(3));
    ui.icon(icon, moved.centre(), ui.u(42), ui.theme().ink);
    return press.clicked;
}

float toggle_frame(Ui& ui) {
    return ui.u(2 * 24 + 76 + 12);
}

bool toggle(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup, bool on,
            const TextSpec& label) {
    const auto press = ui.press(
        {std::string(id), Role::Toggle, without_ruby(markup), on ? "on" : "off", rect, true, on});
    const Theme& theme = ui.theme();
    const Rect moved = shifted(rect, ui.u(4) * press.depth);
    white_body(ui, moved, rect.h / 2, press.depth);
    Rect inside = inset_xy(moved, ui.u(24), ui.u(4));
    const Rect right = cut_right(inside, ui.u(76), ui.u(12));
    const Rect track = centred(right, ui.u(76), ui.u(44));
    const float slide = ui.animate(std::string(id) + ":slide", on ? 1.f : 0.f, 0.12f);
    fill_rounded(ui.list(), track, on ? theme.done.top : theme.track, track.h / 2);
    stroke_rounded(ui.list(), track, on ? theme.done.top : theme.outline, track.h / 2, ui.u(2.5f));
    const float from = track.x + track.h / 2, to = track.right() - track.h / 2;
    ui.list().AddCircleFilled({from + (to - from) * slide, track.centre().y}, ui.u(16),
                              on ? theme.done.on_fill : theme.outline, 40);
    ui.text("", inside, markup, label);
    return press.clicked;
}

TouchCard touch_card(Ui& ui, const Rect& rect, Node node, float radius_units) {
    node.bounds = rect;
    const auto press = ui.press(std::move(node));
    const Rect moved = shifted(rect, ui.u(4) * press.depth);
    white_body(ui, moved, ui.u(radius_units), press.depth);
    return {press.clicked, moved};
}

void progress(Ui& ui, const Rect& rect, std::string_view id, std::size_t position,
              std::size_t count, const Hue& hue) {
    const std::string value = std::to_string(position) + " / " + std::to_string(count);
    ui.describe({std::string(id), Role::Progress, value, value, rect});
    const float gap = ui.u(count > 16 ? 3 : 8), h = ui.u(14);
    const std::vector<Rect> cells = grid(centred(rect, rect.w, h), std::max<std::size_t>(count, 1),
                                         std::max<std::size_t>(count, 1), gap);
    for (std::size_t i = 0; i < count; ++i) {
        const bool reached = i < position;
        const ImU32 colour = ui.theme().dark ? ui.theme().ink : hue.top;
        fill_rounded(ui.list(), cells[i], reached ? colour : ui.theme().track, h / 2);
        // The one in hand is higher as well: colour alone would say nothing to some.
        if (i + 1 == position)
            fill_rounded(ui.list(), centred(cells[i], cells[i].w, ui.u(20)), colour, ui.u(10));
    }
}

void info_box(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
              const TextSpec& spec) {
    const Theme& theme = ui.theme();
    fill_rounded(ui.list(), rect, theme.tint, ui.u(22));
    stroke_rounded(ui.list(), rect, theme.hairline, ui.u(22), ui.u(1.5f));
    Rect inside = inset_xy(rect, ui.u(24), ui.u(12));
    const Rect mark = cut_left(inside, ui.u(44), ui.u(18));
    ui.icon("info", mark.centre(), ui.u(44), theme.ink);
    ui.text(id, inside, markup, spec);
}

float info_box_height(Ui& ui, std::string_view markup, float width, const TextSpec& spec,
                      Ui::At at) {
    return ui.measure(markup, spec, width - ui.u(110), at).height + ui.u(36);
}

void badge(Ui& ui, const Rect& area, std::string_view id, std::string_view icon,
           std::string_view markup, const Hue& hue) {
    TextSpec label = label_text();
    label.size = 26;
    label.weight = Weight::Medium;
    label.colour = hue.on_tint;
    const float wanted = ui.width_of(markup, label) + ui.u(78);
    Rect pill{area.right() - std::min(wanted, area.w), area.y, std::min(wanted, area.w), area.h};
    if (!id.empty()) ui.describe({std::string(id), Role::Text, without_ruby(markup), "", pill});
    fill_rounded(ui.list(), pill, hue.tint, pill.h / 2);
    if (ui.theme().dark) stroke_rounded(ui.list(), pill, hue.on_tint, pill.h / 2, ui.u(2));
    pill = inset_xy(pill, ui.u(18), ui.u(2));
    const Rect mark = cut_left(pill, ui.u(30), ui.u(8));
    ui.icon(icon, mark.centre(), ui.u(32), hue.on_tint);
    ui.text("", pill, markup, label);
}

void icon_tile(Ui& ui, const Rect& rect, std::string_view icon, const Hue& hue) {
    const float radius = std::min(rect.w, rect.h) * 0.17f;
    fill_gradient(ui.list(), rect, hue.top, hue.bottom, radius);
    if (ui.theme().dark) stroke_rounded(ui.list(), rect, hue.on_fill, radius, ui.u(3));
    ui.icon(icon, rect.centre(), std::min(rect.w, rect.h) * 0.58f, hue.on_fill);
}

}  // namespace machikoe
