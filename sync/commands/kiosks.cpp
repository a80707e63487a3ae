#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "sync/commands/common.h"

namespace machikoe {
namespace {

std::string hour_of(Milliseconds wall) {
    const DayHour when = day_hour_in_japan(wall);
    return fmt::format("{} {:02}h", when.day, when.hour);
}

Ended kiosks(const std::string& data) {
    const std::unique_ptr<Store> store = open_store_for(data, StoreMode::ReadOnly);
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

Ended revoke(const std::string& data, const std::string& kiosk) {
    const std::unique_ptr<Store> store = open_store_for(data, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const Status revoked = store->revoke(kiosk);
    if (revoked) return Ended::Ok;
    const bool unknown = revoked.error().code == ErrorCode::NotFound;
    return end_with(unknown ? Ended::BadInput : Ended::Environment, revoked.error().message);
}

}  // namespace

void add_kiosks(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("kiosks", "lists the kiosks and what is missing of each");
    auto data = std::make_shared<std::string>();
    command->add_option("--data", *data, "folder of server.db")->required();
    command->callback([data, &chosen] { chosen = [data] { return kiosks(*data); }; });
}

void add_revoke(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("revoke", "ends a kiosk's right to send");
    auto data = std::make_shared<std::string>();
    auto kiosk = std::make_shared<std::string>();
    command->add_option("--data", *data, "folder of server.db")->required();
    command->add_option("kiosk", *kiosk, "id of the kiosk, as `machikoe kiosks` lists it")
        ->required();
    command->callback(
        [data, kiosk, &chosen] { chosen = [data, kiosk] { return revoke(*data, *kiosk); }; });
}

}  // namespace machikoe
