#include "sync/odata/answer.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "sync/odata/format.h"
#include "sync/odata/metadata.h"
#include "sync/odata/query.h"

namespace machikoe::odata {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Reply fault_reply(const Fault& fault) {
    return error_reply(fault.status, fault.message);
}

Json json_of(const Value& value) {
    return std::visit(
        [](const auto& held) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
                return nullptr;
            else
                return held;
        },
        value);
}

const std::string& id_of(const Row& row) {
    return std::get<std::string>(row.front());
}

/// "Figures('a')", with what a text doubles and what an address escapes.
std::string address_of(const std::string& id) {
    std::string doubled;
    for (const char c : id) doubled += c == '\'' ? std::string("''") : std::string(1, c);
    return std::string(kEntitySet) + "('" + percent_encoded(doubled) + "')";
}

Json row_json(const Row& row, const Table& table, const Query& query, Control control) {
    Json json = Json::object();
    const auto add = [&](std::size_t i) { json[table.columns[i].name] = json_of(row[i]); };
    const bool has_key =
        query.select.empty() || std::ranges::find(query.select, 0u) != query.select.end();
    // Without its key a row is told by its address (JSON Format, 4.6.8).
    if (control == Control::Minimal && !has_key) json["@odata.id"] = address_of(id_of(row));
    if (query.select.empty())
        for (std::size_t i = 0; i < row.size(); ++i) add(i);
    else
        for (const std::size_t i : query.select) add(i);
    return json;
}

/// Part 1, 10.8: the selected properties stand in the context.
std::string context_of(const Request& request, const Table& table, const Query& query) {
    std::string context = request.base + "$metadata#" + std::string(kEntitySet);
    if (query.select.empty()) return context;
    context += "(";
    for (std::size_t i = 0; i < query.select.size(); ++i)
        context += (i ? "," : "") + table.columns[query.select[i]].name;
    return context + ")";
}

// ---- the collection -------------------------------------------------------------------------

int compare_keys(const Row& a, const Row& b, const std::vector<Order>& order) {
    for (std::size_t i = 0; i < order.size(); ++i)
        if (const int difference = compare(a[i], b[i]))
            return order[i].descending ? -difference : difference;
    return compare(a.back(), b.back());
}

struct Sorted {
    const Row* row = nullptr;
    Row keys;
};

std::vector<Sorted> sorted_rows(const Table& table, const Query& query) {
    std::vector<Sorted> rows;
    for (const Row& row : table.rows) {
        if (query.filter && !query.filter->matches(row)) continue;
        Sorted each{&row, {}};
        for (const Order& order : query.order) each.keys.push_back(row[order.column]);
        each.keys.push_back(row.front());
        rows.push_back(std::move(each));
    }
    std::ranges::sort(rows, [&](const Sorted& a, const Sorted& b) {
        return compare_keys(a.keys, b.keys, query.order) < 0;
    });
    return rows;
}

/// Prefer: odata.maxpagesize (Part 1, 8.2.8.5); 4.01 leaves out "odata.".
std::optional<std::int64_t> wanted_page(std::string_view prefer) {
    const std::size_t at = prefer.find("maxpagesize=");
    if (at == std::string_view::npos) return std::nullopt;
    prefer.remove_prefix(at + std::string_view("maxpagesize=").size());
    std::int64_t size = 0;
    const auto read = std::from_chars(prefer.data(), prefer.data() + prefer.size(), size);
    if (read.ec != std::errc() || size < 1) return std::nullopt;
    return std::min(size, kPageSize);
}

/// The same question again, from behind the last row on.
std::string next_link(const Request& request, const Query& query, const Mark& mark,
                      std::optional<std::int64_t> top_left) {
    std::string link = request.base + std::string(kEntitySet) + "?";
    for (const auto& [name, value] : query.written)
        if (name != "$skiptoken" && name != "$skip" && name != "$top")
            link += name + "=" + percent_encoded(value) + "&";
    if (top_left) link += "$top=" + std::to_string(*top_left) + "&";
    return link + "$skiptoken=" + skip_token(mark);
}

Reply collection(const Request& request, const Table& table, const Query& query, Control control) {
    const std::vector<Sorted> rows = sorted_rows(table, query);
    auto at = rows.begin();
    std::int64_t page = kPageSize;
    const auto wanted = wanted_page(request.prefer);
    if (wanted) page = *wanted;
    if (query.after) {
        page = query.after->page_size;
        at = std::ranges::partition_point(rows, [&](const Sorted& each) {
            return compare_keys(each.keys, query.after->keys, query.order) <= 0;
        });
    } else {
        at += std::min<std::int64_t>(query.skip, rows.end() - at);
    }
    const std::int64_t left =
        std::min<std::int64_t>(rows.end() - at, query.top.value_or(rows.end() - at));
    Json json;
    if (control == Control::Minimal) json["@odata.context"] = context_of(request, table, query);
    if (query.count) json["@odata.count"] = rows.size();
    json["value"] = Json::array();
    const std::int64_t size = std::min(page, left);
    for (std::int64_t i = 0; i < size; ++i, ++at)
        json["value"].push_back(row_json(*at->row, table, query, control));
    if (size < left)
        json["@odata.nextLink"] =
            next_link(request, query, {page, std::prev(at)->keys},
                      query.top ? std::optional(*query.top - size) : std::nullopt);
    Reply reply{200, text_of(json), std::string(content_type_of(control)), ""};
    if (wanted && !query.after)
        reply.preference_applied = "odata.maxpagesize=" + std::to_string(page);
    return reply;
}

