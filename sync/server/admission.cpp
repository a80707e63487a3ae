#include "sync/server/admission.h"

#include <spdlog/spdlog.h>

#include "sync/seal/epoch.h"
#include "sync/server/mix.h"

namespace machikoe {
namespace {

constexpr std::size_t kPage = 1000;

Status tell(Intake& intake, Store& store, const std::string& kiosk,
            const std::vector<Envelope>& envelopes) {
    for (const std::string& epoch : intake.epochs_wanted(envelopes)) {
        const Result<std::string> opening = store.opening(epoch);
        if (opening)
            intake.open_epoch(kiosk, *opening);
        else if (opening.error().code != ErrorCode::NotFound)
            return tl::unexpected<Error>(opening.error());
    }
    return {};
}

Result<Judgement> judgement_of(Intake& intake, Store& store, const Reading& reading) {
    if (const auto hash = intake.pack_wanted(reading)) {
        const Result<PackFiles> files = store.pack(*hash);
        if (files)
            intake.learn_pack(*hash, *files);
        else if (files.error().code != ErrorCode::NotFound)
            return tl::unexpected<Error>(files.error());
    }
    return intake.judge(reading);
}

/// One pass over what is held: only openings, or all the rest.
Result<std::size_t> readmit_pass(Intake& intake, Store& store, bool openings) {
    std::size_t readmitted = 0;
    LedgerPlace after;
    for (;;) {
        const auto page = store.quarantined(std::nullopt, after, kPage);
        if (!page) return tl::unexpected<Error>(page.error());
        if (page->empty()) return readmitted;
        after = {page->back().kiosk, page->back().sequence};
        for (const HeldEnvelope& held : *page) {
            if ((kind_of(held.payload) == PayloadKind::Opening) != openings) continue;
            Envelope envelope;
            envelope.payload = held.payload;
            if (const Status told = tell(intake, store, held.kiosk, {envelope}); !told)
                return tl::unexpected<Error>(told.error());
            const auto judgement =
                judgement_of(intake, store, intake.read(held.kiosk, std::move(envelope)));
            if (!judgement) return tl::unexpected<Error>(judgement.error());
            const auto* still = std::get_if<Quarantined>(&*judgement);
            if (still && still->cause == held.why.cause && still->reason == held.why.reason)
                continue;
            const Status done = store.readmit(held.kiosk, held.sequence, *judgement);
            if (!done && done.error().code != ErrorCode::Conflict)
                return tl::unexpected<Error>(done.error());
            if (done && !still) ++readmitted;
        }
    }
}

}  // namespace

Result<WaitingRead> read_waiting(Store& store, const std::string& site, const std::string& event) {
    auto waiting = store.waiting(site, event);
    if (!waiting) return tl::unexpected<Error>(waiting.error());
    WaitingRead read{std::move(*waiting), {}};
    std::set<std::string> seen;
    for (const WaitingResponse& each : read.waiting) {
        const auto epoch = epoch_of(each.payload);
        if (!epoch || !seen.insert(*epoch).second) continue;
        Result<std::string> opening = store.opening(*epoch);
        if (opening)
            read.openings.emplace_back(each.kiosk, std::move(*opening));
        else if (opening.error().code != ErrorCode::NotFound)
            return tl::unexpected<Error>(opening.error());
    }
    return read;
}

Release mix_waiting(Intake& intake, const WaitingRead& read, std::size_t mix) {
    for (const auto& [kiosk, opening] : read.openings) intake.open_epoch(kiosk, opening);
    Release release;
    for (const WaitingResponse& each : read.waiting) {
        Result<Response> response = intake.read_again(each.kiosk, each.payload);
        if (response) {
            release.ids.push_back(each.id);
            release.responses.push_back(std::move(*response));
        } else if (release.unreadable++ == 0) {
            spdlog::error("server: a waiting answer of kiosk {} cannot be read: {}", each.kiosk,
                          response.error().message);
        }
    }
    release.responses = mixed(std::move(release.responses), mix);
    return release;
}

Result<std::vector<Incoming>> judge_all(Intake& intake, Store& store, const std::string& kiosk,
                                        std::vector<Envelope> envelopes) {
    if (const Status told = tell(intake, store, kiosk, envelopes); !told)
        return tl::unexpected<Error>(told.error());
    std::vector<Incoming> all;
    for (Envelope& envelope : envelopes) {
        Reading reading = intake.read(kiosk, std::move(envelope));
        auto judgement = judgement_of(intake, store, reading);
        if (!judgement) return tl::unexpected<Error>(judgement.error());
        all.push_back({std::move(reading.envelope), std::move(*judgement)});
    }
    return all;
}

Result<Tally> take_in(Intake& intake, Store& store, const Bundle& bundle, Milliseconds now) {
    Tally tally;
    for (const Batch& batch : bundle.batches) {
        auto incoming = judge_all(intake, store, batch.kiosk, batch.envelopes);
        if (!incoming) return tl::unexpected<Error>(incoming.error());
        const Group group{batch.kiosk, std::move(*incoming)};
        const auto appended = store.append_together({&group}, now);
        if (!appended) return tl::unexpected<Error>(appended.error());
        for (const Appended& each : appended->front()) {
            if (each.receipt.outcome == Outcome::Conflict)
                ++tally.conflicts;
            else if (!each.fresh)
                ++tally.known;
            else
                ++(each.receipt.outcome == Outcome::Stored ? tally.fresh : tally.held);
        }
    }
    if (const auto readmitted = readmit_all(intake, store); !readmitted)
        return tl::unexpected<Error>(readmitted.error());
    return tally;
}

Result<std::size_t> readmit_all(Intake& intake, Store& store) {
    const auto openings = readmit_pass(intake, store, true);
    if (!openings) return openings;
    const auto rest = readmit_pass(intake, store, false);
    if (!rest) return rest;
    return *openings + *rest;
}

Result<std::vector<Response>> release_ripe(Intake& intake, Store& store, std::size_t mix) {
    const auto groups = store.waiting_groups();
    if (!groups) return tl::unexpected<Error>(groups.error());
    std::vector<Response> released;
    for (const WaitingGroup& group : *groups) {
        if (group.count < static_cast<std::int64_t>(mix)) continue;
        const auto read = read_waiting(store, group.site, group.event);
        if (!read) return tl::unexpected<Error>(read.error());
        Release release = mix_waiting(intake, *read, mix);
        if (release.ids.size() < mix) continue;
        const Result<ReleasePlace> done = store.release(release.ids, release.responses);
        if (!done && done.error().code == ErrorCode::Conflict) continue;
        if (!done) return tl::unexpected<Error>(done.error());
        for (Response& response : release.responses) released.push_back(std::move(response));
    }
    return released;
}

Result<Rest> release_rest(Intake& intake, Store& store, const WaitingGroup& group) {
    const auto read = read_waiting(store, group.site, group.event);
    if (!read) return tl::unexpected<Error>(read.error());
    const Release release = mix_waiting(intake, *read, read->waiting.size() + 1);
    if (const Result<ReleasePlace> done = store.release(release.ids, release.responses); !done)
        return tl::unexpected<Error>(done.error());
    return Rest{release.ids.size(), release.unreadable};
}

}  // namespace machikoe
