// Commands: the subcommands of `machikoe`, one file each, thin: they read options, wire the
// modules together, print.
//
// Each add_…() puts its subcommand into the program; parsing sets `chosen` to the one that
// was asked for, and main() runs it.  What went wrong is one plain line on stderr; standard
// output holds nothing but the result.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace machikoe {

/// The exit code says who can act.
enum class Ended {
    Ok = 0,
    BadInput = 1,     // the pack's author, or whoever named a kiosk or a bundle
    NeedsCare = 1,    // done, and an operator should look at what was printed
    Usage = 2,        // whoever typed the command
    Environment = 3,  // an operator: database, disk, port
};

using Command = std::function<Ended()>;

void add_serve(CLI::App& app, Command& chosen);
void add_enroll(CLI::App& app, Command& chosen);
void add_kiosks(CLI::App& app, Command& chosen);
void add_revoke(CLI::App& app, Command& chosen);
void add_ledger(CLI::App& app, Command& chosen);
void add_bundle(CLI::App& app, Command& chosen);
void add_simulate(CLI::App& app, Command& chosen);
void add_simulate_load(CLI::App& group, Command& chosen);  // within simulate
void add_check(CLI::App& app, Command& chosen);
void add_indicators(CLI::App& app, Command& chosen);
void add_export(CLI::App& app, Command& chosen);
void add_review(CLI::App& app, Command& chosen);
void add_audit(CLI::App& app, Command& chosen);
void add_backup(CLI::App& app, Command& chosen);
void add_restore(CLI::App& app, Command& chosen);
void add_delete(CLI::App& app, Command& chosen);
void add_snapshot(CLI::App& app, Command& chosen);
void add_move(CLI::App& app, Command& chosen);
void add_report(CLI::App& app, Command& chosen);
void add_voice(CLI::App& app, Command& chosen);

}  // namespace machikoe
