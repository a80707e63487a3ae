#include "app/base/clock.h"

#include <cstdio>
#include <ctime>

namespace machikoe {

Milliseconds SystemClock::monotonic() const {
    return std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

Milliseconds SystemClock::wall() const {
    return std::chrono::duration_cast<Milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
}

ManualClock::ManualClock(Milliseconds wall_start) : wall_start_(wall_start) {}

DayHour day_hour_in_japan(Milliseconds wall) {
    constexpr std::chrono::hours kJapan{9};
    const std::time_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(wall + kJapan).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char day[32];
    std::snprintf(day, sizeof day, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday);
    return {day, parts.tm_hour};
}

}  // namespace machikoe
