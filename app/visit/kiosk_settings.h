// Kiosk settings: what staff decided for this kiosk, until they decide otherwise.
//
// Plain values and what follows from them on a given day; keeping them is somebody else's.
// Days are "YYYY-MM-DD" in Japan, first and last day included.  An event ends by itself after
// its last day, and practice at the end of the day it was begun on: forgotten switches must
// not cost answers.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/plan/language.h"
#include "app/plan/plan.h"
#include "app/visit/visit.h"

namespace machikoe {

struct EventPlan {
    std::string name;
    std::string from, to;
    Universe universe = Universe::Participant;
    bool operator==(const EventPlan&) const = default;
};

struct DayHours {
    bool open = true;
    int opens_min = 9 * 60;  // after midnight
    int closes_min = 17 * 60 + 30;
    bool operator==(const DayHours&) const = default;
};
inline constexpr std::size_t kWeekdays = 7;  // Monday first
inline constexpr int kHoursStep_min = 30;

struct KioskSettings {
    std::string site;  // "": as enrolled
    std::optional<EventPlan> event;
    std::string practice_day;  // the day on which answers do not count; "" for none
    bool paused = false;
    int volume_percent = 60;
    std::set<Language> hidden;  // of the pack's languages, those not offered; never Ja
    bool keeps_hours = false;   // false: open day and night
    std::array<DayHours, kWeekdays> hours{};
    bool operator==(const KioskSettings&) const = default;
};

/// Invalid names the first setting that no screen could have made.
Status check_settings(const KioskSettings& settings);
/// What a name may be: 1 to 200 bytes of UTF-8 without control characters.
bool is_name(std::string_view text);

/// "2022-11-03" as a day that exists.
bool is_day(std::string_view day);
/// `days` later, or earlier when negative.  REQUIRES: is_day(day).
std::string day_after(std::string_view day, int days);
/// 0 Monday … 6 Sunday.  REQUIRES: is_day(day).
int weekday_of(std::string_view day);
std::string today_in_japan(Milliseconds wall);
/// How long until the next day begins in Japan.
Milliseconds until_midnight_in_japan(Milliseconds wall);

bool is_event_on(const KioskSettings& settings, std::string_view today);
bool is_practice(const KioskSettings& settings, std::string_view today);

/// Where and for whom the kiosk stands today.  `otherwise` is what enrolment and the command
/// line say where staff have said nothing.
Place place_on(const KioskSettings& settings, const Place& otherwise, std::string_view today);

/// Those of the pack's languages that are offered, in the pack's order; never none.
std::vector<Language> offered_of(const std::vector<Language>& pack, const KioskSettings& settings);

/// Prepared events, one a line: "2022-11-03 2022-11-04 participant Name of the event"; empty
/// lines and lines with # in front mean nothing.  Invalid: "line 3: …".
Result<std::vector<EventPlan>> parse_events(std::string_view text);

}  // namespace machikoe
