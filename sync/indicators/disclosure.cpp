#include "sync/indicators/disclosure.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <queue>

namespace machikoe {
namespace {

/// The table as a network: a node for each sum, an arc for each cell.  Inner cells and the grand
/// total lead from their row to their column, margins from their column to their row; then every
/// sum says "what comes in goes out".
class Network {
  public:
    explicit Network(const MarginTable& table)
        : table_(table), rows_(table.rows() + 1), columns_(table.columns() + 1) {
        values_.reserve(static_cast<std::size_t>(rows_ * columns_));
        for (int r = 0; r < rows_; ++r)
            for (int c = 0; c < columns_; ++c) values_.push_back(table.value(r, c));
    }

    /// One more (or one less) in the cell by a cycle of other hidden cells; false: impossible.
    bool move(int row, int column, int step) {
        std::int64_t& value = at(row, column);
        if (step < 0 && value == 0) return false;
        const bool forward = goes_down(row, column) == (step > 0);
        const int from = forward ? rows_ + column : row;
        const int to = forward ? row : rows_ + column;
        if (!find_path(from, to, row, column)) return false;
        for (int node = to; node != from; node = came_[node].node)
            at(came_[node].row, came_[node].column) += came_[node].step;
        value += step;
        return true;
    }

    struct Cell {
        int row, column;
    };
    /// The cells, cheapest in what they would hide, through which the cell could move by `step`
    /// at least `width` times if they were hidden as well; empty: there are none.
    std::vector<Cell> cheapest_way(int row, int column, int step, std::int64_t width) {
        const bool forward = goes_down(row, column) == (step > 0);
        const int from = forward ? rows_ + column : row;
        const int to = forward ? row : rows_ + column;
        if (!find_cheapest(from, to, row, column, width)) return {};
        std::vector<Cell> way;
        for (int node = to; node != from; node = came_[node].node)
            if (!table_.is_hidden(came_[node].row, came_[node].column))
                way.push_back({came_[node].row, came_[node].column});
        return way;
    }

  private:
    struct Arrival {
        int node, row, column, step;
    };

    std::int64_t& at(int row, int column) {
        return values_[static_cast<std::size_t>(row * columns_ + column)];
    }
    /// Inner cells and the grand total: from row to column.
    bool goes_down(int row, int column) const {
        return (row == rows_ - 1) == (column == columns_ - 1);
    }
    /// All cells at a node, and the step that leaving the node by them means.
    template <class Visit>
    void for_each_at(int node, Visit&& visit) {
        if (node < rows_)
            for (int c = 0; c < columns_; ++c)
                visit(node, c, rows_ + c, goes_down(node, c) ? 1 : -1);
        else
            for (int r = 0; r < rows_; ++r)
                visit(r, node - rows_, r, goes_down(r, node - rows_) ? -1 : 1);
    }

    bool find_path(int from, int to, int row, int column) {
        came_.assign(static_cast<std::size_t>(rows_ + columns_), {-1, 0, 0, 0});
        came_[static_cast<std::size_t>(from)].node = from;
        std::queue<int> next;
        next.push(from);
        while (!next.empty() && came_[static_cast<std::size_t>(to)].node < 0) {
            const int node = next.front();
            next.pop();
            for_each_at(node, [&](int r, int c, int other, int step) {
                if (!table_.is_hidden(r, c) || (r == row && c == column)) return;
                if (came_[static_cast<std::size_t>(other)].node >= 0) return;
                if (step < 0 && at(r, c) == 0) return;
                came_[static_cast<std::size_t>(other)] = {node, r, c, step};
                next.push(other);
            });
        }
        return came_[static_cast<std::size_t>(to)].node >= 0;
    }

    /// What it costs to leave a cell out: nothing when it is out already; margins are dear,
    /// because more is read from them than from a cell.
    std::int64_t cost(int row, int column) {
        if (table_.is_hidden(row, column)) return 0;
        const bool row_total = column == columns_ - 1, column_total = row == rows_ - 1;
        if (row_total && column_total) return std::int64_t{1} << 50;
        if (row_total) return (std::int64_t{1} << 40) + at(row, column);
        if (column_total) return (std::int64_t{1} << 20) + at(row, column);
        return at(row, column) + 1;
    }

