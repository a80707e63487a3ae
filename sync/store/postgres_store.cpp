// Ingest, and packs.
//
// A commit group takes two round trips, whatever its size: BEGIN, its kiosks locked, and what the
// ledger holds of their numbers; then what is new, and COMMIT.  Kiosks are locked in the order of
// their ids, so that two servers that take in the same numbers wait for each other and never in a
// circle.
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
    bool comes_out = false;             // with its group: it does not wait
    std::string hash;                   // what the ledger holds under the number …
    Outcome outcome = Outcome::Stored;  // … and as what

    std::int64_t sequence() const { return incoming->envelope.sequence; }
    auto key() const { return std::pair(std::string_view(*kiosk), sequence()); }
};

struct PostgresStore::Intake {
    explicit Intake(const std::vector<const Group*>& groups);
    Candidate& candidate(std::string_view kiosk, std::int64_t sequence);

    const std::vector<const Group*>& groups;
    std::vector<Candidate> candidates;                 // by key, each once
    std::map<std::string_view, LedgerStretch> ledger;  // by kiosk
    std::vector<std::vector<Appended>> results;
    std::int64_t releases = 0;  // that come out with it
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
    std::int64_t releases = 0;
    auto results = write([&]() -> Result<std::vector<std::vector<Appended>>> {
        Intake intake(groups);
        if (const Status locked = lock(intake, now); !locked)
            return tl::unexpected<Error>(locked.error());
        take_in(intake);
        keep_openings(intake);
        judge_repeats(intake, now);
        if (const Status out = let_out(intake); !out) return tl::unexpected<Error>(out.error());
        if (const Status noted = send_ledger(intake); !noted)
            return tl::unexpected<Error>(noted.error());
        send_kept(intake);
        send_held(intake);
        send_seen(intake, now);
        releases = intake.releases;
        return std::move(intake.results);
    });
    if (!results) return results;
    releases_ += releases;
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const Appended& each : (*results)[g])
            if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                             groups[g]->kiosk, each.receipt.sequence);
    return results;
}

/// Nobody else takes in anything of these kiosks until this is in, and what is there of the numbers
/// that they sent is known.
Status PostgresStore::lock(Intake& intake, Milliseconds now) {
    std::map<std::string_view, std::pair<std::int64_t, std::int64_t>> stretches;
    for (const Group* group : intake.groups) stretches.try_emplace(group->kiosk, 1, 0);
    for (const Candidate& each : intake.candidates) {
        auto& [lowest, highest] = stretches[*each.kiosk];
        if (highest == 0) lowest = each.sequence();  // they are in order
        highest = each.sequence();
    }
    PgArray kiosks(PgArray::Of::Text), lowest(PgArray::Of::Number), highest(PgArray::Of::Number);
    for (const auto& [kiosk, stretch] : stretches) {
        intake.ledger[kiosk];
        kiosks.add(kiosk);
        lowest.add(stretch.first);
        highest.add(stretch.second);
    }
    connection_.send(
        "INSERT INTO kiosk (id, name, site, enrolled_ms, last_seen_ms) SELECT id, '', '', $2, $2"
        " FROM unnest($1::text[]) AS n (id) ON CONFLICT DO NOTHING",
        PgParams(kiosks, now));
    connection_.send("SELECT 1 FROM kiosk WHERE id = ANY ($1) ORDER BY id FOR UPDATE",
                     PgParams(kiosks));
    // From the run that a stretch may begin in to its end.
    connection_.send(
        "SELECT ledger_run.kiosk, first, hashes, outcomes FROM ledger_run"
        " JOIN unnest($1::text[], $2::bigint[], $3::bigint[]) AS asked (kiosk, lowest, highest)"
        " ON ledger_run.kiosk = asked.kiosk AND first <= highest AND first >= coalesce((SELECT"
        " max(first) FROM ledger_run AS b WHERE b.kiosk = asked.kiosk AND b.first <= lowest),"
        " lowest)",
        PgParams(kiosks, lowest, highest));
    const PgRows runs = std::move(connection_.collect().back());
    for (int i = 0; i < runs.size(); ++i)
        if (const Status loaded =
                intake.ledger.find(runs.view(i, 0))
                    ->second.load({runs.number(i, 1), runs.text(i, 2), runs.text(i, 3)});
            !loaded)
            return loaded;
    return {};
}

