// Step 6 of the schema: as sqlite_packing.cpp.
#include "app/base/crypto.h"
#include "sync/store/ledger_run.h"
#include "sync/store/postgres_schema.h"
#include "sync/store/response_group.h"
#include "sync/store/waiting_row.h"

namespace machikoe {
namespace {

constexpr const char* kNextResponses =
    "SELECT id, day, record FROM response WHERE id > $1 ORDER BY id LIMIT $2";

void pack_responses(PgConnection& connection) {
    std::string after;
    for (;;) {
        const PgRows rows = connection.run(
            kNextResponses, PgParams(after, static_cast<std::int64_t>(kMostInGroup)));
        if (rows.size() == 0) return;
        std::vector<StoredResponse> stored;
        PgArray ids(PgArray::Of::Text);
        for (int i = 0; i < rows.size(); ++i) {
            stored.push_back({rows.text(i, 0), rows.text(i, 1), rows.text(i, 2)});
            ids.add(stored.back().id);
        }
        const GroupRow row = packed_again(random_hex(16), stored);
        connection.run(
            "INSERT INTO response_group (id, size, first_day, records) VALUES ($1, $2, $3, $4)",
            PgParams(row.id, row.size, row.first_day, PgBytes{row.records}));
        connection.run(
            "INSERT INTO review_by_group SELECT $1, response, question, state, original,"
            " decided_ms FROM review WHERE response = ANY ($2)",
            PgParams(row.id, ids));
        after = stored.back().id;
    }
}

void pack_waiting(PgConnection& connection) {
    const PgRows rows = connection.run("SELECT id, kiosk, site, event, payload FROM waiting");
    for (int i = 0; i < rows.size(); ++i)
        connection.run(
            "INSERT INTO waiting_together (id, kiosk, site, event, size, payloads)"
            " VALUES ($1, $2, $3, $4, 1, $5)",
            PgParams(rows.view(i, 0), rows.view(i, 1), rows.view(i, 2), rows.view(i, 3),
                     PgBytes{joined({rows.view(i, 4)})}));
}

void write_runs(PgConnection& connection, const std::string& kiosk, LedgerStretch& ledger) {
    for (const LedgerRun* run : ledger.changed())
        connection.run(
            "INSERT INTO ledger_run (kiosk, first, size, hashes, outcomes)"
            " VALUES ($1, $2, $3, $4, $5)",
            PgParams(kiosk, run->first, run->size(), PgBytes{run->hashes}, run->outcomes));
    ledger = LedgerStretch();
}

void pack_ledger(PgConnection& connection) {
    std::string kiosk;
    std::int64_t after = 0;
    LedgerStretch ledger;
    for (;;) {
        const PgRows rows = connection.run(
            "SELECT kiosk, sequence, hash, outcome FROM ledger WHERE (kiosk, sequence) > ($1, $2)"
            " ORDER BY kiosk, sequence LIMIT $3",
            PgParams(kiosk, after, static_cast<std::int64_t>(1000 * kMostInRun)));
        write_runs(connection, kiosk, ledger);
        if (rows.size() == 0) return;
        for (int i = 0; i < rows.size(); ++i) {
            if (rows.view(i, 0) != kiosk) write_runs(connection, kiosk, ledger);
            kiosk = rows.text(i, 0);
            after = rows.number(i, 1);
            const Outcome outcome = rows.view(i, 3) == name_of(Outcome::Stored)
                                        ? Outcome::Stored
                                        : Outcome::Quarantined;
            if (const Status added = ledger.add(after, rows.view(i, 2), outcome); !added)
                throw PgFailure(added.error(), "", false);
        }
    }
}

}  // namespace

void pack_old_rows(PgConnection& connection) {
    pack_responses(connection);
    pack_waiting(connection);
    pack_ledger(connection);
    connection.run_script(
        "DROP TABLE response; DROP TABLE waiting; DROP TABLE ledger; DROP TABLE review;"
        " ALTER TABLE waiting_together RENAME TO waiting;"
        " ALTER TABLE review_by_group RENAME TO review;");
}

}  // namespace machikoe
