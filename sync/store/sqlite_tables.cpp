#include "app/base/database.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/stored_names.h"
#include "sync/store/tables.h"

namespace machikoe {
namespace {

Cell cell_of(const SQLite::Column& column) {
    if (column.isNull()) return std::monostate{};
    if (column.isInteger()) return column.getInt64();
    return std::string(static_cast<const char*>(column.getBlob()),
                       static_cast<std::size_t>(column.getBytes()));
}

class SqliteReader final : public TableReader {
  public:
    explicit SqliteReader(SQLite::Database database) : database_(std::move(database)) {}

    Status read(const TableShape& table,
                const std::function<Status(const TableRow&)>& each) override {
        return guarded([&]() -> Status {
            SQLite::Statement all(database_, "SELECT " + column_list(table, table.columns.size()) +
                                                 " FROM " + table.name + " ORDER BY " +
                                                 column_list(table, table.key));
            TableRow row(table.columns.size());
            while (all.executeStep()) {
                for (std::size_t i = 0; i < row.size(); ++i)
                    row[i] = cell_of(all.getColumn(static_cast<int>(i)));
                if (const Status done = each(row); !done) return done;
            }
            return {};
        });
    }
    void hold_moment() {
        database_.exec("BEGIN");
        SQLite::Statement(database_, "SELECT count(*) FROM audit").executeStep();
    }

  private:
    SQLite::Database database_;
};

void bind(SQLite::Statement& statement, int index, const ColumnShape& column, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        statement.bind(index, *number);
    } else if (const auto* bytes = std::get_if<std::string>(&cell)) {
        if (column.kind == CellKind::Bytes)
            statement.bind(index, bytes->data(), static_cast<int>(bytes->size()));
        else
            statement.bind(index, *bytes);
    } else {
        statement.bind(index);
    }
}

class SqliteFiller final : public TableFiller {
  public:
    explicit SqliteFiller(SQLite::Database database) : database_(std::move(database)) {}

    Status add(const TableShape& table, const std::vector<TableRow>& rows) override {
        return guarded([&] {
            std::string places = "?";
            for (std::size_t i = 1; i < table.columns.size(); ++i) places += ", ?";
            SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
            SQLite::Statement add(database_, std::string("INSERT INTO ") + table.name + " (" +
                                                 column_list(table, table.columns.size()) +
                                                 ") VALUES (" + places + ")");
            for (const TableRow& row : rows) {
                for (std::size_t i = 0; i < row.size(); ++i)
                    bind(add, static_cast<int>(i) + 1, table.columns[i], row[i]);
                add.exec();
                add.reset();
            }
            transaction.commit();
        });
    }
    Status finish() override {
        return guarded([&] { database_.exec(std::string("DROP TABLE ") + kSqliteNotWholeTable); });
    }
    /// Conflict: it is not empty.  Corrupt: it is marked.
    Status begin() {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        if (database_.tableExists(kSqliteNotWholeTable)) return fail(ErrorCode::Corrupt, kNotWhole);
        // The two rows that every new store has.
        database_.exec("DELETE FROM checkpoint WHERE generation = 0");
        database_.exec("DELETE FROM publication WHERE generation = 0");
        for (const TableShape& table : table_shapes())
            if (SQLite::Statement(database_,
                                  std::string("SELECT 1 FROM ") + table.name + " LIMIT 1")
                    .executeStep())
                return fail(ErrorCode::Conflict,
                            std::string("it is not empty: there are rows in ") + table.name);
        database_.exec(std::string("CREATE TABLE ") + kSqliteNotWholeTable +
                       " (one INTEGER PRIMARY KEY) STRICT");
        transaction.commit();
        return {};
    }

  private:
    SQLite::Database database_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_sqlite_reader(const std::filesystem::path& folder,
                                                        Marked marked) {
    auto database = open_database(folder / "server.db", kServerMigrations, DatabaseMode::ReadOnly);
    if (!database) return tl::unexpected<Error>(database.error());
    return guarded([&]() -> Result<std::unique_ptr<TableReader>> {
        if (marked == Marked::Refused && database->tableExists(kSqliteNotWholeTable))
            return fail(ErrorCode::Corrupt, folder.string() + ": " + kNotWhole);
        auto reader = std::make_unique<SqliteReader>(std::move(*database));
        reader->hold_moment();
        return reader;
    });
}

Result<std::unique_ptr<TableFiller>> open_sqlite_filler(const std::filesystem::path& folder) {
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    auto database = open_database(folder / "server.db", kServerMigrations);
    if (!database) return tl::unexpected<Error>(database.error());
    return guarded([&]() -> Result<std::unique_ptr<TableFiller>> {
        auto filler = std::make_unique<SqliteFiller>(std::move(*database));
        if (const Status begun = filler->begin(); !begun)
            return fail(begun.error().code, folder.string() + ": " + begun.error().message);
        return filler;
    });
}

}  // namespace machikoe
