// The two programs of the loop as processes of their own: the kiosk's child and the server.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/base/file.h"
#include "tests/loop/acknowledged.h"

extern char** environ;

namespace machikoe {

/// A program whose standard output is a pipe, read when it is dead; killed at the latest
/// with the object.
class Spawned {
  public:
    explicit Spawned(std::vector<std::string> arguments) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
        if (posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), environ) != 0) std::abort();
        posix_spawn_file_actions_destroy(&files);
        ::close(ends[1]);
        output_ = ends[0];
    }
    Spawned(const Spawned&) = delete;
    Spawned& operator=(const Spawned&) = delete;
    ~Spawned() {
        end(SIGKILL);
        ::close(output_);
    }

    /// Waits for its end.  The signal that ended it; 0 when it had ended by itself.
    int end(int signal) {
        if (pid_ <= 0) return 0;
        ::kill(pid_, signal);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }
    /// Reads it to its end and waits.  The exit code; -1 when a signal ended it.
    int wait(std::string& said) {
        char bytes[4096];
        for (ssize_t count; (count = ::read(output_, bytes, sizeof bytes)) > 0;)
            said.append(bytes, static_cast<std::size_t>(count));
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    int output() const { return output_; }

  private:
    pid_t pid_ = -1;
    int output_ = -1;
};

/// One run of `machikoe`: its exit code, and what it said on its standard output.
inline int run_machikoe(std::vector<std::string> arguments, std::string& said) {
    arguments.insert(arguments.begin(), MACHIKOE_BINARY_DIR "/machikoe");
    return Spawned(std::move(arguments)).wait(said);
}

/// kiosk_child, appending since the constructor has returned.
class KioskChild {
  public:
    KioskChild(const std::filesystem::path& data, const std::string& pack, std::int64_t first)
        : child_({MACHIKOE_BINARY_DIR "/kiosk_child", data.string(), pack, std::to_string(first)}) {
        Acknowledged ready;
        began_ = next(ready) && ready.sequence == 0;
    }
    bool began() const { return began_; }
    /// False: it had ended before it was killed.
    bool kill_now() { return child_.end(SIGKILL) == SIGKILL; }
    /// REQUIRES: killed.
    std::vector<Acknowledged> heard() const {
        std::vector<Acknowledged> all;
        for (Acknowledged one; next(one);) all.push_back(one);
        return all;
    }

  private:
    bool next(Acknowledged& one) const {
        return ::read(child_.output(), &one, sizeof one) == sizeof one;
    }
    Spawned child_;
    bool began_ = false;
};

/// `machikoe serve`, listening since the constructor has returned.
class ServerChild {
  public:
    /// `port` "0": any.
    ServerChild(const std::filesystem::path& data, const std::string& pack,
                const std::string& port) {
        const std::filesystem::path file = data / "port";
        std::filesystem::remove(file);
        child_ = std::make_unique<Spawned>(std::vector<std::string>{
            MACHIKOE_BINARY_DIR "/machikoe", "serve", "--data", data.string(), "--pack", pack,
            "--port", port, "--port-file", file.string()});
        for (int i = 0; i < 2000 && port_.empty(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            if (const auto said = load_file(file)) port_ = said->substr(0, said->find('\n'));
        }
    }
    const std::string& port() const { return port_; }  // "" when it did not start
    void end(int signal) { child_->end(signal); }

  private:
    std::unique_ptr<Spawned> child_;
    std::string port_;
};

}  // namespace machikoe
