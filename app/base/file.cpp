#include "app/base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace machikoe {
namespace {

std::string reason() {
    return std::strerror(errno);
}

/// Writes everything and syncs; false with errno set.
bool write_and_sync(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

}  // namespace

Result<std::string> load_file(const std::filesystem::path& path, std::uintmax_t limit) {
    std::error_code ec;
    if (!std::filesystem::is_regular_file(path, ec))
        return fail(ErrorCode::NotFound, path.string() + ": no such file");
    const std::uintmax_t size = std::filesystem::file_size(path, ec);
    if (ec) return fail(ErrorCode::Unavailable, path.string() + ": " + ec.message());
    if (size > limit)
        return fail(ErrorCode::Invalid,
                    path.string() + ": larger than " + std::to_string(limit) + " bytes");
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    if (size > 0) bytes << in.rdbuf();
    if (!in) return fail(ErrorCode::Unavailable, path.string() + ": cannot be read");
    return std::move(bytes).str();
}

Status replace_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::string temporary = path.string() + ".new";
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return fail(ErrorCode::Unavailable, temporary + ": " + reason());
    const bool written = write_and_sync(file, bytes);
    const std::string why = written ? "" : reason();
    const bool closed = ::close(file) == 0;
    if (!written || !closed) {
        ::unlink(temporary.c_str());
        return fail(ErrorCode::Unavailable, temporary + ": " + (written ? reason() : why));
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return fail(ErrorCode::Unavailable, path.string() + ": " + reason());
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
    return {};
}

}  // namespace machikoe
