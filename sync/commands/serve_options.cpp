#include "sync/commands/serve_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "sync/commands/common.h"

namespace machikoe {
namespace {

/// The line that gives a key, for whoever has to change it; 0: none does.
std::size_t line_of(const std::string& file, const std::string& key) {
    std::ifstream in(file);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const std::size_t begin = line.find_first_not_of(" \t\"'");
        if (begin == std::string::npos || line.compare(begin, key.size(), key) != 0) continue;
        const std::size_t after = line.find_first_not_of(" \t\"'", begin + key.size());
        if (after == std::string::npos || line[after] == '=' || line[after] == '#') return number;
    }
    return 0;
}

[[noreturn]] void refuse(const std::string& file, const std::string& key, const std::string& why) {
    const std::size_t line = line_of(file, key);
    throw CLI::ConfigError(
        line > 0 ? fmt::format("{}:{}: {}", file, line, why) : fmt::format("{}: {}", file, why),
        CLI::ExitCodes::ConfigError);
}

void take(CLI::App& command, const std::string& file, const CLI::ConfigItem& item) {
    if (!item.parents.empty())
        refuse(file, "[" + item.parents.front(),
               "there are no sections and no keys with a full stop here");
    CLI::Option* option = command.get_option_no_throw("--" + item.name);
    if (!option || !option->get_configurable())
        refuse(file, item.name, "unknown key '" + item.name + "'");
    const bool is_flag = option->get_expected_max() == 0;
    if (is_flag && item.inputs != std::vector<std::string>{"true"} &&
        item.inputs != std::vector<std::string>{"false"})
        refuse(file, item.name, item.name + ": true or false");
    if (!option->empty()) return;  // the command line goes first
    if (item.inputs.empty() && option->get_expected_max() > 1) return;  // []: none
    if (item.inputs == std::vector<std::string>{""}) return;            // "": none
    try {
        option->add_result(item.inputs);
        option->run_callback();
    } catch (const CLI::ParseError& error) {
        refuse(file, item.name, error.what());
    }
}

std::string quoted(const std::string& text) {
    const bool bare = text == "true" || text == "false" ||
                      (!text.empty() && text.find_first_not_of("0123456789.") == text.npos &&
                       std::count(text.begin(), text.end(), '.') < 2);
    return bare ? text : '"' + text + '"';
}

void add_limits(CLI::App& command, ServeOptions& options) {
    const auto whole = [&](const char* name, auto& value, const char* what, double least,
                           double most) {
        command.add_option(name, value, what)
            ->check(CLI::Range(least, most))
            ->capture_default_str();
    };
    whole("--max-connections", options.max_connections, "open at once; above: 503", 1, 100'000);
    whole("--max-waiting", options.max_waiting, "requests that wait for the store; above: 503", 1,
          100'000);
    whole("--max-body-mib", options.max_body_mib, "of all bodies being read at once; above: 503", 5,
          65'536);
    whole("--message-limit-s", options.message_limit_s, "from a request's first byte to its last",
          1, 3600);
    whole("--idle-limit-s", options.idle_limit_s, "between two requests of a connection", 1, 3600);
    whole("--stop-limit-s", options.stop_limit_s, "for requests on their way when it stops", 1,
          600);
    whole("--batches-per-second", options.batches_per_second, "of one kiosk; above: 429", 0.01,
          1e6);
    whole("--enrolments-per-minute", options.enrolments_per_minute,
          "tries of one address after the first 40; above: 429", 0.01, 1e6);
    whole("--log-ins-per-minute", options.log_ins_per_minute,
          "tries of one address after the first 20; above: 429", 0.01, 1e6);
}

}  // namespace

void add_serve_options(CLI::App& command, ServeOptions& options) {
    command.add_option("--config", options.config, "a file with these options (TOML)")
        ->configurable(false);
    command
        .add_flag("--show-config", options.show_config, "prints all that would be in force, ends")
        ->configurable(false);
    add_data_options(command, options.data, options.database);
    command.get_option("--data")->required(false);  // the file may name it
    command.add_option("--pack", options.pack, "folder of the content pack");
    command.add_option("--port", options.port, "0: any free one")->capture_default_str();
    command.add_option("--port-file", options.port_file, "gets the port once it is open");
    command.add_option("--address", options.address, "where to listen (0.0.0.0: everywhere)")
        ->capture_default_str();
    command.add_option("--name", options.names,
                       "a name or address that kiosks call this server by; several times");
    command.add_flag("--plain-http", options.plain_http,
                     "without TLS, for this machine alone (127.0.0.1 or ::1)");
    command.add_flag("--new-keys", options.new_keys, "goes on although keys/ was lost");
    command.add_option("--public-url", options.public_url,
                       "what browsers call this server, when a proxy stands before it");
    command.add_option("--trusted-proxy", options.trusted_proxies,
                       "address or range whose X-Forwarded-For is believed; several times");
    command
        .add_option("--mix", options.mix,
                    "how many answers of one site and event come out together")
        ->check(CLI::Range(kLeastMix, std::size_t{10'000}))
        ->capture_default_str();
    command
        .add_option("--retention-months", options.retention_months,
                    "responses older than so many months are deleted; 0: kept")
        ->check(CLI::Range(0, 1200))
        ->capture_default_str();
    command.add_option("--log-format", options.log_format, "text or json, on standard error")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command.add_option("--log-level", options.log_level, "from this on")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
        ->capture_default_str();
    add_limits(command, options);
}

void read_configuration(CLI::App& command, const std::string& file) {
    std::ifstream in(file);
    if (!in) throw CLI::FileError::Missing(file);
    std::set<std::string> seen;
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(in)) {
        if (!seen.insert(item.name).second)
            refuse(file, item.name, "key '" + item.name + "' is given twice");
        take(command, file, item);
    }
}

std::string shown_configuration(const CLI::App& command) {
    std::string text;
    for (const CLI::Option* option : command.get_options()) {
        if (!option->get_configurable() || option->get_name() == "--help,-h") continue;
        std::vector<std::string> values = option->reduced_results();
        const bool is_list = option->get_expected_max() > 1;
        if (values.empty() && option->get_expected_max() == 0) values = {"false"};
        if (values.empty() && !is_list) values = {option->get_default_str()};
        std::string value;
        for (const std::string& each : values) value += (value.empty() ? "" : ", ") + quoted(each);
        text += option->get_single_name() + " = " + (is_list ? "[" + value + "]" : value) + "\n";
    }
    return text;
}

Result<ServerOptions> server_options_of(const ServeOptions& options) {
    const auto bad = [](const char* name, const Error& error) {
        return fail(ErrorCode::Invalid, std::string(name) + ": " + error.message);
    };
    ServerOptions server;
    auto proxies = TrustedProxies::parse(options.trusted_proxies);
    if (!proxies) return bad("--trusted-proxy", proxies.error());
    server.trusted_proxies = std::move(*proxies);
    if (!options.public_url.empty()) {
        auto origin = origin_of_url(options.public_url);
        if (!origin) return bad("--public-url", origin.error());
        server.public_origin = std::move(*origin);
    }
    server.port = options.port;
    server.mix = options.mix;
    server.address = options.address;
    server.data = options.data;
    server.max_connections = options.max_connections;
    server.max_waiting = options.max_waiting;
    server.max_body_bytes = options.max_body_mib << 20;
    server.message_limit = std::chrono::seconds(options.message_limit_s);
    server.idle_limit = std::chrono::seconds(options.idle_limit_s);
    server.stop_limit = std::chrono::seconds(options.stop_limit_s);
    server.batches_per_second = options.batches_per_second;
    server.tries_per_second = options.enrolments_per_minute / 60;
    server.log_ins_per_second = options.log_ins_per_minute / 60;
    return server;
}

}  // namespace machikoe
