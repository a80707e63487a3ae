// The parts of the report in the order in which they are printed.  report.h is what others use.
#pragma once

#include "sync/export/markup.h"
#include "sync/export/report.h"

namespace machikoe {

Markup report_head(const ReportSource& source);
Markup report_indicators(const ReportSource& source);
Markup report_people(const ReportSource& source);
Markup report_weighting(const ReportSource& source);
Markup report_questions(const ReportSource& source);
Markup report_crosses(const ReportSource& source);
Markup report_quality(const ReportSource& source);
Markup report_notes(const ReportSource& source);

/// What there is to say of one indicator in each line of the form.
Markup target_line(const IndicatorDefinition& definition);
Markup actual_line(const ReportSource& source, const IndicatorFigure& figure);
Markup previous_line(const IndicatorDefinition& definition);
Markup achievement_line(const ReportSource& source, const IndicatorFigure& figure);

std::string_view report_style();

}  // namespace machikoe
