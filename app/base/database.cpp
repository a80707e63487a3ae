#include "app/base/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace machikoe {
namespace {

constexpr int kBusyTimeout_ms = 5000;

int schema_version(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

Status migrate(SQLite::Database& database, std::span<const Migration> migrations) {
    const int newest = static_cast<int>(migrations.size());
    // IMMEDIATE: two programs that start together must not both find step n missing.
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    int version = schema_version(database);
    if (version > newest)
        return fail(ErrorCode::Corrupt, database.getFilename() +
                                            ": written by a newer program (schema " +
                                            std::to_string(version) + ", this program knows " +
                                            std::to_string(newest) + "); nothing was changed");
    for (; version < newest; ++version) {
        const Migration& step = migrations[static_cast<std::size_t>(version)];
        database.exec(step.sql);
        if (step.then) step.then(database);
        database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    }
    transaction.commit();
    return {};
}

/// Takes over what the program before may have left in the log.  If a sync of it failed then, its
/// pages are in memory and look whole, but are not on the disk and never will be: what is
/// committed behind them is lost with the next power cut, although it was synced.  So all of it
/// is written once more, and commits begin on a fresh log.  Throws when the disk refuses.
void settle_log(SQLite::Database& database) {
    try {
        SQLite::Statement(database, "PRAGMA wal_checkpoint(TRUNCATE)").executeStep();
    } catch (const SQLite::Exception& e) {
        // A full or read-only disk has lost nothing, and a kiosk shall say so on its screen.
        const int code = e.getErrorCode();
        if (code != SQLITE_FULL && code != SQLITE_READONLY && code != SQLITE_BUSY &&
            code != SQLITE_LOCKED)
            throw;
    }
}

}  // namespace

void create_private_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

Error error_from(const SQLite::Exception& exception) {
    const std::string text = exception.getErrorStr() == std::string("unknown error")
                                 ? exception.what()
                                 : std::string(exception.getErrorStr()) + ": " + exception.what();
    switch (exception.getErrorCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_MISMATCH:
            return {ErrorCode::Corrupt, text};
        case SQLITE_CONSTRAINT:
            return {ErrorCode::Conflict, text};
        default:
            return {ErrorCode::Unavailable, text};
    }
}

Result<SQLite::Database> open_database(const std::filesystem::path& path,
                                       std::span<const Migration> migrations, DatabaseMode mode) {
    const bool writes = mode == DatabaseMode::ReadWrite;
    std::error_code ec;
    if (!writes && !std::filesystem::exists(path, ec))
        return fail(ErrorCode::NotFound, path.string() + ": no such database");
    return guarded([&]() -> Result<SQLite::Database> {
        SQLite::Database database(
            path.string(),
            writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY,
            kBusyTimeout_ms);
        if (writes) {
            // The change to WAL is itself written with a rollback journal.  EXTRA, for once: a
            // removal of that journal that a power cut undoes would, at the next start, roll
            // the file back to before WAL and with that drop every commit in the WAL.
            database.exec("PRAGMA synchronous = EXTRA");
            database.exec("PRAGMA journal_mode = WAL");
            database.exec("PRAGMA synchronous = FULL");
            database.exec("PRAGMA foreign_keys = ON");
            settle_log(database);
            if (Status done = migrate(database, migrations); !done)
                return tl::unexpected<Error>(done.error());
        } else if (const int version = schema_version(database);
                   version != static_cast<int>(migrations.size())) {
            return fail(ErrorCode::Corrupt, path.string() + ": schema " + std::to_string(version) +
                                                ", wanted " + std::to_string(migrations.size()));
        }
        return database;
    });
}

}  // namespace machikoe
