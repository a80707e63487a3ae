// SqliteDisk: SQLite's files on a simulated Disk.
//
// While it lives, every database that this process opens lies on the disk: it is SQLite's
// default file system, with locks and the shared memory that WAL needs.  A path that is not
// below the disk's root cannot be opened.  SQLite's own random numbers begin anew, seeded by
// the disk.
//
// One at a time; no database may be open when it begins and when it ends.
#pragma once

#include <memory>

#include "sync/simulation/disk.h"

namespace machikoe::simulation {

class SqliteDisk {
  public:
    explicit SqliteDisk(Disk& disk);
    ~SqliteDisk();
    SqliteDisk(const SqliteDisk&) = delete;
    SqliteDisk& operator=(const SqliteDisk&) = delete;

  private:
    struct FileSystem;
    std::unique_ptr<FileSystem> system_;
};

}  // namespace machikoe::simulation
