#include "sync/server/pages.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/export/labels.h"
#include "sync/pages/desk.h"
#include "sync/pages/kiosk_watch.h"
#include "sync/pages/kiosks.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr std::size_t kFormBytes = 16u << 10;
constexpr const char* kChartFile = "/usr/share/javascript/chart.js/chart.min.js";
constexpr Milliseconds kSitesEvery{60'000};
constexpr std::size_t kEntriesOnAPage = 100;  // of the audit log
constexpr double kTriesBurst = 20;            // of one address, to log in

constexpr PageRoute kPageRoutes[] = {
    {"/", "GET", Access::Staff},
    {"/questions", "GET", Access::Staff},
    {"/indicators", "GET", Access::Staff},
    {"/events", "GET", Access::Staff},
    {"/review", "GET", Access::Staff},
    {"/review/decide", "POST", Access::Staff},
    {"/review/tag", "POST", Access::Staff},
    {"/kiosks", "GET", Access::Staff},
    {"/exports", "GET", Access::Evaluator},
    {"/exports/evaluation.xlsx", "GET", Access::Evaluator},
    {"/exports/indicators.csv", "GET", Access::Evaluator},
    {"/exports/tables.csv", "GET", Access::Evaluator},
    {"/exports/evaluation.jsonl", "GET", Access::Evaluator},
    {"/exports/start", "POST", Access::Evaluator},
    {"/exports/cancel", "POST", Access::Evaluator},
    {"/exports/file", "GET", Access::Evaluator},
    {"/keys", "GET", Access::Evaluator},
    {"/keys/new", "POST", Access::Evaluator},
    {"/keys/remove", "POST", Access::Evaluator},
    {"/accounts", "GET", Access::Administrator},
    {"/accounts/new", "POST", Access::Administrator},
    {"/accounts/invite", "POST", Access::Administrator},
    {"/accounts/disable", "POST", Access::Administrator},
    {"/accounts/enable", "POST", Access::Administrator},
    {"/accounts/remove", "POST", Access::Administrator},
    {"/audit", "GET", Access::Administrator},
    {"/logout", "POST", Access::Staff},
    {"/login", "GET", Access::Anyone},
    {"/login", "POST", Access::Anyone},
    {"/invitation", "GET", Access::Anyone},
    {"/invitation", "POST", Access::Anyone},
    {"/invitation/set", "POST", Access::Anyone},
    {"/language", "POST", Access::Anyone},
    {"/public", "GET", Access::Anyone},
    {"/public/figures.json", "GET", Access::Anyone},
    {"/public/figures.csv", "GET", Access::Anyone},
    {"/static/pages.css", "GET", Access::Anyone},
    {"/static/pages.js", "GET", Access::Anyone},
    {"/static/chart.js", "GET", Access::Anyone},
};

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

Language language_of(const HttpRequest& request) {
    const std::string chosen = cookie_of(request.cookie, "lang");
    if (chosen == "en") return Language::En;
    if (chosen == "ja") return Language::Ja;
    return request.accept_language.starts_with("en") ? Language::En : Language::Ja;
}

}  // namespace

bool may(const Account& account, Access access) {
    switch (access) {
        case Access::Anyone:
        case Access::Staff:
            return true;
        case Access::Evaluator:
            return account.role != AccountRole::Staff;
        case Access::Administrator:
            return account.role == AccountRole::Administrator;
    }
    return false;
}

std::span<const PageRoute> page_routes() {
    return kPageRoutes;
}

HttpResponse see_other(std::string_view path) {
    HttpResponse response;
    response.status = 303;
    response.location = path;
    return response;
}

Pages::Pages(std::shared_ptr<const Pack> pack, const SealingKey& key, const Clock& clock,
             PagesOptions options, Live live)
    : pack_(std::move(pack)),
      clock_(clock),
      totp_(std::make_shared<const Totp>(key)),
      options_(std::move(options)),
      live_(std::move(live)),
      tries_(options_.log_ins_per_second, kTriesBurst),
      jobs_(pack_, clock_, options_.exports),
      public_key_(key.public_key()) {
    if (auto finder = PersonalInformationFinder::open())
        finder_.emplace(std::move(*finder));
    else
        spdlog::warn("server: {}", finder.error().message);
    if (auto chart = load_file(kChartFile))
        chart_ = std::move(*chart);
    else
        spdlog::warn("server: {}: pages have tables but no charts", kChartFile);
}

