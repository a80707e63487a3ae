#include "sync/indicators/quality.h"

#include <optional>

namespace machikoe {
namespace {

bool was_shown(AnswerStatus status) {
    return status == AnswerStatus::Answered || status == AnswerStatus::Skipped ||
           status == AnswerStatus::Refused;
}

/// "Don't know" and the like stand beside a scale, not on it: they break a line.
bool is_straight_line(const Pack& pack, const Response& response) {
    std::optional<std::size_t> place;
    int scales = 0;
    for (const Question& question : pack.survey.questions) {
        if (question.type != QuestionType::Scale) continue;
        const auto found = response.answers.find(question.id);
        if (found == response.answers.end()) continue;
        const auto* chosen = std::get_if<ChosenOptions>(&found->second.value);
        if (!chosen || chosen->size() != 1) continue;
        std::size_t at = 0;
        while (at < question.options.size() && question.options[at].id != chosen->front()) ++at;
        if (place && *place != at) return false;
        place = at;
        ++scales;
    }
    return scales >= kLeastScalesForALine;
}

}  // namespace

std::string_view name_of(QualityFlag flag) {
    switch (flag) {
        case QualityFlag::Hurried:
            return "hurried";
        case QualityFlag::StraightLine:
            return "straight-line";
        case QualityFlag::Repeated:
            return "repeated";
    }
    return "unknown";
}

std::optional<QualityFlag> quality_flag_of(std::string_view name) {
    for (const QualityFlag flag : kQualityFlags)
        if (name_of(flag) == name) return flag;
    return std::nullopt;
}

std::set<QualityFlag> flags_of(const Pack& pack, const Response& response) {
    std::set<QualityFlag> flags;
    if (response.hurried) flags.insert(QualityFlag::Hurried);
    if (response.repeated) flags.insert(QualityFlag::Repeated);
    if (is_straight_line(pack, response)) flags.insert(QualityFlag::StraightLine);
    return flags;
}

QualityCounter::QualityCounter(const Pack& pack) {
    for (const QualityFlag flag : kQualityFlags) quality_.flagged[flag] = 0;
    for (const Question& question : pack.survey.questions)
        if (question.type != QuestionType::Note) quality_.drop_off.push_back({question.id, 0, 0});
}

void QualityCounter::add(const Response& response, const std::set<QualityFlag>& flags) {
    ++quality_.responses;
    for (const QualityFlag flag : flags) ++quality_.flagged[flag];
    ++quality_.by_assistance[response.assistance];
    ++quality_.by_length[response.length];
    for (const std::string& question : response.abandoned) {
        ++quality_.abandoned;
        ++quality_.abandoned_at[question];
    }
    DropOff* last = nullptr;
    for (DropOff& question : quality_.drop_off) {
        const auto found = response.answers.find(question.question);
        if (found == response.answers.end() || !was_shown(found->second.status)) continue;
        ++question.shown;
        last = &question;
    }
    if (last) ++last->last;
}

}  // namespace machikoe
