#include <fmt/format.h>

#include "app/base/crypto.h"
#include "sync/store/sqlite_store.h"

namespace machikoe {

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
        std::vector<AuditEntry> entries;
        SQLite::Statement all(database_,
                              "SELECT number, when_ms, who, what, detail, previous_hash, hash"
                              " FROM audit ORDER BY number");
        while (all.executeStep())
            entries.push_back({all.getColumn(0).getInt64(),
                               Milliseconds{all.getColumn(1).getInt64()},
                               all.getColumn(2).getString(), all.getColumn(3).getString(),
                               all.getColumn(4).getString(), all.getColumn(5).getString(),
                               all.getColumn(6).getString()});
        return entries;
    });
}

Status SqliteStore::hold_moment() {
    return guarded([&] {
        // Deferred: the first reading is the moment.
        database_.exec("BEGIN");
        SQLite::Statement(database_, "SELECT count(*) FROM audit").executeStep();
    });
}

}  // namespace machikoe
