#include <algorithm>
#include <tuple>

#include "app/visit/visit_parts.h"

namespace machikoe {
namespace visit_parts {
namespace {

/// What a resident sees as one thing: a touch and a page belong to it.
auto surface_of(const Visit& v) {
    return std::tie(v.screen, v.section, v.question, v.overlay, v.word);
}

/// When the kiosk next asks, forgets or goes back to rest, for want of input alone.
std::optional<Milliseconds> idle_deadline(const Visit& visit) {
    if (visit.screen == Screen::Sleep && visit.was_asked)
        return visit.last_input + kSleepAnswerLasts;
    if (visit.screen == Screen::Thanks)
        return std::max(visit.entered, visit.last_input) + kThanksLasts;
    if (visit.screen == Screen::Neighbours)
        return std::max(visit.entered, visit.last_input) + kNeighboursLasts;
    if (!is_theirs(visit.screen)) return std::nullopt;
    if (visit.overlay == Overlay::StillThere)
        return visit.last_input + kIdleBeforeWarning + kWarningLasts;
    return visit.last_input + kIdleBeforeWarning;
}

Screen resting_screen(const Place& place, Milliseconds wall) {
    return !place.hours || is_open(*place.hours, wall) ? Screen::Attract : Screen::Sleep;
}

}  // namespace

bool is_theirs(Screen screen) {
    return !is_at_rest(screen) && screen != Screen::Saving;
}

void rest_by_the_clock(const Place& place, Visit& visit, Now now) {
    if (!is_at_rest(visit.screen)) return;
    visit.screen = resting_screen(place, now.wall);
    if (visit.screen == Screen::Attract) visit.was_asked = false;
}

void settle(const Visit& before, Visit& after, Milliseconds now) {
    const bool is_warning =
        before.overlay == Overlay::StillThere || after.overlay == Overlay::StillThere;
    const bool is_new = surface_of(before) != surface_of(after);
    if (is_new && !is_warning) after.page = 0;
    after.step = before.step + (is_new || before.page != after.page ? 1 : 0);
    if (std::tie(before.screen, before.section, before.question) !=
        std::tie(after.screen, after.section, after.question))
        after.entered = now;
}

Visit attract_after(const Pack& pack, const Visit& visit) {
    Visit fresh = visit_before_anybody(pack);
    fresh.step = visit.step;
    fresh.last_input = visit.last_input;
    fresh.entered = visit.entered;
    return fresh;
}

Visit with_time_passed(Ground ground, Visit visit, Now now) {
    const auto passed = [&] {
        const auto deadline = idle_deadline(visit);
        return deadline && now.monotonic >= *deadline;
    };
    const Visit before = visit;
    if (is_at_rest(visit.screen)) {
        if (passed()) visit.was_asked = false;
        rest_by_the_clock(ground.place, visit, now);
        settle(before, visit, now.monotonic);
        return visit;
    }
    if (!passed()) return visit;
    const bool is_warned = visit.screen != Screen::Thanks && visit.screen != Screen::Neighbours;
    if (is_warned && visit.overlay != Overlay::StillThere) {
        visit.covered = visit.overlay;
        visit.overlay = Overlay::StillThere;
        if (!passed()) {
            settle(before, visit, now.monotonic);
            return visit;
        }
    }
    visit = attract_after(ground.pack, before);
    rest_by_the_clock(ground.place, visit, now);
    settle(before, visit, now.monotonic);
    return visit;
}

}  // namespace visit_parts

Visit visit_before_anybody(const Pack& pack) {
    Visit visit;
    if (!pack.plan.languages.empty()) visit.settings.language = pack.plan.languages.front();
    return visit;
}

bool is_at_rest(Screen screen) {
    return screen == Screen::Attract || screen == Screen::Sleep;
}

std::optional<Milliseconds> next_deadline(const Place& place, const Visit& visit, Now now) {
    const auto idle = visit_parts::idle_deadline(visit);
    if (!is_at_rest(visit.screen) || !place.hours) return idle;
    // The clock has jumped over an opening or a closing: at once.
    if (visit_parts::resting_screen(place, now.wall) != visit.screen) return now.monotonic;
    const auto change = next_change(*place.hours, now.wall);
    if (!change) return idle;
    const Milliseconds by_the_clock = now.monotonic + (*change - now.wall);
    return idle ? std::min(*idle, by_the_clock) : by_the_clock;
}

int seconds_left(const Visit& visit, Now now) {
    if (visit.overlay != Overlay::StillThere) return 0;
    const auto left = *visit_parts::idle_deadline(visit) - now.monotonic;
    return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count()));
}

}  // namespace machikoe
