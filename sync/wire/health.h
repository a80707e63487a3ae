// Health as it travels: what a kiosk says of itself at POST /v1/health (docs/protocol.md), and as
// the server keeps it.  Nothing in it is about a resident.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

/// Minutes after midnight in Japan, first and last of a day; 0 <= from < to <= 24 * 60.
struct OpenMinutes {
    int from = 0;
    int to = 0;
    bool operator==(const OpenMinutes&) const = default;
};
/// When the doors are open, from Monday; nullopt: closed all day.  The whole week, not today alone:
/// a kiosk that does not come up in the morning has told its hours the day before.
using OpenWeek = std::array<std::optional<OpenMinutes>, 7>;

/// What staff have set for it.
struct RunningEvent {
    std::string name;
    std::string from, to;  // days, "2022-11-03"
    bool operator==(const RunningEvent&) const = default;
};

struct Health {
    std::string version;                        // of the software, printable ASCII
    Milliseconds clock{0};                      // wall, as the kiosk sees it
    std::int64_t unsent = 0;                    // responses that wait
    std::optional<Milliseconds> oldest_unsent;  // wall, by the hour
    std::optional<std::int64_t> free_mb;        // of the disk that answers are written to
    std::optional<OpenWeek> hours;              // nullopt: it stays on day and night
    std::optional<RunningEvent> event;          // today's
};

std::string encode_health(const Health& health);
Result<Health> decode_health(std::string_view bytes);
/// What kept_health() kept; Invalid when it is none of ours.
struct KeptHealth {
    Health health;  // its clock: not known any more
    std::int64_t clock_skew_s = 0;
    Milliseconds at{0};
};
Result<KeptHealth> read_kept_health(std::string_view kept);
/// For the store: with how far the kiosk's clock is ahead of ours, in seconds, and when it said so.
std::string kept_health(const Health& health, Milliseconds now);

}  // namespace machikoe
