#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "sync/commands/evaluation_input.h"
#include "sync/commands/progress.h"
#include "sync/export/export_files.h"

namespace machikoe {
namespace {

struct ExportOptions {
    EvaluationOptions evaluation;
    std::string format;
    std::string out;
    bool microdata = false;
    std::string reason;
};

/// Before the answers leave: an export that nobody can be asked about does not happen.
Status note_microdata(const ExportOptions& options, const EvaluationInput& input) {
    auto store = open_store(store_of(options.evaluation), StoreMode::ReadWrite);
    if (!store) return tl::unexpected<Error>(store.error());
    AuditEntry entry;
    entry.when = std::chrono::duration_cast<Milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    entry.who = asking_account();
    entry.what = "export-microdata";
    entry.detail = fmt::format("all responses of {} as {}: {}", input.pack().plan.id,
                               options.format, options.reason);
    return (*store)->note(entry);
}

Ended run_export(const ExportOptions& options) {
    const ExportFormat* format = export_format_called(options.format);
    if (format == nullptr)
        return end_with(Ended::Usage, "unknown format '" + options.format +
                                          "'; known: csv, jsonl, package, xlsx, sav");
    if (options.microdata && options.reason.empty())
        return end_with(Ended::Usage, "--microdata needs --reason: the audit log records both");
    if (format->needs_microdata && !options.microdata)
        return end_with(Ended::Usage,
                        "an SPSS file holds single responses: --microdata --reason …");
    Ended ended = Ended::Ok;
    const auto input = load_evaluation_input(options.evaluation, ended);
    if (!input) return ended;
    std::error_code ec;
    std::filesystem::create_directories(options.out, ec);
    if (ec) return end_with(Ended::Environment, options.out + ": " + ec.message());
    if (options.microdata) {
        // A reader that holds its moment would keep the log's writer waiting.
        input->store.reset();
        if (const Status noted = note_microdata(options, *input); !noted)
            return end_with(Ended::Environment, noted.error().message);
        if (ended = open_answers(options.evaluation, *input); ended != Ended::Ok) return ended;
    }
    EvaluationCounter counter(input->pack(), input->ward, input->rules);
    if (const Status read = count_all(*input, counter); !read)
        return end_with(Ended::Environment, read.error().message);
    const Evaluation evaluation = counter.evaluate();
    Progress progress(evaluation.responses + evaluation.left_out + evaluation.other_versions);
    const ExportOrder order{input->pack(),
                            input->ward,
                            input->table ? &*input->table : nullptr,
                            evaluation,
                            *input->store,
                            options.out,
                            options.microdata,
                            MACHIKOE_VERSION,
                            [&] {
                                progress.step();
                                return Status{};
                            }};
    if (const Status written = format->write(order); !written)
        return end_with(Ended::Environment, written.error().message);
    fmt::print(stderr, "{} responses{} in {}\n", evaluation.responses,
               options.microdata ? "" : ", as figures,", options.out);
    if (evaluation.other_versions > 0)
        fmt::print(stderr,
                   "{} responses to other versions of the pack are not in the files: export them "
                   "with the pack that they answered\n",
                   evaluation.other_versions);
    return Ended::Ok;
}

}  // namespace

void add_export(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("export", "writes figures, and on request responses, as files");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("--format", options->format, "csv, jsonl, package, xlsx or sav")
        ->required();
    add_evaluation_options(*command, options->evaluation);
    command->add_option("--out", options->out, "folder for the files")->required();
    command->add_flag("--microdata", options->microdata,
                      "single responses as well; the audit log records who and why");
    command->add_option("--reason", options->reason, "why single responses are needed");
    command->callback([options, &chosen] { chosen = [options] { return run_export(*options); }; });
}

}  // namespace machikoe
