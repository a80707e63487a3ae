// How many responses a second are taken in on this machine, in one run: the disk alone (write and
// fdatasync of the same payloads), the store alone, and all that a batch passes through (inflate,
// verify, open, judge, append, release, count, sign), without sockets.  ingest_rate [PACK FOLDER]:
// made-up responses to that pack; without, to the small one of the tests.
//
// Rounds alternate, and the median is printed with the lowest and the highest: other programs on
// the machine slow down all of them or none.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include <spdlog/spdlog.h>

#include "app/base/crypto.h"
#include "sync/server/routes.h"
#include "sync/simulation/residents.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNow{1'700'000'000'000};
constexpr int kRounds = 5;
// In a round.  Sealing what is sent takes longer than taking it in.
constexpr std::size_t kBatches = 10;
constexpr int kEpochRecords = 5000;  // at the most kMaxEpochRecords

struct Taken {
    double per_s = 0;
    double cpu_us = 0;
};

/// Times `work`, which takes in so many responses.
template <class Work>
Taken taken(std::size_t responses, const Work& work) {
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const auto count = static_cast<double>(responses);
    return {count / wall.count(), 1e6 * cpu_s / count};
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void print(const char* what, std::size_t batch, const std::vector<Taken>& rounds,
           const std::vector<Taken>& raw) {
    std::vector<double> rates, costs, ratios;
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        rates.push_back(rounds[i].per_s);
        costs.push_back(rounds[i].cpu_us);
        ratios.push_back(100 * rounds[i].per_s / raw[i].per_s);
    }
    std::printf(
        "%-26s %4zu a commit %9.0f responses/s (%.0f to %.0f), %5.1f us CPU, %3.0f %% of raw\n",
        what, batch, median(rates), std::ranges::min(rates), std::ranges::max(rates), median(costs),
        median(ratios));
}

/// What is given to the store in one round, made ahead.
class Rounds {
  public:
    Rounds(const std::filesystem::path& folder, const PackFiles& files, const Pack& pack)
        : folder_(folder), files_(files), pack_(pack) {}

    void run(std::size_t batch, int kiosks) {
        auto store = open_sqlite_store(folder_ / random_hex(4)).value();
        auto other = open_sqlite_store(folder_ / random_hex(4)).value();
        senders_.clear();
        for (int i = 0; i < kiosks; ++i) senders_.emplace_back(*store, kNow);
        std::vector<Taken> raw, waiting, out;
        for (int round = 0; round < kRounds; ++round) {
            make(batch);
            raw.push_back(raw_writes());
            out.push_back(appends(*store, true));
            waiting.push_back(appends(*other, false));
        }
        const std::size_t together = batch * senders_.size();
        print("write and fdatasync", together, raw, raw);
        print("store, they wait sealed", together, waiting, raw);
        print("store, they come out", together, out, raw);
    }

    void whole_way(std::size_t batch) {
        auto store = open_sqlite_store(folder_ / random_hex(4)).value();
        const SystemClock clock;
        RoutesOptions options;
        options.batches_per_second = 1e6;
        Routes routes(files_, pack_, generate_server_keys(), clock, options);
        if (!routes.prepare(*store)) std::abort();
        senders_.clear();
        TestKiosk& kiosk = senders_.emplace_back(*store, clock.wall() + std::chrono::hours(1));
        const HttpRequest enrol{
            .method = "POST", .target = "/v1/enrol", .body = kiosk.enrol_body()};
        kiosk.enrolled(answer_now(routes, *store, enrol, clock.wall()).body);
        key_ = kiosk.server_key;
        std::vector<Taken> raw, all;
        for (int round = 0; round < kRounds; ++round) {
            make(batch);
            raw.push_back(raw_writes());
            std::vector<HttpRequest> requests;
            for (const Group& group : groups_) {
                std::vector<Envelope> envelopes;
                for (const Incoming& incoming : group.incoming)
                    envelopes.push_back(incoming.envelope);
                requests.push_back({.method = "POST",
                                    .target = "/v1/batch",
                                    .authorization = "Bearer " + kiosk.token,
                                    .content_encoding = "zstd",
                                    .body = zstd(kiosk.batch(std::move(envelopes)))});
            }
            all.push_back(taken(kBatches * batch, [&] {
                for (HttpRequest& request : requests)
                    if (answer_now(routes, *store, std::move(request), kNow).status != 201)
                        std::abort();
            }));
        }
        print("the whole way, one thread", batch, all, raw);
    }

