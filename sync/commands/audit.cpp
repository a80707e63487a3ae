#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"

namespace machikoe {
namespace {

Ended audit(const StoreLocation& location) {
    const std::unique_ptr<Store> store = open_store_for(location, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    const auto entries = store->audit();
    if (!entries) return end_with(Ended::Environment, entries.error().message);
    for (const AuditEntry& entry : *entries)
        std::cout << fmt::format("{:>6}  {:%F %T} UTC  {}  {}  {}\n", entry.number,
                                 std::chrono::sys_time<Milliseconds>(entry.when), entry.who,
                                 entry.what, entry.detail);
    if (const auto broken = broken_link(*entries)) {
        end_after_output();
        return end_with(Ended::NeedsCare,
                        fmt::format("entry {} does not follow from the one before: the log was "
                                    "changed by hand",
                                    *broken));
    }
    std::cout << fmt::format("{} entries, the chain holds\n", entries->size());
    return end_after_output();
}

}  // namespace

void add_audit(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("audit", "who took single answers out, and why");
    struct Options {
        std::string data, database;
    };
    auto options = std::make_shared<Options>();
    add_data_options(*command, options->data, options->database);
    command->callback([options, &chosen] {
        chosen = [options] { return audit({options->data, options->database}); };
    });
}

}  // namespace machikoe
