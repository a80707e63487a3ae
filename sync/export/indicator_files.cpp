#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "sync/export/csv.h"
#include "sync/export/export.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of_base(BaseRule base) {
    return base == BaseRule::AnsweredOnly ? "answered-only" : "include-skipped";
}

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::string label_in(const IndicatorDefinition& definition, Language language) {
    if (!definition.label.has(language)) return "";
    return without_ruby(definition.label.in(language));
}

/// Empty unless there is a number: a spreadsheet must not meet words in a number column.
std::string cell_of(const std::optional<double>& percent) {
    return percent ? fmt::format("{}", *percent) : "";
}

Json or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

void add_figure(CsvLine& line, const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    const auto hidden_unless_share = [&](std::int64_t count) {
        figure.share ? line.add(count) : line.add_plain("");
    };
    line.add_plain(definition.id);
    line.add_plain(definition.issue);
    line.add_plain(definition.official ? "true" : "false");
    line.add(label_in(definition, Language::Ja));
    line.add(label_in(definition, Language::En));
    line.add_plain(name_of(definition.universe));
    line.add_plain(definition.question);
    line.add_plain(joined(definition.counted));
    line.add(figure.n);
    hidden_unless_share(figure.counted);
    line.add_plain(figure.share ? fmt::format("{:.{}f}", *figure.share, definition.decimals) : "");
    line.add_plain(figure.reference_only ? "true" : "false");
    hidden_unless_share(figure.skipped);
    hidden_unless_share(figure.refused);
    line.add_plain(name_of(definition.target_kind));
    line.add_plain(cell_of(definition.target_percent));
    line.add_plain(definition.target_count > 0 ? std::to_string(definition.target_count) : "");
    line.add_plain(name_of(definition.direction));
    line.add_plain(definition.target_kind == TargetKind::NoneGiven ? kNoTargetJa : "");
    line.add_plain(cell_of(definition.previous_percent));
    line.add(definition.previous_mode);
    line.add_plain(figure.reported ? std::to_string(*figure.reported) : "");
    line.add_plain(name_of(figure.verdict));
    line.add_plain(name_of(figure.reason));
    line.add_plain(name_of_base(definition.base));
}

}  // namespace

Json indicator_as_json(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    Json json;
    json["id"] = definition.id;
    json["issue"] = definition.issue;
    json["official"] = definition.official;
    if (definition.official) json["official_wording"] = definition.official_wording;
    json["label"] = {{"ja", label_in(definition, Language::Ja)},
                     {"en", label_in(definition, Language::En)}};
    json["universe"] = name_of(definition.universe);
    json["question"] = definition.question;
    json["counted"] = definition.counted;
    json["base_rule"] = name_of_base(definition.base);
    json["minimum_base"] = definition.minimum_base;
    json["n"] = figure.n;
    json["counted_n"] = figure.share ? Json(figure.counted) : Json(nullptr);
    json["share"] = or_null(figure.share);
    json["reference_only"] = figure.reference_only;
    json["skipped"] = figure.share ? Json(figure.skipped) : Json(nullptr);
    json["refused"] = figure.share ? Json(figure.refused) : Json(nullptr);
    json["by_option"] = figure.share ? Json(figure.by_option) : Json(nullptr);
    json["target_kind"] = name_of(definition.target_kind);
    json["target"] = or_null(definition.target_percent);
    if (definition.target_kind == TargetKind::NoneGiven) json["target_note"] = kNoTargetJa;
    json["previous"] = nullptr;
    if (definition.previous_percent)
        json["previous"] = {{"percent", *definition.previous_percent},
                            {"mode", definition.previous_mode},
                            {"same_question", definition.previous_same_question}};
    json["target_count"] = definition.target_count > 0 ? Json(definition.target_count) : nullptr;
    json["direction"] = name_of(definition.direction);
    json["reported"] = figure.reported ? Json(*figure.reported) : Json(nullptr);
    json["verdict"] = name_of(figure.verdict);
    json["reason"] = name_of(figure.reason);
    return json;
}

void write_indicator_csv(std::ostream& out, const Pack& pack,
                         const std::vector<IndicatorFigure>& figures) {
    CsvLine line;
    for (const char* column : {"id",
                               "issue",
                               "official",
                               "label_ja",
                               "label_en",
                               "universe",
                               "question",
                               "counted",
                               "n",
                               "counted_n",
                               "share",
                               "reference_only",
                               "skipped",
                               "refused",
                               "target_kind",
                               "target",
                               "target_count",
                               "direction",
                               "target_note",
                               "previous_percent",
                               "previous_mode",
                               "reported",
                               "verdict",
                               "reason",
                               "base_rule",
                               "pack_id",
                               "pack_hash",
                               "note"})
        line.add_plain(column);
    out << kUtf8Bom;
    line.end(out);
    for (const IndicatorFigure& figure : figures) {
        add_figure(line, figure);
        line.add_plain(pack.plan.id);
        line.add_plain(pack.hash);
        line.add_plain(kRespondentsNoteJa);
        line.end(out);
    }
}

std::string indicator_json(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                           std::int64_t responses, std::int64_t other_versions) {
    Json json;
    json["pack"] = {{"id", pack.plan.id},
                    {"hash", pack.hash},
                    {"fiscal_year", pack.plan.fiscal_year},
                    {"ward", without_ruby(pack.plan.ward.in(Language::Ja))}};
    json["mode"] = name_of(Mode::Kiosk);
    json["responses"] = responses;
    json["other_versions"] = other_versions;
    json["note"] = {{"ja", kRespondentsNoteJa}, {"en", kRespondentsNoteEn}};
    json["indicators"] = Json::array();
    for (const IndicatorFigure& figure : figures)
        json["indicators"].push_back(indicator_as_json(figure));
    // replace: a bad byte in a label is no reason to have no figures.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace machikoe
