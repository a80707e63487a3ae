// Disclosure: whoever sees a published table and knows the rule tries to compute what it hides.
#include "sync/indicators/disclosure.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <random>

namespace machikoe {
namespace {

using Interval = std::pair<std::int64_t, std::int64_t>;

/// All that an attacker has: the visible cells, that rows and columns add up, that counts are
/// whole and not negative.  Knows nothing of how the cells were chosen.
class Attack {
  public:
    explicit Attack(const MarginTable& table)
        : rows_(table.rows() + 1), columns_(table.columns() + 1) {
        for (int r = 0; r < rows_; ++r)
            for (int c = 0; c < columns_; ++c) {
                const std::int64_t value = table.value(r, c);
                known_.push_back(!table.is_hidden(r, c));
                bounds_.push_back(known_.back() ? Interval{value, value} : Interval{0, kMost});
            }
        tighten();
        eliminate();
    }

    bool knows(int row, int column) const { return known_[at(row, column)]; }
    /// How many values are left for a cell, as far as sums of a row or a column say.
    std::int64_t values_left(int row, int column) const {
        const Interval& bounds = bounds_[at(row, column)];
        return bounds.second - bounds.first;
    }

  private:
    static constexpr std::int64_t kMost = 1'000'000;

    std::size_t at(int row, int column) const {
        return static_cast<std::size_t>(row * columns_ + column);
    }
    /// One sum: parts, and the total that they make.
    template <class Visit>
    void for_each_sum(Visit&& visit) const {
        std::vector<std::size_t> parts;
        for (int r = 0; r < rows_; ++r) {
            parts.clear();
            for (int c = 0; c + 1 < columns_; ++c) parts.push_back(at(r, c));
            visit(parts, at(r, columns_ - 1));
        }
        for (int c = 0; c < columns_; ++c) {
            parts.clear();
            for (int r = 0; r + 1 < rows_; ++r) parts.push_back(at(r, c));
            visit(parts, at(rows_ - 1, c));
        }
    }

    void tighten() {
        for (bool changed = true; changed;) {
            changed = false;
            const auto narrow = [&](std::size_t cell, std::int64_t low, std::int64_t high) {
                Interval& bounds = bounds_[cell];
                if (low > bounds.first) bounds.first = low, changed = true;
                if (high < bounds.second) bounds.second = high, changed = true;
            };
            for_each_sum([&](const std::vector<std::size_t>& parts, std::size_t total) {
                Interval sum{0, 0};
                for (const std::size_t part : parts) {
                    sum.first += bounds_[part].first;
                    sum.second += bounds_[part].second;
                }
                narrow(total, sum.first, sum.second);
                for (const std::size_t part : parts)
                    narrow(part, bounds_[total].first - (sum.second - bounds_[part].second),
                           bounds_[total].second - (sum.first - bounds_[part].first));
            });
        }
        for (std::size_t i = 0; i < bounds_.size(); ++i)
            if (bounds_[i].first == bounds_[i].second) known_[i] = true;
    }

    /// Gauss-Jordan over the hidden cells: one that stands alone in a row is computed.
    void eliminate() {
        const std::size_t cells = known_.size();
        std::vector<std::vector<double>> system;
        for_each_sum([&](const std::vector<std::size_t>& parts, std::size_t total) {
            std::vector<double> row(cells);
            for (const std::size_t part : parts) row[part] = known_[part] ? 0 : 1;
            row[total] = known_[total] ? 0 : -1;
            system.push_back(std::move(row));
        });
        std::size_t done = 0;
        for (std::size_t c = 0; c < cells && done < system.size(); ++c) {
            std::size_t pivot = done;
            while (pivot < system.size() && std::abs(system[pivot][c]) < 1e-9) ++pivot;
            if (pivot == system.size()) continue;
            std::swap(system[done], system[pivot]);
            const double scale = system[done][c];
            for (double& value : system[done]) value /= scale;
            for (std::size_t r = 0; r < system.size(); ++r) {
                if (r == done || std::abs(system[r][c]) < 1e-9) continue;
                const double factor = system[r][c];
                for (std::size_t k = 0; k < cells; ++k) system[r][k] -= factor * system[done][k];
            }
            ++done;
        }
        for (const auto& row : system) {
            std::size_t unknowns = 0, last = 0;
            for (std::size_t k = 0; k < cells; ++k)
                if (std::abs(row[k]) > 1e-9) ++unknowns, last = k;
            if (unknowns == 1) known_[last] = true;
        }
    }

    int rows_;
    int columns_;
    std::vector<char> known_;
    std::vector<Interval> bounds_;
};

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
