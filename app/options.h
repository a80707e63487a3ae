// Options: what the kiosk program is told on its command line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/plan/plan.h"
#include "app/platform/window.h"

namespace machikoe {

struct KioskOptions {
    std::filesystem::path pack;
    std::filesystem::path assets;
    std::filesystem::path data;
    std::string server;  // "" : never enrolled by this start
    std::string enrol;   // what `machikoe enroll` printed
    std::string event;   // "" outside events
    Universe universe = Universe::Resident;
    int width = 0, height = 0;                    // 0: the whole monitor
    std::filesystem::path staff_pin_file;         // a new PIN for the staff mode
    std::filesystem::path staff_passphrase_file;  // locks the set-up key at the first start
    std::filesystem::path usb_folder;             // for exports, besides mounted sticks
    std::filesystem::path events;          // list of prepared events; default: DATA/events.txt
    std::filesystem::path spoken;          // everything that is said, for tests
    std::optional<float> diagonal_inches;  // of the screen; nullopt: what it says of itself
    std::filesystem::path keypad;          // what its keys do; default: default_keypad()
    Drawing drawing = Drawing::Auto;
    bool windowed = false;
    bool development = false;  // Escape closes, the cursor shows

    int robots = 0;  // scripted residents instead of people
    std::uint64_t robot_seed = 1;
    bool robots_finish = false;     // --robots counts those who finished
    std::string robot_event;        // kana; a scripted staff member sets it up first, by touch
    std::filesystem::path screens;  // pictures of every screen they see
    int deliver_within_s = 120;     // after the last of them

    bool rehearse = false;             // walk every screen, open no window
    std::string screen;                // draw one; a part of a name for the walk
    std::filesystem::path screenshot;  // where to
    std::filesystem::path fixture;     // what is on it; "": the prepared visit
    std::optional<Language> language;  // of the walk or the screen

    std::optional<int> exit_after_s;  // for measurements
};

/// The options, or the exit code to end with (help shown, or usage wrong).
struct ParsedOptions {
    std::optional<KioskOptions> options;
    int exit_code = 0;
};
ParsedOptions parse_options(int argc, char** argv);

}  // namespace machikoe
