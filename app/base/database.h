// Database: one SQLite file opened the way this house opens them, with migrations.
//
// WAL and synchronous FULL.  FULL, not NORMAL: in WAL mode NORMAL may lose the last
// commits on power loss, and the power button of a kiosk is the wall socket.
// Foreign keys on; a lock is waited for (busy timeout) before Unavailable.
//
// Migrations are append-only SQL texts that live beside their only user.  Step n
// takes PRAGMA user_version from n-1 to n in one transaction; what SQL cannot do is
// done by a function behind the text.  A file from a newer program is refused
// (Corrupt) and never touched: unsent answers are worth more than a start.
//
// One Database belongs to one thread.  SQLiteCpp's exceptions stay inside the files
// that use it: wrap work in guarded().
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "app/base/result.h"

namespace machikoe {

enum class DatabaseMode { ReadWrite, ReadOnly };

struct Migration {
    using Then = void (*)(SQLite::Database&);  // throws SQLite::Exception
    constexpr Migration(const char* text, Then function = nullptr) : sql(text), then(function) {}
    const char* sql;
    Then then;
};

/// Opens (and in ReadWrite creates and migrates) the file.
/// Errors: Corrupt (not a database, damaged, schema from the future; in ReadOnly also
/// a schema from the past), Unavailable (locked, disk full, no permission), NotFound
/// (ReadOnly and no such file).
Result<SQLite::Database> open_database(const std::filesystem::path& path,
                                       std::span<const Migration> migrations,
                                       DatabaseMode mode = DatabaseMode::ReadWrite);

/// Makes the file readable for nobody else before SQLite makes its neighbours like it.  Only when
/// it is not there: opening and closing it would drop the locks that another thread of this process
/// holds on it.
void create_private_file(const std::filesystem::path& path);

/// What an SQLite failure means for whoever called.
Error error_from(const SQLite::Exception& exception);

/// Bytes of a column.
inline std::string_view view_of(const SQLite::Column& column) {  // until the next step
    return {static_cast<const char*>(column.getBlob()),
            static_cast<std::size_t>(column.getBytes())};
}
inline std::string bytes_of(const SQLite::Column& column) {
    return std::string(view_of(column));
}

/// Runs `work` and turns SQLiteCpp's exceptions into an Error.  `work` returns a
/// Result<T>, a Status, or a plain value/void.
template <class Work>
auto guarded(Work&& work) {
    using Returned = std::invoke_result_t<Work>;
    if constexpr (std::is_void_v<Returned>) {
        try {
            work();
            return Status{};
        } catch (const SQLite::Exception& e) {
            return Status{tl::unexpected<Error>(error_from(e))};
        }
    } else if constexpr (requires(Returned r) { r.error(); }) {
        try {
            return work();
        } catch (const SQLite::Exception& e) {
            return Returned{tl::unexpected<Error>(error_from(e))};
        }
    } else {
        try {
            return Result<Returned>{work()};
        } catch (const SQLite::Exception& e) {
            return Result<Returned>{tl::unexpected<Error>(error_from(e))};
        }
    }
}

}  // namespace machikoe
