// SqliteStore: the Store in one SQLite file, server.db.
//
// For the .cpp files of this folder only; everyone else opens it by open_sqlite_store().
// Ingest is in sqlite_store.cpp, kiosks and their codes in sqlite_kiosks.cpp.
#pragma once

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
    SQLite::Statement& statement_;

  public:
    static Blob blob(const std::string& bytes) { return Blob{bytes}; }
};

/// A response on its way into its table.
struct Row {
    std::string id;
    const Response* response;
};

/// The columns that kiosk_row() reads; a WHERE or ORDER BY follows.
inline const std::string kSelectKiosk =
    "SELECT id, name, site, revoked, enrolled_ms, last_seen_ms, held_count,"
    " coalesce((SELECT max(sequence) FROM ledger WHERE kiosk = kiosk.id), 0) FROM kiosk";

class SqliteStore final : public Store {
  public:
    explicit SqliteStore(SQLite::Database database) : database_(std::move(database)) {}

    Status add_code(const std::string& code_hash, const std::string& name, const std::string& site,
                    Milliseconds expires) override;
    Result<KioskRow> use_code(const std::string& code_hash, const std::string& kiosk,
                              const std::string& token_hash, Milliseconds now) override;
    Result<KioskRow> kiosk_by_token(const std::string& token_hash) override;
    Status revoke(const std::string& kiosk) override;
    Result<std::vector<KioskRow>> kiosks() override;
    Result<std::vector<Receipt>> append(const std::string& kiosk,
                                        const std::vector<Incoming>& incoming,
                                        Milliseconds now) override;
    Result<std::vector<std::vector<Appended>>> append_together(
        const std::vector<const Group*>& groups, Milliseconds now) override;
    Status for_each_response(
        const std::function<bool(const std::string& id, const Response&)>& each) override;
    Result<Counts> counts() override;
    Status put_pack(const std::string& hash, const std::string& id,
                    const PackFiles& files) override;
    Result<PackFiles> pack(const std::string& hash) override;
    Result<std::vector<std::string>> pack_hashes() override;

  private:
    Appended take_in(const std::string& kiosk, const Incoming& incoming, Milliseconds now,
                     std::vector<Row>& rows);
    Appended judge_repeat(const std::string& kiosk, const Envelope& envelope,
                          const std::string& held_hash, const std::string& held_outcome,
                          Milliseconds now);
    void insert(const Row& row);
    void note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now);

    SQLite::Database database_;
    // Prepared once: parsing SQL for each envelope would cost more than writing it.
    SQLite::Statement kiosk_by_token_{database_, kSelectKiosk + " WHERE token_hash = ?"};
    SQLite::Statement kiosk_by_id_{database_, kSelectKiosk + " WHERE id = ?"};
    SQLite::Statement held_{database_,
                            "SELECT hash, outcome FROM ledger WHERE kiosk = ? AND sequence = ?"};
    SQLite::Statement add_ledger_{
        database_,
        "INSERT INTO ledger (kiosk, sequence, previous_hash, hash, outcome)"
        " VALUES (?, ?, ?, ?, ?)"};
    SQLite::Statement add_response_{
        database_,
        "INSERT INTO response (id, pack_hash, day, hour, site, event, universe, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
    SQLite::Statement add_quarantine_{
        database_, "INSERT INTO quarantine (kiosk, sequence, payload, reason) VALUES (?, ?, ?, ?)"};
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
