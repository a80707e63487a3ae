#include "sync/indicators/judge.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <optional>

namespace machikoe {
namespace {

// A target is compared in millionths of a percent: 66.7 is a decimal number that a double only
// comes near to, and "at least" must not depend on which side it falls.
constexpr std::int64_t kMillion = 1'000'000;

// n < 10¹² times a target of up to 10⁸ millionths times a threshold of up to 10⁴ is more than
// 64 bits hold.
__extension__ using Wide = __int128;

std::int64_t millionths(double percent) {
    return std::llround(percent * double{kMillion});
}

std::int64_t power_of_ten(int decimals) {
    constexpr std::array<std::int64_t, 3> kPowers = {1, 10, 100};
    assert(decimals >= 0 && decimals <= 2);
    return kPowers[static_cast<std::size_t>(decimals)];
}

/// What was reached and what was aimed at, in one unit, exactly.
struct Measured {
    Wide actual = 0;
    Wide target = 0;
};

/// That figure is known only as it was printed, so this year's is rounded alike: the same
/// answers twice must not read as a fall.
Measured against_previous(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    // In millionths, 100 % is 10^8: the previous figure is that many of 10^8.
    return {rounded_units(figure.counted, figure.n, definition.decimals),
            rounded_units(millionths(*definition.previous_percent), 100 * kMillion,
                          definition.decimals)};
}

bool previous_is_comparable(const IndicatorDefinition& definition) {
    return definition.previous_percent && definition.previous_mode == name_of(Mode::Kiosk) &&
           definition.previous_same_question;
}

/// REQUIRES: the figure has a verdict or is about to get one.
Measured measured(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    if (!is_share(definition.target_kind)) return {*figure.reported, definition.target_count};
    if (definition.target_kind == TargetKind::AtLeastPrevious) return against_previous(figure);
    return {Wide{figure.counted} * 100 * kMillion,
            Wide{millionths(*definition.target_percent)} * figure.n};
}

NoVerdict why_none(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    if (definition.target_kind == TargetKind::NotMeasurable) return NoVerdict::NotMeasurableHere;
    if (!is_share(definition.target_kind))
        return figure.reported ? NoVerdict::HasVerdict : NoVerdict::NothingReported;
    if (!figure.share) return NoVerdict::BaseTooSmall;
    if (definition.target_kind == TargetKind::AtLeastPrevious)
        return previous_is_comparable(definition) ? NoVerdict::HasVerdict
                                                  : NoVerdict::NotComparable;
    return definition.target_kind == TargetKind::AtLeastPercent && definition.target_percent
               ? NoVerdict::HasVerdict
               : NoVerdict::NoTargetGiven;
}

/// `percent` of the way to the target, without rounding: a hair below is not there.
bool has_come(const IndicatorFigure& figure, double percent) {
    const Measured m = measured(figure);
    const Wide hundredths = std::llround(percent * 100);
    // The fewer the better: half of what was allowed is twice the way.
    if (figure.definition.direction == Direction::Down)
        return m.target * 10'000 >= hundredths * m.actual;
    return m.actual * 10'000 >= hundredths * m.target;
}

}  // namespace

std::pair<bool, bool> standing(const IndicatorDefinition& definition, const Response& response) {
    if (!is_share(definition.target_kind) || response.universe != definition.universe)
        return {false, false};
    const auto found = response.answers.find(definition.question);
    if (found == response.answers.end()) return {false, false};
    const AnswerStatus status = found->second.status;
    const bool passed = status == AnswerStatus::Skipped || status == AnswerStatus::Refused;
    if (passed) return {definition.base == BaseRule::IncludeSkipped, false};
    const auto* chosen = std::get_if<ChosenOptions>(&found->second.value);
    if (status != AnswerStatus::Answered || !chosen) return {false, false};
    const bool counted = std::ranges::any_of(*chosen, [&](const std::string& option) {
        return std::ranges::count(definition.counted, option) > 0;
    });
    return {true, counted};
}

std::int64_t rounded_units(std::int64_t counted, std::int64_t n, int decimals) {
    assert(n > 0 && n < 1'000'000 * kMillion && counted >= 0 && counted <= n);
    return (2 * 100 * power_of_ten(decimals) * counted + n) / (2 * n);
}

double rounded_percent(std::int64_t counted, std::int64_t n, int decimals) {
    return static_cast<double>(rounded_units(counted, n, decimals)) /
           static_cast<double>(power_of_ten(decimals));
}

void judge(IndicatorFigure& figure) {
    figure.reason = why_none(figure);
    figure.verdict = Verdict::None;
    if (figure.reason == NoVerdict::HasVerdict)
        figure.verdict = has_come(figure, 100) ? Verdict::Achieved : Verdict::NotAchieved;
}

const VerdictCode* code_for(const IndicatorFigure& figure, const VerdictTable& table) {
    if (figure.reason != NoVerdict::HasVerdict) return nullptr;
    for (const VerdictCode& code : table.achievement.codes)
        if (has_come(figure, code.at_least)) return &code;
    return nullptr;
}

}  // namespace machikoe
