#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/server/tls.h"
#include "sync/simulation/load.h"
#include "sync/simulation/residents.h"

namespace machikoe {
namespace {

struct LoadCommand {
    simulation::LoadOptions load;
    std::string pack;
    std::string data;
    std::string database;
    std::string codes_file;
    std::size_t kiosks = 1000;
    int seconds = 600;
    bool owns_server = false;
};

constexpr std::chrono::hours kCodeLife{1};

/// As `machikoe enroll` makes them.
Result<std::vector<std::string>> new_codes(Store& store, const LoadCommand& options) {
    const Milliseconds now = SystemClock().wall();
    EnrolmentCode code;
    if (options.load.url.starts_with("https://")) {
        Result<std::string> fingerprint = authority_fingerprint(options.data, now);
        if (!fingerprint) return tl::unexpected<Error>(fingerprint.error());
        code.fingerprint = std::move(*fingerprint);
    }
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < options.kiosks; ++i) {
        code.code = random_code(3);
        if (const Status added =
                store.add_code(sha256_hex(code.code), fmt::format("Load {}", i + 1),
                               std::string(simulation::kSyntheticSite), now + kCodeLife);
            !added)
            return tl::unexpected<Error>(added.error());
        codes.push_back(to_string(code));
    }
    return codes;
}

Result<std::vector<std::string>> codes_in(const std::string& file, std::size_t at_most) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::NotFound, file + ": cannot be read");
    std::vector<std::string> codes;
    for (std::string line; codes.size() < at_most && std::getline(in, line);)
        if (!line.empty()) codes.push_back(line);
    if (codes.empty()) return fail(ErrorCode::Invalid, file + ": no code in it");
    return codes;
}

std::optional<int> server_pid(const std::string& data) {
    const auto text = load_file(std::filesystem::path(data) / "server.pid", 64);
    const int pid = text ? std::atoi(text->c_str()) : 0;
    return pid > 0 ? std::optional(pid) : std::nullopt;
}

void print_slices(const simulation::LoadReport& report, bool with_idle, bool knows_cpu) {
    std::cout << fmt::format("  {} responses/s", static_cast<std::int64_t>(report.rate(with_idle)));
    if (knows_cpu)
        std::cout << fmt::format(", {:.1f} us of server CPU each", report.cpu_us(with_idle));
    std::cout << "\n";
}

void print(const simulation::LoadReport& report, const LoadCommand& options) {
    const bool knows_cpu = options.load.server_pid.has_value();
    std::cout << fmt::format(
        "{} responses and {} openings acknowledged in {} batches ({} bytes of JSON each)\n",
        report.acknowledged, report.openings, report.batches,
        report.acknowledged > 0 ? report.batch_bytes / report.acknowledged : 0);
    print_slices(report, false, knows_cpu);
    std::cout << fmt::format("  acknowledged after p50 {:.1f} p90 {:.1f} p99 {:.1f} ms\n",
                             report.latency_ms(0.5), report.latency_ms(0.9),
                             report.latency_ms(0.99));
    std::cout << fmt::format("  asked to come back later {}, no reply {}, held back {}\n",
                             report.busy, report.unanswered, report.held_back);
    if (options.load.idle > 0) {
        std::cout << fmt::format("with {} idle connections beside:\n", options.load.idle);
        print_slices(report, true, knows_cpu);
        if (report.idle_conn_bytes)
            std::cout << fmt::format("  {:.1f} KiB of server memory each\n",
                                     *report.idle_conn_bytes / 1024);
    }
    if (report.is_proven)
        std::cout << fmt::format("lost {} doubled {}\n", report.lost, report.doubled);
    else
        std::cout << "not looked up in the ledger: that needs --data\n";
    if (report.out_of_time) std::cout << "the time was over before all were sent\n";
}

Ended simulate_load(LoadCommand options) {
    Ended ended = Ended::Ok;
    if (!simulation::is_loopback(options.load.url) && !options.owns_server)
        return end_with(Ended::Usage, options.load.url +
                                          " is not this machine; a load would keep kiosks from "
                                          "sending.  If it is yours and nobody depends on it: "
                                          "--i-own-this-server");
    if (options.data.empty() == options.codes_file.empty())
        return end_with(Ended::Usage, "one of --data and --codes-file is needed");
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    std::unique_ptr<Store> store;
    if (!options.data.empty()) {
        store = open_store_for({options.data, options.database}, StoreMode::ReadWrite);
        if (!store) return Ended::Environment;
        if (const Status may = simulation::may_take_load(*store); !may)
            return end_with(Ended::BadInput, may.error().message);
        options.load.server_pid = server_pid(options.data);
    }
    auto codes = store ? new_codes(*store, options) : codes_in(options.codes_file, options.kiosks);
    if (!codes) return end_with(Ended::Environment, codes.error().message);
    options.load.codes = std::move(*codes);
    options.load.limit = std::chrono::seconds(options.seconds);
    const auto report = simulation::run_load(options.load, loaded->pack, store.get());
    if (!report)
        return end_with(
            report.error().code == ErrorCode::Unavailable ? Ended::Environment : Ended::BadInput,
            report.error().message);
    print(*report, options);
    ended = end_after_output();
    const bool is_good = report->lost == 0 && report->doubled == 0 && report->held_back == 0;
    return is_good ? ended : Ended::NeedsCare;
}

}  // namespace

void add_simulate_load(CLI::App& group, Command& chosen) {
    auto* command = group.add_subcommand(
        "load", "many kiosks at once against a running server, and what that costs it");
    auto options = std::make_shared<LoadCommand>();
    command->add_option("--url", options->load.url, "the server, on this machine")->required();
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option(
        "--data", options->data,
        "the server's folder: codes are made there, and all is looked up at the end");
    command->add_option("--database", options->database, "the server's, when it is PostgreSQL");
    command->add_option("--codes-file", options->codes_file,
                        "or: one code of the site 'synthetic' a line");
    command->add_option("--kiosks", options->kiosks, "default 1000")->check(CLI::Range(1, 10'000));
    command->add_option("--responses", options->load.responses, "default 100000")
        ->check(CLI::Range(1, 100'000'000));
    command->add_option("--batch", options->load.batch, "envelopes at once (default 100)")
        ->check(CLI::Range(std::size_t{2}, kMaxBatchEnvelopes));
    command
        ->add_option("--connections", options->load.connections,
                     "that send at the same time (default 64)")
        ->check(CLI::Range(1, 1000));
    command
        ->add_option("--idle", options->load.idle,
                     "connections that are open and silent in every other part of the run")
        ->check(CLI::Range(0, 10'000));
    command->add_option("--sites", options->load.sites, "that the answers are from (default 1)")
        ->check(CLI::Range(1, 10'000));
    command->add_option("--seconds", options->seconds, "the longest that it may take (default 600)")
        ->check(CLI::Range(1, 24 * 3600));
    command->add_option("--seed", options->load.seed, "the same seed makes the same answers");
    command->add_flag("--i-own-this-server", options->owns_server,
                      "the server is elsewhere, and nobody depends on it");
    command->callback(
        [options, &chosen] { chosen = [options] { return simulate_load(*options); }; });
}

}  // namespace machikoe
