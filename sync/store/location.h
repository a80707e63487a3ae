// StoreLocation: where a store is, SQLite's folder or PostgreSQL's address, and opening it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sync/store/store.h"

namespace machikoe {

/// A folder with server.db, or the URL of a PostgreSQL database when that is not "".
struct StoreLocation {
    std::filesystem::path folder;
    std::string url;
};

/// "postgresql://…" or "postgres://…" is a URL, anything else a folder.
StoreLocation parse_store_location(const std::string& text);
/// For people: without password.
std::string to_string(const StoreLocation& location);

Result<std::unique_ptr<Store>> open_store(const StoreLocation& location,
                                          StoreMode mode = StoreMode::ReadWrite);

/// A password may be in the URL, in PGPASSWORD, in ~/.pgpass or in a service file, as with every
/// program that uses libpq.  ReadWrite makes the tables where there are none.
/// Errors: Unavailable (cannot be reached; try again), Invalid (no such URL), Corrupt (tables of a
/// newer program, or not ours, or left behind by a move that did not end), Denied (the role may not
/// do it), NotFound (ReadOnly and no tables).
Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   StoreMode mode = StoreMode::ReadWrite);

}  // namespace machikoe
