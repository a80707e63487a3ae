// Ingest, and packs.
//
// A commit group takes two round trips, whatever its size: BEGIN and the ledger's rows, of which
// the server says which are new; then what those carry, and COMMIT.  Rows go in in the order of
// their keys, so that two servers that take in the same numbers wait for each other and never in
// a circle.
#include "sync/store/postgres_store.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "sync/store/stored_names.h"

namespace machikoe {

/// One envelope of the call, the first under its number.
struct Candidate {
    const std::string* kiosk = nullptr;
    const Incoming* incoming = nullptr;
    bool fresh = false;                 // this call took it in
    bool held_apart = false;            // an opening of an epoch that is here already
    std::string_view hash;              // what the ledger holds under the number …
    Outcome outcome = Outcome::Stored;  // … and as what
    std::string other_hash;             // the bytes of `hash` when they are not this envelope's

    std::int64_t sequence() const { return incoming->envelope.sequence; }
    auto key() const { return std::pair(std::string_view(*kiosk), sequence()); }
};

struct PostgresStore::Intake {
    explicit Intake(const std::vector<const Group*>& groups);
    Candidate& candidate(std::string_view kiosk, std::int64_t sequence);

    const std::vector<const Group*>& groups;
    std::vector<Candidate> candidates;  // by key, each once
    std::vector<std::vector<Appended>> results;
};

namespace {

Outcome outcome_of(const Judgement& judgement) {
    return std::holds_alternative<Quarantined>(judgement) ? Outcome::Quarantined : Outcome::Stored;
}

}  // namespace

PostgresStore::Intake::Intake(const std::vector<const Group*>& all) : groups(all) {
    for (const Group* group : groups)
        for (const Incoming& incoming : group->incoming)
            candidates.push_back({&group->kiosk, &incoming});
    // Stable: of two under one number the first in the call counts.
    std::ranges::stable_sort(candidates, {}, &Candidate::key);
    const auto is_repeat = [](const Candidate& first, const Candidate& next) {
        return first.key() == next.key();
    };
    candidates.erase(std::unique(candidates.begin(), candidates.end(), is_repeat),
                     candidates.end());
}

Candidate& PostgresStore::Intake::candidate(std::string_view kiosk, std::int64_t sequence) {
    return *std::ranges::lower_bound(candidates, std::pair(kiosk, sequence), {}, &Candidate::key);
}

Result<std::vector<Receipt>> PostgresStore::append(const std::string& kiosk,
                                                   const std::vector<Incoming>& incoming,
                                                   Milliseconds now) {
    const Group group{kiosk, incoming};
    auto appended = append_together({&group}, now);
    if (!appended) return tl::unexpected<Error>(appended.error());
    std::vector<Receipt> receipts;
    for (const Appended& each : appended->front()) receipts.push_back(each.receipt);
    return receipts;
}

Result<std::vector<std::vector<Appended>>> PostgresStore::append_together(
    const std::vector<const Group*>& groups, Milliseconds now) {
    auto results = write([&] {
        Intake intake(groups);
        take_in(intake);
        keep_openings(intake);
        judge_repeats(intake, now);
        send_kept(intake);
        send_seen(intake, now);
        return std::move(intake.results);
    });
    if (!results) return results;
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const Appended& each : (*results)[g])
            if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                             groups[g]->kiosk, each.receipt.sequence);
    return results;
}

/// Into the ledger what is not there; of the rest what is there instead.
void PostgresStore::take_in(Intake& intake) {
    using Of = PgArray::Of;
    PgArray kiosks(Of::Text), numbers(Of::Number), previous(Of::Text), hashes(Of::Text),
        outcomes(Of::Text);
    for (Candidate& each : intake.candidates) {
        const Envelope& envelope = each.incoming->envelope;
        each.hash = envelope.hash;
        each.outcome = outcome_of(each.incoming->judgement);
        kiosks.add(*each.kiosk);
        numbers.add(envelope.sequence);
        previous.add(envelope.previous);
        hashes.add(envelope.hash);
        outcomes.add(name_of(each.outcome));
    }
    const PgRows fresh = connection_.run(
        "INSERT INTO ledger (kiosk, sequence, previous_hash, hash, outcome)"
        " SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])"
        " ON CONFLICT DO NOTHING RETURNING kiosk, sequence",
        PgParams(kiosks, numbers, previous, hashes, outcomes));
    for (int i = 0; i < fresh.size(); ++i)
        intake.candidate(fresh.view(i, 0), fresh.number(i, 1)).fresh = true;
    if (fresh.size() == kiosks.size()) return;
    const PgRows held = connection_.run(
        "SELECT ledger.kiosk, ledger.sequence, ledger.hash, ledger.outcome FROM ledger"
        " JOIN unnest($1::text[], $2::bigint[]) AS asked (kiosk, sequence)"
        " ON ledger.kiosk = asked.kiosk AND ledger.sequence = asked.sequence",
        PgParams(kiosks, numbers));
    for (int i = 0; i < held.size(); ++i) {
        Candidate& each = intake.candidate(held.view(i, 0), held.number(i, 1));
        if (each.fresh) continue;
        each.other_hash = held.text(i, 2);
        each.hash = each.other_hash;
        each.outcome =
            held.view(i, 3) == name_of(Outcome::Stored) ? Outcome::Stored : Outcome::Quarantined;
    }
}

