#include "sync/server/rate_limit.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

using namespace std::chrono_literals;

TEST(RateLimitTest, ABurstIsWelcomeAndThenTheSteadyRate) {
    RateLimit limit(2, 5);
    Milliseconds now{1000};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.seconds_to_wait("a", now), 0) << i;
    EXPECT_EQ(limit.seconds_to_wait("a", now), 1);
    now += 500ms;
    EXPECT_EQ(limit.seconds_to_wait("a", now), 0);
    EXPECT_EQ(limit.seconds_to_wait("a", now), 1);
    now += 1h;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.seconds_to_wait("a", now), 0) << i;
    EXPECT_NE(limit.seconds_to_wait("a", now), 0);
}

TEST(RateLimitTest, OneSenderDoesNotUseUpAnothers) {
    RateLimit limit(0.1, 1);
    EXPECT_EQ(limit.seconds_to_wait("a", 0ms), 0);
    EXPECT_EQ(limit.seconds_to_wait("a", 0ms), 10);
    EXPECT_EQ(limit.seconds_to_wait("b", 0ms), 0);
}

TEST(RateLimitTest, AFloodOfSendersIsForgotten) {
    RateLimit limit(0.001, 2);
    for (std::size_t i = 0; i < 3 * RateLimit::kMaxSenders; ++i)
        EXPECT_EQ(limit.seconds_to_wait(std::to_string(i), 0ms), 0);
}

TEST(RateLimitTest, AClockThatStandsStillOrGoesBackGivesNothing) {
    RateLimit limit(1, 1);
    EXPECT_EQ(limit.seconds_to_wait("a", 5s), 0);
    EXPECT_NE(limit.seconds_to_wait("a", 1s), 0);
}

}  // namespace
}  // namespace machikoe
