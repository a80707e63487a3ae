// Disk: the files of many machines, in memory, with the memory of a real disk.
//
// A write is seen at once by the program that wrote it and is on the disk only after sync().
// When the power of a machine goes, of the changes since then anything may be on the disk: all,
// none, the first few, any of them in any order, and of each any of its 512-byte sectors.  The
// same holds for a file's creation and its removal.  A sync that fails leaves what it should
// have written in the page cache and never tries again, as Linux does.
//
// A machine is a folder right below the root.  After a cut it is down: its open files answer
// nothing, for ever, and new ones open only after boot().  Knows nothing of SQLite.
// Belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/simulation/dice.h"

namespace machikoe::simulation {

enum class Trouble {
    None,
    Full,      // no file grows
    ReadOnly,  // nothing changes
    Failing,   // one change in three is refused
};

enum class Done { Yes, Full, Refused, NoPower };

/// What the disks did to the programs.
struct DiskCounts {
    std::int64_t power_cuts = 0;
    std::int64_t changes_lost = 0;  // by power cuts
    std::int64_t changes_torn = 0;
    std::int64_t refused_full = 0;
    std::int64_t refused = 0;  // read-only and failing disks
};

/// Locks and shared memory of those who have one file open at a time, as SQLite needs them.
struct FileSharing {
    int readers = 0;
    const void* reserved = nullptr;
    const void* pending = nullptr;
    const void* exclusive = nullptr;
    static constexpr std::size_t kSlots = 8;
    std::array<int, kSlots> slot_readers{};
    std::array<const void*, kSlots> slot_owner{};
    int mappers = 0;  // the memory goes with the last of them
    std::vector<std::unique_ptr<std::vector<unsigned char>>> regions;
};

class Disk;

class DiskFile {
  public:
    std::size_t size() const { return now_.size(); }
    /// Bytes from `at` on; fewer at the end of the file.  nullopt: the machine has no power.
    std::optional<std::string_view> read(std::size_t at, std::size_t size) const;
    Done write(std::size_t at, std::string_view bytes);
    Done truncate(std::size_t size);
    Done sync();
    /// Its machine lost power since it was opened.
    bool dead() const { return dead_; }

    FileSharing sharing;

  private:
    friend class Disk;
    struct Change {
        std::size_t at = 0;
        std::string bytes;
        bool truncates = false;  // to `at`
    };
    static void apply(std::string& content, const Change& change);

    Disk* disk_ = nullptr;
    std::string machine_;
    std::string path_;  // "": nameless
    std::string now_;
    std::string durable_;
    std::vector<Change> unsynced_;
    bool dead_ = false;
};

class Disk {
  public:
    Disk(std::string root, std::uint64_t seed) : root_(std::move(root)), dice_(seed) {}

    const std::string& root() const { return root_; }
    bool is_here(std::string_view path) const;

    std::shared_ptr<DiskFile> open(const std::string& path);    // nullptr: no such file, no power
    std::shared_ptr<DiskFile> create(const std::string& path);  // opens one that is there
    std::shared_ptr<DiskFile> nameless();
    bool exists(const std::string& path) const;
    /// `durably`: the folder is synced, too.
    Done remove(const std::string& path, bool durably);

    void cut_power(const std::string& machine);
    /// In the middle of its `changes`-th change from now on (1: the next).
    void cut_power_at(const std::string& machine, std::int64_t changes);
    void boot(const std::string& machine);
    bool has_power(const std::string& machine) const;
    void set_trouble(const std::string& machine, Trouble trouble);
    Trouble trouble(const std::string& machine) const;

    /// Whole files, as a factory writes and reads them: on the disk, or nothing.
    void put(const std::string& path, std::string bytes);
    std::optional<std::string> on_disk(const std::string& path) const;

    const DiskCounts& counts() const { return counts_; }
    std::uint64_t chance() { return dice_.next(); }

  private:
    friend class DiskFile;
    struct Machine {
        bool power = true;
        Trouble trouble = Trouble::None;
        std::int64_t changes_left = 0;  // until the power goes; 0: it stays
    };
    using Folder = std::map<std::string, std::shared_ptr<DiskFile>>;

    std::string machine_of(std::string_view path) const;
    Machine& machine(const std::string& name) { return machines_[name]; }
    /// True: the power goes during this change.
    bool is_last_change(const std::string& name);
    Done refusal(const std::string& name);
    std::shared_ptr<DiskFile> survivor(const DiskFile& file);
    void lose(std::string& content, const std::vector<DiskFile::Change>& changes);
    void tear(std::string& content, const DiskFile::Change& change);

    std::string root_;
    Dice dice_;
    std::map<std::string, Machine> machines_;
    Folder now_;                                     // what programs see
    Folder durable_;                                 // what a cut leaves
    std::vector<std::weak_ptr<DiskFile>> unlinked_;  // still open, in no folder
    DiskCounts counts_;
};

}  // namespace machikoe::simulation