    bool find_cheapest(int from, int to, int row, int column, std::int64_t width) {
        constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
        const auto nodes = static_cast<std::size_t>(rows_ + columns_);
        came_.assign(nodes, {-1, 0, 0, 0});
        std::vector<std::int64_t> distance(nodes, kFar);
        using Entry = std::pair<std::int64_t, int>;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> next;
        distance[static_cast<std::size_t>(from)] = 0;
        next.emplace(0, from);
        while (!next.empty()) {
            // Not bound by name: Clang 14 lets no lambda capture such names.
            const std::int64_t so_far = next.top().first;
            const int node = next.top().second;
            next.pop();
            if (so_far > distance[static_cast<std::size_t>(node)]) continue;
            for_each_at(node, [&](int r, int c, int other, int step) {
                if (r == row && c == column) return;
                if (step < 0 && at(r, c) < width) return;
                const std::int64_t there = so_far + cost(r, c);
                if (there >= distance[static_cast<std::size_t>(other)]) return;
                distance[static_cast<std::size_t>(other)] = there;
                came_[static_cast<std::size_t>(other)] = {node, r, c, step};
                next.emplace(there, other);
            });
        }
        return distance[static_cast<std::size_t>(to)] != kFar;
    }

    const MarginTable& table_;
    int rows_;
    int columns_;
    std::vector<std::int64_t> values_;
    std::vector<Arrival> came_;
};

struct Place {
    int row, column;
};

/// Hidden for their own sake.
std::vector<Place> hide_small(const DisclosureRule& rule, MarginTable& table) {
    std::vector<Place> small;
    const auto hide = [&](int row, int column) {
        if (!table.is_hidden(row, column)) small.push_back({row, column});
        table.hide(row, column);
    };
    for (int c = 0; c < table.columns(); ++c) {
        const std::int64_t base = table.value(table.rows(), c);
        const bool small_group = base > 0 && base < rule.minimum_base;
        if (small_group) hide(table.rows(), c);
        for (int r = 0; r < table.rows(); ++r) {
            const std::int64_t count = table.value(r, c);
            if (small_group || (table.rows() > 1 && count > 0 && count < rule.minimum_cell))
                hide(r, c);
        }
    }
    return small;
}

/// What the cheapest way out hides; false: there is none.
bool hide_more(MarginTable& table, const Place& place, std::int64_t width) {
    Network network(table);
    for (const std::int64_t wide : {width, (width + 1) / 2, std::int64_t{1}})
        for (const int step : {1, -1}) {
            if (step < 0 && table.value(place.row, place.column) < wide) continue;
            const auto way = network.cheapest_way(place.row, place.column, step, wide);
            if (way.empty()) continue;
            for (const auto& [row, column] : way) table.hide(row, column);
            return true;
        }
    return false;
}

}  // namespace

MarginTable::MarginTable(int rows, int columns, const std::vector<std::int64_t>& inner)
    : rows_(rows),
      columns_(columns),
      values_(static_cast<std::size_t>((rows + 1) * (columns + 1))),
      hidden_(values_.size()) {
    assert(inner.size() == static_cast<std::size_t>(rows * columns));
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const std::int64_t count = inner[static_cast<std::size_t>(r * columns + c)];
            assert(count >= 0);
            values_[at(r, c)] = count;
            values_[at(r, columns)] += count;
            values_[at(rows, c)] += count;
            values_[at(rows, columns)] += count;
        }
}

void MarginTable::hide_all() {
    std::fill(hidden_.begin(), hidden_.end(), 1);
}

std::int64_t slack(const MarginTable& table, int row, int column, std::int64_t enough) {
    std::int64_t found = 0;
    for (const int step : {1, -1}) {
        Network network(table);
        while (found < enough && network.move(row, column, step)) ++found;
    }
    return found;
}

void apply(const DisclosureRule& rule, MarginTable& table) {
    if (table.value(table.rows(), table.columns()) < rule.minimum_base) return table.hide_all();
    const std::vector<Place> small = hide_small(rule, table);
    if (!rule.complementary) return;
    for (const Place& place : small) {
        // As many values as would be counted too few: then it is one of those, or none at all.
        const bool is_base = place.row == table.rows();
        const std::int64_t width = is_base ? rule.minimum_base - 1 : rule.minimum_cell;
        while (slack(table, place.row, place.column, width) < width)
            if (!hide_more(table, place, width)) return table.hide_all();
    }
}

}  // namespace machikoe
