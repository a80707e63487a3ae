#include <fmt/format.h>

#include <limits>

#include "app/base/crypto.h"
#include "sync/store/sqlite_store.h"

namespace machikoe {
namespace {

const std::string kSelectAudit =
    "SELECT number, when_ms, who, what, detail, previous_hash, hash FROM audit";

std::vector<AuditEntry> entries_of(SQLite::Statement& statement) {
    std::vector<AuditEntry> entries;
    while (statement.executeStep())
        entries.push_back({statement.getColumn(0).getInt64(),
                           Milliseconds{statement.getColumn(1).getInt64()},
                           statement.getColumn(2).getString(), statement.getColumn(3).getString(),
                           statement.getColumn(4).getString(), statement.getColumn(5).getString(),
                           statement.getColumn(6).getString()});
    return entries;
}

}  // namespace

std::string audit_text(const AuditEntry& entry) {
    // Lengths before texts: no two entries are the same bytes.
    return fmt::format("{} {} {}:{} {}:{} {}:{}", entry.number, entry.when.count(),
                       entry.who.size(), entry.who, entry.what.size(), entry.what,
                       entry.detail.size(), entry.detail);
}

std::optional<std::int64_t> broken_link(const std::vector<AuditEntry>& entries) {
    std::string previous = first_previous_hash();
    std::int64_t number = 0;
    for (const AuditEntry& entry : entries) {
        if (entry.number != ++number || entry.previous_hash != previous ||
            entry.hash != chain_hash(previous, audit_text(entry)))
            return entry.number;
        previous = entry.hash;
    }
    return std::nullopt;
}

std::optional<std::int64_t> broken_link_among(const std::vector<AuditEntry>& newest_first) {
    for (std::size_t i = 0; i < newest_first.size(); ++i) {
        const AuditEntry& entry = newest_first[i];
        const bool follows =
            i + 1 == newest_first.size() || (newest_first[i + 1].number == entry.number - 1 &&
                                             newest_first[i + 1].hash == entry.previous_hash);
        if (!follows || entry.hash != chain_hash(entry.previous_hash, audit_text(entry)))
            return entry.number;
    }
    return std::nullopt;
}

Status SqliteStore::note(const AuditEntry& entry) {
    return guarded([&] {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        AuditEntry next = entry;
        next.number = 1;
        next.previous_hash = first_previous_hash();
        SQLite::Statement last(database_,
                               "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
        if (last.executeStep()) {
            next.number = last.getColumn(0).getInt64() + 1;
            next.previous_hash = last.getColumn(1).getString();
        }
        next.hash = chain_hash(next.previous_hash, audit_text(next));
        SQLite::Statement add(
            database_,
            "INSERT INTO audit (number, when_ms, who, what, detail, previous_hash,"
            " hash) VALUES (?, ?, ?, ?, ?, ?, ?)");
        Use(add)
            .with(next.number, next.when, next.who, next.what, next.detail, next.previous_hash,
                  next.hash)
            ->exec();
        transaction.commit();
    });
}

Result<std::vector<AuditEntry>> SqliteStore::audit() {
    return guarded([&] {
        SQLite::Statement all(database_, kSelectAudit + " ORDER BY number");
        return entries_of(all);
    });
}

Result<std::vector<AuditEntry>> SqliteStore::audit_before(std::int64_t before, std::size_t limit) {
    return guarded([&] {
        SQLite::Statement some(database_,
                               kSelectAudit + " WHERE number < ? ORDER BY number DESC LIMIT ?");
        some.bind(1, before > 0 ? before : std::numeric_limits<std::int64_t>::max());
        some.bind(2, static_cast<std::int64_t>(limit));
        return entries_of(some);
    });
}

Status SqliteStore::hold_moment() {
    return guarded([&] {
        // Deferred: the first reading is the moment.
        database_.exec("BEGIN");
        SQLite::Statement(database_, "SELECT count(*) FROM audit").executeStep();
        holds_moment_ = true;
    });
}

}  // namespace machikoe
