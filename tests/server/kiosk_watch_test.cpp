// KioskWatch: when silence is an alarm.
#include "sync/pages/kiosk_watch.h"

#include <gmock/gmock.h>

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Wednesday, 2022-06-01, midnight in Japan.
constexpr Milliseconds kWednesday{1'654'009'200'000};

KioskRow kiosk(const std::string& site, Milliseconds heard,
               std::optional<OpenWeek> hours = std::nullopt) {
    KioskRow row;
    row.id = row.name = site;
    row.site = site;
    Health health{"1", heard, 0, std::nullopt, 9000, std::move(hours), std::nullopt};
    row.health = kept_health(health, heard);
    return row;
}
bool is_silent_at(Milliseconds now, const KioskRow& row) {
    return state_of(row, "1", now).is_silent;
}

TEST(KioskWatchTest, SilenceAlarmsAfterHalfAnHourOfOpeningHours) {
    const KioskRow row = kiosk("hall", kWednesday + 10h);
    EXPECT_FALSE(is_silent_at(kWednesday + 10h + 30min, row));
    EXPECT_TRUE(is_silent_at(kWednesday + 10h + 31min, row));
    EXPECT_TRUE(is_silent_at(kWednesday + 17h + 29min, row));
    EXPECT_FALSE(is_silent_at(kWednesday + 17h + 30min, row)) << "the office has closed";
}

TEST(KioskWatchTest, InTheMorningAKioskHasTheTimeToStart) {
    const KioskRow row = kiosk("hall", kWednesday - 7h);  // the evening before
    EXPECT_FALSE(is_silent_at(kWednesday + 9h + 29min, row));
    EXPECT_TRUE(is_silent_at(kWednesday + 9h + 30min, row));
}

TEST(KioskWatchTest, ItsOwnHoursCountWhereItToldThem) {
    OpenWeek week;
    week[2] = OpenMinutes{20 * 60, 24 * 60};  // Wednesday evening, into Thursday
    week[3] = OpenMinutes{0, 2 * 60};
    const KioskRow row = kiosk("hall", kWednesday + 10h, week);
    EXPECT_FALSE(is_silent_at(kWednesday + 12h, row)) << "closed by its own hours";
    EXPECT_TRUE(is_silent_at(kWednesday + 21h, row));
    EXPECT_TRUE(is_silent_at(kWednesday + 24h + 1min, row)) << "open since the evening";
    EXPECT_FALSE(is_silent_at(kWednesday + 26h, row));
}

TEST(KioskWatchTest, NobodyMissesAKioskAtTheWeekend) {
    EXPECT_FALSE(is_silent_at(kWednesday + 3 * 24h + 12h, kiosk("hall", kWednesday)));
    EXPECT_TRUE(is_silent_at(kWednesday + 5 * 24h + 12h, kiosk("hall", kWednesday)));
}

TEST(KioskWatchTest, APlaceIsSilentWhenAllOfItAre) {
    const Milliseconds now = kWednesday + 12h;
    KioskRow revoked = kiosk("library", kWednesday), by_stick = kiosk("school", kWednesday);
    revoked.revoked = true;
    by_stick.health.clear();
    EXPECT_THAT(silent_sites({kiosk("hall", kWednesday), kiosk("hall", now - 5min),
                              kiosk("station", kWednesday), kiosk("station", kWednesday + 1h),
                              revoked, by_stick},
                             now),
                ElementsAre("station"));
    EXPECT_THAT(silent_sites({kiosk("station", kWednesday)}, kWednesday + 3h), IsEmpty());
}

TEST(KioskWatchTest, WhatIsBeyondItsLimit) {
    const Milliseconds now = kWednesday + 12h;
    KioskRow row = kiosk("hall", now);
    EXPECT_TRUE(state_of(row, "1", now).is_well());
    row.health = kept_health({"1", now + 120s, 1, now - 24h, 500, std::nullopt, std::nullopt}, now);
    EXPECT_TRUE(state_of(row, "1", now).is_well()) << "at its limit, not beyond";
    row.health = kept_health({"2", now - 121s, 1, now - 25h, 499, std::nullopt, std::nullopt}, now);
    row.highest_sequence = 3;
    row.held = 2;
    const KioskState state = state_of(row, "1", now);
    EXPECT_TRUE(state.is_skewed && state.is_full && state.is_late && state.is_other_version);
    EXPECT_TRUE(state.has_gaps);
    EXPECT_FALSE(state.is_silent);
}

}  // namespace
}  // namespace machikoe
