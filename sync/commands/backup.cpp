// A copy of the store while the server goes on: of server.db page by page, of PostgreSQL row by
// row into a server.db, so that every backup is one kind of file and can go back into either.
#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/commands/backup_note.h"
#include "sync/commands/common.h"
#include "sync/commands/evaluation_input.h"
#include "sync/export/new_file.h"
#include "sync/server/accounts.h"
#include "sync/store/copy.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

struct BackupOptions {
    std::string data;
    std::string database;
    std::string out;

    StoreLocation store() const { return {data, database}; }
};

/// A copy has every response in it: somebody may ask who made one.  An older schema is left as
/// it is: the program of its server is still the older one.
Status note_backup(const BackupOptions& options, const BackupNote& note) {
    auto reader = open_store(options.store(), StoreMode::ReadOnly);
    if (!reader) return tl::unexpected<Error>(reader.error());
    auto store = open_store(options.store());
    if (!store) return tl::unexpected<Error>(store.error());
    return note_deed(
        **store, asking_account(), "backup",
        fmt::format("{} responses, sha256 {}", note.facts.counts.responses, note.sha256),
        note.taken);
}

/// Into the empty or missing file.  Each copied row was read back and compared.
Status copy_postgres(const BackupOptions& options, const fs::path& file) {
    const StagingFolder staging(options.out + ".rows");
    if (!staging.made()) return tl::unexpected<Error>(staging.made().error());
    std::vector<CopiedTable> tables;
    const Status copied = copy_store(options.store(), {staging.path(), ""}, tables);
    return copied ? copy_sqlite_store(staging.path(), file, [](std::int64_t, std::int64_t) {})
                  : copied;
}

/// Copied, looked through and synced under another name; then it gets its own.
Result<BackupNote> write_backup(const BackupOptions& options) {
    const SystemClock clock;
    BackupNote note;
    note.version = MACHIKOE_VERSION;
    note.taken = clock.wall();
    NewFile file(options.out);
    const Status copied = options.database.empty()
                              ? copy_sqlite_store(options.data, file.temporary(),
                                                  [](std::int64_t, std::int64_t) {})
                              : copy_postgres(options, file.temporary());
    if (!copied) return tl::unexpected<Error>(copied.error());
    const auto facts = examine_sqlite_file(file.temporary());
    if (!facts) return tl::unexpected<Error>(facts.error());
    note.facts = *facts;
    const auto sha256 = sha256_of_file(file.temporary());
    if (!sha256) return tl::unexpected<Error>(sha256.error());
    note.sha256 = *sha256;
    std::error_code ec;
    note.bytes = static_cast<std::int64_t>(fs::file_size(file.temporary(), ec));
    if (const Status named = file.commit(); !named) return tl::unexpected<Error>(named.error());
    if (const Status told = replace_file(note_of_backup(options.out), encode(note)); !told)
        return tl::unexpected<Error>(told.error());
    return note;
}

Ended backup(const BackupOptions& options) {
    if (!parse_store_location(options.data).url.empty())
        return end_with(Ended::Usage, "the address of a PostgreSQL database goes with --database");
    std::error_code ec;
    for (const fs::path& path : {fs::path(options.out), note_of_backup(options.out)})
        if (fs::exists(fs::symlink_status(path, ec)))
            return end_with(Ended::Usage, path.string() + " is there already");
    const auto note = write_backup(options);
    if (!note) return end_with(Ended::Environment, "no backup was made: " + note.error().message);
    std::cout << fmt::format("{}: whole, schema {}, {}\nsha256 {}\n", options.out,
                             note->facts.schema, text_of(note->facts.counts), note->sha256);
    const Ended ended = end_after_output();
    if (const Status noted = note_backup(options, *note); !noted)
        return end_with(Ended::NeedsCare,
                        "the backup is good, but the audit log does not know "
                        "of it: " +
                            noted.error().message);
    return ended;
}

}  // namespace

void add_backup(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "backup", "copies the store while the server runs; keys/ is not in it: copy that apart");
    auto options = std::make_shared<BackupOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("--out", options->out, "a new file; FILE.json beside it says what it is")
        ->required();
    command->callback([options, &chosen] { chosen = [options] { return backup(*options); }; });
}

}  // namespace machikoe
