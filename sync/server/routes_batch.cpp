#include <spdlog/spdlog.h>

#include <set>

#include "app/base/crypto.h"
#include "sync/server/inflate.h"
#include "sync/server/metrics.h"
#include "sync/server/mix.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"

namespace machikoe {

/// A batch on its way: what was read of it, until it is judged.
struct Routes::Work {
    std::string kiosk;
    std::vector<Envelope> envelopes;
    std::vector<Reading> readings;
};

namespace {

Metrics::Envelope envelope_of(const Appended& appended) {
    if (appended.receipt.outcome == Outcome::Conflict) return Metrics::Envelope::Conflict;
    if (!appended.fresh) return Metrics::Envelope::Duplicate;
    return appended.receipt.outcome == Outcome::Quarantined ? Metrics::Envelope::Quarantined
                                                            : Metrics::Envelope::Accepted;
}

}  // namespace

Step Routes::batch(HttpRequest request) {
    const std::string_view token = bearer(request.authorization);
    if (token.empty()) return done(error_response(401, "credential missing"));
    if (const int wait = batches_.seconds_to_wait(sha256_hex(token), clock_.monotonic()))
        return done(too_often_response(wait));
    // Who sends it first: nothing is decompressed for a stranger.
    const auto shared = std::make_shared<const HttpRequest>(std::move(request));
    return Step{AskStore([this, shared, hash = sha256_hex(token)](Store& store) {
        const Result<KioskRow> kiosk = store.kiosk_by_token(hash);
        return Continuation([this, shared, kiosk] {
            if (!kiosk) return done(store_failure(kiosk.error()));
            return read_batch(*shared, *kiosk);
        });
    })};
}

Step Routes::read_batch(const HttpRequest& request, const KioskRow& kiosk) {
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
    if (batch->kiosk != kiosk.id)
        return done(error_response(401, "this credential is another kiosk's"));
    if (!is_signed(kiosk.signing_key, signed_part(*batch), batch->signature))
        return done(error_response(401, "not signed by the kiosk of this credential"));
    auto work = std::make_shared<Work>();
    work->kiosk = kiosk.id;
    work->envelopes = std::move(batch->envelopes);
    return find_openings(std::move(work));
}

Step Routes::find_openings(std::shared_ptr<Work> work) {
    const std::set<std::string> wanted = intake_.epochs_wanted(work->envelopes);
    if (wanted.empty()) return find_packs(std::move(work));
    return Step{AskStore([this, work, wanted](Store& store) -> Continuation {
        std::vector<std::string> found;
        for (const std::string& epoch : wanted) {
            Result<std::string> opening = store.opening(epoch);
            if (opening)
                found.push_back(std::move(*opening));
            else if (opening.error().code != ErrorCode::NotFound)
                return [error = opening.error()] { return done(store_failure(error)); };
        }
        return [this, work, found = std::move(found)] {
            for (const std::string& opening : found) intake_.open_epoch(work->kiosk, opening);
            return find_packs(work);
        };
    })};
}

Step Routes::find_packs(std::shared_ptr<Work> work) {
    std::set<std::string> wanted;
    for (Envelope& envelope : work->envelopes) {
        work->readings.push_back(intake_.read(work->kiosk, std::move(envelope)));
        if (const auto hash = intake_.pack_wanted(work->readings.back())) wanted.insert(*hash);
    }
    if (wanted.empty()) return judge(*work);
    return Step{AskStore([this, work, wanted](Store& store) -> Continuation {
        std::map<std::string, PackFiles> found;
        for (const std::string& hash : wanted) {
            Result<PackFiles> files = store.pack(hash);
            if (files)
                found.emplace(hash, std::move(*files));
            else if (files.error().code != ErrorCode::NotFound)
                return [error = files.error()] { return done(store_failure(error)); };
        }
        return [this, work, found = std::move(found)] {
            for (const auto& [hash, files] : found) intake_.learn_pack(hash, files);
            return judge(*work);
        };
    })};
}

Step Routes::judge(Work& work) {
    auto group = std::make_shared<Group>();
    group->kiosk = work.kiosk;
    group->incoming.reserve(work.readings.size());
    std::vector<Response> responses;
    const CarriesResponse* place = nullptr;
    bool one_place = true;
    for (Reading& reading : work.readings) {
        group->incoming.push_back({std::move(reading.envelope), intake_.judge(reading)});
        const auto* carries = std::get_if<CarriesResponse>(&group->incoming.back().judgement);
        if (!carries) continue;
        if (!place) place = carries;
        one_place = one_place && carries->site == place->site && carries->event == place->event;
        responses.push_back(std::move(std::get<Response>(reading.content)));
    }
    // Enough for a group of their own, as after a day without a network: they need not wait.
    if (one_place && responses.size() >= options_.mix)
        group->mixed = mixed(std::move(responses), options_.mix);
    return Step{AppendToStore{group, [this, group](const Result<std::vector<Appended>>& appended) {
                                  return receipts(*group, appended);
                              }}};
}

Step Routes::receipts(const Group& group, const Result<std::vector<Appended>>& appended) {
    if (!appended) return done(store_failure(appended.error()));
    Receipts receipts;
    receipts.all.reserve(appended->size());
    bool opened = false, waits = false;
    std::shared_ptr<const ReleasePlace> came_out;
    for (std::size_t i = 0; i < appended->size(); ++i) {
        const Appended& each = (*appended)[i];
        receipts.all.push_back(each.receipt);
        options_.metrics->took(envelope_of(each));
        if (each.came_out) came_out = each.came_out;
        if (!each.fresh || each.receipt.outcome != Outcome::Stored) continue;
        const Judgement& judgement = group.incoming[i].judgement;
        opened = opened || std::holds_alternative<CarriesOpening>(judgement);
        waits = waits || (std::holds_alternative<CarriesResponse>(judgement) && !each.came_out);
    }
    receipts.signature = keys_.receipts.sign(signed_part(group.kiosk, receipts.all));
    HttpResponse response;
    response.status = 201;
    response.body = encode_receipts(receipts);
    if (came_out) options_.metrics->released(group.mixed.size());
    if (came_out) counts_->count(*came_out, group.mixed);
    if (opened) return readmit(std::move(response));
    return waits ? release(std::move(response)) : done(std::move(response));
}

}  // namespace machikoe
