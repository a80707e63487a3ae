// SqliteCopy: server.db copied whole while others write to it, and such a copy looked through.
//
// A copy is of one moment: its reader holds that moment, which in WAL mode keeps no writer waiting;
// the log only grows meanwhile.  Copies are single files without a log beside them, readable by
// their owner only.
//
// Functions without state; a thread of any kind, with connections of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "app/base/result.h"
#include "sync/store/store.h"

namespace machikoe {

struct StoreFacts {
    int schema = 0;
    Counts counts;
};

/// Told of pages: how many are done, of how many.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Copies server.db of the folder into `file`, which is empty or not there.  Not synced.  NotFound:
/// no server.db.  Corrupt, Unavailable: as open_database().
Status copy_sqlite_store(const std::filesystem::path& folder, const std::filesystem::path& file,
                         const CopyProgress& progress);

/// What is in a copy, every page read and every index compared.  Corrupt: damaged, not a server's
/// database, or of a newer program; the message says which.  Changes nothing.
Result<StoreFacts> examine_sqlite_file(const std::filesystem::path& file);

}  // namespace machikoe
