#include "app/robot/robot.h"

#include <algorithm>

namespace machikoe {
namespace {

// A resident of a large pack needs some 150 touches; whoever needs this many goes in circles.
constexpr int kMostActs = 2000;
// The kiosk forgets after 165 s; nothing lasts longer than that.
constexpr Milliseconds kLongestWait{200'000};
constexpr Milliseconds kPause{2'500};

// A finger's times.  A change of screen may swallow what follows it at once, so the first
// look comes after a third of a second.
constexpr Milliseconds kFingerDown{80};
constexpr Milliseconds kBetweenTaps{60};
constexpr Milliseconds kGlance{100};

}  // namespace

Robot::Robot(Scene& scene, ManualClock& clock, std::uint64_t seed, Crowd crowd)
    : scene_(scene), clock_(clock), dice_(seed), crowd_(crowd) {
    scene_.frame();
    step_up();
}

void Robot::step_up() {
    resident_ = std::make_unique<Resident>(personality_of(dice_.next(), crowd_));
    has_begun_ = has_ended_ = was_thanked_ = false;
    acts_ = 0;
    waited_ = {};
    seen_.clear();
}

Status Robot::act() {
    if (++acts_ > kMostActs) return stuck("goes in circles");
    const auto touch = resident_->decide(sight_of(scene_.visit(), scene_.nodes()));
    if (!touch) return pause();
    waited_ = {};
    carry_out(*touch);
    ++statistics_.touches;
    if (has_ended_) end_visit();
    return {};
}

Status Robot::visit() {
    const int before = statistics_.visits;
    while (statistics_.visits == before) {
        if (Status status = act(); !status) return status;
    }
    return {};
}

Status Robot::pause() {
    // Somebody who leaves before touching anything leaves no trace at all.
    if (!has_begun_ && resident_->has_walked_away()) {
        end_visit();
        return {};
    }
    if (waited_ > kLongestWait) return stuck("waits for nothing");
    waited_ += kPause;
    pass(kPause);
    if (has_ended_) end_visit();
    return {};
}

void Robot::carry_out(const Touch& touch) {
    pass(touch.thinking);
    const auto& nodes = scene_.nodes();
    const auto found = std::ranges::find(nodes, touch.node, &Node::id);
    // Gone while they thought: the kiosk asked whether somebody is there, or forgot.
    if (found == nodes.end() || !is_touchable(*found)) return;
    // People do not hit the very middle.
    const ImVec2 centre = found->bounds.centre();
    const float x = centre.x + static_cast<float>(dice_.between(-0.2, 0.2)) * found->bounds.w;
    const float y = centre.y + static_cast<float>(dice_.between(-0.2, 0.2)) * found->bounds.h;
    switch (touch.kind) {
        case Touch::Kind::Tap:
            tap(x, y);
            break;
        case Touch::Kind::DoubleTap:
            tap(x, y);
            pass(kBetweenTaps);
            tap(x, y);
            break;
        case Touch::Kind::DragOff:
            scene_.touch({PointerEvent::Kind::Down, x, y});
            pass(kFingerDown);
            scene_.touch({PointerEvent::Kind::Move, 1, 1});
            pass(kFingerDown);
            scene_.touch({PointerEvent::Kind::Up, 1, 1});
            pass(kFingerDown);
            break;
    }
    for (int i = 0; i < 3; ++i) pass(kGlance);
}

void Robot::tap(float x, float y) {
    scene_.touch({PointerEvent::Kind::Down, x, y});
    pass(kFingerDown);
    scene_.touch({PointerEvent::Kind::Up, x, y});
    pass(Milliseconds{16});
}

void Robot::pass(Milliseconds time) {
    clock_.advance(time);
    scene_.frame();
    look();
}

void Robot::look() {
    // What a second tap began after the end belongs to the next resident.
    if (has_ended_) return;
    const Visit& visit = scene_.visit();
    seen_[std::string(name_of(visit.screen))] = 1;
    if (visit.overlay != Overlay::None) seen_[std::string(name_of(visit.overlay))] = 1;
    if (visit.screen == Screen::Attract) {
        has_ended_ = has_begun_;
        return;
    }
    has_begun_ = true;
    was_thanked_ = was_thanked_ || visit.screen == Screen::Thanks;
    language_ = visit.settings.language;
}

void Robot::end_visit() {
    ++statistics_.visits;
    if (was_thanked_) {
        ++statistics_.finished;
        ++statistics_.finished_in[language_];
    } else if (resident_->has_walked_away()) {
        ++statistics_.abandoned;
    } else {
        ++statistics_.quit;
    }
    for (const auto& [name, times] : seen_) statistics_.seen[name] += times;
    step_up();
}

tl::unexpected<Error> Robot::stuck(const std::string& what) const {
    const Visit& visit = scene_.visit();
    std::string message = "resident " + std::to_string(statistics_.visits + 1) + " " + what +
                          " on " + std::string(name_of(visit.screen));
    if (!visit.section.empty()) message += ", section " + visit.section;
    if (!visit.question.empty()) message += ", question " + visit.question;
    message += ", overlay " + std::string(name_of(visit.overlay)) + "; nodes:";
    for (const Node& node : scene_.nodes())
        message += " " + node.id + (is_touchable(node) ? "" : "(not touchable)");
    return fail(ErrorCode::Corrupt, std::move(message));
}

}  // namespace machikoe
