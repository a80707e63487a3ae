#include "sync/export/export.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "sync/commands/export_files.h"
#include "sync/commands/new_file.h"
#include "sync/export/sav.h"
#include "sync/export/xlsx.h"

namespace machikoe {
namespace {

struct ExportOptions {
    EvaluationOptions evaluation;
    std::string format;
    std::string out;
    bool microdata = false;
    std::string reason;
};

struct Format {
    std::string_view name;
    Status (*write)(const ExportJob& job);
};
constexpr Format kFormats[] = {{"csv", export_csv},
                               {"jsonl", export_jsonl},
                               {"package", export_package},
                               {"xlsx", export_xlsx},
                               {"sav", export_sav}};

const Format* format_called(const std::string& name) {
    for (const Format& format : kFormats)
        if (format.name == name) return &format;
    return nullptr;
}

template <class Write>
Status write_file(const std::filesystem::path& path, Write&& write) {
    NewFile file(path);
    write(file.stream());
    return file.commit();
}

Status is_good(const std::ostream& out) {
    return out.good() ? Status{} : fail(ErrorCode::Unavailable, "the disk is full, or gone");
}

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
    const Format* format = format_called(options.format);
    if (format == nullptr)
        return end_with(Ended::Usage, "unknown format '" + options.format +
                                          "'; known: csv, jsonl, package, xlsx, sav");
    if (options.microdata && options.reason.empty())
        return end_with(Ended::Usage, "--microdata needs --reason: the audit log records both");
    if (options.format == "sav" && !options.microdata)
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
    const ExportJob job{*input, evaluation, options.out, options.microdata};
    if (const Status written = format->write(job); !written)
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

Status for_each_to_leave(const ExportJob& job, const EachResponse& each) {
    auto unreviewed = job.input.store->unreviewed();
    if (!unreviewed) return tl::unexpected<Error>(unreviewed.error());
    // Both are in the order of ids.
    auto next = unreviewed->begin();
    return for_each_of_this_version(job.input, [&](const std::string& id, const Response& read) {
        while (next != unreviewed->end() && next->response < id) ++next;
        if (next == unreviewed->end() || next->response != id) return each(id, read);
        Response response = read;
        for (auto text = next; text != unreviewed->end() && text->response == id; ++text)
            response.answers[text->question].value = std::string();
        return each(id, response);
    });
}

Status export_csv(const ExportJob& job) {
    const Pack& pack = job.input.pack();
    NewFile indicators(job.folder / "indicators.csv");
    NewFile tables(job.folder / "tables.csv");
    NewFile composition(job.folder / "composition.csv");
    write_indicator_csv(indicators.stream(), pack, job.evaluation.figures);
    write_table_csv(tables.stream(), pack, job.evaluation);
    write_composition_csv(composition.stream(), pack, job.input.ward, job.evaluation);
    if (job.microdata) {
        NewFile responses(job.folder / "responses.csv");
        ResponseCsv csv(responses.stream(), pack);
        const Status read =
            for_each_to_leave(job, [&](const std::string& id, const Response& response) {
                csv.write(id, response);
                return is_good(responses.stream());
            });
        if (!read) return read;
        if (const Status done = responses.commit(); !done) return done;
    }
    for (NewFile* file : {&indicators, &tables, &composition})
        if (const Status done = file->commit(); !done) return done;
    return {};
}

Status export_jsonl(const ExportJob& job) {
    Status done = write_file(job.folder / "evaluation.jsonl", [&](auto& out) {
        write_evaluation_jsonl(out, job.input.pack(), job.evaluation);
    });
    if (!done || !job.microdata) return done;
    NewFile file(job.folder / "responses.jsonl");
    done = for_each_to_leave(job, [&](const std::string& id, const Response& response) {
        write_response_jsonl(file.stream(), id, response);
        return is_good(file.stream());
    });
    return done ? file.commit() : done;
}

Status export_xlsx(const ExportJob& job) {
    NewFile file(job.folder / "evaluation.xlsx");
    XlsxBook book(file.temporary(), job.input.pack());
    book.add_evaluation(job.evaluation, job.input.table ? &*job.input.table : nullptr,
                        MACHIKOE_VERSION);
    Status done;
    if (job.microdata)
        done = for_each_to_leave(job, [&](const std::string& id, const Response& response) {
            book.add_response(id, response);
            return Status{};
        });
    if (done) done = book.finish();
    return done ? file.commit() : done;
}

Status export_sav(const ExportJob& job) {
    // All that are written, those left out of the base too: the marks are columns.
    const std::int64_t rows = job.evaluation.responses + job.evaluation.left_out;
    NewFile file(job.folder / "responses.sav");
    SavFile sav(file.stream(), job.input.pack(), Language::Ja, rows);
    Status done = for_each_to_leave(job, [&](const std::string& id, const Response& response) {
        return sav.write(id, response);
    });
    if (done) done = sav.finish();
    return done ? file.commit() : done;
}

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
