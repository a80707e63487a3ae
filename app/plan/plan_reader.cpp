#include "app/plan/plan_reader.h"

#include <algorithm>
#include <chrono>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

constexpr std::size_t kMostIssues = 30;
constexpr std::int64_t kMostThousandYen = 1'000'000'000'000;  // more than the country has
constexpr std::int64_t kLargestBase = 1'000'000;
constexpr std::int64_t kMostCounted = 1'000'000'000;
constexpr std::int64_t kMostResidents = 1'000'000'000;

bool has_digits(std::string_view text, std::size_t count) {
    return text.size() == count &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string digits(YamlReader& reader, std::string_view key, std::size_t count) {
    std::string text = reader.string(key);
    if (!text.empty() && !has_digits(text, count))
        reader.fault(reader.line_of(key),
                     in_quotes(key) + " is not " + std::to_string(count) + " digits");
    return text;
}

/// The id of a list's item, told from those before it.
std::string unique_id(YamlReader& reader, const char* kind, std::set<std::string>& seen) {
    std::string id = reader.id("id");
    if (id.empty()) return id;
    reader.set_what(std::string(kind) + " " + in_quotes(id));
    if (!seen.insert(id).second) reader.fault(reader.line_of("id"), "duplicate id");
    return id;
}

/// "2024-11-01", a day that there was.
bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count)) value = value * 10 + (c - '0');
        return value;
    };
    if (!has_digits(text.substr(0, 4), 4) || !has_digits(text.substr(5, 2), 2) ||
        !has_digits(text.substr(8, 2), 2))
        return false;
    return std::chrono::year_month_day(std::chrono::year(number(0, 4)),
                                       std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                       std::chrono::day(static_cast<unsigned>(number(8, 2))))
        .ok();
}

void read_facts(const YamlContext& context, const YamlNode& node, Plan& plan) {
    YamlReader facts(context, node, "'facts'");
    if (const YamlNode* item = facts.required("residents")) {
        YamlReader reader(context, *item, "'residents'");
        Residents residents;
        residents.number = reader.integer("number", 1, kMostResidents);
        residents.source = reader.string("source");
        residents.date = reader.string("date");
        if (!residents.date.empty() && !is_date(residents.date))
            reader.fault(reader.line_of("date"), "'date' is no day like 2022-04-01");
        reader.finish();
        plan.residents = std::move(residents);
    }
    facts.finish();
}

void read_language_tags(YamlReader& reader, Plan& plan) {
    for (const YamlNode& item : reader.list("languages", 1, kLanguageCount)) {
        const auto language = language_of(item.text);
        if (!language) {
            reader.fault(item.line, "'languages': no such language " + in_quotes(item.text));
        } else if (std::ranges::count(plan.languages, *language) > 0) {
            reader.fault(item.line, "'languages' has " + in_quotes(item.text) + " twice");
        } else {
            plan.languages.push_back(*language);
        }
    }
    // The source is Japanese, and Text falls back to it.
    if (!plan.languages.empty() && std::ranges::count(plan.languages, Language::Ja) == 0)
        reader.fault(reader.line_of("languages"), "'languages' lacks 'ja'");
}

Strategy read_strategy(const YamlContext& context, const YamlNode& node, const std::string& what) {
    YamlReader reader(context, node, what + ": 'strategy'");
    Strategy strategy;
    strategy.number = reader.string("number");
    strategy.title = reader.statement("title");
    strategy.description = reader.statement("description");
    reader.finish();
    return strategy;
}

Action read_action(const YamlContext& context, const YamlNode& node, const std::string& what) {
    YamlReader reader(context, node, what + ": 'action'");
    Action action;
    action.number = reader.string("number");
    action.title = reader.statement("title");
    action.description = reader.statement("description");
    action.budget_thousand_yen = reader.integer("budget_thousand_yen", 1, kMostThousandYen);
    reader.finish();
    return action;
}

IssuePicture read_picture(YamlReader& reader) {
    static constexpr std::pair<std::string_view, IssuePicture> kPictures[] = {
        {"neighbours", IssuePicture::Neighbours},
        {"families", IssuePicture::Families},
        {"learning", IssuePicture::Learning},
        {"readiness", IssuePicture::Readiness},
        {"gathering", IssuePicture::Gathering}};
    return reader.one_of<IssuePicture>("picture", kPictures);
}