/// Some once an hour and kiosk: one by one.  One whose epoch is here already is quarantined.
void PostgresStore::keep_openings(Intake& intake) {
    for (Candidate& each : intake.candidates) {
        const auto* opening = std::get_if<CarriesOpening>(&each.incoming->judgement);
        if (!opening || !each.fresh) continue;
        const LedgerPlace place{*each.kiosk, each.sequence()};
        if (keep_opening(place, each.incoming->envelope.payload, opening->epoch)) continue;
        each.held_apart = true;
        each.outcome = Outcome::Quarantined;
        connection_.run("UPDATE ledger SET outcome = $3 WHERE kiosk = $1 AND sequence = $2",
                        PgParams(place.kiosk, place.sequence, name_of(each.outcome)));
    }
}

/// The receipts, in the order of the call.  Other bytes under a number that is taken are kept
/// aside, once.
void PostgresStore::judge_repeats(Intake& intake, Milliseconds now) {
    for (const Group* group : intake.groups) {
        auto& appended = intake.results.emplace_back();
        for (const Incoming& incoming : group->incoming) {
            const Envelope& envelope = incoming.envelope;
            const Candidate& first = intake.candidate(group->kiosk, envelope.sequence);
            Receipt receipt{envelope.sequence, envelope.hash, first.outcome};
            bool fresh = first.fresh && first.incoming == &incoming;
            if (envelope.hash != first.hash) {
                receipt.outcome = Outcome::Conflict;
                fresh = connection_
                            .run(
                                "INSERT INTO conflict (kiosk, sequence, hash, payload, noted_ms)"
                                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                                PgParams(group->kiosk, envelope.sequence, envelope.hash,
                                         PgBytes{envelope.payload}, now))
                            .affected() == 1;
            }
            appended.push_back({std::move(receipt), fresh});
        }
    }
}

void PostgresStore::send_kept(const Intake& intake) {
    using Of = PgArray::Of;
    PgArray ids(Of::Text), kiosks(Of::Text), sites(Of::Text), events(Of::Text), payloads(Of::Bytes);
    PgArray held_of(Of::Text), numbers(Of::Number), held(Of::Bytes), causes(Of::Text),
        reasons(Of::Text);
    for (const Candidate& each : intake.candidates) {
        if (!each.fresh) continue;
        const std::string& payload = each.incoming->envelope.payload;
        const auto* why = std::get_if<Quarantined>(&each.incoming->judgement);
        if (each.held_apart) why = &kEpochIsHere;
        if (why) {
            held_of.add(*each.kiosk);
            numbers.add(each.sequence());
            held.add(payload);
            causes.add(name_of(why->cause));
            reasons.add(why->reason);
        } else if (const auto* response = std::get_if<CarriesResponse>(&each.incoming->judgement)) {
            ids.add(random_hex(16));
            kiosks.add(*each.kiosk);
            sites.add(response->site);
            events.add(response->event);
            payloads.add(payload);
        }
    }
    if (ids.size() > 0)
        connection_.send(
            "INSERT INTO waiting (id, kiosk, site, event, payload)"
            " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])",
            PgParams(ids, kiosks, sites, events, payloads));
    if (held.size() > 0)
        connection_.send(
            "INSERT INTO quarantine (kiosk, sequence, payload, cause, reason)"
            " SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::text[], $5::text[])",
            PgParams(held_of, numbers, held, causes, reasons));
}

void PostgresStore::send_seen(const Intake& intake, Milliseconds now) {
    std::map<std::string_view, std::int64_t> fresh;  // each kiosk once, and in order
    for (const Group* group : intake.groups) fresh[group->kiosk];
    for (const Candidate& each : intake.candidates)
        if (each.fresh) ++fresh[*each.kiosk];
    PgArray kiosks(PgArray::Of::Text), counts(PgArray::Of::Number);
    for (const auto& [kiosk, count] : fresh) {
        kiosks.add(kiosk);
        counts.add(count);
    }
    connection_.send(
        "INSERT INTO kiosk (id, name, site, enrolled_ms, last_seen_ms, held_count)"
        " SELECT id, '', '', $3, $3, fresh FROM unnest($1::text[], $2::bigint[]) AS n (id, fresh)"
        " ON CONFLICT (id) DO UPDATE SET last_seen_ms = excluded.last_seen_ms,"
        " held_count = kiosk.held_count + excluded.held_count",
        PgParams(kiosks, counts, now));
}

// ---- packs ----------------------------------------------------------------------------

Status PostgresStore::put_pack(const std::string& hash, const std::string& id,
                               const PackFiles& files) {
    return write([&] {
        for (const auto& [name, text] : files)
            connection_.send(
                "INSERT INTO pack (hash, id, file_name, text) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT DO NOTHING",
                PgParams(hash, id, name, text));
    });
}

Result<PackFiles> PostgresStore::pack(const std::string& hash) {
    return pg_guarded([&]() -> Result<PackFiles> {
        const PgRows rows =
            read("SELECT file_name, text FROM pack WHERE hash = $1", PgParams(hash));
        if (rows.size() == 0) return fail(ErrorCode::NotFound, "no pack '" + hash + "'");
        PackFiles files;
        for (int i = 0; i < rows.size(); ++i) files.emplace(rows.text(i, 0), rows.text(i, 1));
        return files;
    });
}

Result<std::vector<std::string>> PostgresStore::pack_hashes() {
    return pg_guarded([&] {
        const PgRows rows = read("SELECT DISTINCT hash FROM pack ORDER BY hash");
        std::vector<std::string> hashes;
        for (int i = 0; i < rows.size(); ++i) hashes.push_back(rows.text(i, 0));
        return hashes;
    });
}

}  // namespace machikoe
