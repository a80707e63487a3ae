#include "sync/indicators/indicators.h"

#include <array>
#include <cassert>
#include <cmath>
#include <tuple>
#include <utility>

namespace machikoe {
namespace {

// Targets are compared in millionths of a percent: a target of 66.7 is a decimal number that
// a double only comes near to, and "at least" must not depend on which side it falls.
constexpr std::int64_t kMillion = 1'000'000;

std::int64_t millionths(double percent) {
    return std::llround(percent * double{kMillion});
}

/// 100·counted/n ≥ target, without rounding the share: a hair below is not achieved.
bool reaches(std::int64_t counted, std::int64_t n, double target_percent) {
    return counted * 100 * kMillion >= millionths(target_percent) * n;
}

std::int64_t power_of_ten(int decimals) {
    constexpr std::array<std::int64_t, 3> kPowers = {1, 10, 100};
    assert(decimals >= 0 && decimals <= 2);
    return kPowers[static_cast<std::size_t>(decimals)];
}

/// 100·counted/n in units of 10^-decimals percent, half up.
std::int64_t rounded_units(std::int64_t counted, std::int64_t n, int decimals) {
    assert(n > 0 && n < 1'000'000 * kMillion && counted >= 0 && counted <= n);
    return (2 * 100 * power_of_ten(decimals) * counted + n) / (2 * n);
}

/// Not below last year's printed figure.  That figure is known only as it was rounded, so
/// this year's is rounded alike: the same answers twice must not read as a fall.
bool reaches_previous(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    // In millionths, 100 % is 10^8: the previous figure is that many of 10^8.
    const std::int64_t previous = rounded_units(millionths(*definition.previous_percent),
                                                100 * kMillion, definition.decimals);
    return rounded_units(figure.counted, figure.n, definition.decimals) >= previous;
}

bool previous_is_comparable(const IndicatorDefinition& definition) {
    return definition.previous_percent && definition.previous_mode == name_of(Mode::Kiosk);
}

std::pair<Verdict, NoVerdict> judge(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    const auto verdict = [](bool achieved) {
        return std::pair{achieved ? Verdict::Achieved : Verdict::NotAchieved,
                         NoVerdict::HasVerdict};
    };
    if (!figure.share) return {Verdict::None, NoVerdict::BaseTooSmall};
    switch (definition.target_kind) {
        case TargetKind::NoneGiven:
            break;
        case TargetKind::AtLeastPercent:
            if (!definition.target_percent) break;
            return verdict(reaches(figure.counted, figure.n, *definition.target_percent));
        case TargetKind::AtLeastPrevious:
            if (!previous_is_comparable(definition))
                return {Verdict::None, NoVerdict::NotComparable};
            return verdict(reaches_previous(figure));
        case TargetKind::CumulativeCount:
        case TargetKind::AllAreas:
            return {Verdict::None, NoVerdict::NotMeasurableHere};
    }
    return {Verdict::None, NoVerdict::NoTargetGiven};
}

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
        case NoVerdict::HasVerdict:
            break;
    }
    return "has-verdict";
}

double rounded_percent(std::int64_t counted, std::int64_t n, int decimals) {
    return static_cast<double>(rounded_units(counted, n, decimals)) /
           static_cast<double>(power_of_ten(decimals));
}

IndicatorCounter::IndicatorCounter(const Pack& pack) : pack_(pack) {
    for (const IndicatorDefinition& definition : pack.plan.indicators) {
        IndicatorFigure figure;
        figure.definition = definition;
        if (const Question* question = pack.survey.question(definition.question))
            for (const Option& option : question->options) figure.by_option[option.id] = 0;
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
        if (response.universe != figure.definition.universe) continue;
        const auto answer = response.answers.find(figure.definition.question);
        if (answer != response.answers.end()) count(figure, answer->second);
    }
}

std::vector<IndicatorFigure> IndicatorCounter::figures() const {
    std::vector<IndicatorFigure> figures = figures_;
    for (IndicatorFigure& figure : figures) {
        const IndicatorDefinition& definition = figure.definition;
        // n > 0 besides: a share of nobody does not exist, whatever a pack allows.
        if (figure.n > 0 && figure.n >= definition.minimum_base)
            figure.share = rounded_percent(figure.counted, figure.n, definition.decimals);
        figure.reference_only = figure.n < definition.reference_base;
        std::tie(figure.verdict, figure.reason) = judge(figure);
    }
    return figures;
}

}  // namespace machikoe
