// KioskWatch: which kiosks are not as they should be, from what they last said of themselves.
//
// A kiosk reports every ten minutes.  It is silent when its doors have been open for kSilentAfter
// and nothing came from it for as long: three reports, so that one lost packet alarms nobody, and
// a kiosk that is switched on with the lights has the time to start.  Hours are the kiosk's own
// where it told them and those of an office otherwise.  One that has never reported brings its
// answers on a stick, and is missed by nobody.  Pure: everything is asked with the time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "sync/store/store.h"
#include "sync/wire/health.h"

namespace machikoe {

inline constexpr Milliseconds kSilentAfter{30 * 60'000};
inline constexpr std::int64_t kMaxClockSkew_s = 120;
inline constexpr std::int64_t kLeastFree_mb = 500;
inline constexpr Milliseconds kOldUnsent{24 * 3'600'000};
/// Monday to Friday, where a kiosk has not told its own.
inline constexpr OpenMinutes kOfficeHours{9 * 60, 17 * 60 + 30};

/// What is not as it should be; all false: well.
struct KioskState {
    std::optional<KeptHealth> told;     // nullopt: nothing yet
    std::optional<Milliseconds> heard;  // by a batch or a report
    bool has_own_hours = false;
    bool is_silent = false;
    bool has_gaps = false;
    bool is_skewed = false;
    bool is_full = false;
    bool is_late = false;  // something has waited for kOldUnsent
    bool is_other_version = false;

    bool is_well() const {
        return !is_silent && !has_gaps && !is_skewed && !is_full && !is_late && !is_other_version;
    }
};
/// `version`: the server's.
KioskState state_of(const KioskRow& kiosk, std::string_view version, Milliseconds now);

/// Where every kiosk that may still come is silent; in order, each once.
std::vector<std::string> silent_sites(const std::vector<KioskRow>& kiosks, Milliseconds now);

}  // namespace machikoe
