// Answer: what one resident said to one question, and the rules that hold for it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "app/base/result.h"
#include "app/survey/form.h"
#include "app/survey/survey.h"

namespace machikoe {

/// Why a question carries a value, or none.  These are kept apart for ever: a question
/// that was never on the screen was not refused.
enum class AnswerStatus {
    Answered,
    Skipped,   // was shown; the resident went on
    Refused,   // "prefer not to say"
    NotShown,  // skip logic or universe left it out, its issue was not opened, or it is a Note
    NotAsked,  // the form leaves it out: a shorter survey, or sensitive and somebody helps
};
std::string_view name_of(AnswerStatus status);  // "answered", "skipped", …
std::optional<AnswerStatus> answer_status_of(std::string_view name);

using ChosenOptions = std::vector<std::string>;  // Option::id; Ranking: in order of rank
using AnswerValue = std::variant<std::monostate, ChosenOptions, std::int64_t, std::string>;

/// REQUIRES: value holds something exactly when status is Answered.
struct Answer {
    AnswerStatus status = AnswerStatus::NotShown;
    AnswerValue value;
    bool operator==(const Answer&) const = default;
};

using Answers = std::map<std::string, Answer, std::less<>>;  // by Question::id

/// Is this answer one that the question allows?  Invalid with the reason for a developer
/// or, for numbers, out of bounds.  Options unknown, twice, exclusive beside others, too
/// many ranks, text too long or with control characters: all Invalid.  The reason never
/// holds the answer.
/// Skipped is allowed of a required question too: `required` holds Next back, but a resident
/// may always finish, and then the record says what happened.  A Note is NotShown and nothing
/// else, on the screen or not: it asks nothing, so there is nothing to skip or to refuse.
Status check_answer(const Question& question, const Answer& answer);

/// Do skip logic and universe let the question be asked, given what was answered so far?  What
/// a form leaves out is not looked at.
/// REQUIRES: `answers` holds no answer of a question that is itself not relevant.  Where such
/// may be left over (an earlier answer was changed), use asked_questions or
/// relevant_questions, which leave them out of account.
bool is_relevant(const Question& question, const Answers& answers, Universe universe);

/// Every question that is relevant now and in the form, in the survey's order.  The answer to
/// any other question is as if it had not been given.
std::vector<const Question*> relevant_questions(const Survey& survey, const Answers& answers,
                                                const Form& form);

/// Those of one section.
std::vector<const Question*> asked_questions(const Survey& survey, std::string_view section,
                                             const Answers& answers, const Form& form);

/// Indices into question.options in the order shown.  The same seed gives the same order,
/// for ever and on every machine (Park-Miller and inside-out Fisher-Yates, as XForms
/// specifies), so that it can be recreated at analysis.  ReversedForHalf reverses for odd
/// seeds.  Pinned options keep their index; the others trade places among themselves.
std::vector<std::size_t> option_order(const Question& question, std::uint64_t seed);

/// A tap on an option: what is chosen afterwards.  Single, Scale: the option alone.
/// Multiple: toggled, exclusive options stand alone and nothing else is ever
/// deselected silently; in the question's order.  Ranking: appended, removed when it was
/// chosen, unchanged when all ranks are taken.  An unknown option changes nothing.
ChosenOptions with_tapped(const Question& question, ChosenOptions chosen, std::string_view option);

}  // namespace machikoe
