// Responses that have been kept long enough, deleted by an operator.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/commands/deletion.h"
#include "sync/commands/evaluation_input.h"
#include "sync/server/accounts.h"

namespace machikoe {
namespace {

struct DeleteOptions {
    std::string data;
    std::string database;
    DeletionRule rule;
    std::string reason;
    bool dry_run = false;
    bool yes = false;
};

bool is_day(const std::string& text) {
    const auto number = [&](std::size_t at, std::size_t size) {
        return std::atoi(text.substr(at, size).c_str());
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
        if (text[at] < '0' || text[at] > '9') return false;
    const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                          std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                          std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    return day.ok();
}

/// One pack, by the hash or its beginning.
Result<std::string> whole_hash(Store& store, const std::string& beginning) {
    const auto hashes = store.pack_hashes();
    if (!hashes) return tl::unexpected<Error>(hashes.error());
    std::vector<std::string> found;
    for (const std::string& hash : *hashes)
        if (hash.starts_with(beginning)) found.push_back(hash);
    if (found.size() == 1) return found.front();
    return fail(ErrorCode::NotFound, fmt::format("{} packs here have a hash that begins with '{}'",
                                                 found.size(), beginning));
}

void print(const DeletionPreview& preview) {
    std::cout << fmt::format("{:<9}{:<14}{:>10}\n", "month", "pack", "responses");
    for (const auto& [of, count] : preview.by)
        std::cout << fmt::format("{:<9}{:<14}{:>10}\n", of.month.empty() ? "--" : of.month,
                                 of.pack_hash.substr(0, 12), count);
    std::cout << fmt::format("{:<23}{:>10}\n", "all", preview.responses) << std::flush;
}

/// Typed by a person who has read the number.
bool is_confirmed(std::int64_t responses) {
    fmt::print(stderr, "Type {} to delete them for ever: ", responses);
    std::string typed;
    std::getline(std::cin, typed);
    return typed == std::to_string(responses);
}

bool server_runs_on(const std::string& data) {
    const auto pid = load_file(std::filesystem::path(data) / "server.pid", 64);
    const auto number = pid ? static_cast<pid_t>(std::strtol(pid->c_str(), nullptr, 10)) : 0;
    return number > 1 && ::kill(number, 0) == 0;
}

/// Twice in the log: what was asked for, before it happens, and what came of it.
Result<std::int64_t> delete_and_note(const DeleteOptions& options, Store& store,
                                     std::int64_t expected) {
    const auto note = [&](const char* what, std::int64_t count) {
        return note_deed(
            store, asking_account(), what,
            fmt::format("{} responses {}: {}", count, text_of(options.rule), options.reason),
            SystemClock().wall());
    };
    if (const Status noted = note("delete-responses-asked", expected); !noted)
        return tl::unexpected<Error>(noted.error());
    const auto deleted = store.delete_responses(options.rule);
    if (!deleted) return deleted;
    if (const Status noted = note("delete-responses", *deleted); !noted)
        return tl::unexpected<Error>(noted.error());
    return deleted;
}

Ended run_delete(DeleteOptions options) {
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database},
                       options.dry_run ? StoreMode::ReadOnly : StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    if (!options.rule.pack_hash.empty()) {
        auto hash = whole_hash(*store, options.rule.pack_hash);
        if (!hash) return end_with(Ended::BadInput, hash.error().message);
        options.rule.pack_hash = std::move(*hash);
    }
    const auto preview = preview_of(*store, options.rule);
    if (!preview) return end_with(Ended::Environment, preview.error().message);
    print(*preview);
    if (options.dry_run || preview->responses == 0) return end_after_output();
    if (!options.yes && !::isatty(STDIN_FILENO))
        return end_with(Ended::Usage, "nothing was deleted: nobody is there to ask; --yes deletes");
    if (!options.yes && !is_confirmed(preview->responses))
        return end_with(Ended::BadInput, "nothing was deleted");
    const auto deleted = delete_and_note(options, *store, preview->responses);
    if (!deleted) return end_with(Ended::Environment, deleted.error().message);
    std::cout << fmt::format("{} responses deleted\n", *deleted);
    if (server_runs_on(options.data))
        fmt::print(stderr,
                   "the server that runs counts again and then shows figures without them\n");
    return end_after_output();
}

}  // namespace

void add_delete(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("delete", "deletes responses by rule, for ever");
    auto options = std::make_shared<DeleteOptions>();
    add_data_options(*command, options->data, options->database);
    command->add_option("--before", options->rule.before_day,
                        "2024-04-01: what was answered before");
    command->add_option("--pack", options->rule.pack_hash,
                        "hash of a pack, or how it begins: what answered it");
    command->add_option("--reason", options->reason, "for the audit log");
    command->add_flag("--dry-run", options->dry_run, "says what would go");
    command->add_flag("--yes", options->yes, "does not ask");
    command->callback([options, &chosen] {
        const DeletionRule& rule = options->rule;
        if (rule.before_day.empty() && rule.pack_hash.empty())
            throw CLI::RequiredError("--before or --pack");
        if (!rule.before_day.empty() && !is_day(rule.before_day))
            throw CLI::ValidationError("--before", "'" + rule.before_day + "' is no day");
        if (options->reason.empty() && !options->dry_run) throw CLI::RequiredError("--reason");
        chosen = [options] { return run_delete(*options); };
    });
}

}  // namespace machikoe
