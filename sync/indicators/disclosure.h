// Disclosure: which cells of a table are left out, so that nobody can be singled out in it.
//
// A table has margins: hiding a small cell alone hides nothing, because the total less the
// others gives it back.  So more cells are hidden, the cheapest that will do, until each small
// one could have at least `minimum_cell` different values for whoever knows all that is printed.
//
// Every cell, margins included, is an unknown in two sums: its row's and its column's.  Such a
// system is a network; a hidden cell can take another value exactly when that is a flow around a
// cycle of hidden cells, and how far it can move is a maximum flow.  That is an exact answer for
// whole numbers ≥ 0, not an estimate.
// (Cell suppression as a network: G. Castro, "Recent advances in optimization techniques for
// statistical tabular data protection", 2012; the greedy choice here is not the least possible.)
#pragma once

#include <cstdint>
#include <vector>

namespace machikoe {

struct DisclosureRule {
    int minimum_base = 10;      // a smaller group has no figure at all
    int minimum_cell = 3;       // in a cross table 1 … below this is not printed
    int reference_base = 30;    // a smaller group's figures are for reference
    bool complementary = true;  // false only in tests: shows what the rest is good for
    bool operator==(const DisclosureRule&) const = default;
};

/// Counts with margins: the last row and the last column are totals.
class MarginTable {
  public:
    /// `inner`: row by row, rows × columns, all ≥ 0.
    MarginTable(int rows, int columns, const std::vector<std::int64_t>& inner);

    int rows() const { return rows_; }  // without the totals
    int columns() const { return columns_; }
    std::int64_t value(int row, int column) const { return values_[at(row, column)]; }
    bool is_hidden(int row, int column) const { return hidden_[at(row, column)] != 0; }
    void hide(int row, int column) { hidden_[at(row, column)] = 1; }
    void hide_all();

  private:
    std::size_t at(int row, int column) const {
        return static_cast<std::size_t>(row * (columns_ + 1) + column);
    }
    int rows_;
    int columns_;
    std::vector<std::int64_t> values_;
    std::vector<char> hidden_;
};

/// How many values, beyond the true one, a hidden cell could have for whoever sees the rest,
/// counted up to `enough`.  0: it can be computed.
std::int64_t slack(const MarginTable& table, int row, int column, std::int64_t enough);

/// Hides groups (columns) below the minimum base with everything in them, small cells, and what
/// would give them away.  The row totals stay visible where that is possible: they stand in the
/// table of the question alone.  A table of fewer than minimum_base in all is hidden whole.
void apply(const DisclosureRule& rule, MarginTable& table);

}  // namespace machikoe
