#include "app/writing/temporary_home.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

// glibc 2.36 forgot to say so itself.
extern "C" {
#include <sys/pidfd.h>
}

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "machikoe-writing-";
constexpr const char* kLockName = ".in-use";
constexpr std::chrono::milliseconds kEndDeadline{2000};

bool is_in_memory(const fs::path& folder) {
    struct statfs found {};
    if (::statfs(folder.c_str(), &found) != 0) return false;
    return found.f_type == TMPFS_MAGIC || found.f_type == RAMFS_MAGIC;
}

std::optional<int> process_id(const fs::path& entry) {
    const std::string name = entry.filename();
    int id = 0;
    const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (error != std::errc{} || stop != name.data() + name.size()) return std::nullopt;
    return id;
}

bool has_home(int process, const fs::path& home) {
    std::ifstream in("/proc/" + std::to_string(process) + "/environ", std::ios::binary);
    std::string variables(1, '\0');
    variables.append(std::istreambuf_iterator<char>(in), {});
    return variables.find(std::string(1, '\0') + "HOME=" + home.string() + '\0') !=
           std::string::npos;
}

/// By a handle: between looking and killing, its number may have become another process's.
void end_process(int process, const fs::path& home, std::chrono::milliseconds patience) {
    const int handle = ::pidfd_open(process, 0);
    if (handle < 0) return;
    if (has_home(process, home) && ::pidfd_send_signal(handle, SIGKILL, nullptr, 0) == 0) {
        pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
        ::poll(&ended, 1, static_cast<int>(patience.count()));
    }
    ::close(handle);
}

/// Again until none is found: a helper that is being ended may just have started another.
void end_processes(const fs::path& home) {
    const auto deadline = std::chrono::steady_clock::now() + kEndDeadline;
    while (std::chrono::steady_clock::now() < deadline) {
        const std::vector<int> processes = processes_at_home(home);
        if (processes.empty()) return;
        for (const int process : processes) end_process(process, home, kEndDeadline);
    }
}

/// Pages of a tmpfs that are given back keep their bytes until they are used again.
void overwrite(const fs::path& file) {
    const int handle = ::open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat found {};
    if (handle >= 0 && ::fstat(handle, &found) == 0) {
        const std::string zeros(65536, '\0');
        for (off_t at = 0; at < found.st_size;) {
            const auto left = static_cast<std::size_t>(found.st_size - at);
            const ssize_t wrote = ::pwrite(handle, zeros.data(), std::min(left, zeros.size()), at);
            if (wrote <= 0) break;
            at += wrote;
        }
    }
    if (handle >= 0) ::close(handle);
}

void clear_away(const fs::path& home) {
    end_processes(home);
    std::error_code ec;
    for (fs::recursive_directory_iterator entry(home, ec), end; !ec && entry != end;
         entry.increment(ec)) {
        std::error_code unreadable;
        if (!entry->is_regular_file(unreadable) || entry->is_symlink(unreadable)) continue;
        ::chmod(entry->path().c_str(), 0600);  // Mozc keeps some of its own from itself
        overwrite(entry->path());
    }
    fs::remove_all(home, ec);
}

/// The lock of a home that nobody uses any more; -1: somebody does, or it is none of ours.
int lock_of_left(const fs::path& home) {
    struct stat found {};
    if (::lstat(home.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) return -1;
    if (found.st_uid != ::geteuid()) return -1;
    const int lock = ::open((home / kLockName).c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
    if (lock >= 0) ::close(lock);
    return -1;
}

void clear_leftovers(const fs::path& folder) {
    std::error_code ec;
    std::vector<fs::path> homes;
    for (fs::directory_iterator entry(folder, ec), end; !ec && entry != end; entry.increment(ec))
        if (entry->path().filename().string().starts_with(kPrefix)) homes.push_back(entry->path());
    for (const fs::path& home : homes) {
        const int lock = lock_of_left(home);
        if (lock < 0) continue;
        clear_away(home);
        ::close(lock);
    }
}

}  // namespace

std::vector<fs::path> folders_in_memory() {
    std::vector<fs::path> folders;
    const char* runtime = ::getenv("XDG_RUNTIME_DIR");
    if (runtime != nullptr && *runtime == '/') folders.emplace_back(runtime);
    folders.emplace_back("/dev/shm");
    return folders;
}

Result<std::unique_ptr<TemporaryHome>> TemporaryHome::make(const std::vector<fs::path>& folders) {
    for (const fs::path& folder : folders) {
        if (!is_in_memory(folder)) continue;
        clear_leftovers(folder);
        std::string name = (folder / (kPrefix + std::string(6, 'X'))).string();
        if (::mkdtemp(name.data()) == nullptr) continue;  // with mode 0700
        const fs::path lock_path = fs::path(name) / kLockName;
        const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0)
            return std::unique_ptr<TemporaryHome>(new TemporaryHome(name, lock));
        if (lock >= 0) ::close(lock);
        std::error_code ec;
        fs::remove_all(name, ec);
    }
    return fail(ErrorCode::Unavailable, "no folder in memory (tmpfs) that may be written to");
}

TemporaryHome::~TemporaryHome() {
    clear_away(path_);
    ::close(lock_);
}

std::vector<int> processes_at_home(const fs::path& home) {
    std::vector<int> processes;
    std::error_code ec;
    for (fs::directory_iterator entry("/proc", ec), end; !ec && entry != end; entry.increment(ec)) {
        const auto process = process_id(entry->path());
        if (process && has_home(*process, home)) processes.push_back(*process);
    }
    return processes;
}

}  // namespace machikoe
