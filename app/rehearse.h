// Rehearse: what the kiosk program does for those who prepare it, without a window.
//
// --rehearse walks every screen and prints what is wrong; --screen draws one of them.
#pragma once

#include "app/options.h"

namespace machikoe {

/// Prints the findings and what was walked.  The exit code: 0 without a problem, 1 with one,
/// 3 when something could not be opened.
int rehearse(const KioskOptions& options);

/// Draws --screen into --screenshot.  The exit code: 0, 1 when there is no such screen or the
/// fixture is wrong, 3 when something could not be opened or written.
int draw_one_screen(const KioskOptions& options);

}  // namespace machikoe
