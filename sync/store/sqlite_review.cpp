// What residents wrote in their own words, and what staff decided about it.
#include <algorithm>

#include "sync/store/sqlite_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {
namespace {

constexpr std::pair<ReviewState, std::string_view> kStates[] = {
    {ReviewState::Pending, "pending"},
    {ReviewState::Approved, "approved"},
    {ReviewState::Redacted, "redacted"},
    {ReviewState::Withheld, "withheld"}};

}  // namespace

std::string_view name_of(ReviewState state) {
    for (const auto& [each, name] : kStates)
        if (each == state) return name;
    return "";
}

std::optional<ReviewState> review_state_of(std::string_view name) {
    for (const auto& [state, each] : kStates)
        if (each == name) return state;
    return std::nullopt;
}

void SqliteStore::queue_texts(const std::string& id, const Response& response) {
    for (const auto& [question, answer] : response.answers)
        if (std::holds_alternative<std::string>(answer.value))
            Use(add_review_).with(id, question)->exec();
}

Result<std::vector<FreeText>> SqliteStore::free_texts(std::optional<ReviewState> state,
                                                      const FreeTextId& after, std::size_t limit) {
    return guarded([&]() -> Result<std::vector<FreeText>> {
        SQLite::Statement find(
            database_,
            "SELECT review.response, review.question, state,"
            " json_extract(record, '$.answers.' || review.question || '.text'),"
            " (SELECT group_concat(tag, ' ') FROM review_tag WHERE response = review.response"
            "   AND question = review.question)"
            " FROM review JOIN response ON response.id = review.response"
            " WHERE (?1 = '' OR state = ?1) AND (review.response, review.question) > (?2, ?3)"
            " ORDER BY review.response, review.question LIMIT ?4");
        Use use(find);
        use.with(state ? name_of(*state) : std::string_view(), after.response, after.question,
                 static_cast<std::int64_t>(limit));
        std::vector<FreeText> texts;
        while (use->executeStep()) {
            FreeText text{
                {use->getColumn(0).getString(), use->getColumn(1).getString()},
                review_state_of(use->getColumn(2).getString()).value_or(ReviewState::Pending),
                use->getColumn(3).getString(),
                {}};
            std::string tags = use->getColumn(4).getString();
            for (std::size_t at = 0; !tags.empty() && at != std::string::npos;) {
                const std::size_t end = tags.find(' ', at);
                text.tags.push_back(tags.substr(at, end - at));
                at = end == std::string::npos ? end : end + 1;
            }
            std::ranges::sort(text.tags);
            texts.push_back(std::move(text));
        }
        return texts;
    });
}

Status SqliteStore::decide(const FreeTextId& id, const ReviewDecision& decision, Milliseconds now) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement set(database_,
                              "UPDATE review SET state = ?3, original = coalesce(original, ?4),"
                              " decided_ms = ?5 WHERE response = ?1 AND question = ?2");
        {
            Use use(set);
            use.with(id.response, id.question, name_of(decision.state));
            // The first original stays: a second redaction seals what was redacted already.
            if (decision.sealed_original.empty())
                set.bind(4);
            else
                set.bind(4, decision.sealed_original.data(),
                         static_cast<int>(decision.sealed_original.size()));
            set.bind(5, now.count() / kDayMs * kDayMs);  // the day says enough
            if (use->exec() != 1)
                return fail(ErrorCode::NotFound, "no free text " + id.response + ":" + id.question);
        }
        if (decision.new_text)
            if (const Status written = replace_text(id, *decision.new_text); !written)
                return written;
        transaction.commit();
        // What was replaced is not to be read from the log either.
        if (decision.new_text)
            SQLite::Statement(database_, "PRAGMA wal_checkpoint(TRUNCATE)").executeStep();
        return {};
    });
}

Status SqliteStore::replace_text(const FreeTextId& id, const std::string& text) {
    SQLite::Statement find(database_, "SELECT record FROM response WHERE id = ?");
    find.bind(1, id.response);
    if (!find.executeStep()) return fail(ErrorCode::NotFound, "no response " + id.response);
    auto response = decode_record(find.getColumn(0).getString());
    if (!response) return fail(ErrorCode::Corrupt, response.error().message);
    find.reset();
    response->answers[id.question].value = text;
    SQLite::Statement set(database_, "UPDATE response SET record = ? WHERE id = ?");
    set.bind(1, encode_record(*response));
    set.bind(2, id.response);
    set.exec();
    return {};
}

Result<std::string> SqliteStore::sealed_original(const FreeTextId& id) {
    return guarded([&]() -> Result<std::string> {
        SQLite::Statement find(database_,
                               "SELECT original FROM review WHERE response = ? AND question = ?");
        find.bind(1, id.response);
        find.bind(2, id.question);
        if (!find.executeStep() || find.getColumn(0).isNull())
            return fail(ErrorCode::NotFound, "nothing was taken out of it");
        return bytes_of(find.getColumn(0));
    });
}

Status SqliteStore::tag(const FreeTextId& id, const std::string& tag, bool on) {
    return guarded([&]() -> Status {
        SQLite::Statement there(database_,
                                "SELECT 1 FROM review WHERE response = ? AND question = ?");
        there.bind(1, id.response);
        there.bind(2, id.question);
        if (!there.executeStep())
            return fail(ErrorCode::NotFound, "no free text " + id.response + ":" + id.question);
        SQLite::Statement set(
            database_,
            on ? "INSERT OR IGNORE INTO review_tag (response, question, tag)"
                 " VALUES (?, ?, ?)"
               : "DELETE FROM review_tag WHERE response = ? AND question = ? AND tag = ?");
        Use(set).with(id.response, id.question, tag)->exec();
        return {};
    });
}

Result<std::vector<std::pair<std::string, std::int64_t>>> SqliteStore::tag_counts() {
    return guarded([&] {
        SQLite::Statement all(
            database_, "SELECT tag, count(*) FROM review_tag GROUP BY tag ORDER BY 2 DESC, 1");
        std::vector<std::pair<std::string, std::int64_t>> counts;
        while (all.executeStep())
            counts.emplace_back(all.getColumn(0).getString(), all.getColumn(1).getInt64());
        return counts;
    });
}

Result<std::vector<FreeTextId>> SqliteStore::unreviewed() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT response, question FROM review WHERE state = 'pending'"
                              " ORDER BY response, question");
        std::vector<FreeTextId> ids;
        while (all.executeStep())
            ids.push_back({all.getColumn(0).getString(), all.getColumn(1).getString()});
        return ids;
    });
}

}  // namespace machikoe
