// What residents answered: for staff, as files, and for everybody.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/export/xlsx.h"
#include "sync/pages/desk.h"
#include "sync/pages/figure_words.h"
#include "sync/pages/figures.h"
#include "sync/pages/trends.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

HttpResponse file_response(std::string body, std::string type, std::string name) {
    HttpResponse response;
    response.body = std::move(body);
    response.content_type = std::move(type);
    response.file_name = std::move(name);
    return response;
}

Result<std::string> workbook(const Pack& pack, const Evaluation& evaluation,
                             const std::string& version) {
    const auto path =
        std::filesystem::temp_directory_path() / ("machikoe-" + random_hex(16) + ".xlsx");
    Result<std::string> bytes = std::string();
    {
        XlsxBook book(path, pack);
        book.add_evaluation(evaluation, nullptr, version);
        const Status written = book.finish();
        bytes = written ? load_file(path) : tl::unexpected<Error>(written.error());
    }
    std::error_code ec;
    std::filesystem::remove(path, ec);
    return bytes;
}

Result<HttpResponse> exported(std::string_view path, const Pack& pack, const Evaluation& evaluation,
                              const std::string& version) {
    const std::string name(path.substr(path.rfind('/') + 1));
    std::ostringstream out;
    if (name == "evaluation.xlsx") {
        auto bytes = workbook(pack, evaluation, version);
        if (!bytes) return tl::unexpected<Error>(bytes.error());
        return file_response(std::move(*bytes),
                             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                             name);
    }
    if (name == "indicators.csv") write_indicator_csv(out, pack, evaluation.figures);
    if (name == "tables.csv") write_table_csv(out, pack, evaluation);
    if (name == "evaluation.jsonl") {
        write_evaluation_jsonl(out, pack, evaluation);
        return file_response(out.str(), "application/x-ndjson", name);
    }
    return file_response(out.str(), "text/csv; charset=utf-8", name);
}

}  // namespace

Step Pages::figures(std::string_view path, const Shared& visit) {
    const std::shared_ptr<const Evaluation> latest = live_.latest();
    const Evaluation& evaluation = *latest;
    const Reader& reader = visit->reader;
    if (path == "/")
        return done(page(*visit, std::string(word(reader, "成果指標", "Outcome indicators")),
                         overview(reader, *pack_, evaluation)));
    const std::string id = field(visit->query, "id");
    if (path == "/indicators") return done(indicator(*visit, evaluation, id));
    if (id.empty())
        return done(page(*visit, std::string(word(reader, "質問", "Questions")),
                         question_list(reader, *pack_, evaluation)));
    const Question* question = pack_->survey.question(id);
    if (!question) return done(error_response(404, "no such question"));
    return done(page(*visit, label_of(question->text, reader.language),
                     question_page(reader, *pack_, evaluation, id)));
}

HttpResponse Pages::indicator(const Visit& visit, const Evaluation& evaluation,
                              const std::string& id) const {
    const Reader& reader = visit.reader;
    if (id.empty())
        return page(visit, std::string(word(reader, "指標", "Indicators")),
                    indicator_list(reader, *pack_, evaluation));
    const auto figure = std::ranges::find_if(
        evaluation.figures, [&](const IndicatorFigure& each) { return each.definition.id == id; });
    if (figure == evaluation.figures.end()) return error_response(404, "no such indicator");
    return page(visit, indicator_wording(reader, figure->definition),
                indicator_page(reader, *pack_, evaluation, *figure));
}

Step Pages::events(const Shared& visit) {
    return Step{AskStore([this, visit](Store& store) {
        const auto kiosks = store.kiosks();
        return Continuation([this, visit, kiosks] {
            if (!kiosks) return done(store_failure(kiosks.error()));
            return done(page(*visit, std::string(word(visit->reader, "催し", "Events")),
                             events_page(visit->reader, *live_.latest(), *kiosks)));
        });
    })};
}

Step Pages::export_file(std::string_view path, const Shared& visit) {
    const std::shared_ptr<const Evaluation> evaluation = live_.latest();
    return Step{Labour{[this, visit, evaluation, path = std::string(path)] {
        auto file = exported(path, *pack_, *evaluation, options_.version);
        return Continuation([this, visit, path, file]() -> Step {
            if (!file) return done(store_failure(file.error()));
            return Step{AskStore([this, visit, path, file](Store& store) -> Continuation {
                // No record, no file.
                const Status noted = note_deed(store, visit->caller->account.name, "export",
                                               path.substr(path.rfind('/') + 1), clock_.wall());
                return [noted, file] { return done(noted ? *file : store_failure(noted.error())); };
            })};
        });
    }}};
}

// ---- the public page ----------------------------------------------------------------------

Step Pages::publish(std::string_view path, const Shared& visit) {
    const std::shared_ptr<const Evaluation> published = live_.published();
    if (path == "/public") {
        visit->caller.reset();
        HttpResponse response = page(
            *visit, std::string(word(visit->reader, "区民の声と成果指標", "What residents said")),
            public_page(visit->reader, *pack_, published.get()));
        response.showing = Showing::Embeddable;
        return done(std::move(response));
    }
    if (!published) return done(error_response(404, "nothing is published yet"));
    if (path == "/public/figures.json")
        return done(file_response(public_json(*pack_, *published), "application/json", ""));
    std::ostringstream out;
    write_indicator_csv(out, *pack_, published->figures);
    return done(file_response(out.str(), "text/csv; charset=utf-8", "figures.csv"));
}

}  // namespace machikoe
