#include "sync/pages/kiosk_watch.h"

#include <algorithm>
#include <map>

namespace machikoe {
namespace {

constexpr Milliseconds kMinute{60'000};
constexpr Milliseconds kDay = 24 * 60 * kMinute;
constexpr Milliseconds kJapan = 9 * 60 * kMinute;  // no summer time since 1951

OpenWeek office_week() {
    OpenWeek week;
    std::fill(week.begin(), week.begin() + 5, kOfficeHours);
    return week;
}

/// For how long the doors have been open now; nullopt: they are closed.  A span that begins at
/// midnight goes on from the day before.
std::optional<Milliseconds> open_for(const OpenWeek& week, Milliseconds now) {
    const Milliseconds local = now + kJapan;
    // Day 0, 1970-01-01, was a Thursday: 3 from Monday.
    const auto weekday = static_cast<std::size_t>((local / kDay + 3) % 7);
    const Milliseconds today = local % kDay;
    const auto& span = week[weekday];
    if (!span || today < span->from * kMinute || today >= span->to * kMinute) return std::nullopt;
    const auto& yesterday = week[(weekday + 6) % 7];
    const bool goes_on = span->from == 0 && yesterday && yesterday->to * kMinute == kDay;
    return goes_on ? today + kDay : today - span->from * kMinute;
}

bool is_silent(Milliseconds heard, const OpenWeek& week, Milliseconds now) {
    const auto open = open_for(week, now);
    return open && *open >= kSilentAfter && heard + kSilentAfter < now;
}

}  // namespace

KioskState state_of(const KioskRow& kiosk, std::string_view version, Milliseconds now) {
    KioskState state;
    state.heard = kiosk.last_seen;
    state.has_gaps = kiosk.held < kiosk.highest_sequence;
    if (auto told = read_kept_health(kiosk.health)) {
        state.told = std::move(*told);
        state.heard = std::max(state.told->at, kiosk.last_seen.value_or(Milliseconds{0}));
        const Health& health = state.told->health;
        state.has_own_hours = health.hours.has_value();
        state.is_silent =
            !kiosk.revoked && is_silent(*state.heard, health.hours.value_or(office_week()), now);
        const std::int64_t skew = state.told->clock_skew_s;
        state.is_skewed = skew > kMaxClockSkew_s || skew < -kMaxClockSkew_s;
        state.is_full = health.free_mb && *health.free_mb < kLeastFree_mb;
        state.is_late = health.oldest_unsent && *health.oldest_unsent + kOldUnsent < now;
        state.is_other_version = health.version != version;
    }
    return state;
}

std::vector<std::string> silent_sites(const std::vector<KioskRow>& kiosks, Milliseconds now) {
    std::map<std::string, bool> is_all_silent;
    for (const KioskRow& kiosk : kiosks) {
        const KioskState state = state_of(kiosk, "", now);
        if (kiosk.revoked || !state.told) continue;
        const auto [at, is_new] = is_all_silent.emplace(kiosk.site, state.is_silent);
        if (!is_new) at->second = at->second && state.is_silent;
    }
    std::vector<std::string> sites;
    for (const auto& [site, is_silent_there] : is_all_silent)
        if (is_silent_there) sites.push_back(site);
    return sites;
}

}  // namespace machikoe
