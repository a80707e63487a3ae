// Keypad: which key of a keypad or switch does what, as the operator says in a file.
//
//   keys:                      # names as on a keyboard (see key_called()), or code:123
//     next: [down, kp_2]
//     enter: [enter, space]
//   route: everything          # or: actions, for switches
//   scan_ms: 0                 # one switch: the focus goes on by itself, 1000 to 5000
//   debounce_ms: 0             # up to 500
//   loudspeaker: yes           # or no: may be asked for where there are no headphones
//   headphones: jack           # or fixed: they belong to the kiosk and are always there
//   headphone_key: 213         # a keypad tells of its jack by a key (linux/input-event-codes.h)
//   headphone_unplug_key: 214  # where that is another one
//
// Every key of the file is optional; what is not named keeps the keys of default_keypad().
#pragma once

#include <filesystem>
#include <map>

#include "app/base/result.h"
#include "app/speech/headphone_jack.h"
#include "app/ui/focus.h"

namespace machikoe {

struct SpeechSettings {
    bool has_loudspeaker = true;
    bool headphones_are_fixed = false;
    JackSettings jack;
};

struct Keypad {
    std::map<int, PadKey> keys;  // by the window's key code
    PadOptions options;
    SpeechSettings speech;
};

/// Arrows, Enter and F1 to F8: what a navigation keypad sends.
Keypad default_keypad();
/// Invalid: names the line, and what is wrong there.  NotFound, Unavailable: as load_file().
Result<Keypad> load_keypad(const std::filesystem::path& file);

}  // namespace machikoe
