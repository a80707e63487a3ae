// A backup becomes the server.db of a folder that has none, or fills a PostgreSQL database that
// holds nothing.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <limits>
#include <memory>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "sync/commands/backup_note.h"
#include "sync/commands/common.h"
#include "sync/commands/evaluation_input.h"
#include "sync/export/new_file.h"
#include "sync/server/accounts.h"
#include "sync/server/admission.h"
#include "sync/server/mix.h"
#include "sync/store/copy.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

struct RestoreOptions {
    std::string from;
    std::string data;
    std::string database;

    StoreLocation store() const { return {data, database}; }
};

Status is_as_noted(const fs::path& file, const BackupNote& note, const std::string& name) {
    const auto sha256 = sha256_of_file(file);
    if (!sha256) return tl::unexpected<Error>(sha256.error());
    if (*sha256 != note.sha256)
        return fail(ErrorCode::Corrupt, name +
                                            " is not the file that its note describes: it was "
                                            "cut off or changed");
    return {};
}

/// Looked through before it gets its name: nothing half restored is ever server.db.
Status put_in_place(const RestoreOptions& options, const fs::path& folder,
                    const BackupNote& note) {
    if (const Status same = is_as_noted(options.from, note, options.from); !same) return same;
    NewFile file(folder / "server.db");
    std::ifstream in(options.from, std::ios::binary);
    file.stream() << in.rdbuf();
    file.stream().flush();
    if (const Status same = is_as_noted(file.temporary(), note, "the copy"); !same) return same;
    const auto facts = examine_sqlite_file(file.temporary());
    if (!facts) return tl::unexpected<Error>(facts.error());
    if (text_of(facts->counts) != text_of(note.facts.counts))
        return fail(ErrorCode::Corrupt, "it holds " + text_of(facts->counts) +
                                            ", and its note says " + text_of(note.facts.counts));
    return file.commit();
}

/// By way of a server.db beside keys/, brought to this program's schema.
Status put_into_postgres(const RestoreOptions& options, const BackupNote& note) {
    const StagingFolder staging(fs::path(options.data) / "restore.rows");
    if (!staging.made()) return staging.made();
    if (const Status placed = put_in_place(options, staging.path(), note); !placed) return placed;
    const StoreLocation from{staging.path(), ""};
    if (const auto moved_on = open_store(from); !moved_on)
        return tl::unexpected<Error>(moved_on.error());
    std::vector<CopiedTable> tables;
    return copy_store(from, options.store(), tables);
}

/// Sessions of then are over, and the log says what happened.
Status settle(Store& store, const BackupNote& note) {
    constexpr Milliseconds kAll{std::numeric_limits<std::int64_t>::max()};
    if (const Status ended = store.forget_sessions(kAll, kAll); !ended) return ended;
    return note_deed(
        store, asking_account(), "restore",
        fmt::format("{} responses, sha256 {}", note.facts.counts.responses, note.sha256),
        SystemClock().wall());
}

/// What the keys of the folder do not open.
struct Unreadable {
    std::size_t waiting = 0;
    std::size_t second_factors = 0;
};
Result<Unreadable> unreadable_with(const ServerKeys& keys, Store& store) {
    Unreadable unreadable;
    Intake intake(keys);
    const auto groups = store.waiting_groups();
    if (!groups) return tl::unexpected<Error>(groups.error());
    for (const WaitingGroup& group : *groups) {
        const auto read = read_waiting(store, group.site, group.event);
        if (!read) return tl::unexpected<Error>(read.error());
        unreadable.waiting += mix_waiting(intake, *read, kDefaultMix).unreadable;
    }
    const Totp totp(keys.sealing);
    const auto accounts = store.accounts();
    if (!accounts) return tl::unexpected<Error>(accounts.error());
    for (const Account& account : *accounts)
        if (!account.totp_key.empty() && !totp.shown(account.name, account.totp_key))
            ++unreadable.second_factors;
    return unreadable;
}

Ended judge_keys(const RestoreOptions& options, Store& store, const Counts& counts) {
    std::error_code ec;
    const fs::path folder = fs::path(options.data) / "keys";
    for (const char* name : {"sealing.key", "receipts.key", "authority.key", "authority.pem"})
        if (!fs::exists(folder / name, ec))
            return end_with(
                Ended::NeedsCare,
                fmt::format("{} is not there: put back the copy that was kept of keys/ before the "
                            "server starts; without it {} answers that wait, what is in "
                            "quarantine, the originals of redacted texts and every second factor "
                            "stay unreadable, and all kiosks must be enrolled again",
                            (folder / name).string(), counts.waiting));
    const auto keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    const auto unreadable = unreadable_with(*keys, store);
    if (!unreadable) return end_with(Ended::Environment, unreadable.error().message);
    if (unreadable->waiting + unreadable->second_factors > 0)
        return end_with(Ended::NeedsCare,
                        fmt::format("keys/ is not of this backup, or not all of it: {} answers "
                                    "that wait and {} second factors do not open",
                                    unreadable->waiting, unreadable->second_factors));
    std::cout << "keys/ fits\n";
    return end_after_output();
}

Ended restore(const RestoreOptions& options) {
    std::error_code ec;
    const fs::path data = options.data;
    for (const char* name : {"server.db", "server.db-wal", "server.db-journal"})
        if (options.database.empty() && fs::exists(fs::symlink_status(data / name, ec)))
            return end_with(Ended::Usage, (data / name).string() +
                                              " is there: a backup goes into a folder without one");
    const auto note = load_backup_note(options.from);
    if (!note) return end_with(Ended::BadInput, note.error().message);
    fs::create_directories(data, ec);
    if (ec) return end_with(Ended::Environment, options.data + ": " + ec.message());
    const Status placed = options.database.empty() ? put_in_place(options, data, *note)
                                                   : put_into_postgres(options, *note);
    if (!placed)
        return end_with(
            placed.error().code == ErrorCode::Unavailable ? Ended::Environment : Ended::BadInput,
            "nothing was restored: " + placed.error().message);
    const auto store = open_store_for(options.store(), StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    if (const Status settled = settle(*store, *note); !settled)
        return end_with(Ended::Environment, settled.error().message);
    std::cout << fmt::format("{}: restored, {}\n", to_string(options.store()), text_of(note->facts.counts));
    return judge_keys(options, *store, note->facts.counts);
}

}  // namespace

void add_restore(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("restore", "puts a backup into a folder that has no server.db, or into "
                                      "an empty PostgreSQL database");
    auto options = std::make_shared<RestoreOptions>();
    command->add_option("--from", options->from, "what machikoe backup wrote")->required();
    add_data_options(*command, options->data, options->database);
    command->callback([options, &chosen] { chosen = [options] { return restore(*options); }; });
}

}  // namespace machikoe
