#include "sync/export/zip.h"

#include <zip.h>

#include <memory>

namespace machikoe {
namespace {

constexpr std::time_t kNoTime = 315'576'000;  // noon of 1980-01-01: the format's first day

struct Watcher {
    const std::function<Status()>& keep_going;
    Status said;
};

int should_cancel(zip_t*, void* state) {
    auto* watcher = static_cast<Watcher*>(state);
    watcher->said = watcher->keep_going();
    return watcher->said ? 0 : 1;
}

Status failure(const std::filesystem::path& path, const char* why) {
    return fail(ErrorCode::Unavailable, path.string() + ": " + why);
}

}  // namespace

Status write_zip(const std::filesystem::path& zip, const std::vector<std::filesystem::path>& files,
                 const std::function<Status()>& keep_going) {
    int code = 0;
    std::unique_ptr<zip_t, void (*)(zip_t*)> archive(
        zip_open(zip.c_str(), ZIP_CREATE | ZIP_EXCL, &code), &zip_discard);
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const Status failed = failure(zip, zip_error_strerror(&error));
        zip_error_fini(&error);
        return failed;
    }
    for (const std::filesystem::path& file : files) {
        zip_source_t* source = zip_source_file(archive.get(), file.c_str(), 0, -1);
        const zip_int64_t index =
            zip_file_add(archive.get(), file.filename().c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return failure(file, zip_strerror(archive.get()));
        }
        zip_file_set_mtime(archive.get(), static_cast<zip_uint64_t>(index), kNoTime, 0);
    }
    Watcher watcher{keep_going, {}};
    zip_register_cancel_callback_with_state(archive.get(), &should_cancel, nullptr, &watcher);
    // Reads, compresses and writes; only a file that is whole gets the name.
    if (zip_close(archive.get()) != 0)
        return watcher.said ? failure(zip, zip_strerror(archive.get())) : watcher.said;
    archive.release();
    return {};
}

}  // namespace machikoe
