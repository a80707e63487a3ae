#include "sync/simulation/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/base/crypto.h"
#include "sync/simulation/factory.h"

namespace machikoe::simulation {
namespace {

constexpr std::size_t kMaxSticks = 6;
constexpr int kTries = 3;  // how often a resident presses "send" again

std::filesystem::path new_root() {
    auto root = std::filesystem::temp_directory_path() / ("machikoe-world-" + random_hex(8));
    std::filesystem::create_directories(root);
    return root;
}

/// Before the disks are simulated.
const WorldOptions& with_keys(const WorldOptions& options) {
    for (int i = 0; i < options.kiosks; ++i) factory_keys(i);
    return options;
}

std::string outcome(const Status& status) {
    return status ? "done" : fmt::format("refused ({})", static_cast<int>(status.error().code));
}

}  // namespace

World::World(const WorldOptions& options)
    : options_(with_keys(options)),
      root_(new_root()),
      randomness_(options.seed),
      disk_(root_.string(), options.seed),
      files_(disk_),
      dice_(options.seed),
      trace_(options.trace_file),
      visits_left_(options.visits) {
    server_ = std::make_unique<ServerMachine>(root_, disk_, time_, dice_.split());
    network_ = std::make_unique<Network>(time_, dice_.split(), [this](const HttpRequest& request) {
        auto response = server_->serve(request);
        say(fmt::format("server {} {}", request.target,
                        response ? std::to_string(response->status) : "down"));
        return response;
    });
    for (int i = 0; i < options_.kiosks; ++i)
        kiosks_.push_back(
            std::make_unique<KioskMachine>(i, root_, disk_, *network_, time_, dice_.split()));
    for (const int edition : {1, 2}) packs_.push_back(pack_of(pack_files(edition)));
    edition_at_.assign(kiosks_.size(), 1);
    start_machines(true);
}

World::~World() {
    kiosks_.clear();
    server_.reset();
    std::filesystem::remove_all(root_);
}

void World::live() {
    while (visits_left_ > 0) happen();
}

void World::happen() {
    time_.now += Milliseconds{dice_.between(100, 20'000)};
    switch (dice_.below(40)) {
        case 0:
            return pull_a_plug();
        case 1:
            return trouble_a_disk();
        case 2:
            return jump_a_clock();
        case 3:
            return revoke();
        case 4:
            return change_pack();
        case 5:
        case 6:
            return carry_a_stick();
        case 7:
            return network_->deliver_late();
        case 8:
            return start_machines(false);
        case 9:
            return start_machines(true);
        case 10:
            return enrol(any_kiosk());
        case 11:
        case 12:
            return enrol(any_kiosk());
        case 13:
            time_.now += std::chrono::minutes(dice_.between(1, 400));
            return;
        default:
            break;
    }
    return dice_.one_in(3) ? visit() : deliver(any_kiosk());
}

// ---- residents ------------------------------------------------------------------------

void World::visit() {
    const std::size_t at = dice_.index(kiosks_.size());
    KioskMachine& kiosk = *kiosks_[at];
    if (!kiosk.is_up()) return;
    --visits_left_;
    const Pack& pack = packs_[static_cast<std::size_t>(edition_at_[at] - 1)];
    const std::string words = fmt::format("answer {}", answers_.size());
    const std::string event = dice_.one_in(4) ? "fair" : "";
    answers_.push_back(
        {response_to(pack, kiosk.site(), event, day_hour_in_japan(kiosk.clock().wall()),
                     static_cast<int>(dice_.between(1, 4)), words)});
    save(kiosk, answers_.back());
}

/// Presses "send", and again when the screen says that it was not saved.
void World::save(KioskMachine& kiosk, Answer& answer) {
    if (dice_.one_in(12)) {
        note("power cuts in the middle of a save");
        disk_.cut_power_at(kiosk.name(), dice_.between(1, 12));
    }
    for (int i = 0; i < kTries && kiosk.is_up(); ++i) {
        answer.told = kiosk.save(answer.response);
        if (answer.told != Told::NotSaved) break;
        time_.now += std::chrono::seconds(5);
    }
    say(fmt::format("{} saves answer {}: {}", kiosk.name(), answers_.size() - 1,
                    static_cast<int>(answer.told)));
}

void World::deliver(KioskMachine& kiosk) {
    if (!kiosk.is_up()) return;
    if (!faults_are_over_ && dice_.one_in(20)) {
        note("power cuts in the middle of a delivery");
        disk_.cut_power_at(dice_.one_in(2) ? kiosk.name() : std::string(ServerMachine::kName),
                           dice_.between(1, 20));
    }
    const Milliseconds rest = kiosk.step();
    say(fmt::format("{} delivers, rests {}", kiosk.name(), rest.count()));
    time_.now += std::min<Milliseconds>(rest, std::chrono::minutes(10));
}

// ---- what goes wrong ------------------------------------------------------------------

void World::pull_a_plug() {
    if (dice_.one_in(3)) {
        if (!server_->is_up()) return;
        note("power cuts of the server");
        say("server loses power");
        server_->pull_plug();
        return;
    }
    KioskMachine& kiosk = any_kiosk();
    if (!kiosk.is_up()) return;
    note("power cuts of a kiosk");
    say(kiosk.name() + " loses power");
    kiosk.pull_plug();
}

void World::start_machines(bool all) {
    if (!server_->is_up() && (all || dice_.one_in(2))) start_server();
    for (const auto& kiosk : kiosks_)
        if (!kiosk->is_up() && (all || dice_.one_in(2)))
            say(kiosk->name() + " starts: " + outcome(kiosk->start()));
}

void World::start_server() {
    const Status started = server_->start();
    const auto counts = server_->is_up() ? server_->store().counts() : Result<Counts>(Counts{});
    say(fmt::format("server starts: {}, {} in its ledger", outcome(started),
                    counts ? counts->ledger : -1));
}

void World::trouble_a_disk() {
    if (!troubled_.empty() && dice_.one_in(2)) {
        for (const std::string& name : troubled_) disk_.set_trouble(name, Trouble::None);
        troubled_.clear();
        say("disks are well again");
        return;
    }
    const std::string name =
        dice_.one_in(3) ? std::string(ServerMachine::kName) : any_kiosk().name();
    static constexpr const char* kNames[] = {"", "full disks", "read-only disks", "failing disks"};
    const std::uint64_t which = 1 + dice_.below(3);
    note(kNames[which]);
    say(fmt::format("disk of {}: {}", name, kNames[which]));
    disk_.set_trouble(name, static_cast<Trouble>(which));
    troubled_.insert(name);
}

void World::jump_a_clock() {
    KioskMachine& kiosk = any_kiosk();
    const auto hours = dice_.between(-24 * 40, 24 * 40);
    note("clock jumps");
    say(fmt::format("clock of {} jumps {} h", kiosk.name(), hours));
    kiosk.clock().jump(std::chrono::hours(hours));
}

void World::revoke() {
    KioskMachine& kiosk = any_kiosk();
    if (!kiosk.is_up() || !dice_.one_in(3)) return;
    const Status revoked = server_->revoke(kiosk.id());
    if (revoked) note("revocations");
    say(kiosk.name() + " is revoked: " + outcome(revoked));
}

void World::enrol(KioskMachine& kiosk) {
    if (!kiosk.is_up()) return;
    const std::string code = server_->new_code(kiosk.name(), "office");
    if (code.empty()) return;
    const Status enrolled = kiosk.enrol(code);
    if (enrolled) note("enrolments");
    say(kiosk.name() + " enrols: " + outcome(enrolled));
}

/// Kiosks may have a new edition before the server, or long after it.
void World::change_pack() {
    if (dice_.one_in(2)) {
        const std::size_t at = dice_.index(kiosks_.size());
        if (edition_at_[at] == 2) return;
        edition_at_[at] = 2;
        note("new packs at a kiosk");
        say(kiosks_[at]->name() + " shows edition 2");
    } else if (server_->edition() == 1 && dice_.one_in(3)) {
        server_->publish(2);
        note("new packs at the server");
        say("server publishes edition 2 when it starts");
    }
}

void World::carry_a_stick() {
    if (sticks_.size() < kMaxSticks && dice_.one_in(2)) {
        KioskMachine& kiosk = any_kiosk();
        if (!kiosk.is_up()) return;
        const auto bundle = kiosk.bundle();
        say(fmt::format("{} writes a stick: {}", kiosk.name(), bundle ? bundle->size() : 0));
        if (!bundle || bundle->empty()) return;
        note("bundles written");
        sticks_.push_back(*bundle);
        return;
    }
    if (sticks_.empty()) return;
    std::string bytes = dice_.of(sticks_);  // it stays: it may be brought again
    if (dice_.one_in(4)) {
        note("bundles damaged");
        if (dice_.one_in(2))
            bytes.resize(dice_.index(bytes.size()));
        else
            bytes[dice_.index(bytes.size())] ^= static_cast<char>(1 << dice_.below(7));
    }
    const Status imported = server_->import(bytes);
    if (imported) note("bundles imported");
    say("server imports a stick: " + outcome(imported));
    if (sticks_.size() == kMaxSticks) sticks_.erase(sticks_.begin());
}

Verdict run_world(const WorldOptions& options) {
    World world(options);
    world.live();
    world.settle();
    return world.judge();
}

}  // namespace machikoe::simulation
