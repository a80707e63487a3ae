#include "sync/outbox/outbox.h"

#include <algorithm>

#include "app/base/crypto.h"
#include "app/base/database.h"

namespace machikoe {
namespace {

constexpr Migration kOutboxMigrations[] = {
    R"sql(
-- One row: who this kiosk is, for ever.
CREATE TABLE kiosk (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  TEXT NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*')
) STRICT;

-- The chain: sequence 1, 2, 3, … without a gap, `previous` the hash of the one before.
CREATE TABLE envelope (
    sequence    INTEGER PRIMARY KEY CHECK (sequence >= 1),
    previous    TEXT NOT NULL CHECK (length(previous) = 64),
    hash        TEXT NOT NULL CHECK (length(hash) = 64),
    -- NULL once forgotten.  Waiting ones keep theirs whatever a later program does.
    payload     BLOB CHECK (payload IS NOT NULL OR outcome IS NOT NULL),
    -- The hour only: the minute would tell who stood at the kiosk.
    appended_ms INTEGER NOT NULL CHECK (appended_ms >= 0 AND appended_ms % 3600000 = 0),
    -- NULL: waits.  Otherwise what the server's receipt said.
    outcome     TEXT CHECK (outcome IN ('stored', 'conflict', 'quarantined'))
) STRICT;

-- Finds what waits without passing over years of what does not.
CREATE INDEX envelope_waiting ON envelope (sequence) WHERE outcome IS NULL;

-- The three below are here and not in the program, because a program can be wrong and
-- these answers exist once.
CREATE TRIGGER envelope_stays BEFORE DELETE ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope is never deleted'); END;

CREATE TRIGGER envelope_is_final BEFORE UPDATE OF sequence, previous, hash, appended_ms ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END;

CREATE TRIGGER payload_is_final BEFORE UPDATE OF payload ON envelope WHEN NEW.payload IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a payload never changes'); END;

-- At most one row: what enrolment gave.
CREATE TABLE credential (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    server TEXT NOT NULL,
    token  TEXT NOT NULL,
    name   TEXT NOT NULL,
    site   TEXT NOT NULL
) STRICT;
)sql",
    R"sql(
-- Who this kiosk may be to a server is in keys.db now.  Overwritten, not only dropped: this file
-- is copied and carried about.
PRAGMA secure_delete = ON;
DROP TABLE credential;

-- How many responses an envelope stands for: 0 for the opening of an epoch.
ALTER TABLE envelope ADD COLUMN responses INTEGER NOT NULL DEFAULT 1 CHECK (responses >= 0);

DROP TRIGGER envelope_is_final;
CREATE TRIGGER envelope_is_final
BEFORE UPDATE OF sequence, previous, hash, appended_ms, responses ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END;
)sql"};

constexpr const char* kLast = "SELECT sequence, hash FROM envelope ORDER BY sequence DESC LIMIT 1";
constexpr const char* kInsert =
    "INSERT INTO envelope (sequence, previous, hash, payload, appended_ms, responses) "
    "VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* kWaiting =
    "SELECT sequence, previous, hash, payload FROM envelope "
    "WHERE outcome IS NULL ORDER BY sequence";
constexpr const char* kReceipted =
    "UPDATE envelope SET outcome = ? WHERE sequence = ? AND hash = ? AND outcome IS NULL";
constexpr const char* kForget =
    "UPDATE envelope SET payload = NULL "
    "WHERE outcome IS NOT NULL AND payload IS NOT NULL AND appended_ms < ?";
constexpr const char* kState =
    "SELECT (SELECT coalesce(max(sequence), 0) FROM envelope),"
    " (SELECT count(*) FROM envelope WHERE outcome IS NULL),"
    " (SELECT coalesce(sum(responses), 0) FROM envelope WHERE outcome IS NULL),"
    " (SELECT appended_ms FROM envelope WHERE outcome IS NULL ORDER BY sequence LIMIT 1)";

constexpr std::int64_t kHour_ms = 3'600'000;

std::int64_t hour_of(Milliseconds wall) {
    const std::int64_t ms = std::max<std::int64_t>(wall.count(), 0);
    return ms - ms % kHour_ms;
}

Error with_advice(Error error, const std::filesystem::path& path) {
    if (error.code == ErrorCode::Corrupt)
        error.message += "; " + path.string() +
                         " may hold unsent answers and was left as it is: copy it and the files "
                         "beside it (-wal, -shm) to a safe place, then give the kiosk an empty "
                         "folder";
    return error;
}

/// "" or what is damaged: the form of the file, or a payload that still waits.
std::string damage_in(SQLite::Database& database) {
    std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (found != "ok") return found;
    SQLite::Statement query(database, kWaiting);
    while (query.executeStep())
        if (chain_hash(query.getColumn(1).getString(), bytes_of(query.getColumn(3))) !=
            query.getColumn(2).getString())
            return "the payload of envelope " + query.getColumn(0).getString() + " has changed";
    return {};
}

}  // namespace

struct Outbox::Data {
    SQLite::Database database;
    std::string kiosk;
};

