#include "sync/indicators/indicators.h"

#include <utility>

#include "sync/indicators/judge.h"

namespace machikoe {
namespace {

/// Counts an answer once, however many of its options are in the numerator.
void count_answered(IndicatorFigure& figure, const Answer& answer) {
    const auto* chosen = std::get_if<ChosenOptions>(&answer.value);
    if (!chosen) return;
    bool counts = false;
    for (const std::string& option : *chosen) {
        ++figure.by_option[option];
        for (const std::string& counted : figure.definition.counted) counts |= counted == option;
    }
    figure.n += 1;
    figure.counted += counts ? 1 : 0;
}

void count(IndicatorFigure& figure, const Answer& answer) {
    const bool in_base = figure.definition.base == BaseRule::IncludeSkipped;
    switch (answer.status) {
        case AnswerStatus::Answered:
            count_answered(figure, answer);
            break;
        case AnswerStatus::Skipped:
            figure.skipped += 1;
            figure.n += in_base ? 1 : 0;
            break;
        case AnswerStatus::Refused:
            figure.refused += 1;
            figure.n += in_base ? 1 : 0;
            break;
        case AnswerStatus::NotShown:
        case AnswerStatus::NotAsked:
            break;
    }
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Achieved:
            return "achieved";
        case Verdict::NotAchieved:
            return "not-achieved";
        case Verdict::None:
            break;
    }
    return "none";
}

std::string_view name_of(NoVerdict reason) {
    switch (reason) {
        case NoVerdict::NoTargetGiven:
            return "no-target-given";
        case NoVerdict::BaseTooSmall:
            return "base-too-small";
        case NoVerdict::NotComparable:
            return "not-comparable";
        case NoVerdict::NotMeasurableHere:
            return "not-measurable-here";
        case NoVerdict::NothingReported:
            return "nothing-reported";
        case NoVerdict::HasVerdict:
            break;
    }
    return "has-verdict";
}

IndicatorCounter::IndicatorCounter(const Pack& pack, const std::vector<ReportedResult>& reported)
    : pack_(pack) {
    for (const IndicatorDefinition& definition : pack.plan.indicators) {
        IndicatorFigure figure;
        figure.definition = definition;
        if (const Question* question = pack.survey.question(definition.question))
            for (const Option& option : question->options) figure.by_option[option.id] = 0;
        for (const ReportedResult& result : reported)
            if (result.indicator == definition.id)
                figure.reported = figure.reported.value_or(0) + result.value;
        figures_.push_back(std::move(figure));
    }
}

void IndicatorCounter::add(const Response& response) {
    if (response.pack_id != pack_.plan.id) return;
    if (response.pack_hash != pack_.hash) {
        ++other_versions_;
        return;
    }
    ++responses_;
    for (IndicatorFigure& figure : figures_) {
        if (!is_share(figure.definition.target_kind)) continue;
        if (response.universe != figure.definition.universe) continue;
        const auto answer = response.answers.find(figure.definition.question);
        if (answer != response.answers.end()) count(figure, answer->second);
    }
}

std::vector<IndicatorFigure> IndicatorCounter::figures() const {
    std::vector<IndicatorFigure> figures = figures_;
    for (IndicatorFigure& figure : figures) {
        const IndicatorDefinition& definition = figure.definition;
        if (!is_share(definition.target_kind)) {
            judge(figure);
            continue;
        }
        // n > 0 besides: a share of nobody does not exist, whatever a pack allows.
        if (figure.n > 0 && figure.n >= definition.minimum_base)
            figure.share = rounded_percent(figure.counted, figure.n, definition.decimals);
        figure.reference_only = figure.n < definition.reference_base;
        judge(figure);
    }
    return figures;
}

}  // namespace machikoe
