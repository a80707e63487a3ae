#include "sync/export/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace machikoe {
namespace {

/// Syncs a file or a folder; false with errno set.
bool sync_path(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) return false;
    const bool synced = ::fsync(file) == 0;
    return ::close(file) == 0 && synced;
}

}  // namespace

NewFile::NewFile(std::filesystem::path path)
    : path_(std::move(path)), temporary_(path_.string() + ".new") {
    // Created here because a stream cannot say 0600: these are residents' answers.
    const int file = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
    stream_.open(temporary_, std::ios::binary | std::ios::trunc);
}

NewFile::~NewFile() {
    std::error_code ec;
    std::filesystem::remove(temporary_, ec);
}

Status NewFile::commit() {
    const auto failed = [&](const std::filesystem::path& path) {
        return fail(ErrorCode::Unavailable, path.string() + ": " + std::strerror(errno));
    };
    errno = EIO;  // a stream does not always say why
    if (!stream_.is_open())
        return fail(ErrorCode::Unavailable, path_.string() + ": cannot be written");
    stream_.close();
    if (!stream_) return failed(temporary_);
    if (!sync_path(temporary_, O_RDONLY)) return failed(temporary_);
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failed(path_);
    const std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : ".";
    if (!sync_path(folder, O_RDONLY | O_DIRECTORY)) return failed(folder);
    return {};
}

}  // namespace machikoe
