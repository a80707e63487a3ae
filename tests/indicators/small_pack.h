// A pack small enough to count by hand: three questions of one issue, one about the visitor.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

inline Text text_in(std::string ja, std::string en) {
    Text text;
    text.set(Language::Ja, std::move(ja));
    text.set(Language::En, std::move(en));
    return text;
}

inline Question question_with(std::string id, QuestionType type,
                              const std::vector<std::string>& options) {
    Question question;
    question.id = std::move(id);
    question.section = "living";
    question.type = type;
    question.text = text_in("問い", "Question");
    for (const std::string& option : options) {
        Option added;
        added.id = option;
        added.label = text_in(option, option);
        question.options.push_back(std::move(added));
    }
    return question;
}

inline IndicatorDefinition definition_of(std::string id, std::string question,
                                         std::vector<std::string> counted) {
    IndicatorDefinition definition;
    definition.id = std::move(id);
    definition.issue = "living";
    definition.label = text_in("安心と感じる回答者の割合", "Respondents who feel safe");
    definition.question = std::move(question);
    definition.counted = std::move(counted);
    return definition;
}

/// Questions: feel (4-point scale with "dontknow"), ways (multiple), wish (ranking of two),
/// age (age-band), people (number), words (free text).
inline Pack small_pack() {
    Pack pack;
    pack.plan.id = "testward-r4";
    pack.plan.fiscal_year = "2022";
    pack.plan.ward = text_in("試験区", "Test Ward");
    pack.plan.title = text_in("運営方針", "Management policy");
    pack.plan.languages = {Language::Ja, Language::En};
    Issue issue;
    issue.id = "living";
    issue.number = 1;
    pack.plan.issues.push_back(issue);
    pack.hash = std::string(64, 'a');
    auto& questions = pack.survey.questions;
    questions.push_back(question_with("feel", QuestionType::Scale,
                                      {"no", "rather-no", "rather-yes", "yes", "dontknow"}));
    questions.push_back(question_with("ways", QuestionType::Multiple, {"walk", "talk", "none"}));
    questions.push_back(question_with("wish", QuestionType::Ranking, {"park", "bus", "light"}));
    questions.back().rank_count = 2;
    questions.push_back(question_with("age", QuestionType::AgeBand, {"under18", "over18"}));
    questions.back().section = "about";
    questions.push_back(question_with("people", QuestionType::Number, {}));
    questions.back().bounds = NumberBounds{0, 20, {}};
    questions.push_back(question_with("words", QuestionType::FreeText, {}));
    questions.back().max_length = 100;
    pack.plan.indicators = {definition_of("feels-safe", "feel", {"rather-yes", "yes"})};
    return pack;
}

inline Answer answered(ChosenOptions options) {
    return {AnswerStatus::Answered, std::move(options)};
}

inline Response response_to(const Pack& pack) {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = "lobby";
    response.when = {"2022-06-01", 10};
    response.issues_opened = {"living"};
    response.duration_s = 90;
    for (const Question& question : pack.survey.questions) response.answers[question.id] = {};
    return response;
}

/// A response that answers one question and was not shown the others.
inline Response response_with(const Pack& pack, const std::string& question, Answer answer) {
    Response response = response_to(pack);
    response.answers[question] = std::move(answer);
    return response;
}

}  // namespace machikoe
