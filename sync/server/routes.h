// Routes: what the server answers, without knowing how bytes come in.
//
// A request is answered in steps.  Steps on the store run on the store's thread; all else
// (decompressing, decoding, judging, counting) runs where answer() was called, so that the
// one writer does nothing but write.  No sockets here and no threads: whoever drives the
// steps chooses them, and a test drives them in a row.
//
// A Routes belongs to one thread, and so do the continuations that its steps give.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/clock.h"
#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/seal/server_keys.h"
#include "sync/server/export_jobs.h"
#include "sync/server/intake.h"
#include "sync/server/live_counts.h"
#include "sync/server/mix.h"
#include "sync/server/published_figures.h"
#include "sync/server/rate_limit.h"
#include "sync/store/store.h"
#include "sync/wire/record.h"

namespace machikoe {

class Api;
class Metrics;
class Pages;

struct HttpRequest {
    std::string address;  // whose, as trusted proxies tell it; "": not known
    std::string method;
    std::string target;
    std::string authorization;
    std::string content_encoding;
    std::string if_none_match;
    std::string body;
    // Of browsers.
    std::string host;
    std::string origin;
    std::string cookie;
    std::string accept_language;
    // Of programs.
    std::string accept;
    std::string prefer;
    std::string odata_version;
    std::string odata_max_version;
    bool forwarded = false;  // by a proxy that says so: not from where the socket is
};

enum class Caching { Forbidden, Revalidated };  // Cache-Control: no-store, or no-cache
/// What a browser may do with it: nothing; show a page of ours; show it within somebody's page.
enum class Showing { Nothing, Page, Embeddable };

struct HttpResponse {
    unsigned status = 200;
    std::string body;
    std::filesystem::path file;  // sent in place of the body, as it is read; "": none
    std::string content_type = "application/json";
    std::string etag;
    std::string location;   // with 303
    std::string file_name;  // to be saved under
    std::vector<std::string> cookies;
    Showing showing = Showing::Nothing;
    std::string allow;      // methods, with 405
    int retry_after_s = 0;  // 0: the header is left out
    Caching caching = Caching::Forbidden;
    std::vector<std::pair<std::string, std::string>> headers;  // further ones
};

/// {"error": "…"}
HttpResponse error_response(unsigned status, std::string_view reason);
/// 503 with Retry-After.
HttpResponse busy_response(std::string_view reason);

struct WaitingRead;
struct Step;
/// What follows a step on the store; runs on the thread of the Routes.
using Continuation = std::function<Step()>;
/// Asks the store something.  Runs on the store's thread and touches nothing else.
using AskStore = std::function<Continuation(Store&)>;
/// The same, when the answer is of no use later: `late` goes on without it.
struct AskStoreBriefly {
    AskStore ask;
    Milliseconds limit{0};
    Continuation late;
};
/// Envelopes to be written; several of these may share a commit.
struct AppendToStore {
    std::shared_ptr<const Group> group;
    std::function<Step(const Result<std::vector<Appended>>&)> then;
};
/// Takes its time and needs no store: a thread that is there for it.
struct Labour {
    std::function<Continuation()> work;
};
struct Step {
    std::variant<HttpResponse, AskStore, AskStoreBriefly, AppendToStore, Labour> next;
};

struct RoutesOptions {
    std::size_t mix = kDefaultMix;     // answers of one site and event that are released together
    std::string authority;             // PEM; "": plain HTTP
    double batches_per_second = 50;    // of one credential, after a burst of ten times as many
    double tries_per_second = 0.5;     // to enrol, of one address, after a burst of 40
    std::string version;               // of the software
    ExportJobsOptions exports;         // see Pages
    std::shared_ptr<Metrics> metrics;  // nullptr: its own
    double log_ins_per_second = 0.2;   // tries, of one address, after a burst of 20
    std::string public_origin;         // "https://ward.example", as browsers know it; "": by Host
};

/// Another connection to the same store, ReadOnly.
using OpenStore = std::function<Result<std::unique_ptr<Store>>()>;

class Routes {
  public:
    Routes(PackFiles files, Pack pack, ServerKeys keys, const Clock& clock,
           RoutesOptions options = {});
    Routes(Routes&&) noexcept;
    ~Routes();

