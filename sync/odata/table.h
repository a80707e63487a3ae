// Table: a flat set of rows with typed columns; all that the feed knows of figures.
//
// The first column is the key, "Id", a string that is unique and stays the same while figures
// change.  A number that may not be shown is null here already: nothing behind this header could
// give it away.  Columns that hold figures can be read and neither filtered nor sorted by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace machikoe::odata {

enum class Type { String, Boolean, Int32, Double };
enum class Use { Metadata, Figure };
struct Column {
    std::string name;
    Type type = Type::String;
    Use use = Use::Metadata;
};

using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;
using Row = std::vector<Value>;  // one for each column

struct Table {
    std::vector<Column> columns;
    std::vector<Row> rows;  // in any order
    std::optional<std::size_t> column(std::string_view name) const {
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].name == name) return i;
        return std::nullopt;
    }
};

inline bool is_null(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

/// Why a request is not answered: an HTTP status and what the client is told.
struct Fault {
    unsigned status = 400;
    std::string message;
};

}  // namespace machikoe::odata
