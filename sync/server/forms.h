// Forms: what browsers send: fields of a form or a query, and cookies.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace machikoe {

using Fields = std::map<std::string, std::string, std::less<>>;

/// application/x-www-form-urlencoded.  Of a name that comes twice the first counts.
Fields fields_of(std::string_view encoded);
/// Behind the "?" of a target.
Fields query_of(std::string_view target);
/// "" when there is none.
std::string field(const Fields& fields, std::string_view name);
/// The value of a cookie, or "".
std::string cookie_of(std::string_view header, std::string_view name);
/// For a query.
std::string percent_encoded(std::string_view text);

}  // namespace machikoe
