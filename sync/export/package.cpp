#include "sync/export/package.h"

#include <nlohmann/json.hpp>
#include <set>

#include "sync/export/export.h"
#include "sync/export/labels.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

Json labels_of(const Text& text, const Pack& pack) {
    Json labels = Json::object();
    for (const Language language : pack.plan.languages)
        if (text.has(language)) labels[std::string(tag_of(language))] = label_in(text, language);
    return labels;
}

std::string_view schema_type(const Variable& variable) {
    if (variable.type == VariableType::Integer || variable.type == VariableType::Flag)
        return "integer";
    return "string";
}

Json field_of(const Variable& variable, const Pack& pack) {
    Json field{{"name", variable.name}, {"type", schema_type(variable)}};
    const Json labels = labels_of(variable.label, pack);
    if (labels.contains("ja")) field["title"] = labels["ja"];
    if (!labels.empty()) field["labels"] = labels;
    if (variable.type == VariableType::Flag) field["constraints"]["enum"] = {"0", "1"};
    if (variable.type != VariableType::Category) return field;
    Json values = Json::array(), codes = Json::array();
    for (const VariableValue& value : variable.values) {
        codes.push_back(value.code);
        values.push_back({{"value", value.code}, {"labels", labels_of(value.label, pack)}});
    }
    if (!variable.several && !codes.empty()) field["constraints"]["enum"] = codes;
    field["categories"] = values;
    if (variable.several) field["description"] = "option ids joined by spaces";
    return field;
}

/// Why a cell is empty is said in the column beside it, never by a number among the answers.
Json missing_kinds() {
    Json kinds = Json::array();
    for (const AnswerStatus status : kMissingKinds)
        kinds.push_back({{"value", name_of(status)},
                         {"labels",
                          {{"ja", status_label(status, Language::Ja)},
                           {"en", status_label(status, Language::En)}}}});
    return kinds;
}

Json resource_of(const PackageFile& file, const Pack& pack) {
    Json schema{{"fields", Json::array()}, {"missingValues", {""}}};
    bool has_status = false;
    for (const Variable& variable : file.variables) {
        schema["fields"].push_back(field_of(variable, pack));
        has_status |= variable.is_status;
    }
    if (!file.key.empty()) schema["primaryKey"] = {file.key};
    if (has_status) schema["missingKinds"] = missing_kinds();
    return {{"name", file.name},
            {"path", file.name + ".csv"},
            {"profile", "tabular-data-resource"},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"dialect", {{"delimiter", ","}, {"lineTerminator", "\r\n"}, {"header", true}}},
            {"bytes", file.bytes},
            {"hash", "sha256:" + file.sha256},
            {"schema", schema}};
}

}  // namespace

std::vector<Variable> plain_variables(const std::vector<std::string>& columns) {
    // Numbers in the files about figures; everything else there is a word.
    static const std::set<std::string> kNumbers = {
        "n",         "counted_n", "skipped",        "refused",    "base",
        "count",     "ledger",    "waiting",        "openings",   "quarantined",
        "conflicts", "responses", "without_weight", "code_number"};
    std::vector<Variable> variables;
    for (const std::string& column : columns) {
        Variable variable;
        variable.name = column;
        if (kNumbers.contains(column)) variable.type = VariableType::Integer;
        variables.push_back(std::move(variable));
    }
    return variables;
}

std::string data_package_json(const Pack& pack, const std::vector<PackageFile>& files,
                              const std::string& version, const std::string& created) {
    std::string name = pack.plan.id;
    Json json{{"profile", "tabular-data-package"},
              {"name", name},
              {"title", label_in(pack.plan.title, Language::Ja)},
              {"description", kRespondentsNoteJa},
              {"created", created},
              {"pack", {{"id", pack.plan.id}, {"hash", pack.hash}}},
              {"fiscal_year", pack.plan.fiscal_year},
              {"mode", name_of(Mode::Kiosk)},
              {"software", "machikoe " + version},
              {"resources", Json::array()}};
    for (const PackageFile& file : files) json["resources"].push_back(resource_of(file, pack));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace machikoe
