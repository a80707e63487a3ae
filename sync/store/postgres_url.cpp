#include "sync/store/postgres_url.h"

#include <libpq-fe.h>

#include <map>
#include <memory>
#include <optional>

#include "sync/store/location.h"

namespace machikoe {
namespace {

/// Nothing: libpq does not understand it.  Its own message would repeat parts of the URL.
std::optional<std::map<std::string, std::string>> parts_of(const std::string& url) {
    char* message = nullptr;
    PQconninfoOption* options = PQconninfoParse(url.c_str(), &message);
    PQfreemem(message);
    if (!options) return std::nullopt;
    std::map<std::string, std::string> parts;
    for (const PQconninfoOption* option = options; option->keyword; ++option)
        if (option->val) parts.emplace(option->keyword, option->val);
    PQconninfoFree(options);
    return parts;
}

}  // namespace

Status check_postgres_url(const std::string& url) {
    const auto parts = parts_of(url);
    if (!parts) return fail(ErrorCode::Invalid, "the database's URL cannot be understood");
    if (const auto host = parts->find("host");
        host != parts->end() && host->second.find('@') != std::string::npos)
        return fail(ErrorCode::Invalid,
                    "the database's URL has an '@' too many: in a password it is written %40");
    if (const auto port = parts->find("port");
        port != parts->end() && port->second.find_first_not_of("0123456789,") != std::string::npos)
        return fail(ErrorCode::Invalid, "the port in the database's URL is no number");
    return {};
}

std::string without_password(const std::string& url) {
    auto parts = parts_of(url);
    if (!parts || !check_postgres_url(url)) return "postgresql://…";
    std::string text = "postgresql://";
    if (parts->contains("user")) text += (*parts)["user"] + "@";
    text += (*parts)["host"];
    if (parts->contains("port")) text += ":" + (*parts)["port"];
    return text + "/" + (*parts)["dbname"];
}

std::string to_string(const StoreLocation& location) {
    return location.url.empty() ? location.folder.string() : without_password(location.url);
}

}  // namespace machikoe
