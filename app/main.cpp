// The kiosk program: window, renderer and Kiosk, and the loop that sleeps when nothing
// happens.  Wiring only.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "app/base/crypto.h"
#include "app/base/memory.h"
#include "app/demo.h"
#include "app/keypad.h"
#include "app/kiosk.h"
#include "app/options.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"
#include "app/rehearse.h"
#include "app/spoken_guide.h"
#include "app/writing/writing.h"

namespace {

using namespace machikoe;

volatile std::sig_atomic_t stop_asked = 0;

PointerEvent::Kind kind_of(PointerKind kind) {
    switch (kind) {
        case PointerKind::Down:
            return PointerEvent::Kind::Down;
        case PointerKind::Move:
            return PointerEvent::Kind::Move;
        case PointerKind::Up:
            return PointerEvent::Kind::Up;
        case PointerKind::Cancel:
            return PointerEvent::Kind::Cancel;
    }
    return PointerEvent::Kind::Cancel;
}

/// How long the loop may sleep.  GLFW goes on waiting through a signal, so never longer than
/// a second; waking once a second costs nothing that can be measured.
Milliseconds time_to_sleep(const Kiosk& kiosk) {
    constexpr Milliseconds kLongest{1'000};
    if (const auto due = kiosk.next_frame_due())
        return std::clamp(*due - kiosk.now().monotonic, Milliseconds{0}, kLongest);
    return kLongest;
}

/// Builds the picture that is due.  What the input of a frame did is in the next one, which
/// nobody need wait for; but "saving" is a picture of its own.
void build_frame(Kiosk& kiosk) {
    kiosk.frame();
    const auto due = kiosk.stage().next_frame_due(kiosk.now());
    if (due && *due <= kiosk.now().monotonic) kiosk.frame();
}

/// Frames while something happens, else sleep.
void run_for_people(Kiosk& kiosk, Window& window, Renderer& renderer, Milliseconds started,
                    const KioskOptions& options, const Keypad& keypad) {
    Stage& stage = kiosk.stage();
    window.on_pointer([&](PointerKind kind, float x, float y) {
        stage.input().push({kind_of(kind), x, y});
    });
    const SpokenGuide guide(kiosk.pack(), kiosk.strings(), stage,
                            {options.assets, options.pack, keypad.speech, options.spoken},
                            [&] { window.wake(); });
    window.on_key([&](int code) {
        const auto does = keypad.keys.find(code);
        if (does != keypad.keys.end()) stage.press(does->second, kiosk.now().monotonic);
    });
    bool is_first = true;
    while (!window.closing() && stop_asked == 0 && !kiosk.is_leaving()) {
        const Milliseconds now = kiosk.now().monotonic;
        if (options.exit_after_s && now - started > std::chrono::seconds(*options.exit_after_s))
            break;
        if (window.take_damage()) {
            stage.resize(window.width(), window.height(),
                         window.mm_per_px(options.diagonal_inches));
            renderer.forget();
        }
        const auto due = kiosk.next_frame_due();
        if (!stage.input().empty() || (due && *due <= now)) {
            build_frame(kiosk);
            if (renderer.draw(window.width(), window.height())) window.present();
            if (is_first)
                spdlog::info("first frame after {} ms", (kiosk.now().monotonic - started).count());
            is_first = false;
        }
        Milliseconds sleep = stage.input().empty() ? time_to_sleep(kiosk) : Milliseconds{0};
        if (options.exit_after_s) sleep = std::min(sleep, Milliseconds{1000});
        window.wait(sleep);
    }
}

int run(const KioskOptions& options) {
    const SystemClock system_clock;
    ManualClock manual_clock(system_clock.wall());  // the time of scripted residents
    const bool is_scripted = options.robots > 0;
    const Clock& clock = is_scripted ? static_cast<const Clock&>(manual_clock) : system_clock;
    const Milliseconds started = clock.monotonic();
    const auto keypad =
        options.keypad.empty() ? Result<Keypad>(default_keypad()) : load_keypad(options.keypad);
    if (!keypad) {
        spdlog::error("{}", keypad.error().message);
        return keypad.error().code == ErrorCode::Invalid ? 1 : 3;
    }
    WindowOptions wanted;
    wanted.full_screen = !options.windowed && options.width == 0 && !is_scripted;
    wanted.development = options.development || options.windowed;
    wanted.drawing = options.drawing;
    if (options.width > 0) {
        wanted.width = options.width;
        wanted.height = options.height;
    }
    auto window = Window::create(wanted);
    if (!window) {
        spdlog::error("{}", window.error().message);
        return 3;
    }
    const int width = (*window)->width(), height = (*window)->height();
    StageOptions stage;
    stage.width = width;
    stage.height = height;
    stage.mm_per_px = (*window)->mm_per_px(options.diagonal_inches);
    stage.calm = (*window)->image() != nullptr && !is_scripted;
    stage.pad = keypad->options;
    // Scripted residents write the same on every machine.
    if (is_scripted)
        stage.seed = options.robot_seed;
    else
        stage.writing = engines_of_this_machine();
    auto kiosk = Kiosk::open(options, clock, stage);
    if (!kiosk) {
        spdlog::error("{}", kiosk.error().message);
        return kiosk.error().code == ErrorCode::Invalid ? 1 : 3;
    }
    auto renderer = Renderer::create(**window, (*kiosk)->text());
    if (!renderer) {
        spdlog::error("{}", renderer.error().message);
        return 3;
    }
    spdlog::info(
        "{}; {} mm a pixel; {}", (*renderer)->description(), stage.mm_per_px,
        (*window)->has_touch() ? "all fingers are seen" : "no XInput 2.2: one finger only");
    if (is_scripted)
        return run_for_robots(options, **kiosk, **window, **renderer, manual_clock,
                              [] { return stop_asked != 0; });
    run_for_people(**kiosk, **window, **renderer, started, options, *keypad);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const machikoe::MemoryProtection protection = machikoe::protect_memory();
    const machikoe::ParsedOptions parsed = machikoe::parse_options(argc, argv);
    if (!parsed.options) return parsed.exit_code;
    machikoe::crypto_ready();
    spdlog::set_default_logger(spdlog::stderr_logger_mt("kiosk"));
    if (const std::string advice = machikoe::advice_on(protection); !advice.empty())
        spdlog::warn("{}", advice);
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stop_asked = 1; });
    if (parsed.options->rehearse) return machikoe::rehearse(*parsed.options);
    if (!parsed.options->screen.empty()) return machikoe::draw_one_screen(*parsed.options);
    return run(*parsed.options);
}
