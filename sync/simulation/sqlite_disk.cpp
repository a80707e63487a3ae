#include "sync/simulation/sqlite_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace machikoe::simulation {
namespace {

// What SQLite assumes of the disks of a kiosk: a torn write leaves the bytes around it alone.
constexpr int kCharacteristics = SQLITE_IOCAP_POWERSAFE_OVERWRITE;
constexpr int kSectorBytes = 4096;

struct OpenFile {
    Disk* disk;
    std::shared_ptr<DiskFile> file;
    int lock = SQLITE_LOCK_NONE;
    unsigned shared_slots = 0;
    unsigned owned_slots = 0;
    bool maps_memory = false;
    std::string remove_at_end;
};

struct Handle {
    sqlite3_file base;
    OpenFile* open;
};

OpenFile& of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file)->open;
}

int code_of(Done done, int failure) {
    switch (done) {
        case Done::Yes:
            return SQLITE_OK;
        case Done::Full:
            return SQLITE_FULL;
        case Done::Refused:
        case Done::NoPower:
            break;
    }
    return failure;
}

// ---- one open file --------------------------------------------------------------------

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    const auto bytes =
        of(file).file->read(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
    if (!bytes) return SQLITE_IOERR_READ;
    if (!bytes->empty()) std::memcpy(into, bytes->data(), bytes->size());
    if (bytes->size() == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + bytes->size(), 0,
                static_cast<std::size_t>(size) - bytes->size());
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
    return code_of(of(file).file->write(static_cast<std::size_t>(at), bytes), SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return code_of(of(file).file->truncate(static_cast<std::size_t>(size)), SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
    return code_of(of(file).file->sync(), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    if (of(file).file->dead()) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(of(file).file->size());
    return SQLITE_OK;
}

int unlock(sqlite3_file* file, int level) {
    OpenFile& open = of(file);
    FileSharing& sharing = open.file->sharing;
    if (open.lock <= level) return SQLITE_OK;
    for (const void** held : {&sharing.reserved, &sharing.pending, &sharing.exclusive})
        if (*held == &open) *held = nullptr;
    if (level == SQLITE_LOCK_NONE) --sharing.readers;
    open.lock = level;
    return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
    OpenFile& open = of(file);
    FileSharing& sharing = open.file->sharing;
    if (open.file->dead()) return SQLITE_IOERR_LOCK;
    if (open.lock >= level) return SQLITE_OK;
    const auto others = [&](const void* held) { return held && held != &open; };
    if (open.lock == SQLITE_LOCK_NONE) {
        if (others(sharing.pending) || others(sharing.exclusive)) return SQLITE_BUSY;
        ++sharing.readers;
        open.lock = SQLITE_LOCK_SHARED;
    }
    if (level >= SQLITE_LOCK_RESERVED) {
        if (others(sharing.reserved) || others(sharing.pending)) return SQLITE_BUSY;
        sharing.reserved = &open;
        open.lock = std::max(open.lock, SQLITE_LOCK_RESERVED);
    }
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        sharing.pending = &open;
        open.lock = SQLITE_LOCK_PENDING;
        if (sharing.readers > 1) return SQLITE_BUSY;
        sharing.exclusive = &open;
        open.lock = SQLITE_LOCK_EXCLUSIVE;
    }
    return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* file, int* held) {
    *held = of(file).file->sharing.reserved != nullptr;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return kSectorBytes;
}
int device_characteristics(sqlite3_file*) {
    return kCharacteristics;
}

// ---- the shared memory of a WAL -------------------------------------------------------

int map_region(sqlite3_file* file, int index, int size, int extend, void volatile** memory) {
    OpenFile& open = of(file);
    *memory = nullptr;
    if (open.file->dead()) return SQLITE_IOERR_SHMMAP;
    if (!std::exchange(open.maps_memory, true)) ++open.file->sharing.mappers;
    auto& regions = open.file->sharing.regions;
    const auto wanted = static_cast<std::size_t>(index);
    if (wanted >= regions.size() && !extend) return SQLITE_OK;
    while (regions.size() <= wanted)
        regions.push_back(
            std::make_unique<std::vector<unsigned char>>(static_cast<std::size_t>(size)));
    *memory = regions[wanted]->data();
    return SQLITE_OK;
}

int lock_slots(sqlite3_file* file, int first, int count, int flags) {
    OpenFile& open = of(file);
    FileSharing& sharing = open.file->sharing;
    const bool takes = (flags & SQLITE_SHM_LOCK) != 0;
    const bool alone = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if (takes && open.file->dead()) return SQLITE_IOERR_SHMLOCK;
    const auto each = [&](auto&& work) {
        for (int slot = first; slot < first + count; ++slot)
            if (!work(static_cast<std::size_t>(slot), 1u << slot)) return false;
        return true;
    };
    const bool free = !takes || each([&](std::size_t slot, unsigned bit) {
        if (sharing.slot_owner[slot] && sharing.slot_owner[slot] != &open) return false;
        return !alone || sharing.slot_readers[slot] == ((open.shared_slots & bit) ? 1 : 0);
    });
    if (!free) return SQLITE_BUSY;
    each([&](std::size_t slot, unsigned bit) {
        unsigned& held = alone ? open.owned_slots : open.shared_slots;
        if (takes == ((held & bit) != 0)) return true;
        held ^= bit;
        if (alone)
            sharing.slot_owner[slot] = takes ? &open : nullptr;
        else
            sharing.slot_readers[slot] += takes ? 1 : -1;
        return true;
    });
    return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap(sqlite3_file* file, int remove) {
    OpenFile& open = of(file);
    for (int kind : {SQLITE_SHM_EXCLUSIVE, SQLITE_SHM_SHARED})
        lock_slots(file, 0, static_cast<int>(FileSharing::kSlots), SQLITE_SHM_UNLOCK | kind);
    FileSharing& sharing = open.file->sharing;
    if (std::exchange(open.maps_memory, false)) --sharing.mappers;
    if (remove || sharing.mappers == 0) sharing.regions.clear();
    return SQLITE_OK;
}

int close(sqlite3_file* file) {
    OpenFile& open = of(file);
    if (open.maps_memory) unmap(file, 0);
    unlock(file, SQLITE_LOCK_NONE);
    if (!open.remove_at_end.empty()) (void)open.disk->remove(open.remove_at_end, false);
    delete &open;
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    2,
    close,
    read,
    write,
    truncate,
    sync,
    file_size,
    lock,
    unlock,
    check_reserved_lock,
    file_control,
    sector_size,
    device_characteristics,
    map_region,
    lock_slots,
    barrier,
    unmap,
    nullptr,
    nullptr,
};

// ---- the file system ------------------------------------------------------------------

Disk& disk_of(sqlite3_vfs* system) {
    return *static_cast<Disk*>(system->pAppData);
}

int open_file(sqlite3_vfs* system, const char* path, sqlite3_file* file, int flags, int* given) {
    Disk& disk = disk_of(system);
    file->pMethods = nullptr;
    std::shared_ptr<DiskFile> found;
    if (!path) {
        found = disk.nameless();
    } else if (disk.is_here(path)) {
        found = (flags & SQLITE_OPEN_CREATE) ? disk.create(path) : disk.open(path);
    }
    if (!found) return SQLITE_CANTOPEN;
    auto* open = new OpenFile{&disk, std::move(found)};
    if (path && (flags & SQLITE_OPEN_DELETEONCLOSE)) open->remove_at_end = path;
    reinterpret_cast<Handle*>(file)->open = open;
    file->pMethods = &kMethods;
    if (given) *given = flags;
    return SQLITE_OK;
}

int remove_file(sqlite3_vfs* system, const char* path, int durably) {
    Disk& disk = disk_of(system);
    if (!disk.exists(path) && !disk.open(path)) return SQLITE_IOERR_DELETE_NOENT;
    return code_of(disk.remove(path, durably != 0), SQLITE_IOERR_DELETE);
}

int access(sqlite3_vfs* system, const char* path, int, int* answer) {
    *answer = disk_of(system).exists(path);
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* into) {
    if (std::strlen(path) >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::strcpy(into, path);
    return SQLITE_OK;
}

int random_bytes(sqlite3_vfs* system, int size, char* into) {
    for (int i = 0; i < size; ++i) into[i] = static_cast<char>(disk_of(system).chance());
    return size;
}

/// Who waits for a lock here waits for another call of the same thread: for nothing.
int sleep(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

int current_time(sqlite3_vfs*, double* julian_day) {
    *julian_day = 2'459'731.5;  // 1 June 2022; no statement of this house asks for it
    return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

struct SqliteDisk::FileSystem {
    sqlite3_vfs vfs{};
    sqlite3_vfs* before = nullptr;
};

SqliteDisk::SqliteDisk(Disk& disk) : system_(std::make_unique<FileSystem>()) {
    sqlite3_initialize();
    system_->before = sqlite3_vfs_find(nullptr);
    sqlite3_vfs& vfs = system_->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 1024;
    vfs.zName = "simulated";
    vfs.pAppData = &disk;
    vfs.xOpen = open_file;
    vfs.xDelete = remove_file;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = random_bytes;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    const int registered = sqlite3_vfs_register(&vfs, 1);
    assert(registered == SQLITE_OK);
    (void)registered;
    sqlite3_randomness(0, nullptr);
}

SqliteDisk::~SqliteDisk() {
    sqlite3_vfs_unregister(&system_->vfs);
    if (system_->before) sqlite3_vfs_register(system_->before, 1);
    sqlite3_randomness(0, nullptr);
}

}  // namespace machikoe::simulation
