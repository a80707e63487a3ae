#include <limits>

#include "sync/store/postgres_store.h"

namespace machikoe {
namespace {

std::vector<AuditEntry> entries_of(const PgRows& rows) {
    std::vector<AuditEntry> entries;
    for (int i = 0; i < rows.size(); ++i)
        entries.push_back({rows.number(i, 0), rows.time(i, 1), rows.text(i, 2), rows.text(i, 3),
                           rows.text(i, 4), rows.text(i, 5), rows.text(i, 6)});
    return entries;
}

}  // namespace

// Nothing but the chain keeps an entry from being changed or taken out here: who can do that can
// drop a trigger, too.
Status PostgresStore::note(const AuditEntry& entry) {
    return write([&] {
        AuditEntry next = entry;
        next.number = 1;
        next.previous_hash = first_previous_hash();
        // One entry after the other, of all servers: who comes second waits for this row, and
        // then reads the first one's entry.
        connection_.send("SELECT one FROM machikoe_schema FOR UPDATE", PgParams());
        connection_.send("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", PgParams());
        const PgRows last = std::move(connection_.collect().back());
        if (last.size() == 1) {
            next.number = last.number(0, 0) + 1;
            next.previous_hash = last.text(0, 1);
        }
        next.hash = chain_hash(next.previous_hash, audit_text(next));
        connection_.send(
            "INSERT INTO audit (number, when_ms, who, what, detail, previous_hash, hash)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7)",
            PgParams(next.number, next.when, next.who, next.what, next.detail, next.previous_hash,
                     next.hash));
    });
}

Result<std::vector<AuditEntry>> PostgresStore::audit() {
    return pg_guarded([&] {
        return entries_of(
            read("SELECT number, when_ms, who, what, detail, previous_hash, hash"
                 " FROM audit ORDER BY number"));
    });
}

Result<std::vector<AuditEntry>> PostgresStore::audit_before(std::int64_t before,
                                                            std::size_t limit) {
    return pg_guarded([&] {
        const std::int64_t below = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
        return entries_of(
            read("SELECT number, when_ms, who, what, detail, previous_hash, hash FROM audit"
                 " WHERE number < $1 ORDER BY number DESC LIMIT $2",
                 PgParams(below, static_cast<std::int64_t>(limit))));
    });
}

}  // namespace machikoe
