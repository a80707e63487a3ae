#include "sync/odata/query.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace machikoe::odata {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxOptions = 32;
constexpr std::size_t kMaxOrders = 8;
constexpr std::size_t kMaxTokenBytes = 6'000;
constexpr std::int64_t kMostRows = 1'000'000'000;
constexpr std::string_view kOtherOptions[] = {"$expand",        "$search", "$apply",
                                              "$compute",       "$levels", "$deltatoken",
                                              "$schemaversion", "$index"};

tl::unexpected<Fault> refuse(unsigned status, std::string message) {
    return tl::unexpected<Fault>(Fault{status, std::move(message)});
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(',');
        parts.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

tl::expected<std::int64_t, Fault> number_of(std::string_view name, std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number < 0 || number > kMostRows)
        return refuse(400, std::string(name) + " is a whole number, not negative");
    return number;
}

Value value_of(const json& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_string()) return value.get<std::string>();
    return {};
}

/// Of our own making; anything else is refused.
tl::expected<Mark, Fault> read_token(std::string_view token, const std::vector<Order>& order,
                                     const Table& table) {
    const auto broken = [] { return refuse(400, "$skiptoken is none of this server's"); };
    if (token.size() > kMaxTokenBytes || token.size() % 2 != 0) return broken();
    std::string text;
    for (std::size_t i = 0; i < token.size(); i += 2) {
        unsigned char byte = 0;
        const auto read = std::from_chars(token.data() + i, token.data() + i + 2, byte, 16);
        if (read.ec != std::errc() || read.ptr != token.data() + i + 2) return broken();
        text += static_cast<char>(byte);
    }
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_array() || parsed.size() != order.size() + 2) return broken();
    if (!parsed[0].is_number_unsigned()) return broken();
    Mark mark;
    mark.page_size = static_cast<std::int64_t>(
        std::clamp<std::uint64_t>(parsed[0].get<std::uint64_t>(), 1, kPageSize));
    for (std::size_t i = 1; i < parsed.size(); ++i) {
        const bool is_key = i + 1 == parsed.size();
        const Type type = is_key ? Type::String : table.columns[order[i - 1].column].type;
        const bool fits = (type == Type::String && parsed[i].is_string()) ||
                          (type == Type::Boolean && parsed[i].is_boolean()) ||
                          (!is_key && parsed[i].is_null());
        if (!fits) return broken();
        mark.keys.push_back(value_of(parsed[i]));
    }
    return mark;
}

/// Reads one option at a time into the query; $skiptoken last, for it follows $orderby.
class Reader {
  public:
    Reader(Resource resource, const Table& table) : resource_(resource), table_(table) {}

    tl::expected<Query, Fault> read(std::string_view encoded) {
        if (auto split = split_up(encoded)) return tl::unexpected<Fault>(*split);
        for (const auto& [name, value] : query_.written)
            if (auto fault = option(name, value)) return tl::unexpected<Fault>(*fault);
        if (!token_) return std::move(query_);
        auto mark = read_token(*token_, query_.order, table_);
        if (!mark) return tl::unexpected<Fault>(mark.error());
        query_.after = std::move(*mark);
        return std::move(query_);
    }

  private:
    using Trouble = std::optional<Fault>;

    /// Divided before it is decoded (Part 2, 2).
    Trouble split_up(std::string_view encoded) {
        while (!encoded.empty()) {
            const std::string_view pair = encoded.substr(0, encoded.find('&'));
            encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
            if (pair.empty()) continue;
            const std::size_t equals = std::min(pair.find('='), pair.size());
            auto name = percent_decoded(pair.substr(0, equals));
            auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
            if (!name || !value) return Fault{400, "a '%' is not followed by two hex digits"};
            if (name->starts_with('@')) return Fault{501, "parameter aliases are not supported"};
            if (!name->starts_with('$')) continue;
            if (query_.written.size() >= kMaxOptions) return Fault{400, "too many options"};
            if (std::ranges::any_of(query_.written,
                                    [&](const auto& o) { return o.first == *name; }))
                return Fault{400, name->substr(0, 40) + " comes twice"};
            query_.written.emplace_back(std::move(*name), std::move(*value));
        }
        return std::nullopt;
    }

    bool may_have(std::string_view name) const {
        if (name == "$format") return true;
        if (resource_ == Resource::Collection) return true;
        if (resource_ == Resource::Entity) return name == "$select";
        return resource_ == Resource::Count && name == "$filter";
    }

