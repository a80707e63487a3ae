#include "sync/commands/snapshot_folder.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/base/file.h"
#include "sync/export/export.h"
#include "sync/seal/keys.h"

namespace machikoe {
namespace {

using nlohmann::json;

std::string weights_csv(const EvaluationInput& input, const Weighting& weighting) {
    std::string text;
    for (const RegisterMargin& margin : input.ward.people->margins) text += margin.question + ",";
    text += "weight\r\n";
    for (const RakingCell& cell : weighting.cells) {
        for (std::size_t m = 0; m < cell.groups.size(); ++m) {
            const RegisterGroup& group = input.ward.people->margins[m].groups[cell.groups[m]];
            for (std::size_t i = 0; i < group.options.size(); ++i)
                text += (i == 0 ? "" : " ") + group.options[i];
            text += ",";
        }
        text += fmt::format("{}\r\n", cell.weight);  // the shortest text that is this number
    }
    return text;
}

bool take_rules(const json& members, EvaluationRules& rules) {
    rules.disclosure.minimum_base = members.at("minimum_base").get<int>();
    rules.disclosure.minimum_cell = members.at("minimum_cell").get<int>();
    rules.disclosure.reference_base = members.at("reference_base").get<int>();
    for (const json& name : members.at("left_out")) {
        const auto flag = quality_flag_of(name.get<std::string>());
        if (!flag) return false;
        rules.left_out.insert(*flag);
    }
    return true;
}

}  // namespace

std::map<std::string, std::string> figure_files(const EvaluationInput& input,
                                                const Evaluation& evaluation) {
    std::ostringstream figures;
    write_evaluation_jsonl(figures, input.pack(), evaluation);
    std::map<std::string, std::string> files{{"figures.jsonl", figures.str()}};
    if (evaluation.weighting && evaluation.weighting->has_converged)
        files["weights.csv"] = weights_csv(input, *evaluation.weighting);
    return files;
}

std::string bytes_of_hex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    return bytes;
}

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
    auto text = load_file(folder / "manifest.json");
    if (!text) return tl::unexpected<Error>(text.error());
    const auto signature = load_file(folder / "manifest.sig", 1024);
    if (!signature) return tl::unexpected<Error>(signature.error());
    Manifest manifest;
    manifest.text = std::move(*text);
    std::istringstream words(*signature);
    words >> manifest.signing_key >> manifest.signature;
    manifest.is_signed = is_signed(manifest.signing_key, manifest.text, manifest.signature);
    try {
        const json members = json::parse(manifest.text);
        if (members.at("format") != 1)
            return fail(ErrorCode::Invalid, "the snapshot is of another format");
        manifest.software = members.at("software").get<std::string>();
        manifest.created = members.at("created").get<std::string>();
        manifest.pack_hash = members.at("pack").at("hash").get<std::string>();
        manifest.answers = members.at("answers").at("count").get<std::int64_t>();
        manifest.answers_digest = members.at("answers").at("sha256").get<std::string>();
        manifest.files = members.at("files").get<std::map<std::string, std::string>>();
        if (!take_rules(members.at("rules"), manifest.rules))
            return fail(ErrorCode::Invalid, "the manifest leaves out responses by an unknown mark");
    } catch (const json::exception&) {
        return fail(ErrorCode::Invalid, "manifest.json cannot be read");
    }
    return manifest;
}

}  // namespace machikoe
