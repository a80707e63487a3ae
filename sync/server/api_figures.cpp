// Figures for programs.  What takes its time is done on the thread for labour, with the
// Evaluation of the moment when it was asked for.
#include <algorithm>
#include <mutex>

#include "sync/odata/answer.h"
#include "sync/odata/figures.h"
#include "sync/server/api.h"
#include "sync/server/api_json.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr double kFailuresPerSecond = 0.2;  // of one address, after a burst of kFailuresBurst
constexpr double kFailuresBurst = 20;

/// What a Host may look like; it is said again in addresses of the feed.
bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

std::string last_part(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    return std::string(path.substr(path.rfind('/') + 1));
}

}  // namespace

/// Made once for all pages of a client that reads on.  Work may be on any thread.
struct Api::Feed {
    std::mutex mutex;
    std::shared_ptr<const Evaluation> of;
    std::shared_ptr<const odata::Table> table;

    std::shared_ptr<const odata::Table> rows(const Pack& pack,
                                             const std::shared_ptr<const Evaluation>& evaluation) {
        const std::lock_guard lock(mutex);
        if (of != evaluation)
            table = std::make_shared<const odata::Table>(odata::figures(pack, *evaluation));
        of = evaluation;
        return table;
    }
};

Api::Api(std::shared_ptr<const Pack> pack, const Clock& clock, std::shared_ptr<Metrics> metrics,
         ApiOptions options, Latest latest)
    : pack_(std::move(pack)),
      clock_(clock),
      metrics_(std::move(metrics)),
      options_(std::move(options)),
      latest_(std::move(latest)),
      failures_(kFailuresPerSecond, kFailuresBurst),
      feed_(std::make_shared<Feed>()) {}

Step Api::figures(std::string_view path, const Shared& request) {
    const auto evaluation = latest_();
    return Step{Labour{[this, path, request, evaluation] {
        const ApiFigures figures{*pack_, *evaluation, options_.version};
        const std::string id = last_part(request->target);
        std::optional<std::string> body;
        if (path == "/api/v1/ward") body = ward_json(figures);
        if (path == "/api/v1/indicators") body = indicators_json(figures);
        if (path == "/api/v1/indicators/{id}") body = indicator_json(figures, id);
        if (path == "/api/v1/breakdowns") body = breakdowns_json(figures);
        if (path == "/api/v1/questions") body = questions_json(figures);
        if (path == "/api/v1/questions/{id}") body = question_json(figures, id);
        if (path == "/api/v1/composition") body = composition_json(figures);
        HttpResponse response = error_response(404, "there is no such figure");
        if (body) {
            response = HttpResponse{.status = 200, .body = std::move(*body)};
            response = revalidated(std::move(response), request->if_none_match);
        }
        return Continuation([response] { return done(response); });
    }}};
}

Step Api::odata(const Shared& request) {
    if (!is_host(request->host)) return done(refusal(kFeed, 400, "the Host is not understood"));
    const auto evaluation = latest_();
    return Step{Labour{[this, request, evaluation] {
        const std::string_view target = request->target;
        const std::string_view path = target.substr(0, target.find('?'));
        odata::Request asked;
        const std::string by_host = (options_.is_secure ? "https://" : "http://") + request->host;
        asked.base = (options_.origin.empty() ? by_host : options_.origin) + "/odata/";
        asked.path = path.substr(std::min(path.size(), kFeed.size()));
        if (asked.path.starts_with("%24")) asked.path.replace(0, 3, "$");
        if (path.size() < target.size()) asked.query = target.substr(path.size() + 1);
        asked.accept = request->accept;
        asked.version = request->odata_version;
        asked.max_version = request->odata_max_version;
        asked.prefer = request->prefer;
        odata::Reply reply = odata::answer(asked, *feed_->rows(*pack_, evaluation));
        HttpResponse response{.status = reply.status, .body = std::move(reply.body)};
        response.content_type = reply.content_type;
        response.headers.emplace_back("OData-Version", odata::kVersion);
        if (!reply.preference_applied.empty())
            response.headers.emplace_back("Preference-Applied", reply.preference_applied);
        return Continuation([response] { return done(response); });
    }}};
}

Step Api::kiosks(const Shared& request) {
    return Step{AskStore([this, request](Store& store) {
        const auto kiosks = store.kiosks();
        const auto counts = store.counts();
        return Continuation([this, request, kiosks, counts] {
            if (!kiosks || !counts)
                return done(store_failure(kiosks ? counts.error() : kiosks.error()));
            HttpResponse response;
            response.body = kiosks_json(*kiosks, *counts, options_.version, clock_.wall());
            return done(revalidated(std::move(response), request->if_none_match));
        });
    })};
}

}  // namespace machikoe