    Trouble option(const std::string& name, const std::string& value) {
        constexpr std::string_view kOurs[] = {"$filter", "$select", "$orderby", "$top",
                                              "$skip",   "$count",  "$format",  "$skiptoken"};
        if (std::ranges::find(kOtherOptions, name) != std::end(kOtherOptions))
            return Fault{501, name + " is not supported"};
        if (std::ranges::find(kOurs, name) == std::end(kOurs))
            return Fault{400, "there is no option " + name.substr(0, 40)};
        if (!may_have(name)) return Fault{400, name + " does not go with this resource"};
        if (name == "$filter") return filter(value);
        if (name == "$select") return select(value);
        if (name == "$orderby") return order_by(value);
        if (name == "$top" || name == "$skip") {
            const auto number = number_of(name, value);
            if (!number) return number.error();
            if (name == "$top")
                query_.top = *number;
            else
                query_.skip = *number;
            return std::nullopt;
        }
        if (name == "$count") {
            if (value != "true" && value != "false") return Fault{400, "$count is true or false"};
            query_.count = value == "true";
            return std::nullopt;
        }
        if (name == "$format")
            query_.format = value;
        else
            token_ = value;
        return std::nullopt;
    }

    Trouble filter(const std::string& value) {
        auto parsed = Filter::parse(value, table_);
        if (!parsed) return parsed.error();
        query_.filter = std::move(*parsed);
        return std::nullopt;
    }
    Trouble select(std::string_view value) {
        for (const std::string_view name : parts_of(value)) {
            if (name == "*") {
                query_.select.clear();
                return std::nullopt;
            }
            const auto column = table_.column(name);
            if (!column)
                return Fault{400, "$select: there is no '" + std::string(name.substr(0, 40)) + "'"};
            if (std::ranges::find(query_.select, *column) == query_.select.end())
                query_.select.push_back(*column);
        }
        return std::nullopt;
    }
    Trouble order_by(std::string_view value) {
        for (const std::string_view part : parts_of(value)) {
            const std::size_t blank = std::min(part.find(' '), part.size());
            const std::string_view name = part.substr(0, blank);
            const std::string_view way = trimmed(part.substr(blank));
            const auto column = table_.column(name);
            if (!column)
                return Fault{400,
                             "$orderby: there is no '" + std::string(name.substr(0, 40)) + "'"};
            if (table_.columns[*column].use == Use::Figure)
                return Fault{400, "$orderby: figures cannot be sorted by"};
            if (!way.empty() && way != "asc" && way != "desc")
                return Fault{400, "$orderby: asc or desc"};
            if (query_.order.size() >= kMaxOrders) return Fault{400, "$orderby: too many"};
            query_.order.push_back({*column, way == "desc"});
        }
        return std::nullopt;
    }

    const Resource resource_;
    const Table& table_;
    Query query_;
    std::optional<std::string> token_;
};

}  // namespace

tl::expected<Query, Fault> parse_query(std::string_view encoded, Resource resource,
                                       const Table& table) {
    return Reader(resource, table).read(encoded);
}

std::string skip_token(const Mark& mark) {
    json keys = json::array({mark.page_size});
    for (const Value& value : mark.keys) {
        if (const auto* text = std::get_if<std::string>(&value))
            keys.push_back(*text);
        else if (const auto* truth = std::get_if<bool>(&value))
            keys.push_back(*truth);
        else
            keys.push_back(nullptr);
    }
    constexpr char kDigits[] = "0123456789abcdef";
    std::string token;
    for (const char c : keys.dump(-1, ' ', false, json::error_handler_t::replace)) {
        token += kDigits[static_cast<unsigned char>(c) >> 4];
        token += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return token;
}

std::string percent_encoded(std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                              c == '~';
        if (is_plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += kDigits[static_cast<unsigned char>(c) >> 4];
            encoded += kDigits[static_cast<unsigned char>(c) & 15];
        }
    }
    return encoded;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        unsigned char byte = 0;
        if (i + 2 >= text.size()) return std::nullopt;  // "%4"
        const char* const end = text.data() + i + 3;
        if (std::from_chars(text.data() + i + 1, end, byte, 16).ptr != end) return std::nullopt;
        plain += static_cast<char>(byte);
        i += 2;
    }
    return plain;
}

int compare(const Value& a, const Value& b) {
    if (a == b) return 0;
    return a < b ? -1 : 1;  // std::monostate comes first
}

}  // namespace machikoe::odata
