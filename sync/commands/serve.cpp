#include <fmt/format.h>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/server/accounts.h"
#include "sync/server/log_lines.h"
#include "sync/server/server.h"

namespace machikoe {
namespace {

constexpr std::uint16_t kDefaultPort = 8787;

struct ServeOptions {
    std::string data;
    std::string database;
    std::string pack;
    std::uint16_t port = kDefaultPort;
    std::string port_file;
    std::size_t mix = kDefaultMix;
    std::string address = "127.0.0.1";
    std::vector<std::string> names;
    bool plain_http = false;
    bool new_keys = false;
    std::string log_format = "text";
    std::string log_level = "info";
};

void set_up_log(const ServeOptions& options) {
    spdlog::set_level(spdlog::level::from_str(options.log_level));
    if (options.log_format == "json") spdlog::set_formatter(json_formatter());
}

/// Ctrl-C and the service manager's signal, and SIGUSR1, taken by this thread alone.  Blocked
/// before the server makes its threads, which inherit that.
class Signals {
  public:
    Signals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    /// False: it was SIGUSR1, and the server goes on.
    bool wait() const {
        int taken = 0;
        sigwait(&signals_, &taken);
        return taken != SIGUSR1;
    }

  private:
    sigset_t signals_;
};

/// Keys that are missing are made, but not silently where something was sealed to others.
Status keys_are_there(const ServeOptions& options, Store& store) {
    const std::filesystem::path key = std::filesystem::path(options.data) / "keys" / "sealing.key";
    std::error_code ec;
    if (options.new_keys || std::filesystem::exists(key, ec)) return {};
    const auto kiosks = store.kiosks();
    if (!kiosks) return tl::unexpected<Error>(kiosks.error());
    for (const KioskRow& kiosk : *kiosks)
        if (!kiosk.signing_key.empty())
            return fail(
                ErrorCode::Unavailable,
                key.string() +
                    " is missing, and kiosks have sealed to it: put back the copy of keys/, "
                    "or start with --new-keys; what waits sealed is then unreadable, and "
                    "every kiosk must be enrolled again");
    return {};
}

Result<TlsIdentity> identity_for(const ServeOptions& options, const Clock& clock) {
    TlsOptions tls{options.data, names_of_this_machine(options.address)};
    tls.names.insert(tls.names.end(), options.names.begin(), options.names.end());
    return load_tls_identity(tls, clock.wall());
}

/// As kiosks call it.
std::string url_of(const ServeOptions& options, std::uint16_t port) {
    const bool six = options.address.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}\n", options.plain_http ? "http" : "https", six ? "[" : "",
                       options.address, six ? "]" : "", port);
}

/// The number of this process, for whoever wants to ask it (`machikoe indicators --recount`).
class PidFile {
  public:
    explicit PidFile(std::filesystem::path path) : path_(std::move(path)) {
        if (const Status told = replace_file(path_, fmt::format("{}\n", ::getpid())); !told)
            spdlog::warn("{}", told.error().message);
    }
    ~PidFile() {
        std::error_code ec;
        std::filesystem::remove(path_, ec);
    }
    PidFile(const PidFile&) = delete;
    PidFile& operator=(const PidFile&) = delete;

  private:
    std::filesystem::path path_;
};

void write_live(Server& server, const std::string& data) {
    const Routes::Live live = server.live();
    const std::string text = fmt::format(
        "{{\"responses\": {}, \"counts_sha256\": \"{}\", \"figures_ms\": {:.3f},"
        " \"recounting\": {}}}\n",
        live.responses, live.counts_sha256, live.figures_ms, live.is_recounting);
    if (const Status told = replace_file(std::filesystem::path(data) / "live.json", text); !told)
        spdlog::warn("{}", told.error().message);
}

Ended serve(const ServeOptions& options) {
    set_up_log(options);
    const Signals signals;
    const SystemClock clock;
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    if (const Status there = keys_are_there(options, *store); !there)
        return end_with(Ended::Environment, there.error().message);
    const auto first_code = invite_first(*store, clock.wall());
    if (!first_code) return end_with(Ended::Environment, first_code.error().message);
    Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    ServerOptions server_options;
    server_options.port = options.port;
    server_options.mix = options.mix;
    server_options.address = options.address;
    server_options.version = MACHIKOE_VERSION;
    server_options.data = options.data;
    server_options.open_reader = [folder = std::filesystem::path(options.data)] {
        return open_sqlite_store(folder, StoreMode::ReadOnly);
    };
    if (!options.plain_http) {
        Result<TlsIdentity> identity = identity_for(options, clock);
        if (!identity)
            return end_with(
                identity.error().code == ErrorCode::Invalid ? Ended::Usage : Ended::Environment,
                identity.error().message);
        server_options.tls = std::make_shared<const TlsIdentity>(std::move(*identity));
    }
    Result<std::unique_ptr<Server>> server =
        Server::start(server_options, std::move(store), std::move(loaded->files),
                      std::move(loaded->pack), std::move(*keys), clock);
    if (!server) return end_with(Ended::Environment, server.error().message);
    const std::uint16_t port = (*server)->port();
    if (!options.port_file.empty())
        if (const Status told = replace_file(options.port_file, fmt::format("{}\n", port)); !told)
            return end_with(Ended::Environment, told.error().message);
    if (*first_code) {
        std::string url = url_of(options, port);
        url.pop_back();
        std::cerr << fmt::format(
            "machikoe: nobody has an account yet.  Open {}/invitation within 24 hours and enter\n"
            "machikoe: {}\n",
            url, **first_code);
    }
    std::cout << url_of(options, port) << std::flush;
    const PidFile pid(std::filesystem::path(options.data) / "server.pid");
    while (!signals.wait()) write_live(**server, options.data);
    (*server)->stop();
    return Ended::Ok;
}

}  // namespace

void add_serve(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("serve", "runs the server until SIGINT or SIGTERM");
    auto options = std::make_shared<ServeOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--port", options->port, "default 8787; 0: any free one");
    command->add_option("--port-file", options->port_file, "gets the port once it is open");
    command->add_option("--address", options->address,
                        "where to listen (default 127.0.0.1; 0.0.0.0: everywhere)");
    command->add_option("--name", options->names,
                        "a name or address that kiosks call this server by; several times");
    command->add_flag("--plain-http", options->plain_http,
                      "without TLS, for this machine alone (127.0.0.1 or ::1)");
    command->add_flag("--new-keys", options->new_keys, "goes on although keys/ was lost");
    command
        ->add_option("--mix", options->mix,
                     "how many answers of one site and event come out together (default 5)")
        ->check(CLI::Range(kLeastMix, std::size_t{10'000}));
    command
        ->add_option("--log-format", options->log_format,
                     "text (default) or json, on standard error")
        ->check(CLI::IsMember({"text", "json"}));
    command->add_option("--log-level", options->log_level, "from this on (default info)")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));
    command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace machikoe
