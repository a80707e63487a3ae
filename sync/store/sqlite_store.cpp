#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/store.h"

namespace machikoe {
namespace {

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

#define MACHIKOE_KIOSK_COLUMNS                                        \
    "id, name, site, revoked, enrolled_ms, last_seen_ms, held_count," \
    " coalesce((SELECT max(sequence) FROM ledger WHERE kiosk = kiosk.id), 0)"

KioskRow kiosk_row(SQLite::Statement& row) {
    KioskRow kiosk;
    kiosk.id = row.getColumn(0).getString();
    kiosk.name = row.getColumn(1).getString();
    kiosk.site = row.getColumn(2).getString();
    kiosk.revoked = row.getColumn(3).getInt() != 0;
    kiosk.enrolled = Milliseconds{row.getColumn(4).getInt64()};
    if (!row.getColumn(5).isNull()) kiosk.last_seen = Milliseconds{row.getColumn(5).getInt64()};
    kiosk.held = row.getColumn(6).getInt64();
    kiosk.highest_sequence = row.getColumn(7).getInt64();
    return kiosk;
}

/// A response on its way into its table.
struct Row {
    std::string id;
    const Response* response;
};

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
    SQLite::Statement kiosk_by_token_{
        database_, "SELECT " MACHIKOE_KIOSK_COLUMNS " FROM kiosk WHERE token_hash = ?"};
    SQLite::Statement kiosk_by_id_{database_,
                                   "SELECT " MACHIKOE_KIOSK_COLUMNS " FROM kiosk WHERE id = ?"};
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

// ---- enrolment ------------------------------------------------------------------------

Status SqliteStore::add_code(const std::string& code_hash, const std::string& name,
                             const std::string& site, Milliseconds expires) {
    return guarded([&] {
        SQLite::Statement add(database_,
                              "INSERT INTO enrolment_code (code_hash, name, site, expires_ms)"
                              " VALUES (?, ?, ?, ?)");
        Use(add).with(code_hash, name, site, expires)->exec();
    });
}

Result<KioskRow> SqliteStore::use_code(const std::string& code_hash, const std::string& kiosk,
                                       const std::string& token_hash, Milliseconds now) {
    return guarded([&]() -> Result<KioskRow> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement spend(database_,
                                "UPDATE enrolment_code SET used_ms = ?2 WHERE code_hash = ?1"
                                " AND used_ms IS NULL AND expires_ms > ?2 RETURNING name, site");
        std::string name, site;
        {
            Use code(spend);
            // One answer for all three: who guesses codes learns nothing from it.
            if (!code.with(code_hash, now)->executeStep())
                return fail(ErrorCode::Denied, "the code is unknown, spent or expired");
            name = code->getColumn(0).getString();
            site = code->getColumn(1).getString();
        }
        // A revoked kiosk that was given a new code is welcome again: staff made that code.
        SQLite::Statement enrol(
            database_,
            "INSERT INTO kiosk (id, name, site, token_hash, enrolled_ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, site = excluded.site,"
            " token_hash = excluded.token_hash, enrolled_ms = excluded.enrolled_ms, revoked = 0");
        Use(enrol).with(kiosk, name, site, token_hash, now)->exec();
        Use row(kiosk_by_id_);
        row.with(kiosk)->executeStep();
        KioskRow enrolled = kiosk_row(kiosk_by_id_);
        kiosk_by_id_.tryReset();
        transaction.commit();
        return enrolled;
    });
}

Result<KioskRow> SqliteStore::kiosk_by_token(const std::string& token_hash) {
    return guarded([&]() -> Result<KioskRow> {
        Use row(kiosk_by_token_);
        if (!row.with(token_hash)->executeStep())
            return fail(ErrorCode::Denied, "unknown credential");
        KioskRow kiosk = kiosk_row(kiosk_by_token_);
        if (kiosk.revoked) return fail(ErrorCode::Denied, "revoked credential");
        return kiosk;
    });
}

Status SqliteStore::revoke(const std::string& kiosk) {
    return guarded([&]() -> Status {
        SQLite::Statement revoke(database_, "UPDATE kiosk SET revoked = 1 WHERE id = ?");
        if (Use(revoke).with(kiosk)->exec() == 0)
            return fail(ErrorCode::NotFound, "no kiosk '" + kiosk + "'");
        return {};
    });
}

Result<std::vector<KioskRow>> SqliteStore::kiosks() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT " MACHIKOE_KIOSK_COLUMNS " FROM kiosk ORDER BY site, name, id");
        std::vector<KioskRow> found;
        while (all.executeStep()) found.push_back(kiosk_row(all));
        return found;
    });
}

// ---- answers --------------------------------------------------------------------------

Result<std::vector<Receipt>> SqliteStore::append(const std::string& kiosk,
                                                 const std::vector<Incoming>& incoming,
                                                 Milliseconds now) {
    const Group group{kiosk, incoming};
    auto appended = append_together({&group}, now);
    if (!appended) return tl::unexpected<Error>(appended.error());
    std::vector<Receipt> receipts;
    for (const Appended& each : appended->front()) receipts.push_back(each.receipt);
    return receipts;
}

Result<std::vector<std::vector<Appended>>> SqliteStore::append_together(
    const std::vector<const Group*>& groups, Milliseconds now) {
    return guarded([&] {
        std::vector<std::vector<Appended>> results;
        std::vector<Row> rows;
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        for (const Group* group : groups) {
            std::vector<Appended> appended;
            std::int64_t fresh = 0;
            for (const Incoming& incoming : group->incoming) {
                appended.push_back(take_in(group->kiosk, incoming, now, rows));
                const Outcome outcome = appended.back().receipt.outcome;
                if (appended.back().fresh && outcome != Outcome::Conflict) ++fresh;
            }
            note_seen(group->kiosk, fresh, now);
            results.push_back(std::move(appended));
        }
        // In the order of their random ids, which is a shuffle: what was answered after
        // what is not to be read from the pages that this commit writes.
        std::sort(rows.begin(), rows.end(),
                  [](const Row& a, const Row& b) { return a.id < b.id; });
        for (const Row& row : rows) insert(row);
        transaction.commit();
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (const Appended& each : results[g])
                if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                    spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                                 groups[g]->kiosk, each.receipt.sequence);
        return results;
    });
}

