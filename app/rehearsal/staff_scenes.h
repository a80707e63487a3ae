// Staff scenes: every screen of the staff mode with something to show, and what residents see
// of it.
#pragma once

#include <vector>

#include "app/rehearsal/scenes.h"

namespace machikoe {

/// "staff-menu", "staff-export-2", …: staff who have been everywhere.
std::vector<PreparedScreen> staff_screens(const Pack& pack, const Settings& settings,
                                          Milliseconds now);

}  // namespace machikoe
