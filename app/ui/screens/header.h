// Header: what stands on every screen: the ward, the settings, the way out, the languages.
//
// Seven languages in their own names are always in sight: in a bar below on upright screens,
// in the header on wide ones (height is dear there).  Where it has no room, a globe with the name
// of the language in use opens all of them.  Words here are of the standard size whatever was
// chosen.
#pragma once

#include "app/ui/screens/page.h"

namespace machikoe {

enum class LanguagePlace { None, Bottom, Header, Globe };

/// Widths in px, worked out once for a frame.
struct HeaderPlan {
    LanguagePlace languages = LanguagePlace::None;
    float height = 0;
    float quit = 0, help = 0, display = 0, ruby = 0, bar = 0;  // 0: not there
    bool quit_words = true, display_words = true;
    Rect bottom;  // of the bar, where it is below
};
HeaderPlan plan_header(Ui& ui, const View& view, const PageOptions& options);

/// Buttons, ward and languages.
void draw_header(Ui& ui, const View& view, const HeaderPlan& plan);
/// The languages alone, where draw_header() puts them: over a dialog.
void draw_header_languages(Ui& ui, const View& view, const HeaderPlan& plan);

}  // namespace machikoe