  private:
    void make(std::size_t batch) {
        groups_.clear();
        for (std::size_t made = 0; made < kBatches; made += senders_.size())
            for (TestKiosk& kiosk : senders_) groups_.push_back(group_of(kiosk, batch));
    }

    Group group_of(TestKiosk& kiosk, std::size_t batch) {
        Group group{kiosk.id, {}, {}};
        if (made_++ * batch % kEpochRecords == 0 || senders_.size() > 1) begin_epoch(kiosk, group);
        while (group.incoming.size() < batch) {
            const Response response = simulation::synthetic_response(pack_, dice_);
            group.incoming.push_back(
                {kiosk.sealed(response), CarriesResponse{response.site, response.event}});
            group.mixed.push_back(response);
        }
        return group;
    }
    void begin_epoch(TestKiosk& kiosk, Group& group) {
        const Envelope opening = kiosk.opening(key_);
        group.incoming.push_back({opening, CarriesOpening{*epoch_of(opening.payload)}});
    }

    Taken raw_writes() const {
        const std::filesystem::path path = folder_ / "raw";
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_TRUNC, 0600);
        std::size_t responses = 0;
        for (const Group& group : groups_) responses += group.mixed.size();
        const Taken result = taken(responses, [&] {
            for (std::size_t g = 0; g < groups_.size(); g += senders_.size()) {
                std::string bytes;
                for (std::size_t i = g; i < g + senders_.size(); ++i)
                    for (const Incoming& incoming : groups_[i].incoming)
                        bytes += incoming.envelope.payload;
                if (::write(file, bytes.data(), bytes.size()) != std::ssize(bytes) ||
                    ::fdatasync(file) != 0)
                    std::abort();
            }
        });
        ::close(file);
        return result;
    }

    Taken appends(Store& store, bool come_out) {
        std::size_t responses = 0;
        for (Group& group : groups_) {
            responses += group.mixed.size();
            if (!come_out) group.mixed.clear();
        }
        return taken(responses, [&] {
            for (std::size_t g = 0; g < groups_.size(); g += senders_.size()) {
                std::vector<const Group*> together;
                for (std::size_t i = g; i < g + senders_.size(); ++i)
                    together.push_back(&groups_[i]);
                if (!store.append_together(together, kNow)) std::abort();
            }
        });
    }

    const std::filesystem::path folder_;
    const PackFiles& files_;
    const Pack& pack_;
    simulation::Dice dice_{1};
    std::string key_ = SealingKey::generate().public_key();
    std::vector<TestKiosk> senders_;
    std::vector<Group> groups_;
    std::size_t made_ = 0;
};

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    using namespace machikoe;
    crypto_ready();
    spdlog::set_level(spdlog::level::warn);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto folder = std::filesystem::temp_directory_path() / ("machikoe-rate-" + random_hex(8));
    std::filesystem::create_directories(folder);
    const PackFiles files = argc > 1 ? load_pack_files(argv[1]).value() : test_pack_files();
    const auto pack = parse_pack(files);
    if (!pack) return 1;
    simulation::Dice dice(1);
    std::size_t bytes = 0;
    for (int i = 0; i < 1000; ++i)
        bytes += encode_record(simulation::synthetic_response(*pack, dice)).size();
    std::printf("records of %zu bytes; %d rounds of %zu batches\n", bytes / 1000, kRounds,
                kBatches);
    {
        Rounds rounds(folder, files, *pack);
        rounds.run(100, 1);
        rounds.run(100, 10);
        rounds.whole_way(100);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
