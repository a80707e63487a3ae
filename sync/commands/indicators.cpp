#include "sync/indicators/indicators.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/evaluation_input.h"
#include "sync/commands/verify.h"
#include "sync/export/export.h"

namespace machikoe {
namespace {

struct IndicatorOptions {
    EvaluationOptions evaluation;
    bool json = false;
    bool csv = false;
    std::string language = "ja";
    std::string verify;
    bool recount = false;
};

constexpr std::string_view kResponsesJa =
    "この版のパックへの回答: {} 件。ほかの版への回答: {} 件(数えません)。\n";
constexpr std::string_view kResponsesEn =
    "Responses to this version of the pack: {}. To other versions: {} (not counted).\n";

void print_codes(const Evaluation& evaluation, const VerdictTable& table) {
    const std::string_view doubt = table.achievement.confirmed ? "" : kUnconfirmedJa;
    std::cout << fmt::format("\n{} {}\n", table.achievement.heading, doubt);
    for (const IndicatorFigure& figure : evaluation.figures)
        if (const VerdictCode* code = code_for(figure, table))
            std::cout << fmt::format("  {}: {} ({})\n", figure.definition.id, code->code,
                                     code->meaning);
}

void print_table(const EvaluationInput& input, const Evaluation& evaluation, Language language) {
    const std::string_view responses = is_japanese(language) ? kResponsesJa : kResponsesEn;
    std::cout << indicator_table(input.pack(), evaluation.figures, language)
              << fmt::format(fmt::runtime(responses), evaluation.responses,
                             evaluation.other_versions);
    if (input.table) print_codes(evaluation, *input.table);
}

Ended indicators(const IndicatorOptions& options) {
    if (!options.verify.empty())
        return verify_snapshot(store_of(options.evaluation), options.verify);
    if (options.evaluation.pack.empty()) return end_with(Ended::Usage, "--pack is required");
    if (options.recount) return recount(options.evaluation);
    const std::optional<Language> language = language_of(options.language);
    if (!language)
        return end_with(Ended::Usage, "--language " + options.language + ": no such language");
    Ended ended = Ended::Ok;
    const auto input = load_evaluation_input(options.evaluation, ended);
    if (!input) return ended;
    EvaluationCounter counter(input->pack(), input->ward, input->rules);
    if (const Status read = count_all(*input, counter); !read)
        return end_with(Ended::Environment, "database: " + read.error().message);
    const Evaluation evaluation = counter.evaluate();
    if (options.json)
        std::cout << indicator_json(input->pack(), evaluation.figures, evaluation.responses,
                                    evaluation.other_versions);
    else if (options.csv)
        write_indicator_csv(std::cout, input->pack(), evaluation.figures);
    else
        print_table(*input, evaluation, *language);
    return end_after_output();
}

}  // namespace

void add_indicators(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("indicators", "counts the answers into the indicators");
    auto options = std::make_shared<IndicatorOptions>();
    add_evaluation_options(*command, options->evaluation);
    command->get_option("--pack")->required(false);  // a snapshot has its own
    auto* json = command->add_flag("--json", options->json, "JSON instead of a table");
    command->add_flag("--csv", options->csv, "CSV instead of a table")->excludes(json);
    command->add_option("--language", options->language, "of the table: ja (default), en, …");
    command->add_option("--verify", options->verify,
                        "a snapshot: recomputes its figures and says what differs and why");
    command->add_flag("--recount", options->recount,
                      "are the running server's totals what a count of the answers gives?");
    command->callback([options, &chosen] { chosen = [options] { return indicators(*options); }; });
}

}  // namespace machikoe
