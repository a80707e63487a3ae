// Zip: several files as one that every machine opens.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

/// Members are called as the files are, without their folder, and carry no time.  `keep_going` is
/// called every so often; an error from it ends the work and is handed on.  Unavailable: a file
/// cannot be read or written.  Whatever fails, no file is left.
Status write_zip(const std::filesystem::path& zip, const std::vector<std::filesystem::path>& files,
                 const std::function<Status()>& keep_going);

}  // namespace machikoe
