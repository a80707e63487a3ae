// Load: many kiosks that really enrol and really send, against a server that really runs.
//
// Kiosks are real but for their disk: they enrol with one-time codes over a connection that
// is pinned by the code's fingerprint, prove the canary, seal with the Sealer and send signed
// batches over libcurl.  What they say is made up (residents.h).  Envelopes are sealed before a
// slice is timed, so that what is timed is the server and not the making of answers.
//
// A batch counts as acknowledged when every receipt in the reply names it and the server's
// signature over them is good.  Refusals for load (429, 503) are waited out as Retry-After says;
// a reply that does not come is asked for again; anything else ends the run.
//
// Made-up answers among real ones could never be told apart again: a store that holds answers
// from any other site is refused, and so is a code for another site.  Bounded in answers and in
// time.  Blocks; threads of its own until it returns.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "sync/store/store.h"

namespace machikoe::simulation {

struct LoadOptions {
    std::string url;                 // "https://127.0.0.1:8787"
    std::vector<std::string> codes;  // as `machikoe enroll` prints them; one kiosk each
    std::int64_t responses = 100'000;
    std::size_t batch = 100;       // envelopes in a full one
    std::size_t connections = 64;  // that send at the same time
    std::size_t idle = 0;          // that are open and do nothing, in every other slice
    std::size_t sites = 1;         // that the answers are from
    std::uint64_t seed = 1;
    Milliseconds limit = std::chrono::minutes(10);
    std::optional<int> server_pid;  // whose processor time and memory are read from /proc
};

/// One part of the run, timed by itself.
struct LoadSlice {
    std::int64_t responses = 0;
    std::size_t idle = 0;
    double seconds = 0;
    double server_cpu_s = 0;
};

struct LoadReport {
    std::int64_t acknowledged = 0;  // responses; the openings of epochs come on top
    std::int64_t openings = 0;
    std::int64_t batches = 0;
    std::int64_t busy = 0;         // answers 429 and 503
    std::int64_t unanswered = 0;   // requests without a reply, asked again
    std::int64_t held_back = 0;    // acknowledged into quarantine: a defect of this program
    std::int64_t batch_bytes = 0;  // JSON, before compression
    std::vector<LoadSlice> slices;
    std::vector<float> latencies_ms;        // of acknowledged batches, sorted
    std::optional<double> idle_conn_bytes;  // of the server's memory, each
    bool out_of_time = false;
    // With a store only.
    bool is_proven = false;
    std::int64_t lost = 0;
    std::int64_t doubled = 0;

    double rate(bool with_idle) const;      // responses a second, median of the slices
    double cpu_us(bool with_idle) const;    // of the server, for each response
    double latency_ms(double share) const;  // 0.5: the median
};

/// http(s) to this machine and nowhere else.
bool is_loopback(const std::string& url);

/// Invalid: the store holds answers of people, or the code's site is not synthetic.
Status may_take_load(Store& store);

/// `store` nullptr: nothing can be proved at the end.  Denied, Invalid: a code, or a server that
/// refuses what it was sent.  Unavailable: no server, or the time was over before all had enrolled.
Result<LoadReport> run_load(const LoadOptions& options, const Pack& pack, Store* store);

}  // namespace machikoe::simulation
