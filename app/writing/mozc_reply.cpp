#include "app/writing/mozc_reply.h"

#include <charconv>

namespace machikoe {
namespace {

constexpr int kDeepest = 32;

tl::unexpected<Error> no_reply() {
    return fail(ErrorCode::Invalid, "not a reply of mozc_emacs_helper");
}

class SExpressionParser {
  public:
    explicit SExpressionParser(std::string_view line) : rest_(line) {}

    Result<SExpression> whole() {
        SExpression expression;
        if (!parse(expression, 0)) return no_reply();
        skip_space();
        if (!rest_.empty()) return no_reply();
        return expression;
    }

  private:
    void skip_space() {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\r'))
            rest_.remove_prefix(1);
    }

    bool parse(SExpression& expression, int depth) {
        skip_space();
        if (rest_.empty() || depth > kDeepest) return false;
        if (rest_[0] == '(') return parse_list(expression, depth);
        if (rest_[0] == '"') return parse_string(expression.text);
        const std::size_t end = rest_.find_first_of(" ()\"\n\r");
        expression.text = rest_.substr(0, end);
        rest_.remove_prefix(expression.text.size());
        return !expression.text.empty();
    }

    bool parse_list(SExpression& expression, int depth) {
        expression.is_list = true;
        rest_.remove_prefix(1);
        for (skip_space(); !rest_.empty() && rest_[0] != ')'; skip_space())
            if (!parse(expression.items.emplace_back(), depth + 1)) return false;
        if (rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool parse_string(std::string& text) {
        for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
            if (rest_[0] == '"') {
                rest_.remove_prefix(1);
                return true;
            }
            if (rest_[0] == '\\') rest_.remove_prefix(1);
            if (rest_.empty()) return false;
            text += rest_[0];
        }
        return false;
    }

    std::string_view rest_;
};

std::optional<std::size_t> number_in(const SExpression* expression) {
    if (expression == nullptr || expression->is_list) return std::nullopt;
    std::size_t number = 0;
    const char* end = expression->text.data() + expression->text.size();
    const auto [stop, error] = std::from_chars(expression->text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

void add_part(MozcReply& reply, const SExpression& segment) {
    const SExpression* value = segment.at("value");
    if (value == nullptr || value->is_list) return;
    const SExpression* annotation = segment.at("annotation");
    if (annotation != nullptr && annotation->text == "highlight")
        reply.highlighted = reply.parts.size();
    reply.parts.push_back(value->text);
}

void add_candidate(MozcReply& reply, const SExpression& candidate) {
    const SExpression* value = candidate.at("value");
    const auto index = number_in(candidate.at("index"));
    if (value == nullptr || value->is_list || !index) return;
    reply.candidates.push_back({*index, value->text});
}

}  // namespace

const SExpression* SExpression::at(std::string_view key) const {
    for (const SExpression& item : items) {
        if (!item.is_list || item.items.empty() || item.items[0].is_list) continue;
        if (item.items[0].text != key) continue;
        const bool pair =
            item.items.size() == 3 && !item.items[1].is_list && item.items[1].text == ".";
        return pair ? &item.items[2] : &item;
    }
    return nullptr;
}

Result<SExpression> parse_s_expression(std::string_view line) {
    return SExpressionParser(line).whole();
}

bool is_greeting(std::string_view line) {
    const auto greeting = parse_s_expression(line);
    return greeting && greeting->at("mozc-emacs-helper") != nullptr;
}

Result<MozcReply> parse_mozc_reply(std::string_view line, std::uint32_t event) {
    const auto whole = parse_s_expression(line);
    if (!whole) return tl::unexpected<Error>(whole.error());
    const SExpression* output = whole->at("output");
    if (number_in(whole->at("emacs-event-id")) != event || output == nullptr) return no_reply();
    MozcReply reply;
    if (const SExpression* preedit = output->at("preedit")) {
        if (const SExpression* segments = preedit->at("segment"))
            for (const SExpression& segment : segments->items) add_part(reply, segment);
    }
    if (const SExpression* words = output->at("all-candidate-words")) {
        reply.focused = number_in(words->at("focused-index"));
        if (const SExpression* candidates = words->at("candidates"))
            for (const SExpression& candidate : candidates->items) add_candidate(reply, candidate);
    }
    return reply;
}

}  // namespace machikoe
