// Tables: what is in a store, row by row, the same whatever it is kept in.
//
// For copying whole stores (copy.h): who moves answers from one to another must not forget a
// column.  Names, kinds and keys stand here once; tests hold both adapters' schemas to them.
//
// A store that is being filled is marked until it is whole, and open_store() refuses it until
// then: a server must not begin on half of the answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "sync/store/location.h"

namespace machikoe {

enum class CellKind { Text, Bytes, Number };

struct ColumnShape {
    const char* name;
    CellKind kind;
};

struct TableShape {
    const char* name;
    std::size_t key;  // the first so many columns are the primary key
    std::vector<ColumnShape> columns;
};
const std::vector<TableShape>& table_shapes();

/// "a, b, c": all columns, or the first `count` of them.
std::string column_list(const TableShape& table, std::size_t count);

using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using TableRow = std::vector<Cell>;

class TableReader {
  public:
    virtual ~TableReader() = default;
    /// Of one moment for all tables, in the order of keys (texts by bytes).  An error from `each`
    /// ends it and is handed on.
    virtual Status read(const TableShape& table,
                        const std::function<Status(const TableRow&)>& each) = 0;
};

class TableFiller {
  public:
    virtual ~TableFiller() = default;
    /// All of them or none.
    virtual Status add(const TableShape& table, const std::vector<TableRow>& rows) = 0;
    /// From now on it is a store like any other.
    virtual Status finish() = 0;
};

enum class Marked { Refused, Read };
/// NotFound: no store there.  Others as open_store().
Result<std::unique_ptr<TableReader>> open_table_reader(const StoreLocation& location,
                                                       Marked marked = Marked::Refused);
/// Makes the store and marks it.  Conflict: there is something in it.  Corrupt: it is marked.
Result<std::unique_ptr<TableFiller>> open_table_filler(const StoreLocation& location);

/// What open_store() says of a store that is marked.
inline constexpr const char* kNotWhole =
    "a move into it did not end; empty it and move again (docs/store.md)";

// Of the adapters.
inline constexpr const char* kSqliteNotWholeTable = "not_whole";
Result<std::unique_ptr<TableReader>> open_sqlite_reader(const std::filesystem::path& folder,
                                                        Marked marked);
Result<std::unique_ptr<TableFiller>> open_sqlite_filler(const std::filesystem::path& folder);
Result<std::unique_ptr<TableReader>> open_postgres_reader(const std::string& url, Marked marked);
Result<std::unique_ptr<TableFiller>> open_postgres_filler(const std::string& url);

}  // namespace machikoe
