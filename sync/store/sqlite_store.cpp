#include "sync/store/sqlite_store.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/base/crypto.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/stored_names.h"
#include "sync/store/tables.h"

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
    using Results = Result<std::vector<std::vector<Appended>>>;
    return guarded([&] {
        std::vector<std::vector<Appended>> results;
        ComingOut out;
        Taking transaction(transaction_);
        for (const Group* group : groups) {
            auto appended = take_in(*group, out, now);
            if (!appended) return Results(tl::unexpected<Error>(appended.error()));
            results.push_back(std::move(*appended));
        }
        write(out);
        transaction.commit();
        releases_ += std::ssize(out);
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (const Appended& each : results[g])
                if (each.fresh && each.receipt.outcome == Outcome::Conflict)
                    spdlog::warn("store: kiosk {} sent other bytes under number {}; kept aside",
                                 groups[g]->kiosk, each.receipt.sequence);
        return Results(std::move(results));
    });
}

Result<std::vector<Appended>> SqliteStore::take_in(const Group& group, ComingOut& out,
                                                   Milliseconds now) {
    auto ledger = ledger_of(group);
    if (!ledger) return tl::unexpected<Error>(ledger.error());
    std::vector<Appended> appended;
    appended.reserve(group.incoming.size());
    std::int64_t fresh = 0;
    bool all_fresh = true;
    WaitingRows arrived;
    for (const Incoming& incoming : group.incoming) {
        auto taken = take_in(group.kiosk, *ledger, incoming, now);
        if (!taken) return tl::unexpected<Error>(taken.error());
        const Appended& last = appended.emplace_back(std::move(*taken));
        if (last.fresh && last.receipt.outcome != Outcome::Conflict) ++fresh;
        const auto* response = std::get_if<CarriesResponse>(&incoming.judgement);
        if (!response) continue;
        const bool is_in = last.fresh && last.receipt.outcome == Outcome::Stored;
        all_fresh &= is_in;
        if (is_in) arrived[{response->site, response->event}].push_back(incoming.envelope.payload);
    }
    write(group.kiosk, *ledger);
    note_seen(group.kiosk, fresh, now);
    if (group.mixed.empty() || !all_fresh) {
        write(group.kiosk, arrived);
        return appended;
    }
    const auto place = come_out(group.mixed, out);
    if (!place) return tl::unexpected<Error>(place.error());
    for (std::size_t i = 0; i < appended.size(); ++i)
        if (std::holds_alternative<CarriesResponse>(group.incoming[i].judgement))
            appended[i].came_out = *place;
    return appended;
}

/// Whatever is there of the numbers that the group is of.
Result<LedgerStretch> SqliteStore::ledger_of(const Group& group) {
    LedgerStretch ledger;
    if (group.incoming.empty()) return ledger;
    const auto [lowest, highest] = std::ranges::minmax(
        group.incoming, {}, [](const Incoming& each) { return each.envelope.sequence; });
    Use rows(runs_);
    rows.with(group.kiosk, lowest.envelope.sequence, highest.envelope.sequence);
    while (rows->executeStep()) {
        const Status loaded =
            ledger.load({rows->getColumn(0).getInt64(), bytes_of(rows->getColumn(1)),
                         rows->getColumn(2).getString()});
        if (!loaded) return tl::unexpected<Error>(loaded.error());
    }
    return ledger;
}

void SqliteStore::write(const std::string& kiosk, const LedgerStretch& ledger) {
    for (const LedgerRun* run : ledger.changed())
        Use(put_run_)
            .borrowing(kiosk, run->first, run->size(), Use::blob(run->hashes), run->outcomes)
            ->exec();
}

/// A response is only noted in the ledger: what it carries is written with its group.
Result<Appended> SqliteStore::take_in(const std::string& kiosk, LedgerStretch& ledger,
                                      const Incoming& incoming, Milliseconds now) {
    const Envelope& envelope = incoming.envelope;
    if (const auto held = ledger.find(envelope.sequence))
        return judge_repeat(kiosk, envelope, *held, now);
    const bool stored = std::holds_alternative<CarriesResponse>(incoming.judgement) ||
                        keep({kiosk, envelope.sequence}, envelope.payload, incoming.judgement);
    const Outcome outcome = stored ? Outcome::Stored : Outcome::Quarantined;
    if (const Status added = ledger.add(envelope.sequence, envelope.hash, outcome); !added)
        return tl::unexpected<Error>(added.error());
    return Appended{{envelope.sequence, envelope.hash, outcome}, true, nullptr};
}

bool SqliteStore::keep(const LedgerPlace& place, const std::string& payload,
                       const Judgement& judgement) {
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
                                   const LedgerStretch::Held& held, Milliseconds now) {
    if (held.hash == envelope.hash)
        return {{envelope.sequence, envelope.hash, held.outcome}, false, nullptr};
    const int added =
        Use(add_conflict_)
            .with(kiosk, envelope.sequence, envelope.hash, Use::blob(envelope.payload), now)
            ->exec();
    return {{envelope.sequence, envelope.hash, Outcome::Conflict}, added == 1, nullptr};
}

void SqliteStore::note_seen(const std::string& kiosk, std::int64_t fresh, Milliseconds now) {
    Use(seen_).with(kiosk, now, fresh)->exec();
}

Status SqliteStore::scan(const EachRecord& each) {
    SQLite::Statement all(database_, "SELECT records FROM response_group ORDER BY id");
    bool more = true;
    while (more && all.executeStep()) {
        const SQLite::Column records = all.getColumn(0);
        const Status read = for_each_record(
            view_of(records), [&](auto id, auto record) { return more = each(id, record); });
        if (!read) return read;
    }
    return {};
}

Status SqliteStore::for_each_response(const EachStored& each) {
    return guarded(
        [&] { return for_each_read([&](const auto& take) { return scan(take); }, each); });
}

Status SqliteStore::for_each_response_by_id(const EachStored& each) {
    return guarded([&]() -> Status {
        const OneMoment moment(database_, holds_moment_);
        return for_each_by_id([&](const auto& take) { return scan(take); }, each);
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

namespace {

// What commits touch of a ward's database stays in memory.
constexpr int kCacheKiB = 32 << 10;

}  // namespace

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
        if (writes) database->exec("PRAGMA cache_size = " + std::to_string(-kCacheKiB));
        return std::make_unique<SqliteStore>(std::move(*database));
    });
}

}  // namespace machikoe
