// Demo: scripted residents use the real program, instead of people.
//
// Everything is as it is for people (input queue, screens, visit, outbox, sync) but two
// things: the clock is moved by hand, so that a visit of three minutes takes milliseconds,
// and pixels are drawn only where a picture is wanted.
#pragma once

#include <functional>

#include "app/base/clock.h"
#include "app/kiosk.h"
#include "app/options.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"

namespace machikoe {

/// REQUIRES: `clock` is the one that the kiosk was opened with.  Exit code: 0 when every finished
/// visit was saved and delivered; 1 when the content is at fault, 3 when something else is, or
/// `stop_asked` (asked between two visits) said yes.
int run_for_robots(const KioskOptions& options, Kiosk& kiosk, Window& window, Renderer& renderer,
                   ManualClock& clock, const std::function<bool()>& stop_asked);

}  // namespace machikoe
