#include "sync/server/routes.h"

#include <algorithm>

#include "app/base/crypto.h"
#include "sync/server/api.h"
#include "sync/server/metrics.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"
#include "sync/wire/totals.h"

namespace machikoe {
namespace {

constexpr std::size_t kSmallBodyBytes = 4u << 10;

struct Route {
    std::string_view path;
    std::string_view method;
    std::size_t body_limit;
};
constexpr Route kRoutes[] = {
    {"/v1/enrol", "POST", kSmallBodyBytes},    {"/v1/batch", "POST", kMaxBatchWireBytes},
    {"/v1/canary", "POST", kSmallBodyBytes},   {"/v1/pack", "GET", kSmallBodyBytes},
    {"/v1/health", "POST", kSmallBodyBytes},   {"/v1/totals", "GET", kSmallBodyBytes},
    {"/v1/authority", "GET", kSmallBodyBytes},
};

const Route* route_of(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    const auto* found = std::find_if(std::begin(kRoutes), std::end(kRoutes),
                                     [&](const Route& route) { return route.path == path; });
    return found == std::end(kRoutes) ? nullptr : found;
}

}  // namespace

Routes::Routes(PackFiles files, Pack pack, ServerKeys keys, const Clock& clock,
               RoutesOptions options)
    : clock_(clock),
      keys_(std::move(keys)),
      files_(std::move(files)),
      pack_(std::make_shared<const Pack>(std::move(pack))),
      pack_body_(encode_pack(files_, pack_->plan.id, pack_->hash)),
      pack_etag_('"' + pack_->hash + '"'),
      options_(std::move(options)),
      intake_(keys_),
      batches_(options_.batches_per_second, 10 * options_.batches_per_second),
      tries_(options_.tries_per_second, 40),
      counts_(std::make_unique<LiveCounts>(pack_)),
      published_(std::make_unique<PublishedFigures>(pack_)) {
    intake_.learn_pack(pack_);
    const bool is_secure =
        !options_.authority.empty() || options_.public_origin.starts_with("https://");
    pages_ = std::make_unique<Pages>(
        pack_, keys_.sealing, clock_,
        PagesOptions{is_secure, options_.version, options_.exports, options_.public_origin,
                     options_.log_ins_per_second},
        Pages::Live{[counts = counts_.get(), clock = &clock_] {
                        return counts->figures(clock->monotonic());
                    },
                    [published = published_.get()] { return published->figures(); }});
    if (!options_.metrics) options_.metrics = std::make_shared<Metrics>(options_.version);
    api_ = std::make_unique<Api>(
        pack_, clock_, options_.metrics,
        ApiOptions{is_secure, options_.version, options_.public_origin},
        [counts = counts_.get(), clock = &clock_] { return counts->figures(clock->monotonic()); });
}
Routes::Routes(Routes&&) noexcept = default;
Routes::~Routes() = default;

void Routes::begin_stop() {
    api_->begin_stop();
}

std::vector<Routes::RouteOfKiosks> Routes::kiosk_routes() {
    std::vector<RouteOfKiosks> routes;
    for (const Route& route : kRoutes) routes.push_back({route.path, route.method});
    return routes;
}

std::size_t Routes::body_limit(std::string_view target) {
    const Route* route = route_of(target);
    if (!route && Pages::has(target)) return Pages::body_limit(target);
    return route ? route->body_limit : kSmallBodyBytes;
}

std::string_view Routes::route_name(std::string_view target) {
    const Route* route = route_of(target);
    if (!route && Pages::has(target)) return Pages::route_name(target);
    if (!route && Api::has(target)) return Api::route_name(target);
    return route ? route->path : "(unknown)";
}

Step Routes::answer(HttpRequest request) {
    const Route* route = route_of(request.target);
    if (!route && Pages::has(request.target)) return pages_->answer(std::move(request));
    if (!route && Api::has(request.target)) return api_->answer(std::move(request));
    if (!route) return done(error_response(404, "no such route"));
    if (request.method != route->method) {
        HttpResponse response = error_response(405, "method not allowed");
        response.allow = route->method;
        return done(std::move(response));
    }
    if (route->path == "/v1/enrol") return enrol(request);
    if (route->path == "/v1/batch") return batch(std::move(request));
    if (route->path == "/v1/canary") return canary(request);
    if (route->path == "/v1/health") return health(request);
    if (route->path == "/v1/authority") return done(authority());
    if (route->path == "/v1/pack") return send_pack(std::move(request));
    return done(totals(request));
}

// ---- content --------------------------------------------------------------------------

Step Routes::send_pack(HttpRequest request) {
    const std::string_view token = bearer(request.authorization);
    if (token.empty()) return done(error_response(401, "credential missing"));
    const bool has_it =
        request.if_none_match == "*" || request.if_none_match.find(pack_etag_) != std::string::npos;
    return Step{AskStore([this, has_it, hash = sha256_hex(token)](Store& store) {
        const Result<KioskRow> kiosk = store.kiosk_by_token(hash);
        return Continuation([this, has_it, kiosk] {
            if (!kiosk) return done(store_failure(kiosk.error()));
            HttpResponse response;
            response.status = has_it ? 304 : 200;
            if (!has_it) response.body = pack_body_;
            response.etag = pack_etag_;
            response.caching = Caching::Revalidated;
            return done(std::move(response));
        });
    })};
}

// ---- totals ---------------------------------------------------------------------------

HttpResponse Routes::totals(const HttpRequest& request) {
    if (totals_of_ != published_->generation()) {
        totals_body_ = encode_totals(published_->totals(), pack_->plan.id);
        totals_etag_ = '"' + sha256_hex(totals_body_) + '"';
        totals_of_ = published_->generation();
    }
    const bool has_it = request.if_none_match.find(totals_etag_) != std::string::npos;
    HttpResponse response;
    response.status = has_it ? 304 : 200;
    if (!has_it) response.body = totals_body_;
    response.etag = totals_etag_;
    response.caching = Caching::Revalidated;
    return response;
}

HttpResponse answer_now(Routes& routes, Store& store, HttpRequest request, Milliseconds now) {
    Step step = routes.answer(std::move(request));
    for (;;) {
        if (auto* response = std::get_if<HttpResponse>(&step.next)) return std::move(*response);
        if (auto* ask = std::get_if<AskStore>(&step.next)) {
            step = (*ask)(store)();
            continue;
        }
        if (auto* ask = std::get_if<AskStoreBriefly>(&step.next)) {
            step = ask->ask(store)();
            continue;
        }
        if (auto* labour = std::get_if<Labour>(&step.next)) {
            step = labour->work()();
            continue;
        }
        const AppendToStore append = std::move(std::get<AppendToStore>(step.next));
        auto appended = store.append_together({append.group.get()}, now);
        step = appended ? append.then(std::move(appended->front()))
                        : append.then(tl::unexpected<Error>(appended.error()));
    }
}

}  // namespace machikoe
