// How long a resident waits for a pixel: real X input by XTEST into a running kiosk, changed
// pixels read from the X server's own framebuffer.  tests/measure runs it.
//
//   latency PACK ASSETS FRAMEBUFFER KIOSK_PID      (FRAMEBUFFER: the file of Xvfb -fbdir)
//
// Walks through a visit of at least twelve questions.  Where to touch it knows from a stage of
// its own that is told the same touches; should the two part, a touch changes nothing on the
// screen and it says so and fails.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/base/crypto.h"
#include "app/platform/window.h"
#include "app/survey/pack.h"
#include "app/ui/stage.h"

// Last: Xlib defines None, Status, Bool and more.
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>

namespace machikoe {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::size_t kQuestions = 12;

double ms_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

void pause(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

/// What is on the screen, without asking anybody: Xvfb maps its pixels into a file, in the format
/// of xwd, whose head is 32-bit words in network order.
class Framebuffer {
  public:
    explicit Framebuffer(const char* path) {
        const int file = ::open(path, O_RDONLY | O_CLOEXEC);
        struct stat about {};
        if (file < 0 || ::fstat(file, &about) != 0) return;
        void* at = ::mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_SHARED,
                          file, 0);
        ::close(file);
        if (at == MAP_FAILED) return;
        bytes_ = static_cast<const char*>(at);
        constexpr int kHeadSize = 0, kWidth = 4, kHeight = 5, kBytesPerLine = 12, kColours = 19;
        constexpr int kBytesOfColour = 12;
        width_ = word(kWidth);
        height_ = word(kHeight);
        line_ = word(kBytesPerLine);
        bytes_ += word(kHeadSize) + word(kColours) * kBytesOfColour;
    }
    bool ready() const { return bytes_ != nullptr; }
    int width() const { return width_; }
    int height() const { return height_; }

    /// Every fourth row of an area.
    std::vector<char> look(const Rect& area) const {
        std::vector<char> seen;
        const int x0 = std::clamp(static_cast<int>(area.x), 0, width_);
        const int x1 = std::clamp(static_cast<int>(area.right()), x0, width_);
        const int y1 = std::min(static_cast<int>(area.bottom()), height_);
        for (int y = std::max(0, static_cast<int>(area.y)); y < y1; y += 4) {
            const char* row = bytes_ + static_cast<std::ptrdiff_t>(y) * line_;
            seen.insert(seen.end(), row + x0 * 4, row + x1 * 4);
        }
        return seen;
    }

  private:
    int word(int index) const {
        std::uint32_t value = 0;
        std::memcpy(&value, bytes_ + index * 4, sizeof value);
        return static_cast<int>(__builtin_bswap32(value));
    }
    const char* bytes_ = nullptr;
    int width_ = 0, height_ = 0, line_ = 0;
};

/// CPU time of another process so far, user and system.
double cpu_ms_of(pid_t process) {
    clockid_t clock{};
    timespec spent{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &spent) != 0)
        return -1;
    return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

struct Figures {
    std::vector<double> presses, answers, others;
};

void print(const char* what, std::vector<double> ms) {
    if (ms.empty()) return;
    std::sort(ms.begin(), ms.end());
    std::printf("%s: median %.1f ms, 90 %% within %.1f ms (%zu)\n", what, ms[ms.size() / 2],
                ms[ms.size() * 9 / 10], ms.size());
}

/// A stage that sees what the kiosk sees, and a finger on the real one.
class Walker {
  public:
    Walker(const Pack& pack, const Strings& strings, TextEngine& text, const Framebuffer& screen,
           Display* display)
        : screen_(screen),
          display_(display),
          stage_(pack, strings, text,
                 {.width = screen.width(),
                  .height = screen.height(),
                  .mm_per_px = mm_per_px_of(screen.width(), screen.height(), {}, std::nullopt),
                  .calm = true,
                  .seed = 1}) {
        build();
    }

    const Visit& visit() const { return stage_.visit(); }
    const Figures& figures() const { return figures_; }
    std::size_t questions() const { return questions_.size(); }

