#include "sync/server/tls.h"

#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/server/certificate.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using namespace certificate;

constexpr std::chrono::hours kDay{24};
constexpr Milliseconds kAuthorityLife = 20 * 365 * kDay;
constexpr Milliseconds kServerLife = 397 * kDay;
constexpr Milliseconds kRenewBefore = 30 * kDay;
constexpr std::uintmax_t kMaxFileBytes = 16u << 10;

Result<fs::path> keys_folder(const fs::path& data) {
    const fs::path folder = data / "keys";
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (!ec) fs::permissions(folder, fs::perms::owner_all, ec);
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    return folder;
}

/// Written beside, then linked: of two programs at once one makes the file, both read that one.
Status make_file(const fs::path& path, std::string_view bytes) {
    const fs::path fresh = path.string() + "." + random_hex(4);
    if (const Status written = replace_file(fresh, bytes); !written) return written;
    const bool linked = ::link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST;
    const std::string why = linked ? "" : std::strerror(errno);
    ::unlink(fresh.c_str());
    if (!linked) return fail(ErrorCode::Unavailable, path.string() + ": " + why);
    return {};
}

Result<Key> load_key(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
        return fail(ErrorCode::Unavailable,
                    path.string() + ": others may read this key; chmod 600 it");
    auto text = load_file(path, kMaxFileBytes);
    if (!text && text.error().code != ErrorCode::Invalid)
        return tl::unexpected<Error>(text.error());
    Key key = text ? key_of(*text) : nullptr;
    if (text) wipe(*text);
    if (!key)
        return fail(ErrorCode::Corrupt,
                    path.string() + ": not a key; put back the copy that was kept of it");
    return key;
}

Result<Key> load_or_make_key(const fs::path& path) {
    auto key = load_key(path);
    if (key || key.error().code != ErrorCode::NotFound) return key;
    const Key made = new_key();
    const Secret text = made ? to_pem(*made) : Secret(0);
    if (text.size() == 0)
        return fail(ErrorCode::Unavailable, path.string() + ": no key could be made");
    if (const Status kept = make_file(path, text.view()); !kept)
        return tl::unexpected<Error>(kept.error());
    return load_key(path);
}

Result<Certificate> load_certificate(const fs::path& path) {
    const auto text = load_file(path, kMaxFileBytes);
    if (!text && text.error().code != ErrorCode::Invalid)
        return tl::unexpected<Error>(text.error());
    Certificate certificate = text ? certificate_of(*text) : nullptr;
    if (!certificate) return fail(ErrorCode::Corrupt, path.string() + ": not a certificate");
    return certificate;
}

struct Authority {
    Key key;
    Certificate certificate;
};

Result<Authority> load_authority(const fs::path& folder, Milliseconds now) {
    const fs::path key_path = folder / "authority.key", path = folder / "authority.pem";
    std::error_code ec;
    if (fs::exists(path, ec) && !fs::exists(key_path, ec))
        return fail(ErrorCode::Corrupt,
                    key_path.string() +
                        ": missing; put back the copy that was kept of it, or remove authority.pem "
                        "and enrol every kiosk again");
    auto key = load_or_make_key(key_path);
    if (!key) return tl::unexpected<Error>(key.error());
    auto certificate = load_certificate(path);
    if (!certificate && certificate.error().code == ErrorCode::NotFound) {
        const Certificate made = sign_authority(**key, now + kAuthorityLife);
        if (!made) return fail(ErrorCode::Unavailable, path.string() + ": could not be made");
        if (const Status kept = make_file(path, to_pem(*made)); !kept)
            return tl::unexpected<Error>(kept.error());
        certificate = load_certificate(path);
    }
    if (!certificate) return tl::unexpected<Error>(certificate.error());
    if (!belong_together(**certificate, **key))
        return fail(ErrorCode::Corrupt, path.string() + ": belongs to another key than " +
                                            key_path.filename().string() +
                                            "; put back the copies that were kept of both");
    return Authority{std::move(*key), std::move(*certificate)};
}

/// What is served with, from its file while it is good.
Result<Certificate> load_or_sign(const fs::path& path, const Authority& authority, EVP_PKEY& key,
                                 const std::set<std::string>& names, Milliseconds now) {
    auto kept = load_certificate(path);
    if (!kept && kept.error().code == ErrorCode::Unavailable) return kept;
    if (kept && belong_together(**kept, key) && is_signed_by(**kept, *authority.key) &&
        names_in(**kept) == names && lasts_until(**kept, now + kRenewBefore))
        return kept;
    Certificate made =
        sign_server(key, names, *authority.certificate, *authority.key, now + kServerLife);
    if (!made) return fail(ErrorCode::Unavailable, path.string() + ": could not be made");
    if (const Status written = replace_file(path, to_pem(*made)); !written)
        return tl::unexpected<Error>(written.error());
    return made;
}

}  // namespace

Result<TlsIdentity> load_tls_identity(const TlsOptions& options, Milliseconds now) {
    std::set<std::string> names;
    for (const std::string& name : options.names) {
        const std::string plain = plain_name(name);
        if (plain.empty())
            return fail(ErrorCode::Invalid, "'" + name + "' is neither a DNS name nor an address");
        names.insert(plain);
    }
    const auto folder = keys_folder(options.data);
    if (!folder) return tl::unexpected<Error>(folder.error());
    const auto authority = load_authority(*folder, now);
    if (!authority) return tl::unexpected<Error>(authority.error());
    const auto key = load_or_make_key(*folder / "server.key");
    if (!key) return tl::unexpected<Error>(key.error());
    const auto certificate = load_or_sign(*folder / "server.pem", *authority, **key, names, now);
    if (!certificate) return tl::unexpected<Error>(certificate.error());
    return TlsIdentity{to_pem(*authority->certificate),
                       fingerprint_of(to_der(*authority->certificate)), to_pem(**certificate),
                       to_pem(**key)};
}

Result<std::string> authority_fingerprint(const fs::path& data, Milliseconds now) {
    const auto folder = keys_folder(data);
    if (!folder) return tl::unexpected<Error>(folder.error());
    const auto authority = load_authority(*folder, now);
    if (!authority) return tl::unexpected<Error>(authority.error());
    return fingerprint_of(to_der(*authority->certificate));
}

std::vector<std::string> names_of_this_machine(const std::string& address) {
    std::set<std::string> names{"localhost", "127.0.0.1", "::1"};
    char host[256] = {};
    if (::gethostname(host, sizeof host - 1) == 0)
        if (const std::string name = plain_name(host); !name.empty()) names.insert(name);
    if (address == "0.0.0.0" || address == "::")
        names.merge(addresses_of_interfaces());
    else if (const std::string name = plain_name(address); !name.empty())
        names.insert(name);
    return {names.begin(), names.end()};
}

}  // namespace machikoe
