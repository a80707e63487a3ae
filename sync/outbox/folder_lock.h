// FolderLock: this program, and no other, works on this folder.
//
// Held per process and given back when the process ends, however it ends.  The threads
// of one program share it: each opens its own Outbox under the one lock of main().
#pragma once

#include <filesystem>

#include "app/base/result.h"

namespace machikoe {

class FolderLock {
  public:
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;
    ~FolderLock();

  private:
    friend Result<FolderLock> lock_folder(const std::filesystem::path& folder);
    explicit FolderLock(int file) : file_(file) {}
    int file_ = -1;
};

/// Unavailable: held by another program, or the folder is missing or not writable.
Result<FolderLock> lock_folder(const std::filesystem::path& folder);

}  // namespace machikoe
