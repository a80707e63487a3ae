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

}  // namespace

bool is_theirs(Screen screen) {
    return screen != Screen::Attract && screen != Screen::Saving && screen != Screen::Thanks;
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

Visit with_time_passed(const Pack& pack, Visit visit, Milliseconds now) {
    const auto passed = [&] {
        const auto deadline = next_deadline(visit);
        return deadline && now >= *deadline;
    };
    if (!passed()) return visit;
    const Visit before = visit;
    const bool is_warned = visit.screen != Screen::Thanks && visit.screen != Screen::Neighbours;
    if (is_warned && visit.overlay != Overlay::StillThere) {
        visit.covered = visit.overlay;
        visit.overlay = Overlay::StillThere;
        if (!passed()) {
            settle(before, visit, now);
            return visit;
        }
    }
    visit = attract_after(pack, before);
    settle(before, visit, now);
    return visit;
}

}  // namespace visit_parts

Visit visit_before_anybody(const Pack& pack) {
    Visit visit;
    if (!pack.plan.languages.empty()) visit.settings.language = pack.plan.languages.front();
    return visit;
}

std::optional<Milliseconds> next_deadline(const Visit& visit) {
    if (visit.screen == Screen::Thanks)
        return std::max(visit.entered, visit.last_input) + kThanksLasts;
    if (visit.screen == Screen::Neighbours)
        return std::max(visit.entered, visit.last_input) + kNeighboursLasts;
    if (!visit_parts::is_theirs(visit.screen)) return std::nullopt;
    if (visit.overlay == Overlay::StillThere)
        return visit.last_input + kIdleBeforeWarning + kWarningLasts;
    return visit.last_input + kIdleBeforeWarning;
}

int seconds_left(const Visit& visit, Now now) {
    if (visit.overlay != Overlay::StillThere) return 0;
    const auto left = *next_deadline(visit) - now.monotonic;
    return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count()));
}

}  // namespace machikoe
