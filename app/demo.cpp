#include "app/demo.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/pictures.h"
#include "app/robot/robot.h"
#include "app/robot/staff_member.h"
#include "app/robot/stage_scene.h"

namespace machikoe {
namespace {

/// Builds the frames that a robot asks for, and takes pictures on the way.
class Photographer {
  public:
    Photographer(Kiosk& kiosk, Window& window, Renderer& renderer, ManualClock& clock, Album album)
        : kiosk_(kiosk),
          window_(window),
          renderer_(renderer),
          clock_(clock),
          album_(std::move(album)) {}

    void frame() {
        kiosk_.frame();
        if (!album_.wants(kiosk_.pack(), visit()) || !kiosk_.stage().input().empty()) return;
        // Toggles slide and cards rise for a moment: a picture is of what comes to rest.
        for (int i = 0; i < 20 && album_.wants(kiosk_.pack(), visit()); ++i) {
            clock_.advance(Milliseconds{16});
            if (visit().screen == Screen::Saving) break;  // over with the next frame
            kiosk_.frame();
        }
        if (const Status taken = album_.add(kiosk_, window_, renderer_); !taken && picture_)
            picture_ = taken;
    }
    const Status& pictures() const { return picture_; }

    /// The screens that only a broken disk would show.
    void show_the_rest() {
        Visit failed;
        failed.screen = Screen::SaveFailed;
        failed.settings.language = kiosk_.pack().plan.languages.front();
        failed.started = failed.last_input = clock_.monotonic();
        kiosk_.stage().show(failed);
        frame();
    }

  private:
    const Visit& visit() const { return kiosk_.stage().visit(); }

    Kiosk& kiosk_;
    Window& window_;
    Renderer& renderer_;
    ManualClock& clock_;
    Album album_;
    Status picture_;
};

/// Residents pass by; organisations and participants of an event were asked to come.
Crowd crowd_of(Universe universe) {
    const bool is_invited =
        universe == Universe::CommunityOrganisation || universe == Universe::Participant;
    return is_invited ? Crowd::Invited : Crowd::PassersBy;
}

void show_progress(int done, int all) {
    constexpr int kWidth = 40;
    if (!isatty(STDERR_FILENO) && done != all && done % 50 != 0) return;
    std::fprintf(stderr, "%s  residents [", isatty(STDERR_FILENO) ? "\r" : "");
    for (int i = 0; i < kWidth; ++i)
        std::fputc(i < kWidth * done / std::max(all, 1) ? '#' : '.', stderr);
    std::fprintf(stderr, "] %d/%d%s", done, all, isatty(STDERR_FILENO) && done != all ? "" : "\n");
}

/// In short steps, so that whoever wants to stop need not wait for a server that is away.
bool drained(Kiosk& kiosk, Milliseconds limit, const std::function<bool()>& stop_asked) {
    constexpr Milliseconds kStep{200};
    for (; limit > kStep && !stop_asked(); limit -= kStep)
        if (kiosk.drain(kStep)) return true;
    return kiosk.drain(std::min(limit, kStep));
}

int report(const RobotStatistics& seen, Kiosk& kiosk, std::chrono::seconds deliver_within,
           const std::function<bool()>& stop_asked) {
    std::printf("%d visits: %d finished, %d walked away, %d quit; %lld touches\n", seen.visits,
                seen.finished, seen.abandoned, seen.quit, static_cast<long long>(seen.touches));
    for (const auto& [language, count] : seen.finished_in)
        std::printf("  %-8s %d\n", std::string(tag_of(language)).c_str(), count);
    if (kiosk.saved() != seen.finished) {
        spdlog::error("{} visits were finished but {} answers saved", seen.finished, kiosk.saved());
        return 3;
    }
    if (!drained(kiosk, deliver_within, stop_asked)) {
        const SyncStatus status = kiosk.sync_status();
        spdlog::error("{} answers are kept here and still wait: {}", status.waiting_responses,
                      !status.enrolled            ? "this kiosk is not enrolled at a server"
                      : status.last_error.empty() ? "there was too little time"
                                                  : status.last_error);
        return 3;
    }
    std::printf("%lld answers saved and delivered\n", static_cast<long long>(kiosk.saved()));
    return 0;
}

}  // namespace

int run_for_robots(const KioskOptions& options, Kiosk& kiosk, Window& window, Renderer& renderer,
                   ManualClock& clock, const std::function<bool()>& stop_asked) {
    Photographer photographer(kiosk, window, renderer, clock, Album(options.screens));
    StageScene scene(kiosk.stage(), [&] { photographer.frame(); });
    if (!options.robot_event.empty()) {
        const EventScript script{.name = options.robot_event, .universe = options.universe};
        const Status done = set_up_event(scene, clock, static_cast<float>(window.width()),
                                         static_cast<float>(window.height()), script);
        if (!done) {
            spdlog::error("{}", done.error().message);
            return 1;
        }
    }
    Robot robot(scene, clock, options.robot_seed, crowd_of(options.universe));
    const auto done_so_far = [&] {
        const RobotStatistics& seen = robot.statistics();
        return options.robots_finish ? seen.finished : seen.visits;
    };
    for (int i = 0; done_so_far() < options.robots; i = done_so_far()) {
        if (stop_asked()) {
            spdlog::error("stopped after {} of {} residents; {} answers are saved", i,
                          options.robots, kiosk.saved());
            return 3;
        }
        if (const Status done = robot.visit(); !done) {
            spdlog::error("{}", done.error().message);
            return 1;
        }
        show_progress(done_so_far(), options.robots);
    }
    if (!options.screens.empty()) photographer.show_the_rest();
    if (!photographer.pictures()) {
        spdlog::error("{}", photographer.pictures().error().message);
        return 3;
    }
    return report(robot.statistics(), kiosk, std::chrono::seconds(options.deliver_within_s),
                  stop_asked);
}

}  // namespace machikoe
