// Salvage: a damaged kiosk.db is put aside, and the kiosk goes on with a new one.
//
// Nothing is thrown away: the file and those beside it are moved into damaged-N/ in the kiosk's
// folder, and what can still be read of them is written there as a signed bundle, which an
// operator imports (`machikoe bundle import`) and which an export to a stick takes along.  The new
// kiosk.db is another chain: the kiosk must be enrolled again.
//
// REQUIRES for all: the folder's lock.
#pragma once

#include <filesystem>
#include <vector>

#include "app/base/result.h"
#include "sync/client/bundling.h"

namespace machikoe {

struct Salvaged {
    std::filesystem::path folder;  // damaged-N
    std::size_t envelopes = 0;     // in its bundle
};

/// Corrupt: it is not damaged but of a newer program, and stays.  Unavailable: it cannot be
/// moved, or the bundle not written; then the next start tries again.
Result<Salvaged> salvage(const std::filesystem::path& folder);

/// keys.db is moved into a damaged-N/ of its own; where to.  Errors as salvage().
Result<std::filesystem::path> put_keys_aside(const std::filesystem::path& folder);

/// The bundles of all salvages, for the stick.
std::vector<BundleFile> salvaged_bundles(const std::filesystem::path& folder);

}  // namespace machikoe
