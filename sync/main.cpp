// machikoe: everything without a screen, by subcommand.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <csignal>

#include "app/base/crypto.h"
#include "sync/commands/common.h"

int main(int argc, char** argv) {
    using namespace machikoe;
    // A reader that goes away (`machikoe indicators | head`) is a write error, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    // What is written here is residents' answers and keys: for this user alone.
    ::umask(077);
    // Standard output is for what was asked for: an address, a code, a table.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("machikoe"));
    crypto_ready();
    CLI::App app("Machikoe: the server of the kiosks, and what becomes of the answers");
    app.name("machikoe");
    app.require_subcommand(1);
    Command chosen;
    add_serve(app, chosen);
    add_enroll(app, chosen);
    add_kiosks(app, chosen);
    add_revoke(app, chosen);
    add_ledger(app, chosen);
    add_bundle(app, chosen);
    add_simulate(app, chosen);
    add_check(app, chosen);
    add_indicators(app, chosen);
    add_export(app, chosen);
    add_review(app, chosen);
    add_audit(app, chosen);
    add_backup(app, chosen);
    add_restore(app, chosen);
    add_delete(app, chosen);
    add_snapshot(app, chosen);
    add_report(app, chosen);
    add_move(app, chosen);
    add_voice(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help
        return static_cast<int>(
            end_with(Ended::Usage, std::string(error.what()) + " (see machikoe --help)"));
    }
    return static_cast<int>(chosen());
}
