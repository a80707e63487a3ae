// Widgets: what screens are put together from.  Each draws itself, registers its node and
// returns true in the one frame in which a whole touch has ended in it.  None keeps state.
//
// `id` is the node's id, `markup` its words (the node's name is the same without ruby).
// Touch targets are at least Ui::touch() high and wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/layout.h"
#include "app/ui/ui.h"

namespace machikoe {

inline constexpr float kBottomButton = 116;  // units: height of the row that leads on and back

/// A white card with its shadow; in the contrast themes a box with an outline.
void card(Ui& ui, const Rect& rect, float radius_units = 30);

enum class ButtonLook { Primary, Secondary, Danger, Link };
struct ButtonSpec {
    ButtonLook look = ButtonLook::Secondary;
    std::string_view icon_before, icon_after;
    bool enabled = true;
    float size = 38;                    // of the label
    std::optional<TextSize> text_size;  // see TextSpec
    std::string_view value = {};        // said after the words; not drawn
    Role role = Role::Button;
};
/// A pill; Link: underlined words without a body.
bool button(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
            const ButtonSpec& spec = {});
/// The width a button wants for its words.
float button_width(Ui& ui, std::string_view markup, const ButtonSpec& spec = {});
/// The least width and height at which the words fit, in at most so many lines.
float least_button_width(Ui& ui, std::string_view markup, const ButtonSpec& spec, int lines);
float least_button_height(Ui& ui, std::string_view markup, const ButtonSpec& spec, float width);
/// The least width at which a text fits in so many lines, none ending inside a phrase.
float least_width(Ui& ui, std::string_view markup, const TextSpec& spec, int lines);
/// A round button with a picture only; `name` is what it says to those who listen.
bool icon_button(Ui& ui, const Rect& rect, std::string_view id, std::string_view icon,
                 std::string_view name, std::string_view value = {}, bool enabled = true,
                 Role role = Role::Button);
bool toggle(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup, bool on,
            const TextSpec& label = {.size = 29, .weight = Weight::Bold, .valign = VAlign::Middle});
/// What of a toggle's width the words do not get.
float toggle_frame(Ui& ui);

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
    int mood = -1;    // option_tile: a face, 0…4; the value stands beside it
    float size = 36;  // of the words; 0: the floor
};
/// Mark on the left, words on its right.
bool option_row(Ui& ui, const Rect& rect, const OptionSpec& spec);
/// Face (if any) or mark above, words below: for scales side by side.
bool option_tile(Ui& ui, const Rect& rect, const OptionSpec& spec);
/// The height that the words need at this width; kNever where a phrase would be broken, or,
/// with words as small as they may be, a word.
inline constexpr float kNever = 1e9f;
float option_row_height(Ui& ui, const OptionSpec& spec, float width);
float option_tile_height(Ui& ui, const OptionSpec& spec, float width);

/// "3 / 10" and as many segments.
void progress(Ui& ui, const Rect& rect, std::string_view id, std::size_t position,
              std::size_t count, const Hue& hue);
/// A tinted box with an (i): explanations.  Height for a width in px.
void info_box(Ui& ui, const Rect& rect, std::string_view id, std::string_view markup,
              const TextSpec& spec = {.size = 30, .valign = VAlign::Middle});
float info_box_height(Ui& ui, std::string_view markup, float width,
                      const TextSpec& spec = {.size = 30}, Ui::At at = Ui::At::Full);
/// A small pill at the right end of `area`, as wide as its words.
void badge(Ui& ui, const Rect& area, std::string_view id, std::string_view icon,
           std::string_view markup, const Hue& hue);
/// A square of the colour with its icon.
void icon_tile(Ui& ui, const Rect& rect, std::string_view icon, const Hue& hue);

}  // namespace machikoe
