#include "sync/server/access.h"

#include <openssl/evp.h>
#include <spdlog/spdlog.h>

#include <vector>

#include "app/base/crypto.h"
#include "sync/server/accounts.h"
#include "sync/server/forms.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxCredential = 1'024;
constexpr std::size_t kKeyDigits = 64;

tl::unexpected<Error> no_such_key() {
    return fail(ErrorCode::Denied, "no such access key");
}

/// What stands behind "Basic ", or "".
std::string_view basic(std::string_view authorization) {
    constexpr std::string_view kScheme = "basic ";
    if (authorization.size() <= kScheme.size()) return "";
    for (std::size_t i = 0; i < kScheme.size(); ++i)
        if ((authorization[i] | 0x20) != kScheme[i]) return "";
    return authorization.substr(kScheme.size());
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0 || text.size() > kMaxCredential) return std::nullopt;
    std::vector<unsigned char> bytes(text.size() / 4 * 3);
    const int size =
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    // It counts what stands for the padding as bytes.
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    return std::string(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(padding));
}

bool is_key(std::string_view text) {
    if (!text.starts_with(kAccessKeyPrefix)) return false;
    text.remove_prefix(kAccessKeyPrefix.size());
    return text.size() == kKeyDigits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Account> account_of_key(Store& store, const Credential& credential, Milliseconds now) {
    if (!is_key(credential.key)) return no_such_key();
    const auto key = store.access_key(sha256_hex(credential.key));
    if (!key)
        return key.error().code == ErrorCode::NotFound ? no_such_key()
                                                       : tl::unexpected<Error>(key.error());
    if (credential.user && *credential.user != key->account) return no_such_key();
    auto account = store.account(key->account);
    if (!account && account.error().code != ErrorCode::NotFound)
        return tl::unexpected<Error>(account.error());
    // Who was invited again has no password until they come: until then their keys rest, too.
    if (!account || account->disabled || account->password.empty()) return no_such_key();
    if (!key->last_used || *key->last_used + kKeyUseGrain <= now) {
        Status noted = note_deed(store, key->account, "access-key-used", key->label, now);
        if (noted) noted = store.note_key_used(key->key_hash, now);
        // No record, no figures: as with a file that is exported.
        if (!noted) return tl::unexpected<Error>(noted.error());
    }
    return account;
}

}  // namespace

std::optional<Credential> credential_of(const HttpRequest& request, std::string_view cookie) {
    Credential credential;
    if (!request.authorization.empty()) {
        credential.key = bearer(request.authorization);
        if (!credential.key.empty()) return credential;
        const auto pair = from_base64(basic(request.authorization));
        const std::size_t colon = pair ? pair->find(':') : std::string::npos;
        credential.key = "-";  // something that is no key
        if (colon == std::string::npos) return credential;
        credential.user = pair->substr(0, colon);
        credential.key = pair->substr(colon + 1);
        if (credential.key.empty()) credential.key = "-";
        return credential;
    }
    credential.session = cookie_of(request.cookie, cookie);
    if (credential.session.empty()) return std::nullopt;
    return credential;
}

Result<Account> account_of(Store& store, const Credential& credential, Milliseconds now) {
    if (!credential.key.empty()) return account_of_key(store, credential, now);
    auto caller = caller_of(store, credential.session, now);
    if (!caller) return tl::unexpected<Error>(caller.error());
    return std::move(caller->account);
}

}  // namespace machikoe
