// Api: what programs are answered: figures as JSON (/api/v1), the OData feed (/odata), the
// description of all interfaces (/api/openapi.json), and how the server is (/healthz, /readyz,
// /metrics).  docs/api.md.
//
// Everything only reads.  Figures come from the Evaluation that pages show, so what a page hides
// is hidden here.  Who may ask is decided as for a page of the same figures; a key reads what its
// account may read.  Addresses that come with wrong keys wait.
//
// Belongs to the thread of its Routes, and so do the continuations that its steps give.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/server/metrics.h"
#include "sync/server/pages.h"
#include "sync/server/rate_limit.h"
#include "sync/server/routes.h"

namespace machikoe {

/// What OData paths begin with.
inline constexpr std::string_view kFeed = "/odata/";

/// All there are, by GET.  "{…}" stands for one part of a path.
struct ApiRoute {
    std::string_view path;
    Access access;
};
std::span<const ApiRoute> api_routes();

struct ApiOptions {
    bool is_secure = false;  // over TLS: addresses and cookies say so
    std::string version;     // of the software
    std::string origin;      // "https://ward.example", as programs know it; "": by Host
};

class Api {
  public:
    using Latest = std::function<std::shared_ptr<const Evaluation>()>;

    /// `latest` is called on the thread of the Routes.
    Api(std::shared_ptr<const Pack> pack, const Clock& clock, std::shared_ptr<Metrics> metrics,
        ApiOptions options, Latest latest);

    static bool has(std::string_view target);
    /// A fixed name for a log, "" when there is no such route.
    static std::string_view route_name(std::string_view target);
    Step answer(HttpRequest request);

    /// Until it is called, and again from begin_stop() on, /readyz says 503.
    void counts_are_loaded() { loaded_ = true; }
    void begin_stop() { stopping_ = true; }

  private:
    using Shared = std::shared_ptr<const HttpRequest>;
    Step with_account(const ApiRoute& route, const Shared& request);
    Step dispatch(std::string_view path, const Shared& request);
    HttpResponse refusal(std::string_view path, unsigned status, std::string_view reason) const;
    // api_figures.cpp
    Step figures(std::string_view path, const Shared& request);
    Step odata(const Shared& request);
    Step kiosks(const Shared& request);
    // api_operation.cpp
    Step ready();
    Step metrics();

    std::shared_ptr<const Pack> pack_;
    const Clock& clock_;
    std::shared_ptr<Metrics> metrics_;
    ApiOptions options_;
    Latest latest_;
    RateLimit failures_;
    struct Feed;
    std::shared_ptr<Feed> feed_;  // rows of the last Evaluation that was asked for
    bool loaded_ = false;
    bool stopping_ = false;
};

/// The description of every interface, OpenAPI 3.1: assets/api/openapi.json.
std::string_view openapi_document();

}  // namespace machikoe