// ---- the rest -------------------------------------------------------------------------------

/// The text between Figures(' and '); nullopt: not so written.
std::optional<std::string> key_of(std::string_view path) {
    const auto decoded = percent_decoded(path);
    if (!decoded) return std::nullopt;
    std::string_view text = *decoded;
    const std::string begin = std::string(kEntitySet) + "(";
    if (!text.starts_with(begin) || !text.ends_with(')')) return std::nullopt;
    text.remove_prefix(begin.size());
    text.remove_suffix(1);
    if (text.starts_with("Id=")) text.remove_prefix(3);
    if (text.size() < 2 || !text.starts_with('\'') || !text.ends_with('\'')) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string key;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'' && (i + 1 == text.size() || text[++i] != '\'')) return std::nullopt;
        key += text[i];
    }
    return key;
}

Reply entity(const Request& request, const Table& table, const Query& query, const std::string& key,
             Control control) {
    const auto found =
        std::ranges::find_if(table.rows, [&](const Row& row) { return id_of(row) == key; });
    if (found == table.rows.end()) return error_reply(404, "there is no such figure");
    Json json = Json::object();
    if (control == Control::Minimal)
        json["@odata.context"] = context_of(request, table, query) + "/$entity";
    json.update(row_json(*found, table, query, control));
    return {200, text_of(json), std::string(content_type_of(control)), ""};
}

Reply service_document(const Request& request, Control control) {
    Json json;
    if (control == Control::Minimal) json["@odata.context"] = request.base + "$metadata";
    json["value"] =
        Json::array({Json{{"name", kEntitySet}, {"kind", "EntitySet"}, {"url", kEntitySet}}});
    return {200, text_of(json), std::string(content_type_of(control)), ""};
}

Reply count(const Table& table, const Query& query) {
    const auto number = std::ranges::count_if(
        table.rows, [&](const Row& row) { return !query.filter || query.filter->matches(row); });
    return {200, std::to_string(number), "text/plain;charset=utf-8", ""};
}

/// Part 1, 8.2.6 and 8.2.7: we speak 4.0, which whoever takes 4.01 takes, too.
bool is_version_fit(const Request& request) {
    const bool said =
        request.version.empty() || request.version == "4.0" || request.version == "4.01";
    return said && (request.max_version.empty() || request.max_version >= kVersion);
}

}  // namespace

Reply error_reply(unsigned status, std::string_view message) {
    constexpr std::pair<unsigned, std::string_view> kCodes[] = {
        {400, "BadRequest"},      {401, "Unauthorized"},     {403, "Forbidden"},
        {404, "NotFound"},        {405, "MethodNotAllowed"}, {406, "NotAcceptable"},
        {429, "TooManyRequests"}, {501, "NotImplemented"},   {503, "ServiceUnavailable"}};
    const auto* code =
        std::ranges::find(kCodes, status, &std::pair<unsigned, std::string_view>::first);
    const Json json{{"error",
                     {{"code", code == std::end(kCodes) ? "InternalError" : code->second},
                      {"message", message}}}};
    return {status, text_of(json), "application/json", ""};
}

Reply answer(const Request& request, const Table& table) {
    if (!is_version_fit(request)) return error_reply(400, "this feed speaks OData 4.0");
    const std::string& path = request.path;
    const std::string set(kEntitySet);
    if (path == "$batch") return error_reply(501, "batches are not supported");
    const bool is_entity = path.starts_with(set + "(") || path.starts_with(set + "%28");
    Resource resource = Resource::Document;
    if (is_entity)
        resource = Resource::Entity;
    else if (path == set)
        resource = Resource::Collection;
    else if (path == set + "/$count")
        resource = Resource::Count;
    else if (!path.empty() && path != "$metadata")
        return error_reply(404, "there is no such resource");
    const auto query = parse_query(request.query, resource, table);
    if (!query) return fault_reply(query.error());
    const auto none = [] { return error_reply(406, "not in a format that was asked for"); };
    if (path == "$metadata") {
        if (!query->format.empty() && !takes("", query->format, "application/xml", "xml"))
            return none();
        return {200, metadata(table), "application/xml;charset=utf-8", ""};
    }
    if (resource == Resource::Count) return count(table, *query);
    const auto control = json_form(request.accept, query->format);
    if (!control) return none();
    if (resource == Resource::Document) return service_document(request, *control);
    if (resource == Resource::Collection) return collection(request, table, *query, *control);
    const auto key = key_of(path);
    if (!key) return error_reply(400, "a key is written Figures('…')");
    return entity(request, table, *query, *key, *control);
}

}  // namespace machikoe::odata
