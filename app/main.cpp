// The kiosk program: window, renderer and Kiosk, and the loop that sleeps when nothing
// happens.  Wiring only.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "app/base/crypto.h"
#include "app/demo.h"
#include "app/kiosk.h"
#include "app/options.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"

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

/// Frames until nothing moves, then sleep.  A frame draws what was before its own input took
/// effect, hence always one more.
void run_for_people(Kiosk& kiosk, Window& window, Renderer& renderer, Milliseconds started,
                    std::optional<int> exit_after_s) {
    Stage& stage = kiosk.stage();
    window.on_pointer([&](PointerKind kind, float x, float y) {
        stage.input().push({kind_of(kind), x, y});
    });
    bool is_first = true;
    int frames_wanted = 1;
    while (!window.closing() && stop_asked == 0 && !kiosk.is_leaving()) {
        if (exit_after_s && kiosk.now().monotonic - started > std::chrono::seconds(*exit_after_s))
            break;
        if (window.take_damage()) {
            stage.resize(window.width(), window.height());
            frames_wanted = 2;
        }
        const auto due = kiosk.next_frame_due();
        if (!stage.input().empty() || (due && *due <= kiosk.now().monotonic))
            frames_wanted = std::max(frames_wanted, 2);
        if (frames_wanted > 0) {
            --frames_wanted;
            kiosk.frame();
            renderer.draw(window.width(), window.height());
            window.present();
            if (is_first)
                spdlog::info("first frame after {} ms", (kiosk.now().monotonic - started).count());
            is_first = false;
        }
        const bool busy = frames_wanted > 0 || !stage.input().empty();
        Milliseconds sleep = busy ? Milliseconds{0} : time_to_sleep(kiosk);
        if (exit_after_s) sleep = std::min(sleep, Milliseconds{1000});
        window.wait(sleep);
    }
}

int run(const KioskOptions& options) {
    const SystemClock system_clock;
    ManualClock manual_clock(system_clock.wall());  // the time of scripted residents
    const bool is_scripted = options.robots > 0;
    const Clock& clock = is_scripted ? static_cast<const Clock&>(manual_clock) : system_clock;
    const Milliseconds started = clock.monotonic();
    WindowOptions wanted;
    wanted.full_screen = !options.windowed && options.width == 0 && !is_scripted;
    wanted.development = options.development || options.windowed;
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
    if (is_scripted) stage.seed = options.robot_seed;
    auto kiosk = Kiosk::open(options, clock, stage);
    if (!kiosk) {
        spdlog::error("{}", kiosk.error().message);
        return kiosk.error().code == ErrorCode::Invalid ? 1 : 3;
    }
    auto renderer = Renderer::create((*kiosk)->text());
    if (!renderer) {
        spdlog::error("{}", renderer.error().message);
        return 3;
    }
    spdlog::info("{}", (*renderer)->description());
    if (is_scripted)
        return run_for_robots(options, **kiosk, **window, **renderer, manual_clock,
                              [] { return stop_asked != 0; });
    run_for_people(**kiosk, **window, **renderer, started, options.exit_after_s);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const machikoe::ParsedOptions parsed = machikoe::parse_options(argc, argv);
    if (!parsed.options) return parsed.exit_code;
    machikoe::crypto_ready();
    spdlog::set_default_logger(spdlog::stderr_logger_mt("kiosk"));
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stop_asked = 1; });
    return run(*parsed.options);
}
