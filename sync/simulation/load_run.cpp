#include "sync/simulation/load_run.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/base/crypto.h"
#include "sync/server/limits.h"
#include "sync/simulation/process_meter.h"
#include "sync/simulation/residents.h"

namespace machikoe::simulation {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Sealed ahead and held in memory, some 2 KiB each.
constexpr std::int64_t kSliceResponses = 50'000;
constexpr std::int64_t kSlices = 6;  // at the least with idle connections: pairs to compare
// Of one address the server takes some 40 tries at once, and enrolling is two.
constexpr std::size_t kKiosksOfAnAddress = 18;
constexpr Milliseconds kBusyRest = 1s;
constexpr Milliseconds kUnansweredRest = 200ms;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Everything that looks like one machine would be held back as one: 127.1.0.1, 127.1.0.2, …
std::string address_of(std::size_t machine) {
    return "127.1." + std::to_string(machine / 250) + "." + std::to_string(machine % 250 + 1);
}

std::unique_ptr<Transport> transport_from(const std::string& url, std::size_t machine) {
    TransportLimits limits;
    if (url.find("://127.") != url.npos) limits.from = address_of(machine);
    return make_curl_transport(limits);
}

}  // namespace

LoadRun::LoadRun(const LoadOptions& options, const Pack& pack)
    : options_(options), pack_(pack), until_(clock_.monotonic() + options.limit) {}

LoadRun::~LoadRun() {
    std::error_code ec;
    if (!folder_.empty()) fs::remove_all(folder_, ec);
}

Result<std::unique_ptr<LoadRun>> LoadRun::begin(const LoadOptions& options, const Pack& pack) {
    std::unique_ptr<LoadRun> run(new LoadRun(options, pack));
    raise_file_limit(2 * (options.connections + options.idle) + 64);
    if (const Status enrolled = run->enrol_all(); !enrolled)
        return tl::unexpected<Error>(enrolled.error());
    run->make_senders();
    return run;
}

Status LoadRun::enrol_all() {
    std::error_code ec;
    folder_ = fs::temp_directory_path(ec) / ("machikoe-load-" + random_hex(8));
    if (ec || !fs::create_directory(folder_, ec))
        return fail(ErrorCode::Unavailable, folder_.string() + ": " + ec.message());
    {
        auto keys = KeyStore::open(folder_, "");
        if (!keys) return tl::unexpected<Error>(keys.error());
        signing_key_ = SigningKey::from_seed(Secret::copy_of(keys->signing_key().seed().view()));
    }
    std::unique_ptr<Transport> transport;
    for (std::size_t i = 0; i < options_.codes.size(); ++i) {
        if (i % kKiosksOfAnAddress == 0)
            transport = transport_from(options_.url, i / kKiosksOfAnAddress);
        for (;;) {
            auto kiosk = LoadKiosk::enrol(options_.codes[i], options_.url, folder_, *transport);
            if (kiosk) {
                kiosks_.push_back(std::move(*kiosk));
                break;
            }
            // Busy, or held back as one who tries too often.
            if (kiosk.error().code != ErrorCode::Unavailable || is_over())
                return tl::unexpected<Error>(kiosk.error());
            std::this_thread::sleep_for(kBusyRest);
        }
    }
    return {};
}

void LoadRun::make_senders() {
    Dice dice(options_.seed);
    const std::size_t count = std::min(options_.connections, kiosks_.size());
    for (std::size_t i = 0; i < count; ++i) {
        Sender sender{transport_from(options_.url, i), dice.split(), {}, 0, {}, {}, {}, {}};
        for (std::size_t k = i; k < kiosks_.size(); k += count) sender.kiosks.push_back(k);
        sender.transport->trust(kiosks_.front().enrolment().authority);
        senders_.push_back(std::move(sender));
    }
}

std::string LoadRun::site_of(std::size_t kiosk) const {
    std::string site(kSyntheticSite);
    return options_.sites > 1 ? site + "-" + std::to_string(kiosk % options_.sites) : site;
}

Status LoadRun::send_all(LoadReport& report) {
    std::int64_t slice = kSliceResponses;
    if (options_.idle > 0) slice = std::clamp(options_.responses / kSlices, std::int64_t{1}, slice);
    // First with them: later connections are made of memory that was there already.
    bool with_idle = options_.idle > 0;
    for (std::int64_t left = options_.responses; left > 0 && !is_over(); left -= slice) {
        if (with_idle)
            if (const Status open = open_idle(report); !open) return open;
        if (const Status sent = send_slice(std::min(slice, left), with_idle, report); !sent)
            return sent;
        idle_.clear();
        with_idle = options_.idle > 0 && !with_idle;
    }
    report.out_of_time = is_over();
    return {};
}

void LoadRun::on_senders(void (LoadRun::*work)(Sender&)) {
    std::vector<std::thread> threads;
    for (Sender& sender : senders_)
        threads.emplace_back([this, work, &sender] { (this->*work)(sender); });
    for (std::thread& thread : threads) thread.join();
}