bool Pages::is_page(std::string_view path) {
    return std::ranges::any_of(kPageRoutes, [&](const PageRoute& route) {
        return route.path == path && route.method == "GET";
    });
}

bool Pages::has(std::string_view target) {
    return !route_name(target).empty();
}

std::size_t Pages::body_limit(std::string_view) {
    return kFormBytes;
}

std::string_view Pages::route_name(std::string_view target) {
    for (const PageRoute& route : kPageRoutes)
        if (route.path == path_of(target)) return route.path;
    return "";
}

/// A form of ours, sent by a browser from a page of ours.  Behind a proxy that ends TLS the browser
/// names the scheme and host that it knows, which only the operator can tell us.
bool Pages::is_ours(const HttpRequest& request) const {
    if (!options_.public_origin.empty() && request.origin == options_.public_origin) return true;
    return request.origin == (options_.is_secure ? "https://" : "http://") + request.host;
}

Step Pages::answer(HttpRequest request) {
    const std::string path(path_of(request.target));
    const PageRoute* found = nullptr;
    std::string methods;
    for (const PageRoute& route : kPageRoutes) {
        if (route.path != path) continue;
        if (route.method == request.method) found = &route;
        (methods += methods.empty() ? "" : ", ") += route.method;
    }
    if (!found) {
        HttpResponse response = error_response(405, "method not allowed");
        response.allow = methods;
        return done(std::move(response));
    }
    if (request.method == "POST" && !is_ours(request))
        return done(error_response(403, "a form must come from this server's own pages"));
    auto visit = std::make_shared<Visit>();
    visit->form = fields_of(request.method == "POST" ? request.body : std::string());
    visit->query = query_of(request.target);
    visit->reader.language = language_of(request);
    visit->request = std::move(request);
    if (found->access == Access::Anyone) return dispatch(path, visit);
    const std::string token = cookie_of(visit->request.cookie, cookie_name());
    // A look at every kiosk, for the banner, is not worth one at every page.
    const Milliseconds now = clock_.monotonic();
    const bool looks = !sites_read_at_ || *sites_read_at_ + kSitesEvery <= now;
    if (looks) sites_read_at_ = now;
    return Step{AskStore([this, visit, path, token, looks, access = found->access](Store& store) {
        auto caller = caller_of(store, token, clock_.wall());
        const auto kiosks = looks ? store.kiosks() : std::vector<KioskRow>();
        return Continuation([this, visit, path, access, caller, looks, kiosks] {
            if (looks && kiosks) silent_sites_ = silent_sites(*kiosks, clock_.wall());
            const bool is_form = visit->request.method == "POST";
            if (!caller && caller.error().code != ErrorCode::Denied)
                return done(store_failure(caller.error()));
            if (!caller)
                return done(is_form ? error_response(403, "log in first") : see_other("/login"));
            if (!may(caller->account, access))
                return done(error_response(403, "this account may not do that"));
            if (is_form && field(visit->form, "form_token") != caller->session.form_token)
                return done(error_response(403, "the form is not of this session"));
            visit->caller = *caller;
            visit->reader.account = caller->account.name;
            visit->reader.form_token = caller->session.form_token;
            visit->reader.may_evaluate = may(caller->account, Access::Evaluator);
            visit->reader.may_administer = may(caller->account, Access::Administrator);
            return dispatch(path, visit);
        });
    })};
}

