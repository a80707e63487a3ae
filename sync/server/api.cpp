#include "sync/server/api.h"

#include <algorithm>

#include "app/base/crypto.h"
#include "sync/odata/answer.h"
#include "sync/odata/query.h"
#include "sync/server/access.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr std::string_view kChallenge = R"(Basic realm="machikoe", charset="UTF-8", Bearer)";

// Composition stands in the exports alone, so it needs what they need.
constexpr ApiRoute kApiRoutes[] = {
    {"/api/openapi.json", Access::Anyone},
    {"/api/v1/ward", Access::Staff},
    {"/api/v1/indicators", Access::Staff},
    {"/api/v1/indicators/{id}", Access::Staff},
    {"/api/v1/breakdowns", Access::Staff},
    {"/api/v1/questions", Access::Staff},
    {"/api/v1/questions/{id}", Access::Staff},
    {"/api/v1/composition", Access::Evaluator},
    {"/api/v1/kiosks", Access::Staff},
    {"/odata/", Access::Staff},
    {"/odata/$metadata", Access::Staff},
    {"/odata/Figures", Access::Staff},
    {"/odata/Figures/$count", Access::Staff},
    {"/odata/Figures('{id}')", Access::Staff},
    {"/odata/{resource}", Access::Staff},
    {"/healthz", Access::Anyone},
    {"/readyz", Access::Anyone},
    {"/metrics", Access::Staff},
};

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

/// "{…}" takes the rest of a path of /odata, and elsewhere one part that is not empty.
bool fits(std::string_view pattern, std::string_view path) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == path;
    const std::string_view end = pattern.substr(pattern.find('}') + 1);
    if (!path.starts_with(pattern.substr(0, open)) || !path.ends_with(end)) return false;
    if (path.size() < open + end.size() + 1) return false;
    const std::string_view part = path.substr(open, path.size() - open - end.size());
    return pattern.starts_with(kFeed) || part.find('/') == std::string_view::npos;
}

const ApiRoute* api_route_of(std::string_view target) {
    const auto decoded = odata::percent_decoded(path_of(target));
    if (!decoded) return nullptr;
    const std::string_view path = *decoded == "/odata" ? kFeed : std::string_view(*decoded);
    const auto* found = std::ranges::find_if(
        kApiRoutes, [&](const ApiRoute& route) { return fits(route.path, path); });
    return found == std::end(kApiRoutes) ? nullptr : found;
}

/// The scraper on this machine.  What a proxy passes on is somebody else's, whatever the socket
/// says, and a page in a browser here that asks under another name is so, too.
bool is_of_this_machine(const HttpRequest& request) {
    const std::string_view host = std::string_view(request.host).substr(0, request.host.rfind(':'));
    const bool is_local = request.address == "127.0.0.1" || request.address == "::1" ||
                          request.address == "::ffff:127.0.0.1";
    return is_local && !request.forwarded && request.authorization.empty() &&
           (host == "127.0.0.1" || host == "localhost" || host == "[::1]");
}

}  // namespace

std::span<const ApiRoute> api_routes() {
    return kApiRoutes;
}

bool Api::has(std::string_view target) {
    return api_route_of(target) != nullptr;
}

std::string_view Api::route_name(std::string_view target) {
    const ApiRoute* route = api_route_of(target);
    return route ? route->path : "";
}

HttpResponse Api::refusal(std::string_view path, unsigned status, std::string_view reason) const {
    HttpResponse response = error_response(status, reason);
    if (path.starts_with(kFeed)) {
        response.body = odata::error_reply(status, reason).body;
        response.headers.emplace_back("OData-Version", odata::kVersion);
    }
    if (status == 401) response.headers.emplace_back("WWW-Authenticate", kChallenge);
    return response;
}

Step Api::answer(HttpRequest request) {
    const ApiRoute* const route = api_route_of(request.target);
    if (!route) return done(error_response(404, "no such route"));
    if (request.method != "GET") {
        HttpResponse response = refusal(route->path, 405, "method not allowed");
        response.allow = "GET";
        return done(std::move(response));
    }
    if (route->path == "/metrics" && is_of_this_machine(request)) return metrics();
    const auto shared = std::make_shared<const HttpRequest>(std::move(request));
    if (route->access == Access::Anyone) return dispatch(route->path, shared);
    return with_account(*route, shared);
}

Step Api::with_account(const ApiRoute& route, const Shared& request) {
    const auto credential =
        credential_of(*request, options_.is_secure ? "__Host-session" : "session");
    if (!credential) return done(refusal(route.path, 401, "an access key is needed"));
    if (const int wait = failures_.wait_now(request->address, clock_.monotonic())) {
        HttpResponse response = refusal(route.path, 429, "too often");
        response.retry_after_s = wait;
        return done(std::move(response));
    }
    return Step{AskStore([this, &route, request, credential = *credential](Store& store) {
        const Result<Account> account = account_of(store, credential, clock_.wall());
        return Continuation([this, &route, request, account]() -> Step {
            if (!account && account.error().code == ErrorCode::Denied) {
                metrics_->failed(Metrics::Trouble::AccessRefused);
                failures_.seconds_to_wait(request->address, clock_.monotonic());
                return done(refusal(route.path, 401, "the access key is refused"));
            }
            if (!account) {
                const HttpResponse failure = store_failure(account.error());
                HttpResponse response = refusal(route.path, failure.status, "the store is busy");
                response.retry_after_s = failure.retry_after_s;
                return done(std::move(response));
            }
            if (!may(*account, route.access))
                return done(refusal(route.path, 403, "this account may not read that"));
            return dispatch(route.path, request);
        });
    })};
}

Step Api::dispatch(std::string_view path, const Shared& request) {
    if (path == "/healthz") return done(HttpResponse{.status = 200, .body = R"({"status":"ok"})"});
    if (path == "/readyz") return ready();
    if (path == "/metrics") return metrics();
    if (path.starts_with(kFeed)) return odata(request);
    if (path == "/api/v1/kiosks") return kiosks(request);
    if (path != "/api/openapi.json") return figures(path, request);
    HttpResponse response;
    response.body = openapi_document();
    return done(revalidated(std::move(response), request->if_none_match));
}

}  // namespace machikoe
