#include "sync/indicators/verdict_table.h"

#include "app/plan/yaml_reader.h"

namespace machikoe {
namespace {

VerdictScale read_scale(const YamlContext& context, const YamlNode& node, bool counted) {
    YamlReader reader(context, node, "scale");
    VerdictScale scale;
    scale.heading = reader.string("heading");
    scale.confirmed = reader.boolean("confirmed");
    if (scale.confirmed || reader.has("source")) scale.source = reader.string("source");
    for (const YamlNode& item : reader.list("codes", 2, 20)) {
        YamlReader code(context, item, "code");
        scale.codes.push_back(
            {code.string("code"), code.string("meaning"), counted ? code.percent("at_least") : 0});
        const std::size_t count = scale.codes.size();
        if (counted && count > 1 && scale.codes[count - 2].at_least <= scale.codes.back().at_least)
            code.fault(code.line_of("at_least"), "'at_least' does not fall from code to code");
        code.finish();
    }
    if (counted && reader.is_clean() && scale.codes.back().at_least != 0)
        reader.fault(reader.line(), "the last code must be 'at_least: 0', or some have none");
    reader.finish();
    return scale;
}

void read_form(const YamlContext& context, const YamlNode& node, VerdictTable& table) {
    static constexpr std::pair<std::string_view, BlockLine> kLines[] = {
        {"target", BlockLine::Target},
        {"actual", BlockLine::Actual},
        {"previous", BlockLine::Previous},
        {"achievement", BlockLine::Achievement}};
    YamlReader reader(context, node, "'form'");
    table.title = reader.string("title");
    table.form_confirmed = reader.boolean("confirmed");
    if (table.form_confirmed || reader.has("source")) table.form_source = reader.string("source");
    for (const YamlNode& item : reader.list("block", 1, 10)) {
        YamlReader line(context, item, "'block'");
        table.block.push_back({line.one_of<BlockLine>("line", kLines), line.string("heading")});
        line.finish();
    }
    reader.finish();
}

}  // namespace

tl::expected<VerdictTable, PackFaults> parse_verdict_table(const std::string& file,
                                                           const std::string& bytes) {
    PackFaults faults;
    const YamlContext context{file, {}, &faults};
    VerdictTable table;
    if (const auto root = parse_yaml(file, bytes, faults)) {
        YamlReader reader(context, *root, "");
        reader.integer("format", 1, 1);
        table.id = reader.id("id");
        table.fiscal_year = reader.string("fiscal_year");
        if (const YamlNode* form = reader.required("form")) read_form(context, *form, table);
        if (const YamlNode* scale = reader.required("achievement"))
            table.achievement = read_scale(context, *scale, true);
        for (const YamlNode& item : reader.list("by_people", 0, 20))
            table.by_people.push_back(read_scale(context, item, false));
        reader.finish();
    }
    if (!faults.empty()) return tl::unexpected<PackFaults>(std::move(faults));
    return table;
}

}  // namespace machikoe
