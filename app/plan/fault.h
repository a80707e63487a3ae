// PackFault: something in a content pack that its author can mend.
#pragma once

#include <string>
#include <vector>

namespace machikoe {

/// A fault that the author of a pack can mend: where, and what is wrong.
struct PackFault {
    std::string file;  // relative to the pack
    int line = 0;      // 1-based; 0 when the fault concerns the whole file
    std::string reason;
    bool operator==(const PackFault&) const = default;
};
using PackFaults = std::vector<PackFault>;

/// "survey.yaml:12: question 'q1': missing key 'text'"
std::string to_string(const PackFault& fault);

}  // namespace machikoe
