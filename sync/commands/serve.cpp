#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/server/server.h"

namespace machikoe {
namespace {

constexpr std::uint16_t kDefaultPort = 8787;

struct ServeOptions {
    std::string data;
    std::string pack;
    std::uint16_t port = kDefaultPort;
    std::string port_file;
    std::size_t mix = kDefaultMix;
};

/// Ctrl-C and the service manager's signal, taken by this thread alone.  Blocked before the
/// server makes its threads, which inherit that.
class StopSignals {
  public:
    StopSignals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    void wait() const {
        int taken = 0;
        sigwait(&signals_, &taken);
    }

  private:
    sigset_t signals_;
};

Ended serve(const ServeOptions& options) {
    const StopSignals signals;
    const SystemClock clock;
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    std::unique_ptr<Store> store = open_store_for(options.data, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    ServerOptions server_options;
    server_options.port = options.port;
    server_options.mix = options.mix;
    Result<std::unique_ptr<Server>> server =
        Server::start(server_options, std::move(store), std::move(loaded->files),
                      std::move(loaded->pack), std::move(*keys), clock);
    if (!server) return end_with(Ended::Environment, server.error().message);
    const std::uint16_t port = (*server)->port();
    if (!options.port_file.empty())
        if (const Status told = replace_file(options.port_file, fmt::format("{}\n", port)); !told)
            return end_with(Ended::Environment, told.error().message);
    std::cout << fmt::format("http://{}:{}\n", server_options.address, port) << std::flush;
    signals.wait();
    (*server)->stop();
    return Ended::Ok;
}

}  // namespace

void add_serve(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("serve", "runs the server until SIGINT or SIGTERM");
    auto options = std::make_shared<ServeOptions>();
    command->add_option("--data", options->data, "folder of server.db")->required();
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--port", options->port, "on 127.0.0.1 (default 8787; 0: any free one)");
    command->add_option("--port-file", options->port_file, "gets the port once it is open");
    command
        ->add_option("--mix", options->mix,
                     "how many answers of one site and event come out together (default 5)")
        ->check(CLI::Range(kLeastMix, std::size_t{10'000}));
    command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace machikoe
