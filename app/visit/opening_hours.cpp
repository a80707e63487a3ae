#include "app/visit/opening_hours.h"

namespace machikoe {
namespace {

constexpr Milliseconds kMinute{60'000};
constexpr Milliseconds kDay = 24 * 60 * kMinute;
constexpr Milliseconds kJapan{9 * 60 * kMinute};
constexpr Milliseconds kPlausibleFrom{1'577'836'800'000};  // 2020-01-01 UTC

/// Day 0, 1970-01-01, was a Thursday: 3 from Monday.
std::size_t weekday_of(std::int64_t day) {
    return static_cast<std::size_t>((day + 3) % static_cast<std::int64_t>(OpeningHours::kDays));
}

std::optional<OpenSpan> span_on(const OpeningHours& hours, std::int64_t day) {
    const auto& span = hours.week[weekday_of(day)];
    const bool is_span = span && span->from_min >= 0 && span->from_min < span->to_min &&
                         span->to_min <= OpenSpan{}.to_min;
    return is_span ? span : std::nullopt;
}

}  // namespace

bool is_open(const OpeningHours& hours, Milliseconds wall) {
    if (wall < kPlausibleFrom) return true;
    const Milliseconds local = wall + kJapan;
    const auto span = span_on(hours, local / kDay);
    const Milliseconds today = local % kDay;
    return span && today >= span->from_min * kMinute && today < span->to_min * kMinute;
}

std::optional<Milliseconds> next_change(const OpeningHours& hours, Milliseconds wall) {
    if (wall < kPlausibleFrom) return std::nullopt;
    const bool now = is_open(hours, wall);
    const std::int64_t today = (wall + kJapan) / kDay;
    // Eight days: this weekday's times may be over today and come again in a week.
    for (std::int64_t day = today; day <= today + 7; ++day) {
        const auto span = span_on(hours, day);
        if (!span) continue;
        for (const int minute : {span->from_min, span->to_min}) {
            const Milliseconds then = day * kDay + minute * kMinute - kJapan;
            if (then > wall && is_open(hours, then) != now) return then;
        }
    }
    return std::nullopt;
}

std::optional<Opening> next_opening(const OpeningHours& hours, Milliseconds wall) {
    if (is_open(hours, wall)) return std::nullopt;
    const auto then = next_change(hours, wall);
    if (!then) return std::nullopt;
    const Milliseconds local = *then + kJapan;
    return Opening{weekday_of(local / kDay), static_cast<int>(local % kDay / kMinute)};
}

}  // namespace machikoe
