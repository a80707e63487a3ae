#include "app/survey/survey_reader.h"

#include <algorithm>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

constexpr std::size_t kMostOptions = 30;
constexpr std::size_t kMostScaleOptions = 5;
constexpr std::size_t kLongestFreeText = 500;
constexpr std::size_t kMostPhrases = 8;
constexpr std::int64_t kLargestNumber = 9'007'199'254'740'991;  // 2^53 - 1: exact in JSON

constexpr std::pair<std::string_view, QuestionType> kTypes[] = {
    {"single", QuestionType::Single},     {"scale", QuestionType::Scale},
    {"multiple", QuestionType::Multiple}, {"ranking", QuestionType::Ranking},
    {"number", QuestionType::Number},     {"age-band", QuestionType::AgeBand},
    {"area", QuestionType::Area},         {"free-text", QuestionType::FreeText},
    {"note", QuestionType::Note}};
constexpr std::pair<std::string_view, ScaleLook> kLooks[] = {{"plain", ScaleLook::Plain},
                                                             {"faces", ScaleLook::Faces}};
constexpr std::pair<std::string_view, OptionOrder> kOrders[] = {
    {"fixed", OptionOrder::Fixed},
    {"reversed-for-half", OptionOrder::ReversedForHalf},
    {"shuffled", OptionOrder::Shuffled}};

class QuestionReader {
  public:
    QuestionReader(const YamlContext& context, const YamlNode& node, const Plan& plan,
                   const Survey& before)
        : context_(context), reader_(context, node, "question"), plan_(plan), before_(before) {}

    Question read() {
        question_.id = reader_.id("id", IdKind::Question);
        what_ = "question " + in_quotes(question_.id);
        reader_.set_what(what_);
        if (before_.question(question_.id) != nullptr)
            reader_.fault(reader_.line_of("id"), "duplicate id");
        read_section();
        question_.type = reader_.one_of<QuestionType>("type", kTypes);
        // Which keys belong depends on the type; a misspelt one is fault enough.
        const YamlNode* type = reader_.optional("type");
        const bool has_type = type != nullptr && question_type_of(type->text).has_value();
        question_.text = reader_.text("text");
        question_.note = reader_.text_or_empty("note");
        read_glossary();
        if (has_type) read_for_type();
        if (const YamlNode* relevant = reader_.optional("relevant")) {
            if (relevant->kind == YamlNode::Kind::Null || relevant->items.empty())
                reader_.fault(relevant->line, "'relevant' has no condition");
            for (const YamlNode& item : reader_.list("relevant", 0)) read_condition(item);
        }
        check_core();
        read_universes();
        if (has_type) reader_.finish();
        return std::move(question_);
    }

  private:
    /// All of a section stand together, and `about` comes last.
    void read_section() {
        question_.section = reader_.id("section");
        const std::string& section = question_.section;
        if (section.empty()) return;
        const int line = reader_.line_of("section");
        if (section != kAboutSection && plan_.issue(section) == nullptr)
            reader_.fault(line, "no such issue " + in_quotes(section));
        const auto& questions = before_.questions;
        if (questions.empty() || questions.back().section == section) return;
        if (questions.back().section == kAboutSection)
            reader_.fault(line, "section 'about' must come last");
        else if (std::ranges::count(questions, section, &Question::section) > 0)
            reader_.fault(
                line, "the questions of section " + in_quotes(section) + " do not stand together");
    }

    void read_glossary() {
        if (!reader_.has("glossary")) return;
        question_.glossary = reader_.ids("glossary", 0);
        for (const std::string& id : question_.glossary) {
            if (std::ranges::find(plan_.glossary, id, &GlossaryEntry::id) == plan_.glossary.end())
                reader_.fault(reader_.line_of("glossary"),
                              "no such glossary entry " + in_quotes(id));
        }
    }

    /// The keys that only some types have; of any other type they are unknown keys.
    void read_for_type() {
        switch (question_.type) {
            case QuestionType::Note:
                return;
            case QuestionType::Number:
                read_number();
                break;
            case QuestionType::FreeText:
                question_.max_length =
                    static_cast<std::size_t>(reader_.integer("max_length", 1, kLongestFreeText));
                if (reader_.has("phrases")) read_phrases();
                break;
            case QuestionType::Scale:
                read_options(kMostScaleOptions);
                if (reader_.has("look")) question_.look = reader_.one_of<ScaleLook>("look", kLooks);
                break;
            case QuestionType::Ranking:
                read_options(kMostOptions);
                question_.rank_count = static_cast<std::size_t>(
                    reader_.integer("rank_count", 1,
                                    std::max<std::int64_t>(
                                        1, static_cast<std::int64_t>(question_.options.size()))));
                break;
            case QuestionType::Single:
            case QuestionType::Multiple:
            case QuestionType::AgeBand:
            case QuestionType::Area:
                read_options(kMostOptions);
                break;
        }
        question_.required = reader_.boolean_or_false("required");
        question_.offers_refusal = reader_.boolean_or_false("refusal");
        question_.core = reader_.boolean_or_false("core");
        question_.sensitive = reader_.boolean_or_false("sensitive");
    }

    void read_number() {
        question_.unit = reader_.text_or_empty("unit");
        const YamlNode* node = reader_.required("bounds");
        if (node == nullptr) return;
        YamlReader reader(context_, *node, what_ + ": 'bounds'");
        NumberBounds bounds;
        bounds.min = reader.integer("min", -kLargestNumber, kLargestNumber);
        bounds.max = reader.integer("max", -kLargestNumber, kLargestNumber);
        bounds.message = reader.text("message");
        if (reader.is_clean() && bounds.max < bounds.min)
            reader.fault(reader.line_of("max"), "'max' is below 'min'");
        reader.finish();
        question_.bounds = std::move(bounds);
    }

