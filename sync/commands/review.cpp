#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "sync/commands/common.h"
#include "sync/commands/evaluation_input.h"
#include "sync/review/personal_information.h"
#include "sync/seal/server_keys.h"
#include "sync/server/reviewing.h"

namespace machikoe {
namespace {

struct ReviewOptions {
    std::string data;
    std::string database;
    std::string id;
    std::vector<std::string> words;  // tags
    std::string state = "pending";
    std::string text;
    std::size_t limit = 20;
    bool json = false;
};

/// A resident's words must not move a cursor.
std::string printable(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            result += fmt::format("\\x{:02x}", byte);
        else
            result += c;
    }
    return result;
}

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::vector<std::string> kinds_of(const std::vector<Finding>& findings) {
    std::vector<std::string> kinds;
    for (const Finding& finding : findings) kinds.emplace_back(name_of(finding.kind));
    return kinds;
}

Ended end_with_error(const Error& error) {
    return end_with(error.code == ErrorCode::NotFound ? Ended::BadInput : Ended::Environment,
                    error.message);
}

Milliseconds now() {
    return std::chrono::duration_cast<Milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
}

Ended list(const ReviewOptions& options) {
    const auto state = review_state_of(options.state);
    if (!state && options.state != "all")
        return end_with(Ended::Usage, "--state: pending, approved, redacted, withheld or all");
    auto finder = PersonalInformationFinder::open();
    if (!finder) return end_with(Ended::Environment, finder.error().message);
    const auto store = open_store_for({options.data, options.database}, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    const auto texts = store->free_texts(state, {}, options.limit);
    if (!texts) return end_with_error(texts.error());
    for (const FreeText& text : *texts) {
        const auto kinds = kinds_of(finder->find(text.text));
        const std::string id = text_of(text.id);
        if (options.json)
            std::cout << nlohmann::ordered_json{{"id", id},
                                                {"state", name_of(text.state)},
                                                {"flags", kinds},
                                                {"tags", text.tags},
                                                {"text", text.text}}
                             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                      << "\n";
        else
            std::cout << fmt::format("{}  {}{}{}\n    {}\n", id, name_of(text.state),
                                     kinds.empty() ? "" : "  ! " + joined(kinds),
                                     text.tags.empty() ? "" : "  # " + joined(text.tags),
                                     printable(text.text));
    }
    return end_after_output();
}

/// The text without what could name a person.
Result<std::string> without_findings(const std::string& text) {
    auto finder = PersonalInformationFinder::open();
    if (!finder) return tl::unexpected<Error>(finder.error());
    const auto findings = finder->find(text);
    if (findings.empty())
        return fail(ErrorCode::NotFound,
                    "nothing was found to take out; say what shall stand there: --text");
    return redacted(text, findings);
}

Result<ReviewDecision> decision_of(const FreeText& text, ReviewState state,
                                   const ReviewOptions& options) {
    std::string replacement = options.text;
    if (state == ReviewState::Redacted && replacement.empty()) {
        auto without = without_findings(text.text);
        if (!without) return tl::unexpected<Error>(without.error());
        replacement = std::move(*without);
    }
    if (state == ReviewState::Approved) return decision_on(text, state, "", "");
    const auto keys = load_server_keys(options.data);
    if (!keys) return tl::unexpected<Error>(keys.error());
    return decision_on(text, state, std::move(replacement), keys->sealing.public_key());
}

Ended decide(const ReviewOptions& options, ReviewState state) {
    const auto id = free_text_id(options.id);
    if (!id) return end_with(Ended::Usage, "'" + options.id + "' is no RESPONSE:QUESTION");
    const auto store = open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const auto text = find_text(*store, *id);
    if (!text) return end_with_error(text.error());
    const auto decision = decision_of(*text, state, options);
    if (!decision) return end_with_error(decision.error());
    if (const Status done = store->decide(*id, *decision, now()); !done)
        return end_with_error(done.error());
    if (decision->new_text) std::cout << printable(*decision->new_text) << "\n";
    return end_after_output();
}

Ended tag(const ReviewOptions& options, bool on) {
    const auto id = free_text_id(options.id);
    if (!id) return end_with(Ended::Usage, "'" + options.id + "' is no RESPONSE:QUESTION");
    const auto store = open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    for (const std::string& word : options.words) {
        if (word.empty() || word.find_first_of(" \t\r\n") != std::string::npos)
            return end_with(Ended::Usage, "a tag is one word");
        if (const Status done = store->tag(*id, word, on); !done)
            return end_with_error(done.error());
    }
    return Ended::Ok;
}

Ended tags(const ReviewOptions& options) {
    const auto store = open_store_for({options.data, options.database}, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    const auto counts = store->tag_counts();
    if (!counts) return end_with_error(counts.error());
    for (const auto& [word, count] : *counts) std::cout << fmt::format("{:>7}  {}\n", count, word);
    return end_after_output();
}

/// What was taken out; the audit log says who looked.
Ended show_original(const ReviewOptions& options) {
    const auto id = free_text_id(options.id);
    if (!id) return end_with(Ended::Usage, "'" + options.id + "' is no RESPONSE:QUESTION");
    const auto store = open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    const auto sealed = store->sealed_original(*id);
    if (!sealed) return end_with_error(sealed.error());
    const auto keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    Opener opener = opener_of(*keys);
    const auto text = opened_original(*id, *sealed, opener);
    if (!text) return end_with(Ended::Environment, text.error().message);
    AuditEntry entry;
    entry.when = now();
    entry.who = asking_account();
    entry.what = "review-open";
    entry.detail = options.id;
    if (const Status noted = store->note(entry); !noted) return end_with_error(noted.error());
    std::cout << printable(*text) << "\n";
    return end_after_output();
}

}  // namespace

void add_review(CLI::App& app, Command& chosen) {
    auto* group = app.add_subcommand("review", "free texts, before any of them leaves");
    group->require_subcommand(1);
    auto options = std::make_shared<ReviewOptions>();
    const auto add = [&](const char* name, const char* what, Ended (*run)(const ReviewOptions&)) {
        auto* command = group->add_subcommand(name, what);
        add_data_options(*command, options->data, options->database);
        command->callback(
            [options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
        return command;
    };
    const auto add_for_one = [&](const char* name, const char* what,
                                 Ended (*run)(const ReviewOptions&)) {
        auto* command = add(name, what, run);
        command->add_option("id", options->id, "RESPONSE:QUESTION, as in the list")->required();
        return command;
    };
    auto* listing = add("list", "the texts, with what could name a person", list);
    listing->add_option("--state", options->state, "pending (default), approved, …, all");
    listing->add_option("--limit", options->limit, "default 20");
    listing->add_flag("--json", options->json, "an object a line");
    add_for_one("approve", "may leave as it is",
                [](const ReviewOptions& o) { return decide(o, ReviewState::Approved); });
    add_for_one("redact", "leaves without what names a person; the original is sealed",
                [](const ReviewOptions& o) { return decide(o, ReviewState::Redacted); })
        ->add_option("--text", options->text, "what shall stand there instead");
    add_for_one("withhold", "does not leave; the original is sealed",
                [](const ReviewOptions& o) { return decide(o, ReviewState::Withheld); });
    add_for_one("open", "shows a sealed original; the audit log says who looked", show_original);
    add_for_one("tag", "gives tags", [](const ReviewOptions& o) { return tag(o, true); })
        ->add_option("tags", options->words, "words")
        ->required();
    add_for_one("untag", "takes tags away", [](const ReviewOptions& o) { return tag(o, false); })
        ->add_option("tags", options->words, "words")
        ->required();
    add("tags", "how many texts have each tag", tags);
}

}  // namespace machikoe
