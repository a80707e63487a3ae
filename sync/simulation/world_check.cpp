// How a run ends: all faults stop, everything is delivered, and the server's answers are compared
// with what the residents were told.
#include <fmt/format.h>

#include <algorithm>

#include "sync/server/mix.h"
#include "sync/simulation/factory.h"
#include "sync/simulation/world.h"

namespace machikoe::simulation {
namespace {

constexpr int kSettlingSteps = 10'000;

std::string words_of(const Response& response) {
    return std::get<std::string>(response.answers.at("words").value);
}

/// What blurring leaves alone.
bool same_answers(const Response& one, const Response& other) {
    return one.answers == other.answers && one.pack_hash == other.pack_hash &&
           one.site == other.site && one.event == other.event && one.universe == other.universe &&
           one.language == other.language && one.seed == other.seed &&
           one.when.day.starts_with(other.when.day) &&
           (other.when.hour == -1 || other.when.hour == one.when.hour);
}

}  // namespace

void World::settle() {
    say("all faults end");
    faults_are_over_ = true;
    network_->heal();
    server_->heal();
    for (const std::string& name : troubled_) disk_.set_trouble(name, Trouble::None);
    troubled_.clear();
    // The last power cut: whatever was on its way to a disk is decided now.
    if (server_->is_up()) server_->pull_plug();
    for (const auto& kiosk : kiosks_) {
        kiosk->heal();
        kiosk->clock().set_right();
        if (kiosk->is_up()) kiosk->pull_plug();
        server_->unlock(factory_keys(kiosk->number()).set_up);
    }
    server_->publish(2);
    start_machines(true);
    for (const auto& kiosk : kiosks_) enrol(*kiosk);
    for (int i = 0; i < kSettlingSteps && !settled(); ++i) {
        for (const auto& kiosk : kiosks_)
            if (kiosk->is_up()) deliver(*kiosk);
        time_.now += std::chrono::minutes(1);
    }
    // A start judges anew what is held.
    if (server_->is_up()) server_->pull_plug();
    start_server();
    if (server_->is_up() && !server_->release_rest()) say("the rest was not released");
}

bool World::settled() {
    return std::ranges::all_of(kiosks_, [](const auto& kiosk) {
        return kiosk->is_up() && kiosk->state().waiting_envelopes == 0;
    });
}

Verdict World::judge() {
    Verdict verdict;
    if (!server_->is_up()) {
        verdict.faults.push_back("the server does not start");
    } else {
        count_answers(verdict);
        check_ledger(verdict);
    }
    for (const auto& [what, times] : network_->injected()) verdict.injected[what] += times;
    for (const auto& [what, times] : injected_) verdict.injected[what] += times;
    const DiskCounts& disks = disk_.counts();
    verdict.injected["power cuts in all"] = disks.power_cuts;
    verdict.injected["writes lost by power cuts"] = disks.changes_lost;
    verdict.injected["writes torn by power cuts"] = disks.changes_torn;
    verdict.injected["writes refused"] = disks.refused + disks.refused_full;
    verdict.digest = trace_.digest();
    verdict.last_lines.assign(trace_.last().begin(), trace_.last().end());
    return verdict;
}

void World::count_answers(Verdict& verdict) {
    std::map<std::string, int> times;
    std::map<std::string, const Answer*> answered;
    for (const Answer& answer : answers_) answered[words_of(answer.response)] = &answer;
    const Status read =
        server_->store().for_each_response([&](const std::string&, const Response& response) {
            const std::string words = words_of(response);
            ++times[words];
            const auto found = answered.find(words);
            if (found == answered.end())
                verdict.faults.push_back("'" + words + "' was never answered");
            else if (!same_answers(found->second->response, response))
                verdict.faults.push_back("'" + words + "' is not what was answered");
            return true;
        });
    if (!read) verdict.faults.push_back("the responses cannot be read: " + read.error().message);
    for (const Answer& answer : answers_) {
        const int found = times[words_of(answer.response)];
        if (answer.told == Told::Saved) ++verdict.saved;
        if (answer.told == Told::Saved && found == 0) ++verdict.lost;
        if (found > 1) ++verdict.doubled;
    }
}

void World::check_ledger(Verdict& verdict) {
    const auto counts = server_->store().counts();
    if (!counts) {
        verdict.faults.push_back("the counts cannot be read");
        return;
    }
    verdict.unreadable = counts->quarantined + counts->waiting;
    if (counts->ledger !=
        counts->openings + counts->waiting + counts->responses + counts->quarantined)
        verdict.faults.push_back("the ledger does not add up");
    if (counts->conflicts > 0)
        verdict.faults.push_back(fmt::format("{} conflicts", counts->conflicts));
    for (const auto& kiosk : kiosks_) {
        if (!kiosk->is_up()) {
            verdict.faults.push_back(kiosk->name() + " does not start");
            continue;
        }
        const OutboxState outbox = kiosk->state();
        if (outbox.waiting_envelopes > 0)
            verdict.faults.push_back(fmt::format("{} envelopes of {} still wait: {}",
                                                 outbox.waiting_envelopes, kiosk->name(),
                                                 kiosk->status().last_error));
        const auto gaps = server_->store().gaps(kiosk->id());
        if (!gaps || !gaps->empty()) verdict.faults.push_back(kiosk->name() + " has gaps");
        const auto row = server_->store().kiosk(kiosk->id());
        if (outbox.last_sequence > 0 && (!row || row->highest_sequence != outbox.last_sequence))
            verdict.faults.push_back(kiosk->name() + "'s chain does not end where its ledger does");
    }
}

}  // namespace machikoe::simulation
