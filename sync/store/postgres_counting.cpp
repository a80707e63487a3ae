// Checkpoints of derived counts, and the responses that whoever counts has not seen yet.
#include "sync/store/postgres_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {

void PostgresStore::stream(const std::string& select,
                           const std::function<bool(const PgRows&, int)>& each) {
    // A cursor, not one result: ten million rows do not fit, and between two pieces the
    // connection is free for whatever `each` asks.
    constexpr const char* kFetch = "FETCH 50 FROM machikoe_rows";
    connection_.run_once("DECLARE machikoe_rows NO SCROLL CURSOR FOR " + select);
    for (bool more = true; more;) {
        const PgRows rows = connection_.run_once(kFetch);
        more = rows.size() > 0;
        streamed_ = streamed_ || more;
        for (int i = 0; more && i < rows.size(); ++i) more = each(rows, i);
    }
    connection_.run_once("CLOSE machikoe_rows");
}

Status PostgresStore::scan(const EachRecord& each) {
    Status status;
    // In whatever order they lie: who wants another makes it.
    stream("SELECT records FROM response_group", [&](const PgRows& rows, int i) {
        bool more = true;
        status = for_each_record(rows.view(i, 0),
                                 [&](auto id, auto record) { return more = each(id, record); });
        return status && more;
    });
    return status;
}

Status PostgresStore::for_each_response(const EachStored& each) {
    return in_one_moment(
        [&] { return for_each_read([&](const auto& take) { return scan(take); }, each); });
}

Status PostgresStore::for_each_response_by_id(const EachStored& each) {
    return in_one_moment(
        [&] { return for_each_by_id([&](const auto& take) { return scan(take); }, each); });
}

Result<Watermark> PostgresStore::count_all(const std::function<void(const Response&)>& each) {
    return in_one_moment([&]() -> Result<Watermark> {
        Watermark seen;
        const PgRows last =
            connection_.run("SELECT writer, max(number) FROM released GROUP BY writer");
        for (int i = 0; i < last.size(); ++i) seen[last.text(i, 0)] = last.number(i, 1);
        const Status read = for_each_read([&](const auto& take) { return scan(take); },
                                          [&](const std::string&, const Response& response) {
                                              each(response);
                                              return true;
                                          });
        if (!read) return tl::unexpected<Error>(read.error());
        return seen;
    });
}

Result<Checkpoint> PostgresStore::checkpoint() {
    return pg_guarded([&]() -> Result<Checkpoint> {
        const PgRows row = read("SELECT generation, counts FROM checkpoint");
        if (row.size() == 0) return fail(ErrorCode::Corrupt, "the checkpoint's row is gone");
        return Checkpoint{row.number(0, 0), row.text(0, 1)};
    });
}

/// Those that are still there: a deletion may have taken some.
Result<std::vector<Response>> PostgresStore::responses_of(const std::string& row_ids) {
    PgArray all(PgArray::Of::Text);
    for (std::size_t at = 0; at + kRowIdLength <= row_ids.size(); at += kRowIdLength)
        all.add(std::string_view(row_ids).substr(at, kRowIdLength));
    const PgRows rows = connection_.run(
        "SELECT records FROM response_group WHERE id = ANY ($1) ORDER BY id", PgParams(all));
    std::vector<Response> responses;
    for (int i = 0; i < rows.size(); ++i) {
        const Status read = read_into(responses, rows.view(i, 0));
        if (!read) return tl::unexpected<Error>(read.error());
    }
    return responses;
}

Result<std::vector<ReleasedGroup>> PostgresStore::released_after(const Watermark& seen) {
    return in_one_moment([&]() -> Result<std::vector<ReleasedGroup>> {
        PgArray writers(PgArray::Of::Text), numbers(PgArray::Of::Number);
        for (const auto& [writer, number] : seen) {
            writers.add(writer);
            numbers.add(number);
        }
        const PgRows rows = connection_.run(
            "SELECT released.writer, released.number, released.response_groups FROM released"
            " LEFT JOIN unnest($1::text[], $2::bigint[]) AS seen (writer, number)"
            " ON seen.writer = released.writer"
            " WHERE seen.number IS NULL OR released.number > seen.number"
            " ORDER BY released.writer, released.number",
            PgParams(writers, numbers));
        std::vector<ReleasedGroup> groups;
        for (int i = 0; i < rows.size(); ++i) {
            auto responses = responses_of(rows.text(i, 2));
            if (!responses) return tl::unexpected<Error>(responses.error());
            groups.push_back({{rows.text(i, 0), rows.number(i, 1)}, std::move(*responses)});
        }
        return groups;
    });
}

