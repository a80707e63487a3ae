#include "sync/store/copy.h"

#include "app/base/crypto.h"
#include "sync/store/tables.h"

namespace machikoe {
namespace {

constexpr std::size_t kRowsAtOnce = 1000;
constexpr std::size_t kBytesAtOnce = 8u << 20;

/// SHA-256 over rows.  Each cell with its kind and length before it: no two rows are the same
/// bytes.
class TableDigest {
  public:
    void add(const TableRow& row) {
        for (const Cell& cell : row) {
            if (const auto* number = std::get_if<std::int64_t>(&cell))
                digest_.add("n" + std::to_string(*number) + ";");
            else if (const auto* bytes = std::get_if<std::string>(&cell)) {
                digest_.add("b" + std::to_string(bytes->size()) + ";");
                digest_.add(*bytes);
            } else {
                digest_.add("-");
            }
        }
        ++rows_;
    }
    std::int64_t rows() const { return rows_; }
    std::string hex() { return digest_.hex(); }

  private:
    Sha256 digest_;
    std::int64_t rows_ = 0;
};

std::size_t bytes_in(const TableRow& row) {
    std::size_t bytes = 0;
    for (const Cell& cell : row)
        if (const auto* text = std::get_if<std::string>(&cell)) bytes += text->size();
    return bytes;
}

Status copy_table(const TableShape& table, TableReader& from, TableFiller& to, CopiedTable& copied,
                  const std::function<void()>& step) {
    TableDigest digest;
    std::vector<TableRow> rows;
    std::size_t bytes = 0;
    const auto write = [&]() -> Status {
        if (rows.empty()) return {};
        const Status added = to.add(table, rows);
        rows.clear();
        bytes = 0;
        return added;
    };
    Status done = from.read(table, [&](const TableRow& row) -> Status {
        digest.add(row);
        step();
        bytes += bytes_in(row);
        rows.push_back(row);
        return rows.size() < kRowsAtOnce && bytes < kBytesAtOnce ? Status{} : write();
    });
    if (done) done = write();
    copied.name = table.name;
    copied.rows = digest.rows();
    copied.sha256 = digest.hex();
    return done;
}

Status read_back(const TableShape& table, TableReader& there, CopiedTable& copied,
                 const std::function<void()>& step) {
    TableDigest digest;
    const Status read = there.read(table, [&](const TableRow& row) {
        digest.add(row);
        step();
        return Status{};
    });
    copied.rows_there = digest.rows();
    copied.sha256_there = digest.hex();
    return read;
}

}  // namespace

Status copy_store(const StoreLocation& from, const StoreLocation& to,
                  std::vector<CopiedTable>& tables, const std::function<void()>& step) {
    auto source = open_table_reader(from);
    if (!source) return tl::unexpected<Error>(source.error());
    auto target = open_table_filler(to);
    if (!target) return tl::unexpected<Error>(target.error());
    for (const TableShape& table : table_shapes())
        if (Status done = copy_table(table, **source, **target, tables.emplace_back(), step); !done)
            return done;
    auto there = open_table_reader(to, Marked::Read);
    if (!there) return tl::unexpected<Error>(there.error());
    for (std::size_t i = 0; i < tables.size(); ++i)
        if (Status done = read_back(table_shapes()[i], **there, tables[i], step); !done)
            return done;
    for (const CopiedTable& table : tables)
        if (!table.is_equal())
            return fail(ErrorCode::Corrupt, "what was read back of table " + table.name +
                                                " differs from what was written");
    there->reset();  // SQLite: no table is dropped under a reader
    return (*target)->finish();
}

}  // namespace machikoe
