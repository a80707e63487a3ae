// Writing page: the board, what was written, the words offered, and above or beside them the
// question's card or, where it has no room, as much of it as says what not to write.
//
// The keys keep their place whatever is said or offered above them.  Whoever needs a person is
// one touch away.
#pragma once

#include "app/ui/screens/question_parts.h"

namespace machikoe {

/// Beside or above the board, with two rows of words and a notice?
bool has_room_for_card(Ui& ui, const View& view, const Question& question, const Rect& body);
/// Is the board so high that it needs the room of what stands around a question?
bool is_too_low(Ui& ui, const View& view, const Rect& body);
/// REQUIRES: view.writing.
void draw_writing_page(Ui& ui, const View& view, const Question& question, const Rect& body);

/// "Ask a member of staff", in its words where they have room.
void draw_ask(Ui& ui, const View& view, const Rect& rect);
float ask_width(Ui& ui, const View& view, float room);

}  // namespace machikoe
