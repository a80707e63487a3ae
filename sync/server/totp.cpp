#include "sync/server/totp.h"

#include <liboath/oath.h>

#include <cstdlib>
#include <memory>

#include "app/base/crypto.h"
#include "sync/seal/epoch.h"
#include "sync/seal/opener.h"

namespace machikoe {
namespace {

constexpr std::size_t kKeyBytes = 20;  // as long as the hash, RFC 4226 section 4
constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kWindow = 1;

/// What the seal is bound to, in the shape of a kiosk's id: a key is of its account alone.
std::string context_of(std::string_view account) {
    return sha256_hex("totp " + std::string(account)).substr(0, 32);
}

SealingKey copy_of(const SealingKey& key) {
    return SealingKey::from_secret(Secret::copy_of(key.secret().view()));
}

}  // namespace

Totp::Totp(const SealingKey& key) : key_(copy_of(key)) {
    oath_init();
}

std::string Totp::new_key(std::string_view account) const {
    const Secret key = Secret::random(kKeyBytes);
    return seal_alone(context_of(account), key_.public_key(), std::string(key.view()));
}

Result<std::string> Totp::open(std::string_view account, std::string_view sealed) const {
    const auto opening = opening_in(sealed);
    if (!opening) return fail(ErrorCode::Corrupt, "the second factor's key is damaged");
    Opener opener;
    opener.add_key(copy_of(key_));
    if (const Status opened = opener.open_epoch(context_of(account), *opening); !opened)
        return tl::unexpected<Error>(opened.error());
    return opener.open(context_of(account), sealed.substr(opening->size()));
}

Result<std::string> Totp::shown(std::string_view account, std::string_view sealed) const {
    const auto key = open(account, sealed);
    if (!key) return key;
    char* encoded = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(key->data(), key->size(), &encoded, &size) != OATH_OK)
        return fail(ErrorCode::Corrupt, "the second factor's key is damaged");
    const std::unique_ptr<char, decltype(&std::free)> owner(encoded, &std::free);
    std::string text(encoded, size);
    while (!text.empty() && text.back() == '=') text.pop_back();
    return text;
}

std::string Totp::uri(std::string_view account, std::string_view base32) {
    return "otpauth://totp/Machikoe:" + std::string(account) + "?secret=" + std::string(base32) +
           "&issuer=Machikoe&algorithm=SHA1&digits=6&period=30";
}

std::optional<std::int64_t> Totp::step_of(std::string_view account, std::string_view sealed,
                                          const std::string& digits, std::int64_t last,
                                          Milliseconds now) const {
    const auto key = open(account, sealed);
    if (!key || digits.size() != 6) return std::nullopt;
    std::uint64_t step = 0;
    const int found =
        oath_totp_validate3(key->data(), key->size(), static_cast<std::time_t>(now.count() / 1000),
                            kStepSeconds, 0, kWindow, nullptr, &step, digits.c_str());
    if (found < 0 || static_cast<std::int64_t>(step) <= last) return std::nullopt;
    return static_cast<std::int64_t>(step);
}

}  // namespace machikoe
