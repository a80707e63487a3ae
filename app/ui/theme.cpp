#include "app/ui/theme.h"

#include <cmath>

#include "app/ui/paint.h"

namespace machikoe {
namespace {

// Diverging orange to blue: the pair that protan, deutan and tritan eyes keep apart.
// Faces differ by mouth, eyes and brows besides.
constexpr std::array<ImU32, 5> kFaces = {rgb(0xF8BDA6), rgb(0xFBD9AE), rgb(0xEFECE8), rgb(0xBFD9FB),
                                         rgb(0xA3CCFB)};

Hue hue(unsigned top, unsigned bottom, unsigned on_fill, unsigned tint, unsigned on_tint) {
    return {rgb(top), rgb(bottom), rgb(on_fill), rgb(tint), rgb(on_tint)};
}

Hue flat(unsigned fill, unsigned on_fill, unsigned tint, unsigned on_tint) {
    return hue(fill, fill, on_fill, tint, on_tint);
}

Theme standard() {
    Theme theme;
    theme.ground_top = rgb(0xFFF9EF);
    theme.ground_bottom = rgb(0xFCEEDB);
    theme.attract_top = rgb(0xFFF7E8);
    theme.attract_bottom = rgb(0xFDE8CC);
    theme.surface = rgb(0xFFFFFF);
    theme.ink = rgb(0x33272A);
    theme.ink_soft = rgb(0x42322D);
    theme.outline = rgb(0x3F2F2A);
    theme.hairline = rgb(0xEADCCB);
    theme.tint = rgb(0xFFF3E3);
    theme.track = rgb(0xE7D9C8);
    theme.shadow = rgb(0x6B3A14);
    theme.scrim = IM_COL32(40, 26, 18, 150);
    theme.primary = hue(0x7A2310, 0x671A0A, 0xFFFFFF, 0xFFEDE6, 0x5E1A0A);
    theme.danger = hue(0x7C1420, 0x650D18, 0xFFFFFF, 0xFDEBEC, 0x650D18);
    theme.done = hue(0x164A28, 0x103C1F, 0xFFFFFF, 0xE3F3E2, 0x103C1F);
    theme.chip = flat(0x33272A, 0xFFFFFF, 0xFFF3E3, 0x33272A);
    theme.selected = flat(0x0B3A6E, 0xFFFFFF, 0xE6F1FD, 0x0A3260);
    theme.issues = {hue(0x6D2D06, 0x5A2404, 0xFFFFFF, 0xFFEBD9, 0x5A2503),
                    hue(0x0A4650, 0x073840, 0xFFFFFF, 0xDDF0F2, 0x073840),
                    hue(0x791C21, 0x631418, 0xFFFFFF, 0xFCE6E6, 0x611317),
                    hue(0x194620, 0x123818, 0xFFFFFF, 0xE1F2E1, 0x123818),
                    hue(0x44306E, 0x36255A, 0xFFFFFF, 0xEEE9F8, 0x36255A)};
    theme.faces = kFaces;
    theme.face_ink = rgb(0x24140E);
    return theme;
}

/// One ink on one ground, told apart by outlines: what the contrast themes have in common.
Theme two_tone(unsigned ink, unsigned ground, unsigned raised) {
    Theme theme;
    theme.dark = true;
    theme.ground_top = theme.ground_bottom = rgb(ground);
    theme.attract_top = theme.attract_bottom = rgb(ground);
    theme.surface = theme.tint = rgb(raised);
    theme.ink = theme.ink_soft = theme.outline = rgb(ink);
    theme.hairline = mix(rgb(ground), rgb(ink), 0.45f);
    theme.track = mix(rgb(ground), rgb(ink), 0.28f);
    theme.shadow = IM_COL32(0, 0, 0, 0);
    theme.scrim = IM_COL32(0, 0, 0, 205);
    const Hue filled = flat(ink, ground, raised, ink);
    theme.primary = theme.danger = theme.done = theme.chip = theme.selected = filled;
    theme.issues.fill(flat(raised, ink, raised, ink));
    theme.faces.fill(rgb(ink));
    theme.face_ink = rgb(ground);
    return theme;
}

double channel(ImU32 colour, int shift) {
    const double value = ((colour >> shift) & 255) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(ImU32 colour) {
    return 0.2126 * channel(colour, IM_COL32_R_SHIFT) + 0.7152 * channel(colour, IM_COL32_G_SHIFT) +
           0.0722 * channel(colour, IM_COL32_B_SHIFT);
}

void add_hue(std::vector<ContrastPair>& pairs, std::string_view name, const Hue& hue) {
    pairs.push_back({name, hue.on_fill, hue.top});
    pairs.push_back({name, hue.on_fill, hue.bottom});
    pairs.push_back({name, hue.on_tint, hue.tint});
}

}  // namespace

const Theme& theme_of(ThemeChoice choice) {
    static const std::array<Theme, 4> kThemes = {standard(), two_tone(0xFAFAFA, 0x000000, 0x111111),
                                                 two_tone(0xFFFF00, 0x000000, 0x000000),
                                                 two_tone(0xBB9966, 0x000000, 0x0A0806)};
    return kThemes[static_cast<std::size_t>(choice)];
}

std::vector<ContrastPair> contrast_pairs(const Theme& theme) {
    std::vector<ContrastPair> pairs;
    for (const ImU32 ground : {theme.ground_top, theme.ground_bottom, theme.attract_top,
                               theme.attract_bottom, theme.surface, theme.tint}) {
        pairs.push_back({"ink", theme.ink, ground});
        pairs.push_back({"ink_soft", theme.ink_soft, ground});
    }
    pairs.push_back({"outline on ground", theme.outline, theme.ground_bottom});
    pairs.push_back({"outline on surface", theme.outline, theme.surface});
    pairs.push_back({"selected ink", theme.ink, theme.selected.tint});
    add_hue(pairs, "primary", theme.primary);
    add_hue(pairs, "danger", theme.danger);
    add_hue(pairs, "done", theme.done);
    add_hue(pairs, "chip", theme.chip);
    add_hue(pairs, "selected", theme.selected);
    for (const Hue& issue : theme.issues) {
        add_hue(pairs, "issue", issue);
        pairs.push_back({"issue on surface", issue.on_tint, theme.surface});
    }
    for (const ImU32 face : theme.faces) pairs.push_back({"face", theme.face_ink, face});
    return pairs;
}

double contrast(ImU32 a, ImU32 b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::fmax(la, lb) + 0.05) / (std::fmin(la, lb) + 0.05);
}

float least_cap_mm(TextSize size) {
    switch (size) {
        case TextSize::Small:
            return 3.5f;
        case TextSize::Standard:
            return 4.8f;
        case TextSize::Large:
            return 6.4f;
        case TextSize::Largest:
            return 8.5f;
    }
    return 4.8f;
}

float text_scale_of(TextSize size) {
    switch (size) {
        case TextSize::Small:
            return 0.74f;
        case TextSize::Standard:
            return 1.0f;
        case TextSize::Large:
            return 1.2f;
        case TextSize::Largest:
            return 1.4f;
    }
    return 1.0f;
}

}  // namespace machikoe
