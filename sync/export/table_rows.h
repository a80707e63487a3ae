// TableRows: the tables of an evaluation as one long list, a cell a row, for CSV, JSON lines and
// sheets alike.  What may not be shown has no count and says so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"

namespace machikoe {

struct TableRow {
    std::string_view question;
    std::string_view
        kind;  // "option", "skipped", "refused", "not-shown", "not-asked", "mean", "median"
    std::string_view option;           // of kind "option"
    std::string_view by;               // CrossVariable::id; "" in the table of the question alone
    std::string_view group;            // "" with `by`: did not say
    std::optional<std::int64_t> base;  // who answered, of this group
    std::optional<std::int64_t> count;
    std::optional<double> share;  // percent of the base, one decimal; of mean and median the value
    bool hidden = false;
    bool reference_only = false;
};

/// In the order of the survey: each question, then its cross tables.
void for_each_table_row(const Evaluation& evaluation, const Pack& pack,
                        const std::function<void(const TableRow&)>& visit);

}  // namespace machikoe
