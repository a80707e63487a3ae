// What was answered: read from the visit, and put into words.
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

const Answer* answer_of(const Visit& visit, const Question& question) {
    const auto found = visit.answers.find(question.id);
    return found == visit.answers.end() ? nullptr : &found->second;
}

/// Of many chosen options the first two: a line of the review is no place for a list.
std::string words_of(const View& view, const Question& question, const ChosenOptions& chosen) {
    const bool counts = question.type == QuestionType::Multiple && chosen.size() > 2;
    const std::size_t named = counts ? 2 : chosen.size();
    std::string words;
    for (std::size_t i = 0; i < named; ++i) {
        const Option* option = question.option(chosen[i]);
        if (option == nullptr) continue;
        if (!words.empty()) words += view.str("list.separator");
        if (question.type == QuestionType::Ranking) words += std::to_string(i + 1) + ". ";
        words += view.say(option->label);
    }
    if (counts) words += view.str("list.more", {std::to_string(chosen.size() - named)});
    return words;
}

}  // namespace

const ChosenOptions& chosen_of(const Visit& visit, const Question& question) {
    static const ChosenOptions kNothing;
    const Answer* answer = answer_of(visit, question);
    const auto* chosen = answer == nullptr ? nullptr : std::get_if<ChosenOptions>(&answer->value);
    return chosen == nullptr ? kNothing : *chosen;
}

bool is_refused(const Visit& visit, const Question& question) {
    const Answer* answer = answer_of(visit, question);
    return answer != nullptr && answer->status == AnswerStatus::Refused;
}

bool is_answered(const Visit& visit, const Question& question) {
    const Answer* answer = answer_of(visit, question);
    return answer != nullptr && answer->status == AnswerStatus::Answered;
}

std::string words_of(const View& view, const Question& question) {
    const Answer* answer = answer_of(view.visit, question);
    if (answer == nullptr || answer->status == AnswerStatus::Skipped)
        return std::string(view.str("review.skipped"));
    if (answer->status == AnswerStatus::Refused) return std::string(view.str("question.refuse"));
    if (const auto* chosen = std::get_if<ChosenOptions>(&answer->value))
        return words_of(view, question, *chosen);
    if (const auto* number = std::get_if<std::int64_t>(&answer->value))
        return std::to_string(*number) + " " + std::string(view.say(question.unit));
    if (const auto* text = std::get_if<std::string>(&answer->value)) return *text;
    return "";
}

}  // namespace machikoe
