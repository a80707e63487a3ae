#include "app/ui/rest.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace machikoe {

Slide slide_at(Milliseconds since_attract, std::size_t issue_count) {
    constexpr std::int64_t kCycle = 4;  // invitation, issue, issue, answers
    const std::int64_t slide = std::max<std::int64_t>(0, since_attract / kSlideLasts);
    const std::int64_t place = slide % kCycle;
    if (place == kCycle - 1) return {Slide::Kind::Purpose, 0};
    if (place == 0 || issue_count == 0) return {};
    const auto issues_before = static_cast<std::size_t>(slide / kCycle * 2 + place - 1);
    return {Slide::Kind::OneIssue, issues_before % issue_count};
}

// A Lissajous figure.  The periods have no common divisor, so the picture visits some 400
// places before the first comes again, half a day later, and never jumps by more than 3 px.
ImVec2 shift_at(Milliseconds monotonic) {
    constexpr std::int64_t kAcross = 19, kDown = 23;
    constexpr float kTurn = 2 * std::numbers::pi_v<float>;
    const std::int64_t step = std::max<std::int64_t>(0, monotonic / kShiftLasts);
    const auto swing = [&](std::int64_t period) {
        const float part = static_cast<float>(step % period) / static_cast<float>(period);
        return std::round(kMostShift * std::sin(kTurn * part));
    };
    return {swing(kAcross), swing(kDown)};
}

std::optional<Milliseconds> next_change_at_rest(const Visit& visit, Milliseconds monotonic,
                                                bool calm) {
    if (!is_at_rest(visit.screen)) return std::nullopt;
    const Milliseconds shift = (monotonic / kShiftLasts + 1) * kShiftLasts;
    if (calm || visit.screen != Screen::Attract) return shift;
    const Milliseconds shown = std::max(Milliseconds{0}, monotonic - visit.entered);
    return std::min(shift, visit.entered + (shown / kSlideLasts + 1) * kSlideLasts);
}

}  // namespace machikoe
