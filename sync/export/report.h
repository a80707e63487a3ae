// Report: an evaluation as a ward office prints it, in Japanese, on A4, in black and white.
//
// One HTML file that needs nothing else: no script, no picture, no request.  It is made for
// WeasyPrint, which knows page margins, and can be read in any browser.  The report decides
// nothing: what an Evaluation leaves out is printed as left out.
#pragma once

#include <string>

#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/indicators/verdict_table.h"
#include "sync/indicators/ward_data.h"

namespace machikoe {

struct ReportSource {
    const Pack& pack;
    const Evaluation& evaluation;
    const VerdictTable& table;
    const WardData& data;
    std::string version;      // of this software
    std::string printed_day;  // "2024-05-31"
};

/// REQUIRES: evaluation and data are of this pack.
std::string report_html(const ReportSource& source);

}  // namespace machikoe