Result<std::int64_t> PostgresStore::put_checkpoint(std::int64_t generation,
                                                   const std::string& counts,
                                                   const Watermark& seen) {
    return write([&]() -> Result<std::int64_t> {
        if (connection_
                .run("UPDATE checkpoint SET generation = $1 + 1, counts = $2 WHERE generation = $1",
                     PgParams(generation, PgBytes{counts}))
                .affected() != 1)
            return fail(ErrorCode::Conflict, "another checkpoint was written");
        for (const auto& [writer, number] : seen)
            connection_.send("DELETE FROM released WHERE writer = $1 AND number <= $2",
                             PgParams(writer, number));
        return generation + 1;
    });
}

Result<Publication> PostgresStore::publication() {
    return pg_guarded([&]() -> Result<Publication> {
        const PgRows row = read("SELECT generation, pack_hash, responses, counts FROM publication");
        if (row.size() == 0) return fail(ErrorCode::Corrupt, "the publication's row is gone");
        return Publication{row.number(0, 0), row.text(0, 1), row.number(0, 2), row.text(0, 3)};
    });
}

Result<std::int64_t> PostgresStore::put_publication(const Publication& publication) {
    return write([&]() -> Result<std::int64_t> {
        if (connection_
                .run("UPDATE publication SET generation = $1 + 1, pack_hash = $2, responses = $3,"
                     " counts = $4 WHERE generation = $1",
                     PgParams(publication.generation, publication.pack_hash, publication.responses,
                              PgBytes{publication.counts}))
                .affected() != 1)
            return fail(ErrorCode::Conflict, "somebody else published");
        return publication.generation + 1;
    });
}

Result<std::int64_t> PostgresStore::delete_responses(const DeletionRule& rule) {
    if (rule.before_day.empty() && rule.pack_hash.empty())
        return fail(ErrorCode::Invalid, "a deletion needs a day or a pack");
    return write([&]() -> Result<std::int64_t> {
        const PgRows groups = connection_.run(
            "SELECT id FROM response_group WHERE $1 = ''"
            " OR (first_day <> '' AND first_day < $1) ORDER BY id",
            PgParams(rule.before_day));
        std::int64_t count = 0;
        for (int i = 0; i < groups.size(); ++i) {
            const auto deleted = thin(groups.text(i, 0), rule);
            if (!deleted) return deleted;
            count += *deleted;
        }
        connection_.send("DELETE FROM released", PgParams());
        connection_.send("UPDATE checkpoint SET generation = generation + 1, counts = ''",
                         PgParams());
        return count;
    });
}

Result<std::int64_t> PostgresStore::thin(const std::string& group, const DeletionRule& rule) {
    const PgRows row = connection_.run(
        "SELECT records FROM response_group WHERE id = $1 FOR UPDATE", PgParams(group));
    if (row.size() == 0) return 0;  // another deletion was first
    const auto left = thinned(group, row.view(0, 0), rule);
    if (!left) return tl::unexpected<Error>(left.error());
    if (left->deleted.empty()) return 0;
    if (left->row)
        put(*left->row);
    else
        connection_.run("DELETE FROM response_group WHERE id = $1", PgParams(group));
    PgArray ids(PgArray::Of::Text);
    for (const std::string& id : left->deleted) ids.add(id);
    connection_.run("DELETE FROM review WHERE response_group = $1 AND response = ANY ($2)",
                    PgParams(group, ids));
    connection_.run("DELETE FROM review_tag WHERE response = ANY ($1)", PgParams(ids));
    return std::ssize(left->deleted);
}

void PostgresStore::put(const GroupRow& row) {
    connection_.run(
        "UPDATE response_group SET size = $2, first_day = $3, records = $4 WHERE id = $1",
        PgParams(row.id, row.size, row.first_day, PgBytes{row.records}));
}

}  // namespace machikoe
