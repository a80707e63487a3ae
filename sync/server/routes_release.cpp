// What an accepted batch sets going before its answer leaves: records whose epoch has now been
// opened come out of quarantine, and groups that are large enough are released.  The receipts are
// good whatever becomes of that, so a failure here is logged and the answer goes out.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "sync/server/admission.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"

namespace machikoe {
namespace {

constexpr std::size_t kReadmittedAtOnce = 1000;  // the rest with the next opening, or at the start

struct Readmission {
    Place place;
    Judgement judgement;
};

void complain(const Error& error) {
    spdlog::error("server: the store could not release what waits: {}", error.message);
}

}  // namespace

Step Routes::readmit(HttpResponse reply) {
    return Step{AskStore([this, reply = std::move(reply)](Store& store) {
        const auto held = store.quarantined(Cause::UnknownEpoch, {}, kReadmittedAtOnce);
        return Continuation([this, reply, held]() mutable {
            if (!held) complain(held.error());
            if (!held || held->empty()) return release(std::move(reply));
            return judge_again(std::move(reply), *held);
        });
    })};
}

Step Routes::judge_again(HttpResponse reply, const std::vector<HeldEnvelope>& held) {
    std::vector<Readmission> all;
    for (const HeldEnvelope& each : held) {
        Envelope envelope;
        envelope.payload = each.payload;
        const Reading reading = intake_.read(each.kiosk, std::move(envelope));
        const auto* still = std::get_if<Quarantined>(&reading.content);
        if (!still || still->cause != Cause::UnknownEpoch)
            all.push_back({{each.kiosk, each.sequence}, intake_.judge(reading)});
    }
    if (all.empty()) return release(std::move(reply));
    return Step{AskStore([this, reply = std::move(reply), all = std::move(all)](Store& store) {
        std::vector<CarriesResponse> waiting;
        for (const Readmission& each : all) {
            const Status done =
                store.readmit(each.place.kiosk, each.place.sequence, each.judgement);
            if (!done) spdlog::warn("server: not readmitted: {}", done.error().message);
            if (const auto* response = std::get_if<CarriesResponse>(&each.judgement);
                done && response)
                waiting.push_back(*response);
        }
        return Continuation([this, reply, waiting]() mutable {
            for (const CarriesResponse& each : waiting) ++waiting_[{each.site, each.event}];
            return release(std::move(reply));
        });
    })};
}

Step Routes::release(HttpResponse reply) {
    const auto ripe = std::ranges::find_if(waiting_, [&](const auto& group) {
        return group.second >= static_cast<std::int64_t>(options_.mix) &&
               !releasing_.contains(group.first);
    });
    if (ripe == waiting_.end()) return done(std::move(reply));
    releasing_.insert(ripe->first);
    return Step{AskStore([this, reply = std::move(reply), place = ripe->first](Store& store) {
        auto read =
            std::make_shared<Result<WaitingRead>>(read_waiting(store, place.first, place.second));
        return Continuation([this, reply, place, read]() mutable {
            if (*read) return write_release(std::move(reply), place, **read);
            complain(read->error());
            releasing_.erase(place);
            return done(std::move(reply));
        });
    })};
}

Step Routes::write_release(HttpResponse reply, const SiteEvent& place, const WaitingRead& read) {
    const auto ready = std::make_shared<const Release>(mix_waiting(intake_, read, options_.mix));
    if (ready->ids.size() < options_.mix) {
        waiting_[place] = static_cast<std::int64_t>(ready->ids.size());
        releasing_.erase(place);
        return release(std::move(reply));
    }
    return Step{AskStore([this, reply = std::move(reply), place, ready](Store& store) {
        const Status done = store.release(ready->ids, ready->responses);
        auto groups = std::make_shared<Result<std::vector<WaitingGroup>>>();
        // Another program was first: only the store knows how many wait now.
        if (!done && done.error().code == ErrorCode::Conflict) *groups = store.waiting_groups();
        return Continuation([this, reply, place, ready, done, groups]() mutable {
            releasing_.erase(place);
            if (done) {
                waiting_[place] -= static_cast<std::int64_t>(ready->ids.size());
                for (const Response& response : ready->responses) totals_.add(response);
                return release(std::move(reply));
            }
            if (done.error().code != ErrorCode::Conflict || !*groups) {
                complain(done.error());
                return machikoe::done(std::move(reply));
            }
            count_waiting(**groups);
            return release(std::move(reply));
        });
    })};
}

void Routes::count_waiting(const std::vector<WaitingGroup>& groups) {
    waiting_.clear();
    for (const WaitingGroup& group : groups) waiting_[{group.site, group.event}] = group.count;
}

}  // namespace machikoe
