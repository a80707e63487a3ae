// Staff export: what waits in the outbox, as one file on a stick.
//
// docs/protocol.md says what is in the file.  An export takes nothing out of the outbox: the
// answers wait on until the server has them.  The file can be read by whoever holds the stick.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/visit/staff.h"
#include "sync/outbox/outbox.h"

namespace machikoe {

/// Sticks that are mounted under /media or /run/media, by the table of mounts (as
/// /proc/self/mounts), and `given` if it is a folder.
std::vector<std::string> sticks_in(const std::string& mounts, const std::filesystem::path& given);

/// The bundle of everything that waits, as one file's bytes; empty when nothing waits.
struct Bundle {
    std::string name;  // of the file
    std::string bytes;
    std::int64_t count = 0;
};
Result<Bundle> bundle_of(const Outbox& outbox);

/// Writes it: temporary file, fsync, rename.  Never throws; whatever went wrong is a result.
ExportNews write_bundle(const Bundle& bundle, const std::filesystem::path& folder);

}  // namespace machikoe
