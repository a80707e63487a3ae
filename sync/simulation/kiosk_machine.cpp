#include "sync/simulation/kiosk_machine.h"

#include "sync/client/bundling.h"
#include "sync/client/keeping.h"
#include "sync/simulation/factory.h"

namespace machikoe::simulation {
namespace {

constexpr const char* kServer = "http://127.0.0.1:1";

}  // namespace

KioskMachine::Program::Program(KioskMachine& machine, Outbox its_outbox, KeyStore its_keys)
    : outbox(std::move(its_outbox)),
      keys(std::move(its_keys)),
      sealer(outbox.kiosk()),
      transport(machine.network_,
                [&machine] {
                    if (machine.faulty_ && machine.dice_.one_in(100))
                        machine.disk_.cut_power(machine.name_);
                }),
      courier(outbox, keys, transport, machine.clock_,
              [&machine] { return static_cast<double>(machine.dice_.below(100)) / 100; }) {}

KioskMachine::KioskMachine(int number, const std::filesystem::path& root, Disk& disk,
                           Network& network, const VirtualTime& time, Dice dice)
    : number_(number),
      name_("kiosk" + std::to_string(number)),
      folder_(root / name_),
      disk_(disk),
      network_(network),
      clock_(time),
      dice_(dice) {
    std::filesystem::create_directories(folder_);
    disk_.put((folder_ / "keys.db").string(), factory_keys(number).keys_db);
}

Status KioskMachine::start() {
    if (is_up()) return {};
    disk_.boot(name_);
    auto outbox = Outbox::open(folder_);
    if (!outbox) return tl::unexpected<Error>(outbox.error());
    auto keys = KeyStore::open(folder_, "simulated");
    if (!keys) return tl::unexpected<Error>(keys.error());
    program_ = std::make_unique<Program>(*this, std::move(*outbox), std::move(*keys));
    return {};
}

void KioskMachine::pull_plug() {
    ++crashes_;
    disk_.cut_power(name_);
    program_.reset();
}

bool KioskMachine::died() {
    if (disk_.has_power(name_)) return false;
    ++crashes_;
    program_.reset();
    return true;
}

Told KioskMachine::save(const Response& response) {
    const auto key = key_to_seal_to(program_->keys);
    if (died()) return Told::PlugPulled;
    if (!key) return Told::NotSaved;
    const auto kept = keep({.record = encode_record(response),
                            .public_key = *key,
                            .pack_hash = response.pack_hash,
                            .monotonic = clock_.monotonic(),
                            .wall = clock_.wall()},
                           program_->sealer, program_->outbox);
    // The append may be on the disk although the plug was pulled before anybody was told.
    if (died()) return kept ? Told::Saved : Told::PlugPulled;
    return kept ? Told::Saved : Told::NotSaved;
}

Milliseconds KioskMachine::step() {
    const Milliseconds rest = program_->courier.step();
    died();
    return rest;
}

Status KioskMachine::enrol(const std::string& code) {
    Status enrolled = machikoe::enrol(id(), program_->keys, program_->transport, kServer, code);
    died();
    return enrolled;
}

std::string KioskMachine::site() const {
    const auto enrolment = enrolment_of(id(), program_->keys);
    return enrolment ? enrolment->site : "unassigned";
}

Result<std::string> KioskMachine::bundle() {
    auto file = bundle_of(program_->outbox, program_->keys);
    if (died()) return fail(ErrorCode::Unavailable, "the plug was pulled");
    if (!file) return tl::unexpected<Error>(file.error());
    return std::move(file->bytes);
}

}  // namespace machikoe::simulation
