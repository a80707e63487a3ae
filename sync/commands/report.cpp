#include "sync/export/report.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "app/base/clock.h"
#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/commands/new_file.h"

namespace machikoe {
namespace {

struct ReportOptions {
    std::string data;
    std::string pack;
    std::string layout;
    std::string out;
    std::string evaluation;
};

/// How the year judges, and what the ward has added.
struct YearFiles {
    VerdictTable table;
    WardData data;
};

/// A fault's file is named as the operator can open it.
Ended end_with_fault(const PackFaults& faults) {
    return end_with(Ended::BadInput, to_string(faults.front()));
}

std::optional<YearFiles> year_files(const ReportOptions& options, const Pack& pack, Ended& ended) {
    const std::filesystem::path folder =
        options.evaluation.empty()
            ? std::filesystem::path(options.pack) / ".." / ".." / "evaluation"
            : std::filesystem::path(options.evaluation);
    const auto refuse = [&](Ended how) {
        ended = how;
        return std::nullopt;
    };
    const std::string layout = (folder / (options.layout + ".yaml")).lexically_normal().string();
    const Result<std::string> bytes = load_file(layout);
    if (!bytes) return refuse(end_with(Ended::BadInput, bytes.error().message));
    auto table = parse_verdict_table(layout, *bytes);
    if (!table) return refuse(end_with_fault(table.error()));
    const std::string ward = (folder / (pack.plan.id + ".yaml")).lexically_normal().string();
    const Result<std::string> ward_bytes = load_file(ward);
    if (!ward_bytes && ward_bytes.error().code == ErrorCode::NotFound)
        return YearFiles{std::move(*table), {pack.plan.id, {}, {}, {}}};
    if (!ward_bytes) return refuse(end_with(Ended::BadInput, ward_bytes.error().message));
    auto data = parse_ward_data(ward, *ward_bytes, pack);
    if (!data) return refuse(end_with_fault(data.error()));
    return YearFiles{std::move(*table), std::move(*data)};
}

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
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    const std::optional<YearFiles> year = year_files(options, loaded->pack, ended);
    if (!year) return ended;
    const std::unique_ptr<Store> store = open_store_for(options.data, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    EvaluationCounter counter(loaded->pack, year->data);
    const Status read = store->for_each_response([&](const std::string&, const Response& response) {
        counter.add(response);
        return true;
    });
    if (!read) return end_with(Ended::Environment, "database: " + read.error().message);
    const Evaluation evaluation = counter.evaluate();
    const std::string today = day_hour_in_japan(SystemClock().wall()).day;
    const std::string html =
        report_html({loaded->pack, evaluation, year->table, year->data, MACHIKOE_VERSION, today});
    ended = write_report(html, options.out);
    if (ended == Ended::Ok)
        fmt::print(stderr, "{} responses in {}\n", counter.responses(), options.out);
    return ended;
}

}  // namespace

void add_report(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("report", "prints the evaluation as pages (HTML and PDF)");
    auto options = std::make_shared<ReportOptions>();
    command->add_option("--data", options->data, "folder of server.db")->required();
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--layout", options->layout, "form and codes of the year: osaka-r4, …")
        ->required();
    command->add_option("--out", options->out, "folder for report.html and report.pdf")->required();
    command->add_option("--evaluation", options->evaluation,
                        "folder of the layouts and of the ward's data; two above the pack's");
    command->callback([options, &chosen] { chosen = [options] { return report(*options); }; });
}

}  // namespace machikoe
