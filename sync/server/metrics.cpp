#include "sync/server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <vector>

namespace machikoe {
namespace {

using prometheus::Histogram;

// From what a request costs that finds everything in memory to the deadline of a message.
const Histogram::BucketBoundaries kSeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                              0.1,    0.25,  0.5,    1,     2.5,  10,    30};
const Histogram::BucketBoundaries kEnvelopes = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000};

constexpr std::string_view kEnvelopeNames[] = {"accepted", "duplicate", "conflict", "quarantined"};
constexpr std::string_view kTroubleNames[] = {"connection-refused", "handshake-failed",
                                              "request-broken", "access-refused"};

std::map<std::string, std::string> label(const char* name, std::string_view value) {
    return {{name, std::string(value)}};
}

}  // namespace

std::string_view method_name(std::string_view method) {
    constexpr std::string_view kMethods[] = {"GET",    "POST",    "HEAD",  "PUT",
                                             "DELETE", "OPTIONS", "PATCH", "CONNECT"};
    const auto* found = std::ranges::find(kMethods, method);
    return found == std::end(kMethods) ? "other" : *found;
}

struct Metrics::State {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("machikoe_requests_total")
            .Help("Requests answered, by route, method and status.")
            .Register(registry);
    prometheus::Family<Histogram>& durations =
        prometheus::BuildHistogram()
            .Name("machikoe_request_seconds")
            .Help("From the first byte of a request to its answer, by route.")
            .Register(registry);
    prometheus::Family<prometheus::Counter>& envelopes =
        prometheus::BuildCounter()
            .Name("machikoe_envelopes_total")
            .Help("Envelopes of kiosks, by what became of them.")
            .Register(registry);
    prometheus::Family<prometheus::Counter>& troubles = prometheus::BuildCounter()
                                                            .Name("machikoe_failures_total")
                                                            .Help("What came to nothing, by kind.")
                                                            .Register(registry);
    prometheus::Counter& released = prometheus::BuildCounter()
                                        .Name("machikoe_responses_released_total")
                                        .Help("Responses that came out of their groups.")
                                        .Register(registry)
                                        .Add({});
    Histogram& commits = prometheus::BuildHistogram()
                             .Name("machikoe_commit_seconds")
                             .Help("Duration of a commit of envelopes.")
                             .Register(registry)
                             .Add({}, kSeconds);
    Histogram& together = prometheus::BuildHistogram()
                              .Name("machikoe_commit_envelopes")
                              .Help("Envelopes that shared a commit.")
                              .Register(registry)
                              .Add({}, kEnvelopes);
    std::vector<prometheus::Counter*> by_envelope, by_trouble;
    std::mutex mutex;  // of what follows
    std::map<std::string, prometheus::Gauge*, std::less<>> gauges;
    std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> read;

    prometheus::Gauge& gauge(const std::string& name, const std::string& help) {
        const std::lock_guard lock(mutex);
        prometheus::Gauge*& known = gauges[name];
        if (!known)
            known = &prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
        return *known;
    }
};

Metrics::Metrics(const std::string& version) : state_(std::make_unique<State>()) {
    for (const auto name : kEnvelopeNames)
        state_->by_envelope.push_back(&state_->envelopes.Add(label("outcome", name)));
    for (const auto name : kTroubleNames)
        state_->by_trouble.push_back(&state_->troubles.Add(label("kind", name)));
    prometheus::BuildGauge()
        .Name("machikoe_build_info")
        .Help("1, with the version of the software.")
        .Register(state_->registry)
        .Add(label("version", version))
        .Set(1);
}
Metrics::~Metrics() = default;

void Metrics::answered(std::string_view route, std::string_view method, unsigned status,
                       double seconds) {
    const std::string path(route);
    // Add() gives the one that is there.
    state_->requests
        .Add({{"route", path},
              {"method", std::string(method_name(method))},
              {"status", std::to_string(status)}})
        .Increment();
    state_->durations.Add({{"route", path}}, kSeconds).Observe(seconds);
}

void Metrics::took(Envelope what) {
    state_->by_envelope[static_cast<std::size_t>(what)]->Increment();
}

void Metrics::committed(double seconds, std::size_t envelopes) {
    state_->commits.Observe(seconds);
    state_->together.Observe(static_cast<double>(envelopes));
}

void Metrics::released(std::size_t responses) {
    state_->released.Increment(static_cast<double>(responses));
}

void Metrics::failed(Trouble what) {
    state_->by_trouble[static_cast<std::size_t>(what)]->Increment();
}

void Metrics::set(const std::string& name, const std::string& help, double value) {
    state_->gauge(name, help).Set(value);
}

void Metrics::gauge(const std::string& name, const std::string& help,
                    std::function<double()> read) {
    prometheus::Gauge& gauge = state_->gauge(name, help);
    const std::lock_guard lock(state_->mutex);
    state_->read.emplace_back(&gauge, std::move(read));
}

std::string Metrics::text() {
    for (const auto& [gauge, read] : state_->read) gauge->Set(read());
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace machikoe
