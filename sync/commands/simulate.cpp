#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"
#include "sync/simulation/residents.h"
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

struct AnswersOptions {
    std::string data;
    std::string database;
    std::string pack;
    std::int64_t responses = 1000;
    std::uint64_t seed = 1;
};

constexpr std::int64_t kInOneTransaction = 10'000;

Ended simulate_answers(const AnswersOptions& options) {
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const Result<Counts> counts = store->counts();
    if (!counts) return end_with(Ended::Environment, counts.error().message);
    // Made-up answers among real ones could never be told apart again.
    if (counts->ledger > 0)
        return end_with(Ended::BadInput,
                        "kiosks have sent answers to this database: synthetic "
                        "answers belong in a folder of their own");
    if (const Status put = store->put_pack(loaded->pack.hash, loaded->pack.plan.id, loaded->files);
        !put)
        return end_with(Ended::Environment, put.error().message);
    simulation::Dice dice(options.seed);
    for (std::int64_t done = 0; done < options.responses;) {
        std::vector<Response> group;
        for (;
             done < options.responses && group.size() < static_cast<std::size_t>(kInOneTransaction);
             ++done)
            group.push_back(simulation::synthetic_response(loaded->pack, dice));
        if (const Result<ReleasePlace> written = store->release({}, group); !written)
            return end_with(Ended::Environment, written.error().message);
    }
    std::cout << fmt::format("{} synthetic responses; they say nothing about anybody\n",
                             options.responses);
    return end_after_output();
}

void add_faults(CLI::App& group, Command& chosen) {
    auto* command = group.add_subcommand(
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

void add_answers(CLI::App& group, Command& chosen) {
    auto* command = group.add_subcommand(
        "answers", "made-up responses in a database of their own, for trying out and measuring");
    auto options = std::make_shared<AnswersOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--responses", options->responses, "how many (default 1000)")
        ->check(CLI::Range(1, 100'000'000));
    command->add_option("--seed", options->seed, "the same seed makes the same answers");
    command->callback(
        [options, &chosen] { chosen = [options] { return simulate_answers(*options); }; });
}

}  // namespace

void add_simulate(CLI::App& app, Command& chosen) {
    auto* group = app.add_subcommand("simulate", "makes up residents, and what goes wrong");
    group->require_subcommand(1);
    add_faults(*group, chosen);
    add_answers(*group, chosen);
    add_simulate_load(*group, chosen);
}

}  // namespace machikoe
