// How the server is: for load balancers, supervisors and Prometheus.
#include <algorithm>

#include "sync/pages/kiosk_watch.h"
#include "sync/server/api.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr Milliseconds kReadyLimit{1'000};

HttpResponse not_ready(std::string_view reason) {
    HttpResponse response = busy_response(reason);
    response.retry_after_s = 1;
    return response;
}

std::int64_t silent_kiosks(const std::vector<KioskRow>& kiosks, Milliseconds now) {
    return std::ranges::count_if(
        kiosks, [&](const KioskRow& kiosk) { return state_of(kiosk, "", now).is_silent; });
}

}  // namespace

Step Api::ready() {
    if (stopping_) return done(not_ready("stopping"));
    if (!loaded_) return done(not_ready("counts are being loaded"));
    return Step{AskStoreBriefly{
        [](Store& store) -> Continuation {
            const auto hashes = store.pack_hashes();
            const HttpResponse response =
                hashes ? HttpResponse{.status = 200, .body = R"({"status":"ready"})"}
                       : not_ready("the store does not answer");
            return [response] { return done(response); };
        },
        kReadyLimit, [] { return done(not_ready("the store takes longer than a second")); }}};
}

Step Api::metrics() {
    return Step{AskStore([this](Store& store) {
        const auto kiosks = store.kiosks();
        const auto counts = store.counts();
        return Continuation([this, kiosks, counts] {
            if (!kiosks || !counts)
                return done(store_failure(kiosks ? counts.error() : kiosks.error()));
            const auto set = [this](const char* name, const char* help, std::int64_t value) {
                metrics_->set(name, help, static_cast<double>(value));
            };
            set("machikoe_kiosks", "Kiosks that are known.",
                static_cast<std::int64_t>(kiosks->size()));
            set("machikoe_kiosks_silent",
                "Kiosks not heard of for 30 minutes of their opening hours.",
                silent_kiosks(*kiosks, clock_.wall()));
            set("machikoe_responses", "Responses in the store.", counts->responses);
            set("machikoe_responses_waiting", "Responses that wait for their group.",
                counts->waiting);
            set("machikoe_envelopes_quarantined", "Envelopes held in quarantine.",
                counts->quarantined);
            set("machikoe_envelopes_conflicting", "Envelopes with other bytes under a number.",
                counts->conflicts);
            HttpResponse response;
            response.body = metrics_->text();
            response.content_type = "text/plain; version=0.0.4; charset=utf-8";
            return done(std::move(response));
        });
    })};
}

}  // namespace machikoe
