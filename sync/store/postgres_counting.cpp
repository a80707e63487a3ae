// Checkpoints of derived counts, and the responses that whoever counts has not seen yet.
#include "sync/store/postgres_store.h"
#include "sync/store/stored_names.h"
#include "sync/wire/stored_record.h"

namespace machikoe {
namespace {

Response read_or_throw(StoredRecords& records, std::string_view record) {
    Result<Response> response = records.read(record);
    if (!response)
        throw PgFailure(
            {ErrorCode::Corrupt, "a response cannot be read: " + response.error().message}, "",
            false);
    return std::move(*response);
}

}  // namespace

void PostgresStore::stream(const std::string& select,
                           const std::function<bool(const PgRows&, int)>& each) {
    // A cursor, not one result: ten million rows do not fit, and between two pieces the
    // connection is free for whatever `each` asks.
    constexpr const char* kFetch = "FETCH 1000 FROM machikoe_rows";
    connection_.run_once("DECLARE machikoe_rows NO SCROLL CURSOR FOR " + select);
    for (bool more = true; more;) {
        const PgRows rows = connection_.run_once(kFetch);
        more = rows.size() > 0;
        streamed_ = streamed_ || more;
        for (int i = 0; more && i < rows.size(); ++i) more = each(rows, i);
    }
    connection_.run_once("CLOSE machikoe_rows");
}

Status PostgresStore::for_each_response(
    const std::function<bool(const std::string& id, const Response&)>& each) {
    return in_one_moment([&]() -> Status {
        StoredRecords records;
        Status status;
        stream("SELECT id, record FROM response ORDER BY id", [&](const PgRows& rows, int i) {
            const std::string id = rows.text(i, 0);
            const Result<Response> response = records.read(rows.view(i, 1));
            if (response) return each(id, *response);
            status = fail(ErrorCode::Corrupt,
                          "response " + id + " cannot be read: " + response.error().message);
            return false;
        });
        return status;
    });
}

Result<Watermark> PostgresStore::count_all(const std::function<void(const Response&)>& each) {
    return in_one_moment([&] {
        Watermark seen;
        const PgRows last =
            connection_.run("SELECT writer, max(number) FROM released GROUP BY writer");
        for (int i = 0; i < last.size(); ++i) seen[last.text(i, 0)] = last.number(i, 1);
        StoredRecords records;
        // In whatever order they lie: who counts does not ask for one.
        stream("SELECT record FROM response", [&](const PgRows& rows, int i) {
            each(read_or_throw(records, rows.view(i, 0)));
            return true;
        });
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
std::vector<Response> PostgresStore::responses_of(const std::string& ids) {
    PgArray all(PgArray::Of::Text);
    for (std::size_t at = 0; at + kResponseIdLength <= ids.size(); at += kResponseIdLength)
        all.add(std::string_view(ids).substr(at, kResponseIdLength));
    const PgRows rows = connection_.run(
        "SELECT record FROM response WHERE id = ANY ($1) ORDER BY id", PgParams(all));
    StoredRecords records;
    std::vector<Response> responses;
    for (int i = 0; i < rows.size(); ++i)
        responses.push_back(read_or_throw(records, rows.view(i, 0)));
    return responses;
}

Result<std::vector<ReleasedGroup>> PostgresStore::released_after(const Watermark& seen) {
    return in_one_moment([&] {
        PgArray writers(PgArray::Of::Text), numbers(PgArray::Of::Number);
        for (const auto& [writer, number] : seen) {
            writers.add(writer);
            numbers.add(number);
        }
        const PgRows rows = connection_.run(
            "SELECT released.writer, released.number, released.ids FROM released"
            " LEFT JOIN unnest($1::text[], $2::bigint[]) AS seen (writer, number)"
            " ON seen.writer = released.writer"
            " WHERE seen.number IS NULL OR released.number > seen.number"
            " ORDER BY released.writer, released.number",
            PgParams(writers, numbers));
        std::vector<ReleasedGroup> groups;
        for (int i = 0; i < rows.size(); ++i)
            groups.push_back({{rows.text(i, 0), rows.number(i, 1)}, responses_of(rows.text(i, 2))});
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
    return write([&] {
        const std::int64_t count =
            connection_
                .run(
                    "DELETE FROM response WHERE ($2 = '' OR pack_hash = $2) AND ($1 = '' OR"
                    " (day <> '' AND day < substr($1, 1, length(day))))",
                    PgParams(rule.before_day, rule.pack_hash))
                .affected();
        connection_.send(
            "DELETE FROM review WHERE NOT EXISTS (SELECT 1 FROM response WHERE id = response)",
            PgParams());
        connection_.send(
            "DELETE FROM review_tag WHERE NOT EXISTS (SELECT 1 FROM response WHERE id = response)",
            PgParams());
        connection_.send("DELETE FROM released", PgParams());
        connection_.send("UPDATE checkpoint SET generation = generation + 1, counts = ''",
                         PgParams());
        return count;
    });
}

}  // namespace machikoe
