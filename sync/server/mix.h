// Mix: blurs when a group's responses were given, until whoever knows who stood at the kiosk at
// which time cannot say more of any of them than "one of these".
//
// Every published (day, hour), and everything with a blurred time, covers at least `mix` of the
// group: an hour that fewer share loses the hour, a day that fewer share becomes its month, and
// so on up.  What remains over joins the smallest part beside it, because a remainder of three
// would be three known people.  The duration is published in classes for the same reason.
//
// Pure: no clock, no randomness; the order is the store's affair.
#pragma once

#include <vector>

#include "app/survey/response.h"

namespace machikoe {

inline constexpr std::size_t kDefaultMix = 5;
inline constexpr std::size_t kLeastMix = 2;

/// Lower bounds in seconds of the classes of duration_s.
inline constexpr int kDurationClasses[] = {0, 60, 180, 600};

/// A group smaller than `mix` keeps at most the month that all of it share.
std::vector<Response> mixed(std::vector<Response> group, std::size_t mix);

}  // namespace machikoe
