#include "sync/outbox/wreck.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstring>
#include <fstream>
#include <map>

#include "app/base/crypto.h"
#include "app/base/database.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMissesToGiveUp = 2'000;  // numbers in a row that cannot be read

using Found = std::map<std::int64_t, WaitingEnvelope>;

void take(SQLite::Statement& it, Found& found) {
    WaitingEnvelope envelope{it.getColumn(0).getInt64(), it.getColumn(1).getString(),
                             it.getColumn(2).getString(), bytes_of(it.getColumn(3))};
    if (chain_hash(envelope.previous, envelope.payload) == envelope.hash)
        found.insert_or_assign(envelope.sequence, std::move(envelope));
}

/// From one end as far as the pages hold.
void scan(SQLite::Database& database, const std::string& order, Found& found) {
    try {
        SQLite::Statement all(database,
                              "SELECT sequence, previous, hash, payload FROM envelope NOT INDEXED"
                              " WHERE outcome IS NULL ORDER BY sequence " +
                                  order);
        while (all.executeStep()) take(all, found);
    } catch (const SQLite::Exception&) {
        // The page after the last one found cannot be read.
    }
}

/// One number at a time, between what was found from both ends.
void probe(SQLite::Database& database, Found& found) {
    std::int64_t misses = 0;
    for (std::int64_t number = 1; misses < kMissesToGiveUp; ++number) {
        if (found.contains(number)) {
            misses = 0;
            continue;
        }
        ++misses;
        try {
            SQLite::Statement one(database,
                                  "SELECT sequence, previous, hash, payload FROM envelope"
                                  " WHERE sequence = ? AND outcome IS NULL");
            one.bind(1, number);
            if (one.executeStep()) take(one, found);
        } catch (const SQLite::Exception&) {
        }
        if (found.contains(number)) misses = 0;
    }
}

/// A file that was cut off is made as long as its head says that it was: SQLite reads none that is
/// shorter, and a page of zeros is only one more that is gone.
void lengthen(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    unsigned char head[32] = {};
    stream.read(reinterpret_cast<char*>(head), sizeof head);
    if (!stream || std::memcmp(head, "SQLite format 3", 16) != 0) return;
    const std::uintmax_t page = head[16] == 0 && head[17] == 1
                                    ? 65'536
                                    : static_cast<std::uintmax_t>(head[16]) << 8 | head[17];
    std::uintmax_t pages = 0;
    for (int i = 28; i < 32; ++i) pages = pages << 8 | head[i];
    constexpr std::uintmax_t kMostPages = 1u << 20;  // a damaged head may say anything
    std::error_code ec;
    const std::uintmax_t size = fs::file_size(file, ec);
    if (!ec && pages <= kMostPages && size < pages * page) fs::resize_file(file, pages * page, ec);
}

/// Copies to read from: reading recovers the log, which writes.
fs::path copy_of(const fs::path& database) {
    const fs::path copy = database.parent_path() / ("reading-" + random_hex(4));
    std::error_code ec;
    fs::create_directory(copy, ec);
    for (const char* suffix : {"", "-wal"})
        fs::copy_file(database.string() + suffix, copy / (std::string("copy.db") + suffix), ec);
    lengthen(copy / "copy.db");
    return copy;
}

class Copy {
  public:
    explicit Copy(const fs::path& database) : path_(copy_of(database)) {}
    ~Copy() {
        std::error_code ec;
        fs::remove_all(path_, ec);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    std::string file() const { return (path_ / "copy.db").string(); }

  private:
    fs::path path_;
};

}  // namespace

Wreck read_wreck(const fs::path& folder) {
    Wreck wreck;
    const Copy copy(folder / "kiosk.db");
    Found found;
    try {
        SQLite::Database database(copy.file(), SQLite::OPEN_READWRITE);
        try {
            wreck.kiosk = database.execAndGet("SELECT id FROM kiosk").getString();
        } catch (const SQLite::Exception&) {
        }
        scan(database, "ASC", found);
        scan(database, "DESC", found);
        probe(database, found);
    } catch (const SQLite::Exception&) {
        // No database at all any more.
    }
    for (auto& [sequence, envelope] : found) wreck.envelopes.push_back(std::move(envelope));
    return wreck;
}

bool is_of_newer_program(const fs::path& database, int newest_schema) {
    const Copy copy(database);
    try {
        SQLite::Database opened(copy.file(), SQLite::OPEN_READWRITE);
        return opened.execAndGet("PRAGMA user_version").getInt() > newest_schema &&
               opened.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
    } catch (const SQLite::Exception&) {
        return false;
    }
}

}  // namespace machikoe
