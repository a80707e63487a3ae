// What an accepted batch sets going before its answer leaves: records whose epoch has now been
// opened come out of quarantine, and groups that are large enough are released.  The receipts are
// good whatever becomes of that, so a failure here is logged and the answer goes out.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

#include "sync/server/admission.h"
#include "sync/server/metrics.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"

namespace machikoe {
namespace {

constexpr std::size_t kReadmittedAtOnce = 1000;  // the rest with the next opening, or at the start

struct Readmission {
    LedgerPlace place;
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
        for (const Readmission& each : all)
            if (const Status done =
                    store.readmit(each.place.kiosk, each.place.sequence, each.judgement);
                !done)
                spdlog::warn("server: not readmitted: {}", done.error().message);
        return Continuation([this, reply]() mutable { return release(std::move(reply)); });
    })};
}

Step Routes::release(HttpResponse reply) {
    struct Ripe {
        SiteEvent place;
        WaitingRead read;
    };
    const auto is_ripe = [mix = static_cast<std::int64_t>(options_.mix), skipped = releasing_,
                          unreadable = unreadable_](const WaitingGroup& group) {
        const SiteEvent place{group.site, group.event};
        const auto known = unreadable.find(place);
        const std::int64_t readable = group.count - (known == unreadable.end() ? 0 : known->second);
        return readable >= mix && !skipped.contains(place);
    };
    return Step{AskStore([this, reply = std::move(reply), is_ripe](Store& store) {
        auto ripe = std::make_shared<std::optional<Ripe>>();
        const auto groups = store.waiting_groups();
        if (!groups) complain(groups.error());
        if (groups)
            if (const auto found = std::ranges::find_if(*groups, is_ripe); found != groups->end()) {
                auto read = read_waiting(store, found->site, found->event);
                if (!read) complain(read.error());
                if (read) *ripe = Ripe{{found->site, found->event}, std::move(*read)};
            }
        return Continuation([this, reply, ripe]() mutable {
            if (!*ripe) return done(std::move(reply));
            return write_release(std::move(reply), (*ripe)->place, (*ripe)->read);
        });
    })};
}

Step Routes::write_release(HttpResponse reply, const SiteEvent& place, const WaitingRead& read) {
    const auto ready = std::make_shared<const Release>(mix_waiting(intake_, read, options_.mix));
    unreadable_[place] = static_cast<std::int64_t>(ready->unreadable);
    // Another batch may have released them since they were read.
    if (ready->ids.size() < options_.mix || !releasing_.insert(place).second)
        return done(std::move(reply));
    return Step{AskStore([this, reply = std::move(reply), place, ready](Store& store) {
        const Result<ReleasePlace> written = store.release(ready->ids, ready->responses);
        return Continuation([this, reply, place, ready, written]() mutable {
            releasing_.erase(place);
            const bool late = !written && written.error().code == ErrorCode::Conflict;
            if (!written && !late) {
                complain(written.error());
                return done(std::move(reply));
            }
            if (written) options_.metrics->released(ready->responses.size());
            if (written) counts_->count(*written, ready->responses);
            return release(std::move(reply));
        });
    })};
}

}  // namespace machikoe
