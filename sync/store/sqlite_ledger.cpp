#include <algorithm>

#include "app/base/crypto.h"
#include "sync/store/sqlite_store.h"
#include "sync/store/stored_names.h"

namespace machikoe {

Cause cause_of(std::string_view name) {
    for (const Cause cause : {Cause::UnknownEpoch, Cause::UnknownKey, Cause::UnknownPack})
        if (name_of(cause) == name) return cause;
    return Cause::Unfit;
}

std::string_view name_of(Cause cause) {
    switch (cause) {
        case Cause::UnknownEpoch:
            return "unknown-epoch";
        case Cause::UnknownKey:
            return "unknown-key";
        case Cause::UnknownPack:
            return "unknown-pack";
        case Cause::Unfit:
            return "unfit";
    }
    return "unfit";
}

// ---- groups ---------------------------------------------------------------------------

Result<std::vector<WaitingGroup>> SqliteStore::waiting_groups() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT site, event, count(*) FROM waiting GROUP BY site, event"
                              " ORDER BY site, event");
        std::vector<WaitingGroup> groups;
        while (all.executeStep())
            groups.push_back({all.getColumn(0).getString(), all.getColumn(1).getString(),
                              all.getColumn(2).getInt64()});
        return groups;
    });
}

Result<std::vector<WaitingResponse>> SqliteStore::waiting(const std::string& site,
                                                          const std::string& event) {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT id, kiosk, payload FROM waiting WHERE site = ? AND event = ?"
                              " ORDER BY id");
        Use group(all);
        group.with(site, event);
        std::vector<WaitingResponse> found;
        while (all.executeStep())
            found.push_back({all.getColumn(0).getString(), all.getColumn(1).getString(),
                             bytes_of(all.getColumn(2))});
        return found;
    });
}

Result<ReleasePlace> SqliteStore::release(const std::vector<std::string>& waiting_ids,
                                          const std::vector<Response>& responses) {
    return guarded([&]() -> Result<ReleasePlace> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        for (const std::string& id : waiting_ids)
            if (Use(forget_waiting_).with(id)->exec() != 1)
                return fail(ErrorCode::Conflict, "one of the group waits no longer");
        ComingOut out;
        const auto place = come_out(responses, out);
        write(out);
        transaction.commit();
        ++releases_;
        return *place;
    });
}

std::shared_ptr<const ReleasePlace> SqliteStore::come_out(const std::vector<Response>& group,
                                                          ComingOut& out) {
    auto place = std::make_shared<const ReleasePlace>(
        ReleasePlace{writer_, releases_ + 1 + static_cast<std::int64_t>(out.groups.size())});
    std::vector<std::string> ids;
    for (const Response& response : group) {
        ids.push_back(random_hex(16));
        out.rows.emplace_back(ids.back(), &response);
    }
    out.groups.emplace_back(place, std::move(ids));
    return place;
}

/// What was answered after what is not to be read from the pages and rows that this writes.
void SqliteStore::write(ComingOut& out) {
    std::sort(out.rows.begin(), out.rows.end());
    for (const auto& [id, response] : out.rows) insert(id, *response);
    for (auto& [place, ids] : out.groups) {
        std::sort(ids.begin(), ids.end());
        std::string together;
        for (const std::string& id : ids) together += id;
        Use(add_released_).borrowing(place->writer, place->number, together)->exec();
    }
}

void SqliteStore::insert(const std::string& id, const Response& response) {
    // Encoded anew, not copied from the envelope: whatever else a kiosk may have put
    // beside the answer stays out of this table.
    Use(add_response_)
        .borrowing(id, response.pack_hash, response.when.day,
                   static_cast<std::int64_t>(response.when.hour), response.site, response.event,
                   name_of(response.universe), encode_record(response))
        ->exec();
    queue_texts(id, response);
}

// ---- openings and the quarantine --------------------------------------------------------

