#include "app/survey/answer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <set>

namespace machikoe {
namespace {

tl::unexpected<Error> refuse(const Question& question, const std::string& reason) {
    return fail(ErrorCode::Invalid, "question '" + question.id + "': " + reason);
}

/// Code points of UTF-8 without control characters; nullopt for anything else.
std::optional<std::size_t> length_of_plain_text(std::string_view text) {
    std::size_t count = 0;
    const char* bytes = text.data();
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size; ++count) {
        UChar32 c = 0;
        U8_NEXT(bytes, at, size, c);
        if (c < 0 || u_charType(c) == U_CONTROL_CHAR) return std::nullopt;
    }
    return count;
}

bool is_choice(QuestionType type) {
    switch (type) {
        case QuestionType::Single:
        case QuestionType::Scale:
        case QuestionType::Multiple:
        case QuestionType::Ranking:
        case QuestionType::AgeBand:
        case QuestionType::Area:
            return true;
        case QuestionType::Number:
        case QuestionType::FreeText:
        case QuestionType::Note:
            return false;
    }
    return false;
}

std::size_t most_options(const Question& question) {
    if (question.type == QuestionType::Multiple) return question.options.size();
    if (question.type == QuestionType::Ranking) return question.rank_count;
    return 1;
}

Status check_chosen(const Question& question, const ChosenOptions& chosen) {
    if (chosen.empty()) return refuse(question, "answered with no option");
    std::set<std::string_view> seen;
    for (const std::string& id : chosen) {
        const Option* option = question.option(id);
        if (option == nullptr) return refuse(question, "unknown option");
        if (!seen.insert(id).second) return refuse(question, "an option twice");
        if (option->exclusive && chosen.size() > 1)
            return refuse(question, "an exclusive option beside others");
    }
    if (chosen.size() > most_options(question)) return refuse(question, "too many options");
    return {};
}

Status check_text(const Question& question, const std::string& text) {
    if (text.empty()) return refuse(question, "answered with no text");
    // Four bytes a code point at most; also keeps the length within ICU's 32 bits.
    if (text.size() > 4 * question.max_length) return refuse(question, "text too long");
    const auto length = length_of_plain_text(text);
    if (!length) return refuse(question, "text is not UTF-8 without control characters");
    if (*length > question.max_length) return refuse(question, "text too long");
    return {};
}

Status check_value(const Question& question, const AnswerValue& value) {
    if (is_choice(question.type)) {
        const auto* chosen = std::get_if<ChosenOptions>(&value);
        if (chosen == nullptr) return refuse(question, "not a choice of options");
        return check_chosen(question, *chosen);
    }
    if (question.type == QuestionType::Number) {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr) return refuse(question, "not a number");
        if (question.bounds && (*number < question.bounds->min || *number > question.bounds->max))
            return refuse(question, "number out of bounds");
        return {};
    }
    if (question.type == QuestionType::FreeText) {
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr) return refuse(question, "not a text");
        return check_text(question, *text);
    }
    return refuse(question, "takes no answer");
}

bool holds(const Condition& condition, const Answers& answers) {
    const auto found = answers.find(condition.question);
    if (found == answers.end() || found->second.status != AnswerStatus::Answered) return false;
    const auto* chosen = std::get_if<ChosenOptions>(&found->second.value);
    if (chosen == nullptr) return false;
    const bool any = std::ranges::any_of(*chosen, [&](const std::string& id) {
        return std::ranges::find(condition.options, id) != condition.options.end();
    });
    return any != condition.negated;
}

/// Park and Miller's minimal standard generator, seeded as XForms' randomize() does.
class MinimalStandard {
  public:
    explicit MinimalStandard(std::uint64_t seed) : state_(seed % kModulus) {
        if (state_ == 0) state_ = kModulus - 1;
    }
    /// 0 … bound-1
    std::size_t below(std::size_t bound) {
        state_ = state_ * 16807 % kModulus;
        return static_cast<std::size_t>((state_ - 1) * bound / (kModulus - 1));
    }

  private:
    static constexpr std::uint64_t kModulus = 2147483647;  // 2^31 - 1
    std::uint64_t state_;
};

/// Fisher and Yates, inside out.
std::vector<std::size_t> shuffled(const std::vector<std::size_t>& items, std::uint64_t seed) {
    MinimalStandard random(seed);
    std::vector<std::size_t> result(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t j = random.below(i + 1);
        result[i] = result[j];
        result[j] = items[i];
    }
    return result;
}

