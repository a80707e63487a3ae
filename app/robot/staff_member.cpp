#include "app/robot/staff_member.h"

#include <algorithm>
#include <thread>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

constexpr Milliseconds kStaffFingerDown{80}, kStaffPause{400}, kFrame{16};
constexpr int kMostLooks = 1500;  // of 10 ms: a loaded machine hashes slowly

class StaffMember {
  public:
    StaffMember(Scene& scene, ManualClock& clock) : scene_(scene), clock_(clock) {}

    Status result;

    void touch(float x, float y) {
        pass(kStaffPause);
        scene_.touch({PointerEvent::Kind::Down, x, y});
        pass(kStaffFingerDown);
        scene_.touch({PointerEvent::Kind::Up, x, y});
        pass(kFrame);
        pass(kFrame);
    }
    bool see(const std::string& id) const {
        return std::ranges::find(scene_.nodes(), id, &Node::id) != scene_.nodes().end();
    }
    /// Waits until the node is there and can be touched, then touches it.
    void tap(const std::string& id) {
        if (!result) return;
        for (int look = 0; look < kMostLooks; ++look) {
            const auto found = std::ranges::find(scene_.nodes(), id, &Node::id);
            if (found != scene_.nodes().end() && is_touchable(*found)) {
                const ImVec2 centre = found->bounds.centre();
                return touch(centre.x, centre.y);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            pass(kFrame);
        }
        std::string seen;
        for (const Node& node : scene_.nodes()) seen += " " + node.id;
        result = fail(ErrorCode::Corrupt, "staff look for " + id + " and see" + seen);
    }
    void type_pin(const std::string& pin) {
        for (const char digit : pin) tap(std::string("digit:") + digit);
        tap("confirm");
    }

  private:
    void pass(Milliseconds time) {
        clock_.advance(time);
        scene_.frame();
    }

    Scene& scene_;
    ManualClock& clock_;
};

}  // namespace

Status set_up_event(Scene& scene, ManualClock& clock, float width, float height,
                    const EventScript& script) {
    StaffMember staff(scene, clock);
    const float near = 20;  // px from the edges
    for (const auto& [x, y] : {std::pair{near, near},
                               {width - near, near},
                               {width - near, height - near},
                               {near, height - near}})
        staff.touch(x, y);
    if (!staff.see("typed"))
        return fail(ErrorCode::Corrupt, "four taps into the corners do not open the staff mode");
    const bool is_first_start = !script.has_pin;
    staff.type_pin(script.pin);
    // A first start wants the new PIN twice.
    if (is_first_start) staff.type_pin(script.pin);
    staff.tap("go:event");
    staff.tap("name:write");
    for (const std::string& letter : letters_of(script.name)) staff.tap("key:" + letter);
    staff.tap("keep");
    for (int day = 1; day < script.days; ++day) staff.tap("to:more");
    staff.tap("universe:" + std::string(name_of(script.universe)));
    staff.tap("save");
    staff.tap("go:queue");
    staff.tap("back");
    staff.tap("quit");
    return staff.result;
}

}  // namespace machikoe
