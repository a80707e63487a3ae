#include "sync/store/sqlite_store.h"

namespace machikoe {
namespace {

KioskRow kiosk_row(SQLite::Statement& row) {
    KioskRow kiosk;
    kiosk.id = row.getColumn(0).getString();
    kiosk.name = row.getColumn(1).getString();
    kiosk.site = row.getColumn(2).getString();
    kiosk.revoked = row.getColumn(3).getInt() != 0;
    kiosk.enrolled = Milliseconds{row.getColumn(4).getInt64()};
    if (!row.getColumn(5).isNull()) kiosk.last_seen = Milliseconds{row.getColumn(5).getInt64()};
    kiosk.held = row.getColumn(6).getInt64();
    kiosk.highest_sequence = row.getColumn(7).getInt64();
    kiosk.signing_key = row.getColumn(8).getString();
    kiosk.set_up_key = row.getColumn(9).getString();
    kiosk.locked_set_up_key = row.getColumn(10).getString();
    kiosk.health = row.getColumn(11).getString();
    return kiosk;
}

}  // namespace

Status SqliteStore::add_code(const std::string& code_hash, const std::string& name,
                             const std::string& site, Milliseconds expires) {
    return guarded([&] {
        SQLite::Statement add(database_,
                              "INSERT INTO enrolment_code (code_hash, name, site, expires_ms)"
                              " VALUES (?, ?, ?, ?)");
        Use(add).with(code_hash, name, site, expires)->exec();
    });
}

Result<KioskRow> SqliteStore::use_code(const std::string& code_hash, const NewKiosk& kiosk,
                                       Milliseconds now) {
    return guarded([&]() -> Result<KioskRow> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement spend(
            database_,
            "UPDATE enrolment_code SET used_ms = coalesce(used_ms, ?2), kiosk = ?3, token_hash = ?4"
            " WHERE code_hash = ?1 AND expires_ms > ?2"
            " AND (used_ms IS NULL OR (kiosk = ?3 AND token_hash = ?4)) RETURNING name, site");
        std::string name, site;
        {
            Use code(spend);
            // One answer for all three: who guesses codes learns nothing from it.
            if (!code.with(code_hash, now, kiosk.id, kiosk.token_hash)->executeStep())
                return fail(ErrorCode::Denied, "the code is unknown, spent or expired");
            name = code->getColumn(0).getString();
            site = code->getColumn(1).getString();
        }
        if (Status taken = know(kiosk, name, site, now); !taken)
            return tl::unexpected<Error>(taken.error());
        SQLite::Statement admit(database_,
                                "UPDATE kiosk SET token_hash = ?2, revoked = 0 WHERE id = ?1");
        Use(admit).with(kiosk.id, kiosk.token_hash)->exec();
        KioskRow enrolled;
        {
            Use row(kiosk_by_id_);
            row.with(kiosk.id)->executeStep();
            enrolled = kiosk_row(kiosk_by_id_);
        }
        transaction.commit();
        return enrolled;
    });
}

/// Within a transaction of the caller.  A revoked kiosk that comes again with a new code is
/// welcome, and may bring new keys: staff made that code.
Status SqliteStore::know(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                         Milliseconds now) {
    {
        Use row(kiosk_by_id_);
        if (row.with(kiosk.id)->executeStep()) {
            const KioskRow known = kiosk_row(kiosk_by_id_);
            if (!known.signing_key.empty() && known.signing_key != kiosk.signing_key &&
                !known.revoked)
                return fail(ErrorCode::Denied,
                            "this kiosk is known with another signing key; revoke it first");
        }
    }
    SQLite::Statement take(
        database_,
        "INSERT INTO kiosk (id, name, site, enrolled_ms, signing_key, set_up_key,"
        " locked_set_up_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
        " name = ?2, site = ?3, enrolled_ms = ?4, signing_key = ?5, set_up_key = ?6,"
        " locked_set_up_key = ?7");
    Use(take)
        .with(kiosk.id, name, site, now, kiosk.signing_key, kiosk.set_up_key,
              kiosk.locked_set_up_key)
        ->exec();
    return {};
}

Status SqliteStore::adopt(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                          Milliseconds now) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        if (Status known = know(kiosk, name, site, now); !known) return known;
        transaction.commit();
        return {};
    });
}

Result<KioskRow> SqliteStore::kiosk_by_token(const std::string& token_hash) {
    return guarded([&]() -> Result<KioskRow> {
        Use row(kiosk_by_token_);
        if (!row.with(token_hash)->executeStep())
            return fail(ErrorCode::Denied, "unknown credential");
        KioskRow kiosk = kiosk_row(kiosk_by_token_);
        if (kiosk.revoked) return fail(ErrorCode::Denied, "revoked credential");
        return kiosk;
    });
}

Result<KioskRow> SqliteStore::kiosk(const std::string& id) {
    return guarded([&]() -> Result<KioskRow> {
        Use row(kiosk_by_id_);
        if (!row.with(id)->executeStep()) return fail(ErrorCode::NotFound, "no kiosk '" + id + "'");
        return kiosk_row(kiosk_by_id_);
    });
}

Status SqliteStore::revoke(const std::string& kiosk) {
    return guarded([&]() -> Status {
        SQLite::Statement revoke(database_, "UPDATE kiosk SET revoked = 1 WHERE id = ?");
        if (Use(revoke).with(kiosk)->exec() == 0)
            return fail(ErrorCode::NotFound, "no kiosk '" + kiosk + "'");
        return {};
    });
}

Status SqliteStore::note_health(const std::string& kiosk, const std::string& json) {
    return guarded([&]() -> Status {
        SQLite::Statement note(database_, "UPDATE kiosk SET health = ?2 WHERE id = ?1");
        if (Use(note).with(kiosk, json)->exec() == 0)
            return fail(ErrorCode::NotFound, "no kiosk '" + kiosk + "'");
        return {};
    });
}

Result<std::vector<KioskRow>> SqliteStore::kiosks() {
    return guarded([&] {
        SQLite::Statement all(database_, kSelectKiosk + " ORDER BY site, name, id");
        std::vector<KioskRow> found;
        while (all.executeStep()) found.push_back(kiosk_row(all));
        return found;
    });
}

}  // namespace machikoe