    /// False when the kiosk did nothing.
    bool touch_next() {
        const Node* found = choose();
        if (!found) return false;
        const Node node = *found;
        const ImVec2 at = node.bounds.centre();
        if (visit().screen == Screen::Question) questions_.insert(visit().question);
        const bool is_answer = node.id.starts_with("option:");
        XTestFakeMotionEvent(display_, -1, static_cast<int>(at.x), static_cast<int>(at.y), 0);
        XFlush(display_);
        pause(60);
        const double pressed = act(node, PointerEvent::Kind::Down);
        pause(90);
        const double released = act(node, PointerEvent::Kind::Up);
        if (pressed < 0 || released < 0) {
            std::printf("%s on %s: no pixel changed\n", node.id.c_str(),
                        std::string(name_of(visit().screen)).c_str());
            return false;
        }
        figures_.presses.push_back(pressed);
        (is_answer ? figures_.answers : figures_.others).push_back(released);
        pause(400);  // longer than a touch at the same place is taken for a tremor
        return true;
    }

  private:
    void build() {
        const Milliseconds now =
            std::chrono::duration_cast<Milliseconds>(SteadyClock::now().time_since_epoch());
        for (int i = 0; i < 3; ++i) {
            stage_.frame({now, now});
            if (stage_.take_response()) stage_.saved({now, now});
        }
    }

    /// Milliseconds until a pixel of the node changed; -1: none did.
    double act(const Node& node, PointerEvent::Kind kind) {
        const std::vector<char> before = screen_.look(node.bounds);
        const auto begin = SteadyClock::now();
        XTestFakeButtonEvent(display_, 1, kind == PointerEvent::Kind::Down, 0);
        XFlush(display_);
        double waited = -1;
        while (waited < 0 && ms_since(begin) < 3000) {
            // Looking without a pause would take from the kiosk a processor that a person in
            // front of it does not.
            std::this_thread::sleep_for(std::chrono::microseconds(100));
            if (screen_.look(node.bounds) != before) waited = ms_since(begin);
        }
        stage_.input().push({kind, node.bounds.centre().x, node.bounds.centre().y});
        build();
        return waited;
    }

    const Node* choose() const {
        const Visit& now = visit();
        if (now.screen == Screen::Question && !now.answers.contains(now.question))
            if (const Node* option = first({"option:"})) return option;
        if (now.screen == Screen::Overview && questions() < kQuestions)
            for (const Node& node : stage_.nodes())
                if (node.enabled && node.id.starts_with("issue:") &&
                    !now.issues_opened.contains(node.id.substr(6)))
                    return &node;
        return first(
            {"begin", "choose:", "length:everything", "start", "next", "submit", "finish", "skip"});
    }

    const Node* first(std::initializer_list<std::string_view> wanted) const {
        for (const std::string_view start : wanted)
            for (const Node& node : stage_.nodes())
                if (node.enabled && node.role != Role::Text && node.id.starts_with(start))
                    return &node;
        return nullptr;
    }

    const Framebuffer& screen_;
    Display* display_;
    Stage stage_;
    std::set<std::string> questions_;
    Figures figures_;
};

int measure(char** arguments) {
    const auto pack = load_pack(arguments[1]);
    if (!pack) return 2;
    const auto strings =
        Strings::load(std::filesystem::path(arguments[2]) / "strings", pack->plan.languages);
    const Framebuffer screen(arguments[3]);
    const pid_t kiosk = std::atoi(arguments[4]);
    Display* display = XOpenDisplay(nullptr);
    auto text = TextEngine::create();
    if (!strings || !text || !screen.ready() || !display) return 2;
    Walker walker(*pack, *strings, **text, screen, display);
    // An issue that was begun is answered to its end; what the questions beyond the twelfth took
    // is counted apart.
    const double begin = cpu_ms_of(kiosk);
    double beyond = 0;
    constexpr int kMostTouches = 300;
    for (int i = 0; i < kMostTouches && walker.visit().screen != Screen::Thanks; ++i) {
        const double before = cpu_ms_of(kiosk);
        if (!walker.touch_next()) return 1;
        if (walker.questions() > kQuestions && walker.visit().screen == Screen::Question)
            beyond += cpu_ms_of(kiosk) - before;
    }
    const double end = cpu_ms_of(kiosk);
    if (walker.visit().screen != Screen::Thanks || begin < 0 || end < 0) return 1;
    print("finger down to first changed pixel", walker.figures().presses);
    print("release on an answer to first changed pixel", walker.figures().answers);
    print("release on anything else to first changed pixel", walker.figures().others);
    std::printf("a whole visit of %zu questions: %.2f CPU seconds; of it %.2f for a visit of %zu\n",
                walker.questions(), (end - begin) / 1000, (end - begin - beyond) / 1000,
                kQuestions);
    XCloseDisplay(display);
    return 0;
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    machikoe::crypto_ready();
    return argc == 5 ? machikoe::measure(argv) : 2;
}