ChosenOptions toggled(const Question& question, const ChosenOptions& chosen, const Option& tapped) {
    const auto is_chosen = [&](const std::string& id) {
        return std::ranges::find(chosen, id) != chosen.end();
    };
    // In the question's order, so that equal choices are equal answers whatever the taps were.
    ChosenOptions result;
    for (const Option& option : question.options) {
        const bool is_tapped = option.id == tapped.id;
        if (is_tapped && !is_chosen(option.id)) result.push_back(option.id);
        if (is_tapped || !is_chosen(option.id)) continue;
        if (option.exclusive || (tapped.exclusive && !is_chosen(tapped.id))) continue;
        result.push_back(option.id);
    }
    return result;
}

}  // namespace

std::string_view name_of(AnswerStatus status) {
    switch (status) {
        case AnswerStatus::Answered:
            return "answered";
        case AnswerStatus::Skipped:
            return "skipped";
        case AnswerStatus::Refused:
            return "refused";
        case AnswerStatus::NotShown:
            return "not-shown";
        case AnswerStatus::NotAsked:
            return "not-asked";
    }
    return "unknown";
}

std::optional<AnswerStatus> answer_status_of(std::string_view name) {
    for (const AnswerStatus status :
         {AnswerStatus::Answered, AnswerStatus::Skipped, AnswerStatus::Refused,
          AnswerStatus::NotShown, AnswerStatus::NotAsked}) {
        if (name_of(status) == name) return status;
    }
    return std::nullopt;
}

Status check_answer(const Question& question, const Answer& answer) {
    const bool has_value = !std::holds_alternative<std::monostate>(answer.value);
    if (question.type == QuestionType::Note && answer.status != AnswerStatus::NotShown)
        return refuse(question, "a note is not asked");
    if (answer.status == AnswerStatus::Answered) return check_value(question, answer.value);
    if (has_value) return refuse(question, "a value without being answered");
    if (answer.status == AnswerStatus::Refused && !question.offers_refusal)
        return refuse(question, "refused, which it does not offer");
    return {};
}

bool is_relevant(const Question& question, const Answers& answers, Universe universe) {
    return is_for(question, universe) &&
           std::ranges::all_of(question.relevant, [&](const Condition& condition) {
               return holds(condition, answers);
           });
}

std::vector<const Question*> relevant_questions(const Survey& survey, const Answers& answers,
                                                const Form& form) {
    std::vector<const Question*> relevant;
    const QuestionIds left = left_out(survey, form);
    // Conditions look back only, so one pass settles chains: an answer counts once its own
    // question has been found relevant.
    const auto stands = [&](const Condition& condition) {
        const bool is_asked = std::ranges::any_of(
            relevant, [&](const Question* before) { return before->id == condition.question; });
        return is_asked && holds(condition, answers);
    };
    for (const Question& question : survey.questions) {
        if (left.contains(question.id) || !is_for(question, form.universe)) continue;
        if (std::ranges::all_of(question.relevant, stands)) relevant.push_back(&question);
    }
    return relevant;
}

std::vector<const Question*> asked_questions(const Survey& survey, std::string_view section,
                                             const Answers& answers, const Form& form) {
    std::vector<const Question*> asked = relevant_questions(survey, answers, form);
    std::erase_if(asked, [&](const Question* question) { return question->section != section; });
    return asked;
}

std::vector<std::size_t> option_order(const Question& question, std::uint64_t seed) {
    std::vector<std::size_t> order(question.options.size());
    std::vector<std::size_t> movable;
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        if (!question.options[i].pinned) movable.push_back(i);
    }
    std::vector<std::size_t> moved = movable;
    if (question.order == OptionOrder::Shuffled) moved = shuffled(movable, seed);
    if (question.order == OptionOrder::ReversedForHalf && seed % 2 == 1)
        std::ranges::reverse(moved);
    for (std::size_t i = 0; i < movable.size(); ++i) order[movable[i]] = moved[i];
    return order;
}

ChosenOptions with_tapped(const Question& question, ChosenOptions chosen, std::string_view option) {
    const Option* tapped = question.option(option);
    if (tapped == nullptr || !is_choice(question.type)) return chosen;
    if (question.type == QuestionType::Multiple) return toggled(question, chosen, *tapped);
    if (question.type != QuestionType::Ranking) return {tapped->id};
    if (std::erase(chosen, tapped->id) > 0) return chosen;
    if (chosen.size() < question.rank_count) chosen.push_back(tapped->id);
    return chosen;
}

}  // namespace machikoe
