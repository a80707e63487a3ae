// postgres_rate: what PostgresStore::append_together() takes in, beside a bare libpq loop that
// writes the same rows into the same tables: prepared unnest, one connection, one transaction a
// batch, all parameters made beforehand, nothing looked up and nothing answered.  Both in one run,
// by turns, because the machine changes from minute to minute; the ratio is what counts.
//
//   postgres_rate [URL] [BATCHES]      without a URL: a cluster of its own, fsync on
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "sync/store/location.h"
#include "sync/store/postgres_connection.h"
#include "sync/store/postgres_store.h"
#include "tests/store/postgres_cluster.h"

namespace machikoe {
namespace {

constexpr int kBatch = 100, kRounds = 7;
constexpr std::size_t kPayloadBytes = 512;
constexpr Milliseconds kNow{1'700'000'000'000};

std::vector<Group> batches_of(int round, int batches) {
    std::vector<Group> groups(static_cast<std::size_t>(batches));
    for (Group& group : groups) {
        group.kiosk = random_hex(16);
        std::string previous = first_previous_hash();
        for (int i = 1; i <= kBatch; ++i) {
            Incoming incoming;
            incoming.envelope.sequence = i;
            incoming.envelope.previous = previous;
            incoming.envelope.payload = random_hex(kPayloadBytes / 2);
            previous = incoming.envelope.hash = envelope_hash(previous, incoming.envelope.payload);
            incoming.judgement = CarriesResponse{"office", "event " + std::to_string(round)};
            group.incoming.push_back(std::move(incoming));
        }
    }
    return groups;
}

struct BareBatch {
    PgParams ledger, waiting, kiosk;
};

BareBatch bare(const Group& group) {
    using Of = PgArray::Of;
    PgArray kiosks(Of::Text), numbers(Of::Number), previous(Of::Text), hashes(Of::Text),
        outcomes(Of::Text), ids(Of::Text), sites(Of::Text), events(Of::Text), payloads(Of::Bytes);
    for (const Incoming& each : group.incoming) {
        kiosks.add(group.kiosk);
        numbers.add(each.envelope.sequence);
        previous.add(each.envelope.previous);
        hashes.add(each.envelope.hash);
        outcomes.add("stored");
        ids.add(random_hex(16));
        sites.add("office");
        events.add(std::get<CarriesResponse>(each.judgement).event);
        payloads.add(each.envelope.payload);
    }
    PgArray one(Of::Text), count(Of::Number);
    one.add(group.kiosk);
    count.add(static_cast<std::int64_t>(kBatch));
    return {PgParams(kiosks, numbers, previous, hashes, outcomes),
            PgParams(ids, kiosks, sites, events, payloads), PgParams(one, count, kNow)};
}

void write_bare(PgConnection& connection, const BareBatch& batch) {
    connection.begin(kBegin);
    connection.send(
        "INSERT INTO ledger (kiosk, sequence, previous_hash, hash, outcome)"
        " SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])"
        " ON CONFLICT DO NOTHING",
        batch.ledger);
    connection.send(
        "INSERT INTO waiting (id, kiosk, site, event, payload)"
        " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])",
        batch.waiting);
    connection.send(
        "INSERT INTO kiosk (id, name, site, enrolled_ms, last_seen_ms, held_count)"
        " SELECT id, '', '', $3, $3, fresh FROM unnest($1::text[], $2::bigint[]) AS n (id, fresh)"
        " ON CONFLICT (id) DO UPDATE SET last_seen_ms = excluded.last_seen_ms,"
        " held_count = kiosk.held_count + excluded.held_count",
        batch.kiosk);
    connection.commit();
}

template <class Work>
double rate(int batches, Work work) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < batches; ++i) work(static_cast<std::size_t>(i));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return batches * kBatch / took.count();
}

int measure(const std::string& url, int batches) {
    const auto store = open_postgres_store(schema_in(url, "rate_store"));
    const std::string beside = schema_in(url, "rate_bare");
    const auto tables = open_postgres_store(beside);
    if (!store || !tables) return std::fprintf(stderr, "%s\n", store.error().message.c_str()), 3;
    PgConnection connection(beside, kPostgresSession);
    std::vector<double> bare_rates, store_rates, ratios;
    for (int round = 0; round < kRounds; ++round) {
        const std::vector<Group> groups = batches_of(round, batches);
        std::vector<BareBatch> all;
        for (const Group& group : groups) all.push_back(bare(group));
        const auto measure_bare = [&] {
            return rate(batches, [&](std::size_t i) { write_bare(connection, all[i]); });
        };
        double bare_rate = round % 2 == 0 ? measure_bare() : 0;  // by turns: who is first
        const double store_rate = rate(batches, [&](std::size_t i) {
            if (!(*store)->append_together({&groups[i]}, kNow)) std::abort();
        });
        if (round % 2 != 0) bare_rate = measure_bare();
        std::printf("bare %8.0f/s   store %8.0f/s   %3.0f %%\n", bare_rate, store_rate,
                    100 * store_rate / bare_rate);
        bare_rates.push_back(bare_rate);
        store_rates.push_back(store_rate);
        ratios.push_back(store_rate / bare_rate);
    }
    for (auto* values : {&bare_rates, &store_rates, &ratios}) std::ranges::sort(*values);
    std::printf("median: bare %.0f/s, store %.0f/s, ratio %.0f %% (batch %d, 1 connection)\n",
                bare_rates[kRounds / 2], store_rates[kRounds / 2], 100 * ratios[kRounds / 2],
                kBatch);
    return 0;
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    machikoe::crypto_ready();
    const int batches = argc > 2 ? std::atoi(argv[2]) : 100;
    if (argc > 1 && argv[1][0] != '\0') return machikoe::measure(argv[1], batches);
    const machikoe::PostgresCluster cluster;
    return machikoe::measure(cluster.url(), batches);
}
