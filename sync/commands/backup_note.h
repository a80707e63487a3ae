// BackupNote: what lies beside a backup and says what it is: FILE.json.
//
// Written last: a backup without it was cut off, and none is restored that differs from it.
#pragma once

#include <filesystem>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/store/sqlite_copy.h"

namespace machikoe {

struct BackupNote {
    std::string version;  // of the program that made it
    Milliseconds taken{0};
    StoreFacts facts;
    std::int64_t bytes = 0;
    std::string sha256;
};

std::filesystem::path note_of_backup(const std::filesystem::path& file);
std::string encode(const BackupNote& note);
/// NotFound: no note, so no whole backup.  Invalid: not one.
Result<BackupNote> load_backup_note(const std::filesystem::path& file);

/// One line for people.
std::string text_of(const Counts& counts);

}  // namespace machikoe
