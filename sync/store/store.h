// Store: what the server keeps.  One interface, adapters behind it (SQLite now).
//
// The ledger (kiosk, sequence → hash) and the responses are two tables without a key in
// common: a response row knows day, hour, site and event, and a random id, but neither
// kiosk nor number.  append() writes both in one transaction: an answer is in when its
// ledger row is in, and never twice.
//
// What that separation gives today: no query, join, export or index leads from a response
// to a kiosk's number or to the minute it came, and rows lie in the order of random ids.
// What it does not give yet:
//   - Envelopes are not encrypted yet, so a ledger hash is a hash of readable bytes: who
//     holds the database can hash every response behind every previous hash and find its
//     number by trial.
//   - Responses are written as they come.  Who watches the file (or its write-ahead log)
//     grow sees which rows came together; a kiosk that is always on line sends one by one.
//   - Quarantined and conflicting payloads are kept readable beside kiosk and number,
//     because a person has to decide about them.
// Encrypted envelopes that are opened in mixed groups close the first two.
//
// Calls block and may come from one thread only; the server gives the store a thread of
// its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/wire/record.h"

namespace machikoe {

struct KioskRow {
    std::string id;
    std::string name;
    std::string site;
    bool revoked = false;
    Milliseconds enrolled{0};
    std::optional<Milliseconds> last_seen;
    std::int64_t highest_sequence = 0;
    std::int64_t held = 0;  // ledger entries; < highest_sequence means gaps
};

/// An envelope as judged by the server, ready to be written.
struct Incoming {
    Envelope envelope;
    std::optional<Response> response;  // absent: quarantined
    std::string reason;                // why it is quarantined; "" otherwise
};

/// What one kiosk sent at once.
struct Group {
    std::string kiosk;
    std::vector<Incoming> incoming;
};

/// The receipt, and whether this call was the one that took the envelope in.  The receipt
/// of an envelope that is sent again is the one it had before.
struct Appended {
    Receipt receipt;
    bool fresh = false;
};

struct Counts {
    std::int64_t responses = 0;
    std::int64_t ledger = 0;
    std::int64_t quarantined = 0;
    std::int64_t conflicts = 0;
};

class Store {
  public:
    virtual ~Store() = default;

    // Enrolment.  Codes and tokens are stored as SHA-256 only.
    virtual Status add_code(const std::string& code_hash, const std::string& name,
                            const std::string& site, Milliseconds expires) = 0;
    /// Spends the code.  Denied when it is unknown, spent or expired.  A kiosk that enrols
    /// again keeps its ledger and gets the new token; the old one is dead.
    virtual Result<KioskRow> use_code(const std::string& code_hash, const std::string& kiosk,
                                      const std::string& token_hash, Milliseconds now) = 0;
    /// Denied when unknown or revoked.
    virtual Result<KioskRow> kiosk_by_token(const std::string& token_hash) = 0;
    virtual Status revoke(const std::string& kiosk) = 0;
    virtual Result<std::vector<KioskRow>> kiosks() = 0;

    /// One transaction for the whole group.  Receipts in the order of `incoming`.
    virtual Result<std::vector<Receipt>> append(const std::string& kiosk,
                                                const std::vector<Incoming>& incoming,
                                                Milliseconds now) = 0;
    /// One transaction for groups of several kiosks: they share the wait for the disk.
    /// All of it is in or nothing.  Results in the order of `groups` and their `incoming`.
    virtual Result<std::vector<std::vector<Appended>>> append_together(
        const std::vector<const Group*>& groups, Milliseconds now) = 0;

    /// Every response, in an order that says nothing about arrival (by random id).
    /// `each` returns false to stop early.
    virtual Status for_each_response(
        const std::function<bool(const std::string& id, const Response&)>& each) = 0;
    virtual Result<Counts> counts() = 0;

    // Packs, by hash; never overwritten.
    virtual Status put_pack(const std::string& hash, const std::string& id,
                            const PackFiles& files) = 0;
    virtual Result<PackFiles> pack(const std::string& hash) = 0;  // NotFound
    virtual Result<std::vector<std::string>> pack_hashes() = 0;
};

/// server.db in the folder.  Errors as open_database().
enum class StoreMode { ReadWrite, ReadOnly };
Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& folder,
                                                 StoreMode mode = StoreMode::ReadWrite);

}  // namespace machikoe
