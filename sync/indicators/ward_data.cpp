#include "sync/indicators/ward_data.h"

#include <algorithm>
#include <set>

#include "app/plan/yaml_reader.h"

namespace machikoe {
namespace {

constexpr std::int64_t kMostPeople = 1'000'000'000;

bool may_have_margin(const Question& question) {
    return question.type == QuestionType::AgeBand || question.type == QuestionType::Area ||
           question.type == QuestionType::Single;
}

class WardDataReader {
  public:
    WardDataReader(const YamlContext& context, const Pack& pack) : context_(context), pack_(pack) {}

    WardData read(const YamlNode& root) {
        YamlReader reader(context_, root, "");
        reader.integer("format", 1, 1);
        WardData data;
        data.pack_id = reader.id("pack");
        if (reader.is_clean() && data.pack_id != pack_.plan.id)
            reader.fault(reader.line_of("pack"), "is for pack " + in_quotes(data.pack_id) +
                                                     ", not for " + in_quotes(pack_.plan.id));
        if (const YamlNode* node = reader.optional("register")) data.people = read_register(*node);
        for (const YamlNode& item : reader.list("reported", 0))
            data.reported.push_back(read_reported(item));
        for (const YamlNode& item : reader.list("others", 0))
            data.others.push_back(read_other(item));
        reader.finish();
        return data;
    }

  private:
    const IndicatorDefinition* indicator(YamlReader& reader, std::string& id) {
        id = reader.id("indicator");
        for (const IndicatorDefinition& definition : pack_.plan.indicators)
            if (definition.id == id) return &definition;
        reader.fault(reader.line_of("indicator"), "no such indicator " + in_quotes(id));
        return nullptr;
    }

    Register read_register(const YamlNode& node) {
        YamlReader reader(context_, node, "'register'");
        Register people;
        people.source = reader.string("source");
        people.date = reader.string("date");
        for (const YamlNode& item : reader.list("margins", 1, 5))
            people.margins.push_back(read_margin(item));
        reader.finish();
        return people;
    }

    RegisterMargin read_margin(const YamlNode& node) {
        YamlReader reader(context_, node, "margin");
        RegisterMargin margin;
        margin.question = reader.id("question", IdKind::Question);
        const Question* question = pack_.survey.question(margin.question);
        if (question == nullptr || !may_have_margin(*question)) {
            reader.fault(reader.line_of("question"),
                         "no question with one choice is called " + in_quotes(margin.question));
            question = nullptr;
        }
        std::set<std::string> seen;
        for (const YamlNode& item : reader.list("groups", 2)) {
            YamlReader group(context_, item, "group");
            margin.groups.push_back(
                {group.ids("options", 1), group.integer("people", 1, kMostPeople)});
            for (const std::string& option : margin.groups.back().options) {
                if (question != nullptr && question->option(option) == nullptr)
                    group.fault(group.line(), "no such option " + in_quotes(option));
                if (!seen.insert(option).second)
                    group.fault(group.line(), in_quotes(option) + " is in two groups");
            }
            group.finish();
        }
        reader.finish();
        return margin;
    }

    ReportedResult read_reported(const YamlNode& node) {
        YamlReader reader(context_, node, "'reported'");
        ReportedResult result;
        const IndicatorDefinition* definition = indicator(reader, result.indicator);
        result.of = reader.string("of");
        const bool areas = definition && definition->target_kind == TargetKind::AllAreas;
        result.value =
            areas ? (reader.boolean("done") ? 1 : 0) : reader.integer("value", 0, kMostPeople);
        result.source = reader.string("source");
        result.date = reader.string("date");
        if (definition && is_share(definition->target_kind))
            reader.fault(reader.line(), "indicator " + in_quotes(result.indicator) +
                                            " is a share of respondents and cannot be reported");
        reader.finish();
        return result;
    }

    OtherFigure read_other(const YamlNode& node) {
        static constexpr std::pair<std::string_view, bool> kWordings[] = {{"same", true},
                                                                          {"changed", false}};
        YamlReader reader(context_, node, "'others'");
        OtherFigure other;
        indicator(reader, other.indicator);
        other.fiscal_year = reader.string("fiscal_year");
        other.mode = reader.string("mode");
        other.percent = reader.percent("percent");
        if (reader.has("n")) other.n = reader.integer("n", 1, kMostPeople);
        other.same_question = reader.one_of<bool>("wording", kWordings);
        other.source = reader.string("source");
        reader.finish();
        return other;
    }

    const YamlContext& context_;
    const Pack& pack_;
};

}  // namespace

tl::expected<WardData, PackFaults> parse_ward_data(const std::string& file,
                                                   const std::string& bytes, const Pack& pack) {
    PackFaults faults;
    const YamlContext context{file, {}, &faults};
    WardData data;
    if (const auto root = parse_yaml(file, bytes, faults))
        data = WardDataReader(context, pack).read(*root);
    if (!faults.empty()) return tl::unexpected<PackFaults>(std::move(faults));
    return data;
}

}  // namespace machikoe
