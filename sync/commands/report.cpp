#include "sync/export/report.h"

#include <fmt/format.h>

#include <memory>

#include "app/base/clock.h"
#include "app/base/program.h"
#include "sync/commands/evaluation_input.h"
#include "sync/export/new_file.h"

namespace machikoe {
namespace {

struct ReportOptions {
    EvaluationOptions evaluation;
    std::string out;
};

/// The HTML first: it is whole even where nothing can make pages of it.
Ended write_report(const std::string& html, const std::filesystem::path& folder) {
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    if (ec) return end_with(Ended::Environment, folder.string() + ": " + ec.message());
    const std::filesystem::path page = folder / "report.html", printed = folder / "report.pdf";
    NewFile written(page);
    written.stream() << html;
    if (const Status status = written.commit(); !status)
        return end_with(Ended::Environment, status.error().message);
    NewFile pdf(printed);
    const int code = run_program({"weasyprint", page.string(), pdf.temporary().string()});
    if (code == kNoSuchProgram)
        return end_with(Ended::Environment,
                        "no report.pdf: weasyprint is not there (Debian package weasyprint); " +
                            page.string() + " is written");
    if (code != 0)
        return end_with(Ended::Environment,
                        fmt::format("no report.pdf: weasyprint failed with {} (Debian package "
                                    "weasyprint); {} is written",
                                    code, page.string()));
    if (const Status status = pdf.commit(); !status)
        return end_with(Ended::Environment, status.error().message);
    return Ended::Ok;
}

Ended report(const ReportOptions& options) {
    if (options.evaluation.layout.empty())
        return end_with(Ended::Usage, "--layout is required: osaka-r4, osaka-r5, …");
    Ended ended = Ended::Ok;
    const auto input = load_evaluation_input(options.evaluation, ended);
    if (!input) return ended;
    EvaluationCounter counter(input->pack(), input->ward, input->rules);
    if (const Status read = count_all(*input, counter); !read)
        return end_with(Ended::Environment, "database: " + read.error().message);
    const Evaluation evaluation = counter.evaluate();
    const std::string today = day_hour_in_japan(SystemClock().wall()).day;
    const std::string html = report_html(
        {input->pack(), evaluation, *input->table, input->ward, MACHIKOE_VERSION, today});
    ended = write_report(html, options.out);
    if (ended == Ended::Ok)
        fmt::print(stderr, "{} responses in {}\n", counter.responses(), options.out);
    return ended;
}

}  // namespace

void add_report(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("report", "prints the evaluation as pages (HTML and PDF)");
    auto options = std::make_shared<ReportOptions>();
    add_evaluation_options(*command, options->evaluation);
    command->add_option("--out", options->out, "folder for report.html and report.pdf")->required();
    command->callback([options, &chosen] { chosen = [options] { return report(*options); }; });
}

}  // namespace machikoe
