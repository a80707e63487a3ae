#include "app/plan/yaml_reader.h"

#include <algorithm>
#include <charconv>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_id(std::string_view id, IdKind kind) {
    const std::size_t longest = kind == IdKind::Question ? 20 : 40;
    if (id.empty() || id.size() > longest) return false;
    if (kind != IdKind::Icon && !is_lower(id.front())) return false;
    return std::ranges::all_of(id, [&](char c) {
        if (is_lower(c) || is_digit(c)) return true;
        return (c == '_' && kind != IdKind::Question) || (c == '-' && kind == IdKind::Word);
    });
}

/// Digits with at most one point between them: what a person writes as a percentage.
bool is_plain_decimal(std::string_view text) {
    return !text.empty() && text.size() <= 8 && is_digit(text.front()) && is_digit(text.back()) &&
           std::ranges::count(text, '.') <= 1 &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

void YamlContext::fault(int line, std::string reason) const {
    faults->push_back({file, line, std::move(reason)});
}

YamlReader::YamlReader(const YamlContext& context, const YamlNode& node, std::string what)
    : context_(context),
      node_(node),
      what_(std::move(what)),
      faults_before_(context.faults->size()) {
    if (node.kind != YamlNode::Kind::Mapping) fault(node.line, "is not a mapping of keys");
}

void YamlReader::fault(int line, const std::string& reason) const {
    context_.fault(line, what_.empty() ? reason : what_ + ": " + reason);
}

int YamlReader::line_of(std::string_view key) const {
    const YamlNode* value = node_.find(key);
    return value == nullptr ? node_.line : value->line;
}

const YamlNode* YamlReader::optional(std::string_view key) {
    asked_.emplace(key);
    return node_.find(key);
}

const YamlNode* YamlReader::required(std::string_view key) {
    const YamlNode* value = optional(key);
    const bool is_mapping = node_.kind == YamlNode::Kind::Mapping;
    if (value == nullptr && is_mapping) fault(node_.line, "missing key " + in_quotes(key));
    return value;
}

std::string YamlReader::string_in(const YamlNode& node, std::string_view key) const {
    if (node.kind == YamlNode::Kind::Null) {
        fault(node.line, in_quotes(key) + " is empty");
    } else if (node.kind != YamlNode::Kind::Scalar) {
        fault(node.line, in_quotes(key) + " is not a single value");
    } else if (const auto wrong = fault_in_string(node.text)) {
        fault(node.line, in_quotes(key) + " " + *wrong);
    } else {
        return node.text;
    }
    return {};
}

std::string YamlReader::string(std::string_view key) {
    const YamlNode* value = required(key);
    return value == nullptr ? std::string{} : string_in(*value, key);
}

std::string YamlReader::id_in(const YamlNode& node, std::string_view key, IdKind kind) const {
    std::string word = string_in(node, key);
    if (word.empty() || is_id(word, kind)) return word;
    fault(node.line, in_quotes(key) + " is not an id: " + in_quotes(word));
    return {};
}

std::string YamlReader::id(std::string_view key, IdKind kind) {
    const YamlNode* value = required(key);
    return value == nullptr ? std::string{} : id_in(*value, key, kind);
}

std::int64_t YamlReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const YamlNode* value = required(key);
    if (value == nullptr) return min;
    const std::string digits = string_in(*value, key);
    if (digits.empty()) return min;
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stopped != end) {
        fault(value->line, in_quotes(key) + " is not a whole number: " + in_quotes(digits));
    } else if (number < min || number > max) {
        fault(value->line, in_quotes(key) + " is not within " + std::to_string(min) + " … " +
                               std::to_string(max));
    } else {
        return number;
    }
    return min;
}

double YamlReader::percent(std::string_view key) {
    const YamlNode* value = required(key);
    if (value == nullptr) return 0;
    const std::string digits = string_in(*value, key);
    if (digits.empty()) return 0;
    double number = -1;
    if (is_plain_decimal(digits))
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number >= 0 && number <= 100) return number;
    fault(value->line, in_quotes(key) + " is not a percentage from 0 to 100: " + in_quotes(digits));
    return 0;
}

