#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/commands/ledger_report.h"
#include "sync/server/admission.h"

namespace machikoe {
namespace {

struct LedgerOptions {
    std::string data;
    std::string database;
    bool json = false;
    std::string unlock;
    std::string passphrase_file;
    bool release_rest = false;
    std::string site;
    std::string event;
};

Ended report(const LedgerOptions& options) {
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    const Result<LedgerReport> report = read_ledger(*store);
    if (!report) return end_with(Ended::Environment, "database: " + report.error().message);
    std::cout << (options.json ? to_json(*report) : to_text(*report));
    const Ended ended = end_after_output();
    return ended == Ended::Ok && report->needs_care() ? Ended::NeedsCare : ended;
}

Ended unlock(const LedgerOptions& options) {
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const Result<KioskRow> kiosk = store->kiosk(options.unlock);
    if (!kiosk) return end_with(Ended::BadInput, kiosk.error().message);
    if (kiosk->locked_set_up_key.empty())
        return end_with(Ended::BadInput, "this kiosk has given no set-up key; enrol it first");
    const Result<std::string> passphrase = passphrase_in(options.passphrase_file);
    if (!passphrase) return end_with(Ended::BadInput, passphrase.error().message);
    const Result<Unwrapped> key = unwrap(kiosk->locked_set_up_key, *passphrase);
    if (!key) return end_with(Ended::BadInput, key.error().message);
    if (key->signing_public_key != kiosk->signing_key)
        return end_with(Ended::BadInput, "this set-up key is another kiosk's");
    if (const Status kept = keep_handed_key(options.data, key->key); !kept)
        return end_with(Ended::Environment, kept.error().message);
    const Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    Intake intake(*keys);
    const Result<std::size_t> readmitted = readmit_all(intake, *store);
    if (!readmitted) return end_with(Ended::Environment, "database: " + readmitted.error().message);
    std::cout << fmt::format("{} envelopes left the quarantine\n", *readmitted);
    return end_after_output();
}

/// An operator closes a site or an event: fewer than a group come out.
Ended release_rest(const LedgerOptions& options) {
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    const auto groups = store->waiting_groups();
    if (!groups) return end_with(Ended::Environment, "database: " + groups.error().message);
    Intake intake(*keys);
    std::size_t unreadable = 0;
    for (const WaitingGroup& group : *groups) {
        if (!options.site.empty() && group.site != options.site) continue;
        if (!options.event.empty() && group.event != options.event) continue;
        const Result<Rest> rest = machikoe::release_rest(intake, *store, group);
        if (!rest) return end_with(Ended::Environment, "database: " + rest.error().message);
        unreadable += rest->unreadable;
        std::cout << fmt::format(
            "{} released of site \"{}\"{}: whoever knows that exactly these people answered there "
            "knows that these answers are theirs\n",
            rest->released, group.site,
            group.event.empty() ? "" : fmt::format(", event \"{}\"", group.event));
    }
    if (unreadable > 0)
        return end_with(
            Ended::Environment,
            fmt::format("{} that wait cannot be read: is keys/ the right folder?", unreadable));
    return end_after_output();
}

Ended ledger(const LedgerOptions& options) {
    if (!options.unlock.empty()) return unlock(options);
    return options.release_rest ? release_rest(options) : report(options);
}

}  // namespace

void add_ledger(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "ledger",
        "what arrived of every kiosk, what is missing, in conflict, held back or waiting");
    auto options = std::make_shared<LedgerOptions>();
    add_data_options(*command, options->data, options->database);
    auto* json = command->add_flag("--json", options->json, "JSON instead of text");
    auto* passphrase = command->add_option("--passphrase-file", options->passphrase_file,
                                           "the staff's passphrase of that kiosk, first line");
    auto* unlock = command
                       ->add_option("--unlock", options->unlock,
                                    "id of a kiosk: opens what it sealed before it was enrolled")
                       ->needs(passphrase)
                       ->excludes(json);
    passphrase->needs(unlock);
    auto* rest = command->add_flag("--release-rest", options->release_rest,
                                   "releases groups that are too small, without day and hour");
    rest->excludes(json)->excludes(unlock);
    command->add_option("--site", options->site, "only of this site")->needs(rest);
    command->add_option("--event", options->event, "only of this event")->needs(rest);
    command->callback([options, &chosen] { chosen = [options] { return ledger(*options); }; });
}

}  // namespace machikoe
