// Events: those that were, with their figures, and those that are set at kiosks now.
//
// What may be shown is decided by Evaluation; an event of few responses is not named.
#pragma once

#include <vector>

#include "sync/indicators/evaluation.h"
#include "sync/pages/frame.h"
#include "sync/store/store.h"

namespace machikoe {

Markup events_page(const Reader& reader, const Evaluation& evaluation,
                   const std::vector<KioskRow>& kiosks);

}  // namespace machikoe
