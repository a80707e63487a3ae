// What a group is blurred to: nobody stands alone in what is published.
#include "sync/server/mix.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace machikoe {
namespace {

std::vector<Response> group_at(const std::vector<DayHour>& times) {
    std::vector<Response> group(times.size());
    for (std::size_t i = 0; i < times.size(); ++i) group[i].when = times[i];
    return group;
}

using Published = std::map<std::pair<std::string, int>, int>;

Published published(const std::vector<Response>& group) {
    Published counts;
    for (const Response& response : group) ++counts[{response.when.day, response.when.hour}];
    return counts;
}

std::vector<DayHour> times(int count, const std::string& day, int hour) {
    return std::vector<DayHour>(static_cast<std::size_t>(count), DayHour{day, hour});
}
std::vector<DayHour> operator+(std::vector<DayHour> some, const std::vector<DayHour>& more) {
    some.insert(some.end(), more.begin(), more.end());
    return some;
}

TEST(MixTest, AnHourThatEnoughShareStays) {
    EXPECT_EQ(published(mixed(group_at(times(5, "2022-06-01", 10)), 5)),
              (Published{{{"2022-06-01", 10}, 5}}));
}

TEST(MixTest, HoursThatTooFewShareBecomeTheDay) {
    EXPECT_EQ(
        published(mixed(group_at(times(3, "2022-06-01", 10) + times(4, "2022-06-01", 11)), 5)),
        (Published{{{"2022-06-01", -1}, 7}}));
}

TEST(MixTest, ARemainderOfThreeIsNotThreeKnownPeople) {
    // Five at ten and three at eleven: with ten o'clock published, "no hour" would be those three.
    EXPECT_EQ(
        published(mixed(group_at(times(5, "2022-06-01", 10) + times(3, "2022-06-01", 11)), 5)),
        (Published{{{"2022-06-01", -1}, 8}}));
    EXPECT_EQ(published(mixed(group_at(times(9, "2022-06-01", 9) + times(5, "2022-06-01", 10) +
                                       times(3, "2022-06-01", 11)),
                              5)),
              (Published{{{"2022-06-01", 9}, 9}, {{"2022-06-01", -1}, 8}}));
}

TEST(MixTest, DaysThatTooFewShareBecomeTheMonthAndMonthsNothing) {
    EXPECT_EQ(published(mixed(group_at(times(3, "2022-06-01", 10) + times(2, "2022-06-02", 9)), 5)),
              (Published{{{"2022-06", -1}, 5}}));
    EXPECT_EQ(published(mixed(group_at(times(3, "2022-06-30", 10) + times(2, "2022-07-01", 9)), 5)),
              (Published{{{"", -1}, 5}}));
}

TEST(MixTest, ASmallGroupKeepsAtMostItsMonth) {
    EXPECT_EQ(published(mixed(group_at(times(3, "2022-06-01", 10)), 5)),
              (Published{{{"2022-06", -1}, 3}}));
    EXPECT_TRUE(mixed({}, 5).empty());
}

TEST(MixTest, DurationsBecomeClasses) {
    std::vector<Response> group(8);
    const int seconds[] = {0, 59, 60, 179, 180, 599, 600, 100'000};
    for (std::size_t i = 0; i < 8; ++i) group[i].duration_s = seconds[i];
    const int classes[] = {0, 0, 60, 60, 180, 180, 600, 600};
    const auto mixed_group = mixed(group, 5);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(mixed_group[i].duration_s, classes[i]) << i;
}

TEST(MixTest, WhateverTheGroupEveryPublishedTimeCoversAtLeastTheMix) {
    std::mt19937 random(20220401);
    for (int round = 0; round < 2000; ++round) {
        std::vector<DayHour> when;
        const std::size_t size = 5 + random() % 40;
        while (when.size() < size)
            when.push_back({"2022-0" + std::to_string(6 + random() % 2) + "-0" +
                                std::to_string(1 + random() % 4),
                            9 + static_cast<int>(random() % 4)});
        const auto before = group_at(when);
        const auto after = mixed(before, 5);
        for (const auto& [time, count] : published(after))
            ASSERT_GE(count, 5) << time.first << " " << time.second << " in round " << round;
        // And whoever stood there at one time is published alike, or others would stand out.
        std::map<std::pair<std::string, int>, std::pair<std::string, int>> seen;
        for (std::size_t i = 0; i < size; ++i) {
            const std::pair was{before[i].when.day, before[i].when.hour};
            const std::pair is{after[i].when.day, after[i].when.hour};
            ASSERT_EQ(seen.try_emplace(was, is).first->second, is);
            ASSERT_TRUE(was.first.starts_with(is.first));
            ASSERT_TRUE(is.second == -1 || is.second == was.second);
        }
    }
}

}  // namespace
}  // namespace machikoe
