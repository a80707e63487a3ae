// Raking: weights that make the respondents' composition that of the register, margin by margin.
//
// Iterative proportional fitting (Deming and Stephan 1940; the same as survey::rake in R).
// People of one combination of groups share a weight, so that it is computed per combination.
// Weights sum to the number of respondents.  They mend the composition by age, sex and area and
// nothing else: people who walk up to a kiosk differ in more than that.
#pragma once

#include <cstdint>
#include <vector>

namespace machikoe {

/// Respondents that share a group in each margin.
struct RakingCell {
    std::vector<std::size_t> groups;  // one for each margin
    std::int64_t people = 0;          // > 0
    double weight = 1;
};

struct RakingOptions {
    int most_rounds = 500;
    double tolerance = 1e-10;   // of every margin's share
    double least_weight = 0.2;  // trimmed to these; the mean is 1
    double most_weight = 5;
};

struct Raked {
    std::vector<RakingCell> cells;
    bool has_converged = false;
    int rounds = 0;
    std::int64_t trimmed = 0;  // respondents whose weight was cut
};

/// `margins`: for each margin the register's number of people by group.  A group without
/// respondents cannot be weighted up: its cells do not exist, and the result has not converged.
/// REQUIRES: every people > 0; cells not empty.
Raked rake(std::vector<RakingCell> cells, const std::vector<std::vector<std::int64_t>>& margins,
           const RakingOptions& options = {});

/// Cuts weights to the bounds and gives what was cut to all others alike, until none is outside
/// (as survey::trimWeights(strict = TRUE) in R).  Returns how many respondents were cut.
std::int64_t trim(std::vector<RakingCell>& cells, double least, double most);

/// (Σw)² / Σw² over the respondents: L. Kish, Survey Sampling, 1965.
double effective_n(const std::vector<RakingCell>& cells);

}  // namespace machikoe
