// WardData: what an evaluation needs and no resident can tell: the register's margins, what the
// office has counted, what other surveys found.  Data with its sources; docs/evaluation.md.
//
// One file for each ward and year, beside the pack and not in it: it grows during the year, and
// the pack's hash must not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/plan/fault.h"
#include "app/survey/pack.h"

namespace machikoe {

/// People of the register that answer a question with one of `options`.
struct RegisterGroup {
    std::vector<std::string> options;  // Option::id; several are one group
    std::int64_t people = 0;           // > 0
};
struct RegisterMargin {
    std::string question;  // age band, area, or another with one choice
    std::vector<RegisterGroup> groups;
};
struct Register {
    std::string source;
    std::string date;  // "2022-09-30"
    std::vector<RegisterMargin> margins;
};

/// Of an indicator that the office counts.
struct ReportedResult {
    std::string indicator;
    std::string of;          // a period, or an area
    std::int64_t value = 0;  // AllAreas: 1 done, 0 not
    std::string source;
    std::string date;
};

/// A figure of another year or of another mode: beside ours, never in a line with it.
struct OtherFigure {
    std::string indicator;
    std::string fiscal_year;
    std::string mode;  // "mail", "kiosk", …
    double percent = 0;
    std::optional<std::int64_t> n;
    bool same_question = false;
    std::string source;
};

struct WardData {
    std::string pack_id;
    std::optional<Register> people;
    std::vector<ReportedResult> reported;
    std::vector<OtherFigure> others;
};
/// Of a ward that has handed in nothing.
inline const WardData kNoWardData;

/// Whole and fitting the pack, or at least one fault.
tl::expected<WardData, PackFaults> parse_ward_data(const std::string& file,
                                                   const std::string& bytes, const Pack& pack);

}  // namespace machikoe
