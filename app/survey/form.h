// Form: which part of the survey one resident is asked.
//
// A resident chooses how much time to give.  What a shorter form leaves out is decided by
// chance and not by the resident (planned missingness): the core questions are asked of
// everybody, and of the rest every question is asked of some.  Whoever is helped is not asked
// what is sensitive.  Everything here follows from the survey, the choices and the visit's seed,
// so that the server and an analyst can recompute what was left out.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/survey/survey.h"

namespace machikoe {

enum class SurveyLength { OneMinute, ThreeMinutes, Everything };
inline constexpr SurveyLength kLengths[] = {SurveyLength::OneMinute, SurveyLength::ThreeMinutes,
                                            SurveyLength::Everything};
std::string_view name_of(SurveyLength length);  // "1-minute", "3-minutes", "everything"
std::optional<SurveyLength> survey_length_of(std::string_view name);

/// Who helps the resident to answer.
enum class Assistance { None, Staff, Family, Interpreter };
inline constexpr Assistance kAssistances[] = {Assistance::None, Assistance::Staff,
                                              Assistance::Family, Assistance::Interpreter};
std::string_view name_of(Assistance assistance);  // "none", "staff", …
std::optional<Assistance> assistance_of(std::string_view name);

struct Form {
    Universe universe = Universe::Resident;
    SurveyLength length = SurveyLength::Everything;
    Assistance assistance = Assistance::None;
    std::uint64_t seed = 0;
};

using QuestionIds = std::set<std::string, std::less<>>;

/// Question::id of what this form leaves out, of the questions that its universe is asked.
/// The rest of a section are its questions that are neither core nor a Note and that hang on no
/// other.  OneMinute leaves all of it out, ThreeMinutes half: each question for one seed in two.
/// Where a section has no core question, one of the rest is asked in any case.  The questions
/// of a shorter form are asked in every longer one of the same seed.  With assistance the
/// sensitive questions are left out too, core or not.  A question that hangs on one left out is
/// left out with it.  A Note never is.
QuestionIds left_out(const Survey& survey, const Form& form);

/// How many questions an issue has in this form, at least and at most, over the issues that
/// have any; those that hang on an answer count.  {0, 0} when there is none.
struct QuestionRange {
    std::size_t least = 0, most = 0;
};
QuestionRange questions_per_issue(const Survey& survey, const Form& form);

}  // namespace machikoe
