#include "sync/export/labels.h"

namespace machikoe {
namespace {

std::string_view in(Language language, std::string_view ja, std::string_view en) {
    return is_japanese(language) ? ja : en;
}

}  // namespace

std::string label_in(const Text& text, Language language) {
    return text.has(language) ? without_ruby(text.in(language)) : std::string();
}

std::string label_of(const Text& text, Language language) {
    return label_in(text, text.has(language) ? language : Language::Ja);
}

std::string question_label(const Pack& pack, std::string_view question, Language language) {
    const Question* found = pack.survey.question(question);
    return found ? label_in(found->text, language) : std::string(question);
}

std::string option_label(const Pack& pack, std::string_view question, std::string_view option,
                         Language language) {
    const Question* found = pack.survey.question(question);
    const Option* chosen = found ? found->option(option) : nullptr;
    return chosen ? label_in(chosen->label, language) : std::string(option);
}

std::string_view universe_label(Universe universe, Language language) {
    switch (universe) {
        case Universe::Resident:
            return in(language, "区民", "residents");
        case Universe::Parent:
            return in(language, "保護者", "parents");
        case Universe::CommunityOrganisation:
            return in(language, "地域団体", "community organisations");
        case Universe::Participant:
            return in(language, "参加者", "participants");
    }
    return "";
}

std::string variable_label(const Pack& pack, std::string_view variable, Language language) {
    if (variable == kUniverseVariable)
        return std::string(in(language, "回答者の区分", "Who was asked"));
    return question_label(pack, variable, language);
}

std::string group_label(const Pack& pack, std::string_view variable, std::string_view group,
                        Language language) {
    if (group.empty()) return std::string(in(language, "無回答・不明", "did not say"));
    if (variable != kUniverseVariable) return option_label(pack, variable, group, language);
    const auto universe = universe_of(group);
    return std::string(universe ? universe_label(*universe, language) : group);
}

std::string_view status_label(AnswerStatus status, Language language) {
    switch (status) {
        case AnswerStatus::Answered:
            return in(language, "回答", "answered");
        case AnswerStatus::Skipped:
            return in(language, "無回答", "skipped");
        case AnswerStatus::Refused:
            return in(language, "答えたくない", "prefers not to say");
        case AnswerStatus::NotShown:
            return in(language, "表示なし", "not shown");
        case AnswerStatus::NotAsked:
            return in(language, "質問せず", "not asked");
    }
    return "";
}

}  // namespace machikoe
