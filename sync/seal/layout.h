// Layout: where things stand in the bytes of a payload (docs/protocol.md).  Inside seal only.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>

namespace machikoe::seal {

inline constexpr std::string_view kOpeningMagic = "MKO1";
inline constexpr std::string_view kSealedMagic = "MKS1";
inline constexpr std::size_t kMagicBytes = 4;
inline constexpr std::size_t kIdBytes = 16;  // of kiosk, key and epoch
inline constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
inline constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
inline constexpr std::size_t kMacBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kKeyBytes == crypto_kdf_KEYBYTES);

// opening: magic, key id, epoch id, sealed box of (key, kiosk id, epoch id)
inline constexpr std::size_t kOpeningEpochAt = kMagicBytes + kIdBytes;
inline constexpr std::size_t kOpeningBoxAt = kOpeningEpochAt + kIdBytes;
inline constexpr std::size_t kOpeningInside = kKeyBytes + 2 * kIdBytes;
inline constexpr std::size_t kOpeningBytes = kOpeningBoxAt + crypto_box_SEALBYTES + kOpeningInside;

// sealed: magic, epoch id, index (4 bytes, lowest first), nonce, box of the padded record
inline constexpr std::size_t kSealedEpochAt = kMagicBytes;
inline constexpr std::size_t kSealedIndexAt = kSealedEpochAt + kIdBytes;
inline constexpr std::size_t kSealedNonceAt = kSealedIndexAt + 4;
inline constexpr std::size_t kSealedBoxAt = kSealedNonceAt + kNonceBytes;

/// Records are padded to a multiple of this: the length of an envelope shall not tell a short
/// comment from none.
inline constexpr std::size_t kPadding = 512;

/// crypto_kdf: from the key of index i, that of its record and that of index i + 1.
inline constexpr char kContext[] = "mkoseal1";
enum Subkey : std::uint64_t { kRecordKey = 1, kNextKey = 2 };

/// What is authenticated beside a sealed record: its head up to the nonce, then the kiosk.
inline std::string associated(std::string_view payload, std::string_view kiosk) {
    return std::string(payload.substr(0, kSealedNonceAt)) + std::string(kiosk);
}

}  // namespace machikoe::seal
