// Judge: who counts for an indicator, does its figure reach its target, and by how much?  For the
// .cpp files of this folder.
#pragma once

#include <cstdint>
#include <utility>

#include "sync/indicators/indicators.h"

namespace machikoe {

/// In the base of an indicator, and in its numerator.
std::pair<bool, bool> standing(const IndicatorDefinition& definition, const Response& response);

/// 100·counted/n in units of 10^-decimals percent, half up.
/// REQUIRES: 0 ≤ counted ≤ n, 0 < n < 10¹², decimals 0…2.
std::int64_t rounded_units(std::int64_t counted, std::int64_t n, int decimals);

/// Sets verdict and reason; `figure` has everything else.
void judge(IndicatorFigure& figure);

}  // namespace machikoe
