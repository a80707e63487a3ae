// PostgresStore: the Store in a PostgreSQL database, for any number of servers at once.
//
// For the .cpp files of this folder only; everyone else opens it by open_postgres_store().
// Opening is in postgres_open.cpp, ingest in postgres_store.cpp, the rest by topic as with SQLite.
//
// Several of these may work on one database.  What must be decided once is decided by a unique
// key or by the row that both change; nothing rests on a lock that this program holds.  A
// transaction that lost such a race for no fault of its own is tried again a few times.
//
// What SQLite's secure_delete does cannot be had here: a deleted or replaced row stays in the
// database's files until vacuum, and in its log, for whoever reads those and not tables
// (docs/store.md).
#pragma once

#include "app/base/crypto.h"
#include "sync/store/postgres_connection.h"
#include "sync/store/store.h"

namespace machikoe {

// A receipt goes out after COMMIT, so COMMIT must mean the disk, whatever the database's default
// is.  A lock that is held for longer than the timeout is held by somebody who is in trouble.
inline constexpr const char* kPostgresSession =
    "SET synchronous_commit = on; SET lock_timeout = '10s';"
    "SET idle_in_transaction_session_timeout = '10min'";
inline constexpr const char* kBegin = "BEGIN";
inline constexpr const char* kBeginMoment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

class PostgresStore final : public Store {
  public:
    PostgresStore(std::string url, StoreMode mode);

    /// Makes or completes the tables, or says why this database cannot be used.
    Status open();

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
    /// `work` as one transaction; it may run more than once.  What it returns, or an Error; an
    /// error in what it returns rolls back.
    template <class Work>
    auto transact(const char* how, Work&& work) {
        return pg_guarded([&] {
            if (holds_moment_)
                throw PgFailure({ErrorCode::Unavailable, "opened for reading one moment"}, "",
                                false);
            streamed_ = false;
            for (int attempt = 1;; ++attempt) {
                const RollBack unless_committed{connection_};
                try {
                    connection_.begin(how);
                    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                        work();
                        connection_.commit();
                        return;
                    } else {
                        auto result = work();
                        if constexpr (requires { result.error(); })
                            if (!result) return result;
                        connection_.commit();
                        return result;
                    }
                } catch (const PgFailure& failure) {
                    if (!worth_another(failure, attempt)) throw;
                }
                connection_.rollback();
                pause(attempt);
            }
        });
    }
    template <class Work>
    auto write(Work&& work) {
        return transact(kBegin, std::forward<Work>(work));
    }
    /// Several statements that read one moment; that of hold_moment() when there is one.
    template <class Work>
    auto in_one_moment(Work&& work) {
        if (!holds_moment_) return transact(kBeginMoment, std::forward<Work>(work));
        return pg_guarded(std::forward<Work>(work));
    }
    /// One statement that only reads; a second time when the connection had died in the meantime.
    PgRows read(const char* sql, const PgParams& params = PgParams());

    struct RollBack {
        PgConnection& connection;
        ~RollBack() { connection.rollback(); }
    };
    bool worth_another(const PgFailure& failure, int attempt);
    static void pause(int attempt);

    /// What append_together() is about, put in order once (postgres_store.cpp).
    struct Intake;
    void take_in(Intake& intake);
    void keep_openings(Intake& intake);
    void judge_repeats(Intake& intake, Milliseconds now);
    void send_kept(const Intake& intake);
    void send_seen(const Intake& intake, Milliseconds now);

    Status migrate();
    Status know(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                Milliseconds now);
    void keep(const LedgerPlace& place, const std::string& payload, const Judgement& judgement);
    bool keep_opening(const LedgerPlace& place, const std::string& payload,
                      const std::string& epoch);
    void hold(const LedgerPlace& place, const std::string& payload, const Quarantined& why);
    void insert(const std::vector<std::pair<std::string, const Response*>>& rows);
    Status replace_text(const FreeTextId& id, const std::string& text);
    void add_tags(std::vector<FreeText>& texts);
    /// Every row of `select`, piece by piece.  REQUIRES: within a transaction.
    void stream(const std::string& select, const std::function<bool(const PgRows&, int)>& each);
    std::vector<Response> responses_of(const std::string& ids);

    const StoreMode mode_;
    PgConnection connection_;
    bool holds_moment_ = false;
    bool streamed_ = false;  // rows were handed out: the transaction cannot be run again
    std::string writer_ = random_hex(16);
    std::int64_t releases_ = 0;  // by this writer
};

}  // namespace machikoe
