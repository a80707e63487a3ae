// Step 6 of the schema: rows of one response each become groups, rows of the ledger become runs.
//
// Who had come out together is known of none of them, so neighbours by random id become groups.
#include "sync/store/sqlite_schema.h"
#include "sync/store/sqlite_store.h"

namespace machikoe {
namespace {

class Packing {
  public:
    explicit Packing(SQLite::Database& database)
        : add_group_(database,
                     "INSERT INTO response_group (id, size, first_day, records)"
                     " VALUES (?, ?, ?, ?)"),
          note_group_(database,
                      "INSERT INTO review_by_group SELECT ?, response, question, state, original,"
                      " decided_ms FROM review WHERE response = ?") {}

    void add(StoredResponse response) {
        stored_.push_back(std::move(response));
        if (stored_.size() == kMostInGroup) write();
    }
    void write() {
        if (stored_.empty()) return;
        const GroupRow row = packed_again(random_hex(16), stored_);
        Use(add_group_).borrowing(row.id, row.size, row.first_day, Use::blob(row.records))->exec();
        for (const StoredResponse& each : stored_) Use(note_group_).with(row.id, each.id)->exec();
        stored_.clear();
    }

  private:
    SQLite::Statement add_group_, note_group_;
    std::vector<StoredResponse> stored_;
};

void pack_responses(SQLite::Database& database) {
    Packing packing(database);
    SQLite::Statement all(database, "SELECT id, day, record FROM response ORDER BY id");
    while (all.executeStep()) {
        packing.add({all.getColumn(0).getString(), all.getColumn(1).getString(),
                     all.getColumn(2).getString()});
    }
    packing.write();
}

void pack_waiting(SQLite::Database& database) {
    SQLite::Statement all(database, "SELECT id, kiosk, site, event, payload FROM waiting");
    SQLite::Statement add(database,
                          "INSERT INTO waiting_together (id, kiosk, site, event, size, payloads)"
                          " VALUES (?, ?, ?, ?, 1, ?)");
    while (all.executeStep())
        Use(add)
            .with(all.getColumn(0).getString(), all.getColumn(1).getString(),
                  all.getColumn(2).getString(), all.getColumn(3).getString(),
                  Use::blob(joined({view_of(all.getColumn(4))})))
            ->exec();
}

void pack_ledger(SQLite::Database& database) {
    SQLite::Statement all(database,
                          "SELECT kiosk, sequence, hash, outcome FROM ledger"
                          " ORDER BY kiosk, sequence");
    SQLite::Statement add(database,
                          "INSERT INTO ledger_run (kiosk, first, size, hashes, outcomes)"
                          " VALUES (?, ?, ?, ?, ?)");
    std::string kiosk;
    LedgerStretch ledger;
    const auto write = [&] {
        for (const LedgerRun* run : ledger.changed())
            Use(add)
                .with(kiosk, run->first, run->size(), Use::blob(run->hashes), run->outcomes)
                ->exec();
        ledger = LedgerStretch();
    };
    for (std::size_t row = 0; all.executeStep(); ++row) {
        // Now and then, so that a long chain does not fill the memory.
        if (const std::string its = all.getColumn(0).getString();
            its != kiosk || row % (1000 * kMostInRun) == 0) {
            write();
            kiosk = its;
        }
        const Outcome outcome = all.getColumn(3).getString() == name_of(Outcome::Stored)
                                    ? Outcome::Stored
                                    : Outcome::Quarantined;
        constexpr int kCorrupt = 11;  // SQLITE_CORRUPT
        if (!ledger.add(all.getColumn(1).getInt64(), all.getColumn(2).getString(), outcome))
            throw SQLite::Exception("a hash of the ledger cannot be read", kCorrupt);
    }
    write();
}

}  // namespace

void pack_old_rows(SQLite::Database& database) {
    pack_responses(database);
    pack_waiting(database);
    pack_ledger(database);
    database.exec(
        "DROP TABLE response; DROP TABLE waiting; DROP TABLE ledger; DROP TABLE review;"
        "ALTER TABLE waiting_together RENAME TO waiting;"
        "ALTER TABLE review_by_group RENAME TO review;");
}

}  // namespace machikoe
