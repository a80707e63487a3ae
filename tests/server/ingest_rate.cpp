// How many responses a second are taken in on this machine: by the store alone, and by all
// that a batch passes through (inflate, verify, open, judge, append, release, sign), without
// sockets.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "app/base/crypto.h"
#include "sync/server/routes.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNow{1'700'000'000'000};
constexpr int kResponses = 20'000;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void store_alone(Store& store, const Pack& pack, int batch, int kiosks) {
    const int total = batch == 1 ? kResponses / 10 : kResponses;
    std::vector<TestKiosk> senders;
    const std::string key = SealingKey::generate().public_key();
    for (int i = 0; i < kiosks; ++i) senders.emplace_back(store, kNow);
    std::vector<std::vector<Group>> rounds;
    for (int n = 0; n < total; n += batch * kiosks) {
        rounds.emplace_back();
        for (TestKiosk& kiosk : senders) {
            // An epoch lasts kMaxEpochRecords at the most.
            if (n % 5000 < batch * kiosks) kiosk.opening(key);
            Group group{kiosk.id, {}};
            for (int i = 0; i < batch; ++i) {
                Incoming incoming;
                incoming.judgement = CarriesResponse{"office", ""};
                incoming.envelope =
                    kiosk.sealed(test_response(pack, "s4", "静かで歩きやすい町です"));
                group.incoming.push_back(std::move(incoming));
            }
            rounds.back().push_back(std::move(group));
        }
    }
    const auto start = std::chrono::steady_clock::now();
    for (const auto& round : rounds) {
        std::vector<const Group*> groups;
        for (const Group& group : round) groups.push_back(&group);
        if (!store.append_together(groups, kNow)) std::abort();
    }
    std::printf("store, batch %3d, %2d kiosks a commit: %8.0f responses/s\n", batch, kiosks,
                total / seconds_since(start));
}

void whole_way(Store& store, const PackFiles& files, const Pack& pack, int batch) {
    const SystemClock clock;
    Routes routes(files, pack, generate_server_keys(), clock);
    if (!routes.prepare(store)) std::abort();
    TestKiosk kiosk(store, clock.wall() + std::chrono::hours(1));
    kiosk.enrolled(answer_now(routes, store,
                              {.method = "POST", .target = "/v1/enrol", .body = kiosk.enrol_body()},
                              clock.wall())
                       .body);
    Envelope opening = kiosk.opening();
    std::vector<HttpRequest> requests;
    for (int n = 0; n < kResponses; n += batch) {
        // An epoch lasts kMaxEpochRecords at the most.
        if (n > 0 && n % 5000 == 0) opening = kiosk.opening();
        std::vector<Envelope> envelopes;
        if (n % 5000 == 0) envelopes.push_back(opening);
        for (int i = n % 5000 == 0 ? 1 : 0; i < batch; ++i)
            envelopes.push_back(kiosk.sealed(test_response(pack, "s4", "静かで歩きやすい町です")));
        requests.push_back({.method = "POST",
                            .target = "/v1/batch",
                            .authorization = "Bearer " + kiosk.token,
                            .content_encoding = "zstd",
                            .body = zstd(kiosk.batch(std::move(envelopes)))});
    }
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    for (HttpRequest& request : requests)
        if (answer_now(routes, store, std::move(request), kNow).status != 201) std::abort();
    const double seconds = seconds_since(start);
    std::printf("whole way, batch %3d, one thread:       %8.0f responses/s, %.1f us CPU each\n",
                batch, kResponses / seconds,
                1e6 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / kResponses);
}

}  // namespace
}  // namespace machikoe

int main() {
    using namespace machikoe;
    crypto_ready();
    const auto folder = std::filesystem::temp_directory_path() / ("machikoe-rate-" + random_hex(8));
    {
        auto store = open_sqlite_store(folder).value();
        const PackFiles files = test_pack_files();
        const Pack pack = test_pack(files);
        store_alone(*store, pack, 1, 1);
        store_alone(*store, pack, 1, 50);
        store_alone(*store, pack, 100, 1);
        store_alone(*store, pack, 100, 10);
        whole_way(*store, files, pack, 100);
    }
    std::filesystem::remove_all(folder);
}