Issue read_issue(const YamlContext& context, const YamlNode& node, int number,
                 std::set<std::string>& seen) {
    YamlReader reader(context, node, "issue " + std::to_string(number));
    Issue issue;
    issue.id = unique_id(reader, "issue", seen);
    const std::string what = "issue " + in_quotes(issue.id);
    if (issue.id == "about")
        reader.fault(reader.line_of("id"), "'about' is the name of the survey's last section");
    issue.number = static_cast<int>(reader.integer("number", 1, kMostIssues));
    if (reader.has("number") && issue.number != number)
        reader.fault(reader.line_of("number"),
                     "'number' is not " + std::to_string(number) + ", its place in the list");
    issue.icon = reader.id("icon", IdKind::Icon);
    if (reader.has("picture")) issue.picture = read_picture(reader);
    issue.short_title = reader.text("short_title");
    issue.one_sentence = reader.text("one_sentence");
    issue.title = reader.statement("title");
    issue.overview = reader.statement("overview");
    if (const YamlNode* strategy = reader.required("strategy"))
        issue.strategy = read_strategy(context, *strategy, what);
    if (const YamlNode* action = reader.required("action"))
        issue.action = read_action(context, *action, what);
    issue.remaining = reader.statements("remaining", 0);
    issue.what_was_done = reader.text("what_was_done");
    issue.what_will_change = reader.text("what_will_change");
    reader.finish();
    return issue;
}

void read_target(const YamlContext& context, const YamlNode& node, const std::string& what,
                 IndicatorDefinition& indicator) {
    static constexpr std::pair<std::string_view, TargetKind> kKinds[] = {
        {"none-given", TargetKind::NoneGiven},
        {"at-least-percent", TargetKind::AtLeastPercent},
        {"at-least-previous", TargetKind::AtLeastPrevious},
        {"cumulative-count", TargetKind::CumulativeCount},
        {"all-areas", TargetKind::AllAreas},
        {"not-measurable", TargetKind::NotMeasurable}};
    YamlReader reader(context, node, what + ": 'target'");
    indicator.target_kind = reader.one_of<TargetKind>("kind", kKinds);
    if (indicator.target_kind == TargetKind::AtLeastPercent)
        indicator.target_percent = reader.percent("percent");
    if (indicator.target_kind == TargetKind::CumulativeCount)
        indicator.target_count = reader.integer("count", 1, kMostCounted);
    if (indicator.target_kind == TargetKind::AllAreas)
        indicator.target_count = reader.integer("areas", 1, kMostCounted);
    // Which keys belong depends on the kind; a misspelt one is fault enough.
    if (reader.is_clean()) reader.finish();
}

void read_previous(const YamlContext& context, const YamlNode& node, const std::string& what,
                   IndicatorDefinition& indicator) {
    YamlReader reader(context, node, what + ": 'previous'");
    indicator.previous_percent = reader.percent("percent");
    indicator.previous_mode = reader.string("mode");
    static constexpr std::pair<std::string_view, bool> kWordings[] = {{"same", true},
                                                                      {"changed", false}};
    if (reader.has("wording"))
        indicator.previous_same_question = reader.one_of<bool>("wording", kWordings);
    reader.finish();
}

void read_measure(YamlReader& reader, IndicatorDefinition& indicator) {
    static constexpr std::pair<std::string_view, Universe> kUniverses[] = {
        {"resident", Universe::Resident},
        {"parent", Universe::Parent},
        {"community-organisation", Universe::CommunityOrganisation},
        {"participant", Universe::Participant}};
    static constexpr std::pair<std::string_view, BaseRule> kBases[] = {
        {"answered-only", BaseRule::AnsweredOnly}, {"include-skipped", BaseRule::IncludeSkipped}};
    static constexpr std::pair<std::string_view, Direction> kDirections[] = {
        {"up", Direction::Up}, {"down", Direction::Down}};
    if (reader.has("direction"))
        indicator.direction = reader.one_of<Direction>("direction", kDirections);
    indicator.universe = reader.one_of<Universe>("universe", kUniverses);
    indicator.question = reader.id("question", IdKind::Question);
    indicator.counted = reader.ids("counted", 1);
    indicator.base = reader.one_of<BaseRule>("base", kBases);
    indicator.decimals = static_cast<int>(reader.integer("decimals", 0, 2));
    indicator.minimum_base = static_cast<int>(reader.integer("minimum_base", 1, kLargestBase));
    indicator.reference_base = static_cast<int>(reader.integer("reference_base", 1, kLargestBase));
    if (reader.is_clean() && indicator.reference_base < indicator.minimum_base)
        reader.fault(reader.line_of("reference_base"), "'reference_base' is below 'minimum_base'");
}

