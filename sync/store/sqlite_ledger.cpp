// Openings, the quarantine, and what people ask the ledger.
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
        if (const auto* response = std::get_if<CarriesResponse>(&judgement))
            write(kiosk, {{{response->site, response->event}, {payload}}});
        else
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
            "SELECT expected, first - 1 FROM (SELECT first, lag(first + size, 1, 1)"
            " OVER (ORDER BY first) AS expected FROM ledger_run WHERE kiosk = ?)"
            " WHERE first > expected ORDER BY first");
        all.bind(1, kiosk);
        std::vector<Gap> gaps;
        while (all.executeStep())
            gaps.push_back({all.getColumn(0).getInt64(), all.getColumn(1).getInt64()});
        return gaps;
    });
}

Result<std::vector<ConflictRow>> SqliteStore::conflicts() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT kiosk, sequence, (SELECT lower(hex(substr(hashes, 1 + 32 * "
                              "(sequence - first), 32)))"
                              " FROM ledger_run WHERE kiosk = conflict.kiosk AND first <= sequence"
                              " ORDER BY first DESC LIMIT 1), hash, noted_ms FROM conflict"
                              " ORDER BY kiosk, sequence, hash");
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
        SQLite::Statement all(
            database_,
            "SELECT (SELECT coalesce(sum(size), 0) FROM response_group),"
            " (SELECT coalesce(sum(size), 0) FROM waiting), (SELECT count(*) FROM epoch),"
            " (SELECT coalesce(sum(size), 0) FROM ledger_run), (SELECT count(*) FROM quarantine),"
            " (SELECT count(*) FROM conflict)");
        all.executeStep();
        return Counts{all.getColumn(0).getInt64(), all.getColumn(1).getInt64(),
                      all.getColumn(2).getInt64(), all.getColumn(3).getInt64(),
                      all.getColumn(4).getInt64(), all.getColumn(5).getInt64()};
    });
}

}  // namespace machikoe
