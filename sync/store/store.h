// Store: what the server keeps.  One interface, two adapters (SQLite, PostgreSQL).
//
// What is in at all is decided by the ledger: one row per (kiosk, sequence), its value the
// envelope's hash.  An envelope that carries a response then *waits*, sealed as it came, until
// enough of its site and event wait with it; release() writes the group's responses and forgets
// the envelopes, in one transaction.  A response row knows day, hour, site and event and a
// random id, but neither kiosk, number nor arrival, and no table leads from one to the other.
// SQLite overwrites what is forgotten (secure_delete); PostgreSQL cannot (docs/store.md).
//
// Nothing here can open an envelope: the keys are elsewhere.  Whoever has this database alone
// reads responses of whole groups, hashes of sealed bytes, and who was enrolled when.
//
// Calls block and may come from one thread only; the server gives the store a thread of
// its own.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/store/account.h"
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
    std::int64_t held = 0;    // ledger entries; < highest_sequence means gaps
    std::string signing_key;  // "": never enrolled
    std::string set_up_key;
    std::string locked_set_up_key;
    std::string health;  // what it last said of itself, JSON; "": nothing yet
};

/// What a kiosk says of itself when it is enrolled.
struct NewKiosk {
    std::string id;
    std::string token_hash;
    std::string signing_key;
    std::string set_up_key;
    std::string locked_set_up_key;
};

/// What an envelope turned out to be.
struct CarriesResponse {  // it waits for its group
    std::string site;
    std::string event;
};
struct CarriesOpening {  // of this epoch; kept as long as the ledger
    std::string epoch;
};
/// Held as it came, because of …
enum class Cause {
    UnknownEpoch,  // its epoch's opening has not come
    UnknownKey,    // sealed to a key that is not here
    UnknownPack,   // of a pack version that is not here
    Unfit,         // does not open, is unreadable, or does not fit its pack
};
std::string_view name_of(Cause cause);  // "unknown-epoch", …
struct Quarantined {
    Cause cause = Cause::Unfit;
    std::string reason;  // for an operator; never a part of an answer
};
using Judgement = std::variant<CarriesResponse, CarriesOpening, Quarantined>;

/// An envelope as judged by the server, ready to be written.
struct Incoming {
    Envelope envelope;
    Judgement judgement;
};

/// What one kiosk sent at once.
struct Group {
    std::string kiosk;
    std::vector<Incoming> incoming;
    /// Where those of `incoming` that carry a response are of one site and event and enough for a
    /// group: what they come out as, mixed, so that none of them need wait.  Empty: they wait.
    std::vector<Response> mixed;
};

/// One group that came out.  Every opening of a store is a writer of its own and numbers its
/// releases 1, 2, 3, …
struct ReleasePlace {
    std::string writer;
    std::int64_t number = 0;
};

/// The receipt, and whether this call was the one that took the envelope in.  The receipt
/// of an envelope that is sent again is the one it had before.
struct Appended {
    Receipt receipt;
    bool fresh = false;
    std::shared_ptr<const ReleasePlace> came_out;  // with Group::mixed; nullptr: it waits
};

/// Those that wait for their group, of one site and event.
struct WaitingGroup {
    std::string site;
    std::string event;
    std::int64_t count = 0;
};
struct WaitingResponse {
    std::string id;     // random, nothing to do with the response's
    std::string kiosk;  // to whom it is authentic
    std::string payload;
};

/// Where an envelope stands: which kiosk's, which number.
struct LedgerPlace {
    std::string kiosk;
    std::int64_t sequence = 0;
};

struct HeldEnvelope {  // in quarantine
    std::string kiosk;
    std::int64_t sequence = 0;
    std::string payload;
    Quarantined why;
};

