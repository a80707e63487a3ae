// Zip: several files as one that every machine opens, compressed by zlib.
//
// The plain format (PKWARE APPNOTE 6.3, method 8), without the extension for more than 4 GiB.
// Members carry no time: the same files give the same bytes.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

/// Members are called as the files are, without their folder.  `each_block` is called every 64 KiB;
/// an error from it ends the work and is handed on.  Invalid: more than 4 GiB.  Unavailable: a file
/// cannot be read or written.  Whatever fails, no file is left.
Status write_zip(const std::filesystem::path& zip, const std::vector<std::filesystem::path>& files,
                 const std::function<Status()>& each_block);

}  // namespace machikoe
