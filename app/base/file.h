// Files, read whole and replaced whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace machikoe {

/// The bytes of a file.  NotFound when it is not there; Invalid when it is larger
/// than `limit` bytes; Unavailable when it cannot be read.
Result<std::string> load_file(const std::filesystem::path& path,
                              std::uintmax_t limit = 64u << 20);

/// Replaces a file in one step: temporary neighbour, fsync, rename, fsync of the
/// folder.  A reader, or a pulled plug, sees the old bytes or the new ones.
Status replace_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace machikoe
