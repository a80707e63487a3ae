#include "sync/store/sqlite_store.h"

#include <spdlog/spdlog.h>

#include "app/base/crypto.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/stored_names.h"
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
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        for (const Group* group : groups) {
            std::vector<Appended> appended;
            std::int64_t fresh = 0;
            for (const Incoming& incoming : group->incoming) {
                appended.push_back(take_in(group->kiosk, incoming, now));
                const Outcome outcome = appended.back().receipt.outcome;
                if (appended.back().fresh && outcome != Outcome::Conflict) ++fresh;
            }
            note_seen(group->kiosk, fresh, now);
            results.push_back(std::move(appended));
        }
        transaction.commit();
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (const Appended& each : results[g])
                if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                    spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                                 groups[g]->kiosk, each.receipt.sequence);
        return results;
    });
}

Appended SqliteStore::take_in(const std::string& kiosk, const Incoming& incoming,
                              Milliseconds now) {
    const Envelope& envelope = incoming.envelope;
    {
        Use held(held_);
        if (held.with(kiosk, envelope.sequence)->executeStep())
            return judge_repeat(kiosk, envelope, held->getColumn(0).getString(),
                                held->getColumn(1).getString(), now);
    }
    const bool kept = keep({kiosk, envelope.sequence}, envelope.payload, incoming.judgement);
    const Outcome outcome = kept ? Outcome::Stored : Outcome::Quarantined;
    Use(add_ledger_)
        .with(kiosk, envelope.sequence, envelope.previous, envelope.hash, name_of(outcome))
        ->exec();
    return {{envelope.sequence, envelope.hash, outcome}, true};
}

bool SqliteStore::keep(const LedgerPlace& place, const std::string& payload,
                       const Judgement& judgement) {
    if (const auto* response = std::get_if<CarriesResponse>(&judgement)) {
        Use(add_waiting_)
            .with(random_hex(16), place.kiosk, response->site, response->event, Use::blob(payload))
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
        // What was forgotten is overwritten, not merely unlinked from its page.
        if (writes) database->exec("PRAGMA secure_delete = ON");
        return std::make_unique<SqliteStore>(std::move(*database));
    });
}

}  // namespace machikoe