IndicatorDefinition read_indicator(const YamlContext& context, const YamlNode& node,
                                   const Plan& plan, std::set<std::string>& seen) {
    YamlReader reader(context, node, "indicator");
    IndicatorDefinition indicator;
    indicator.id = unique_id(reader, "indicator", seen);
    const std::string what = "indicator " + in_quotes(indicator.id);
    indicator.issue = reader.id("issue");
    if (!indicator.issue.empty() && plan.issue(indicator.issue) == nullptr)
        reader.fault(reader.line_of("issue"), "no such issue " + in_quotes(indicator.issue));
    indicator.official = reader.boolean("official");
    if (indicator.official) indicator.official_wording = reader.string("official_wording");
    indicator.label = reader.text("label");
    if (const YamlNode* target = reader.required("target"))
        read_target(context, *target, what, indicator);
    // What the office counts has no question behind it.
    if (is_share(indicator.target_kind)) read_measure(reader, indicator);
    if (const YamlNode* previous = reader.optional("previous"))
        read_previous(context, *previous, what, indicator);
    reader.finish();
    return indicator;
}

void read_reform(const YamlContext& context, const YamlNode& node, Plan& plan) {
    YamlReader reader(context, node, "'reform'");
    plan.reform_title = reader.string("title");
    for (const YamlNode& item : reader.list("rows", 0)) {
        YamlReader row(context, item, "'reform': row");
        plan.reform.push_back({.item = row.string("item"), .content = row.string("content")});
        row.finish();
    }
    plan.reform_plain = reader.text("plain");
    reader.finish();
}

}  // namespace

std::vector<Language> read_languages(const YamlNode& root) {
    PackFaults elsewhere;  // read_pack reports them
    const YamlContext context{.file = std::string(kPackFile), .faults = &elsewhere};
    YamlReader reader(context, root, "");
    Plan plan;
    read_language_tags(reader, plan);
    return plan.languages;
}

void read_pack(const YamlContext& context, const YamlNode& root, Plan& plan) {
    YamlReader reader(context, root, "");
    reader.integer("format", 1, 1);
    plan.id = reader.id("id");
    plan.fiscal_year = digits(reader, "fiscal_year", 4);
    plan.municipality_code = digits(reader, "municipality_code", 6);
    read_language_tags(reader, plan);
    plan.ward = reader.text("ward");
    plan.title = reader.text("title");
    plan.head = reader.string("head");
    if (const YamlNode* facts = reader.optional("facts")) read_facts(context, *facts, plan);
    reader.finish();
}

void read_policy(const YamlContext& context, const YamlNode& root, Plan& plan) {
    YamlReader reader(context, root, "");
    plan.goal = reader.statement("goal");
    plan.mission = reader.statement("mission");
    plan.principles = reader.statements("principles", 1);
    if (const YamlNode* reform = reader.required("reform")) read_reform(context, *reform, plan);
    plan.evaluation = reader.statements("evaluation", 1);
    reader.finish();
}

void read_issues(const YamlContext& context, const YamlNode& root, Plan& plan) {
    YamlReader reader(context, root, "");
    std::set<std::string> seen;
    int number = 0;
    for (const YamlNode& item : reader.list("issues", 1, kMostIssues))
        plan.issues.push_back(read_issue(context, item, ++number, seen));
    reader.finish();
}

void read_glossary(const YamlContext& context, const YamlNode& root, Plan& plan) {
    YamlReader reader(context, root, "");
    std::set<std::string> seen;
    for (const YamlNode& item : reader.list("entries", 0)) {
        YamlReader entry_reader(context, item, "entry");
        GlossaryEntry entry;
        entry.id = unique_id(entry_reader, "entry", seen);
        entry.term = entry_reader.string("term");
        entry.reading = entry_reader.string("reading");
        if (!entry.reading.empty() && !is_hiragana(entry.reading))
            entry_reader.fault(entry_reader.line_of("reading"), "'reading' is not hiragana");
        entry.label = entry_reader.text("label");
        entry.meaning = entry_reader.text("meaning");
        entry_reader.finish();
        plan.glossary.push_back(std::move(entry));
    }
    reader.finish();
}

void read_indicators(const YamlContext& context, const YamlNode& root, Plan& plan) {
    YamlReader reader(context, root, "");
    std::set<std::string> seen;
    for (const YamlNode& item : reader.list("indicators", 0))
        plan.indicators.push_back(read_indicator(context, item, plan, seen));
    reader.finish();
}

}  // namespace machikoe
