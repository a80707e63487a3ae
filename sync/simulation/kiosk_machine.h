// KioskMachine: the real outbox, keys, sealer and courier on a simulated disk, between power cuts.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "sync/client/courier.h"
#include "sync/seal/epoch.h"
#include "sync/simulation/disk.h"
#include "sync/simulation/network.h"

namespace machikoe::simulation {

enum class Told {
    Saved,      // the screen said thank you
    NotSaved,   // the screen said that it could not be saved; the answer is still in memory
    PlugPulled  // nobody knows what was said
};

class KioskMachine {
  public:
    KioskMachine(int number, const std::filesystem::path& root, Disk& disk, Network& network,
                 const VirtualTime& time, Dice dice);

    const std::string& name() const { return name_; }
    int number() const { return number_; }
    bool is_up() const { return program_ != nullptr; }
    /// Power on, program started; stays down when its files cannot be opened just now.
    Status start();
    void pull_plug();

    /// REQUIRES: up, as all below.
    Told save(const Response& response);
    /// How long the courier wants to rest.
    Milliseconds step();
    Status enrol(const std::string& code);
    std::string site() const;
    Result<std::string> bundle();
    const std::string& id() const { return program_->outbox.kiosk(); }
    OutboxState state() const { return program_->outbox.state().value_or(OutboxState{}); }
    const SyncStatus& status() const { return program_->courier.status(); }

    void heal() { faulty_ = false; }
    MachineClock& clock() { return clock_; }
    std::int64_t crashes() const { return crashes_; }

  private:
    struct Program {
        Program(KioskMachine& machine, Outbox outbox, KeyStore keys);
        Outbox outbox;
        KeyStore keys;
        Sealer sealer;
        SimulatedTransport transport;
        Courier courier;
    };
    /// After whatever may have cut the power: true when the machine is down.
    bool died();

    int number_;
    std::string name_;
    std::filesystem::path folder_;
    Disk& disk_;
    Network& network_;
    MachineClock clock_;
    Dice dice_;
    bool faulty_ = true;
    std::int64_t crashes_ = 0;
    std::unique_ptr<Program> program_;
};

}  // namespace machikoe::simulation
