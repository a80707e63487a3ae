// Staff member: somebody scripted who sets a kiosk up for an event, by touch alone.
//
// Knows the gesture and what is on the screens, as a person would who was shown it once.
#pragma once

#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/robot/robot.h"

namespace machikoe {

struct EventScript {
    std::string pin = "314159";
    bool has_pin = false;  // the kiosk knows it already
    std::string name;      // in kana: the keys of the Japanese board
    Universe universe = Universe::Participant;
    int days = 2;
};

/// Enters (setting the PIN at a first start), writes the event down, and closes the staff mode.
/// Corrupt: the message says which node was missing.  Waits in real time where the kiosk
/// works in the background.
Status set_up_event(Scene& scene, ManualClock& clock, float width, float height,
                    const EventScript& script);

}  // namespace machikoe
