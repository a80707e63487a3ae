#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "app/visit/visit_parts.h"

namespace machikoe {
namespace visit_parts {
namespace {

bool takes_options(QuestionType type) {
    return type != QuestionType::Number && type != QuestionType::FreeText &&
           type != QuestionType::Note;
}

/// The first `max_length` code points; nullopt when any of the text is no UTF-8 or a
/// control character.
std::optional<std::string> cut(std::string_view text, std::size_t max_length) {
    const char* bytes = text.data();
    const auto size = static_cast<std::int32_t>(text.size());
    std::int32_t end = 0;
    std::size_t count = 0;
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, at, size, c);
        if (c < 0 || u_charType(c) == U_CONTROL_CHAR) return std::nullopt;
        if (++count <= max_length) end = at;
    }
    return std::string(text.substr(0, static_cast<std::size_t>(end)));
}

template <class Value>
void put(Visit& visit, const Question& question, Value value) {
    visit.answers[question.id] = Answer{AnswerStatus::Answered, std::move(value)};
}

}  // namespace

const Question* question_on_screen(const Pack& pack, const Visit& visit) {
    if (visit.screen != Screen::Question) return nullptr;
    return pack.survey.question(visit.question);
}

std::vector<const Question*> path(Ground ground, const Visit& visit, std::string_view section) {
    return asked_questions(ground.pack.survey, section, visit.answers,
                           form_of(ground.place, visit));
}

// By place in the survey, not by looking the question up on the path: should it have left
// the path meanwhile (staff changed the universe), there is still a way on and back.
const Question* question_after(Ground ground, const Visit& visit, const Question& question) {
    for (const Question* asked : path(ground, visit, question.section)) {
        if (asked > &question) return asked;
    }
    return nullptr;
}

const Question* question_before(Ground ground, const Visit& visit, const Question& question) {
    const Question* before = nullptr;
    for (const Question* asked : path(ground, visit, question.section)) {
        if (asked < &question) before = asked;
    }
    return before;
}

void tap_option(Visit& visit, const Question& question, std::string_view option) {
    if (!takes_options(question.type) || question.option(option) == nullptr) return;
    ChosenOptions chosen;
    const auto found = visit.answers.find(question.id);
    if (found != visit.answers.end()) {
        if (const auto* before = std::get_if<ChosenOptions>(&found->second.value)) chosen = *before;
    }
    chosen = with_tapped(question, std::move(chosen), option);
    if (chosen.empty()) {
        visit.answers.erase(question.id);
    } else {
        put(visit, question, std::move(chosen));
    }
}

void set_number(Visit& visit, const Question& question, std::optional<std::int64_t> number) {
    if (question.type != QuestionType::Number) return;
    if (number) {
        put(visit, question, *number);
    } else {
        visit.answers.erase(question.id);
    }
}

void set_text(Visit& visit, const Question& question, std::string_view text) {
    // ICU counts in 32 bits; no keyboard yields this much.
    constexpr std::size_t kMostBytes = 1 << 20;
    if (question.type != QuestionType::FreeText || text.size() > kMostBytes) return;
    std::optional<std::string> kept = cut(text, question.max_length);
    if (!kept) return;
    if (kept->empty()) {
        visit.answers.erase(question.id);
    } else {
        put(visit, question, std::move(*kept));
    }
}

void set_status(Visit& visit, const Question& question, AnswerStatus status) {
    visit.answers[question.id] = Answer{status, {}};
}

void leave_question(Visit& visit, const Question& question, Leaving leaving) {
    const auto found = visit.answers.find(question.id);
    if (found != visit.answers.end()) {
        if (check_answer(question, found->second)) return;
        visit.answers.erase(found);
    }
    if (leaving == Leaving::Onward && question.type != QuestionType::Note)
        set_status(visit, question, AnswerStatus::Skipped);
}

}  // namespace visit_parts

Progress progress_of(const Pack& pack, const Place& place, const Visit& visit) {
    Progress progress;
    if (visit.section.empty()) return progress;
    const auto asked = visit_parts::path({pack, place}, visit, visit.section);
    progress.count = asked.size();
    const Question* shown = visit_parts::question_on_screen(pack, visit);
    const auto found = std::ranges::find(asked, shown);
    if (found != asked.end())
        progress.position = static_cast<std::size_t>(found - asked.begin()) + 1;
    return progress;
}

bool is_issue_done(const Pack& pack, const Place& place, const Visit& visit,
                   std::string_view issue) {
    auto asked = visit_parts::path({pack, place}, visit, issue);
    std::erase_if(asked,
                  [](const Question* question) { return question->type == QuestionType::Note; });
    return !asked.empty() && std::ranges::all_of(asked, [&](const Question* question) {
        return visit.answers.contains(question->id);
    });
}

bool may_go_on(const Pack& pack, const Visit& visit) {
    const Question* question = visit_parts::question_on_screen(pack, visit);
    if (question == nullptr) return false;
    const auto found = visit.answers.find(question->id);
    if (found == visit.answers.end()) return !question->required;
    return check_answer(*question, found->second).has_value();
}

bool has_answers(const Visit& visit) {
    return std::ranges::any_of(visit.answers, [](const auto& entry) {
        return entry.second.status == AnswerStatus::Answered;
    });
}

}  // namespace machikoe
