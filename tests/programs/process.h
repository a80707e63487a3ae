// Process: a program of this build, run as an operator would, its output caught in files.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace machikoe {

struct Ran {
    int code = -1;  // -1: ended by a signal, or did not end in time
    std::string out;
    std::string err;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Process {
  public:
    Process(const std::filesystem::path& folder, std::vector<std::string> arguments)
        : out_(folder / ("out" + std::to_string(next_))),
          err_(folder / ("err" + std::to_string(next_))) {
        ++next_;
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, 1, out_.c_str(), kNew, 0600);
        posix_spawn_file_actions_addopen(&files, 2, err_.c_str(), kNew, 0600);
        if (posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), environ) != 0) pid_ = -1;
        posix_spawn_file_actions_destroy(&files);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }

    bool running() {
        if (pid_ <= 0) return false;
        siginfo_t ended{};
        ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
        return ended.si_pid == 0;
    }
    std::string output_so_far() const { return bytes_of(out_) + bytes_of(err_); }
    void send(int signal) {
        if (pid_ > 0) ::kill(pid_, signal);
    }
    /// Waits for its end, a minute at most: sanitizers and a busy machine are slow.
    Ran wait(std::chrono::seconds longest = std::chrono::seconds(60)) {
        Ran ran;
        const auto limit = std::chrono::steady_clock::now() + longest;
        while (pid_ > 0 && std::chrono::steady_clock::now() < limit) {
            int status = 0;
            if (::waitpid(pid_, &status, WNOHANG) == pid_) {
                pid_ = -1;
                ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        ran.out = bytes_of(out_);
        ran.err = bytes_of(err_);
        return ran;
    }

  private:
    inline static int next_ = 0;
    std::filesystem::path out_, err_;
    pid_t pid_ = -1;
};

}  // namespace machikoe
