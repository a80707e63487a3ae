#include "sync/indicators/indicators.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"
#include "sync/export/export.h"

namespace machikoe {
namespace {

struct IndicatorOptions {
    std::string data;
    std::string pack;
    bool json = false;
    bool csv = false;
    std::string language = "ja";
};

constexpr std::string_view kResponsesJa =
    "この版のパックへの回答: {} 件。ほかの版への回答: {} 件(数えません)。\n";
constexpr std::string_view kResponsesEn =
    "Responses to this version of the pack: {}. To other versions: {} (not counted).\n";

void print_table(const Pack& pack, const IndicatorCounter& counter, Language language) {
    const std::string_view responses = is_japanese(language) ? kResponsesJa : kResponsesEn;
    std::cout << indicator_table(pack, counter.figures(), language)
              << fmt::format(fmt::runtime(responses), counter.responses(),
                             counter.other_versions());
}

Ended indicators(const IndicatorOptions& options) {
    const std::optional<Language> language = language_of(options.language);
    if (!language)
        return end_with(Ended::Usage, "--language " + options.language + ": no such language");
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    const std::unique_ptr<Store> store = open_store_for(options.data, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    IndicatorCounter counter(loaded->pack);
    const Status read = store->for_each_response([&](const std::string&, const Response& response) {
        counter.add(response);
        return true;
    });
    if (!read) return end_with(Ended::Environment, "database: " + read.error().message);
    if (options.json)
        std::cout << indicator_json(loaded->pack, counter.figures(), counter.responses(),
                                    counter.other_versions());
    else if (options.csv)
        write_indicator_csv(std::cout, loaded->pack, counter.figures());
    else
        print_table(loaded->pack, counter, *language);
    return end_after_output();
}

}  // namespace

void add_indicators(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("indicators", "counts the answers into the indicators");
    auto options = std::make_shared<IndicatorOptions>();
    command->add_option("--data", options->data, "folder of server.db")->required();
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    auto* json = command->add_flag("--json", options->json, "JSON instead of a table");
    command->add_flag("--csv", options->csv, "CSV instead of a table")->excludes(json);
    command->add_option("--language", options->language, "of the table: ja (default), en, …");
    command->callback([options, &chosen] { chosen = [options] { return indicators(*options); }; });
}

}  // namespace machikoe
