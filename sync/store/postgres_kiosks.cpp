#include "sync/store/postgres_store.h"

namespace machikoe {
namespace {

/// The columns that kiosk_row() reads.
const std::string kSelectKiosk =
    "SELECT id, name, site, revoked, enrolled_ms, last_seen_ms, held_count,"
    " coalesce((SELECT max(sequence) FROM ledger WHERE kiosk = kiosk.id), 0),"
    " signing_key, set_up_key, locked_set_up_key, health FROM kiosk";
const std::string kKioskById = kSelectKiosk + " WHERE id = $1";
const std::string kKioskByToken = kSelectKiosk + " WHERE token_hash = $1";
const std::string kKiosks = kSelectKiosk + " ORDER BY site, name, id";

KioskRow kiosk_row(const PgRows& rows, int i) {
    KioskRow kiosk;
    kiosk.id = rows.text(i, 0);
    kiosk.name = rows.text(i, 1);
    kiosk.site = rows.text(i, 2);
    kiosk.revoked = rows.number(i, 3) != 0;
    kiosk.enrolled = rows.time(i, 4);
    if (!rows.null(i, 5)) kiosk.last_seen = rows.time(i, 5);
    kiosk.held = rows.number(i, 6);
    kiosk.highest_sequence = rows.number(i, 7);
    kiosk.signing_key = rows.text(i, 8);
    kiosk.set_up_key = rows.text(i, 9);
    kiosk.locked_set_up_key = rows.text(i, 10);
    kiosk.health = rows.text(i, 11);
    return kiosk;
}

}  // namespace

Status PostgresStore::add_code(const std::string& code_hash, const std::string& name,
                               const std::string& site, Milliseconds expires) {
    return write([&]() -> Status {
        if (connection_
                .run("INSERT INTO enrolment_code (code_hash, name, site, expires_ms)"
                     " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                     PgParams(code_hash, name, site, expires))
                .affected() != 1)
            return fail(ErrorCode::Conflict, "this code exists");
        return {};
    });
}

Result<KioskRow> PostgresStore::use_code(const std::string& code_hash, const NewKiosk& kiosk,
                                         Milliseconds now) {
    return write([&]() -> Result<KioskRow> {
        const PgRows code = connection_.run(
            "UPDATE enrolment_code SET used_ms = coalesce(used_ms, $2), kiosk = $3, token_hash = $4"
            " WHERE code_hash = $1 AND expires_ms > $2"
            " AND (used_ms IS NULL OR (kiosk = $3 AND token_hash = $4)) RETURNING name, site",
            PgParams(code_hash, now, kiosk.id, kiosk.token_hash));
        // One answer for all three: who guesses codes learns nothing from it.
        if (code.size() == 0)
            return fail(ErrorCode::Denied, "the code is unknown, spent or expired");
        if (Status taken = know(kiosk, code.text(0, 0), code.text(0, 1), now); !taken)
            return tl::unexpected<Error>(taken.error());
        connection_.run("UPDATE kiosk SET token_hash = $2, revoked = 0 WHERE id = $1",
                        PgParams(kiosk.id, kiosk.token_hash));
        return kiosk_row(connection_.run(kKioskById.c_str(), PgParams(kiosk.id)), 0);
    });
}

/// Within a transaction of the caller.  A revoked kiosk that comes again with a new code is
/// welcome, and may bring new keys: staff made that code.
Status PostgresStore::know(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                           Milliseconds now) {
    const PgRows known =
        connection_.run("SELECT signing_key FROM kiosk WHERE id = $1 AND revoked = 0 FOR UPDATE",
                        PgParams(kiosk.id));
    if (known.size() == 1 && !known.view(0, 0).empty() && known.view(0, 0) != kiosk.signing_key)
        return fail(ErrorCode::Denied,
                    "this kiosk is known with another signing key; revoke it first");
    connection_.run(
        "INSERT INTO kiosk (id, name, site, enrolled_ms, signing_key, set_up_key,"
        " locked_set_up_key) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET"
        " name = excluded.name, site = excluded.site, enrolled_ms = excluded.enrolled_ms,"
        " signing_key = excluded.signing_key, set_up_key = excluded.set_up_key,"
        " locked_set_up_key = excluded.locked_set_up_key",
        PgParams(kiosk.id, name, site, now, kiosk.signing_key, kiosk.set_up_key,
                 kiosk.locked_set_up_key));
    return {};
}

Status PostgresStore::adopt(const NewKiosk& kiosk, const std::string& name, const std::string& site,
                            Milliseconds now) {
    return write([&] { return know(kiosk, name, site, now); });
}

Result<KioskRow> PostgresStore::kiosk_by_token(const std::string& token_hash) {
    return pg_guarded([&]() -> Result<KioskRow> {
        const PgRows row = read(kKioskByToken.c_str(), PgParams(token_hash));
        if (row.size() == 0) return fail(ErrorCode::Denied, "unknown credential");
        KioskRow kiosk = kiosk_row(row, 0);
        if (kiosk.revoked) return fail(ErrorCode::Denied, "revoked credential");
        return kiosk;
    });
}

Result<KioskRow> PostgresStore::kiosk(const std::string& id) {
    return pg_guarded([&]() -> Result<KioskRow> {
        const PgRows row = read(kKioskById.c_str(), PgParams(id));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no kiosk '" + id + "'");
        return kiosk_row(row, 0);
    });
}

Status PostgresStore::revoke(const std::string& kiosk) {
    return write([&]() -> Status {
        if (connection_.run("UPDATE kiosk SET revoked = 1 WHERE id = $1", PgParams(kiosk))
                .affected() == 0)
            return fail(ErrorCode::NotFound, "no kiosk '" + kiosk + "'");
        return {};
    });
}

Status PostgresStore::note_health(const std::string& kiosk, const std::string& json) {
    return write([&]() -> Status {
        if (connection_.run("UPDATE kiosk SET health = $2 WHERE id = $1", PgParams(kiosk, json))
                .affected() == 0)
            return fail(ErrorCode::NotFound, "no kiosk '" + kiosk + "'");
        return {};
    });
}

Result<std::vector<KioskRow>> PostgresStore::kiosks() {
    return pg_guarded([&] {
        const PgRows rows = read(kKiosks.c_str());
        std::vector<KioskRow> found;
        for (int i = 0; i < rows.size(); ++i) found.push_back(kiosk_row(rows, i));
        return found;
    });
}

}  // namespace machikoe
