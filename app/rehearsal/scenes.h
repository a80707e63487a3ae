// Scenes: prepared visits that show every screen and overlay there is.
//
// Each shows the first page of its text; whoever walks them turns the pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/visit/visit.h"

namespace machikoe {

struct PreparedScreen {
    std::string name;  // "issue-living", "question-s1", "word-kyojo"
    Visit visit;
    std::optional<OpeningHours> hours;  // of the Place; those of Sleep are over
};

/// A time of day, by the wall clock, at which prepared screens are to be shown: a Wednesday
/// evening.
inline constexpr Milliseconds kPreparedWall{1'654'084'800'000};  // 2022-06-01 21:00 in Japan

/// On the overview, somewhere in the middle of a visit: everything of the first issue answered.
/// `now` is the time, by the monotonic clock, at which it is shown.
Visit prepared_visit(const Pack& pack, const Settings& settings, Milliseconds now);

/// As one resident in the middle of that visit sees them.
std::vector<PreparedScreen> prepared_screens(const Pack& pack, const Settings& settings,
                                             Milliseconds now);

}  // namespace machikoe
