// Openings, the quarantine, and what people ask the ledger.
#include "sync/store/postgres_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {

// ---- openings and the quarantine --------------------------------------------------------

Result<std::string> PostgresStore::opening(const std::string& epoch) {
    return pg_guarded([&]() -> Result<std::string> {
        const PgRows row = read("SELECT opening FROM epoch WHERE id = $1", PgParams(epoch));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such epoch");
        return row.text(0, 0);
    });
}

Result<std::vector<HeldEnvelope>> PostgresStore::quarantined(std::optional<Cause> cause,
                                                             const LedgerPlace& after,
                                                             std::size_t limit) {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT kiosk, sequence, payload, cause, reason FROM quarantine"
            " WHERE (kiosk, sequence) > ($1, $2) AND ($3 = '' OR cause = $3)"
            " ORDER BY kiosk, sequence LIMIT $4",
            PgParams(after.kiosk, after.sequence, cause ? name_of(*cause) : std::string_view(),
                     static_cast<std::int64_t>(limit)));
        std::vector<HeldEnvelope> held;
        for (int i = 0; i < rows.size(); ++i)
            held.push_back({rows.text(i, 0),
                            rows.number(i, 1),
                            rows.text(i, 2),
                            {cause_of(rows.view(i, 3)), rows.text(i, 4)}});
        return held;
    });
}

Status PostgresStore::readmit(const std::string& kiosk, std::int64_t sequence,
                              const Judgement& judgement) {
    return write([&]() -> Status {
        const PgRows taken = connection_.run(
            "DELETE FROM quarantine WHERE kiosk = $1 AND sequence = $2 RETURNING payload",
            PgParams(kiosk, sequence));
        if (taken.size() == 0) return fail(ErrorCode::Conflict, "it is in quarantine no longer");
        keep({kiosk, sequence}, taken.text(0, 0), judgement);
        return {};
    });
}

void PostgresStore::keep(const LedgerPlace& place, const std::string& payload,
                         const Judgement& judgement) {
    if (const auto* response = std::get_if<CarriesResponse>(&judgement)) {
        send_waiting({{place.kiosk, {{{response->site, response->event}, {payload}}}}});
    } else if (const auto* opening = std::get_if<CarriesOpening>(&judgement)) {
        if (!keep_opening(place, payload, opening->epoch)) hold(place, payload, kEpochIsHere);
    } else {
        hold(place, payload, std::get<Quarantined>(judgement));
    }
}

bool PostgresStore::keep_opening(const LedgerPlace& place, const std::string& payload,
                                 const std::string& epoch) {
    return connection_
               .run(
                   "INSERT INTO epoch (id, kiosk, sequence, opening) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT DO NOTHING",
                   PgParams(epoch, place.kiosk, place.sequence, PgBytes{payload}))
               .affected() == 1;
}

void PostgresStore::hold(const LedgerPlace& place, const std::string& payload,
                         const Quarantined& why) {
    connection_.run(
        "INSERT INTO quarantine (kiosk, sequence, payload, cause, reason)"
        " VALUES ($1, $2, $3, $4, $5)",
        PgParams(place.kiosk, place.sequence, PgBytes{payload}, name_of(why.cause), why.reason));
}

// ---- the ledger, for people -------------------------------------------------------------

Result<std::vector<Gap>> PostgresStore::gaps(const std::string& kiosk) {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT expected, first - 1 FROM (SELECT first,"
            " lag(first + size, 1, 1::bigint) OVER (ORDER BY first) AS expected FROM ledger_run"
            " WHERE kiosk = $1) AS numbered WHERE first > expected ORDER BY first",
            PgParams(kiosk));
        std::vector<Gap> gaps;
        for (int i = 0; i < rows.size(); ++i)
            gaps.push_back({rows.number(i, 0), rows.number(i, 1)});
        return gaps;
    });
}

Result<std::vector<ConflictRow>> PostgresStore::conflicts() {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT kiosk, sequence, (SELECT"
            " encode(substr(hashes, CAST(1 + 32 * (sequence - first) AS INTEGER), 32), 'hex')"
            " FROM ledger_run WHERE kiosk = conflict.kiosk AND first <= sequence"
            " ORDER BY first DESC LIMIT 1), hash, noted_ms FROM conflict"
            " ORDER BY kiosk, sequence, hash");
        std::vector<ConflictRow> found;
        for (int i = 0; i < rows.size(); ++i)
            found.push_back({rows.text(i, 0), rows.number(i, 1), rows.text(i, 2), rows.text(i, 3),
                             rows.time(i, 4)});
        return found;
    });
}

Result<Counts> PostgresStore::counts() {
    return pg_guarded([&] {
        const PgRows row = read(
            "SELECT (SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM response_group),"
            " (SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM waiting),"
            " (SELECT count(*) FROM epoch), (SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM "
            "ledger_run),"
            " (SELECT count(*) FROM quarantine), (SELECT count(*) FROM conflict)");
        return Counts{row.number(0, 0), row.number(0, 1), row.number(0, 2),
                      row.number(0, 3), row.number(0, 4), row.number(0, 5)};
    });
}

}  // namespace machikoe
