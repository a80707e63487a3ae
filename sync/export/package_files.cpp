#include <fmt/chrono.h>
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app/base/crypto.h"
#include "sync/export/csv.h"
#include "sync/export/export.h"
#include "sync/export/export_files.h"
#include "sync/export/new_file.h"
#include "sync/export/package.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

/// The columns as the file itself names them.
Result<std::vector<std::string>> header_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!std::getline(in, line)) return fail(ErrorCode::Unavailable, file.string() + ": empty");
    if (line.starts_with(kUtf8Bom)) line.erase(0, kUtf8Bom.size());
    while (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> columns;
    std::istringstream words(line);
    for (std::string word; std::getline(words, word, ',');) columns.push_back(word);
    return columns;
}

class PackageWriter {
  public:
    explicit PackageWriter(const ExportOrder& order) : order_(order) {}

    template <class Write>
    Status add(const std::string& name, Write&& write, std::vector<Variable> variables = {},
               const std::string& key = "") {
        NewFile file(order_.folder / (name + ".csv"));
        if (const Status written = write(file.stream()); !written) return written;
        if (const Status done = file.commit(); !done) return done;
        const auto columns = header_of(file.path());
        if (!columns) return tl::unexpected<Error>(columns.error());
        const auto hash = sha256_of_file(file.path());
        if (!hash) return tl::unexpected<Error>(hash.error());
        if (variables.empty()) variables = plain_variables(*columns);
        files_.push_back({name, fs::file_size(file.path()), *hash, std::move(variables), key});
        return {};
    }
    Status finish() {
        NewFile file(order_.folder / "datapackage.json");
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        file.stream() << data_package_json(order_.pack, files_, order_.version,
                                           fmt::format("{:%FT%TZ}", now));
        return file.commit();
    }

  private:
    const ExportOrder& order_;
    std::vector<PackageFile> files_;
};

Status write_ledger(std::ostream& out, Store& store) {
    const auto counts = store.counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    const auto kiosks = store.kiosks();
    if (!kiosks) return tl::unexpected<Error>(kiosks.error());
    CsvLine line;
    line.add_plain("what");
    line.add_plain("count");
    out << kUtf8Bom;
    line.end(out);
    for (const auto& [what, count] :
         {std::pair{"kiosks", static_cast<std::int64_t>(kiosks->size())},
          {"envelopes", counts->ledger},
          {"responses", counts->responses},
          {"waiting", counts->waiting},
          {"openings", counts->openings},
          {"quarantined", counts->quarantined},
          {"conflicts", counts->conflicts}}) {
        line.add_plain(what);
        line.add(count);
        line.end(out);
    }
    return {};
}

std::vector<Variable> variables_for(const Pack& pack, bool paradata) {
    std::vector<Variable> chosen;
    for (Variable& variable : variables_of(pack))
        if (variable.name == "response_id" || variable.paradata == paradata)
            chosen.push_back(std::move(variable));
    return chosen;
}

Status add_responses(const ExportOrder& order, PackageWriter& package, bool paradata) {
    const Pack& pack = order.pack;
    return package.add(
        paradata ? "paradata" : "responses",
        [&](std::ostream& out) {
            ResponseCsv csv(out, pack,
                            paradata ? ResponseColumns::OnlyParadata : ResponseColumns::NoParadata);
            return for_each_to_leave(order, [&](const std::string& id, const Response& response) {
                csv.write(id, response);
                return out.good() ? Status{} : fail(ErrorCode::Unavailable, "disk full?");
            });
        },
        variables_for(pack, paradata), "response_id");
}

}  // namespace

Status export_package(const ExportOrder& order) {
    const Pack& pack = order.pack;
    PackageWriter package(order);
    const auto plain = [](auto write) {
        return [write](std::ostream& out) {
            write(out);
            return Status{};
        };
    };
    Status done = package.add("indicators", plain([&](auto& out) {
                                  write_indicator_csv(out, pack, order.evaluation.figures);
                              }),
                              {}, "id");
    if (done)
        done = package.add("tables",
                           plain([&](auto& out) { write_table_csv(out, pack, order.evaluation); }));
    if (done)
        done = package.add("composition", plain([&](auto& out) {
                               write_composition_csv(out, pack, order.ward, order.evaluation);
                           }));
    if (done)
        done = package.add("weighting",
                           plain([&](auto& out) { write_weighting_csv(out, order.evaluation); }));
    if (done)
        done = package.add("quality",
                           plain([&](auto& out) { write_quality_csv(out, order.evaluation); }));
    if (done)
        done = package.add("ledger", [&](auto& out) { return write_ledger(out, order.store); });
    if (done)
        done = package.add("codebook", plain([&](auto& out) { write_codebook_csv(out, pack); }));
    if (done && order.microdata) done = add_responses(order, package, false);
    if (done && order.microdata) done = add_responses(order, package, true);
    return done ? package.finish() : done;
}

}  // namespace machikoe
