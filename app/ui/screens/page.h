// Page: what screens share: ground, header, language bar, dialogs, turning pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/button_row.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace machikoe {

struct PageOptions {
    bool languages = true;  // the language bar
    bool quit = true;       // the buttons of someone who has begun: leave, help, settings
    bool help = true;       // among them
};
/// Paints ground, header and language bar; returns the area between them, in px.
Rect draw_page(Ui& ui, const View& view, PageOptions options = {});
/// The same without the ground, for a screen that has its own.
Rect draw_frame(Ui& ui, const View& view, PageOptions options = {});

/// Title of a screen, higher than said where its words need it.  Returns the rest.
Rect draw_title(Ui& ui, Rect body, std::string_view id, std::string_view markup,
                float height_units = 130);

/// Covers the screen and draws a panel of this size (units, never larger than the room);
/// returns the inside.  The language bar stays within reach.
Rect draw_dialog(Ui& ui, const View& view, std::string_view id, std::string_view name,
                 float width_units, float height_units);

/// The inside that a dialog can have at most.
Rect dialog_room(Ui& ui, const View& view);
/// What a dialog's panel is larger than its inside, on each side.
float dialog_pad(const Ui& ui);

/// A round sign at the top of a panel, `side` px high; returns what is below it.
Rect draw_sign(Ui& ui, Rect inside, float side, std::string_view icon, const Hue& hue);

/// "Someone is helping me", or who is; opens the overlay Assistance.
RowButton assistance_item(const View& view);
/// Who helps, as a small sign.  REQUIRES: somebody does.
void draw_assistance_sign(Ui& ui, const View& view, const Rect& area);

/// Visit::page brought into 0 … pages - 1.
int page_of(const View& view, int pages);
float pager_height(const Ui& ui);
/// "back", the number of the page and "more"; arrows only where their words have no room.
/// Draws nothing for a single page.
void draw_pager(Ui& ui, const View& view, const Rect& row, int pages);

/// Colours of an issue by its place in the plan.
const Hue& hue_of(const Ui& ui, const Pack& pack, std::string_view issue);

/// Sentences, and a sentence that is higher than `room` at the floor of its size in
/// clauses or, where these are too high, in words.
std::vector<std::string> sentences_within(Ui& ui, std::string_view markup, const TextSpec& spec,
                                          const Rect& room);
/// The text in `count` pieces of like length, cut between sentences; some may be empty.
std::vector<std::string> pieces_of(std::string_view markup, std::size_t count);
/// "28,523,000"
std::string with_commas(std::int64_t number);

}  // namespace machikoe