/// Which are new, and of the rest what is there instead.
void PostgresStore::take_in(Intake& intake) {
    for (Candidate& each : intake.candidates) {
        auto held = intake.ledger[*each.kiosk].find(each.sequence());
        each.fresh = !held;
        each.hash = held ? std::move(held->hash) : each.incoming->envelope.hash;
        each.outcome = held ? held->outcome : outcome_of(each.incoming->judgement);
    }
}

Status PostgresStore::send_ledger(Intake& intake) {
    for (const Candidate& each : intake.candidates) {
        if (!each.fresh) continue;
        const Status added =
            intake.ledger[*each.kiosk].add(each.sequence(), each.hash, each.outcome);
        if (!added) return added;
    }
    using Of = PgArray::Of;
    PgArray kiosks(Of::Text), firsts(Of::Number), sizes(Of::Number), hashes(Of::Bytes),
        outcomes(Of::Text);
    for (const auto& [kiosk, ledger] : intake.ledger)
        for (const LedgerRun* run : ledger.changed()) {
            kiosks.add(kiosk);
            firsts.add(run->first);
            sizes.add(run->size());
            hashes.add(run->hashes);
            outcomes.add(run->outcomes);
        }
    if (kiosks.size() > 0)
        connection_.send(
            "INSERT INTO ledger_run (kiosk, first, size, hashes, outcomes) SELECT * FROM"
            " unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[])"
            " ON CONFLICT (kiosk, first) DO UPDATE SET size = excluded.size,"
            " hashes = excluded.hashes, outcomes = excluded.outcomes",
            PgParams(kiosks, firsts, sizes, hashes, outcomes));
    return {};
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

/// Groups of which every response is fresh come out at once.
Status PostgresStore::let_out(Intake& intake) {
    std::vector<PackedRelease> releases;
    std::vector<std::size_t> of;
    for (std::size_t g = 0; g < intake.groups.size(); ++g) {
        const Group& group = *intake.groups[g];
        if (group.mixed.empty()) continue;
        bool all_fresh = true;
        for (std::size_t i = 0; i < group.incoming.size(); ++i) {
            const Appended& each = intake.results[g][i];
            if (std::holds_alternative<CarriesResponse>(group.incoming[i].judgement))
                all_fresh &= each.fresh && each.receipt.outcome == Outcome::Stored;
        }
        if (!all_fresh) continue;
        auto release = packed(group.mixed);
        if (!release) return tl::unexpected<Error>(release.error());
        releases.push_back(std::move(*release));
        of.push_back(g);
    }
    Places places;
    send_out(releases, places);
    intake.releases = std::ssize(releases);
    for (std::size_t r = 0; r < releases.size(); ++r) {
        const Group& group = *intake.groups[of[r]];
        for (std::size_t i = 0; i < group.incoming.size(); ++i) {
            if (!std::holds_alternative<CarriesResponse>(group.incoming[i].judgement)) continue;
            intake.results[of[r]][i].came_out = places[r];
            intake.candidate(group.kiosk, group.incoming[i].envelope.sequence).comes_out = true;
        }
    }
    return {};
}

void PostgresStore::send_kept(const Intake& intake) {
    std::map<std::string, WaitingRows> by_kiosk;
    for (const Candidate& each : intake.candidates) {
        const auto* response = std::get_if<CarriesResponse>(&each.incoming->judgement);
        if (response && each.fresh && !each.comes_out)
            by_kiosk[*each.kiosk][{response->site, response->event}].push_back(
                each.incoming->envelope.payload);
    }
    send_waiting(by_kiosk);
}

void PostgresStore::send_held(const Intake& intake) {
    using Of = PgArray::Of;
    PgArray held_of(Of::Text), numbers(Of::Number), held(Of::Bytes), causes(Of::Text),
        reasons(Of::Text);
    for (const Candidate& each : intake.candidates) {
        const auto* why = std::get_if<Quarantined>(&each.incoming->judgement);
        if (each.held_apart) why = &kEpochIsHere;
        if (!why || !each.fresh) continue;
        held_of.add(*each.kiosk);
        numbers.add(each.sequence());
        held.add(each.incoming->envelope.payload);
        causes.add(name_of(why->cause));
        reasons.add(why->reason);
    }
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
        "UPDATE kiosk SET last_seen_ms = $3, held_count = held_count + n.fresh"
        " FROM unnest($1::text[], $2::bigint[]) AS n (id, fresh) WHERE kiosk.id = n.id",
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
