// Ui: one frame of one screen: what is drawn, what can be touched, what was wished.
//
// A frame yields three things: an ImGui draw list, a list of semantic nodes in reading
// order (what a screen reader, a test or a switch user would go through), and at most one
// Event.  Nothing is remembered between frames but the press in progress and running
// animations, keyed by node id and dropped when the visit's step changes.
//
// A touch counts when it begins and ends inside the same node in the same step of the
// visit: what was put down on one screen never lands on the next.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/paint.h"
#include "app/ui/text.h"
#include "app/visit/visit.h"

namespace machikoe {

enum class Role { Button, Toggle, Choice, Check, Heading, Text, Image, Progress, Dialog };

struct Node {
    std::string id;     // stable within the screen: "next", "option:agree"
    Role role = Role::Text;
    std::string name;   // as spoken: no ruby
    std::string value;  // "3 / 10", a rank, a number
    Rect bounds;        // physical px
    bool enabled = true;
    bool selected = false;
};

struct PointerEvent {
    enum class Kind { Down, Move, Up, Cancel } kind = Kind::Move;
    float x = 0, y = 0;  // physical px
};

/// The kiosk's own input queue.  At most one button edge is taken per frame, with the
/// position it happened at, so that no tap is lost between two frames.
class InputQueue {
  public:
    void push(PointerEvent event) { events_.push_back(event); }
    bool empty() const { return events_.empty(); }
    std::vector<PointerEvent> take_frame();

  private:
    std::deque<PointerEvent> events_;
};

}  // namespace machikoe
