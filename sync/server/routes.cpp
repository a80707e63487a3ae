#include "sync/server/routes.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/base/crypto.h"
#include "sync/server/inflate.h"
#include "sync/wire/totals.h"

namespace machikoe {
namespace {

using nlohmann::json;

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kSmallBodyBytes = 4u << 10;
constexpr int kRetryAfter_s = 10;

struct Route {
    std::string_view path;
    std::string_view method;
    std::size_t body_limit;
};
constexpr Route kRoutes[] = {
    {"/v1/enrol", "POST", kSmallBodyBytes}, {"/v1/batch", "POST", kMaxBatchWireBytes},
    {"/v1/pack", "GET", kSmallBodyBytes},   {"/v1/totals", "GET", kSmallBodyBytes},
    {"/healthz", "GET", kSmallBodyBytes},
};

const Route* route_of(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    const auto* found = std::find_if(std::begin(kRoutes), std::end(kRoutes),
                                     [&](const Route& route) { return route.path == path; });
    return found == std::end(kRoutes) ? nullptr : found;
}

std::string text_of(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// The credential of "Bearer …", or "".
std::string_view bearer(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() <= kScheme.size()) return "";
    for (std::size_t i = 0; i < kScheme.size(); ++i)
        if ((authorization[i] | 0x20) != kScheme[i]) return "";
    return authorization.substr(kScheme.size());
}

/// What a failure of the store means for a kiosk.
HttpResponse store_failure(const Error& error) {
    if (error.code == ErrorCode::Denied) return error_response(401, "credential refused");
    spdlog::error("store: {}: {}", name_of(error.code), error.message);
    if (error.code == ErrorCode::Unavailable) return busy_response("the store is busy");
    return error_response(500, "the store failed");
}

Step done(HttpResponse response) {
    return Step{std::move(response)};
}

}  // namespace

HttpResponse error_response(unsigned status, std::string_view reason) {
    HttpResponse response;
    response.status = status;
    response.body = text_of({{"error", reason}});
    return response;
}

HttpResponse busy_response(std::string_view reason) {
    HttpResponse response = error_response(503, reason);
    response.retry_after_s = kRetryAfter_s;
    return response;
}

/// A batch on its way: what was read of it, until it is judged.
struct Routes::Work {
    std::string kiosk;
    std::vector<Envelope> envelopes;
    std::vector<Result<Response>> records;  // beside the envelopes
};

Routes::Routes(PackFiles files, Pack pack, const Clock& clock)
    : clock_(clock),
      files_(std::move(files)),
      pack_(std::make_shared<const Pack>(std::move(pack))),
      pack_body_(encode_pack(files_, pack_->plan.id, pack_->hash)),
      pack_etag_('"' + pack_->hash + '"'),
      totals_(*pack_) {
    packs_[pack_->hash] = pack_;
}

Status Routes::prepare(Store& store) {
    if (Status put = store.put_pack(pack_->hash, pack_->plan.id, files_); !put) return put;
    // Published at the end or not at all: the store's order is not the order of arrival, so
    // its first ten are not those that were the first step.
    Status counted = store.for_each_response([this](const std::string&, const Response& response) {
        totals_.restore(response);
        return true;
    });
    if (counted) totals_.publish_if_full();
    return counted;
}

std::size_t Routes::body_limit(std::string_view target) {
    const Route* route = route_of(target);
    return route ? route->body_limit : kSmallBodyBytes;
}

std::string_view Routes::route_name(std::string_view target) {
    const Route* route = route_of(target);
    return route ? route->path : "(unknown)";
}

Step Routes::answer(HttpRequest request) {
    const Route* route = route_of(request.target);
    if (!route) return done(error_response(404, "no such route"));
    if (request.method != route->method) {
        HttpResponse response = error_response(405, "method not allowed");
        response.allow = route->method;
        return done(std::move(response));
    }
    if (route->path == "/v1/enrol") return enrol(request);
    if (route->path == "/v1/batch") return batch(std::move(request));
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

// ---- enrolment and content ------------------------------------------------------------

Step Routes::enrol(const HttpRequest& request) {
    const Result<EnrolRequest> wanted = decode_enrol_request(request.body);
    if (!wanted) return done(error_response(400, wanted.error().message));
    const std::string token = random_hex(kTokenBytes);
    return Step{AskStore([wanted = *wanted, token, now = clock_.wall()](Store& store) {
        const Result<KioskRow> kiosk =
            store.use_code(sha256_hex(wanted.code), wanted.kiosk, sha256_hex(token), now);
        return Continuation([kiosk, token] {
            if (!kiosk && kiosk.error().code == ErrorCode::Denied)
                return done(error_response(403, kiosk.error().message));
            if (!kiosk) return done(store_failure(kiosk.error()));
            spdlog::info("server: kiosk {} enrolled for site {}", kiosk->id, kiosk->site);
            HttpResponse response;
            response.status = 201;
            response.body = encode(EnrolReply{token, kiosk->name, kiosk->site});
            return done(std::move(response));
        });
    })};
}

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

// ---- a batch --------------------------------------------------------------------------

Step Routes::batch(HttpRequest request) {
    const std::string_view token = bearer(request.authorization);
    if (token.empty()) return done(error_response(401, "credential missing"));
    // Who sends it first: nothing is decompressed for a stranger.
    const auto shared = std::make_shared<const HttpRequest>(std::move(request));
    return Step{AskStore([this, shared, hash = sha256_hex(token)](Store& store) {
        const Result<KioskRow> kiosk = store.kiosk_by_token(hash);
        return Continuation([this, shared, kiosk] {
            if (!kiosk) return done(store_failure(kiosk.error()));
            return read_batch(*shared, kiosk->id);
        });
    })};
}

Step Routes::read_batch(const HttpRequest& request, const std::string& kiosk) {
    std::string inflated;
    std::string_view bytes = request.body;
    if (request.content_encoding == "zstd") {
        auto text = inflate_zstd(request.body, kMaxBatchBytes);
        if (!text && text.error() == InflateFault::TooLarge)
            return done(error_response(413, "the batch is too large"));
        if (!text) return done(error_response(400, "not whole zstd data"));
        inflated = std::move(*text);
        bytes = inflated;
    } else if (!request.content_encoding.empty() && request.content_encoding != "identity") {
        return done(error_response(415, "only zstd, or nothing"));
    }
    Result<Batch> batch = decode_batch(bytes);
    if (!batch) return done(error_response(400, batch.error().message));
    if (batch->kiosk != kiosk)
        return done(error_response(401, "this credential is another kiosk's"));
    auto work = std::make_shared<Work>();
    work->kiosk = kiosk;
    work->envelopes = std::move(batch->envelopes);
    for (const Envelope& envelope : work->envelopes)
        work->records.push_back(decode_record(envelope.payload));
    return find_packs(std::move(work));
}

Step Routes::find_packs(std::shared_ptr<Work> work) {
    std::set<std::string> missing;
    for (const Result<Response>& record : work->records)
        if (record && !packs_.contains(record->pack_hash)) missing.insert(record->pack_hash);
    if (missing.empty()) return judge(work);
    return Step{AskStore([this, work, missing](Store& store) -> Continuation {
        std::map<std::string, PackFiles> found;
        for (const std::string& hash : missing) {
            Result<PackFiles> files = store.pack(hash);
            if (files)
                found.emplace(hash, std::move(*files));
            else if (files.error().code != ErrorCode::NotFound)
                return [error = files.error()] { return done(store_failure(error)); };
        }
        return [this, work, found = std::move(found)] {
            for (const auto& [hash, files] : found) learn_pack(hash, files);
            return judge(work);
        };
    })};
}

void Routes::learn_pack(const std::string& hash, const PackFiles& files) {
    auto pack = parse_pack(files);
    if (!pack || pack->hash != hash) {
        spdlog::error("server: the stored pack {} cannot be read by this program", hash);
        packs_[hash] = nullptr;
        return;
    }
    packs_[hash] = std::make_shared<const Pack>(std::move(*pack));
}

Step Routes::judge(const std::shared_ptr<Work>& work) {
    auto group = std::make_shared<Group>();
    group->kiosk = work->kiosk;
    for (std::size_t i = 0; i < work->envelopes.size(); ++i) {
        Incoming incoming;
        incoming.envelope = std::move(work->envelopes[i]);
        Result<Response>& record = work->records[i];
        const auto known = record ? packs_.find(record->pack_hash) : packs_.end();
        if (!record) {
            incoming.reason = "unreadable record: " + record.error().message;
        } else if (known == packs_.end()) {
            incoming.reason = "unknown pack version";
        } else if (!known->second) {
            incoming.reason = "unreadable pack version";
        } else if (const Status fits = check_response(*known->second, *record); !fits) {
            incoming.reason = "does not fit its pack: " + fits.error().message;
        } else {
            incoming.response = std::move(*record);
        }
        group->incoming.push_back(std::move(incoming));
    }
    return Step{AppendToStore{group, [this, group](const Result<std::vector<Appended>>& appended) {
                                  return receipts(*group, appended);
                              }}};
}

Step Routes::receipts(const Group& group, const Result<std::vector<Appended>>& appended) {
    if (!appended) return done(store_failure(appended.error()));
    std::vector<Receipt> all;
    for (std::size_t i = 0; i < appended->size(); ++i) {
        const Appended& each = (*appended)[i];
        if (each.fresh && each.receipt.outcome == Outcome::Stored)
            totals_.add(*group.incoming[i].response);
        all.push_back(each.receipt);
    }
    HttpResponse response;
    response.status = 201;
    response.body = encode_receipts(all);
    return done(std::move(response));
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
        const AppendToStore append = std::move(std::get<AppendToStore>(step.next));
        auto appended = store.append_together({append.group.get()}, now);
        step = appended ? append.then(std::move(appended->front()))
                        : append.then(tl::unexpected<Error>(appended.error()));
    }
}

}  // namespace machikoe
