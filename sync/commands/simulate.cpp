#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"
#include "sync/simulation/world.h"

namespace machikoe {
namespace {

struct SimulateOptions {
    simulation::WorldOptions world;
    int seeds = 1;
};

void print(const simulation::WorldOptions& world, const simulation::Verdict& verdict) {
    std::cout << fmt::format(
        "seed {} kiosks {} visits {}: {} saved, lost {}, doubled {}, unreadable {}\n", world.seed,
        world.kiosks, world.visits, verdict.saved, verdict.lost, verdict.doubled,
        verdict.unreadable);
    for (const std::string& fault : verdict.faults) std::cout << "  " << fault << "\n";
    if (!verdict.is_good()) {
        std::cout << "  the last lines of its trace (all of it: --trace FILE):\n";
        for (const std::string& line : verdict.last_lines) std::cout << "    " << line << "\n";
    }
}

Ended simulate_faults(const SimulateOptions& options) {
    spdlog::set_level(spdlog::level::off);  // faults are what it is all about
    std::map<std::string, std::int64_t> injected;
    int failures = 0;
    std::string digest;
    for (int i = 0; i < options.seeds; ++i) {
        simulation::WorldOptions world = options.world;
        world.seed += static_cast<std::uint64_t>(i);
        const simulation::Verdict verdict = simulation::run_world(world);
        for (const auto& [what, times] : verdict.injected) injected[what] += times;
        digest = verdict.digest;
        if (!verdict.is_good()) ++failures;
        if (options.seeds == 1 || !verdict.is_good()) print(world, verdict);
    }
    std::cout << "injected:";
    for (const auto& [what, times] : injected) std::cout << fmt::format(" {} {};", times, what);
    std::cout << "\n";
    if (options.seeds == 1)
        std::cout << "trace " << digest << "\n";
    else
        std::cout << fmt::format("{} seeds, {} failed\n", options.seeds, failures);
    const Ended ended = end_after_output();
    return failures > 0 ? Ended::BadInput : ended;
}

}  // namespace

void add_simulate(CLI::App& app, Command& chosen) {
    auto* group = app.add_subcommand("simulate", "runs the whole in one process, for its own test");
    group->require_subcommand(1);
    auto* command = group->add_subcommand(
        "faults", "kiosks, a server, and everything that goes wrong; nothing may be lost");
    auto options = std::make_shared<SimulateOptions>();
    command->add_option("--seed", options->world.seed, "the same seed is the same run (default 1)");
    command->add_option("--seeds", options->seeds, "so many seeds from there on (default 1)")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--kiosks", options->world.kiosks, "default 2")->check(CLI::Range(1, 100));
    command->add_option("--visits", options->world.visits, "default 40")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--trace", options->world.trace_file, "gets every line of what happened");
    command->callback(
        [options, &chosen] { chosen = [options] { return simulate_faults(*options); }; });
}

}  // namespace machikoe
