#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"

namespace machikoe {
namespace {

Ended audit(const std::string& data) {
    const std::unique_ptr<Store> store = open_store_for(data, StoreMode::ReadOnly);
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
    auto data = std::make_shared<std::string>();
    command->add_option("--data", *data, "folder of server.db")->required();
    command->callback([data, &chosen] { chosen = [data] { return audit(*data); }; });
}

}  // namespace machikoe