    /// A phrase is written whole: each must be an answer by itself, in every language.
    void read_phrases() {
        question_.phrases = reader_.texts("phrases", 1, kMostPhrases);
        if (!reader_.is_clean()) return;
        const auto& lines = reader_.optional("phrases")->items;
        for (std::size_t i = 0; i < question_.phrases.size(); ++i)
            for (const Language language : context_.languages) {
                const std::string written = written_phrase(question_.phrases[i].in(language));
                if (code_points(written).size() > question_.max_length)
                    reader_.fault(lines[i].line, "'phrases." + std::string(tag_of(language)) +
                                                     "' is longer than 'max_length'");
            }
    }

    void read_options(std::size_t most) {
        for (const YamlNode& item : reader_.list("options", 2, most)) {
            YamlReader reader(context_, item, what_ + ": option");
            Option option;
            option.id = reader.id("id");
            reader.set_what(what_ + ": option " + in_quotes(option.id));
            if (!option.id.empty() && question_.option(option.id) != nullptr)
                reader.fault(reader.line_of("id"), "duplicate id");
            option.label = reader.text("label");
            option.exclusive = reader.boolean_or_false("exclusive");
            option.pinned = reader.boolean_or_false("pinned");
            if (option.exclusive && question_.type == QuestionType::Ranking)
                reader.fault(reader.line_of("exclusive"), "a ranking has no exclusive options");
            reader.finish();
            question_.options.push_back(std::move(option));
        }
        if (reader_.has("order")) question_.order = reader_.one_of<OptionOrder>("order", kOrders);
    }

    void read_condition(const YamlNode& node) {
        YamlReader reader(context_, node, what_ + ": 'relevant'");
        Condition condition;
        condition.question = reader.id("question", IdKind::Question);
        condition.negated = reader.has("is_not");
        const char* key = condition.negated ? "is_not" : "is";
        condition.options = reader.ids(key, 1);
        if (condition.negated && reader.optional("is") != nullptr)
            reader.fault(reader.line_of("is"), "either 'is' or 'is_not', not both");
        reader.finish();
        const Question* earlier = before_.question(condition.question);
        if (condition.question.empty()) return;
        if (earlier == nullptr || earlier->options.empty()) {
            reader.fault(reader.line_of("question"), "no earlier question with options is called " +
                                                         in_quotes(condition.question));
            return;
        }
        for (const std::string& option : condition.options) {
            if (earlier->option(option) == nullptr)
                reader.fault(reader.line_of(key), "question " + in_quotes(condition.question) +
                                                      " has no option " + in_quotes(option));
        }
        question_.relevant.push_back(std::move(condition));
    }

    /// A core question is asked of everybody; what it hangs on must be too.
    void check_core() {
        if (!question_.core) return;
        for (const Condition& condition : question_.relevant) {
            const Question* earlier = before_.question(condition.question);
            if (earlier != nullptr && !earlier->core)
                reader_.fault(reader_.line_of("core"), "is core but hangs on question " +
                                                           in_quotes(condition.question) +
                                                           ", which is not");
        }
    }

    void read_universes() {
        if (!reader_.has("universes")) return;
        for (const std::string& name : reader_.ids("universes", 1)) {
            const auto universe = universe_of(name);
            if (universe)
                question_.universes.push_back(*universe);
            else
                reader_.fault(reader_.line_of("universes"), "no such universe " + in_quotes(name));
        }
    }

    const YamlContext& context_;
    YamlReader reader_;
    const Plan& plan_;
    const Survey& before_;
    Question question_;
    std::string what_;
};

}  // namespace

void read_survey(const YamlContext& context, const YamlNode& root, const Plan& plan,
                 Survey& survey) {
    YamlReader reader(context, root, "");
    survey.purpose = reader.text("purpose");
    for (const YamlNode& item : reader.list("questions", 1))
        survey.questions.push_back(QuestionReader(context, item, plan, survey).read());
    reader.finish();
}

void check_indicator_questions(const YamlContext& context, const YamlNode& root, const Plan& plan,
                               const Survey& survey) {
    const YamlNode* list = root.find("indicators");
    if (list == nullptr) return;
    const std::size_t count = std::min(list->items.size(), plan.indicators.size());
    for (std::size_t i = 0; i < count; ++i) {
        const IndicatorDefinition& indicator = plan.indicators[i];
        const auto fault = [&](std::string_view key, const std::string& reason) {
            const YamlNode* value = list->items[i].find(key);
            context.fault(value == nullptr ? list->items[i].line : value->line,
                          "indicator " + in_quotes(indicator.id) + ": " + reason);
        };
        if (indicator.question.empty()) continue;
        const Question* question = survey.question(indicator.question);
        if (question == nullptr || question->options.empty()) {
            fault("question",
                  "no question with options is called " + in_quotes(indicator.question));
            continue;
        }
        for (const std::string& option : indicator.counted) {
            if (question->option(option) == nullptr)
                fault("counted", "question " + in_quotes(indicator.question) + " has no option " +
                                     in_quotes(option));
        }
        if (!question->universes.empty() &&
            std::ranges::count(question->universes, indicator.universe) == 0)
            fault("universe", "its universe is never asked question " + in_quotes(question->id));
    }
}

}  // namespace machikoe
