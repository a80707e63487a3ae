#include "sync/store/sqlite_copy.h"

#include <SQLiteCpp/Backup.h>

#include <iterator>

#include "app/base/database.h"
#include "sync/store/sqlite_schema.h"

namespace machikoe {
namespace {

constexpr int kBusyTimeout_ms = 5000;
constexpr int kDone = 101;          // SQLITE_DONE
constexpr int kPagesAtOnce = 4096;  // 16 MiB: often enough for whoever watches

std::int64_t count_of(SQLite::Database& database, const char* table) {
    // Older schemas had no such table, and nothing of that kind.
    if (!database.tableExists(table)) return 0;
    return database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64();
}

}  // namespace

Status copy_sqlite_store(const std::filesystem::path& folder, const std::filesystem::path& file,
                         const CopyProgress& progress) {
    const std::filesystem::path path = folder / "server.db";
    std::error_code ec;
    if (!std::filesystem::exists(path, ec))
        return fail(ErrorCode::NotFound, path.string() + ": no such database");
    return guarded([&] {
        SQLite::Database from(path.string(), SQLite::OPEN_READONLY, kBusyTimeout_ms);
        // The moment: without it, each commit of the server's would start the copy anew.
        from.exec("BEGIN");
        from.execAndGet("SELECT count(*) FROM sqlite_schema");
        SQLite::Database to(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        // A copy that was cut off is thrown away; whoever keeps it syncs it.
        to.exec("PRAGMA journal_mode = OFF");
        to.exec("PRAGMA synchronous = OFF");
        {
            SQLite::Backup backup(to, from);
            int code = SQLite::OK;
            while (code == SQLite::OK) {
                code = backup.executeStep(kPagesAtOnce);
                const int all = backup.getTotalPageCount();
                progress(all - backup.getRemainingPageCount(), all);
            }
            if (code != kDone) throw SQLite::Exception("the copy was interrupted, try again", code);
        }
        // The original's header says WAL; opened as such, a copy would have files beside it.
        to.exec("PRAGMA journal_mode = DELETE");
    });
}

Result<StoreFacts> examine_sqlite_file(const std::filesystem::path& file) {
    return guarded([&]() -> Result<StoreFacts> {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY, kBusyTimeout_ms);
        StoreFacts facts;
        facts.schema = database.execAndGet("PRAGMA user_version").getInt();
        if (facts.schema < 1 || !database.tableExists("ledger"))
            return fail(ErrorCode::Corrupt, file.string() + ": not a server's database");
        if (facts.schema > static_cast<int>(std::size(kServerMigrations)))
            return fail(ErrorCode::Corrupt, file.string() + ": of a newer program (schema " +
                                                std::to_string(facts.schema) + ")");
        const std::string sound = database.execAndGet("PRAGMA integrity_check(1)").getString();
        if (sound != "ok") return fail(ErrorCode::Corrupt, file.string() + ": damaged: " + sound);
        facts.counts = {count_of(database, "response"),   count_of(database, "waiting"),
                        count_of(database, "epoch"),      count_of(database, "ledger"),
                        count_of(database, "quarantine"), count_of(database, "conflict")};
        return facts;
    });
}

}  // namespace machikoe