Step Pages::dispatch(std::string_view path, const Shared& visit) {
    if (path.starts_with("/static/")) return send_static(path, visit->request);
    if (path.starts_with("/public")) return publish(path, visit);
    if (path == "/" || path == "/questions" || path == "/indicators") return figures(path, visit);
    if (path == "/events") return events(visit);
    if (path == "/review") return review(visit);
    if (path == "/review/decide") return decide(visit);
    if (path == "/review/tag") return tag_text(visit);
    if (path == "/kiosks") return kiosks(visit);
    if (path == "/audit") return audit(visit);
    if (path == "/exports") return exports(visit, "");
    if (path == "/exports/start") return start_export(visit);
    if (path == "/exports/cancel") return cancel_export(visit);
    if (path == "/exports/file") return fetch_export(visit);
    if (path.starts_with("/exports/")) return export_file(path, visit);
    if (path == "/keys") return keys(visit, std::nullopt, "");
    if (path == "/keys/new") return new_key(visit);
    if (path == "/keys/remove") return remove_key(visit);
    if (path == "/accounts") return accounts(visit, std::nullopt, "");
    if (path == "/accounts/new") return new_account(visit);
    if (path.starts_with("/accounts/"))
        return change_account(path.substr(std::string_view("/accounts/").size()), visit);
    if (path == "/logout") return log_out(visit);
    if (path == "/language") return choose_language(visit);
    if (path == "/invitation/set") return set_up(visit);
    if (path == "/invitation") return invitation(visit);
    return log_in_with(visit);
}

HttpResponse Pages::page(const Visit& visit, std::string title, Markup body, unsigned status,
                         std::optional<std::chrono::seconds> refresh) const {
    Frame frame;
    frame.refresh = refresh;
    if (visit.caller) frame.banner = silent_banner(visit.reader, silent_sites_);
    frame.title = std::move(title);
    frame.path = std::string(path_of(visit.request.target));
    // What answers a form stands on the page that has the form.
    if (!is_page(frame.path)) frame.path.resize(frame.path.rfind('/'));
    frame.ward = label_of(pack_->plan.ward, visit.reader.language);
    frame.body = std::move(body);
    HttpResponse response;
    response.status = status;
    response.content_type = "text/html; charset=utf-8";
    response.showing = Showing::Page;
    response.body =
        visit.caller ? page_html(visit.reader, frame) : bare_page_html(visit.reader, frame);
    return response;
}

Step Pages::send_static(std::string_view path, const HttpRequest& request) {
    HttpResponse response;
    if (path == "/static/pages.css") {
        response.body = style_sheet();
        response.content_type = "text/css; charset=utf-8";
    } else {
        response.body = path == "/static/pages.js" ? std::string(script()) : chart_;
        response.content_type = "text/javascript; charset=utf-8";
    }
    response.etag = '"' + sha256_hex(response.body).substr(0, 32) + '"';
    response.caching = Caching::Revalidated;
    if (request.if_none_match.find(response.etag) != std::string::npos) {
        response.status = 304;
        response.body.clear();
    }
    return done(std::move(response));
}

// ---- what the store knows -------------------------------------------------------------------

Step Pages::kiosks(const Shared& visit) {
    return Step{AskStore([this, visit](Store& store) {
        auto kiosks = store.kiosks();
        auto counts = store.counts();
        return Continuation([this, visit, kiosks, counts] {
            if (!kiosks || !counts)
                return done(store_failure(kiosks ? counts.error() : kiosks.error()));
            return done(page(
                *visit, std::string(word(visit->reader, "キオスク", "Kiosks")),
                kiosks_page(visit->reader, *kiosks, *counts, options_.version, clock_.wall())));
        });
    })};
}

Step Pages::audit(const Shared& visit) {
    const std::string asked = field(visit->query, "before");
    std::int64_t before = 0;
    std::from_chars(asked.data(), asked.data() + asked.size(), before);
    const bool is_whole = !field(visit->query, "whole").empty();
    return Step{AskStore([this, visit, before, is_whole](Store& store) {
        auto entries = store.audit_before(std::max<std::int64_t>(before, 0), kEntriesOnAPage + 1);
        AuditView view;
        view.is_whole = is_whole;
        if (entries) view.broken = broken_link_among(*entries);
        if (entries && is_whole) {
            const auto all = store.audit();
            if (all) view.broken = broken_link(*all);
            if (!all) entries = tl::unexpected<Error>(all.error());
        }
        return Continuation([this, visit, entries, view]() mutable {
            if (!entries) return done(store_failure(entries.error()));
            view.entries = std::move(*entries);
            view.has_older = view.entries.size() > kEntriesOnAPage;
            if (view.has_older) view.entries.pop_back();
            return done(page(*visit, std::string(word(visit->reader, "操作の記録", "Audit log")),
                             audit_page(visit->reader, view)));
        });
    })};
}

}  // namespace machikoe
