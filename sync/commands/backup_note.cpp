#include "sync/commands/backup_note.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/base/file.h"

namespace machikoe {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "machikoe-backup 1";
constexpr std::uintmax_t kMaxNote = 16u << 10;
constexpr std::pair<const char*, std::int64_t Counts::*> kCounts[] = {
    {"responses", &Counts::responses},     {"waiting", &Counts::waiting},
    {"openings", &Counts::openings},       {"ledger", &Counts::ledger},
    {"quarantined", &Counts::quarantined}, {"conflicts", &Counts::conflicts}};

}  // namespace

std::filesystem::path note_of_backup(const std::filesystem::path& file) {
    return file.string() + ".json";
}

std::string encode(const BackupNote& note) {
    json counts = json::object();
    for (const auto& [name, member] : kCounts) counts[name] = note.facts.counts.*member;
    return json{{"format", kFormat},
                {"version", note.version},
                {"taken_ms", note.taken.count()},
                {"schema", note.facts.schema},
                {"counts", counts},
                {"bytes", note.bytes},
                {"sha256", note.sha256}}
               .dump(2) +
           "\n";
}

Result<BackupNote> load_backup_note(const std::filesystem::path& file) {
    const std::filesystem::path path = note_of_backup(file);
    const auto text = load_file(path, kMaxNote);
    if (!text && text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound,
                    path.string() + " is missing: the backup was cut off, or its note was lost");
    if (!text) return tl::unexpected<Error>(text.error());
    try {
        const json all = json::parse(*text);
        if (all.at("format") != kFormat)
            return fail(ErrorCode::Invalid, path.string() + ": not the note of a backup");
        BackupNote note;
        note.version = all.at("version").get<std::string>();
        note.taken = Milliseconds{all.at("taken_ms").get<std::int64_t>()};
        note.facts.schema = all.at("schema").get<int>();
        for (const auto& [name, member] : kCounts)
            note.facts.counts.*member = all.at("counts").at(name).get<std::int64_t>();
        note.bytes = all.at("bytes").get<std::int64_t>();
        note.sha256 = all.at("sha256").get<std::string>();
        return note;
    } catch (const json::exception&) {
        return fail(ErrorCode::Invalid, path.string() + ": not the note of a backup");
    }
}

std::string text_of(const Counts& counts) {
    return fmt::format(
        "{} responses, {} waiting, {} openings, {} in the ledger, {} in quarantine, {} conflicts",
        counts.responses, counts.waiting, counts.openings, counts.ledger, counts.quarantined,
        counts.conflicts);
}

}  // namespace machikoe
