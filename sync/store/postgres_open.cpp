// Opening: the session's settings, the tables, and who may make them.
#include <spdlog/spdlog.h>

#include <random>
#include <thread>

#include "sync/store/location.h"
#include "sync/store/postgres_schema.h"
#include "sync/store/postgres_store.h"
#include "sync/store/postgres_url.h"

namespace machikoe {
namespace {

constexpr int kAttempts = 8;
constexpr int kNewest = std::end(kPostgresMigrations)[-1].version;

// One row.  `incomplete` says why nobody may work with this database yet.
constexpr const char* kMakeSchemaTable =
    "CREATE TABLE IF NOT EXISTS machikoe_schema (one BIGINT PRIMARY KEY CHECK (one = 1),"
    " version BIGINT NOT NULL, incomplete TEXT NOT NULL DEFAULT '')";

bool is_duplicate(const PgFailure& failure) {
    // Two that make the same table at once: the later finds it, or its name, there.
    return failure.sqlstate() == "42P07" || failure.sqlstate() == "23505";
}

std::string session_for(StoreMode mode) {
    return mode == StoreMode::ReadWrite
               ? kPostgresSession
               : std::string(kPostgresSession) + "; SET default_transaction_read_only = on";
}

/// The version, and why the store is not whole; nothing: there are no tables of ours.
struct Schema {
    std::int64_t version = 0;
    std::string incomplete;
};
std::optional<Schema> schema_of(PgConnection& connection, const char* sql) {
    try {
        const PgRows row = connection.run(sql);
        if (row.size() == 0) return std::nullopt;
        return Schema{row.number(0, 0), row.text(0, 1)};
    } catch (const PgFailure& failure) {
        if (failure.sqlstate() == "42P01") return std::nullopt;
        throw;
    }
}
constexpr const char* kSelectSchema = "SELECT version, incomplete FROM machikoe_schema";
// Who starts at the same time waits here, and then finds everything made.
constexpr const char* kLockSchema = "SELECT version, incomplete FROM machikoe_schema FOR UPDATE";

Status check(const Schema& schema) {
    if (!schema.incomplete.empty()) return fail(ErrorCode::Corrupt, schema.incomplete);
    if (schema.version > kNewest)
        return fail(ErrorCode::Corrupt, "written by a newer program (schema " +
                                            std::to_string(schema.version) +
                                            ", this program knows " + std::to_string(kNewest) +
                                            "); nothing was changed");
    return {};
}

constexpr std::string_view kTrue("\1", 1);

void make_schema_table(PgConnection& connection) {
    for (int attempt = 1;; ++attempt) try {
            connection.run_script(kMakeSchemaTable);
            connection.run(
                "INSERT INTO machikoe_schema (one, version) VALUES (1, 0)"
                " ON CONFLICT DO NOTHING");
            return;
        } catch (const PgFailure& failure) {
            if (!is_duplicate(failure) || attempt == kAttempts) throw;
        }
}

void warn_of_no_sync(PgConnection& connection) {
    const PgRows row = connection.run("SELECT coalesce(current_setting('fsync', true), '')");
    if (row.view(0, 0) == "off")
        spdlog::warn(
            "store: PostgreSQL runs with fsync off: a power cut may lose answers that have their "
            "receipts");
}

}  // namespace

PostgresStore::PostgresStore(std::string url, StoreMode mode)
    : mode_(mode), connection_(std::move(url), session_for(mode)) {}

Status PostgresStore::open() {
    return pg_guarded([&]() -> Status {
        if (connection_.run("SELECT 'B' < 'a'").view(0, 0) != kTrue)
            return fail(ErrorCode::Corrupt,
                        "this database sorts texts by a language; it must be made with LC_COLLATE "
                        "'C' (docs/store.md)");
        auto schema = schema_of(connection_, kSelectSchema);
        if (mode_ == StoreMode::ReadOnly) {
            if (!schema || schema->version == 0)
                return fail(ErrorCode::NotFound, "no store in this database");
            if (schema->version < kNewest)
                return fail(ErrorCode::Corrupt, "schema " + std::to_string(schema->version) +
                                                    ", wanted " + std::to_string(kNewest));
            return check(*schema);
        }
        if (!schema) make_schema_table(connection_);
        if (!schema || schema->version < kNewest)
            if (const Status made = migrate(); !made) return made;
        schema = schema_of(connection_, kSelectSchema);
        if (!schema) return fail(ErrorCode::Corrupt, "machikoe_schema has no row");
        warn_of_no_sync(connection_);
        return check(*schema);
    });
}

Status PostgresStore::migrate() {
    return write([&]() -> Status {
        const auto schema = schema_of(connection_, kLockSchema);
        if (!schema) return fail(ErrorCode::Corrupt, "machikoe_schema has no row");
        if (const Status usable = check(*schema); !usable) return usable;
        for (const PostgresMigration& step : kPostgresMigrations) {
            if (step.version <= schema->version) continue;
            try {
                connection_.run_script(step.sql);
            } catch (const PgFailure& failure) {
                if (failure.sqlstate() != "42P07") throw;
                return fail(ErrorCode::Corrupt,
                            "a table of this name is there and not Machikoe's: " +
                                failure.error().message + "; give it a database of its own");
            }
        }
        connection_.run("UPDATE machikoe_schema SET version = $1", PgParams(std::int64_t{kNewest}));
        return {};
    });
}

bool PostgresStore::worth_another(const PgFailure& failure, int attempt) {
    if (failure.unsure()) {
        // Perhaps its last release is in, under the number that the next would get.  Whoever
        // counts finds it as the last of a writer that is no more.
        writer_ = random_hex(16);
        releases_ = 0;
    }
    if (attempt >= kAttempts || streamed_ || failure.unsure()) return false;
    if (failure.lost()) return attempt == 1;  // it may have died long ago, and nobody noticed
    return failure.sqlstate() == "40001" || failure.sqlstate() == "40P01";
}

void PostgresStore::pause(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most_ms = 1 << attempt;
    std::this_thread::sleep_for(
        Milliseconds{std::uniform_int_distribution<int>(0, most_ms)(random)});
}

PgRows PostgresStore::read(const char* sql, const PgParams& params) {
    try {
        return connection_.run(sql, params);
    } catch (const PgFailure& failure) {
        if (!failure.lost() || holds_moment_) throw;
        return connection_.run(sql, params);
    }
}

Status PostgresStore::hold_moment() {
    return pg_guarded([&] {
        connection_.begin(kBeginMoment);
        connection_.run("SELECT count(*) FROM machikoe_schema");
        connection_.stay();
        holds_moment_ = true;
    });
}

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url, StoreMode mode) {
    if (const Status understood = check_postgres_url(url); !understood)
        return tl::unexpected<Error>(understood.error());
    auto store = std::make_unique<PostgresStore>(url, mode);
    if (Status opened = store->open(); !opened) {
        const std::string where = without_password(url);
        return fail(opened.error().code, where + ": " + opened.error().message);
    }
    return store;
}

}  // namespace machikoe
