// Outbox: finished responses, safe on disk, waiting for the server.
//
// Every payload gets in exactly once and leaves only when the server has said that it
// holds it.  Payloads are opaque bytes; the outbox never looks inside.  Power may fail
// at any instruction: what append() accepted is still there, with the next sequence
// number and the hash of the one before, in one FULL-sync transaction.
//
// The file itself refuses to delete an envelope or to change one; payloads alone may be
// forgotten, once receipted.  A damaged file is reported and never repaired, emptied or
// replaced: unsent answers may still be read from it.
//
// One Outbox belongs to one thread.  Another thread opens its own on the same file.
// Two programs must not work on one folder: see folder_lock.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

inline constexpr std::size_t kMaxPayloadBytes = 66u << 10;  // a record, padded and sealed

/// What one envelope will carry.
struct Payload {
    std::string bytes;
    int responses = 1;  // how many it stands for before people; 0: the opening of an epoch
};

struct WaitingEnvelope {
    std::int64_t sequence = 0;
    std::string previous;
    std::string hash;
    std::string payload;
};

struct ReceiptedEnvelope {
    std::int64_t sequence = 0;
    std::string hash;
    std::string outcome;  // "stored", "conflict", "quarantined"
};

struct OutboxState {
    std::int64_t last_sequence = 0;  // 0: nothing yet
    std::int64_t waiting_envelopes = 0;
    std::int64_t waiting_responses = 0;          // that they stand for
    std::optional<Milliseconds> oldest_waiting;  // wall clock of the oldest, by the hour
    std::int64_t receipted_envelopes = 0;
};

class Outbox {
  public:
    /// Opens or creates kiosk.db in the folder, which must be there.  Errors as
    /// open_database(); Corrupt tells the operator what to do.
    static Result<Outbox> open(const std::filesystem::path& folder);
    Outbox(Outbox&&) noexcept;
    Outbox& operator=(Outbox&&) noexcept;
    ~Outbox();

    /// The kiosk's own id: 32 hex digits, made at first opening, kept for ever.
    const std::string& kiosk() const;

    /// All of them, one envelope each, in one transaction, or none; durable when it returns.
    /// The sequence number of the last.  Unavailable: disk full or locked; nothing was stored
    /// and the caller still has the payloads.  Invalid: none, or one that is empty, over
    /// kMaxPayloadBytes or of fewer than 0 responses.  Of `wall` only the hour is kept.
    Result<std::int64_t> append(std::span<const Payload> payloads, Milliseconds wall);

    /// The oldest that wait, in order; at most `limit`, and at most `bytes` of payload
    /// (but always one).  Those of the numbers `except` are left out.
    Result<std::vector<WaitingEnvelope>> waiting(std::size_t limit, std::size_t bytes,
                                                 const std::set<std::int64_t>& except = {}) const;

    /// The server holds this envelope.  Ignored unless number and hash are ours.
    Status receipted(std::int64_t sequence, std::string_view hash, std::string_view outcome);
    /// The same for all of a reply in one transaction.  How many no longer wait by it.
    Result<std::int64_t> receipted(std::span<const ReceiptedEnvelope> envelopes);

    /// Empties the payloads of receipted envelopes appended before this hour; numbers and
    /// hashes stay for the chain.  How many.
    Result<std::int64_t> forget_receipted(Milliseconds before);

    Result<OutboxState> state() const;

  private:
    struct Data;
    explicit Outbox(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
