#include "sync/seal/server_keys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/base/hex.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 32;
constexpr std::string_view kHanded = "handed-";

Result<Secret> load_key(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
        return fail(ErrorCode::Unavailable,
                    path.string() + ": others may read this key; chmod 600 it");
    auto text = load_file(path, 2 * kKeyBytes + 1);
    if (!text && text.error().code != ErrorCode::Invalid)
        return tl::unexpected<Error>(text.error());
    if (text && text->ends_with('\n')) text->pop_back();
    auto bytes = text ? from_hex(*text, kKeyBytes) : std::nullopt;
    if (!bytes)
        return fail(ErrorCode::Corrupt,
                    path.string() + ": not a key; put back the copy that was kept of it");
    Secret secret = Secret::copy_of(*bytes);
    wipe(*bytes);
    wipe(*text);
    return secret;
}

/// Written beside, then linked: of two programs that start at once one makes the key, and
/// both then read that one.
Status make_key(const fs::path& path, const Secret& secret) {
    const fs::path fresh = path.string() + "." + random_hex(4);
    std::string text = to_hex(secret.view()) + "\n";
    const Status written = replace_file(fresh, text);
    wipe(text);
    if (!written) return written;
    const bool linked = ::link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST;
    const std::string why = linked ? "" : std::strerror(errno);
    ::unlink(fresh.c_str());
    if (!linked) return fail(ErrorCode::Unavailable, path.string() + ": " + why);
    return {};
}

Result<Secret> load_or_make(const fs::path& path) {
    auto key = load_key(path);
    if (key || key.error().code != ErrorCode::NotFound) return key;
    if (const Status made = make_key(path, Secret::random(kKeyBytes)); !made)
        return tl::unexpected<Error>(made.error());
    return load_key(path);
}

Result<fs::path> keys_folder(const fs::path& data) {
    const fs::path folder = data / "keys";
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (!ec) fs::permissions(folder, fs::perms::owner_all, ec);
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    return folder;
}

}  // namespace

ServerKeys generate_server_keys() {
    return {SealingKey::generate(), SigningKey::generate(), {}};
}

Result<ServerKeys> load_server_keys(const fs::path& data) {
    const auto folder = keys_folder(data);
    if (!folder) return tl::unexpected<Error>(folder.error());
    auto sealing = load_or_make(*folder / "sealing.key");
    if (!sealing) return tl::unexpected<Error>(sealing.error());
    auto receipts = load_or_make(*folder / "receipts.key");
    if (!receipts) return tl::unexpected<Error>(receipts.error());
    ServerKeys keys{SealingKey::from_secret(std::move(*sealing)),
                    SigningKey::from_seed(std::move(*receipts)),
                    {}};
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(*folder, ec)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kHanded) || !name.ends_with(".key")) continue;
        auto handed = load_key(entry.path());
        if (!handed) return tl::unexpected<Error>(handed.error());
        keys.handed.push_back(SealingKey::from_secret(std::move(*handed)));
    }
    if (ec) return fail(ErrorCode::Unavailable, folder->string() + ": " + ec.message());
    return keys;
}

Status keep_handed_key(const fs::path& data, const SealingKey& key) {
    const auto folder = keys_folder(data);
    if (!folder) return tl::unexpected<Error>(folder.error());
    return make_key(*folder / (std::string(kHanded) + key.id() + ".key"), key.secret());
}

Opener opener_of(const ServerKeys& keys) {
    const auto copy = [](const SealingKey& key) {
        return SealingKey::from_secret(Secret::copy_of(key.secret().view()));
    };
    Opener opener;
    opener.add_key(copy(keys.sealing));
    for (const SealingKey& key : keys.handed) opener.add_key(copy(key));
    return opener;
}

}  // namespace machikoe
