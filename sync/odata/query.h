// Query: what stands behind the "?" of a request to the feed, read strictly (OData 4.01 Part 1,
// 11.2.1 and 11.2.6; Part 2, 5.1).
//
// A system option that comes twice is refused by 400, one that OData knows and we do not by 501,
// and any other with "$" by 400.  Options without "$" are custom ones (Part 2, 5.2) and mean
// nothing here.  "+" is a blank, as browsers and Excel write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "sync/odata/filter.h"
#include "sync/odata/table.h"

namespace machikoe::odata {

inline constexpr std::int64_t kPageSize = 1'000;  // rows of one answer, at most

struct Order {
    std::size_t column = 0;
    bool descending = false;
};

/// Where the next page begins: behind this row.
struct Mark {
    std::int64_t page_size = kPageSize;
    Row keys;  // of each Order, and last the Id
};

/// What may stand behind this resource.
enum class Resource { Document, Entity, Count, Collection };

struct Query {
    std::optional<Filter> filter;
    std::vector<std::size_t> select;  // empty: all
    std::vector<Order> order;         // then by Id
    std::optional<std::int64_t> top;
    std::int64_t skip = 0;
    bool count = false;
    std::optional<Mark> after;
    std::string format;                                        // "" none
    std::vector<std::pair<std::string, std::string>> written;  // decoded, as they came
};

tl::expected<Query, Fault> parse_query(std::string_view encoded, Resource resource,
                                       const Table& table);

std::string skip_token(const Mark& mark);
std::string percent_encoded(std::string_view text);
/// nullopt: a "%" without its two digits.
std::optional<std::string> percent_decoded(std::string_view text);
/// Null before everything (Part 1, 11.2.6.2), false before true, texts by their bytes.
int compare(const Value& a, const Value& b);

}  // namespace machikoe::odata
