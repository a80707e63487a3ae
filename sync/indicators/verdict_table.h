// VerdictTable: with which codes a fiscal year judges, and under which headings; data.
//
// Codes and forms change from year to year, so each year is a file (assets/evaluation/*.yaml,
// docs/evaluation.md).  What could not be confirmed in a published source says so, and whatever
// prints it prints 「未確認」 beside it.
#pragma once

#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/plan/fault.h"

namespace machikoe {

inline constexpr std::string_view kUnconfirmedJa = "未確認";
inline constexpr std::string_view kUnconfirmedEn = "unconfirmed";

struct VerdictCode {
    std::string code;     // "A"
    std::string meaning;  // Japanese
    double at_least = 0;  // percent of the target, 0…100; chosen by people: 0
};

/// Codes for one thing that is judged.
struct VerdictScale {
    std::string heading;             // Japanese, as on the form
    std::vector<VerdictCode> codes;  // the best first; the last one's at_least is 0
    bool confirmed = false;
    std::string source;  // a page's address; "" when nothing confirms it
};

/// A line of the form for each indicator.
enum class BlockLine { Target, Actual, Previous, Achievement };

struct FormLine {
    BlockLine line = BlockLine::Target;
    std::string heading;
};

struct VerdictTable {
    std::string id;           // "osaka-r5"
    std::string fiscal_year;  // "2023"
    std::string title;        // of the form
    std::string form_source;
    bool form_confirmed = false;
    std::vector<FormLine> block;  // in the order of the form
    VerdictScale achievement;     // counted by the program
    std::vector<VerdictScale>
        by_people;  // printed with an empty place for the ward's own judgement
};

/// Whole and valid, or at least one fault.
tl::expected<VerdictTable, PackFaults> parse_verdict_table(const std::string& file,
                                                           const std::string& bytes);

}  // namespace machikoe
