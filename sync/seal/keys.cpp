#include "sync/seal/keys.h"

#include <sodium.h>

#include <cassert>
#include <cstring>

#include "app/base/crypto.h"
#include "app/base/hex.h"
#include "sync/seal/raw.h"

namespace machikoe {
namespace {

using seal::raw;

// wrap(): magic, salt, nonce, then the box of secret and signing key.
constexpr std::string_view kMagic = "MKW1";
constexpr std::size_t kInside = crypto_box_SECRETKEYBYTES + crypto_sign_PUBLICKEYBYTES;
constexpr std::size_t kSaltAt = 4;
constexpr std::size_t kNonceAt = kSaltAt + crypto_pwhash_SALTBYTES;
constexpr std::size_t kBoxAt = kNonceAt + crypto_secretbox_NONCEBYTES;
constexpr std::size_t kWrapped = kBoxAt + crypto_secretbox_MACBYTES + kInside;

std::string public_of(const Secret& secret) {
    std::string bytes(crypto_box_PUBLICKEYBYTES, '\0');
    crypto_scalarmult_base(raw(bytes), secret.data());
    return to_hex(bytes);
}

bool stretch(Secret& key, std::string_view passphrase, std::string_view salt) {
    return crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), raw(salt),
                         crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

}  // namespace

bool is_sealing_key(std::string_view public_key) {
    const auto key = from_hex(public_key, crypto_box_PUBLICKEYBYTES);
    std::string box(crypto_box_SEALBYTES, '\0');
    return key && crypto_box_seal(raw(box), nullptr, 0, raw(*key)) == 0;
}

std::string key_id_of(std::string_view public_key) {
    const auto bytes = from_hex(public_key, crypto_box_PUBLICKEYBYTES);
    return sha256_hex(bytes ? *bytes : std::string(public_key)).substr(0, 32);
}

SealingKey::SealingKey(Secret secret)
    : secret_(std::move(secret)), public_key_(public_of(secret_)), id_(key_id_of(public_key_)) {}

SealingKey SealingKey::generate() {
    return SealingKey(Secret::random(crypto_box_SECRETKEYBYTES));
}

SealingKey SealingKey::from_secret(Secret secret) {
    assert(secret.size() == crypto_box_SECRETKEYBYTES);
    return SealingKey(std::move(secret));
}

SigningKey::SigningKey(Secret seed) : seed_(std::move(seed)), secret_(crypto_sign_SECRETKEYBYTES) {
    assert(seed_.size() == crypto_sign_SEEDBYTES);
    std::string bytes(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_seed_keypair(raw(bytes), secret_.data(), seed_.data());
    public_key_ = to_hex(bytes);
}

SigningKey SigningKey::generate() {
    return SigningKey(Secret::random(crypto_sign_SEEDBYTES));
}

SigningKey SigningKey::from_seed(Secret seed) {
    return SigningKey(std::move(seed));
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), secret_.data());
    return to_hex(signature);
}

bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature) {
    const auto key = from_hex(public_key, crypto_sign_PUBLICKEYBYTES);
    const auto bytes = from_hex(signature, crypto_sign_BYTES);
    return key && bytes &&
           crypto_sign_verify_detached(raw(*bytes), raw(message), message.size(), raw(*key)) == 0;
}

Result<std::string> wrap(const SealingKey& key, std::string_view signing_public_key,
                         std::string_view passphrase) {
    const auto signing = from_hex(signing_public_key, crypto_sign_PUBLICKEYBYTES);
    assert(signing);
    std::string wrapped(kWrapped, '\0');
    wrapped.replace(0, kMagic.size(), kMagic);
    randombytes_buf(raw(wrapped) + kSaltAt, kBoxAt - kSaltAt);
    Secret inside(kInside), stretched(crypto_secretbox_KEYBYTES);
    std::memcpy(inside.data(), key.secret().data(), key.secret().size());
    std::memcpy(inside.data() + key.secret().size(), signing->data(), signing->size());
    if (!stretch(stretched, passphrase, std::string_view(wrapped).substr(kSaltAt)))
        return fail(ErrorCode::Unavailable, "not enough memory to lock the set-up key");
    crypto_secretbox_easy(raw(wrapped) + kBoxAt, inside.data(), inside.size(),
                          raw(wrapped) + kNonceAt, stretched.data());
    return to_hex(wrapped);
}

Result<Unwrapped> unwrap(std::string_view wrapped, std::string_view passphrase) {
    const auto bytes = from_hex(wrapped, kWrapped);
    if (!bytes || !bytes->starts_with(kMagic))
        return fail(ErrorCode::Invalid, "this is no locked set-up key");
    Secret stretched(crypto_secretbox_KEYBYTES), inside(kInside);
    if (!stretch(stretched, passphrase, std::string_view(*bytes).substr(kSaltAt)))
        return fail(ErrorCode::Unavailable, "not enough memory to unlock the set-up key");
    if (crypto_secretbox_open_easy(inside.data(), raw(*bytes) + kBoxAt, kWrapped - kBoxAt,
                                   raw(*bytes) + kNonceAt, stretched.data()) != 0)
        return fail(ErrorCode::Denied, "the passphrase does not open this set-up key");
    return Unwrapped{SealingKey::from_secret(
                         Secret::copy_of(inside.view().substr(0, crypto_box_SECRETKEYBYTES))),
                     to_hex(inside.view().substr(crypto_box_SECRETKEYBYTES))};
}

}  // namespace machikoe
