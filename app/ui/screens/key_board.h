// Key board: the keys of a writing board on the screen, and the words offered for what is typed.
//
// A board has 13 columns.  Where these have no room at 20 mm a key, the first ten columns stay
// where they are, and what stood beside them goes into further rows, what acts (delete, space,
// convert …) into the last one: a layer changes, that row does not.
#pragma once

#include "app/ui/screens/page.h"

namespace machikoe {

/// The least width, in px, at which a board keeps its 13 columns.
float wide_board_width(const Ui& ui);
/// The least height of the keys, in px, whatever the board; kNever where they have no room.
/// `key_mm`: of a key, where a screen is too low for targets of the usual height.
float key_board_height(Ui& ui, float width, float key_mm = 0);
/// Higher than this, in px, they would look lost.
float most_key_board_height(const Ui& ui, float width);
/// REQUIRES: view.writing.
void draw_key_board(Ui& ui, const View& view, const Rect& area);

/// Of so many rows; each a target.
float candidates_height(const Ui& ui, int rows);
/// As many as have room, best first.  REQUIRES: view.writing.
void draw_candidates(Ui& ui, const View& view, const Rect& area);

/// A key that is no letter: a picture, with its words beside it where they have room.
bool picture_key(Ui& ui, const Rect& rect, std::string_view id, std::string_view icon,
                 std::string_view words);
/// What such a key takes of `room`: with its words in one line or in two, or its picture alone.
float picture_key_width(Ui& ui, std::string_view words, float room);
/// A key with words on it.
bool word_key(Ui& ui, const Rect& rect, std::string_view id, std::string_view words);
float word_key_width(Ui& ui, std::string_view words);

}  // namespace machikoe
