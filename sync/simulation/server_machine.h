// ServerMachine: the real routes and the real store on a simulated disk, between power cuts.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "sync/server/routes.h"
#include "sync/simulation/disk.h"
#include "sync/simulation/network.h"

namespace machikoe::simulation {

class ServerMachine {
  public:
    static constexpr const char* kName = "server";

    ServerMachine(const std::filesystem::path& root, Disk& disk, const VirtualTime& time,
                  Dice dice);

    bool is_up() const { return store_ != nullptr; }
    /// Power on, program started; stays down when the store cannot be opened just now.
    Status start();
    /// The program and the machine end as if the plug was pulled.
    void pull_plug();
    /// nullopt: down, or went down between two steps.  The disk may have been cut, too.
    std::optional<HttpResponse> serve(const HttpRequest& request);

    /// A new one-time code; "" when it is down.
    std::string new_code(const std::string& name, const std::string& site);
    Status revoke(const std::string& kiosk);
    /// As `machikoe bundle import` does beside the running server.
    Status import(const std::string& bytes);
    /// Publishes this edition of the pack at the next start.
    void publish(int edition) { edition_ = edition; }
    int edition() const { return edition_; }
    void unlock(const SealingKey& key);
    /// As `machikoe ledger --release-rest`.
    Status release_rest();

    void heal() { faulty_ = false; }
    Store& store() { return *store_; }  // REQUIRES: up
    MachineClock& clock() { return clock_; }
    std::int64_t crashes() const { return crashes_; }

  private:
    bool crashes_here();
    ServerKeys copy_of_keys() const;

    std::filesystem::path folder_;
    Disk& disk_;
    MachineClock clock_;
    Dice dice_;
    ServerKeys keys_ = generate_server_keys();
    int edition_ = 1;
    bool faulty_ = true;
    std::int64_t crashes_ = 0;
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
};

}  // namespace machikoe::simulation
