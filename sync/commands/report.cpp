#include "sync/export/report.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "app/base/clock.h"
#include "sync/commands/evaluation_input.h"
#include "sync/export/new_file.h"

namespace machikoe {
namespace {

struct ReportOptions {
    EvaluationOptions evaluation;
    std::string out;
};

/// 0 when WeasyPrint has written `pdf`; 127 when there is none.
int print_pages(const std::string& html, const std::string& pdf) {
    std::string program = "weasyprint", from = html, to = pdf;
    char* arguments[] = {program.data(), from.data(), to.data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&files, stream, "/dev/null", O_RDWR, 0);
    pid_t child = -1;
    const int failure =
        ::posix_spawnp(&child, program.c_str(), &files, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failure != 0) return 127;
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

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
    const int code = print_pages(page.string(), pdf.temporary().string());
    if (code == 127)
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
