// Stage: what every visit starts from.
#include <set>

#include "app/base/crypto.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

class StageSeedTest : public StageTest {
  protected:
    StageSeedTest() { crypto_ready(); }

    /// Of three visits in a row, each of which waits for some frames first.
    std::vector<std::uint64_t> seeds_of(std::optional<std::uint64_t> seed, int frames) {
        stage_.reset();
        stage_ = std::make_unique<Stage>(pack_, strings_, *text_, StageOptions{.seed = seed});
        frame();
        std::vector<std::uint64_t> seeds;
        for (int visit = 0; visit < 3; ++visit) {
            for (int i = 0; i < frames; ++i) wait(Milliseconds{16});
            tap("begin");
            EXPECT_EQ(screen(), Screen::Language);
            seeds.push_back(stage_->visit().seed);
            tap("quit");
            EXPECT_EQ(screen(), Screen::Attract);
        }
        return seeds;
    }
};

TEST_F(StageSeedTest, ASeedGivesTheSameVisitsHoweverManyFramesTheyTake) {
    const auto seeds = seeds_of(7, 0);
    EXPECT_EQ(std::set(seeds.begin(), seeds.end()).size(), 3u);
    EXPECT_EQ(seeds_of(7, 5), seeds);
    EXPECT_NE(seeds_of(8, 0), seeds);
}

TEST_F(StageSeedTest, WithoutASeedNoTwoVisitsAreAlike) {
    auto seeds = seeds_of(std::nullopt, 0);
    const auto again = seeds_of(std::nullopt, 0);
    seeds.insert(seeds.end(), again.begin(), again.end());
    EXPECT_EQ(std::set(seeds.begin(), seeds.end()).size(), 6u);
}

TEST_F(StageSeedTest, TheNextResidentIsMetInThePacksFirstLanguage) {
    pack_.plan.languages = {Language::En, Language::Ja};
    put_on(1080, 1920);
    EXPECT_EQ(stage_->visit().settings.language, Language::En);
    tap("begin");
    tap("choose:ja");
    ASSERT_EQ(stage_->visit().settings.language, Language::Ja);
    tap("quit");
    ASSERT_EQ(screen(), Screen::Attract);
    EXPECT_EQ(stage_->visit().settings.language, Language::En);
}

}  // namespace
}  // namespace machikoe
