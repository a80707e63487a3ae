// FigureWords: how figures are said on the pages: shares, targets, verdicts and why there is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/indicators/indicators.h"
#include "sync/pages/frame.h"

namespace machikoe {

/// Stands for a number that would tell of few people.
inline constexpr std::string_view kHidden = "x";

std::string percent(double share, int decimals);
/// With kHidden where it may not be shown.
Markup count_cell(const std::optional<std::int64_t>& count);
std::string target_words(const Reader& reader, const IndicatorDefinition& definition);
std::string verdict_words(const Reader& reader, const IndicatorFigure& figure);
/// "" where there is a verdict.
std::string reason_words(const Reader& reader, const IndicatorFigure& figure);
/// As the policy has it, where it does and the reader reads Japanese.
std::string indicator_wording(const Reader& reader, const IndicatorDefinition& definition);
/// The share, or what the office counts, or a dash.
std::string share_words(const IndicatorFigure& figure);
std::string base_words(const Reader& reader, const IndicatorFigure& figure);

}  // namespace machikoe
