#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "sync/commands/common.h"
#include "sync/commands/terminal_qr.h"
#include "sync/server/tls.h"

namespace machikoe {
namespace {

// The wire's own limit for a name; more would be refused when a kiosk enrols.
constexpr std::size_t kMaxNameBytes = 200;

struct EnrollOptions {
    std::string data;
    std::string database;
    std::string name;
    std::string site;
    int minutes = 10;
    std::string server;
    bool qr = false;
    bool plain_http = false;
};

/// Names are read by people and written into every response: no control characters.
std::string name_fault(const std::string& name) {
    if (name.empty()) return "must not be empty";
    if (name.size() > kMaxNameBytes) return fmt::format("longer than {} bytes", kMaxNameBytes);
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "holds a control character";
    return "";
}

Ended enroll(const EnrollOptions& options) {
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    EnrolmentCode code{random_code(3), ""};
    const Milliseconds now = SystemClock().wall();
    if (!options.plain_http) {
        Result<std::string> fingerprint = authority_fingerprint(options.data, now);
        if (!fingerprint) return end_with(Ended::Environment, fingerprint.error().message);
        code.fingerprint = std::move(*fingerprint);
    }
    const Milliseconds expires = now + std::chrono::minutes(options.minutes);
    if (const Status added =
            store->add_code(sha256_hex(code.code), options.name, options.site, expires);
        !added)
        return end_with(Ended::Environment, "database: " + added.error().message);
    fmt::print(stderr,
               "One-time code for '{}' at '{}', good for {} minutes. Type it into the kiosk:\n",
               options.name, options.site, options.minutes);
    std::cout << to_string(code) << "\n" << std::flush;
    if (options.qr || (!options.server.empty() && ::isatty(STDERR_FILENO) != 0))
        fmt::print(
            stderr, "{}",
            terminal_qr("machikoe:enrol?server=" + options.server + "&code=" + to_string(code)));
    return end_after_output();
}

}  // namespace

void add_enroll(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("enroll", "makes a one-time code that admits a kiosk");
    auto options = std::make_shared<EnrollOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("--name", options->name, "name of the kiosk")
        ->required()
        ->check(name_fault);
    command->add_option("--site", options->site, "where it stands; recorded with each answer")
        ->required()
        ->check(name_fault);
    command->add_option("--minutes", options->minutes, "how long the code is good (default 10)")
        ->check(CLI::Range(1, 24 * 60));
    auto* server =
        command->add_option("--server", options->server, "the server's address, for the QR code");
    command->add_flag("--qr", options->qr, "prints a QR code also where there is no terminal")
        ->needs(server);
    command->add_flag("--plain-http", options->plain_http,
                      "for a server that was started with --plain-http");
    command->callback([options, &chosen] { chosen = [options] { return enroll(*options); }; });
}

}  // namespace machikoe
