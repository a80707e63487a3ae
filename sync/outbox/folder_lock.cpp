#include "sync/outbox/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace machikoe {

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

FolderLock::~FolderLock() {
    // The file stays: whoever removed it could remove one that another has just locked.
    if (file_ >= 0) ::close(file_);
}

Result<FolderLock> lock_folder(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "kiosk.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return fail(ErrorCode::Unavailable, path.string() + ": " + std::strerror(errno));
    FolderLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
    return fail(
        ErrorCode::Unavailable,
        path.string() + ": " +
            (errno == EWOULDBLOCK ? "another program works on this folder" : std::strerror(errno)));
}

}  // namespace machikoe
