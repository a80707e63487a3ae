// playback_latency: how long a key waits for speech, and for silence.
//
//   playback_latency disk          until the samples are handed to SDL's disk driver
//   playback_latency pulse         until they come out of a PulseAudio of its own, whose sink is a
//                                  pipe that keeps time
//
// Thirty rounds of say() and stop() at times that are no multiple of a buffer.  Wall clock: run it
// on a machine that does nothing else.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/speech/audio_device.h"
#include "app/speech/speaker.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

using Instant = std::chrono::steady_clock::time_point;

double ms_between(Instant from, Instant to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

/// When sound began and was last heard.
class Ear {
  public:
    void hear(std::span<const float> samples) {
        is_open_ = true;
        const bool is_loud = std::any_of(samples.begin(), samples.end(),
                                         [](float sample) { return std::abs(sample) > 1e-3F; });
        if (!is_loud) return;
        const std::int64_t now = std::chrono::steady_clock::now().time_since_epoch().count();
        std::int64_t none = 0;
        first_.compare_exchange_strong(none, now);
        last_ = now;
    }
    bool is_open() const { return is_open_; }
    void forget() { first_ = 0; }
    bool has_heard() const { return first_ != 0; }
    Instant first() const { return Instant(Instant::duration(first_.load())); }
    Instant last() const { return Instant(Instant::duration(last_.load())); }

  private:
    std::atomic<bool> is_open_{false};
    std::atomic<std::int64_t> first_{0}, last_{0};
};

/// A child that is ended with this object.
class Child {
  public:
    explicit Child(std::vector<std::string> words) {
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ != 0) return;
        const int nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }

  private:
    pid_t pid_;
};

/// A sound server of its own.  Its sink is a pipe: a recorder would be a second client, and the
/// server's buffers follow the more impatient of two.
class Pulse {
  public:
    Pulse(const hearing::Folder& folder, Ear& ear) : server_(command(folder)) {
        std::this_thread::sleep_for(Milliseconds{2'000});  // its start
        const int sink = ::open((folder / "sink").c_str(), O_RDONLY | O_CLOEXEC);
        if (sink < 0) std::abort();
        listener_ = std::jthread([sink, &ear] { listen(sink, ear); });
    }

  private:
    static std::vector<std::string> command(const hearing::Folder& folder) {
        const std::string socket = (folder / "sound-server").string();
        ::setenv("HOME", folder.path().c_str(), 1);
        ::setenv("XDG_RUNTIME_DIR", folder.path().c_str(), 1);
        ::setenv("PULSE_SERVER", ("unix:" + socket).c_str(), 1);
        return {"pulseaudio",
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--load=module-pipe-sink format=float32le rate=48000 channels=1 "
                "use_system_clock_for_timing=yes file=" +
                    (folder / "sink").string(),
                "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket};
    }

    static void listen(int sink, Ear& ear) {
        float samples[64];
        auto* bytes = reinterpret_cast<char*>(samples);
        std::size_t held = 0;
        for (;;) {
            const ssize_t size = ::read(sink, bytes + held, sizeof samples - held);
            if (size <= 0) break;
            held += static_cast<std::size_t>(size);
            ear.hear(std::span(samples).first(held / sizeof(float)));
            const std::size_t rest = held % sizeof(float);
            std::copy_n(bytes + held - rest, rest, bytes);
            held = rest;
        }
        ::close(sink);
    }

    std::jthread listener_;  // ends when the server has ended
    Child server_;
};

struct Latencies {
    std::vector<double> start_ms, stop_ms;
};

void print(const char* name, std::vector<double> values) {
    std::sort(values.begin(), values.end());
    if (values.empty()) return;
    std::printf("%-6s median %6.1f ms   lowest %6.1f   highest %6.1f   (%zu)\n", name,
                values[values.size() / 2], values.front(), values.back(), values.size());
}

Latencies measure(Speaker& speaker, Ear& ear, const std::filesystem::path& clip) {
    constexpr int kRounds = 30;
    Latencies latencies;
    for (int i = 0; i < 1'000 && !ear.is_open(); ++i) std::this_thread::sleep_for(Milliseconds{10});
    for (int round = 0; round < kRounds; ++round) {
        std::this_thread::sleep_for(std::chrono::microseconds(700'000 + round * 1'370));
        ear.forget();
        const Instant said = std::chrono::steady_clock::now();
        if (!speaker.say({"tone", {clip}})) std::abort();
        std::this_thread::sleep_for(std::chrono::microseconds(900'000 + round * 2'110));
        if (!ear.has_heard()) {
            std::printf("round %d: nothing was heard\n", round);
            continue;
        }
        latencies.start_ms.push_back(ms_between(said, ear.first()));
        const Instant stopped = std::chrono::steady_clock::now();
        speaker.stop();
        std::this_thread::sleep_for(Milliseconds{700});
        latencies.stop_ms.push_back(std::max(0.0, ms_between(stopped, ear.last())));
    }
    return latencies;
}

int run(const std::string& mode) {
    const hearing::Folder folder;
    hearing::write_opus(folder / "tone.opus", hearing::tone(440, 3.0));
    Ear ear;
    std::optional<Pulse> pulse;
    const bool is_disk = mode == "disk";
    ::setenv("SDL_AUDIODRIVER", is_disk ? "disk" : "pulseaudio", 1);
    ::setenv("SDL_DISKAUDIOFILE", (folder / "heard.raw").c_str(), 1);
    if (!is_disk) pulse.emplace(folder, ear);
    Speaker speaker;
    speaker.set_headphones(true);
    while (speaker.louder()) {
    }
    const Instant opened = std::chrono::steady_clock::now();
    const auto device = open_audio_device([&](std::span<float> samples) {
        speaker.render(samples);
        if (is_disk) ear.hear(samples);
    });
    if (!device) {
        std::fprintf(stderr, "%s\n", device.error().message.c_str());
        return EXIT_FAILURE;
    }
    std::printf("open   %6.1f ms\n", ms_between(opened, std::chrono::steady_clock::now()));
    const std::jthread worker([&](const std::stop_token& stop) {
        while (!stop.stop_requested())
            if (!speaker.work()) speaker.wait_for_work(stop, Milliseconds{500});
    });
    const Latencies latencies = measure(speaker, ear, folder / "tone.opus");
    print("start", latencies.start_ms);
    print("stop", latencies.stop_ms);
    std::printf("gaps   %u\n", speaker.gaps());
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace machikoe

int main(int count, char** words) {
    const std::string mode = count == 2 ? words[1] : "";
    if (mode != "disk" && mode != "pulse") {
        std::fprintf(stderr, "playback_latency disk|pulse\n");
        return EXIT_FAILURE;
    }
    return machikoe::run(mode);
}