    /// Puts the pack into the store, judges anew what is held, releases what waited long enough,
    /// and counts the answers that are there (LiveCounts::start).  Before anything else, and on
    /// whichever thread then owns the store.
    Status prepare(Store& store);

    Step answer(HttpRequest request);

    /// About once a second: counts what others let out, writes a checkpoint and a publication when
    /// they are due.  One at a time; the response says nothing.
    Step follow();
    /// A recount that is wanted: minutes of work, on a thread of its own.
    using Counting =
        std::function<Continuation(const OpenStore&, const std::atomic<bool>& stopped)>;
    std::optional<Counting> recount();

    /// What was counted as answers came out: of every version how many, and the hash of all counts
    /// (EvaluationCounter::all_counts).  Figures are computed once, to say how long that takes.
    struct Live {
        std::int64_t responses = 0;
        std::string counts_sha256;
        double figures_ms = 0;
        bool is_recounting = false;  // after a deletion: these are the counts of before
    };
    Live live() const;
    /// From now on /readyz says 503; everything else is answered as before.
    void begin_stop();
    struct RouteOfKiosks {
        std::string_view path, method;
    };
    /// Of the protocol of kiosks; those of pages and programs: page_routes(), api_routes().
    static std::vector<RouteOfKiosks> kiosk_routes();

    /// The largest body that is read for this target; nothing larger can be meant well.
    static std::size_t body_limit(std::string_view target);
    /// A fixed name for a log: what a stranger asked for is never repeated there.
    static std::string_view route_name(std::string_view target);

  private:
    struct Work;
    using SiteEvent = std::pair<std::string, std::string>;

    // routes_enrol.cpp
    Step enrol(const HttpRequest& request);
    Step canary(const HttpRequest& request);
    Step health(const HttpRequest& request);
    HttpResponse authority() const;
    // routes.cpp
    Step send_pack(HttpRequest request);
    // routes_batch.cpp
    Step batch(HttpRequest request);
    Step read_batch(const HttpRequest& request, const KioskRow& kiosk);
    Step find_openings(std::shared_ptr<Work> work);
    Step find_packs(std::shared_ptr<Work> work);
    Step judge(Work& work);
    Step receipts(const Group& group, const Result<std::vector<Appended>>& appended);
    // routes_release.cpp
    Step readmit(HttpResponse reply);
    Step judge_again(HttpResponse reply, const std::vector<HeldEnvelope>& held);
    Step release(HttpResponse reply);
    Step write_release(HttpResponse reply, const SiteEvent& place, const WaitingRead& read);
    HttpResponse totals(const HttpRequest& request);
    // routes_follow.cpp
    Step write_derived();

    const Clock& clock_;
    ServerKeys keys_;
    PackFiles files_;
    std::shared_ptr<const Pack> pack_;
    std::string pack_body_;
    std::string pack_etag_;
    RoutesOptions options_;
    Intake intake_;
    std::set<SiteEvent> releasing_;                 // on their way to the store
    std::map<SiteEvent, std::int64_t> unreadable_;  // of those that wait
    RateLimit batches_;                             // by credential
    RateLimit tries_;                               // by address
    std::unique_ptr<LiveCounts> counts_;
    std::unique_ptr<PublishedFigures> published_;
    std::string totals_body_;  // of this publication
    std::string totals_etag_;
    std::int64_t totals_of_ = -1;
    std::unique_ptr<Pages> pages_;
    std::unique_ptr<Api> api_;
};

/// Drives the steps in a row, all on this thread.
HttpResponse answer_now(Routes& routes, Store& store, HttpRequest request, Milliseconds now);
void follow_now(Routes& routes, Store& store);

}  // namespace machikoe
