// Raking: the same weights as R's survey package on the same people.
#include "sync/indicators/raking.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace machikoe {
namespace {

/// raking/reference.csv, made by raking/reference.R.
struct Reference {
    std::vector<RakingCell> cells;
    std::vector<double> raked, trimmed;
    double effective_raked = 0, effective_trimmed = 0;
};

Reference read_reference() {
    Reference reference;
    std::ifstream in(MACHIKOE_SOURCE_DIR "/tests/indicators/raking/reference.csv");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream words(line);
        if (line.starts_with("effective_n")) {
            words >> line >> reference.effective_raked >> reference.effective_trimmed;
            continue;
        }
        RakingCell cell;
        cell.groups.resize(3);
        double raked = 0, trimmed = 0;
        words >> cell.groups[0] >> cell.groups[1] >> cell.groups[2] >> cell.people >> raked >>
            trimmed;
        reference.cells.push_back(cell);
        reference.raked.push_back(raked);
        reference.trimmed.push_back(trimmed);
    }
    return reference;
}

const std::vector<std::vector<std::int64_t>> kMargins = {
    {22000, 21000, 27000, 18000, 23000}, {57000, 54000}, {30000, 28000, 28000, 25000}};

RakingOptions untrimmed() {
    RakingOptions options;
    options.least_weight = 0;
    options.most_weight = 1e9;
    return options;
}

TEST(RakingTest, TheWeightsAreThoseOfR) {
    const Reference reference = read_reference();
    ASSERT_GT(reference.cells.size(), 30u);
    const Raked raked = rake(reference.cells, kMargins, untrimmed());
    ASSERT_TRUE(raked.has_converged);
    for (std::size_t i = 0; i < raked.cells.size(); ++i)
        EXPECT_NEAR(raked.cells[i].weight, reference.raked[i], 1e-7);
    EXPECT_NEAR(effective_n(raked.cells), reference.effective_raked, 1e-5);
    EXPECT_EQ(raked.trimmed, 0);
}

TEST(RakingTest, TheTrimmedWeightsAreThoseOfR) {
    const Reference reference = read_reference();
    RakingOptions options;
    options.least_weight = 0.4;
    options.most_weight = 2.5;
    const Raked raked = rake(reference.cells, kMargins, options);
    for (std::size_t i = 0; i < raked.cells.size(); ++i)
        EXPECT_NEAR(raked.cells[i].weight, reference.trimmed[i], 1e-7);
    EXPECT_NEAR(effective_n(raked.cells), reference.effective_trimmed, 1e-5);
    EXPECT_GT(raked.trimmed, 0);
}

TEST(RakingTest, TheMarginsOfTheWeightedAreTheRegisters) {
    const Raked raked = rake(read_reference().cells, kMargins, untrimmed());
    for (std::size_t m = 0; m < kMargins.size(); ++m) {
        std::vector<double> sums(kMargins[m].size());
        double all = 0;
        for (const RakingCell& cell : raked.cells) {
            sums[cell.groups[m]] += cell.weight * static_cast<double>(cell.people);
            all += cell.weight * static_cast<double>(cell.people);
        }
        for (std::size_t g = 0; g < sums.size(); ++g)
            EXPECT_NEAR(sums[g] / all, static_cast<double>(kMargins[m][g]) / 111000, 1e-9);
        EXPECT_NEAR(all, 412, 1e-9);
    }
}

TEST(RakingTest, MarginsThatNoWeightsCanMeetDoNotConverge) {
    // Women only in the north, men only in the south, and a register that has it otherwise.
    const std::vector<RakingCell> cells = {{{0, 0}, 10, 1}, {{1, 1}, 10, 1}};
    const Raked raked = rake(cells, {{50, 50}, {80, 20}});
    EXPECT_FALSE(raked.has_converged);
    EXPECT_EQ(raked.rounds, RakingOptions{}.most_rounds);
}

TEST(RakingTest, EqualWeightsHaveTheirFullNumber) {
    EXPECT_DOUBLE_EQ(effective_n({{{0}, 30, 1}, {{1}, 10, 1}}), 40);
    // (1·3 + 1·1)² / (1·9 + 1·1): Kish by hand.
    EXPECT_DOUBLE_EQ(effective_n({{{0}, 1, 3}, {{1}, 1, 1}}), 1.6);
}

}  // namespace
}  // namespace machikoe
