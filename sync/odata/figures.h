// Figures: an Evaluation as rows: each indicator a row, each of its weeks, sites and events, and each
// cell of each table of answers.
//
// Rows are what the pages show and nothing more; what may not be shown is null and says Hidden.
// Ids hang on the pack alone: "indicator.safe", "answer.feel.s4", "answer.feel.s4.age.over60",
// "skipped.feel"; of breakdowns "responses.site.office", "indicator.safe.week.2022-06-06".
#pragma once

#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/odata/table.h"

namespace machikoe::odata {

/// The columns, without rows.
Table figure_columns();
Table figures(const Pack& pack, const Evaluation& evaluation);

}  // namespace machikoe::odata
