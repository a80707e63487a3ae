#include "sync/store/sqlite_store.h"

#include <spdlog/spdlog.h>

#include "app/base/crypto.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/stored_names.h"
#include "sync/store/tables.h"
#include "sync/wire/stored_record.h"

namespace machikoe {

Result<std::vector<Receipt>> SqliteStore::append(const std::string& kiosk,
                                                 const std::vector<Incoming>& incoming,
                                                 Milliseconds now) {
    const Group group{kiosk, incoming};
    auto appended = append_together({&group}, now);
    if (!appended) return tl::unexpected<Error>(appended.error());
    std::vector<Receipt> receipts;
    for (const Appended& each : appended->front()) receipts.push_back(each.receipt);
    return receipts;
}

Result<std::vector<std::vector<Appended>>> SqliteStore::append_together(
    const std::vector<const Group*>& groups, Milliseconds now) {
    return guarded([&] {
        std::vector<std::vector<Appended>> results;
        ComingOut out;
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        for (const Group* group : groups) results.push_back(take_in(*group, out, now));
        write(out);
        transaction.commit();
        releases_ += static_cast<std::int64_t>(out.groups.size());
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (const Appended& each : results[g])
                if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                    spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                                 groups[g]->kiosk, each.receipt.sequence);
        return results;
    });
}

std::vector<Appended> SqliteStore::take_in(const Group& group, ComingOut& out, Milliseconds now) {
    std::vector<Appended> appended;
    appended.reserve(group.incoming.size());
    std::int64_t fresh = 0;
    bool all_fresh = true;
    for (const Incoming& incoming : group.incoming) {
        const bool carries = std::holds_alternative<CarriesResponse>(incoming.judgement);
        const bool may_come_out = carries && !group.mixed.empty();
        appended.push_back(take_in(group.kiosk, incoming, !may_come_out, now));
        const Appended& last = appended.back();
        if (last.fresh && last.receipt.outcome != Outcome::Conflict) ++fresh;
        if (may_come_out) all_fresh &= last.fresh && last.receipt.outcome == Outcome::Stored;
    }
    note_seen(group.kiosk, fresh, now);
    if (group.mixed.empty()) return appended;
    std::shared_ptr<const ReleasePlace> place;
    if (all_fresh) place = come_out(group.mixed, out);
    for (std::size_t i = 0; i < appended.size(); ++i) {
        const Incoming& incoming = group.incoming[i];
        if (!std::holds_alternative<CarriesResponse>(incoming.judgement)) continue;
        if (all_fresh)
            appended[i].came_out = place;
        else if (appended[i].fresh && appended[i].receipt.outcome == Outcome::Stored)
            keep({group.kiosk, incoming.envelope.sequence}, incoming.envelope.payload,
                 incoming.judgement);
    }
    return appended;
}

/// `keeps` false: what it carries is written elsewhere.
Appended SqliteStore::take_in(const std::string& kiosk, const Incoming& incoming, bool keeps,
                              Milliseconds now) {
    const Envelope& envelope = incoming.envelope;
    static const std::string kStored(name_of(Outcome::Stored));
    // Nearly all are new: to try costs one search in the ledger, to look first would cost two.
    const bool is_new =
        Use(add_ledger_)
            .borrowing(kiosk, envelope.sequence, envelope.previous, envelope.hash, kStored)
            ->exec() == 1;
    if (!is_new) {
        Use held(held_);
        held.with(kiosk, envelope.sequence)->executeStep();
        return judge_repeat(kiosk, envelope, held->getColumn(0).getString(),
                            held->getColumn(1).getString(), now);
    }
    const bool stored =
        !keeps || keep({kiosk, envelope.sequence}, envelope.payload, incoming.judgement);
    const Outcome outcome = stored ? Outcome::Stored : Outcome::Quarantined;
    if (!stored) Use(set_outcome_).with(name_of(outcome), kiosk, envelope.sequence)->exec();
    return {{envelope.sequence, envelope.hash, outcome}, true, nullptr};
}

bool SqliteStore::keep(const LedgerPlace& place, const std::string& payload,
                       const Judgement& judgement) {
    if (const auto* response = std::get_if<CarriesResponse>(&judgement)) {
        Use(add_waiting_)
            .borrowing(random_hex(16), place.kiosk, response->site, response->event,
                       Use::blob(payload))
            ->exec();
        return true;
    }
    if (const auto* opening = std::get_if<CarriesOpening>(&judgement)) {
        if (Use(add_epoch_)
                .with(opening->epoch, place.kiosk, place.sequence, Use::blob(payload))
                ->exec() == 1)
            return true;
        hold(place, payload, kEpochIsHere);
        return false;
    }
    hold(place, payload, std::get<Quarantined>(judgement));
    return false;
}

