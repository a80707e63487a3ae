#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "sync/commands/common.h"

namespace machikoe {
namespace {

struct KiosksOptions {
    std::string data;
    std::string database;
    std::string kiosk;
};

Ended kiosks(const StoreLocation& location) {
    const std::unique_ptr<Store> store = open_store_for(location, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    const Result<std::vector<KioskRow>> rows = store->kiosks();
    if (!rows) return end_with(Ended::Environment, "database: " + rows.error().message);
    std::cout << "id\tname\tsite\tenrolled\tlast seen\theld\tmissing\tstate\n";
    for (const KioskRow& row : *rows)
        std::cout << fmt::format(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", row.id, row.name, row.site, hour_of(row.enrolled),
            row.last_seen ? hour_of(*row.last_seen) : "never", row.held,
            row.highest_sequence - row.held, row.revoked ? "revoked" : "active");
    return end_after_output();
}

Ended revoke(const StoreLocation& location, const std::string& kiosk) {
    const std::unique_ptr<Store> store = open_store_for(location, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const Status revoked = store->revoke(kiosk);
    if (revoked) return Ended::Ok;
    const bool unknown = revoked.error().code == ErrorCode::NotFound;
    return end_with(unknown ? Ended::BadInput : Ended::Environment, revoked.error().message);
}

}  // namespace

void add_kiosks(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("kiosks", "lists the kiosks and what is missing of each");
    auto options = std::make_shared<KiosksOptions>();
    add_data_options(*command, options->data, options->database);
    command->callback([options, &chosen] {
        chosen = [options] { return kiosks({options->data, options->database}); };
    });
}

void add_revoke(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("revoke", "ends a kiosk's right to send");
    auto options = std::make_shared<KiosksOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("kiosk", options->kiosk, "id of the kiosk, as `machikoe kiosks` lists it")
        ->required();
    command->callback([options, &chosen] {
        chosen = [options] { return revoke({options->data, options->database}, options->kiosk); };
    });
}

}  // namespace machikoe