/// Numbers of one kiosk that never came: first to last.
struct Gap {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
struct ConflictRow {
    std::string kiosk;
    std::int64_t sequence = 0;
    std::string held_hash;
    std::string other_hash;
    Milliseconds noted{0};
};

/// Something that somebody did and others may ask about.
struct AuditEntry {
    std::int64_t number = 0;  // 1, 2, 3, …
    Milliseconds when{0};
    std::string who;
    std::string what;    // "export-microdata", …
    std::string detail;  // never an answer
    std::string previous_hash;
    std::string hash;  // chain_hash() of the previous one and of everything above
};
/// What the hash covers besides the previous one.
std::string audit_text(const AuditEntry& entry);
/// The number of the first entry that does not follow from the one before; nullopt: none.
std::optional<std::int64_t> broken_link(const std::vector<AuditEntry>& entries);
/// The same of neighbours, the newest first: of the last one only its own hash is held against it.
std::optional<std::int64_t> broken_link_among(const std::vector<AuditEntry>& newest_first);

/// Where a free text stands: a person looks at it before it leaves.
enum class ReviewState { Pending, Approved, Redacted, Withheld };
std::string_view name_of(ReviewState state);  // "pending", …
std::optional<ReviewState> review_state_of(std::string_view name);

struct FreeTextId {
    std::string response;  // its id
    std::string question;
    auto operator<=>(const FreeTextId&) const = default;
};
struct FreeText {
    FreeTextId id;
    ReviewState state = ReviewState::Pending;
    std::string text;  // as it may leave, or would
    std::vector<std::string> tags;
};
struct ReviewDecision {
    ReviewState state = ReviewState::Approved;
    std::optional<std::string> new_text;  // what stands there from now on
    std::string sealed_original;          // what stood there; "" when nothing is replaced
};

struct ReleasedGroup {
    ReleasePlace place;
    std::vector<Response> responses;
};
/// By writer: the last of its releases that somebody has counted.
using Watermark = std::map<std::string, std::int64_t>;

/// Counts that somebody derived from the responses, so that the next one need not read them all.
/// What came out since is in released_after({}).
struct Checkpoint {
    std::int64_t generation = 0;  // 0: there never was one
    std::string counts;           // "": count anew
};

/// What everybody was shown last, as the counts that it was computed from.
struct Publication {
    std::int64_t generation = 0;  // 0: there never was one
    std::string pack_hash;
    std::int64_t responses = 0;
    std::string counts;
};

/// Which responses have been kept long enough.  Both when both are given.
struct DeletionRule {
    std::string before_day;  // "2024-04-01": those of a day before it, or of a month before its
                             // month; those whose day was blurred away are of no day.  "": any
    std::string pack_hash;   // "": any
};

struct Counts {
    std::int64_t responses = 0;
    std::int64_t waiting = 0;
    std::int64_t openings = 0;
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
    /// Spends the code.  Denied when it is unknown, expired, or spent by another kiosk or for
    /// another token; the same kiosk and token again get the same row until it expires.  A kiosk
    /// that enrols again keeps its ledger and gets the new token; the old one is dead.  Denied,
    /// too, when this id was enrolled with another signing key.
    virtual Result<KioskRow> use_code(const std::string& code_hash, const NewKiosk& kiosk,
                                      Milliseconds now) = 0;
    /// Denied when unknown or revoked.
    virtual Result<KioskRow> kiosk_by_token(const std::string& token_hash) = 0;
    virtual Result<KioskRow> kiosk(const std::string& id) = 0;  // NotFound
    virtual Status revoke(const std::string& kiosk) = 0;
    /// A kiosk that brought its answers on a stick and was never enrolled: it is known from now
    /// on, without a credential.  Denied: known with another signing key.
    virtual Status adopt(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                         Milliseconds now) = 0;
    virtual Result<std::vector<KioskRow>> kiosks() = 0;
    virtual Status note_health(const std::string& kiosk, const std::string& json) = 0;  // NotFound

    /// One transaction for the whole group.  Receipts in the order of `incoming`.
    virtual Result<std::vector<Receipt>> append(const std::string& kiosk,
                                                const std::vector<Incoming>& incoming,
                                                Milliseconds now) = 0;
    /// One transaction for groups of several kiosks: they share the wait for the disk.
    /// All of it is in or nothing.  Results in the order of `groups` and their `incoming`.
    /// A group with `mixed` comes out in the same transaction, shuffled with the others that do,
    /// if every response in it is fresh; otherwise the fresh ones wait.  A store may also let all
    /// of them wait.
    virtual Result<std::vector<std::vector<Appended>>> append_together(
        const std::vector<const Group*>& groups, Milliseconds now) = 0;

    // Groups.
    virtual Result<std::vector<WaitingGroup>> waiting_groups() = 0;
    virtual Result<std::vector<WaitingResponse>> waiting(const std::string& site,
                                                         const std::string& event) = 0;
    /// Writes the responses under new random ids and in the order of those, which is a shuffle,
    /// and forgets the waiting ones, in one transaction.  Conflict: one of them waits no longer;
    /// nothing was written.
    virtual Result<ReleasePlace> release(const std::vector<std::string>& waiting_ids,
                                         const std::vector<Response>& responses) = 0;

    // Openings and the quarantine.
    virtual Result<std::string> opening(const std::string& epoch) = 0;  // NotFound
    /// Those behind `after` by kiosk and number; any cause when none is given.
    virtual Result<std::vector<HeldEnvelope>> quarantined(std::optional<Cause> cause,
                                                          const LedgerPlace& after,
                                                          std::size_t limit) = 0;
    /// Out of quarantine, into what it turned out to be; a Quarantined judgement only changes the
    /// reason.  The receipt that its kiosk has stays what it is.  Conflict: not there any more.
    virtual Status readmit(const std::string& kiosk, std::int64_t sequence,
                           const Judgement& judgement) = 0;

