// Readable: what whoever has the files of a server.db can read in them.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/base/file.h"
#include "app/base/hex.h"
#include "sync/store/response_group.h"

namespace machikoe {

inline std::string raw_bytes(const std::filesystem::path& folder) {
    std::string bytes;
    for (const char* name : {"server.db", "server.db-wal"})
        bytes += load_file(folder / name).value_or(std::string());
    return bytes;
}

/// Compressed, as they are in their rows.
inline std::vector<std::string> packed_groups(const std::filesystem::path& folder) {
    SQLite::Database database((folder / "server.db").string());
    SQLite::Statement all(database, "SELECT records FROM response_group");
    std::vector<std::string> groups;
    while (all.executeStep()) groups.push_back(all.getColumn(0).getString());
    return groups;
}

/// Pieces of rows of groups that were there and are in no row any more, and how many of those
/// pieces are in the files all the same.
struct Gone {
    std::size_t pieces = 0, left_behind = 0;
};
inline Gone gone_since(const std::vector<std::string>& before,
                       const std::filesystem::path& folder) {
    constexpr std::size_t kPiece = 32, kStride = 16;
    std::string now;
    for (const std::string& group : packed_groups(folder)) now += group;
    const std::string raw = raw_bytes(folder);
    Gone gone;
    for (const std::string& group : before)
        for (std::size_t at = 0; at + kPiece <= group.size(); at += kStride) {
            const std::string piece = group.substr(at, kPiece);
            if (now.find(piece) != std::string::npos) continue;
            ++gone.pieces;
            gone.left_behind += raw.find(piece) != std::string::npos;
        }
    return gone;
}

/// The responses of all groups as text, in the order in which the groups lie in the files.
inline std::string readable_responses(const std::filesystem::path& folder) {
    constexpr std::size_t kBegins = 40;
    const std::string raw = raw_bytes(folder);
    std::vector<std::pair<std::size_t, std::string>> groups;
    for (const std::string& records : packed_groups(folder)) {
        std::string text;
        const Status read = for_each_record(records, [&](auto id, auto record) {
            text += std::string(id) + " " + std::string(record) + "\n";
            return true;
        });
        if (read) groups.emplace_back(raw.rfind(records.substr(0, kBegins)), std::move(text));
    }
    std::ranges::sort(groups);
    std::string all;
    for (const auto& [place, text] : groups) all += text;
    return all;
}

/// Every hash of the ledger, as 64 hex digits.
inline std::vector<std::string> ledger_hashes(const std::filesystem::path& folder) {
    constexpr std::size_t kHash = 32;
    SQLite::Database database((folder / "server.db").string());
    SQLite::Statement all(database, "SELECT hashes FROM ledger_run");
    std::vector<std::string> hashes;
    while (all.executeStep()) {
        const std::string bytes = all.getColumn(0).getString();
        for (std::size_t at = 0; at < bytes.size(); at += kHash)
            hashes.push_back(to_hex(bytes.substr(at, kHash)));
    }
    return hashes;
}

}  // namespace machikoe
