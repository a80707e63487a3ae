#include "app/writing/line_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "app/writing/draft.h"

namespace machikoe {
namespace {

constexpr std::size_t kLongestLine = 1u << 20;

class FileActions {
  public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

/// 0: it could not be started.
pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& home,
            int socket) {
    FileActions actions;
    bool prepared =
        ::posix_spawn_file_actions_adddup2(actions.get(), socket, 0) == 0 &&
        ::posix_spawn_file_actions_adddup2(actions.get(), socket, 1) == 0 &&
        ::posix_spawn_file_actions_addopen(actions.get(), 2, "/dev/null", O_WRONLY, 0) == 0 &&
        ::posix_spawn_file_actions_addclosefrom_np(actions.get(), 3) == 0 &&
        ::posix_spawn_file_actions_addchdir_np(actions.get(), home.c_str()) == 0;
    if (!prepared) return 0;
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::string home_variable = "HOME=" + home.string();
    std::string path_variable = "PATH=/usr/bin:/bin";
    std::array<char*, 3> environment = {home_variable.data(), path_variable.data(), nullptr};
    pid_t process = 0;
    if (::posix_spawn(&process, arguments[0], actions.get(), nullptr, arguments.data(),
                      environment.data()) != 0)
        return 0;
    return process;
}

}  // namespace

Result<std::unique_ptr<LineProcess>> LineProcess::start(const std::vector<std::string>& command,
                                                        const std::filesystem::path& home) {
    // A socket, not pipes: writing to a program that has ended is an error there, and no signal.
    int ends[2];
    if (command.empty() || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail(ErrorCode::Unavailable, "no socket for another program");
    const pid_t process = spawn(command, home, ends[1]);
    ::close(ends[1]);
    if (process == 0) {
        ::close(ends[0]);
        return fail(ErrorCode::Unavailable, command[0] + " cannot be started");
    }
    return std::unique_ptr<LineProcess>(new LineProcess(process, ends[0]));
}

LineProcess::~LineProcess() {
    ::close(socket_);
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    wipe(unread_);
}

Status LineProcess::send(std::string_view lines) {
    const ssize_t sent = ::send(socket_, lines.data(), lines.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent == static_cast<ssize_t>(lines.size())) return {};
    return fail(ErrorCode::Unavailable, "the other program does not read");
}

Result<std::optional<std::string>> LineProcess::line(Milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        if (const std::size_t end = unread_.find('\n'); end != std::string::npos) {
            std::string found = unread_.substr(0, end);
            std::string rest = unread_.substr(end + 1);
            wipe(unread_);
            unread_ = std::move(rest);
            return std::optional<std::string>(std::move(found));
        }
        if (unread_.size() > kLongestLine)
            return fail(ErrorCode::Unavailable, "the other program's line does not end");
        const auto left =
            std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd readable{.fd = socket_, .events = POLLIN, .revents = 0};
        const int waits = static_cast<int>(std::max<Milliseconds::rep>(left.count(), 0));
        const int ready = ::poll(&readable, 1, waits);
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0) return std::optional<std::string>();
        std::array<char, 16384> bytes;
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got <= 0) return fail(ErrorCode::Unavailable, "the other program has ended");
        unread_.append(bytes.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace machikoe
