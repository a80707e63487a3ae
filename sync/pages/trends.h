// Trends: how a figure moves from week to week, and how it stands at each site and each event.
//
// What may be shown is decided by Breakdown (sync/indicators/breakdowns.h); what may not is x in
// the tables and a gap in the lines.
#pragma once

#include <string_view>
#include <vector>

#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/pages/frame.h"
#include "sync/store/store.h"

namespace machikoe {

/// How many answered in each week; nothing when no week may be shown.
Markup responses_by_week(const Reader& reader, const Evaluation& evaluation);
/// All indicators, each leading to its page.
Markup indicator_list(const Reader& reader, const Pack& pack, const Evaluation& evaluation);
/// One of them: what it counts, how it stands, by week, site and event.
Markup indicator_page(const Reader& reader, const Pack& pack, const Evaluation& evaluation,
                      const IndicatorFigure& figure);
/// Events that were, and those that are set at kiosks now.
Markup events_page(const Reader& reader, const Evaluation& evaluation,
                   const std::vector<KioskRow>& kiosks);

}  // namespace machikoe
