// Disclosure: whoever sees a published table and knows the rule tries to compute what it hides.
#include "sync/indicators/disclosure.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/indicators/attack.h"

namespace machikoe {
namespace {

class DisclosureTest : public testing::Test {
  protected:
    MarginTable random_table() {
        const int rows = 1 + static_cast<int>(random_() % 5);
        const int columns = 2 + static_cast<int>(random_() % 8);
        std::vector<std::int64_t> inner;
        // Small, empty and large groups side by side, as among people who came by themselves.
        std::vector<std::int64_t> sizes;
        for (int c = 0; c < columns; ++c)
            sizes.push_back(std::array<std::int64_t, 5>{0, 3, 8, 20, 60}[random_() % 5]);
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c)
                inner.push_back(static_cast<std::int64_t>(
                    random_() %
                    static_cast<std::uint64_t>(sizes[static_cast<std::size_t>(c)] + 1)));
        return {rows, columns, inner};
    }
    /// What the rule says must not be found out.
    bool is_small(const MarginTable& table, int row, int column) const {
        const std::int64_t base = table.value(table.rows(), column);
        const bool small_group = column < table.columns() && base > 0 && base < rule_.minimum_base;
        if (small_group) return true;
        const std::int64_t count = table.value(row, column);
        return row < table.rows() && column < table.columns() && table.rows() > 1 && count > 0 &&
               count < rule_.minimum_cell;
    }
    template <class Visit>
    static void for_each_cell(const MarginTable& table, Visit&& visit) {
        for (int r = 0; r <= table.rows(); ++r)
            for (int c = 0; c <= table.columns(); ++c) visit(r, c);
    }
    /// How many protected cells an attacker computes, over so many random tables.
    int found_in(int tables) {
        int found = 0;
        for (int i = 0; i < tables; ++i) {
            MarginTable table = random_table();
            apply(rule_, table);
            const Attack attack(table);
            for_each_cell(table, [&](int r, int c) {
                if (is_small(table, r, c)) found += attack.knows(r, c);
            });
        }
        return found;
    }

    DisclosureRule rule_;
    std::mt19937 random_{5};
};

TEST_F(DisclosureTest, NobodyComputesASmallCellFromTheMargins) {
    EXPECT_EQ(found_in(3000), 0);
}

TEST_F(DisclosureTest, WithoutComplementaryCellsTheSameAttackFindsThousands) {
    rule_.complementary = false;
    EXPECT_GT(found_in(3000), 3000);
}

TEST_F(DisclosureTest, WithoutTheRuleEverythingSmallIsThere) {
    rule_.minimum_base = 0;
    rule_.minimum_cell = 0;
    MarginTable table(1, 3, {2, 40, 50});
    apply(rule_, table);
    EXPECT_FALSE(table.is_hidden(0, 0));
}

TEST_F(DisclosureTest, WhatIsLeftOpenIsAsWideAsTheRuleSays) {
    for (int i = 0; i < 1000; ++i) {
        MarginTable table = random_table();
        apply(rule_, table);
        const Attack attack(table);
        for_each_cell(table, [&](int r, int c) {
            if (!is_small(table, r, c)) return;
            const bool is_base = r == table.rows();
            // Sums of one row or column at a time leave at least what all of them leave.
            EXPECT_GE(attack.values_left(r, c),
                      is_base ? rule_.minimum_base - 1 : rule_.minimum_cell);
        });
    }
}

TEST_F(DisclosureTest, SlackIsHowFarEveryTableWithTheSameMarginsMayDiffer) {
    // Brute force over 2 × 3 with one column visible: every whole table that fits is tried.
    MarginTable table(2, 3, {1, 4, 7, 5, 2, 6});
    for (int c = 0; c < 2; ++c)
        for (int r = 0; r < 2; ++r) table.hide(r, c);
    std::int64_t low = 100, high = -1;
    for (std::int64_t a = 0; a <= 12; ++a) {
        const std::int64_t b = 5 - a, c = 6 - a, d = 7 - c;
        if (b < 0 || c < 0 || d < 0 || b + d != 6) continue;
        low = std::min(low, a);
        high = std::max(high, a);
    }
    EXPECT_EQ(slack(table, 0, 0, 100), high - low);
    EXPECT_EQ(high - low, 5);
}

TEST_F(DisclosureTest, OneHiddenCellIsComputedAndFourAreNot) {
    MarginTable table(2, 3, {1, 4, 7, 5, 2, 6});
    table.hide(0, 0);
    EXPECT_EQ(slack(table, 0, 0, 100), 0);
    table.hide(0, 1);
    table.hide(1, 0);
    EXPECT_EQ(slack(table, 0, 0, 100), 0);
    table.hide(1, 1);
    EXPECT_GT(slack(table, 0, 0, 100), 0);
}

TEST_F(DisclosureTest, ATableOfTooFewIsHiddenWhole) {
    MarginTable table(2, 2, {1, 2, 3, 3});
    apply(rule_, table);
    for_each_cell(table, [&](int r, int c) { EXPECT_TRUE(table.is_hidden(r, c)); });
}

TEST_F(DisclosureTest, ATableOfManyIsShownWhole) {
    MarginTable table(2, 3, {11, 40, 0, 25, 12, 31});
    apply(rule_, table);
    for_each_cell(table, [&](int r, int c) { EXPECT_FALSE(table.is_hidden(r, c)); });
}

TEST_F(DisclosureTest, RowTotalsStayBecauseTheyStandInTheTableOfTheQuestion) {
    MarginTable table(2, 4, {3, 40, 30, 21, 4, 50, 33, 20});
    apply(rule_, table);
    EXPECT_TRUE(table.is_hidden(2, 0));
    for (int r = 0; r < 3; ++r) EXPECT_FALSE(table.is_hidden(r, 4)) << r;
}

}  // namespace
}  // namespace machikoe
