// Theme: every colour of the screens by what it is for, once for each choice of contrast.
//
// Whatever carries information (text, icons, faces, outlines of what can be touched) keeps
// at least 10:1 on what it lies on (VVSG 2.0 7.1-C); the low-glare theme stays within
// 4.5 to 8:1 because that is what it is for (7.1-D).  contrast_pairs() lists what lies on
// what; a test computes every pair.  Decoration (shadows, hairlines, the town) is free.
#pragma once

#include <imgui.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "app/visit/visit.h"

namespace machikoe {

/// A filled tile and what is drawn on it; and the pale version of the same hue.
struct Hue {
    ImU32 top = 0, bottom = 0;  // gradient of the fill
    ImU32 on_fill = 0;
    ImU32 tint = 0;  // pale ground
    ImU32 on_tint = 0;
};

struct Theme {
    bool dark = false;  // flat grounds with outlines instead of shadows
    ImU32 ground_top = 0, ground_bottom = 0;
    ImU32 attract_top = 0, attract_bottom = 0;
    ImU32 surface = 0;   // cards, white pills
    ImU32 ink = 0;       // text and icons on ground, surface and tint
    ImU32 ink_soft = 0;  // secondary text; the same demands
    ImU32 outline = 0;   // borders that show what can be touched or is chosen
    ImU32 hairline = 0;  // decoration
    ImU32 tint = 0;      // ground of an info box
    ImU32 track = 0;     // progress that is still to come, switched-off toggle
    ImU32 shadow = 0;
    ImU32 scrim = 0;
    Hue primary;   // the one button that leads on
    Hue danger;    // the button that forgets
    Hue done;      // "answered", a toggle that is on
    Hue chip;      // the language in use
    Hue selected;  // a chosen option: border = on_tint, ground = tint
    std::array<Hue, 5> issues;
    std::array<ImU32, 5> faces;  // fills, lowest approval first
    ImU32 face_ink = 0;
    float faded = 0.72f;  // opacity of decoration beside a chosen option
};

const Theme& theme_of(ThemeChoice choice);

struct ContrastPair {
    std::string_view name;
    ImU32 foreground = 0, background = 0;
};
std::vector<ContrastPair> contrast_pairs(const Theme& theme);
/// WCAG 2.2 contrast ratio, 1…21; alpha is not looked at.
double contrast(ImU32 a, ImU32 b);

/// Factor of all text by the resident's choice.
float text_scale_of(TextSize size);
/// The least height of a capital on the panel, in mm: the lower bounds of the four sizes of
/// VVSG 2.0 7.1-G.
float least_cap_mm(TextSize size);
inline constexpr float kCapOfEm = 0.733f;  // of Noto Sans CJK, which all screens are set in

}  // namespace machikoe