    // The ledger, for people.
    virtual Result<std::vector<Gap>> gaps(const std::string& kiosk) = 0;
    virtual Result<std::vector<ConflictRow>> conflicts() = 0;

    /// Every response, in an order that says nothing about arrival (by random id).
    /// `each` returns false to stop early.
    virtual Status for_each_response(
        const std::function<bool(const std::string& id, const Response&)>& each) = 0;
    virtual Result<Counts> counts() = 0;
    // For whoever keeps counts.
    virtual Result<Checkpoint> checkpoint() = 0;
    /// Groups that came out since the checkpoint and are not in `seen`, each writer's in order.
    virtual Result<std::vector<ReleasedGroup>> released_after(const Watermark& seen) = 0;
    /// for_each_response(), and the releases that were in it.
    virtual Result<Watermark> count_all(const std::function<void(const Response&)>& each) = 0;
    /// The counts of everything up to `seen`, as the generation after `generation`; returns that.
    /// Conflict: somebody else was first.
    virtual Result<std::int64_t> put_checkpoint(std::int64_t generation, const std::string& counts,
                                                const Watermark& seen) = 0;
    virtual Result<Publication> publication() = 0;
    /// As the generation after `publication.generation`; returns that.  Conflict: somebody else was
    /// first, and theirs is what everybody sees.
    virtual Result<std::int64_t> put_publication(const Publication& publication) = 0;
    /// Deletes, with what was written about their texts, and empties the checkpoint, in one
    /// transaction; returns how many.  The ledger keeps its hashes.  Invalid: a rule without
    /// any condition.
    virtual Result<std::int64_t> delete_responses(const DeletionRule& rule) = 0;

    /// Everything read from now on is of one moment, until the store is closed.  For readers only:
    /// REQUIRES: opened ReadOnly.
    virtual Status hold_moment() = 0;

    // Free texts.  Every one of a response that comes out waits for review.
    /// Behind `after`, in the order of random ids.
    virtual Result<std::vector<FreeText>> free_texts(std::optional<ReviewState> state,
                                                     const FreeTextId& after,
                                                     std::size_t limit) = 0;
    /// NotFound: no such text.  What is replaced is in no table afterwards but as the first sealed
    /// original.
    virtual Status decide(const FreeTextId& id, const ReviewDecision& decision,
                          Milliseconds now) = 0;
    virtual Result<std::string> sealed_original(const FreeTextId& id) = 0;          // NotFound
    virtual Status tag(const FreeTextId& id, const std::string& tag, bool on) = 0;  // NotFound
    virtual Result<std::vector<std::pair<std::string, std::int64_t>>> tag_counts() = 0;
    /// Those still pending, in order.
    virtual Result<std::vector<FreeTextId>> unreviewed() = 0;

    // Accounts.  Passwords and tokens as hashes only.
    virtual Status add_account(const Account& account) = 0;        // Conflict: the name is taken
    virtual Result<Account> account(const std::string& name) = 0;  // NotFound
    virtual Result<Account> invited(const std::string& code_hash) = 0;  // NotFound
    virtual Result<std::vector<Account>> accounts() = 0;                // by name
    /// Reads, lets `change` change everything but the name, and writes, in one transaction.  An
    /// error from `change` is handed on, and nothing is written.
    virtual Result<Account> change_account(const std::string& name,
                                           const std::function<Status(Account&)>& change) = 0;
    /// With its sessions and keys.  NotFound.
    virtual Status remove_account(const std::string& name) = 0;
    /// New, or used again.
    virtual Status put_session(const Session& session) = 0;
    virtual Result<Session> session(const std::string& token_hash) = 0;  // NotFound
    virtual Status end_session(const std::string& token_hash) = 0;
    virtual Status end_sessions_of(const std::string& account) = 0;
    /// Those started before or not used since.
    virtual Status forget_sessions(Milliseconds started_before, Milliseconds unused_since) = 0;

    virtual Status add_access_key(const AccessKey& key) = 0;
    virtual Result<AccessKey> access_key(const std::string& key_hash) = 0;  // NotFound
    /// Of one account, or of all when it is ""; by account and label.
    virtual Result<std::vector<AccessKey>> access_keys(const std::string& account) = 0;
    virtual Status note_key_used(const std::string& key_hash, Milliseconds when) = 0;
    virtual Status remove_access_key(const std::string& key_hash) = 0;  // NotFound

    // The audit log.  Number, hashes: the store's affair.
    virtual Status note(const AuditEntry& entry) = 0;
    virtual Result<std::vector<AuditEntry>> audit() = 0;
    /// The newest of a number below `before` (0: of any), at most so many, the newest first.
    virtual Result<std::vector<AuditEntry>> audit_before(std::int64_t before,
                                                         std::size_t limit) = 0;

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
