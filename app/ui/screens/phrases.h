// Phrases: ready-made answers to a free-text question, and the way to the board.
//
// They look and act like options of which several may be chosen: one is marked while it stands in
// the text; touched again it goes.
#pragma once

#include "app/ui/screens/question_parts.h"

namespace machikoe {

/// Some of the phrases, [from, to), and below the last of all the way to the board.
struct PhraseRange {
    std::size_t from = 0, to = 0;
};
/// `scale` as of the card.  kNever where words would be broken.
float phrases_height(Ui& ui, const View& view, const Question& question, float width, float scale,
                     PhraseRange range);
/// `board_page` is where the way to the board leads.
void draw_phrases(Ui& ui, const View& view, const Question& question, Rect area, float scale,
                  PhraseRange range, int board_page);

}  // namespace machikoe
