// Groups that wait and come out, openings, the quarantine, and what people ask the ledger.
#include <algorithm>

#include "sync/store/postgres_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {

// ---- groups ---------------------------------------------------------------------------

Result<std::vector<WaitingGroup>> PostgresStore::waiting_groups() {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT site, event, count(*) FROM waiting GROUP BY site, event"
            " ORDER BY site, event");
        std::vector<WaitingGroup> groups;
        for (int i = 0; i < rows.size(); ++i)
            groups.push_back({rows.text(i, 0), rows.text(i, 1), rows.number(i, 2)});
        return groups;
    });
}

Result<std::vector<WaitingResponse>> PostgresStore::waiting(const std::string& site,
                                                            const std::string& event) {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT id, kiosk, payload FROM waiting WHERE site = $1 AND event = $2"
            " ORDER BY id",
            PgParams(site, event));
        std::vector<WaitingResponse> found;
        for (int i = 0; i < rows.size(); ++i)
            found.push_back({rows.text(i, 0), rows.text(i, 1), rows.text(i, 2)});
        return found;
    });
}

Result<ReleasePlace> PostgresStore::release(const std::vector<std::string>& waiting_ids,
                                            const std::vector<Response>& responses) {
    auto released = write([&]() -> Result<ReleasePlace> {
        PgArray forgotten(PgArray::Of::Text);
        for (const std::string& id : waiting_ids) forgotten.add(id);
        // Of two servers that let one group out, the second waits here for the first and then
        // finds fewer.
        if (connection_.run("DELETE FROM waiting WHERE id = ANY ($1)", PgParams(forgotten))
                .affected() != forgotten.size())
            return fail(ErrorCode::Conflict, "one of the group waits no longer");
        std::vector<std::pair<std::string, const Response*>> rows;
        for (const Response& response : responses) rows.emplace_back(random_hex(16), &response);
        // What was answered after what is not to be read from the pages that this writes.
        std::sort(rows.begin(), rows.end());
        insert(rows);
        std::string ids;
        for (const auto& [id, response] : rows) ids += id;
        const ReleasePlace place{writer_, releases_ + 1};
        connection_.send("INSERT INTO released (writer, number, ids) VALUES ($1, $2, $3)",
                         PgParams(place.writer, place.number, ids));
        return place;
    });
    if (released) releases_ = released->number;
    return released;
}

void PostgresStore::insert(const std::vector<std::pair<std::string, const Response*>>& rows) {
    using Of = PgArray::Of;
    PgArray ids(Of::Text), packs(Of::Text), days(Of::Text), hours(Of::Number), sites(Of::Text),
        events(Of::Text), universes(Of::Text), records(Of::Text);
    PgArray texts_of(Of::Text), questions(Of::Text);
    for (const auto& [id, response] : rows) {
        ids.add(id);
        packs.add(response->pack_hash);
        days.add(response->when.day);
        hours.add(static_cast<std::int64_t>(response->when.hour));
        sites.add(response->site);
        events.add(response->event);
        universes.add(name_of(response->universe));
        // Encoded anew, not copied from the envelope: whatever else a kiosk may have put
        // beside the answer stays out of this table.
        records.add(encode_record(*response));
        for (const auto& [question, answer] : response->answers)
            if (std::holds_alternative<std::string>(answer.value)) {
                texts_of.add(id);
                questions.add(question);
            }
    }
    connection_.send(
        "INSERT INTO response (id, pack_hash, day, hour, site, event, universe, record)"
        " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[],"
        " $6::text[], $7::text[], $8::text[])",
        PgParams(ids, packs, days, hours, sites, events, universes, records));
    if (questions.size() > 0)
        connection_.send(
            "INSERT INTO review (response, question) SELECT * FROM unnest($1::text[], $2::text[])",
            PgParams(texts_of, questions));
}

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
        connection_.run(
            "INSERT INTO waiting (id, kiosk, site, event, payload) VALUES ($1, $2, $3, $4, $5)",
            PgParams(random_hex(16), place.kiosk, response->site, response->event,
                     PgBytes{payload}));
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
            "SELECT before + 1, sequence - 1 FROM (SELECT sequence,"
            " lag(sequence, 1, 0::bigint) OVER (ORDER BY sequence) AS before FROM ledger"
            " WHERE kiosk = $1) AS numbered WHERE sequence > before + 1 ORDER BY sequence",
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
            "SELECT conflict.kiosk, conflict.sequence, ledger.hash, conflict.hash, noted_ms"
            " FROM conflict JOIN ledger ON ledger.kiosk = conflict.kiosk"
            " AND ledger.sequence = conflict.sequence"
            " ORDER BY conflict.kiosk, conflict.sequence, conflict.hash");
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
            "SELECT (SELECT count(*) FROM response), (SELECT count(*) FROM waiting),"
            " (SELECT count(*) FROM epoch), (SELECT count(*) FROM ledger),"
            " (SELECT count(*) FROM quarantine), (SELECT count(*) FROM conflict)");
        return Counts{row.number(0, 0), row.number(0, 1), row.number(0, 2),
                      row.number(0, 3), row.number(0, 4), row.number(0, 5)};
    });
}

}  // namespace machikoe