bool YamlReader::boolean(std::string_view key) {
    static constexpr std::pair<std::string_view, bool> kWords[] = {{"false", false},
                                                                   {"true", true}};
    return one_of<bool>(key, kWords);
}

Text YamlReader::text_in(const YamlNode& node, std::string_view key) const {
    Text text;
    if (node.kind != YamlNode::Kind::Mapping) {
        fault(node.line, in_quotes(key) + " is not a text: one string for each language");
        return text;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const YamlNode::Key& tag = node.keys[i];
        const YamlNode& value = node.items[i];
        const auto language = language_of(tag.name);
        const bool offered = language && (context_.languages.empty() ||
                                          std::ranges::count(context_.languages, *language) > 0);
        if (!offered) {
            fault(tag.line,
                  in_quotes(key) + ": " + in_quotes(tag.name) + " is not a language of this pack");
            continue;
        }
        std::string words = string_in(value, std::string(key) + "." + tag.name);
        if (words.empty()) continue;
        if (const auto wrong = fault_in_ruby(words, *language))
            fault(value.line, in_quotes(std::string(key) + "." + tag.name) + " " + *wrong);
        text.set(*language, std::move(words));
    }
    for (const Language language : context_.languages) {
        if (node.find(tag_of(language)) == nullptr)
            fault(node.line, in_quotes(key) + ": missing language " + in_quotes(tag_of(language)));
    }
    return text;
}

Text YamlReader::text(std::string_view key) {
    const YamlNode* value = required(key);
    return value == nullptr ? Text{} : text_in(*value, key);
}

std::vector<Text> YamlReader::texts(std::string_view key, std::size_t min, std::size_t max) {
    std::vector<Text> texts;
    for (const YamlNode& item : list(key, min, max)) texts.push_back(text_in(item, key));
    return texts;
}

Statement YamlReader::statement_in(const YamlNode& node, std::string_view key) const {
    YamlReader reader(context_, node,
                      what_.empty() ? in_quotes(key) : what_ + ": " + in_quotes(key));
    Statement statement;
    statement.official = reader.string("official");
    if (without_ruby(statement.official) != statement.official)
        reader.fault(reader.line_of("official"), "official text carries no ruby");
    statement.plain = reader.text("plain");
    reader.finish();
    return statement;
}

Statement YamlReader::statement(std::string_view key) {
    const YamlNode* value = required(key);
    return value == nullptr ? Statement{} : statement_in(*value, key);
}

std::vector<Statement> YamlReader::statements(std::string_view key, std::size_t min) {
    std::vector<Statement> result;
    for (const YamlNode& item : list(key, min)) result.push_back(statement_in(item, key));
    return result;
}

std::span<const YamlNode> YamlReader::list(std::string_view key, std::size_t min, std::size_t max) {
    const YamlNode* value = required(key);
    if (value == nullptr) return {};
    if (value->kind != YamlNode::Kind::List) {
        fault(value->line, in_quotes(key) + " is not a list");
        return {};
    }
    if (value->items.size() < min || value->items.size() > max)
        fault(value->line, in_quotes(key) + " has " + std::to_string(value->items.size()) +
                               " items, not " + std::to_string(min) + " … " + std::to_string(max));
    return std::span(value->items).first(std::min(value->items.size(), max));
}

std::vector<std::string> YamlReader::ids(std::string_view key, std::size_t min, IdKind kind) {
    std::vector<std::string> result;
    for (const YamlNode& item : list(key, min)) {
        std::string word = id_in(item, key, kind);
        if (word.empty()) continue;
        if (std::ranges::count(result, word) > 0)
            fault(item.line, in_quotes(key) + " has " + in_quotes(word) + " twice");
        result.push_back(std::move(word));
    }
    return result;
}

void YamlReader::finish() const {
    for (const YamlNode::Key& key : node_.keys) {
        if (!asked_.contains(key.name)) fault(key.line, "unknown key " + in_quotes(key.name));
    }
}

std::string YamlReader::unknown_word(std::string_view key, std::string_view word) {
    return in_quotes(key) + " cannot be " + in_quotes(word);
}

}  // namespace machikoe
