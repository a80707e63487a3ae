// What residents wrote in their own words, and what staff decided about it.
#include <algorithm>

#include "sync/store/postgres_store.h"
#include "sync/store/stored_names.h"
#include "sync/wire/stored_record.h"

namespace machikoe {
namespace {

/// "" when the record holds none.
std::string text_in(const Response& response, const std::string& question) {
    const auto answer = response.answers.find(question);
    if (answer == response.answers.end()) return "";
    const auto* text = std::get_if<std::string>(&answer->second.value);
    return text ? *text : "";
}

Status no_such_text(const FreeTextId& id) {
    return fail(ErrorCode::NotFound, "no free text " + id.response + ":" + id.question);
}

}  // namespace

Result<std::vector<FreeText>> PostgresStore::free_texts(std::optional<ReviewState> state,
                                                        const FreeTextId& after,
                                                        std::size_t limit) {
    return in_one_moment([&]() -> Result<std::vector<FreeText>> {
        const PgRows rows = connection_.run(
            "SELECT review.response, review.question, review.state, response.record"
            " FROM review JOIN response ON response.id = review.response"
            " WHERE ($1 = '' OR review.state = $1)"
            " AND (review.response, review.question) > ($2, $3)"
            " ORDER BY review.response, review.question LIMIT $4",
            PgParams(state ? name_of(*state) : std::string_view(), after.response, after.question,
                     static_cast<std::int64_t>(limit)));
        StoredRecords records;
        std::vector<FreeText> texts;
        for (int i = 0; i < rows.size(); ++i) {
            const FreeTextId id{rows.text(i, 0), rows.text(i, 1)};
            const Result<Response> response = records.read(rows.view(i, 3));
            if (!response)
                return fail(ErrorCode::Corrupt, "response " + id.response +
                                                    " cannot be read: " + response.error().message);
            texts.push_back({id,
                             review_state_of(rows.view(i, 2)).value_or(ReviewState::Pending),
                             text_in(*response, id.question),
                             {}});
        }
        if (!texts.empty()) add_tags(texts);
        return texts;
    });
}

/// REQUIRES: in the order of their ids, as the tags are.
void PostgresStore::add_tags(std::vector<FreeText>& texts) {
    const FreeTextId &first = texts.front().id, &last = texts.back().id;
    const PgRows rows = connection_.run(
        "SELECT response, question, tag FROM review_tag WHERE (response, question) >= ($1, $2)"
        " AND (response, question) <= ($3, $4) ORDER BY response, question, tag",
        PgParams(first.response, first.question, last.response, last.question));
    auto text = texts.begin();
    for (int i = 0; i < rows.size(); ++i) {
        const FreeTextId id{rows.text(i, 0), rows.text(i, 1)};
        while (text != texts.end() && text->id < id) ++text;
        if (text != texts.end() && text->id == id) text->tags.push_back(rows.text(i, 2));
    }
}

Status PostgresStore::decide(const FreeTextId& id, const ReviewDecision& decision,
                             Milliseconds now) {
    return write([&]() -> Status {
        std::optional<PgBytes> original;
        if (!decision.sealed_original.empty()) original = PgBytes{decision.sealed_original};
        // The first original stays: a second redaction seals what was redacted already.
        // The day says enough.
        if (connection_
                .run("UPDATE review SET state = $3, original = coalesce(original, $4),"
                     " decided_ms = $5 WHERE response = $1 AND question = $2",
                     PgParams(id.response, id.question, name_of(decision.state), original,
                              static_cast<std::int64_t>(now.count() / kDayMs * kDayMs)))
                .affected() != 1)
            return no_such_text(id);
        if (decision.new_text) return replace_text(id, *decision.new_text);
        return {};
    });
}

Status PostgresStore::replace_text(const FreeTextId& id, const std::string& text) {
    const PgRows row = connection_.run("SELECT record FROM response WHERE id = $1 FOR UPDATE",
                                       PgParams(id.response));
    if (row.size() == 0) return fail(ErrorCode::NotFound, "no response " + id.response);
    auto response = decode_record(row.view(0, 0));
    if (!response) return fail(ErrorCode::Corrupt, response.error().message);
    response->answers[id.question].value = text;
    connection_.run("UPDATE response SET record = $2 WHERE id = $1",
                    PgParams(id.response, encode_record(*response)));
    return {};
}

Result<std::string> PostgresStore::sealed_original(const FreeTextId& id) {
    return pg_guarded([&]() -> Result<std::string> {
        const PgRows row = read("SELECT original FROM review WHERE response = $1 AND question = $2",
                                PgParams(id.response, id.question));
        if (row.size() == 0 || row.null(0, 0))
            return fail(ErrorCode::NotFound, "nothing was taken out of it");
        return row.text(0, 0);
    });
}

Status PostgresStore::tag(const FreeTextId& id, const std::string& tag, bool on) {
    return write([&]() -> Status {
        // Locked, so that a deletion does not leave a tag of nothing.
        if (connection_
                .run("SELECT 1 FROM review WHERE response = $1 AND question = $2 FOR UPDATE",
                     PgParams(id.response, id.question))
                .size() == 0)
            return no_such_text(id);
        connection_.send(on ? "INSERT INTO review_tag (response, question, tag)"
                              " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
                            : "DELETE FROM review_tag"
                              " WHERE response = $1 AND question = $2 AND tag = $3",
                         PgParams(id.response, id.question, tag));
        return {};
    });
}

Result<std::vector<std::pair<std::string, std::int64_t>>> PostgresStore::tag_counts() {
    return pg_guarded([&] {
        const PgRows rows =
            read("SELECT tag, count(*) FROM review_tag GROUP BY tag ORDER BY 2 DESC, 1");
        std::vector<std::pair<std::string, std::int64_t>> counts;
        for (int i = 0; i < rows.size(); ++i)
            counts.emplace_back(rows.text(i, 0), rows.number(i, 1));
        return counts;
    });
}

Result<std::vector<FreeTextId>> PostgresStore::unreviewed() {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT response, question FROM review WHERE state = 'pending'"
            " ORDER BY response, question");
        std::vector<FreeTextId> ids;
        for (int i = 0; i < rows.size(); ++i) ids.push_back({rows.text(i, 0), rows.text(i, 1)});
        return ids;
    });
}

}  // namespace machikoe
