#include "app/survey/form.h"

#include <algorithm>
#include <map>
#include <vector>

namespace machikoe {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): few lines, the same on every machine for ever.
class SplitMix {
  public:
    explicit SplitMix(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

  private:
    std::uint64_t state_;
};

/// FNV-1a: each section draws for itself, and another section in the pack changes nothing.
std::uint64_t fingerprint(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

struct SectionRest {
    std::vector<const Question*> questions;
    bool has_core = false;
};

/// How many of the rest are asked.  An odd one out is asked of half: each question then has the
/// same chance, one in two.
std::size_t asked_of_rest(const SectionRest& rest, SurveyLength length, bool rounds_up) {
    const std::size_t least = rest.has_core || rest.questions.empty() ? 0 : 1;
    if (length == SurveyLength::OneMinute) return least;
    return std::max(least, (rest.questions.size() + (rounds_up ? 1 : 0)) / 2);
}

void leave_out_rest(std::string_view section, SectionRest rest, const Form& form,
                    QuestionIds& left) {
    SplitMix chance(form.seed ^ fingerprint(section));
    const bool rounds_up = chance.next() >> 63 != 0;
    for (std::size_t i = rest.questions.size(); i > 1; --i)
        std::swap(rest.questions[i - 1], rest.questions[chance.next() % i]);
    for (std::size_t i = asked_of_rest(rest, form.length, rounds_up); i < rest.questions.size();
         ++i)
        left.insert(rest.questions[i]->id);
}

}  // namespace

QuestionIds left_out(const Survey& survey, const Form& form) {
    QuestionIds left;
    const bool is_short = form.length != SurveyLength::Everything;
    const bool is_helped = form.assistance != Assistance::None;
    if (!is_short && !is_helped) return left;
    std::map<std::string_view, SectionRest> sections;
    for (const Question& question : survey.questions) {
        if (question.type == QuestionType::Note || !is_for(question, form.universe)) continue;
        if (is_helped && question.sensitive) left.insert(question.id);
        SectionRest& rest = sections[question.section];
        if (question.core)
            rest.has_core = true;
        else if (question.relevant.empty())
            rest.questions.push_back(&question);
    }
    if (is_short)
        for (auto& [section, rest] : sections) leave_out_rest(section, rest, form, left);
    // Conditions look back only, so one pass settles chains.
    for (const Question& question : survey.questions) {
        if (question.type == QuestionType::Note || !is_for(question, form.universe)) continue;
        if (std::ranges::any_of(question.relevant, [&](const Condition& condition) {
                return left.contains(condition.question);
            }))
            left.insert(question.id);
    }
    return left;
}

QuestionRange questions_per_issue(const Survey& survey, const Form& form) {
    const QuestionIds left = left_out(survey, form);
    std::map<std::string_view, std::size_t> counts;
    for (const Question& question : survey.questions) {
        if (question.section == kAboutSection || question.type == QuestionType::Note) continue;
        if (is_for(question, form.universe) && !left.contains(question.id))
            ++counts[question.section];
    }
    QuestionRange range;
    for (const auto& [section, count] : counts) {
        range.least = range.least == 0 ? count : std::min(range.least, count);
        range.most = std::max(range.most, count);
    }
    return range;
}

std::string_view name_of(SurveyLength length) {
    switch (length) {
        case SurveyLength::OneMinute:
            return "1-minute";
        case SurveyLength::ThreeMinutes:
            return "3-minutes";
        case SurveyLength::Everything:
            return "everything";
    }
    return "unknown";
}

std::optional<SurveyLength> survey_length_of(std::string_view name) {
    for (const SurveyLength length : kLengths)
        if (name_of(length) == name) return length;
    return std::nullopt;
}

std::string_view name_of(Assistance assistance) {
    switch (assistance) {
        case Assistance::None:
            return "none";
        case Assistance::Staff:
            return "staff";
        case Assistance::Family:
            return "family";
        case Assistance::Interpreter:
            return "interpreter";
    }
    return "unknown";
}

std::optional<Assistance> assistance_of(std::string_view name) {
    for (const Assistance assistance : kAssistances)
        if (name_of(assistance) == name) return assistance;
    return std::nullopt;
}

}  // namespace machikoe
