#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "sync/export/csv.h"
#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/export/table_rows.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

void write_header(CsvLine& line, std::ostream& out, const std::vector<const char*>& columns) {
    for (const char* column : columns) line.add_plain(column);
    out << kUtf8Bom;
    line.end(out);
}

void add_or_empty(CsvLine& line, const std::optional<std::int64_t>& count) {
    line.add_plain(count ? std::to_string(*count) : "");
}

void add_or_empty(CsvLine& line, const std::optional<double>& value, int decimals = 1) {
    line.add_plain(value ? fmt::format("{:.{}f}", *value, decimals) : "");
}

std::string_view flag(bool value) {
    return value ? "true" : "false";
}

std::string group_of(const Pack& pack, const TableRow& row, Language language) {
    return row.by.empty() ? "" : group_label(pack, row.by, row.group, language);
}

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

const std::vector<const char*>& table_columns() {
    static const std::vector<const char*> columns = {
        "question", "question_ja", "kind",  "option", "option_ja",     "by", "group", "group_ja",
        "base",     "count",       "share", "hidden", "reference_only"};
    return columns;
}

}  // namespace

void write_table_csv(std::ostream& out, const Pack& pack, const Evaluation& evaluation) {
    CsvLine line;
    write_header(line, out, table_columns());
    for_each_table_row(evaluation, pack, [&](const TableRow& row) {
        line.add_plain(row.question);
        line.add(question_label(pack, row.question, Language::Ja));
        line.add_plain(row.kind);
        line.add_plain(row.option);
        line.add(row.option.empty() ? ""
                                    : option_label(pack, row.question, row.option, Language::Ja));
        line.add_plain(row.by);
        line.add_plain(row.group);
        line.add(group_of(pack, row, Language::Ja));
        add_or_empty(line, row.base);
        add_or_empty(line, row.count);
        add_or_empty(line, row.share);
        line.add_plain(flag(row.hidden));
        line.add_plain(flag(row.reference_only));
        line.end(out);
    });
}

void write_composition_csv(std::ostream& out, const Pack& pack, const WardData& data,
                           const Evaluation& evaluation) {
    CsvLine line;
    write_header(line, out,
                 {"variable", "group", "group_ja", "count", "share", "hidden", "register_share",
                  "register_source", "register_date"});
    for (const Composition& composition : evaluation.composition)
        for (const CompositionRow& row : composition.rows) {
            line.add_plain(composition.variable.id);
            line.add_plain(row.group);
            line.add(group_label(pack, composition.variable.id, row.group, Language::Ja));
            add_or_empty(line, row.count);
            add_or_empty(line, row.share);
            line.add_plain(flag(!row.count));
            add_or_empty(line, row.register_share);
            line.add(row.register_share ? data.people->source : "");
            line.add(row.register_share ? data.people->date : "");
            line.end(out);
        }
}

void write_weighting_csv(std::ostream& out, const Evaluation& evaluation) {
    CsvLine line;
    write_header(line, out,
                 {"indicator", "n", "without_weight", "share", "effective_n", "design_effect"});
    if (!evaluation.weighting) return;
    for (const WeightedFigure& figure : evaluation.weighting->figures) {
        line.add_plain(figure.indicator);
        add_or_empty(line, figure.n);
        add_or_empty(line, figure.unweighted);
        add_or_empty(line, figure.share);
        line.add_plain(fmt::format("{:.1f}", figure.effective_n));
        add_or_empty(line, figure.design_effect, 2);
        line.end(out);
    }
}

void write_quality_csv(std::ostream& out, const Evaluation& evaluation) {
    CsvLine line;
    write_header(line, out, {"what", "which", "count"});
    const auto row = [&](std::string_view what, std::string_view which, std::int64_t count) {
        // How many few there were would name them, too.
        const bool few = count > 0 && count < evaluation.rules.disclosure.minimum_cell;
        line.add_plain(what);
        line.add_plain(which);
        line.add_plain(few ? "" : std::to_string(count));
        line.end(out);
    };
    const Quality& quality = evaluation.quality;
    row("responses", "", quality.responses);
    row("left-out", "", evaluation.left_out);
    row("other-versions", "", evaluation.other_versions);
    for (const auto& [which, count] : quality.flagged) row("flagged", name_of(which), count);
    for (const auto& [which, count] : quality.by_assistance)
        row("assistance", name_of(which), count);
    for (const auto& [which, count] : quality.by_length) row("length", name_of(which), count);
    row("abandoned", "", quality.abandoned);
    for (const auto& [question, count] : quality.abandoned_at) row("abandoned-at", question, count);
    for (const DropOff& question : quality.drop_off)
        row("shown", question.question, question.shown);
    for (const DropOff& question : quality.drop_off)
        row("last-shown", question.question, question.last);
}

void write_evaluation_jsonl(std::ostream& out, const Pack& pack, const Evaluation& evaluation) {
    const auto write = [&](const Json& json) {
        out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    };
    write({{"kind", "evaluation"},
           {"pack", {{"id", pack.plan.id}, {"hash", pack.hash}}},
           {"mode", name_of(Mode::Kiosk)},
           {"responses", evaluation.responses},
           {"left_out", evaluation.left_out},
           {"other_versions", evaluation.other_versions},
           {"first_day", evaluation.first_day},
           {"last_day", evaluation.last_day},
           {"note", {{"ja", kRespondentsNoteJa}, {"en", kRespondentsNoteEn}}}});
    for (const IndicatorFigure& figure : evaluation.figures) {
        Json json = indicator_as_json(figure);
        json["kind"] = "indicator";
        write(json);
    }
    if (evaluation.weighting)
        for (const WeightedFigure& figure : evaluation.weighting->figures)
            write({{"kind", "weighted"},
                   {"indicator", figure.indicator},
                   {"n", or_null(figure.n)},
                   {"without_weight", or_null(figure.unweighted)},
                   {"share", or_null(figure.share)},
                   {"effective_n", figure.effective_n},
                   {"design_effect", or_null(figure.design_effect)}});
    for (const Composition& composition : evaluation.composition)
        for (const CompositionRow& row : composition.rows)
            write({{"kind", "composition"},
                   {"variable", composition.variable.id},
                   {"group", row.group},
                   {"count", or_null(row.count)},
                   {"share", or_null(row.share)},
                   {"register_share", or_null(row.register_share)}});
    for_each_table_row(evaluation, pack, [&](const TableRow& row) {
        Json json{{"kind", "table"},
                  {"question", row.question},
                  {"row", row.kind},
                  {"option", row.option},
                  {"by", row.by},
                  {"group", row.group},
                  {"base", or_null(row.base)},
                  {"count", or_null(row.count)},
                  {"share", or_null(row.share)},
                  {"hidden", row.hidden},
                  {"reference_only", row.reference_only}};
        write(json);
    });
}

}  // namespace machikoe
