#include "sync/simulation/residents.h"

#include <fmt/format.h>

#include <algorithm>

namespace machikoe::simulation {
namespace {

/// The least of two: earlier options are chosen more often.
std::size_t leaning(Dice& dice, std::size_t end) {
    return std::min(dice.index(end), dice.index(end));
}

ChosenOptions several(const Question& question, Dice& dice) {
    ChosenOptions chosen;
    for (const Option& option : question.options)
        if (!option.exclusive && dice.one_in(3)) chosen.push_back(option.id);
    if (chosen.empty()) chosen.push_back(question.options[dice.index(question.options.size())].id);
    return chosen;
}

ChosenOptions ranked(const Question& question, Dice& dice) {
    ChosenOptions left, chosen;
    for (const Option& option : question.options) left.push_back(option.id);
    while (chosen.size() < std::max<std::size_t>(question.rank_count, 1) && !left.empty()) {
        const auto at = static_cast<std::ptrdiff_t>(leaning(dice, left.size()));
        chosen.push_back(left[static_cast<std::size_t>(at)]);
        left.erase(left.begin() + at);
    }
    return chosen;
}

AnswerValue value_for(const Question& question, Dice& dice) {
    switch (question.type) {
        case QuestionType::Multiple:
            return several(question, dice);
        case QuestionType::Ranking:
            return ranked(question, dice);
        case QuestionType::Number:
            return dice.between(question.bounds->min,
                                std::min(question.bounds->max, question.bounds->min + 20));
        case QuestionType::FreeText:
            return std::string("合成された回答の文です。");
        default:
            return ChosenOptions{question.options[leaning(dice, question.options.size())].id};
    }
}

Answer answer_to(const Question& question, Dice& dice) {
    if (question.type == QuestionType::Note) return {};
    const std::uint64_t chance = dice.below(100);
    if (chance < 4 || (question.type == QuestionType::FreeText && chance < 80))
        return {AnswerStatus::Skipped, {}};
    if (question.offers_refusal && chance < 8) return {AnswerStatus::Refused, {}};
    return {AnswerStatus::Answered, value_for(question, dice)};
}

bool is_open(const Response& response, const std::string& section) {
    return section == kAboutSection || std::ranges::count(response.issues_opened, section) > 0;
}

}  // namespace

Response synthetic_response(const Pack& pack, Dice& dice) {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = kSyntheticSite;
    response.universe = dice.one_in(20) ? Universe::CommunityOrganisation : Universe::Resident;
    response.when = {fmt::format("2022-{:02}-{:02}", 6 + dice.below(6), 1 + dice.below(28)),
                     static_cast<int>(9 + dice.below(8))};
    // Now and then in English, where the pack offers it.
    const bool is_english =
        dice.one_in(12) && std::ranges::count(pack.plan.languages, Language::En) > 0;
    response.language = is_english ? Language::En : pack.plan.languages.front();
    response.length = dice.one_in(3) ? SurveyLength::ThreeMinutes : SurveyLength::Everything;
    response.assistance = dice.one_in(15) ? Assistance::Staff : Assistance::None;
    response.seed = dice.next();
    response.duration_s = dice.one_in(3) ? 60 : 180;
    response.hurried = dice.one_in(40);
    response.repeated = dice.one_in(200);
    if (dice.one_in(10)) response.abandoned = {pack.survey.questions.front().id};
    for (const Issue& issue : pack.plan.issues)
        if (!dice.one_in(4)) response.issues_opened.push_back(issue.id);
    const QuestionIds left = left_out(pack.survey, form_of(response));
    for (const Question& question : pack.survey.questions) {
        Answer& answer = response.answers[question.id];
        if (left.contains(question.id))
            answer.status = AnswerStatus::NotAsked;
        else if (is_open(response, question.section) &&
                 is_relevant(question, response.answers, response.universe))
            answer = answer_to(question, dice);
    }
    return response;
}

}  // namespace machikoe::simulation
