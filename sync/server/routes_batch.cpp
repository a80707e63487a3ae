#include <spdlog/spdlog.h>

#include <set>

#include "app/base/crypto.h"
#include "sync/server/inflate.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"

namespace machikoe {

/// A batch on its way: what was read of it, until it is judged.
struct Routes::Work {
    std::string kiosk;
    std::vector<Envelope> envelopes;
    std::vector<Result<Response>> records;  // beside the envelopes
};

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

}  // namespace machikoe
