// Walk: every screen in every language, text size, theme and shape, and what is wrong there.
//
// Builds frames and looks at their nodes; draws no pixels and needs no window.  Every page of
// a text is turned.  A question counts as whole only when each of its options was on one of
// its pages, and on every page there was a way on and a way back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/rehearsal/inspection.h"
#include "app/ui/strings.h"

namespace machikoe {

/// A panel: pixels and the diagonal that people measure.
struct Panel {
    int width = 1080, height = 1920;
    float diagonal_inches = 23.8f;
};
float mm_per_px(const Panel& panel);
/// The four that a release is rehearsed on: full HD upright and lying, a small one, and 4K.
const std::vector<Panel>& all_panels();

/// What to walk; all of it unless told otherwise.
struct WalkOptions {
    std::vector<Panel> panels = all_panels();
    std::vector<Language> languages;  // empty: those of the pack
    std::vector<TextSize> sizes = {TextSize::Small, TextSize::Standard, TextSize::Large,
                                   TextSize::Largest};
    std::vector<ThemeChoice> themes = {ThemeChoice::Standard, ThemeChoice::WhiteOnBlack,
                                       ThemeChoice::YellowOnBlack, ThemeChoice::LowGlare};
    std::string only;  // part of the name of a screen; "": all
};

struct Finding {
    std::string where;  // "question-s1 page 2, vi, largest, standard, 1280x800"
    Problem problem;
};

struct WalkReport {
    std::size_t frames = 0;        // looked at
    std::size_t combinations = 0;  // of language, size, theme and panel
    std::vector<Finding> findings;
};

/// REQUIRES: no ImGui context exists.  `progress` is called after each combination.
WalkReport walk_screens(const Pack& pack, const Strings& strings, TextEngine& text,
                        const WalkOptions& options,
                        const std::function<void(const WalkReport&)>& progress = {});

}  // namespace machikoe
