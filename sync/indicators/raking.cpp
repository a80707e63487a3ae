#include "sync/indicators/raking.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace machikoe {
namespace {

double total_of(const std::vector<std::int64_t>& numbers) {
    return static_cast<double>(std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0}));
}

std::int64_t people_in(const std::vector<RakingCell>& cells) {
    std::int64_t people = 0;
    for (const RakingCell& cell : cells) people += cell.people;
    return people;
}

/// The weighted share of each group of a margin.
std::vector<double> shares(const std::vector<RakingCell>& cells, std::size_t margin,
                           std::size_t groups) {
    std::vector<double> sums(groups);
    double all = 0;
    for (const RakingCell& cell : cells) {
        const double weighted = cell.weight * static_cast<double>(cell.people);
        sums[cell.groups[margin]] += weighted;
        all += weighted;
    }
    for (double& sum : sums) sum /= all;
    return sums;
}

}  // namespace

Raked rake(std::vector<RakingCell> cells, const std::vector<std::vector<std::int64_t>>& margins,
           const RakingOptions& options) {
    Raked raked;
    double error = 1;
    while (raked.rounds < options.most_rounds && error > options.tolerance) {
        ++raked.rounds;
        for (std::size_t m = 0; m < margins.size(); ++m) {
            const std::vector<double> now = shares(cells, m, margins[m].size());
            const double all = total_of(margins[m]);
            for (RakingCell& cell : cells)
                cell.weight *=
                    static_cast<double>(margins[m][cell.groups[m]]) / all / now[cell.groups[m]];
        }
        error = 0;
        for (std::size_t m = 0; m < margins.size(); ++m) {
            const std::vector<double> now = shares(cells, m, margins[m].size());
            const double all = total_of(margins[m]);
            for (std::size_t g = 0; g < now.size(); ++g)
                error =
                    std::max(error, std::abs(now[g] - static_cast<double>(margins[m][g]) / all));
        }
    }
    raked.has_converged = error <= options.tolerance;
    double weighted = 0;
    for (const RakingCell& cell : cells) weighted += cell.weight * static_cast<double>(cell.people);
    const double scale = static_cast<double>(people_in(cells)) / weighted;
    for (RakingCell& cell : cells) cell.weight *= scale;
    raked.trimmed = trim(cells, options.least_weight, options.most_weight);
    raked.cells = std::move(cells);
    return raked;
}

std::int64_t trim(std::vector<RakingCell>& cells, double least, double most) {
    // Cut ones may be pushed over a bound again by what the others get: each counts once.
    std::vector<char> was_cut(cells.size());
    for (;;) {
        double cut = 0;
        std::int64_t inside = 0;
        bool any = false;
        std::vector<char> outside(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double bounded = std::clamp(cells[i].weight, least, most);
            // A rounding error beyond a bound is not outside, or this never ends.
            outside[i] = std::abs(bounded - cells[i].weight) > 1e-12;
            if (!outside[i]) {
                inside += cells[i].people;
                continue;
            }
            any = true;
            was_cut[i] = 1;
            cut += (cells[i].weight - bounded) * static_cast<double>(cells[i].people);
            cells[i].weight = bounded;
        }
        if (!any || inside == 0) break;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!outside[i]) cells[i].weight += cut / static_cast<double>(inside);
    }
    std::int64_t people = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (was_cut[i]) people += cells[i].people;
    return people;
}

double effective_n(const std::vector<RakingCell>& cells) {
    double sum = 0, squares = 0;
    for (const RakingCell& cell : cells) {
        sum += cell.weight * static_cast<double>(cell.people);
        squares += cell.weight * cell.weight * static_cast<double>(cell.people);
    }
    return squares > 0 ? sum * sum / squares : 0;
}

}  // namespace machikoe
