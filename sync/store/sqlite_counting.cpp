// Checkpoints of derived counts, and the responses that whoever counts has not seen yet.
#include "sync/store/sqlite_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {

Result<Checkpoint> SqliteStore::checkpoint() {
    return guarded([&] {
        SQLite::Statement find(database_, "SELECT generation, counts FROM checkpoint");
        find.executeStep();
        return Checkpoint{find.getColumn(0).getInt64(), bytes_of(find.getColumn(1))};
    });
}

/// Those that are still there: a deletion may have taken some.
Result<std::vector<Response>> SqliteStore::responses_of(const std::string& row_ids) {
    SQLite::Statement find(database_, "SELECT records FROM response_group WHERE id = ?");
    std::vector<Response> responses;
    for (std::size_t at = 0; at + kRowIdLength <= row_ids.size(); at += kRowIdLength) {
        Use row(find);
        if (!row.with(row_ids.substr(at, kRowIdLength))->executeStep()) continue;
        const Status read = read_into(responses, view_of(row->getColumn(0)));
        if (!read) return tl::unexpected<Error>(read.error());
    }
    return responses;
}

Result<std::vector<ReleasedGroup>> SqliteStore::released_after(const Watermark& seen) {
    return guarded([&]() -> Result<std::vector<ReleasedGroup>> {
        const OneMoment moment(database_, holds_moment_);
        SQLite::Statement all(
            database_,
            "SELECT writer, number, response_groups FROM released ORDER BY writer, number");
        std::vector<ReleasedGroup> groups;
        while (all.executeStep()) {
            const ReleasePlace place{all.getColumn(0).getString(), all.getColumn(1).getInt64()};
            const auto last = seen.find(place.writer);
            if (last != seen.end() && place.number <= last->second) continue;
            auto responses = responses_of(all.getColumn(2).getString());
            if (!responses) return tl::unexpected<Error>(responses.error());
            groups.push_back({place, std::move(*responses)});
        }
        return groups;
    });
}

Result<Watermark> SqliteStore::count_all(const std::function<void(const Response&)>& each) {
    return guarded([&]() -> Result<Watermark> {
        const OneMoment moment(database_, holds_moment_);
        Watermark seen;
        SQLite::Statement last(database_,
                               "SELECT writer, max(number) FROM released GROUP BY writer");
        while (last.executeStep())
            seen[last.getColumn(0).getString()] = last.getColumn(1).getInt64();
        const Status read = for_each_read([&](const auto& take) { return scan(take); },
                                          [&](const std::string&, const Response& response) {
                                              each(response);
                                              return true;
                                          });
        if (!read) return tl::unexpected<Error>(read.error());
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
        std::int64_t count = 0;
        for (const std::string& group : groups_of(rule)) {
            const auto deleted = thin(group, rule);
            if (!deleted) return deleted;
            count += *deleted;
        }
        database_.exec("DELETE FROM released");
        database_.exec("UPDATE checkpoint SET generation = generation + 1, counts = x''");
        transaction.commit();
        // What was deleted is not to be read from the log either.
        SQLite::Statement(database_, "PRAGMA wal_checkpoint(TRUNCATE)").executeStep();
        return count;
    });
}

/// Those that may hold what the rule covers.
std::vector<std::string> SqliteStore::groups_of(const DeletionRule& rule) {
    SQLite::Statement find(database_,
                           "SELECT id FROM response_group WHERE ?1 = ''"
                           " OR (first_day <> '' AND first_day < ?1) ORDER BY id");
    find.bind(1, rule.before_day);
    std::vector<std::string> ids;
    while (find.executeStep()) ids.push_back(find.getColumn(0).getString());
    return ids;
}

Result<std::int64_t> SqliteStore::thin(const std::string& group, const DeletionRule& rule) {
    SQLite::Statement find(database_, "SELECT records FROM response_group WHERE id = ?");
    find.bind(1, group);
    find.executeStep();
    const auto left = thinned(group, view_of(find.getColumn(0)), rule);
    if (!left) return tl::unexpected<Error>(left.error());
    find.reset();
    if (left->deleted.empty()) return 0;
    if (left->row)
        put(*left->row);
    else
        Use(forget_group_).with(group)->exec();
    SQLite::Statement text(database_,
                           "DELETE FROM review WHERE response_group = ? AND response = ?");
    SQLite::Statement tag(database_, "DELETE FROM review_tag WHERE response = ?");
    for (const std::string& id : left->deleted) {
        Use(text).with(group, id)->exec();
        Use(tag).with(id)->exec();
    }
    return std::ssize(left->deleted);
}

}  // namespace machikoe
