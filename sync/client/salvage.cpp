#include "sync/client/salvage.h"

#include <algorithm>

#include "app/base/file.h"
#include "sync/outbox/wreck.h"
#include "sync/wire/bundle.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "damaged-";
constexpr int kNewestOutboxSchema = 2;  // steps in outbox.cpp
constexpr int kNewestKeysSchema = 2;    // and in key_store.cpp
constexpr const char* kBundle = "salvaged.bundle";

fs::path new_folder(const fs::path& folder) {
    std::error_code ec;
    int number = 1;
    while (fs::exists(folder / (kFolder + std::to_string(number)), ec)) ++number;
    return folder / (kFolder + std::to_string(number));
}

/// The log before the file: without it the file would look whole and be old.
Status move_database(const std::string& database, const fs::path& from, const fs::path& to) {
    std::error_code ec;
    fs::create_directory(to, ec);
    if (ec) return fail(ErrorCode::Unavailable, to.string() + ": " + ec.message());
    for (const char* suffix : {"-shm", "-wal", ""}) {
        const std::string name = database + suffix;
        if (!fs::exists(from / name, ec)) continue;
        fs::rename(from / name, to / name, ec);
        if (ec) return fail(ErrorCode::Unavailable, (from / name).string() + ": " + ec.message());
    }
    return {};
}

}  // namespace

Result<Salvaged> salvage(const fs::path& folder) {
    if (is_of_newer_program(folder / "kiosk.db", kNewestOutboxSchema))
        return fail(ErrorCode::Corrupt, "kiosk.db was written by a newer program");
    const Wreck wreck = read_wreck(folder);
    Salvaged salvaged{new_folder(folder), 0};
    std::string bytes;
    if (auto keys = KeyStore::open_again(folder); keys && !wreck.envelopes.empty()) {
        std::string kiosk = wreck.kiosk;
        const auto enrolment = keys->enrolment();
        if (kiosk.empty() && enrolment && *enrolment) kiosk = (*enrolment)->kiosk;
        auto bundle = kiosk.empty() ? Result<BundleFile>(BundleFile{})
                                    : bundle_of(kiosk, wreck.envelopes, *keys);
        if (!bundle) return tl::unexpected<Error>(bundle.error());
        bytes = std::move(bundle->bytes);
        if (!bytes.empty()) salvaged.envelopes = wreck.envelopes.size();
    }
    // Written first, beside the damaged file: whenever the plug is pulled, one of both is there.
    if (!bytes.empty()) {
        std::error_code ec;
        fs::create_directory(salvaged.folder, ec);
        if (const Status written = replace_file(salvaged.folder / kBundle, bytes); !written)
            return tl::unexpected<Error>(written.error());
    }
    if (const Status moved = move_database("kiosk.db", folder, salvaged.folder); !moved)
        return tl::unexpected<Error>(moved.error());
    return salvaged;
}

Result<fs::path> put_keys_aside(const fs::path& folder) {
    if (is_of_newer_program(folder / "keys.db", kNewestKeysSchema))
        return fail(ErrorCode::Corrupt, "keys.db was written by a newer program");
    const fs::path aside = new_folder(folder);
    if (const Status moved = move_database("keys.db", folder, aside); !moved)
        return tl::unexpected<Error>(moved.error());
    return aside;
}

std::vector<BundleFile> salvaged_bundles(const fs::path& folder) {
    std::vector<BundleFile> bundles;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kFolder)) continue;
        if (auto bytes = load_file(entry.path() / kBundle, kMaxBundleBytes))
            bundles.push_back({name + "-" + kBundle, std::move(*bytes), 0});
    }
    std::ranges::sort(bundles, {}, &BundleFile::name);
    return bundles;
}

}  // namespace machikoe
