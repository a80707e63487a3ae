#include <fmt/format.h>
#include <signal.h>

#include <cerrno>
#include <iostream>
#include <memory>

#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/commands/progress.h"
#include "sync/store/copy.h"

namespace machikoe {
namespace {

struct MoveOptions {
    std::string from;
    std::string to;
};

/// Of the server.db in the folder; a server elsewhere on a PostgreSQL database is not seen.
bool server_runs_on(const std::filesystem::path& folder) {
    const auto text = load_file(folder / "server.pid", 64);
    if (!text) return false;
    const auto pid = static_cast<pid_t>(std::strtol(text->c_str(), nullptr, 10));
    return pid > 1 && (::kill(pid, 0) == 0 || errno == EPERM);
}

/// Roughly: the tables that grow, written and read back.
std::int64_t steps_for(const Counts& counts) {
    return 2 * (counts.responses + counts.ledger + counts.waiting + counts.quarantined);
}

void print(const std::vector<CopiedTable>& tables) {
    std::cout << fmt::format("{:<16}{:>12}{:>12}  {:<8}{}\n", "table", "rows", "there", "",
                             "SHA-256 of all rows");
    for (const CopiedTable& table : tables)
        std::cout << fmt::format("{:<16}{:>12}{:>12}  {:<8}{}\n", table.name, table.rows,
                                 table.rows_there, table.is_equal() ? "equal" : "DIFFERS",
                                 table.sha256);
}

Ended move(const MoveOptions& options) {
    const StoreLocation from = parse_store_location(options.from);
    const StoreLocation to = parse_store_location(options.to);
    if (from.url.empty() && server_runs_on(from.folder))
        return end_with(Ended::BadInput, "a server runs on " + to_string(from) +
                                             ": what it takes in from now on would stay behind; "
                                             "stop it first");
    const auto source = open_store_for(from, StoreMode::ReadOnly);
    if (!source) return Ended::Environment;
    const auto counts = source->counts();
    if (!counts) return end_with(Ended::Environment, "database: " + counts.error().message);
    std::vector<CopiedTable> tables;
    Progress progress(steps_for(*counts));
    const Status moved = copy_store(from, to, tables, [&] { progress.step(); });
    if (!moved) {
        if (moved.error().code == ErrorCode::Corrupt && !tables.empty()) print(tables);
        std::cout.flush();
        return end_with(
            moved.error().code == ErrorCode::Conflict ? Ended::BadInput : Ended::Environment,
            moved.error().message);
    }
    print(tables);
    std::cout << fmt::format(
        "everything in {} is in {} as well\n"
        "The keys are in no store: copy the folder keys/ to the --data folder of the new servers, "
        "start them there,\nand then delete the old store.\n",
        to_string(from), to_string(to));
    return end_after_output();
}

}  // namespace

void add_move(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "move", "copies everything from one store into an empty one, and proves it equal");
    auto options = std::make_shared<MoveOptions>();
    command->add_option("--from", options->from, "folder of server.db, or postgresql://…")
        ->required();
    command->add_option("--to", options->to, "the same; empty, or not there yet")->required();
    command->callback([options, &chosen] { chosen = [options] { return move(*options); }; });
}

}  // namespace machikoe
