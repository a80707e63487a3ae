#include "sync/export/export_files.h"

#include <algorithm>

#include "sync/export/export.h"
#include "sync/export/new_file.h"
#include "sync/export/sav.h"
#include "sync/export/xlsx.h"

namespace machikoe {
namespace {

template <class Write>
Status write_file(const std::filesystem::path& path, Write&& write) {
    NewFile file(path);
    write(file.stream());
    return file.commit();
}

Status is_good(const std::ostream& out) {
    return out.good() ? Status{} : fail(ErrorCode::Unavailable, "the disk is full, or gone");
}

Status export_csv(const ExportOrder& order) {
    const Pack& pack = order.pack;
    NewFile indicators(order.folder / "indicators.csv");
    NewFile tables(order.folder / "tables.csv");
    NewFile composition(order.folder / "composition.csv");
    write_indicator_csv(indicators.stream(), pack, order.evaluation.figures);
    write_table_csv(tables.stream(), pack, order.evaluation);
    write_composition_csv(composition.stream(), pack, order.ward, order.evaluation);
    if (order.microdata) {
        NewFile responses(order.folder / "responses.csv");
        ResponseCsv csv(responses.stream(), pack);
        const Status read =
            for_each_to_leave(order, [&](const std::string& id, const Response& response) {
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

Status export_jsonl(const ExportOrder& order) {
    Status done = write_file(order.folder / "evaluation.jsonl", [&](auto& out) {
        write_evaluation_jsonl(out, order.pack, order.evaluation);
    });
    if (!done || !order.microdata) return done;
    NewFile file(order.folder / "responses.jsonl");
    done = for_each_to_leave(order, [&](const std::string& id, const Response& response) {
        write_response_jsonl(file.stream(), id, response);
        return is_good(file.stream());
    });
    return done ? file.commit() : done;
}

Status export_xlsx(const ExportOrder& order) {
    NewFile file(order.folder / "evaluation.xlsx");
    XlsxBook book(file.temporary(), order.pack);
    book.add_evaluation(order.evaluation, order.table, order.version);
    Status done;
    if (order.microdata)
        done = for_each_to_leave(order, [&](const std::string& id, const Response& response) {
            book.add_response(id, response);
            return Status{};
        });
    if (done) done = book.finish();
    return done ? file.commit() : done;
}

Status export_sav(const ExportOrder& order) {
    // All that are written, those left out of the base too: the marks are columns.
    const std::int64_t rows = order.evaluation.responses + order.evaluation.left_out;
    NewFile file(order.folder / "responses.sav");
    SavFile sav(file.stream(), order.pack, Language::Ja, rows);
    Status done = for_each_to_leave(order, [&](const std::string& id, const Response& response) {
        return sav.write(id, response);
    });
    if (done) done = sav.finish();
    return done ? file.commit() : done;
}

constexpr ExportFormat kFormats[] = {{"csv", export_csv},
                                     {"jsonl", export_jsonl},
                                     {"package", export_package},
                                     {"xlsx", export_xlsx},
                                     {"sav", export_sav, true}};

}  // namespace

std::span<const ExportFormat> export_formats() {
    return kFormats;
}

const ExportFormat* export_format_called(std::string_view name) {
    const auto* found = std::ranges::find(kFormats, name, &ExportFormat::name);
    return found == std::end(kFormats) ? nullptr : found;
}

Status for_each_of_version(Store& store, const Pack& pack, const std::function<Status()>& each_row,
                           const EachResponse& each) {
    Status written;
    const Status read =
        store.for_each_response([&](const std::string& id, const Response& response) {
            if (response.pack_id == pack.plan.id && response.pack_hash == pack.hash)
                written = each(id, response);
            if (written) written = each_row();
            return written.has_value();
        });
    return written ? read : written;
}

Status count_responses(Store& store, EvaluationCounter& counter,
                       const std::function<Status()>& each_row) {
    Status wanted;
    const Status read = store.for_each_response([&](const std::string&, const Response& response) {
        counter.add(response);
        wanted = each_row();
        return wanted.has_value();
    });
    return wanted ? read : wanted;
}

Status for_each_to_leave(const ExportOrder& order, const EachResponse& each) {
    auto unreviewed = order.store.unreviewed();
    if (!unreviewed) return tl::unexpected<Error>(unreviewed.error());
    // Both are in the order of ids.
    auto next = unreviewed->begin();
    return for_each_of_version(
        order.store, order.pack, order.each_row, [&](const std::string& id, const Response& read) {
            while (next != unreviewed->end() && next->response < id) ++next;
            if (next == unreviewed->end() || next->response != id) return each(id, read);
            Response response = read;
            for (auto text = next; text != unreviewed->end() && text->response == id; ++text)
                response.answers[text->question].value = std::string();
            return each(id, response);
        });
}

}  // namespace machikoe
