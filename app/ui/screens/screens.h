// Screens: each a function that draws what it is given and wishes at most one event.
//
// A screen begins with draw_page(), which paints the ground, the header and the language
// bar and returns the area that is the screen's own.  Overlays that cover everything
// (official text, policy) do the same; dialogs begin with draw_dialog().
//
// Nothing is scrolled.  What does not fit goes onto further pages with a visible "more";
// the page is Visit::page and is turned by event::TurnPage.
#pragma once

#include <string>
#include <string_view>

#include "app/survey/pack.h"
#include "app/survey/shares.h"
#include "app/ui/strings.h"
#include "app/ui/ui.h"
#include "app/visit/visit.h"
#include "app/writing/writing.h"

namespace machikoe {

struct View {
    const Pack& pack;
    const Strings& strings;
    const Place& place;
    const Visit& visit;
    Now now;
    const Shares& neighbours;
    const WritingView* writing = nullptr;  // there while a free-text question is on the screen

    Language language() const { return visit.settings.language; }
    /// A word of the program, by key.
    std::string_view str(std::string_view key) const { return strings.get(key, language()); }
    std::string str(std::string_view key, std::initializer_list<std::string_view> values) const {
        return strings.format(key, language(), values);
    }
    /// A text of the pack.
    std::string_view say(const Text& text) const { return text.in(language()); }
};

// The screens of Visit::screen.
void draw_attract(Ui& ui, const View& view);
void draw_sleep(Ui& ui, const View& view);
void draw_language(Ui& ui, const View& view);
void draw_length(Ui& ui, const View& view);
void draw_overview(Ui& ui, const View& view);
void draw_issue(Ui& ui, const View& view);
void draw_question(Ui& ui, const View& view);
void draw_review(Ui& ui, const View& view);
void draw_saving(Ui& ui, const View& view);
void draw_save_failed(Ui& ui, const View& view);
void draw_thanks(Ui& ui, const View& view);
void draw_neighbours(Ui& ui, const View& view);

// The overlays of Visit::overlay.
void draw_official(Ui& ui, const View& view);
void draw_policy(Ui& ui, const View& view);
void draw_help(Ui& ui, const View& view);
void draw_word(Ui& ui, const View& view);
void draw_assistance(Ui& ui, const View& view);
void draw_display(Ui& ui, const View& view);
void draw_languages(Ui& ui, const View& view);
void draw_confirm_quit(Ui& ui, const View& view);
void draw_still_there(Ui& ui, const View& view);

/// The whole frame: the screen, and over it the overlay.
void draw_visit(Ui& ui, const View& view);

}  // namespace machikoe
