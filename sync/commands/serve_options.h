// ServeOptions: everything that `machikoe serve` can be told, by command line or configuration
// file.
//
// Each option is a key of the file under the same name without the dashes; docs/machikoe.toml has
// them all, and a test holds it against what is here.  What the command line says goes first.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "sync/server/server.h"

namespace machikoe {

struct ServeOptions {
    std::string config;
    bool show_config = false;
    std::string data;
    std::string database;
    std::string pack;
    std::uint16_t port = 8787;
    std::string port_file;
    std::string address = "127.0.0.1";
    std::vector<std::string> names;
    bool plain_http = false;
    bool new_keys = false;
    std::string public_url;
    std::vector<std::string> trusted_proxies;
    std::size_t mix = kDefaultMix;
    int retention_months = 0;
    std::string log_format = "text";
    std::string log_level = "info";
    // Limits; docs/operation.md says what meets them.
    std::size_t max_connections = 2000;
    std::size_t max_waiting = 256;
    std::size_t max_body_mib = 64;
    int message_limit_s = 30;
    int idle_limit_s = 60;
    int stop_limit_s = 5;
    double batches_per_second = 50;
    double enrolments_per_minute = 30;
    double log_ins_per_minute = 12;
};

void add_serve_options(CLI::App& command, ServeOptions& options);

/// Fills in what the command line left open.  Throws CLI::ParseError, which main() prints: a key
/// that is none, twice, or with a value that is none; with file and line.
void read_configuration(CLI::App& command, const std::string& file);

/// Every key with the value in force, as a configuration file.
std::string shown_configuration(const CLI::App& command);

/// All but keys and identity.  Invalid: an address, range or URL that is none.
Result<ServerOptions> server_options_of(const ServeOptions& options);

}  // namespace machikoe
