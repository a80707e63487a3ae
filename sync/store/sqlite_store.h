// SqliteStore: the Store in one SQLite file, server.db.
//
// For the .cpp files of this folder only; everyone else opens it by open_sqlite_store().
// Ingest is in sqlite_store.cpp, kiosks and their codes in sqlite_kiosks.cpp, groups, the
// quarantine and what people ask the ledger in sqlite_ledger.cpp.
#pragma once

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/store/store.h"

namespace machikoe {

/// A prepared statement in use: given back reset, whatever happens, because a statement
/// that is left in mid-air holds a lock on the file.
class Use {
  public:
    explicit Use(SQLite::Statement& statement) : statement_(statement) {}
    ~Use() { statement_.tryReset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement* operator->() { return &statement_; }

    template <class... Values>
    Use& with(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }
    /// The same without copies, for what is written ten thousand times a second.
    /// REQUIRES: values live until the statement was executed.
    template <class... Values>
    Use& borrowing(const Values&... values) {
        int index = 0;
        (bind_borrowed(++index, values), ...);
        return *this;
    }

  private:
    void bind(int index, const std::string& value) { statement_.bind(index, value); }
    void bind(int index, std::string_view value) { bind(index, std::string(value)); }
    void bind(int index, std::int64_t value) { statement_.bind(index, value); }
    void bind(int index, Milliseconds value) {
        statement_.bind(index, static_cast<std::int64_t>(value.count()));
    }
    struct Blob {
        const std::string& bytes;
    };
    void bind(int index, const Blob& blob) {
        statement_.bind(index, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
    }
    template <class Value>
    void bind_borrowed(int index, const Value& value) {
        bind(index, value);
    }
    void bind_borrowed(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
    void bind_borrowed(int index, const Blob& blob) {
        statement_.bindNoCopy(index, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
    }
    SQLite::Statement& statement_;

  public:
    static Blob blob(const std::string& bytes) { return Blob{bytes}; }
};

/// Bytes of a column.
inline std::string bytes_of(const SQLite::Column& column) {
    return {static_cast<const char*>(column.getBlob()),
            static_cast<std::size_t>(column.getBytes())};
}

/// The columns that kiosk_row() reads; a WHERE or ORDER BY follows.
inline const std::string kSelectKiosk =
    "SELECT id, name, site, revoked, enrolled_ms, last_seen_ms, held_count,"
    " coalesce((SELECT max(sequence) FROM ledger WHERE kiosk = kiosk.id), 0),"
    " signing_key, set_up_key, locked_set_up_key, health FROM kiosk";

class SqliteStore final : public Store {
  public:
    explicit SqliteStore(SQLite::Database database) : database_(std::move(database)) {}

    Status add_code(const std::string& code_hash, const std::string& name, const std::string& site,
                    Milliseconds expires) override;
    Result<KioskRow> use_code(const std::string& code_hash, const NewKiosk& kiosk,
                              Milliseconds now) override;
    Result<KioskRow> kiosk_by_token(const std::string& token_hash) override;
    Result<KioskRow> kiosk(const std::string& id) override;
    Status revoke(const std::string& kiosk) override;
    Status adopt(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                 Milliseconds now) override;
    Result<std::vector<KioskRow>> kiosks() override;
    Status note_health(const std::string& kiosk, const std::string& json) override;
    Status add_account(const Account& account) override;
    Result<Account> account(const std::string& name) override;
    Result<Account> invited(const std::string& code_hash) override;
    Result<std::vector<Account>> accounts() override;
    Result<Account> change_account(const std::string& name,
                                   const std::function<Status(Account&)>& change) override;
    Status remove_account(const std::string& name) override;
    Status put_session(const Session& session) override;
    Result<Session> session(const std::string& token_hash) override;
    Status end_session(const std::string& token_hash) override;
    Status end_sessions_of(const std::string& account) override;
    Status forget_sessions(Milliseconds started_before, Milliseconds unused_since) override;
    Status add_access_key(const AccessKey& key) override;
    Result<AccessKey> access_key(const std::string& key_hash) override;
    Result<std::vector<AccessKey>> access_keys(const std::string& account) override;
    Status note_key_used(const std::string& key_hash, Milliseconds when) override;
    Status remove_access_key(const std::string& key_hash) override;
    Result<std::vector<Receipt>> append(const std::string& kiosk,
                                        const std::vector<Incoming>& incoming,
                                        Milliseconds now) override;
    Result<std::vector<std::vector<Appended>>> append_together(
        const std::vector<const Group*>& groups, Milliseconds now) override;
    Result<std::vector<WaitingGroup>> waiting_groups() override;
    Result<std::vector<WaitingResponse>> waiting(const std::string& site,
                                                 const std::string& event) override;
    Result<ReleasePlace> release(const std::vector<std::string>& waiting_ids,
                                 const std::vector<Response>& responses) override;
    Result<Checkpoint> checkpoint() override;
    Result<std::vector<ReleasedGroup>> released_after(const Watermark& seen) override;
    Result<Watermark> count_all(const std::function<void(const Response&)>& each) override;
    Result<std::int64_t> put_checkpoint(std::int64_t generation, const std::string& counts,
                                        const Watermark& seen) override;
    Result<Publication> publication() override;
    Result<std::int64_t> put_publication(const Publication& publication) override;
    Result<std::int64_t> delete_responses(const DeletionRule& rule) override;
    Result<std::string> opening(const std::string& epoch) override;
    Result<std::vector<HeldEnvelope>> quarantined(std::optional<Cause> cause,
                                                  const LedgerPlace& after,
                                                  std::size_t limit) override;
    Status readmit(const std::string& kiosk, std::int64_t sequence,
                   const Judgement& judgement) override;
    Result<std::vector<Gap>> gaps(const std::string& kiosk) override;
    Result<std::vector<ConflictRow>> conflicts() override;
    Status for_each_response(
        const std::function<bool(const std::string& id, const Response&)>& each) override;
    Result<Counts> counts() override;
    Status hold_moment() override;
    Result<std::vector<FreeText>> free_texts(std::optional<ReviewState> state,
                                             const FreeTextId& after, std::size_t limit) override;
    Status decide(const FreeTextId& id, const ReviewDecision& decision, Milliseconds now) override;
    Result<std::string> sealed_original(const FreeTextId& id) override;
    Status tag(const FreeTextId& id, const std::string& tag, bool on) override;
    Result<std::vector<std::pair<std::string, std::int64_t>>> tag_counts() override;
    Result<std::vector<FreeTextId>> unreviewed() override;
    Status note(const AuditEntry& entry) override;
    Result<std::vector<AuditEntry>> audit() override;
    Result<std::vector<AuditEntry>> audit_before(std::int64_t before, std::size_t limit) override;
    Status put_pack(const std::string& hash, const std::string& id,
                    const PackFiles& files) override;
    Result<PackFiles> pack(const std::string& hash) override;
    Result<std::vector<std::string>> pack_hashes() override;

  private:
    Status know(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                Milliseconds now);
    /// Responses that come out with the transaction that is under way, under their new ids.
    struct ComingOut {
        std::vector<std::pair<std::string, const Response*>> rows;
        /// By number; each with the ids of its group.
        std::vector<std::pair<std::shared_ptr<const ReleasePlace>, std::vector<std::string>>>
            groups;
    };
    std::shared_ptr<const ReleasePlace> come_out(const std::vector<Response>& group,
                                                 ComingOut& out);
    std::vector<Appended> take_in(const Group& group, ComingOut& out, Milliseconds now);
    Appended take_in(const std::string& kiosk, const Incoming& incoming, bool keeps,
                     Milliseconds now);
    void write(ComingOut& out);
    Appended judge_repeat(const std::string& kiosk, const Envelope& envelope,
                          const std::string& held_hash, const std::string& held_outcome,
                          Milliseconds now);
    /// Writes what an envelope turned out to be; false: it is held in quarantine.
    bool keep(const LedgerPlace& place, const std::string& payload, const Judgement& judgement);
    void hold(const LedgerPlace& place, const std::string& payload, const Quarantined& why);
    void insert(const std::string& id, const Response& response);
    void queue_texts(const std::string& id, const Response& response);
    Status replace_text(const FreeTextId& id, const std::string& text);
    void note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now);

    std::vector<Response> responses_of(const std::string& ids);
    void write_account(const Account& account, bool is_new);

    SQLite::Database database_;
    bool holds_moment_ = false;
    const std::string writer_ = random_hex(16);
    std::int64_t releases_ = 0;  // by this writer
    // Prepared once: parsing SQL for each envelope would cost more than writing it.
    SQLite::Statement kiosk_by_token_{database_, kSelectKiosk + " WHERE token_hash = ?"};
    SQLite::Statement kiosk_by_id_{database_, kSelectKiosk + " WHERE id = ?"};
    SQLite::Statement held_{database_,
                            "SELECT hash, outcome FROM ledger WHERE kiosk = ? AND sequence = ?"};
    SQLite::Statement add_ledger_{
        database_,
        "INSERT INTO ledger (kiosk, sequence, previous_hash, hash, outcome)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"};
    SQLite::Statement set_outcome_{
        database_, "UPDATE ledger SET outcome = ? WHERE kiosk = ? AND sequence = ?"};
    SQLite::Statement add_response_{
        database_,
        "INSERT INTO response (id, pack_hash, day, hour, site, event, universe, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
    SQLite::Statement add_review_{database_,
                                  "INSERT INTO review (response, question) VALUES (?, ?)"};
    SQLite::Statement add_quarantine_{
        database_,
        "INSERT INTO quarantine (kiosk, sequence, payload, cause, reason) VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement add_waiting_{
        database_, "INSERT INTO waiting (id, kiosk, site, event, payload) VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement forget_waiting_{database_, "DELETE FROM waiting WHERE id = ?"};
    SQLite::Statement add_released_{database_,
                                    "INSERT INTO released (writer, number, ids) VALUES (?, ?, ?)"};
    SQLite::Statement add_epoch_{
        database_,
        "INSERT OR IGNORE INTO epoch (id, kiosk, sequence, opening) VALUES (?, ?, ?, ?)"};
    SQLite::Statement opening_{database_, "SELECT opening FROM epoch WHERE id = ?"};
    SQLite::Statement add_conflict_{
        database_,
        "INSERT OR IGNORE INTO conflict (kiosk, sequence, hash, payload, noted_ms)"
        " VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement seen_{
        database_,
        "INSERT INTO kiosk (id, name, site, enrolled_ms, last_seen_ms, held_count)"
        " VALUES (?1, '', '', ?2, ?2, ?3) ON CONFLICT (id) DO UPDATE SET"
        " last_seen_ms = ?2, held_count = held_count + ?3"};
};

}  // namespace machikoe
