// OpeningHours: when the kiosk invites people, by weekday in Japan Standard Time (UTC+9, no
// summer time).
//
// Everything is asked with the wall clock's time and answered from that alone, so a clock that
// jumps is wrong for one question and right for the next.  A wall clock that has plainly lost
// its battery (before 2020) closes nothing: a kiosk that sleeps by day helps nobody.
#pragma once

#include <array>
#include <optional>

#include "app/base/clock.h"

namespace machikoe {

/// Minutes after midnight; open from `from` until just before `to`.  A span that is not
/// 0 <= from < to <= 24 h is closed all day.
struct OpenSpan {
    int from_min = 0;
    int to_min = 24 * 60;
    bool operator==(const OpenSpan&) const = default;
};

struct OpeningHours {
    static constexpr std::size_t kDays = 7;
    std::array<std::optional<OpenSpan>, kDays> week;  // from Monday; nullopt: closed all day
    bool operator==(const OpeningHours&) const = default;
};

bool is_open(const OpeningHours& hours, Milliseconds wall);
/// The next moment, by the wall clock, at which is_open() changes; nullopt: never.
std::optional<Milliseconds> next_change(const OpeningHours& hours, Milliseconds wall);

/// When the doors open again.
struct Opening {
    std::size_t day = 0;  // from Monday
    int from_min = 0;
    bool operator==(const Opening&) const = default;
};
/// nullopt: open now, or never.
std::optional<Opening> next_opening(const OpeningHours& hours, Milliseconds wall);

}  // namespace machikoe
