#include "sync/odata/filter.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace machikoe::odata {
namespace {

/// Of the language and not understood here.
constexpr std::string_view kOtherWords[] = {
    "gt",   "ge",     "lt",        "le",      "has",     "in",
    "add",  "sub",    "mul",       "div",     "divby",   "mod",
    "any",  "all",    "length",    "indexof", "tolower", "toupper",
    "trim", "concat", "substring", "year",    "month",   "day",
    "hour", "minute", "second",    "round",   "floor",   "ceiling",
    "cast", "isof",   "now",       "date",    "time",    "matchesPattern"};

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

tl::unexpected<Fault> refuse_filter(unsigned status, std::string message) {
    return tl::unexpected<Fault>(Fault{status, "$filter: " + std::move(message)});
}

/// What a client wrote, short enough to be said again.
std::string quoted(std::string_view text) {
    return "'" + std::string(text.substr(0, 40)) + "'";
}

}  // namespace

/// Recursive descent; every way down counts kMaxFilterDepth.
class FilterParser {
  public:
    FilterParser(std::string_view text, const Table& table) : rest_(text), table_(table) {}

    tl::expected<Filter, Fault> parse() {
        auto root = either();
        if (!root) return tl::unexpected<Fault>(root.error());
        if (!rest_.empty()) return refuse_filter(400, "not understood from " + quoted(rest_));
        if (type_of(*root) != NodeType::Boolean) return refuse_filter(400, "is not true or false");
        filter_.root_ = *root;
        return std::move(filter_);
    }

  private:
    using Node = Filter::Node;
    using Kind = Filter::Kind;
    using NodeType = Filter::NodeType;
    using Place = tl::expected<std::size_t, Fault>;

    NodeType type_of(std::size_t place) const { return filter_.nodes_[place].type; }
    bool is_truth(std::size_t place) const {
        return type_of(place) == NodeType::Boolean || type_of(place) == NodeType::Null;
    }
    void skip_blanks() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
            rest_.remove_prefix(1);
    }
    bool take(char sign) {
        skip_blanks();
        if (!rest_.starts_with(sign)) return false;
        rest_.remove_prefix(1);
        skip_blanks();
        return true;
    }
    std::string_view peek() {
        skip_blanks();
        std::size_t size = 0;
        while (size < rest_.size() && is_word(rest_[size])) ++size;
        return rest_.substr(0, size);
    }
    bool take_word(std::string_view word) {
        if (peek() != word) return false;
        rest_.remove_prefix(word.size());
        skip_blanks();
        return true;
    }
    Place add(Node node) {
        if (filter_.nodes_.size() >= kMaxFilterNodes) return refuse_filter(400, "has too many parts");
        filter_.nodes_.push_back(std::move(node));
        return filter_.nodes_.size() - 1;
    }

    Place either() {
        if (++depth_ > kMaxFilterDepth) return refuse_filter(400, "is nested too deep");
        Place left = joined("or", Kind::Or, &FilterParser::both);
        --depth_;
        return left;
    }
    Place both() { return joined("and", Kind::And, &FilterParser::one); }
    Place joined(std::string_view word, Kind kind, Place (FilterParser::*part)()) {
        Place left = (this->*part)();
        while (left && take_word(word)) {
            const Place right = (this->*part)();
            if (!right) return right;
            if (!is_truth(*left) || !is_truth(*right))
                return refuse_filter(400, "'" + std::string(word) + "' joins what is true or false");
            left = add({kind, NodeType::Boolean, {}, *left, *right});
        }
        return left;
    }
    Place one() {
        if (take_word("not")) {
            if (++depth_ > kMaxFilterDepth) return refuse_filter(400, "is nested too deep");
            const Place inner = rest_.starts_with('(') || peek() != "not" ? operand() : one();
            --depth_;
            if (!inner) return inner;
            if (!is_truth(*inner)) return refuse_filter(400, "'not' is of what is true or false");
            return add({Kind::Not, NodeType::Boolean, {}, *inner, 0});
        }
        const Place left = operand();
        if (!left) return left;
        const bool equal = take_word("eq");
        if (!equal && !take_word("ne")) {
            const std::string_view next = peek();
            if (std::ranges::find(kOtherWords, next) != std::end(kOtherWords))
                return refuse_filter(501, quoted(next) + " is not supported");
            return left;
        }
        const Place right = operand();
        if (!right) return right;
        const NodeType a = type_of(*left), b = type_of(*right);
        if (a != b && a != NodeType::Null && b != NodeType::Null)
            return refuse_filter(400, "compares values of different types");
        return add({equal ? Kind::Equal : Kind::NotEqual, NodeType::Boolean, {}, *left, *right});
    }
    Place operand() {
        if (take('(')) {
            Place inner = either();
            if (inner && !take(')')) return refuse_filter(400, "a ')' is missing");
            return inner;
        }
        if (rest_.starts_with('\'')) return text();
        if (!rest_.empty() &&
            (rest_.front() == '-' || (rest_.front() >= '0' && rest_.front() <= '9')))
            return number();
        const std::string_view word = peek();
        if (word.empty()) return refuse_filter(400, "ends or breaks off at " + quoted(rest_));
        rest_.remove_prefix(word.size());
        skip_blanks();
        if (word == "true" || word == "false")
            return add({Kind::Literal, NodeType::Boolean, word == "true", 0, 0});
        if (word == "null") return add({Kind::Literal, NodeType::Null, {}, 0, 0});
        if (rest_.starts_with('(')) return call(word);
        return column(word);
    }
    Place text() {
        std::string value;
        rest_.remove_prefix(1);
        for (;;) {
            const std::size_t end = rest_.find('\'');
            if (end == std::string_view::npos) return refuse_filter(400, "a text does not end");
            value += rest_.substr(0, end);
            rest_.remove_prefix(end + 1);
            if (!rest_.starts_with('\'')) break;  // two are one sign of the text
            value += '\'';
            rest_.remove_prefix(1);
        }
        skip_blanks();
        return add({Kind::Literal, NodeType::Text, std::move(value), 0, 0});
    }
    Place number() {
        std::int64_t value = 0;
        const auto [end, ec] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (ec != std::errc()) return refuse_filter(400, "a number is not understood");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if (!rest_.empty() && (is_word(rest_.front()) || rest_.front() == '.'))
            return refuse_filter(400, "a number is not understood");
        skip_blanks();
        return add({Kind::Literal, NodeType::Number, value, 0, 0});
    }
    Place call(std::string_view name) {
        Kind kind = Kind::Contains;
        if (name == "startswith")
            kind = Kind::Starts;
        else if (name == "endswith")
            kind = Kind::Ends;
        else if (name != "contains")
            return refuse_filter(501, "the function " + quoted(name) + " is not supported");
        take('(');
        if (++depth_ > kMaxFilterDepth) return refuse_filter(400, "is nested too deep");
        const Place left = operand();
        if (!left) return left;
        if (!take(',')) return refuse_filter(400, quoted(name) + " takes two texts");
        const Place right = operand();
        if (!right) return right;
        if (!take(')')) return refuse_filter(400, quoted(name) + " takes two texts");
        --depth_;
        for (const std::size_t each : {*left, *right})
            if (type_of(each) != NodeType::Text && type_of(each) != NodeType::Null)
                return refuse_filter(400, quoted(name) + " takes two texts");
        return add({kind, NodeType::Boolean, {}, *left, *right});
    }
    Place column(std::string_view name) {
        const auto place = table_.column(name);
        if (!place) {
            const bool is_other = std::ranges::find(kOtherWords, name) != std::end(kOtherWords);
            return refuse_filter(is_other ? 501 : 400, is_other ? quoted(name) + " is not supported"
                                                         : "there is no " + quoted(name));
        }
        const Column& found = table_.columns[*place];
        if (found.use == Use::Figure)
            return refuse_filter(400, "figures cannot be filtered by; '" + found.name + "' is one");
        const NodeType type = found.type == Type::String    ? NodeType::Text
                              : found.type == Type::Boolean ? NodeType::Boolean
                                                            : NodeType::Number;
        return add({Kind::Column, type, {}, *place, 0});
    }

    std::string_view rest_;
    const Table& table_;
    Filter filter_;
    int depth_ = 0;
};

