// Harness of the OData feed: whatever is asked is answered or refused, and the pages that
// @odata.nextLink leads through hold each row once, as many as $count says.
#include <nlohmann/json.hpp>
#include <set>

#include "sync/odata/answer.h"
#include "tests/fuzz/harnesses.h"

namespace machikoe::fuzz {
namespace {

using nlohmann::json;

const odata::Table& table() {
    static const odata::Table made = [] {
        odata::Table rows{{{"Id"},
                           {"Question"},
                           {"Group"},
                           {"Hidden", odata::Type::Boolean},
                           {"Count", odata::Type::Int32, odata::Use::Figure}},
                          {}};
        for (int i = 0; i < 7; ++i)
            rows.rows.push_back({std::string(1, static_cast<char>('a' + i)),
                                 std::string(i % 2 ? "feel" : "安全"),
                                 i % 3 ? odata::Value(std::string("old")) : odata::Value(), i == 3,
                                 i == 3 ? odata::Value() : odata::Value(std::int64_t{i})});
        return rows;
    }();
    return made;
}

odata::Reply ask(const std::string& path, const std::string& query) {
    odata::Request request;
    request.base = "https://x/odata/";
    request.path = path;
    request.query = query;
    request.prefer = "odata.maxpagesize=2";
    odata::Reply reply = odata::answer(request, table());
    demand(reply.status == 200 || reply.status == 400 || reply.status == 404 ||
           reply.status == 406 || reply.status == 501);
    if (reply.content_type.starts_with("application/json"))
        demand(json::parse(reply.body, nullptr, false).is_object());
    return reply;
}

}  // namespace

/// The first line is a path, the rest a query.
void odata(std::string_view bytes) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string path(bytes.substr(0, end));
    std::string query(bytes.substr(std::min(bytes.size(), end + 1)));
    ask(path, query);
    // The same question for pages with ids, and without what a client may leave out.
    for (const char* other : {"$top", "$skip", "$select", "$count", "$format"})
        if (query.find(other) != std::string::npos) return;
    if (query.find('%') != std::string::npos) return;  // those names, written otherwise
    std::set<std::string> seen;
    std::size_t rows = 0;
    for (int page = 0; page < 8; ++page) {
        const odata::Reply reply = ask("Figures", query + (page ? "" : "&$count=true"));
        if (reply.status != 200) return;
        const json body = json::parse(reply.body);
        for (const json& row : body["value"]) {
            seen.insert(row.at("Id").get<std::string>());
            ++rows;
        }
        if (!body.contains("@odata.nextLink")) {
            const bool began_behind = query.find("$skiptoken") != std::string::npos && page == 0;
            demand(seen.size() == rows);
            demand(began_behind || page == 0 || rows <= body["@odata.count"].get<std::size_t>());
            return;
        }
        query = body["@odata.nextLink"].get<std::string>().substr(
            std::string("https://x/odata/Figures?").size());
    }
    demand(false);  // seven rows are four pages
}

}  // namespace machikoe::fuzz