void SqliteStore::hold(const LedgerPlace& place, const std::string& payload,
                       const Quarantined& why) {
    Use(add_quarantine_)
        .with(place.kiosk, place.sequence, Use::blob(payload), name_of(why.cause), why.reason)
        ->exec();
}

Appended SqliteStore::judge_repeat(const std::string& kiosk, const Envelope& envelope,
                                   const std::string& held_hash, const std::string& held_outcome,
                                   Milliseconds now) {
    if (held_hash == envelope.hash) {
        const Outcome outcome =
            held_outcome == name_of(Outcome::Stored) ? Outcome::Stored : Outcome::Quarantined;
        return {{envelope.sequence, envelope.hash, outcome}, false};
    }
    const int added =
        Use(add_conflict_)
            .with(kiosk, envelope.sequence, envelope.hash, Use::blob(envelope.payload), now)
            ->exec();
    return {{envelope.sequence, envelope.hash, Outcome::Conflict}, added == 1};
}

void SqliteStore::note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now) {
    Use(seen_).with(kiosk, now, fresh)->exec();
}

Status SqliteStore::for_each_response(
    const std::function<bool(const std::string& id, const Response&)>& each) {
    return guarded([&]() -> Status {
        StoredRecords records;
        SQLite::Statement all(database_, "SELECT id, record FROM response ORDER BY id");
        while (all.executeStep()) {
            const std::string id = all.getColumn(0).getString();
            const SQLite::Column record = all.getColumn(1);
            const Result<Response> response =
                records.read({record.getText(), static_cast<std::size_t>(record.getBytes())});
            if (!response)
                return fail(ErrorCode::Corrupt,
                            "response " + id + " cannot be read: " + response.error().message);
            if (!each(id, *response)) break;
        }
        return {};
    });
}

// ---- packs ----------------------------------------------------------------------------

Status SqliteStore::put_pack(const std::string& hash, const std::string& id,
                             const PackFiles& files) {
    return guarded([&] {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement add(database_,
                              "INSERT OR IGNORE INTO pack (hash, id, file_name, text)"
                              " VALUES (?, ?, ?, ?)");
        for (const auto& [name, text] : files) Use(add).with(hash, id, name, text)->exec();
        transaction.commit();
    });
}

Result<PackFiles> SqliteStore::pack(const std::string& hash) {
    return guarded([&]() -> Result<PackFiles> {
        SQLite::Statement find(database_, "SELECT file_name, text FROM pack WHERE hash = ?");
        find.bind(1, hash);
        PackFiles files;
        while (find.executeStep())
            files.emplace(find.getColumn(0).getString(), find.getColumn(1).getString());
        if (files.empty()) return fail(ErrorCode::NotFound, "no pack '" + hash + "'");
        return files;
    });
}

Result<std::vector<std::string>> SqliteStore::pack_hashes() {
    return guarded([&] {
        SQLite::Statement all(database_, "SELECT DISTINCT hash FROM pack ORDER BY hash");
        std::vector<std::string> hashes;
        while (all.executeStep()) hashes.push_back(all.getColumn(0).getString());
        return hashes;
    });
}

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& folder,
                                                 StoreMode mode) {
    const bool writes = mode == StoreMode::ReadWrite;
    std::error_code ec;
    if (writes) std::filesystem::create_directories(folder, ec);
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    Result<SQLite::Database> database =
        open_database(folder / "server.db", kServerMigrations,
                      writes ? DatabaseMode::ReadWrite : DatabaseMode::ReadOnly);
    if (!database) return tl::unexpected<Error>(database.error());
    return guarded([&]() -> Result<std::unique_ptr<Store>> {
        if (database->tableExists(kSqliteNotWholeTable))
            return fail(ErrorCode::Corrupt, folder.string() + ": " + kNotWhole);
        // What was forgotten is overwritten, not merely unlinked from its page.
        if (writes) database->exec("PRAGMA secure_delete = ON");
        return std::make_unique<SqliteStore>(std::move(*database));
    });
}

}  // namespace machikoe
