#include "sync/client/health_report.h"

#include "sync/wire/health.h"

namespace machikoe {

Milliseconds HealthReport::step(const Enrolment& enrolment, const Standing& standing) {
    const Milliseconds now = clock_.monotonic();
    if (due_ && now < *due_) return *due_ - now;
    due_ = now + kHealthEvery;
    const auto state = outbox_.state();
    if (!state) return kHealthEvery;
    Health health{MACHIKOE_VERSION,      clock_.wall(), state->waiting_responses,
                  state->oldest_waiting, std::nullopt,  standing.hours,
                  standing.event};
    std::error_code ec;
    if (const auto space = std::filesystem::space(folder_, ec); !ec)
        health.free_mb = static_cast<std::int64_t>(space.available >> 20);
    // Whether it came is nothing that anybody here can act on.
    (void)transport_.post(enrolment.server + "/v1/health", enrolment.token, encode_health(health));
    return kHealthEvery;
}

}  // namespace machikoe
