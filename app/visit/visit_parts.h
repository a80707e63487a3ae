// The parts of the visit behind visit.h: which questions are asked, what was answered, what
// all of it amounts to at the end, and what the clock alone does.  For this folder only.
#pragma once

#include <string_view>
#include <vector>

#include "app/visit/visit.h"

namespace machikoe::visit_parts {

/// What a part needs to look things up; nothing here is changed by a visit.
struct Ground {
    const Pack& pack;
    const Place& place;
};

/// nullptr unless the screen is Question.
const Question* question_on_screen(const Pack& pack, const Visit& visit);

/// The questions of a section that are asked now, in order.
std::vector<const Question*> path(Ground ground, const Visit& visit, std::string_view section);
/// The neighbours of a question on the path of its section; nullptr at the ends.
const Question* question_after(Ground ground, const Visit& visit, const Question& question);
const Question* question_before(Ground ground, const Visit& visit, const Question& question);

/// Is there an answer that a response would contain?
bool has_standing_answer(Ground ground, const Visit& visit);
/// May the resident return to it from Review?
bool is_editable(Ground ground, const Visit& visit, const Question& question);

// The four ways to answer the question on the screen.  What does not fit it changes nothing.
void tap_option(Visit& visit, const Question& question, std::string_view option);
void set_number(Visit& visit, const Question& question, std::optional<std::int64_t> number);
void set_text(Visit& visit, const Question& question, std::string_view text);
void set_status(Visit& visit, const Question& question, AnswerStatus status);

enum class Leaving { Onward, Backward };
/// Drops an answer that is not allowed; onward, no answer becomes Skipped.
void leave_question(Visit& visit, const Question& question, Leaving leaving);

/// Attract, Sleep and Saving do not belong to the resident.
bool is_theirs(Screen screen);
/// Keeps step, page and `entered` in line with what `after` shows instead of `before`.
void settle(const Visit& before, Visit& after, Milliseconds now);
/// A new Visit, but for the step, which must not shrink.
Visit attract_after(const Pack& pack, const Visit& visit);
/// With nobody there: Attract while the place is open, Sleep while it is not.
void rest_by_the_clock(const Place& place, Visit& visit, Now now);
/// What a Tick at this moment does.
Visit with_time_passed(Ground ground, Visit visit, Now now);
/// Forgets the answers to questions that are not asked of whoever is helped; nothing when
/// nobody helps.
void forget_sensitive(Ground ground, Visit& visit);

/// REQUIRES: has_standing_answer.  check_response() holds for the result.
Response response_of(Ground ground, const Visit& visit, Now now);

}  // namespace machikoe::visit_parts
