// Widgets: what screens are put together from.  Each draws itself, registers its node and
// returns true in the one frame in which a whole touch has ended in it.  None keeps state.
//
// `id` is the node's id, `markup` its words (the node's name is the same without ruby).
// Touch targets are at least kTouch units high and wide: 20 mm on a 23.8" panel need 73 px.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/layout.h"
#include "app/ui/ui.h"

namespace machikoe {

inline constexpr float kTouch = 84;          // units
inline constexpr float kBottomButton = 116;  // units: height of the row that leads on and back

/// A white card with its shadow; in the contrast themes a box with an outline.
void card(Ui& ui, const Rect& rect, float radius_units = 30);

enum class ButtonLook { Primary, Secondary, Danger, Link };
struct ButtonSpec {
    ButtonLook look = ButtonLook::Secondary;
    std::string_view icon_before, icon_after;
    bool enabled = true;
    float size = 38;  // of the label
};
/// A pill; Link: underlined words without a body.
bool button(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
            const ButtonSpec& spec = {});
/// The width a button wants for its words.
float button_width(Ui& ui, std::string_view markup, const ButtonSpec& spec = {});
/// A round button with a picture only; `name` is what it says to those who listen.
bool icon_button(Ui& ui, const Rect& rect, std::string_view id, std::string_view icon,
                 std::string_view name, std::string_view value = {});
bool toggle(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup, bool on);

/// A card that can be touched.  Draws the body; content goes into `content`, which moves
/// with the finger.
struct TouchCard {
    bool clicked = false;
    Rect content;
};
TouchCard touch_card(Ui& ui, const Rect& rect, Node node, float radius_units = 30);

enum class Mark { Radio, Check, Rank };
struct OptionSpec {
    std::string_view id;  // node id, "option:agree"
    std::string_view markup;
    Mark mark = Mark::Radio;
    bool selected = false;
    std::string_view value;  // in the mark's badge: a rank or a number; may be empty
    bool faded = false;      // another one is chosen
    bool enabled = true;
    int mood = -1;  // option_tile: a face, 0…4
};
/// Mark on the left, words on its right.
bool option_row(Ui& ui, const Rect& rect, const OptionSpec& spec);
/// Face (if any) or mark above, words below: for scales side by side.
bool option_tile(Ui& ui, const Rect& rect, const OptionSpec& spec);

/// "3 / 10" and as many segments.
void progress(Ui& ui, const Rect& rect, std::string_view id, std::size_t position,
              std::size_t count, const Hue& hue);
/// A tinted box with an (i): explanations.  Height for a width in px.
void info_box(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
              const TextSpec& spec = {.size = 30, .min = 24, .valign = VAlign::Middle});
float info_box_height(Ui& ui, std::string_view markup, float width,
                      const TextSpec& spec = {.size = 30});
/// A small pill at the right end of `area`, as wide as its words.
void badge(Ui& ui, const Rect& area, std::string_view id, std::string_view icon,
           std::string_view markup, const Hue& hue);
/// A square of the colour with its icon.
void icon_tile(Ui& ui, const Rect& rect, std::string_view icon, const Hue& hue);

}  // namespace machikoe
