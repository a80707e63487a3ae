// Staff export: what waits in the outbox, as one file on a stick.
//
// docs/protocol.md says what is in the file.  An export takes nothing out of the outbox: the
// answers wait on until the server has them.  They are sealed: whoever finds the stick reads none.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/visit/staff.h"
#include "sync/client/bundling.h"

namespace machikoe {

/// Sticks that are mounted under /media or /run/media, by the table of mounts (as
/// /proc/self/mounts), and `given` if it is a folder.
std::vector<std::string> sticks_in(const std::string& mounts, const std::filesystem::path& given);

/// Writes a bundle: temporary file, fsync, rename.  Never throws; whatever went wrong is a result.
ExportNews write_bundle(const BundleFile& bundle, const std::filesystem::path& folder);

}  // namespace machikoe
