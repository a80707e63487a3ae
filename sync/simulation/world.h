// World: kiosks, a server, residents and everything that goes wrong, in one thread.
//
// A run is a list of events thrown by the seed's dice: a visit, a step of delivery, a power cut, a
// full disk, a clock that jumps, a revocation, a new edition of the pack, a bundle on a stick.
// When the visits are over all faults end, everything is delivered, and the server's answers are
// compared with what the residents were told.  The same numbers give the same run, line by line.
// docs/simulation.md says how to read a failure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sync/seal/seeded_randomness.h"
#include "sync/simulation/kiosk_machine.h"
#include "sync/simulation/server_machine.h"
#include "sync/simulation/sqlite_disk.h"
#include "sync/simulation/trace.h"

namespace machikoe::simulation {

struct WorldOptions {
    std::uint64_t seed = 1;
    int kiosks = 2;
    int visits = 40;
    std::string trace_file;  // "": none
};

struct Verdict {
    std::int64_t saved = 0;  // that residents were thanked for
    std::int64_t lost = 0;
    std::int64_t doubled = 0;
    std::int64_t unreadable = 0;
    std::vector<std::string> faults;  // whatever else is not as it must be
    std::map<std::string, std::int64_t> injected;
    std::string digest;  // of the trace
    std::vector<std::string> last_lines;

    bool is_good() const { return lost + doubled + unreadable == 0 && faults.empty(); }
};

/// REQUIRES: no database is open in this process.
Verdict run_world(const WorldOptions& options);

class World {
  public:
    explicit World(const WorldOptions& options);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    void live();
    void settle();
    Verdict judge();

  private:
    /// What a resident answered, and what the screen said.
    struct Answer {
        Response response;
        Told told = Told::NotSaved;
    };
    void happen();
    void visit();
    void save(KioskMachine& kiosk, Answer& answer);
    void deliver(KioskMachine& kiosk);
    void pull_a_plug();
    void start_machines(bool all);
    void start_server();
    void trouble_a_disk();
    void jump_a_clock();
    void enrol(KioskMachine& kiosk);
    void revoke();
    void change_pack();
    void carry_a_stick();
    bool settled();
    void count_answers(Verdict& verdict);
    void check_ledger(Verdict& verdict);
    void note(const std::string& what) { ++injected_[what]; }
    void say(const std::string& what) { trace_.say(time_.now, what); }
    KioskMachine& any_kiosk() { return *kiosks_[dice_.index(kiosks_.size())]; }

    WorldOptions options_;
    std::filesystem::path root_;
    SeededRandomness randomness_;
    Disk disk_;
    SqliteDisk files_;
    Dice dice_;
    VirtualTime time_;
    Trace trace_;
    std::unique_ptr<ServerMachine> server_;
    std::unique_ptr<Network> network_;
    std::vector<std::unique_ptr<KioskMachine>> kiosks_;
    std::vector<Pack> packs_;
    std::vector<int> edition_at_;  // that each kiosk shows
    std::vector<Answer> answers_;
    std::vector<std::string> sticks_;
    std::set<std::string> troubled_;
    std::map<std::string, std::int64_t> injected_;
    int visits_left_;
    bool faults_are_over_ = false;
};

}  // namespace machikoe::simulation
