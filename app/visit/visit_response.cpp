#include <algorithm>

#include "app/visit/visit_parts.h"

namespace machikoe {
namespace visit_parts {
namespace {

bool was_reachable(const Visit& visit, const Question& question) {
    return question.section == kAboutSection || visit.issues_opened.contains(question.section);
}

/// The answers that count: of questions that are asked, given the answers that count.
Answers standing_answers(Ground ground, const Visit& visit) {
    Answers standing;
    const QuestionIds left = left_out(ground.pack.survey, form_of(ground.place, visit));
    for (const Question& question : ground.pack.survey.questions) {
        if (question.type == QuestionType::Note || !was_reachable(visit, question)) continue;
        if (left.contains(question.id)) continue;
        const auto found = visit.answers.find(question.id);
        if (found == visit.answers.end() || !check_answer(question, found->second)) continue;
        if (is_relevant(question, standing, ground.place.universe)) standing.insert(*found);
    }
    return standing;
}

}  // namespace

bool has_standing_answer(Ground ground, const Visit& visit) {
    return std::ranges::any_of(standing_answers(ground, visit), [](const auto& entry) {
        return entry.second.status == AnswerStatus::Answered;
    });
}

bool is_editable(Ground ground, const Visit& visit, const Question& question) {
    if (question.type == QuestionType::Note || !was_reachable(visit, question)) return false;
    const auto asked = path(ground, visit, question.section);
    return std::ranges::find(asked, &question) != asked.end();
}

void forget_sensitive(Ground ground, Visit& visit) {
    // Of the whole survey: the length may be chosen anew, and must not bring them back.
    Form form = form_of(ground.place, visit);
    form.length = SurveyLength::Everything;
    for (const std::string& id : left_out(ground.pack.survey, form)) visit.answers.erase(id);
}

Response response_of(Ground ground, const Visit& visit, Now now) {
    Response response;
    response.pack_id = ground.pack.plan.id;
    response.pack_hash = ground.pack.hash;
    response.site = ground.place.site;
    response.event = ground.place.event;
    response.universe = ground.place.universe;
    response.mode = Mode::Kiosk;
    response.when = day_hour_in_japan(now.wall);
    response.language = visit.settings.language;
    response.length = visit.length.value_or(SurveyLength::Everything);
    response.assistance = visit.assistance;
    response.seed = visit.seed;
    response.duration_s = static_cast<int>(
        std::chrono::duration_cast<std::chrono::seconds>(now.monotonic - visit.started).count());
    for (const Issue& issue : ground.pack.plan.issues) {
        if (visit.issues_opened.contains(issue.id)) response.issues_opened.push_back(issue.id);
    }
    response.answers = standing_answers(ground, visit);
    for (const std::string& id : left_out(ground.pack.survey, form_of(ground.place, visit)))
        response.answers[id] = Answer{AnswerStatus::NotAsked, {}};
    for (const Question& question : ground.pack.survey.questions)
        response.answers.try_emplace(question.id);  // NotShown
    return response;
}

}  // namespace visit_parts

Form form_of(const Place& place, const Visit& visit) {
    return {place.universe, visit.length.value_or(SurveyLength::Everything), visit.assistance,
            visit.seed};
}

}  // namespace machikoe
