#include "sync/server/routes.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "app/base/crypto.h"
#include "sync/server/admission.h"
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
    {"/v1/enrol", "POST", kSmallBodyBytes},  {"/v1/batch", "POST", kMaxBatchWireBytes},
    {"/v1/canary", "POST", kSmallBodyBytes}, {"/v1/pack", "GET", kSmallBodyBytes},
    {"/v1/health", "POST", kSmallBodyBytes}, {"/v1/totals", "GET", kSmallBodyBytes},
    {"/healthz", "GET", kSmallBodyBytes},    {"/v1/authority", "GET", kSmallBodyBytes},
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
      totals_(*pack_),
      live_(std::make_unique<EvaluationCounter>(*pack_, *no_ward_data_)) {
    intake_.learn_pack(pack_);
    pages_ = std::make_unique<Pages>(
        pack_, keys_.sealing, clock_,
        PagesOptions{!options_.authority.empty() || options_.public_origin.starts_with("https://"),
                     options_.version, options_.published, options_.public_origin,
                     options_.log_ins_per_second},
        Pages::Live{
            [counter = live_.get()] { return counter->responses() + counter->other_versions(); },
            [counter = live_.get()] { return counter->evaluate(); }});
}
Routes::Routes(Routes&&) noexcept = default;
Routes::~Routes() = default;

Status Routes::prepare(Store& store) {
    if (Status put = store.put_pack(pack_->hash, pack_->plan.id, files_); !put) return put;
    const auto readmitted = readmit_all(intake_, store);
    if (!readmitted) return tl::unexpected<Error>(readmitted.error());
    if (*readmitted > 0) spdlog::info("server: {} envelopes left the quarantine", *readmitted);
    if (const auto released = release_ripe(intake_, store, options_.mix); !released)
        return tl::unexpected<Error>(released.error());
    // Published at the end or not at all: the store's order is not the order of arrival, so
    // its first ten are not those that were the first step.
    const auto seen = store.count_all([this](const Response& response) {
        totals_.restore(response);
        count(response);
    });
    if (!seen) return tl::unexpected<Error>(seen.error());
    totals_.publish_if_full();
    return forget_releases(store, *seen);
}

Status Routes::forget_releases(Store& store, const Watermark& seen) {
    const auto checkpoint = store.checkpoint();
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    const auto put = store.put_checkpoint(checkpoint->generation, "", seen);
    // Another program was first: it has forgotten them.
    if (!put && put.error().code != ErrorCode::Conflict) return tl::unexpected<Error>(put.error());
    return {};
}

void Routes::count(const Response& response) {
    live_->add(response);
    ++live_responses_;
}

Routes::Live Routes::live() const {
    const auto start = std::chrono::steady_clock::now();
    const Evaluation evaluation = live_->evaluate();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    return {live_responses_, sha256_hex(live_->all_counts()), took.count()};
}

std::size_t Routes::body_limit(std::string_view target) {
    const Route* route = route_of(target);
    if (!route && Pages::has(target)) return Pages::body_limit(target);
    return route ? route->body_limit : kSmallBodyBytes;
}

std::string_view Routes::route_name(std::string_view target) {
    const Route* route = route_of(target);
    if (!route && Pages::has(target)) return Pages::route_name(target);
    return route ? route->path : "(unknown)";
}

Step Routes::answer(HttpRequest request) {
    const Route* route = route_of(request.target);
    if (!route && Pages::has(request.target)) return pages_->answer(std::move(request));
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
    if (route->path == "/v1/totals") return done(totals(request));
    return Step{AskStore([](Store& store) -> Continuation {
        const auto hashes = store.pack_hashes();
        const HttpResponse response =
            hashes ? HttpResponse{.status = 200, .body = R"({"status":"ok"})"}
                   : busy_response("the store does not answer");
        return [response] { return done(response); };
    })};
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
    const Totals& published = totals_.published();
    if (totals_responses_ != published.responses) {
        totals_body_ = encode_totals(published, pack_->plan.id);
        totals_etag_ = '"' + sha256_hex(totals_body_) + '"';
        totals_responses_ = published.responses;
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
