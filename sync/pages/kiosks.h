// Kiosks: the page on which staff see how every kiosk is, and the banner on all pages when none of
// a place is heard of.
#pragma once

#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "sync/pages/frame.h"
#include "sync/store/store.h"

namespace machikoe {

/// `version`: the server's.
Markup kiosks_page(const Reader& reader, const std::vector<KioskRow>& kiosks, const Counts& counts,
                   std::string_view version, Milliseconds now);
/// Nothing when there is no such place.
Markup silent_banner(const Reader& reader, const std::vector<std::string>& sites);

}  // namespace machikoe
