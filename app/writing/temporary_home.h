// TemporaryHome: a home folder in memory for programs that may write down what they are given.
//
// A new folder with a random name on a tmpfs, for this user only; where there is no tmpfs there is
// no home, for a disk would keep what is deleted.  When it goes, every process that was started
// with it as HOME is ended (SIGKILL, so that nothing is saved on the way out), its files are
// overwritten and removed.  What a program that was killed left behind is cleared away by the next
// home beside it.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

/// $XDG_RUNTIME_DIR when it is set, /dev/shm.
std::vector<std::filesystem::path> folders_in_memory();

class TemporaryHome {
  public:
    /// In the first of these folders that is a tmpfs and may be written to.
    /// Unavailable: none is.
    static Result<std::unique_ptr<TemporaryHome>> make(
        const std::vector<std::filesystem::path>& folders = folders_in_memory());
    ~TemporaryHome();
    TemporaryHome(const TemporaryHome&) = delete;
    TemporaryHome& operator=(const TemporaryHome&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    TemporaryHome(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    std::filesystem::path path_;
    int lock_;  // held as long as the program lives: others see that the home is in use
};

/// Ids of this user's processes that have this folder as HOME.
std::vector<int> processes_at_home(const std::filesystem::path& home);

}  // namespace machikoe
