// Answer: OData 4.0, read only: what a request for a table's rows is answered, as text.
//
//   /odata/                service document               OData JSON Format 4.01, 5
//   /odata/$metadata       what columns there are (CSDL)  OData CSDL XML 4.01
//   /odata/Figures         rows, at most kPageSize, with @odata.nextLink     Part 1, 11.2.6
//   /odata/Figures('id')   one of them                                       Part 1, 11.2.3
//   /odata/Figures/$count  how many, as plain text                           Part 1, 11.2.10
//
// Pages follow one another by the keys of their last row, not by a number of rows: rows that come
// or go in between neither repeat others nor hide them.  Pages may be of different moments.
//
// Pure: knows no socket, no account and no store.  Who may ask is decided before.
#pragma once

#include <string>

#include "sync/odata/table.h"

namespace machikoe::odata {

inline constexpr std::string_view kVersion = "4.0";
inline constexpr std::string_view kNamespace = "Machikoe";
inline constexpr std::string_view kEntitySet = "Figures";
inline constexpr std::string_view kEntityType = "Figure";

struct Request {
    std::string base;   // "https://host/odata/"
    std::string path;   // behind it, as it was sent: "", "$metadata", "Figures", …
    std::string query;  // behind the "?", as it was sent
    std::string accept;
    std::string version;      // OData-Version; "": none
    std::string max_version;  // OData-MaxVersion
    std::string prefer;
};
struct Reply {
    unsigned status = 200;
    std::string body;
    std::string content_type;
    std::string preference_applied;  // "": none
};

Reply answer(const Request& request, const Table& table);
/// {"error": {"code", "message"}} (JSON Format, 21.1).
Reply error_reply(unsigned status, std::string_view message);

}  // namespace machikoe::odata
