// Pages: what a browser is answered: who may see it, and which page of sync/pages it is.
//
// Every route names the role it needs; without a session a page leads to /login, a form is refused.
// Forms must come from our own pages (Origin) and carry the session's token.  What an account
// does is in the audit log before it is answered.
//
// The public page shows what was published last (PublishedFigures).
//
// Belongs to the thread of its Routes, and so do the continuations that its steps give.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/pages/frame.h"
#include "sync/pages/keys.h"
#include "sync/review/personal_information.h"
#include "sync/server/accounts.h"
#include "sync/server/export_jobs.h"
#include "sync/server/forms.h"
#include "sync/server/rate_limit.h"
#include "sync/server/routes.h"

namespace machikoe {

struct TextForReview;

enum class Access { Anyone, Staff, Evaluator, Administrator };
struct PageRoute {
    std::string_view path;
    std::string_view method;
    Access access;
};
bool may(const Account& account, Access access);
/// All there are.
std::span<const PageRoute> page_routes();

struct PagesOptions {
    bool is_secure = false;  // browsers come by TLS: cookies say so
    std::string version;     // of the software, for exports
    ExportJobsOptions exports;
    std::string public_origin;        // what browsers call us, behind a proxy; "": by Host
    double log_ins_per_second = 0.2;  // tries, of one address, after a burst
};

class Pages {
  public:
    /// Called on the thread of the Routes; cheap.
    struct Live {
        std::function<std::shared_ptr<const Evaluation>()> latest;
        std::function<std::shared_ptr<const Evaluation>()> published;  // nullptr: nothing yet
    };

    Pages(std::shared_ptr<const Pack> pack, const SealingKey& key, const Clock& clock,
          PagesOptions options, Live live);

    static bool has(std::string_view target);
    /// Something to look at is there, not only a form's action.
    static bool is_page(std::string_view path);
    static std::size_t body_limit(std::string_view target);
    /// A fixed name for a log, "" when there is no such page.
    static std::string_view route_name(std::string_view target);
    Step answer(HttpRequest request);

  private:
    struct Visit {
        HttpRequest request;
        Fields form, query;
        std::optional<Caller> caller;
        Reader reader;
    };
    using Shared = std::shared_ptr<Visit>;
    Step dispatch(std::string_view path, const Shared& visit);
    Step figures(std::string_view path, const Shared& visit);
    Step send_static(std::string_view path, const HttpRequest& request);
    Step export_file(std::string_view path, const Shared& visit);
    HttpResponse indicator(const Visit& visit, const Evaluation& evaluation,
                           const std::string& id) const;
    Step events(const Shared& visit);
    Step publish(std::string_view path, const Shared& visit);
    // pages_review.cpp
    Step review(const Shared& visit);
    Step decide(const Shared& visit);
    Step tag_text(const Shared& visit);
    void look_through(TextForReview& each);
    Step kiosks(const Shared& visit);
    Step audit(const Shared& visit);
    // pages_login.cpp
    Step log_in_with(const Shared& visit);
    Step log_out(const Shared& visit);
    Step invitation(const Shared& visit);
    Step set_up(const Shared& visit);
    Step show_setting(const Shared& visit, const std::string& problem);
    Step choose_language(const Shared& visit);
    /// `refresh`: when a browser is to ask again.
    HttpResponse page(const Visit& visit, std::string title, Markup body, unsigned status = 200,
                      std::optional<std::chrono::seconds> refresh = std::nullopt) const;
    std::string session_cookie(const std::string& token) const;
    std::string_view cookie_name() const;
    bool is_ours(const HttpRequest& request) const;
    // pages_exports.cpp
    Step exports(const Shared& visit, std::string problem);
    Step start_export(const Shared& visit);
    Step cancel_export(const Shared& visit);
    Step fetch_export(const Shared& visit);
    // pages_keys.cpp
    Step keys(const Shared& visit, std::optional<NewKey> made, std::string problem);
    Step new_key(const Shared& visit);
    Step remove_key(const Shared& visit);
    // pages_accounts.cpp
    Step accounts(const Shared& visit, std::optional<std::pair<std::string, std::string>> made,
                  std::string problem);
    Step new_account(const Shared& visit);
    Step change_account(std::string_view what, const Shared& visit);

    std::shared_ptr<const Pack> pack_;
    const Clock& clock_;
    std::shared_ptr<const Totp> totp_;
    PagesOptions options_;
    Live live_;
    RateLimit tries_;
    ExportJobs jobs_;
    std::vector<std::string> silent_sites_;      // for the banner
    std::optional<Milliseconds> sites_read_at_;  // monotonic
    std::string chart_;                          // the library's file
    std::string public_key_;                     // what originals are sealed to
    std::optional<PersonalInformationFinder> finder_;
};

/// 303: look there.
HttpResponse see_other(std::string_view path);

}  // namespace machikoe
