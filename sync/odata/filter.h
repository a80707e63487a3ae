// Filter: the part of OData's $filter that picks rows by what they are about: eq, ne, and, or,
// not, parentheses, contains, startswith, endswith, null (OData 4.01 Part 1, 11.2.6.1; Part 2,
// 5.1.1).  Everything else of the language is refused by 501.
//
// Columns of figures are refused by 400.  They hold no hidden number, so nothing could be found
// out by probing them; they are refused so that this does not hang on what rows hold.
//
// Text, depth and number of parts are bounded.  Parsing and matching never throw; matching knows
// OData's null (5.1.1.1: null eq null is true, and null of two truth values is neither).
#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "sync/odata/table.h"

namespace machikoe::odata {

inline constexpr std::size_t kMaxFilterBytes = 2'000;
inline constexpr std::size_t kMaxFilterNodes = 200;
inline constexpr int kMaxFilterDepth = 16;

class Filter {
  public:
    static tl::expected<Filter, Fault> parse(std::string_view text, const Table& table);
    bool matches(const Row& row) const;

  private:
    friend class FilterParser;
    enum class Kind { Literal, Column, Equal, NotEqual, And, Or, Not, Contains, Starts, Ends };
    enum class NodeType { Null, Boolean, Number, Text };
    struct Node {
        Kind kind = Kind::Literal;
        NodeType type = NodeType::Null;
        Value literal;
        std::size_t left = 0;  // a node, or the column
        std::size_t right = 0;
    };
    Value value_of(std::size_t node, const Row& row) const;

    std::vector<Node> nodes_;
    std::size_t root_ = 0;
};

}  // namespace machikoe::odata
