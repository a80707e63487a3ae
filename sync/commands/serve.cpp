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
#include "sync/commands/deletion.h"
#include "sync/commands/serve_options.h"
#include "sync/commands/service_notice.h"
#include "sync/server/accounts.h"
#include "sync/server/log_lines.h"
#include "sync/server/server.h"

namespace machikoe {
namespace {

// How often it is looked whether a day has passed, and at which hour in Japan a day's deletion is.
constexpr Milliseconds kLongestNap{10 * 60'000};
constexpr int kDeletionHour = 3;
constexpr Milliseconds kLongestStart{30 * 60'000};

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
    /// 0: none came in that time.
    int wait(Milliseconds longest) const {
        const timespec time{longest.count() / 1000, longest.count() % 1000 * 1'000'000};
        const int taken = sigtimedwait(&signals_, nullptr, &time);
        return taken < 0 ? 0 : taken;
    }
    /// The next one ends the program where it stands: who asks twice does not want to wait.
    void end_at_once() const {
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGINT);
        sigaddset(&ends, SIGTERM);
        pthread_sigmask(SIG_UNBLOCK, &ends, nullptr);
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

/// As browsers call it, and kiosks where nothing stands between.
std::string url_of(const ServeOptions& options, std::uint16_t port) {
    if (!options.public_url.empty()) return origin_of_url(options.public_url).value();
    const bool six = options.address.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", options.plain_http ? "http" : "https", six ? "[" : "",
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

/// Once a day, by a connection of its own: what was kept long enough goes.
class Retention {
  public:
    Retention(const ServeOptions& options, const Clock& clock)
        : location_{options.data, options.database},
          months_(options.retention_months),
          clock_(clock) {}

    Status at_start(Store& store) { return delete_by(store); }
    void when_due() {
        const DayHour now = day_hour_in_japan(clock_.wall());
        if (months_ == 0 || now.day == day_ || now.hour < kDeletionHour) return;
        auto store = open_store(location_);
        const Status deleted =
            store ? delete_by(**store) : Status(tl::unexpected<Error>(store.error()));
        if (!deleted) spdlog::error("server: retention: {}", deleted.error().message);
    }

  private:
    Status delete_by(Store& store) {
        if (months_ == 0) return {};
        const Milliseconds now = clock_.wall();
        const auto deleted = delete_outlived(store, months_, now);
        if (!deleted) return tl::unexpected<Error>(deleted.error());
        if (*deleted > 0) spdlog::warn("server: {} responses outlived and deleted", *deleted);
        day_ = day_hour_in_japan(now).day;
        return {};
    }

    StoreLocation location_;
    int months_;
    const Clock& clock_;
    std::string day_;  // of the last deletion
};

/// Until somebody ends it.
void watch(Server& server, const Signals& signals, ServiceNotice& notice, Retention& retention,
           const std::string& data) {
    for (;;) {
        const Milliseconds nap = std::min(kLongestNap, notice.interval().value_or(kLongestNap));
        const int signal = signals.wait(nap);
        if (signal == SIGUSR1) write_live(server, data);
        if (signal == SIGTERM || signal == SIGINT) return;
        if (notice.interval() && server.answers_within(*notice.interval() / 2)) notice.alive();
        retention.when_due();
    }
}

/// The code of the first administrator, as long as nobody has an account.
void tell_first_code(const std::optional<std::string>& code, const std::string& url) {
    if (!code) return;
    std::cerr << fmt::format(
        "machikoe: nobody has an account yet.  Open {}/invitation within 24 hours and enter\n"
        "machikoe: {}\n",
        url, *code);
}

Ended serve(const ServeOptions& options) {
    set_up_log(options);
    const Signals signals;
    ServiceNotice notice;
    const SystemClock clock;
    auto server_options = server_options_of(options);
    if (!server_options) return end_with(Ended::Usage, server_options.error().message);
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    notice.starting("counting what is there", kLongestStart);
    const StoreLocation location{options.data, options.database};
    std::unique_ptr<Store> store = open_store_for(location, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    if (const Status there = keys_are_there(options, *store); !there)
        return end_with(Ended::Environment, there.error().message);
    const auto first_code = invite_first(*store, clock.wall());
    if (!first_code) return end_with(Ended::Environment, first_code.error().message);
    Retention retention(options, clock);
    if (const Status kept = retention.at_start(*store); !kept)
        return end_with(Ended::Environment, kept.error().message);
    Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    server_options->version = MACHIKOE_VERSION;
    server_options->open_reader = [location] { return open_store(location, StoreMode::ReadOnly); };
    if (!options.plain_http) {
        Result<TlsIdentity> identity = identity_for(options, clock);
        if (!identity)
            return end_with(
                identity.error().code == ErrorCode::Invalid ? Ended::Usage : Ended::Environment,
                identity.error().message);
        server_options->tls = std::make_shared<const TlsIdentity>(std::move(*identity));
    }
    Result<std::unique_ptr<Server>> server =
        Server::start(*server_options, std::move(store), std::move(loaded->files),
                      std::move(loaded->pack), std::move(*keys), clock);
    if (!server) return end_with(Ended::Environment, server.error().message);
    const std::uint16_t port = (*server)->port();
    if (!options.port_file.empty())
        if (const Status told = replace_file(options.port_file, fmt::format("{}\n", port)); !told)
            return end_with(Ended::Environment, told.error().message);
    const std::string url = url_of(options, port);
    tell_first_code(*first_code, url);
    std::cout << url << std::endl;
    const PidFile pid(std::filesystem::path(options.data) / "server.pid");
    notice.ready(fmt::format("{}, {} responses", url, (*server)->live().responses));
    watch(**server, signals, notice, retention, options.data);
    notice.stopping();
    signals.end_at_once();
    (*server)->stop();
    return Ended::Ok;
}

}  // namespace

void add_serve(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("serve", "runs the server until SIGINT or SIGTERM");
    auto options = std::make_shared<ServeOptions>();
    add_serve_options(*command, *options);
    command->callback([options, command, &chosen] {
        if (!options->config.empty()) read_configuration(*command, options->config);
        if (options->show_config) {
            chosen = [command] {
                std::cout << shown_configuration(*command);
                return end_after_output();
            };
            return;
        }
        for (const char* name : {"data", "pack"})
            if (command->get_option(std::string("--") + name)->empty())
                throw CLI::RequiredError(std::string("--") + name);
        chosen = [options] { return serve(*options); };
    });
}

}  // namespace machikoe
