// Outbox: finished responses, safe on disk, waiting for the server.
//
// Every payload gets in exactly once and leaves only when the server has said that it
// holds it.  Payloads are opaque bytes; the outbox never looks inside.  Power may fail
// at any instruction: what append() accepted is still there, with the next sequence
// number and the hash of the one before, in one FULL-sync transaction.
//
// One Outbox belongs to one thread.  Another thread opens its own on the same file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

struct WaitingEnvelope {
    std::int64_t sequence = 0;
    std::string previous;
    std::string hash;
    std::string payload;
};

struct Credential {  // what enrolment gave
    std::string server;  // "http://127.0.0.1:8080"
    std::string token;
    std::string name;
    std::string site;
};

struct OutboxState {
    std::int64_t last_sequence = 0;  // 0: nothing yet
    std::int64_t waiting = 0;
    std::optional<Milliseconds> oldest_waiting;  // wall clock of the oldest, by the hour
    std::int64_t receipted = 0;
};

class Outbox {
  public:
    /// Opens or creates kiosk.db in the folder.  Errors as open_database().
    static Result<Outbox> open(const std::filesystem::path& folder);
    Outbox(Outbox&&) noexcept;
    Outbox& operator=(Outbox&&) noexcept;
    ~Outbox();

    /// The kiosk's own id: 32 hex digits, made at first opening, kept for ever.
    const std::string& kiosk() const;

    /// Durable when it returns.  The sequence number given.  Unavailable: disk full or
    /// locked; nothing was stored and the caller still has the payload.
    Result<std::int64_t> append(std::string_view payload, Milliseconds wall);

    /// The oldest that wait, in order; at most `limit`, and at most `bytes` of payload
    /// (but always one).
    Result<std::vector<WaitingEnvelope>> waiting(std::size_t limit, std::size_t bytes) const;

    /// The server holds this envelope.  Ignored unless number and hash are ours.
    Status receipted(std::int64_t sequence, std::string_view hash, std::string_view outcome);

    Result<OutboxState> state() const;

    Status set_credential(const Credential& credential);
    Result<std::optional<Credential>> credential() const;

  private:
    struct Data;
    explicit Outbox(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
