#include "sync/store/postgres_store.h"
#include "sync/store/postgres_url.h"
#include "sync/store/tables.h"

namespace machikoe {
namespace {

PgArray::Of array_of(CellKind kind) {
    switch (kind) {
        case CellKind::Text:
            return PgArray::Of::Text;
        case CellKind::Bytes:
            return PgArray::Of::Bytes;
        case CellKind::Number:
            return PgArray::Of::Number;
    }
    return PgArray::Of::Text;
}

std::string type_of(CellKind kind) {
    switch (kind) {
        case CellKind::Text:
            return "text";
        case CellKind::Bytes:
            return "bytea";
        case CellKind::Number:
            return "bigint";
    }
    return "text";
}

Cell cell_of(const PgRows& rows, int row, int column, CellKind kind) {
    if (rows.null(row, column)) return std::monostate{};
    if (kind == CellKind::Number) return rows.number(row, column);
    return rows.text(row, column);
}

class PostgresReader final : public TableReader {
  public:
    explicit PostgresReader(const std::string& url) : connection_(url, kPostgresSession) {
        connection_.begin(kBeginMoment);
        connection_.run("SELECT version FROM machikoe_schema");
        connection_.stay();
    }
    Status read(const TableShape& table,
                const std::function<Status(const TableRow&)>& each) override {
        return pg_guarded([&]() -> Status {
            connection_.run_once("DECLARE machikoe_rows NO SCROLL CURSOR FOR SELECT " +
                                 column_list(table, table.columns.size()) + " FROM " + table.name +
                                 " ORDER BY " + column_list(table, table.key));
            TableRow row(table.columns.size());
            for (bool more = true; more;) {
                const PgRows rows = connection_.run_once("FETCH 1000 FROM machikoe_rows");
                more = rows.size() > 0;
                for (int r = 0; r < rows.size(); ++r) {
                    for (std::size_t i = 0; i < row.size(); ++i)
                        row[i] = cell_of(rows, r, static_cast<int>(i), table.columns[i].kind);
                    if (const Status done = each(row); !done) return done;
                }
            }
            connection_.run_once("CLOSE machikoe_rows");
            return {};
        });
    }

  private:
    PgConnection connection_;
};

class PostgresFiller final : public TableFiller {
  public:
    explicit PostgresFiller(const std::string& url) : connection_(url, kPostgresSession) {}

    Status add(const TableShape& table, const std::vector<TableRow>& rows) override {
        return pg_guarded([&] {
            PgParams params;
            std::string arrays;
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                PgArray column(array_of(table.columns[i].kind));
                for (const TableRow& row : rows) add_cell(column, row[i]);
                params.add(column);
                arrays += (i == 0 ? "$" : ", $") + std::to_string(i + 1) +
                          "::" + type_of(table.columns[i].kind) + "[]";
            }
            connection_.run_once(std::string("INSERT INTO ") + table.name + " (" +
                                     column_list(table, table.columns.size()) +
                                     ") SELECT * FROM unnest(" + arrays + ")",
                                 params);
        });
    }
    Status finish() override {
        return pg_guarded([&] { connection_.run("UPDATE machikoe_schema SET incomplete = ''"); });
    }
    /// Conflict: it is not empty.  Corrupt: it is marked.
    Status begin() {
        connection_.begin(kBegin);
        const PgRows mark =
            connection_.run("SELECT incomplete FROM machikoe_schema WHERE one = 1 FOR UPDATE");
        if (mark.size() != 1 || !mark.view(0, 0).empty())
            return fail(ErrorCode::Corrupt, kNotWhole);
        // The two rows that every new store has.
        connection_.run("DELETE FROM checkpoint WHERE generation = 0");
        connection_.run("DELETE FROM publication WHERE generation = 0");
        for (const TableShape& table : table_shapes())
            if (connection_.run_once(std::string("SELECT 1 FROM ") + table.name + " LIMIT 1")
                    .size() > 0)
                return fail(ErrorCode::Conflict,
                            std::string("it is not empty: there are rows in ") + table.name);
        connection_.run("UPDATE machikoe_schema SET incomplete = $1",
                        PgParams(std::string(kNotWhole)));
        connection_.commit();
        return {};
    }

  private:
    static void add_cell(PgArray& column, const Cell& cell) {
        if (const auto* number = std::get_if<std::int64_t>(&cell))
            column.add(*number);
        else if (const auto* bytes = std::get_if<std::string>(&cell))
            column.add(std::string_view(*bytes));
        else
            column.add_null();
    }
    PgConnection connection_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_postgres_reader(const std::string& url, Marked marked) {
    // Is there a store, whole, and of our version?
    if (marked == Marked::Refused)
        if (const auto store = open_postgres_store(url, StoreMode::ReadOnly); !store)
            return tl::unexpected<Error>(store.error());
    return pg_guarded([&]() -> Result<std::unique_ptr<TableReader>> {
        return std::make_unique<PostgresReader>(url);
    });
}

Result<std::unique_ptr<TableFiller>> open_postgres_filler(const std::string& url) {
    if (const auto store = open_postgres_store(url); !store)
        return tl::unexpected<Error>(store.error());
    return pg_guarded([&]() -> Result<std::unique_ptr<TableFiller>> {
        auto filler = std::make_unique<PostgresFiller>(url);
        if (const Status begun = filler->begin(); !begun)
            return fail(begun.error().code, without_password(url) + ": " + begun.error().message);
        return filler;
    });
}

}  // namespace machikoe
