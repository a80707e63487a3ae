// Crypto: the few primitives the rest of the house may use, all libsodium's.
//
// Call crypto_ready() once at start-up; everything else requires it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace machikoe {

/// Initialises libsodium; aborts the program if it cannot (no entropy).
void crypto_ready();

/// SHA-256 of the bytes as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// The same of a file, read piece by piece.  NotFound, Unavailable.
Result<std::string> sha256_of_file(const std::filesystem::path& path);

/// SHA-256 of what is added piece by piece.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    /// Once, at the end: 64 lower-case hex digits.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The next link of a hash chain: SHA-256 hex of `previous` followed by `payload`.
/// REQUIRES: `previous` always of one length (64 hex digits), or two different pairs
/// could be the same bytes.
std::string chain_hash(std::string_view previous, std::string_view payload);

/// `bytes` random bytes as lower-case hex digits.
std::string random_hex(std::size_t bytes);

/// 31 signs that nobody confuses when reading them out: no 0 O 1 I L.
inline constexpr std::string_view kCodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A one-time code that a person can read out and type: `groups` × 4 signs of kCodeAlphabet,
/// joined by "-".  Just under 20 bits a group.
std::string random_code(std::size_t groups);

/// A secret that people type, as a string to keep: Argon2id with a salt of its own.  Takes
/// some 0.1 s and 64 MiB, on purpose.  Unavailable: not so much memory.
Result<std::string> hash_secret(std::string_view secret);
/// As slow as that.  False, too, when `kept` is not what hash_secret() gave.
bool is_secret(const std::string& kept, std::string_view secret);

/// A seed for reproducible option orders; not a secret.
std::uint64_t random_seed();

}  // namespace machikoe
