// Rest: what changes on the screens of a kiosk that nobody uses, and how seldom.
//
// Pure functions of time.  Attract changes its slide every 12 s, five frames a minute; where
// drawing is done by the processor it does not change at all.  Attract and Sleep stand for
// hours, so the whole picture wanders by a few px every other minute, lest it burn in.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <optional>

#include "app/visit/visit.h"

namespace machikoe {

inline constexpr Milliseconds kSlideLasts{12'000};
inline constexpr Milliseconds kShiftLasts{120'000};
inline constexpr float kMostShift = 8;  // px, each way

/// Which slide Attract shows: two of three in turn are about an issue, each time the next one.
struct Slide {
    enum class Kind { Invitation, OneIssue, Purpose } kind = Kind::Invitation;
    std::size_t issue = 0;  // index into Plan::issues
    bool operator==(const Slide&) const = default;
};
Slide slide_at(Milliseconds since_attract, std::size_t issue_count);

/// How far the picture stands from its place, in whole px.
ImVec2 shift_at(Milliseconds monotonic);

/// When the resting screen next looks different, by the monotonic clock; nullopt when somebody
/// is there.  `calm`: slides do not change.
std::optional<Milliseconds> next_change_at_rest(const Visit& visit, Milliseconds monotonic,
                                                bool calm);

}  // namespace machikoe
