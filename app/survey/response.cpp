#include "app/survey/response.h"

#include <algorithm>

namespace machikoe {
namespace {

tl::unexpected<Error> misfit(const std::string& reason) {
    return fail(ErrorCode::Invalid, "response: " + reason);
}

bool is_calendar_day(std::string_view day) {
    if (day.size() != 10) return false;
    for (std::size_t i = 0; i < day.size(); ++i) {
        const bool is_dash = i == 4 || i == 7;
        if (is_dash ? day[i] != '-' : (day[i] < '0' || day[i] > '9')) return false;
    }
    const std::string_view month = day.substr(5, 2);
    const std::string_view of_month = day.substr(8, 2);
    return month >= "01" && month <= "12" && of_month >= "01" && of_month <= "31";
}

/// Issues of the plan, none twice, in the plan's order.
bool are_opened_in_order(const Plan& plan, const std::vector<std::string>& opened) {
    std::size_t at = 0;
    for (const Issue& issue : plan.issues) {
        if (at < opened.size() && opened[at] == issue.id) ++at;
    }
    return at == opened.size();
}

Status check_circumstances(const Pack& pack, const Response& response) {
    if (response.pack_id != pack.plan.id || response.pack_hash != pack.hash)
        return misfit("belongs to another pack");
    if (!is_calendar_day(response.when.day) || response.when.hour < 0 || response.when.hour > 23)
        return misfit("no such day and hour");
    if (response.duration_s < 0) return misfit("negative duration");
    if (std::ranges::count(pack.plan.languages, response.language) == 0)
        return misfit("a language that the pack does not offer");
    if (!are_opened_in_order(pack.plan, response.issues_opened))
        return misfit("opened issues are not the pack's, in its order");
    return {};
}

bool was_on_screen(const Answer& answer) {
    return answer.status != AnswerStatus::NotShown && answer.status != AnswerStatus::NotAsked;
}

}  // namespace

std::string_view name_of(Mode mode) {
    switch (mode) {
        case Mode::Kiosk:
            return "kiosk";
    }
    return "unknown";
}

std::optional<Mode> mode_of(std::string_view name) {
    if (name == name_of(Mode::Kiosk)) return Mode::Kiosk;
    return std::nullopt;
}

Form form_of(const Response& response) {
    return {response.universe, response.length, response.assistance, response.seed};
}

Status check_response(const Pack& pack, const Response& response) {
    if (Status status = check_circumstances(pack, response); !status) return status;
    const Form form = form_of(response);
    const QuestionIds left = left_out(pack.survey, form);
    const auto relevant = relevant_questions(pack.survey, response.answers, form);
    auto next_relevant = relevant.begin();
    for (const Question& question : pack.survey.questions) {
        const bool is_asked = next_relevant != relevant.end() && *next_relevant == &question;
        if (is_asked) ++next_relevant;
        const auto found = response.answers.find(question.id);
        if (found == response.answers.end())
            return misfit("question '" + question.id + "' has no entry");
        if (Status status = check_answer(question, found->second); !status) return status;
        const bool is_left_out = left.contains(question.id);
        if ((found->second.status == AnswerStatus::NotAsked) != is_left_out)
            return misfit("question '" + question.id +
                          (is_left_out ? "' was to be left out" : "' was not to be left out"));
        if (!was_on_screen(found->second)) continue;
        if (!is_asked) return misfit("question '" + question.id + "' was not to be shown");
        const bool is_opened = question.section == kAboutSection ||
                               std::ranges::count(response.issues_opened, question.section) > 0;
        if (!is_opened) return misfit("question '" + question.id + "' of an issue not opened");
    }
    if (response.answers.size() != pack.survey.questions.size())
        return misfit("holds questions that the pack has not");
    return {};
}

}  // namespace machikoe
