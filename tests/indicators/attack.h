// Attack: what somebody computes who sees a published table and knows its margins.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sync/indicators/disclosure.h"

namespace machikoe {

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

}  // namespace machikoe
