// Keys: who can open, who has signed.
//
//   SealingKey  X25519; the server's, or the one that a kiosk makes at set-up.  Whoever has
//               the public half seals, only the secret half opens.
//   SigningKey  Ed25519; a kiosk's for its batches and bundles, the server's for receipts.
//
// Public keys travel as 64 lower-case hex digits, signatures as 128.  Secrets stay in Secret.
// crypto_ready() first.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"
#include "sync/seal/secret.h"

namespace machikoe {

/// 32 hex digits: the first half of the SHA-256 of the public key's bytes.  It names a key
/// where 64 digits would be too many.
std::string key_id_of(std::string_view public_key);

/// Whether anything can be sealed to it: 64 hex digits alone make no key.
bool is_sealing_key(std::string_view public_key);

class SealingKey {
  public:
    static SealingKey generate();
    /// REQUIRES: 32 bytes.
    static SealingKey from_secret(Secret secret);

    const std::string& public_key() const { return public_key_; }
    const std::string& id() const { return id_; }
    const Secret& secret() const { return secret_; }

  private:
    explicit SealingKey(Secret secret);
    Secret secret_;
    std::string public_key_;
    std::string id_;
};

class SigningKey {
  public:
    static SigningKey generate();
    /// REQUIRES: 32 bytes.
    static SigningKey from_seed(Secret seed);

    const std::string& public_key() const { return public_key_; }
    const Secret& seed() const { return seed_; }
    std::string sign(std::string_view message) const;

  private:
    explicit SigningKey(Secret seed);
    Secret seed_;
    Secret secret_;
    std::string public_key_;
};

/// False, too, for what is no key or no signature.
bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature);

/// A set-up key for people to carry: its secret, and which signing key it belongs to, locked
/// by a passphrase (Argon2id, 64 MiB, some 0.2 s, on purpose; then XSalsa20-Poly1305).  Hex.
/// Unavailable: not so much memory.
Result<std::string> wrap(const SealingKey& key, std::string_view signing_public_key,
                         std::string_view passphrase);
struct Unwrapped {
    SealingKey key;
    std::string signing_public_key;
};
/// Denied: another passphrase.  Invalid: not what wrap() gave.
Result<Unwrapped> unwrap(std::string_view wrapped, std::string_view passphrase);

}  // namespace machikoe
