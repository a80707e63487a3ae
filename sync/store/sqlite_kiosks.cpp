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

Result<KioskRow> SqliteStore::use_code(const std::string& code_hash, const std::string& kiosk,
                                       const std::string& token_hash, Milliseconds now) {
    return guarded([&]() -> Result<KioskRow> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement spend(database_,
                                "UPDATE enrolment_code SET used_ms = ?2 WHERE code_hash = ?1"
                                " AND used_ms IS NULL AND expires_ms > ?2 RETURNING name, site");
        std::string name, site;
        {
            Use code(spend);
            // One answer for all three: who guesses codes learns nothing from it.
            if (!code.with(code_hash, now)->executeStep())
                return fail(ErrorCode::Denied, "the code is unknown, spent or expired");
            name = code->getColumn(0).getString();
            site = code->getColumn(1).getString();
        }
        // A revoked kiosk that was given a new code is welcome again: staff made that code.
        SQLite::Statement enrol(
            database_,
            "INSERT INTO kiosk (id, name, site, token_hash, enrolled_ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, site = excluded.site,"
            " token_hash = excluded.token_hash, enrolled_ms = excluded.enrolled_ms, revoked = 0");
        Use(enrol).with(kiosk, name, site, token_hash, now)->exec();
        KioskRow enrolled;
        {
            Use row(kiosk_by_id_);
            row.with(kiosk)->executeStep();
            enrolled = kiosk_row(kiosk_by_id_);
        }
        transaction.commit();
        return enrolled;
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

Status SqliteStore::revoke(const std::string& kiosk) {
    return guarded([&]() -> Status {
        SQLite::Statement revoke(database_, "UPDATE kiosk SET revoked = 1 WHERE id = ?");
        if (Use(revoke).with(kiosk)->exec() == 0)
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