Appended SqliteStore::take_in(const std::string& kiosk, const Incoming& incoming,
                              Milliseconds now, std::vector<Row>& rows) {
    const Envelope& envelope = incoming.envelope;
    {
        Use held(held_);
        if (held.with(kiosk, envelope.sequence)->executeStep())
            return judge_repeat(kiosk, envelope, held->getColumn(0).getString(),
                                held->getColumn(1).getString(), now);
    }
    const Outcome outcome = incoming.response ? Outcome::Stored : Outcome::Quarantined;
    Use(add_ledger_)
        .with(kiosk, envelope.sequence, envelope.previous, envelope.hash, name_of(outcome))
        ->exec();
    if (incoming.response)
        rows.push_back({random_hex(16), &*incoming.response});
    else
        Use(add_quarantine_)
            .with(kiosk, envelope.sequence, Use::blob(envelope.payload), incoming.reason)
            ->exec();
    return {{envelope.sequence, envelope.hash, outcome}, true};
}

Appended SqliteStore::judge_repeat(const std::string& kiosk, const Envelope& envelope,
                                   const std::string& held_hash, const std::string& held_outcome,
                                   Milliseconds now) {
    if (held_hash == envelope.hash) {
        const Outcome outcome = held_outcome == name_of(Outcome::Stored) ? Outcome::Stored
                                                                         : Outcome::Quarantined;
        return {{envelope.sequence, envelope.hash, outcome}, false};
    }
    const int added = Use(add_conflict_)
                          .with(kiosk, envelope.sequence, envelope.hash,
                                Use::blob(envelope.payload), now)
                          ->exec();
    return {{envelope.sequence, envelope.hash, Outcome::Conflict}, added == 1};
}

void SqliteStore::insert(const Row& row) {
    // Encoded anew, not copied from the envelope: whatever else a kiosk may have put
    // beside the answer stays out of this table.
    const Response& response = *row.response;
    Use(add_response_)
        .with(row.id, response.pack_hash, response.when.day,
              static_cast<std::int64_t>(response.when.hour), response.site, response.event,
              name_of(response.universe), encode_record(response))
        ->exec();
}

void SqliteStore::note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now) {
    Use(seen_).with(kiosk, now, fresh)->exec();
}

Status SqliteStore::for_each_response(
    const std::function<bool(const std::string& id, const Response&)>& each) {
    return guarded([&]() -> Status {
        SQLite::Statement all(database_, "SELECT id, record FROM response ORDER BY id");
        while (all.executeStep()) {
            const std::string id = all.getColumn(0).getString();
            const Result<Response> response = decode_record(all.getColumn(1).getString());
            if (!response)
                return fail(ErrorCode::Corrupt,
                            "response " + id + " cannot be read: " + response.error().message);
            if (!each(id, *response)) break;
        }
        return {};
    });
}

Result<Counts> SqliteStore::counts() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT (SELECT count(*) FROM response), (SELECT count(*) FROM ledger),"
                              " (SELECT count(*) FROM quarantine), (SELECT count(*) FROM conflict)");
        all.executeStep();
        return Counts{all.getColumn(0).getInt64(), all.getColumn(1).getInt64(),
                      all.getColumn(2).getInt64(), all.getColumn(3).getInt64()};
    });
}

// ---- packs ----------------------------------------------------------------------------

Status SqliteStore::put_pack(const std::string& hash, const std::string& id,
                             const PackFiles& files) {
    return guarded([&] {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement add(database_,
                              "INSERT OR IGNORE INTO pack (hash, id, file_name, text)"
                              " VALUES (?, ?, ?, ?)");
        for (const auto& [name, text] : files) Use(add).with(hash, id, name, text)->exec();
        transaction.commit();
    });
}

Result<PackFiles> SqliteStore::pack(const std::string& hash) {
    return guarded([&]() -> Result<PackFiles> {
        SQLite::Statement find(database_, "SELECT file_name, text FROM pack WHERE hash = ?");
        find.bind(1, hash);
        PackFiles files;
        while (find.executeStep())
            files.emplace(find.getColumn(0).getString(), find.getColumn(1).getString());
        if (files.empty()) return fail(ErrorCode::NotFound, "no pack '" + hash + "'");
        return files;
    });
}

Result<std::vector<std::string>> SqliteStore::pack_hashes() {
    return guarded([&] {
        SQLite::Statement all(database_, "SELECT DISTINCT hash FROM pack ORDER BY hash");
        std::vector<std::string> hashes;
        while (all.executeStep()) hashes.push_back(all.getColumn(0).getString());
        return hashes;
    });
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& folder,
                                                 StoreMode mode) {
    const bool writes = mode == StoreMode::ReadWrite;
    std::error_code ec;
    if (writes) std::filesystem::create_directories(folder, ec);
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    Result<SQLite::Database> database =
        open_database(folder / "server.db", kServerMigrations,
                      writes ? DatabaseMode::ReadWrite : DatabaseMode::ReadOnly);
    if (!database) return tl::unexpected<Error>(database.error());
    return guarded([&]() -> Result<std::unique_ptr<Store>> {
        return std::make_unique<SqliteStore>(std::move(*database));
    });
}

}  // namespace machikoe
