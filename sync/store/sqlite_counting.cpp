// Checkpoints of derived counts, and the responses that whoever counts has not seen yet.

#include <optional>

#include "sync/store/sqlite_store.h"
#include "sync/store/stored_names.h"
#include "sync/wire/stored_record.h"

namespace machikoe {
namespace {

/// What is read is of one moment: of its own, or of the one that the store already holds.
class OneMoment {
  public:
    OneMoment(SQLite::Database& database, bool is_held) {
        if (!is_held) own_.emplace(database);
    }

  private:
    std::optional<SQLite::Transaction> own_;
};

Response read_or_throw(StoredRecords& records, const SQLite::Column& record) {
    constexpr int kCorrupt = 11;  // SQLITE_CORRUPT
    Result<Response> response =
        records.read({record.getText(), static_cast<std::size_t>(record.getBytes())});
    if (!response)
        throw SQLite::Exception("a response cannot be read: " + response.error().message, kCorrupt);
    return std::move(*response);
}

}  // namespace

Result<Checkpoint> SqliteStore::checkpoint() {
    return guarded([&] {
        SQLite::Statement find(database_, "SELECT generation, counts FROM checkpoint");
        find.executeStep();
        return Checkpoint{find.getColumn(0).getInt64(), bytes_of(find.getColumn(1))};
    });
}

/// Those that are still there: a deletion may have taken some.
std::vector<Response> SqliteStore::responses_of(const std::string& ids) {
    StoredRecords records;
    SQLite::Statement find(database_, "SELECT record FROM response WHERE id = ?");
    std::vector<Response> responses;
    for (std::size_t at = 0; at + kResponseIdLength <= ids.size(); at += kResponseIdLength) {
        Use row(find);
        if (row.with(ids.substr(at, kResponseIdLength))->executeStep())
            responses.push_back(read_or_throw(records, row->getColumn(0)));
    }
    return responses;
}

Result<std::vector<ReleasedGroup>> SqliteStore::released_after(const Watermark& seen) {
    return guarded([&] {
        const OneMoment moment(database_, holds_moment_);
        SQLite::Statement all(database_,
                              "SELECT writer, number, ids FROM released ORDER BY writer, number");
        std::vector<ReleasedGroup> groups;
        while (all.executeStep()) {
            const ReleasePlace place{all.getColumn(0).getString(), all.getColumn(1).getInt64()};
            const auto last = seen.find(place.writer);
            if (last == seen.end() || place.number > last->second)
                groups.push_back({place, responses_of(all.getColumn(2).getString())});
        }
        return groups;
    });
}

Result<Watermark> SqliteStore::count_all(const std::function<void(const Response&)>& each) {
    return guarded([&] {
        const OneMoment moment(database_, holds_moment_);
        Watermark seen;
        SQLite::Statement last(database_,
                               "SELECT writer, max(number) FROM released GROUP BY writer");
        while (last.executeStep())
            seen[last.getColumn(0).getString()] = last.getColumn(1).getInt64();
        StoredRecords records;
        SQLite::Statement all(database_, "SELECT record FROM response ORDER BY id");
        while (all.executeStep()) each(read_or_throw(records, all.getColumn(0)));
        return seen;
    });
}

Result<std::int64_t> SqliteStore::put_checkpoint(std::int64_t generation, const std::string& counts,
                                                 const Watermark& seen) {
    return guarded([&]() -> Result<std::int64_t> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement put(database_,
                              "UPDATE checkpoint SET generation = ?1 + 1, counts = ?2"
                              " WHERE generation = ?1");
        if (Use(put).with(generation, Use::blob(counts))->exec() != 1)
            return fail(ErrorCode::Conflict, "another checkpoint was written");
        SQLite::Statement forget(database_,
                                 "DELETE FROM released WHERE writer = ? AND number <= ?");
        for (const auto& [writer, number] : seen) Use(forget).with(writer, number)->exec();
        transaction.commit();
        return generation + 1;
    });
}

Result<Publication> SqliteStore::publication() {
    return guarded([&] {
        SQLite::Statement find(database_,
                               "SELECT generation, pack_hash, responses, counts FROM publication");
        find.executeStep();
        return Publication{find.getColumn(0).getInt64(), find.getColumn(1).getString(),
                           find.getColumn(2).getInt64(), bytes_of(find.getColumn(3))};
    });
}

Result<std::int64_t> SqliteStore::put_publication(const Publication& publication) {
    return guarded([&]() -> Result<std::int64_t> {
        SQLite::Statement put(database_,
                              "UPDATE publication SET generation = ?1 + 1, pack_hash = ?2,"
                              " responses = ?3, counts = ?4 WHERE generation = ?1");
        if (Use(put)
                .with(publication.generation, publication.pack_hash, publication.responses,
                      Use::blob(publication.counts))
                ->exec() != 1)
            return fail(ErrorCode::Conflict, "somebody else published");
        return publication.generation + 1;
    });
}

Result<std::int64_t> SqliteStore::delete_responses(const DeletionRule& rule) {
    if (rule.before_day.empty() && rule.pack_hash.empty())
        return fail(ErrorCode::Invalid, "a deletion needs a day or a pack");
    return guarded([&]() -> Result<std::int64_t> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement remove(
            database_,
            "DELETE FROM response WHERE (?2 = '' OR pack_hash = ?2) AND (?1 = '' OR"
            " (day <> '' AND substr(day, 1, 10) < substr(?1, 1, length(day))))");
        const std::int64_t count = Use(remove).with(rule.before_day, rule.pack_hash)->exec();
        for (const char* table : {"review", "review_tag"})
            database_.exec(std::string("DELETE FROM ") + table +
                           " WHERE response NOT IN (SELECT id FROM response)");
        database_.exec("DELETE FROM released");
        database_.exec("UPDATE checkpoint SET generation = generation + 1, counts = x''");
        transaction.commit();
        // What was deleted is not to be read from the log either.
        SQLite::Statement(database_, "PRAGMA wal_checkpoint(TRUNCATE)").executeStep();
        return count;
    });
}

}  // namespace machikoe