tl::expected<Filter, Fault> Filter::parse(std::string_view text, const Table& table) {
    if (text.size() > kMaxFilterBytes) return refuse_filter(400, "is too long");
    return FilterParser(text, table).parse();
}

Value Filter::value_of(std::size_t place, const Row& row) const {
    const Node& node = nodes_[place];
    if (node.kind == Kind::Literal) return node.literal;
    if (node.kind == Kind::Column) return row[node.left];
    const Value left = value_of(node.left, row);
    const bool* const truth = std::get_if<bool>(&left);
    if (node.kind == Kind::Not) return truth ? Value(!*truth) : Value();
    if (node.kind == Kind::And && truth && !*truth) return false;
    if (node.kind == Kind::Or && truth && *truth) return true;
    const Value right = value_of(node.right, row);
    if (node.kind == Kind::Equal) return left == right;
    if (node.kind == Kind::NotEqual) return left != right;
    if (node.kind == Kind::And || node.kind == Kind::Or) {
        const bool* const other = std::get_if<bool>(&right);
        // The one that decides by itself, or both known; otherwise nobody can tell.
        if (other && *other == (node.kind == Kind::Or)) return *other;
        return truth && other ? right : Value();
    }
    const auto* text = std::get_if<std::string>(&left);
    const auto* part = std::get_if<std::string>(&right);
    if (!text || !part) return {};
    if (node.kind == Kind::Contains) return text->find(*part) != std::string::npos;
    return node.kind == Kind::Starts ? text->starts_with(*part) : text->ends_with(*part);
}

bool Filter::matches(const Row& row) const {
    const Value value = value_of(root_, row);
    const bool* const truth = std::get_if<bool>(&value);
    return truth && *truth;
}

}  // namespace machikoe::odata