Outbox::Outbox(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox& Outbox::operator=(Outbox&&) noexcept = default;
Outbox::~Outbox() = default;

const std::string& Outbox::kiosk() const {
    return data_->kiosk;
}

Result<Outbox> Outbox::open(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "kiosk.db";
    create_private_file(path);
    Result<SQLite::Database> database = open_database(path, kOutboxMigrations);
    if (!database) return tl::unexpected<Error>(with_advice(database.error(), path));
    Result<Outbox> outbox = guarded([&]() -> Result<Outbox> {
        // Damage is looked for now, while staff stand here, not when a resident presses
        // "send".
        if (const std::string found = damage_in(*database); !found.empty())
            return fail(ErrorCode::Corrupt, path.string() + ": " + found);
        // What is forgotten must not stay readable in free pages, nor what a migration has just
        // dropped in the log or under it.  A full disk may forbid that; the next start tries again.
        database->exec("PRAGMA secure_delete = ON");
        (void)database->tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
        SQLite::Statement insert(*database, "INSERT OR IGNORE INTO kiosk VALUES (1, ?)");
        insert.bind(1, random_hex(16));
        insert.exec();
        std::string kiosk = database->execAndGet("SELECT id FROM kiosk").getString();
        return Outbox(std::make_unique<Data>(Data{std::move(*database), std::move(kiosk)}));
    });
    if (!outbox) return tl::unexpected<Error>(with_advice(outbox.error(), path));
    return outbox;
}

Result<std::int64_t> Outbox::append(std::span<const Payload> payloads, Milliseconds wall) {
    if (payloads.empty()) return fail(ErrorCode::Invalid, "nothing to append");
    for (const Payload& payload : payloads)
        if (const std::size_t size = payload.bytes.size();
            size == 0 || size > kMaxPayloadBytes || payload.responses < 0)
            return fail(ErrorCode::Invalid,
                        "payload of " + std::to_string(size) + " bytes, " +
                            std::to_string(payload.responses) + " responses; 1 to " +
                            std::to_string(kMaxPayloadBytes) + " bytes are allowed");
    return guarded([&] {
        SQLite::Database& database = data_->database;
        // IMMEDIATE: the number is read and given under one lock.
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        std::int64_t sequence = 0;
        std::string previous(64, '0');
        SQLite::Statement last(database, kLast);
        if (last.executeStep()) {
            sequence = last.getColumn(0).getInt64();
            previous = last.getColumn(1).getString();
        }
        last.reset();
        SQLite::Statement insert(database, kInsert);
        for (const Payload& payload : payloads) {
            std::string hash = chain_hash(previous, payload.bytes);
            insert.bind(1, ++sequence);
            insert.bind(2, previous);
            insert.bind(3, hash);
            insert.bind(4, payload.bytes.data(), static_cast<int>(payload.bytes.size()));
            insert.bind(5, hour_of(wall));
            insert.bind(6, payload.responses);
            insert.exec();
            insert.reset();
            previous = std::move(hash);
        }
        transaction.commit();
        return sequence;
    });
}

Result<std::vector<WaitingEnvelope>> Outbox::waiting(std::size_t limit, std::size_t bytes,
                                                     const std::set<std::int64_t>& except) const {
    return guarded([&] {
        std::vector<WaitingEnvelope> found;
        std::size_t total = 0;
        SQLite::Statement query(data_->database, kWaiting);
        while (found.size() < limit && query.executeStep()) {
            const std::int64_t sequence = query.getColumn(0).getInt64();
            if (except.contains(sequence)) continue;
            total += static_cast<std::size_t>(query.getColumn(3).getBytes());
            if (total > bytes && !found.empty()) break;
            found.push_back({sequence, query.getColumn(1).getString(),
                             query.getColumn(2).getString(), bytes_of(query.getColumn(3))});
        }
        return found;
    });
}

Status Outbox::receipted(std::int64_t sequence, std::string_view hash, std::string_view outcome) {
    const ReceiptedEnvelope one{sequence, std::string(hash), std::string(outcome)};
    const Result<std::int64_t> done = receipted(std::span(&one, 1));
    if (!done) return tl::unexpected<Error>(done.error());
    return {};
}

Result<std::int64_t> Outbox::receipted(std::span<const ReceiptedEnvelope> envelopes) {
    return guarded([&] {
        SQLite::Transaction transaction(data_->database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement update(data_->database, kReceipted);
        std::int64_t changed = 0;
        for (const ReceiptedEnvelope& envelope : envelopes) {
            update.bind(1, envelope.outcome);
            update.bind(2, envelope.sequence);
            update.bind(3, envelope.hash);
            changed += update.exec();
            update.reset();
        }
        transaction.commit();
        return changed;
    });
}

Result<std::int64_t> Outbox::forget_receipted(Milliseconds before) {
    return guarded([&] {
        SQLite::Statement forget(data_->database, kForget);
        forget.bind(1, static_cast<std::int64_t>(before.count()));
        return static_cast<std::int64_t>(forget.exec());
    });
}

Result<OutboxState> Outbox::state() const {
    return guarded([&] {
        SQLite::Statement query(data_->database, kState);
        query.executeStep();
        OutboxState state;
        state.last_sequence = query.getColumn(0).getInt64();
        state.waiting_envelopes = query.getColumn(1).getInt64();
        state.waiting_responses = query.getColumn(2).getInt64();
        if (!query.isColumnNull(3))
            state.oldest_waiting = Milliseconds{query.getColumn(3).getInt64()};
        // Nothing is ever deleted, so the numbers count the rows.
        state.receipted_envelopes = state.last_sequence - state.waiting_envelopes;
        return state;
    });
}

}  // namespace machikoe