Result<std::string> SqliteStore::opening(const std::string& epoch) {
    return guarded([&]() -> Result<std::string> {
        Use row(opening_);
        if (!row.with(epoch)->executeStep()) return fail(ErrorCode::NotFound, "no such epoch");
        return bytes_of(row->getColumn(0));
    });
}

Result<std::vector<HeldEnvelope>> SqliteStore::quarantined(std::optional<Cause> cause,
                                                           const LedgerPlace& after,
                                                           std::size_t limit) {
    return guarded([&] {
        SQLite::Statement some(database_,
                               "SELECT kiosk, sequence, payload, cause, reason FROM quarantine"
                               " WHERE (kiosk, sequence) > (?1, ?2) AND (?3 = '' OR cause = ?3)"
                               " ORDER BY kiosk, sequence LIMIT ?4");
        Use rows(some);
        rows.with(after.kiosk, after.sequence, cause ? name_of(*cause) : std::string_view(),
                  static_cast<std::int64_t>(limit));
        std::vector<HeldEnvelope> held;
        while (some.executeStep())
            held.push_back(
                {some.getColumn(0).getString(),
                 some.getColumn(1).getInt64(),
                 bytes_of(some.getColumn(2)),
                 {cause_of(some.getColumn(3).getString()), some.getColumn(4).getString()}});
        return held;
    });
}

Status SqliteStore::readmit(const std::string& kiosk, std::int64_t sequence,
                            const Judgement& judgement) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement take(
            database_, "DELETE FROM quarantine WHERE kiosk = ? AND sequence = ? RETURNING payload");
        std::string payload;
        {
            Use taken(take);
            if (!taken.with(kiosk, sequence)->executeStep())
                return fail(ErrorCode::Conflict, "it is in quarantine no longer");
            payload = bytes_of(taken->getColumn(0));
        }
        keep({kiosk, sequence}, payload, judgement);
        transaction.commit();
        return {};
    });
}

// ---- the ledger, for people -------------------------------------------------------------

Result<std::vector<Gap>> SqliteStore::gaps(const std::string& kiosk) {
    return guarded([&] {
        SQLite::Statement all(
            database_,
            "SELECT before + 1, sequence - 1 FROM (SELECT sequence, lag(sequence, 1, 0)"
            " OVER (ORDER BY sequence) AS before FROM ledger WHERE kiosk = ?)"
            " WHERE sequence > before + 1 ORDER BY sequence");
        all.bind(1, kiosk);
        std::vector<Gap> gaps;
        while (all.executeStep())
            gaps.push_back({all.getColumn(0).getInt64(), all.getColumn(1).getInt64()});
        return gaps;
    });
}

Result<std::vector<ConflictRow>> SqliteStore::conflicts() {
    return guarded([&] {
        SQLite::Statement all(
            database_,
            "SELECT conflict.kiosk, conflict.sequence, ledger.hash, conflict.hash, noted_ms"
            " FROM conflict JOIN ledger USING (kiosk, sequence)"
            " ORDER BY conflict.kiosk, conflict.sequence, conflict.hash");
        std::vector<ConflictRow> rows;
        while (all.executeStep())
            rows.push_back({all.getColumn(0).getString(), all.getColumn(1).getInt64(),
                            all.getColumn(2).getString(), all.getColumn(3).getString(),
                            Milliseconds{all.getColumn(4).getInt64()}});
        return rows;
    });
}

Result<Counts> SqliteStore::counts() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT (SELECT count(*) FROM response),"
                              " (SELECT count(*) FROM waiting), (SELECT count(*) FROM epoch),"
                              " (SELECT count(*) FROM ledger), (SELECT count(*) FROM quarantine),"
                              " (SELECT count(*) FROM conflict)");
        all.executeStep();
        return Counts{all.getColumn(0).getInt64(), all.getColumn(1).getInt64(),
                      all.getColumn(2).getInt64(), all.getColumn(3).getInt64(),
                      all.getColumn(4).getInt64(), all.getColumn(5).getInt64()};
    });
}

}  // namespace machikoe
