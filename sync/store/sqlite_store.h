// SqliteStore: the Store in one SQLite file, server.db.
//
// For the .cpp files of this folder only; everyone else opens it by open_sqlite_store().
// Ingest is in sqlite_store.cpp, groups that wait and come out in sqlite_groups.cpp, the quarantine
// and what people ask the ledger in sqlite_ledger.cpp, the rest by topic.
#pragma once

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/store/ledger_run.h"
#include "sync/store/response_group.h"
#include "sync/store/waiting_row.h"

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

/// A transaction that writes, with statements that are prepared: to parse them each time would cost
/// as much as a tenth of a batch.  Rolled back unless committed.
class Taking {
  public:
    struct Statements {
        explicit Statements(SQLite::Database& database)
            : begin(database, "BEGIN IMMEDIATE"),
              commit(database, "COMMIT"),
              roll_back(database, "ROLLBACK") {}
        SQLite::Statement begin, commit, roll_back;
    };
    explicit Taking(Statements& statements) : statements_(statements) {
        Use(statements_.begin)->exec();
    }
    ~Taking() {
        if (committed_) return;
        statements_.roll_back.tryExecuteStep();  // SQLite may have done it already
        statements_.roll_back.tryReset();
    }
    Taking(const Taking&) = delete;
    Taking& operator=(const Taking&) = delete;
    void commit() {
        Use(statements_.commit)->exec();
        committed_ = true;
    }

  private:
    Statements& statements_;
    bool committed_ = false;
};

/// What is read is of one moment: of its own, or of the one that the store already holds.
class OneMoment {
  public:
    OneMoment(SQLite::Database& database, bool is_held) {
        if (!is_held) own_.emplace(database);
    }

  private:
    std::optional<SQLite::Transaction> own_;
};

/// The columns that kiosk_row() reads; a WHERE or ORDER BY follows.
inline const std::string kSelectKiosk =
    "SELECT id, name, site, revoked, enrolled_ms, last_seen_ms, held_count,"
    " coalesce((SELECT first + size - 1 FROM ledger_run WHERE kiosk = kiosk.id"
    " ORDER BY first DESC LIMIT 1), 0),"
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
    Status for_each_response(const EachStored& each) override;
    Status for_each_response_by_id(const EachStored& each) override;
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
    /// What comes out with the transaction that is under way, by number.
    using ComingOut = std::vector<std::pair<std::shared_ptr<const ReleasePlace>, PackedRelease>>;
    Result<std::shared_ptr<const ReleasePlace>> come_out(const std::vector<Response>& group,
                                                         ComingOut& out);
    Result<std::vector<Appended>> take_in(const Group& group, ComingOut& out, Milliseconds now);
    Result<Appended> take_in(const std::string& kiosk, LedgerStretch& ledger,
                             const Incoming& incoming, Milliseconds now);
    Result<LedgerStretch> ledger_of(const Group& group);
    void write(const std::string& kiosk, const LedgerStretch& ledger);
    void write(const ComingOut& out);
    void write(const std::string& kiosk, const WaitingRows& rows);
    Appended judge_repeat(const std::string& kiosk, const Envelope& envelope,
                          const LedgerStretch::Held& held, Milliseconds now);
    /// Writes an opening or what is held; false: it is held in quarantine.
    bool keep(const LedgerPlace& place, const std::string& payload, const Judgement& judgement);
    void hold(const LedgerPlace& place, const std::string& payload, const Quarantined& why);
    /// Conflict: some of the row wait no longer.
    Status forget(const std::string& row, const std::set<std::size_t>& indexes);
    Status replace_text(const FreeTextId& id, const std::string& text);
    void put(const GroupRow& row);
    void note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now);

    /// Every record, in the order of the random ids of their groups.
    Status scan(const EachRecord& each);
    Result<std::vector<Response>> responses_of(const std::string& row_ids);
    std::vector<std::string> groups_of(const DeletionRule& rule);
    Result<std::int64_t> thin(const std::string& group, const DeletionRule& rule);
    void write_account(const Account& account, bool is_new);

    SQLite::Database database_;
    bool holds_moment_ = false;
    const std::string writer_ = random_hex(16);
    std::int64_t releases_ = 0;  // by this writer
    Taking::Statements transaction_{database_};
    // Prepared once: parsing SQL for each envelope would cost more than writing it.
    SQLite::Statement kiosk_by_token_{database_, kSelectKiosk + " WHERE token_hash = ?"};
    SQLite::Statement kiosk_by_id_{database_, kSelectKiosk + " WHERE id = ?"};
    // From the run that the stretch may begin in to its end.
    SQLite::Statement runs_{
        database_,
        "SELECT first, hashes, outcomes FROM ledger_run WHERE kiosk = ?1 AND first <= ?3 AND first "
        ">="
        " coalesce((SELECT max(first) FROM ledger_run WHERE kiosk = ?1 AND first <= ?2), ?2)"};
    SQLite::Statement put_run_{
        database_,
        "INSERT OR REPLACE INTO ledger_run (kiosk, first, size, hashes, outcomes)"
        " VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement put_group_{
        database_,
        "INSERT OR REPLACE INTO response_group (id, size, first_day, records) VALUES (?, ?, ?, ?)"};
    SQLite::Statement forget_group_{database_, "DELETE FROM response_group WHERE id = ?"};
    SQLite::Statement add_review_{
        database_, "INSERT INTO review (response, question, response_group) VALUES (?, ?, ?)"};
    SQLite::Statement add_quarantine_{
        database_,
        "INSERT INTO quarantine (kiosk, sequence, payload, cause, reason) VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement add_waiting_{
        database_,
        "INSERT INTO waiting (id, kiosk, site, event, size, payloads) VALUES (?, ?, ?, ?, ?, ?)"};
    SQLite::Statement forget_waiting_{database_, "DELETE FROM waiting WHERE id = ? AND size = ?"};
    SQLite::Statement add_released_{
        database_, "INSERT INTO released (writer, number, response_groups) VALUES (?, ?, ?)"};
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