Status LoadRun::send_slice(std::int64_t responses, bool with_idle, LoadReport& report) {
    slice_left_ = responses;
    on_senders(&LoadRun::prepare);
    const double cpu_s = options_.server_pid ? cpu_seconds_of(*options_.server_pid).value_or(0) : 0;
    const auto start = std::chrono::steady_clock::now();
    on_senders(&LoadRun::send);
    LoadSlice slice{0, with_idle ? options_.idle : 0, seconds_since(start), 0};
    if (options_.server_pid)
        slice.server_cpu_s = cpu_seconds_of(*options_.server_pid).value_or(cpu_s) - cpu_s;
    for (Sender& sender : senders_) {
        if (!sender.ended) return sender.ended;
        const LoadReport own = std::exchange(sender.own, {});
        slice.responses += own.acknowledged;
        report.acknowledged += own.acknowledged;
        report.openings += own.openings;
        report.batches += own.batches;
        report.busy += own.busy;
        report.unanswered += own.unanswered;
        report.held_back += own.held_back;
        report.batch_bytes += own.batch_bytes;
        std::ranges::copy(own.latencies_ms, std::back_inserter(report.latencies_ms));
        std::ranges::copy(std::exchange(sender.seeds, {}), std::back_inserter(seeds_));
    }
    report.slices.push_back(slice);
    return {};
}

void LoadRun::prepare(Sender& sender) {
    sender.ready.clear();
    for (;;) {
        std::int64_t responses = 0;
        {
            const std::lock_guard lock(mutex_);
            responses = std::min(slice_left_, static_cast<std::int64_t>(options_.batch));
            slice_left_ -= responses;
        }
        if (responses == 0) return;
        const std::size_t kiosk = sender.kiosks[sender.turn++ % sender.kiosks.size()];
        ReadyBatch batch = kiosks_[kiosk].next(pack_, site_of(kiosk), options_.batch, responses,
                                               *signing_key_, sender.dice);
        {
            // The opening of an epoch took the place of one.
            const std::lock_guard lock(mutex_);
            slice_left_ += responses - std::ssize(batch.seeds);
        }
        sender.ready.emplace_back(kiosk, std::move(batch));
    }
}

void LoadRun::send(Sender& sender) {
    for (const auto& [kiosk, batch] : sender.ready) {
        sender.ended = send_batch(sender, kiosks_[kiosk], batch);
        if (!sender.ended || is_over()) return;
    }
}

Status LoadRun::send_batch(Sender& sender, LoadKiosk& kiosk, const ReadyBatch& batch) {
    while (!is_over()) {
        const auto start = std::chrono::steady_clock::now();
        const auto reply = sender.transport->post(kiosk.enrolment().server + "/v1/batch",
                                                  kiosk.enrolment().token, batch.body);
        const double ms = 1000 * seconds_since(start);
        if (!reply) {
            ++sender.own.unanswered;
            std::this_thread::sleep_for(kUnansweredRest);
            continue;
        }
        if (reply->status == 429 || reply->status == 503) {
            ++sender.own.busy;
            std::this_thread::sleep_for(reply->retry_after.value_or(kBusyRest));
            continue;
        }
        if (reply->status != 201)
            return fail(ErrorCode::Invalid,
                        "the server answered " + std::to_string(reply->status) + " to a batch");
        const auto held = kiosk.take_receipts(batch, reply->body);
        if (!held) return tl::unexpected<Error>(held.error());
        sender.own.held_back += *held;
        sender.own.acknowledged += std::ssize(batch.seeds);
        sender.own.openings += batch.openings;
        sender.own.batch_bytes += std::ssize(batch.body);
        ++sender.own.batches;
        sender.own.latencies_ms.push_back(static_cast<float>(ms));
        std::ranges::copy(batch.seeds, std::back_inserter(sender.seeds));
        return {};
    }
    return {};
}

/// Each asks once and then says nothing more.  What they cost is measured the first time: memory
/// that a process gave back to its allocator would hide the second.
Status LoadRun::open_idle(LoadReport& report) {
    const auto before = options_.server_pid ? memory_of(*options_.server_pid) : std::nullopt;
    for (std::size_t i = 0; i < options_.idle; ++i) {
        auto transport = transport_from(options_.url, i / kKiosksOfAnAddress);
        transport->trust(kiosks_.front().enrolment().authority);
        const auto reply =
            transport->get(kiosks_.front().enrolment().server + "/v1/totals", "", "");
        if (!reply) return tl::unexpected<Error>(reply.error());
        if (reply->status != 200)
            return fail(
                ErrorCode::Unavailable,
                "the server does not take " + std::to_string(options_.idle) + " idle connections");
        idle_.push_back(std::move(transport));
    }
    const auto after = options_.server_pid ? memory_of(*options_.server_pid) : std::nullopt;
    if (before && after && !report.idle_conn_bytes)
        report.idle_conn_bytes =
            static_cast<double>(*after - *before) / static_cast<double>(options_.idle);
    return {};
}

}  // namespace machikoe::simulation
