// Question parts: what the question screen is put together from.
//
// A question is a card (words, explanation, hard words) and an answer area whose shape is
// the question's type.  Each answer area says how high it wants to be, then draws itself.
#pragma once

#include <string>
#include <vector>

#include "app/ui/screens/page.h"

namespace machikoe {

/// What the resident has said so far; nothing chosen when nothing was.
const ChosenOptions& chosen_of(const Visit& visit, const Question& question);
bool is_refused(const Visit& visit, const Question& question);
bool is_answered(const Visit& visit, const Question& question);

struct AnswerArea {
    float least = 0;  // px: with less, something would not be readable
    float most = 0;   // px: with more, it would look lost
};

/// Single, Scale, Multiple, Ranking, AgeBand, Area.
AnswerArea options_area(Ui& ui, const View& view, const Question& question, const Rect& room);
void draw_options(Ui& ui, const View& view, const Question& question, const Rect& area);

AnswerArea number_area(Ui& ui);
void draw_number(Ui& ui, const View& view, const Question& question, const Rect& area);

AnswerArea keyboard_area(Ui& ui);
void draw_free_text(Ui& ui, const View& view, const Question& question, const Rect& area);

/// An answer in words, for the review: "感じる", "1. 水  2. 食べ物", "3 日".
std::string words_of(const View& view, const Question& question);

}  // namespace machikoe
