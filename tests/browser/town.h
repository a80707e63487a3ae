// Town: an invented ward's answers and kiosks, so that every page has something to show.  They say
// nothing about anybody.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/survey/pack.h"
#include "sync/simulation/residents.h"
#include "sync/store/store.h"
#include "sync/wire/health.h"

namespace machikoe {

inline constexpr int kTownResponses = 1500;

/// Eight weeks at three places; of the fourth week are too few to be shown.
inline std::vector<Response> town_responses(const Pack& pack) {
    static constexpr const char* kMondays[] = {"2022-09-05", "2022-09-12", "2022-09-19",
                                               "2022-09-26", "2022-10-03", "2022-10-10",
                                               "2022-10-17", "2022-10-24"};
    static constexpr const char* kSites[] = {"区役所1階", "中央図書館", "駅前広場"};
    simulation::Dice dice(7);
    std::vector<Response> responses;
    for (int i = 0; i < kTownResponses; ++i) {
        Response response = simulation::synthetic_response(pack, dice);
        std::size_t week = dice.below(8);
        if (week == 3 && i > 30) week = 4;
        response.when.day = kMondays[week];
        response.site = kSites[dice.below(3)];
        if (week == 6 && response.site == kSites[2]) response.event = "秋のまちあるき";
        responses.push_back(std::move(response));
    }
    return responses;
}

inline OpenWeek day_and_night() {
    OpenWeek week;
    std::fill(week.begin(), week.end(), OpenMinutes{0, 24 * 60});
    return week;
}

/// One that is well, one that nobody hears of, one with everything else that can be wrong.
inline void add_kiosks(Store& store) {
    using namespace std::chrono_literals;
    const Milliseconds now = SystemClock().wall();
    int number = 0;
    const auto add = [&](const std::string& name, const std::string& site, const Health& health,
                         Milliseconds reported) {
        const std::string digit = std::to_string(++number);
        const NewKiosk kiosk{std::string(31, 'a') + digit, "", std::string(63, 'b') + digit, "",
                             ""};
        ASSERT_TRUE(store.adopt(kiosk, name, site, now - 240h));
        ASSERT_TRUE(store.note_health(kiosk.id, kept_health(health, reported)));
    };
    const std::string version = MACHIKOE_VERSION;
    add("ロビー", "区役所1階",
        {version, now, 0, std::nullopt, 48'200, day_and_night(), std::nullopt}, now);
    add("窓口前", "区役所1階",
        {version, now - 3h, 0, std::nullopt, 47'900, day_and_night(), std::nullopt}, now - 3h);
    add("案内所", "駅前広場",
        {"0.0.9", now + 4min, 37, now - 30h, 410, day_and_night(),
         RunningEvent{"秋のまちあるき", "2022-10-17", "2022-10-23"}},
        now);
}

}  // namespace machikoe
