#include "app/options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

namespace machikoe {
namespace {

std::filesystem::path default_data() {
    if (const char* xdg = std::getenv("XDG_DATA_HOME"))
        return std::filesystem::path(xdg) / "machikoe/kiosk";
    if (const char* home = std::getenv("HOME"))
        return std::filesystem::path(home) / ".local/share/machikoe/kiosk";
    return "machikoe-kiosk-data";
}

}  // namespace

ParsedOptions parse_options(int argc, char** argv) {
    KioskOptions options;
    options.data = default_data();
    options.assets = "assets";
    std::string size, universe = "resident", language, drawing = "auto";
    int exit_after_s = 0;

    CLI::App app("Machikoe: the touch kiosk of a ward's management policy");
    app.add_option("--pack", options.pack, "folder of the content pack")->required();
    app.add_option("--assets", options.assets, "folder with strings/ (default: assets)");
    app.add_option("--data", options.data, "where kiosk.db and keys.db are kept");
    auto* server = app.add_option("--server", options.server, "address of the central server");
    app.add_option("--enrol", options.enrol, "what `machikoe enroll` printed, all of it")
        ->needs(server);
    app.add_option("--event", options.event, "name of the event, recorded with each answer");
    app.add_option("--universe", universe,
                   "who answers here: resident, parent, community-organisation, participant");
    app.add_option("--staff-pin-file", options.staff_pin_file,
                   "file with a new PIN for the staff mode, 6 to 12 digits");
    app.add_option("--staff-passphrase-file", options.staff_passphrase_file,
                   "file with the passphrase for answers given before enrolment; the first start "
                   "alone reads it (without one it makes one up and prints it)");
    app.add_option("--usb-folder", options.usb_folder,
                   "folder for exports, besides sticks under /media and /run/media");
    app.add_option("--events", options.events,
                   "list of prepared events (default: events.txt beside kiosk.db)");
    app.add_option("--size", size, "WIDTHxHEIGHT of the window");
    app.add_option("--diagonal-inches", options.diagonal_inches,
                   "diagonal of the screen, where it does not say the truth of itself")
        ->check(CLI::Range(5.f, 200.f));
    app.add_option("--keypad", options.keypad,
                   "file: which key of a keypad or switch does what (docs/keypad.md); default: "
                   "arrows, Enter and F1 to F8");
    app.add_option("--drawing", drawing,
                   "who computes pixels: auto (a graphics processor where there is one), opengl, "
                   "cpu")
        ->check(CLI::IsMember({"auto", "opengl", "cpu"}));
    app.add_flag("--windowed", options.windowed, "a window instead of the whole screen");
    auto* development =
        app.add_flag("--development", options.development, "Escape closes; the pointer shows");
    app.add_option("--spoken", options.spoken,
                   "file to write down everything that is said, also what was answered: for tests, "
                   "with --development")
        ->needs(development);
    app.add_option("--robots", options.robots, "scripted residents instead of people")
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--robot-seed", options.robot_seed, "the same seed, the same residents");
    app.add_flag("--robots-finish", options.robots_finish,
                 "go on until as many residents as --robots says have finished");
    app.add_option("--robot-event", options.robot_event,
                   "a scripted staff member first sets up this event (kana), for --universe");
    app.add_option("--screens", options.screens, "folder for pictures of the screens they see");
    app.add_option("--deliver-within", options.deliver_within_s,
                   "seconds that --robots waits for the server after the last resident")
        ->check(CLI::Range(0, 86'400));
    app.add_flag("--rehearse", options.rehearse,
                 "walk every screen without a window and name what is wrong; --screen, --lang, "
                 "--size: only those");
    auto* screen = app.add_option("--screen", options.screen, "draw this screen, e.g. question-s1");
    auto* screenshot = app.add_option("--screenshot", options.screenshot, "PNG to draw it into");
    app.add_option("--fixture", options.fixture, "JSON file: what that visit was like")
        ->needs(screen);
    app.add_option("--lang", language, "ja, ja-easy, en, zh-hans, zh-hant, ko, vi");
    auto* exit_after = app.add_option("--exit-after", exit_after_s, "seconds until it ends itself");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app.exit(error) == 0 ? 0 : 2};
    }
    if (options.events.empty()) options.events = options.data / "events.txt";
    const std::optional<Universe> who = universe_of(universe);
    if (!who) {
        std::fprintf(stderr, "machikoe-kiosk: --universe %s: no such universe\n", universe.c_str());
        return {std::nullopt, 2};
    }
    options.universe = *who;
    if (drawing == "opengl") options.drawing = Drawing::OpenGl;
    if (drawing == "cpu") options.drawing = Drawing::Cpu;
    if (!options.rehearse && (screen->count() > 0) != (screenshot->count() > 0)) {
        std::fprintf(stderr, "machikoe-kiosk: --screen NAME and --screenshot FILE go together\n");
        return {std::nullopt, 2};
    }
    if (!language.empty() && !(options.language = language_of(language))) {
        std::fprintf(stderr, "machikoe-kiosk: --lang %s: no such language\n", language.c_str());
        return {std::nullopt, 2};
    }
    if (!size.empty() &&
        (std::sscanf(size.c_str(), "%dx%d", &options.width, &options.height) != 2 ||
         options.width < 320 || options.height < 320)) {
        std::fprintf(stderr, "machikoe-kiosk: --size %s: wanted like 1080x1920\n", size.c_str());
        return {std::nullopt, 2};
    }
    if (exit_after->count() > 0) options.exit_after_s = exit_after_s;
    return {options, 0};
}

}  // namespace machikoe
