// Epoch: seals a kiosk's records, one after the other, and cannot open a single one.
//
// An epoch begins with a random key, which is sealed to the public key of whoever will open
// it: the *opening*.  Record i is encrypted under a key derived from the epoch's, and the
// epoch's key is replaced by its successor at once.  So whoever seizes this process, memory
// and all, reads nothing that was sealed before; and public-key work happens once an epoch,
// not once a record.  docs/protocol.md has the bytes.
//
// A Sealer belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "sync/seal/secret.h"

namespace machikoe {

/// What the first bytes of a payload say that it is.
enum class PayloadKind {
    Record,   // readable JSON, from a kiosk that did not seal yet
    Opening,  // of an epoch
    Sealed,   // a record under an epoch
    Alone,    // both, of one record
    Unknown,
};
PayloadKind kind_of(std::string_view payload);
/// 32 hex digits; nullopt: neither an opening nor sealed.
std::optional<std::string> epoch_of(std::string_view payload);
/// 32 hex digits, of an opening: the key that it is sealed to.
std::optional<std::string> key_id_in(std::string_view opening);

/// An epoch ends after this many: the server walks the chain of keys from its beginning when
/// it must, and a forged index shall not make it walk for ever.
inline constexpr std::uint32_t kMaxEpochRecords = 10'000;

class Epoch {
  public:
    /// `kiosk`: its id, 32 hex digits.  `public_key`: 64 hex digits, of the one who opens.
    Epoch(std::string_view kiosk, std::string_view public_key);

    /// A payload of its own, before the first sealed one.
    const std::string& opening() const { return opening_; }
    /// REQUIRES: fewer than kMaxEpochRecords so far.
    std::string seal(std::string_view record);
    std::uint32_t count() const { return index_; }

  private:
    std::string kiosk_;
    std::string id_;  // 16 bytes
    std::string opening_;
    Secret key_;
    std::uint32_t index_ = 0;
};

/// An opening and the one record of its epoch as one payload, for a record that came unsealed.
std::string seal_alone(std::string_view kiosk, std::string_view public_key,
                       std::string_view record);
/// The opening in what seal_alone() gave; nullopt: something else.
std::optional<std::string_view> opening_in(std::string_view payload);

/// Begins a new epoch at the start, each hour, and when the pack or the key to seal to changes.
class Sealer {
  public:
    explicit Sealer(std::string kiosk) : kiosk_(std::move(kiosk)) {}

    /// The payloads to append in one transaction: the record's, and before it the opening of
    /// an epoch that no kept() has confirmed yet.
    std::vector<std::string> seal(std::string_view record, std::string_view public_key,
                                  std::string_view pack_hash, Milliseconds monotonic);
    /// What seal() gave last is on disk.
    void kept() { opening_is_kept_ = true; }

  private:
    std::string kiosk_;
    std::optional<Epoch> epoch_;
    bool opening_is_kept_ = false;
    std::string public_key_;
    std::string pack_hash_;
    Milliseconds began_{0};
};

}  // namespace machikoe
