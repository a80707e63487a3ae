// Many worlds: nothing lost, nothing doubled, nothing unreadable, whatever goes wrong.
// SIMULATION_SEEDS=2000 build/release/simulation_tests runs so many instead of 200.
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

#include "app/base/crypto.h"
#include "sync/simulation/world.h"

namespace machikoe::simulation {
namespace {

class FaultsTest : public testing::TestWithParam<int> {
  protected:
    FaultsTest() {
        crypto_ready();
        spdlog::set_level(spdlog::level::off);
    }
    static constexpr int kShards = 4;
    static int seeds() {
        const char* text = std::getenv("SIMULATION_SEEDS");
        return text ? std::atoi(text) : 200;
    }
    static std::string story_of(const Verdict& verdict) {
        std::string story = "lost " + std::to_string(verdict.lost) + ", doubled " +
                            std::to_string(verdict.doubled) + ", unreadable " +
                            std::to_string(verdict.unreadable) + "\n";
        for (const std::string& fault : verdict.faults) story += fault + "\n";
        for (const std::string& line : verdict.last_lines) story += "  " + line + "\n";
        return story;
    }
};

TEST_P(FaultsTest, NothingIsLostDoubledOrUnreadable) {
    std::int64_t saved = 0;
    for (int seed = 1 + GetParam(); seed <= seeds(); seed += kShards) {
        const Verdict verdict =
            run_world({.seed = static_cast<std::uint64_t>(seed), .kiosks = 2, .visits = 30});
        EXPECT_TRUE(verdict.is_good()) << "seed " << seed << ": " << story_of(verdict);
        saved += verdict.saved;
    }
    EXPECT_GT(saved, 0);
}
INSTANTIATE_TEST_SUITE_P(Shard, FaultsTest, testing::Range(0, 4));

/// Seeds that once failed, with what they found.
TEST_F(FaultsTest, WhatFailedOnceStaysMended) {
    // A commit whose sync had failed lay in the log; what came behind it was lost.
    EXPECT_TRUE(run_world({.seed = 71, .kiosks = 2, .visits = 30}).is_good());
}

TEST_F(FaultsTest, TheSameSeedIsTheSameRun) {
    const WorldOptions options{.seed = 7, .kiosks = 3, .visits = 40};
    const Verdict first = run_world(options), second = run_world(options);
    EXPECT_EQ(first.digest, second.digest);
    EXPECT_EQ(first.injected, second.injected);
    EXPECT_NE(run_world({.seed = 8, .kiosks = 3, .visits = 40}).digest, first.digest);
}

TEST_F(FaultsTest, EveryKindOfFaultDoesHappen) {
    std::map<std::string, std::int64_t> injected;
    for (std::uint64_t seed = 1; seed <= 6; ++seed)
        for (const auto& [what, times] :
             run_world({.seed = seed, .kiosks = 3, .visits = 120}).injected)
            injected[what] += times;
    for (const char* what : {"requests lost",
                             "replies lost",
                             "half-open connections",
                             "requests late",
                             "requests twice",
                             "captive portals",
                             "redirects",
                             "overloads",
                             "requests changed",
                             "replies cut off",
                             "power cuts of a kiosk",
                             "power cuts of the server",
                             "power cuts in the middle of a save",
                             "power cuts in the middle of a delivery",
                             "full disks",
                             "read-only disks",
                             "failing disks",
                             "clock jumps",
                             "revocations",
                             "enrolments",
                             "new packs at a kiosk",
                             "new packs at the server",
                             "bundles written",
                             "bundles imported",
                             "bundles damaged",
                             "writes lost by power cuts",
                             "writes torn by power cuts",
                             "writes refused"})
        EXPECT_GT(injected[what], 0) << what;
}

}  // namespace
}  // namespace machikoe::simulation
