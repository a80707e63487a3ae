#include "sync/store/postgres_store.h"

namespace machikoe {
namespace {

/// The columns that account_row() reads.
const std::string kSelectAccount =
    "SELECT name, role, password, totp_key, totp_step, invitation, invited_until_ms, disabled,"
    " failures, locked_until_ms, created_ms, last_login_ms FROM account";
const std::string kAccountByName = kSelectAccount + " WHERE name = $1";
const std::string kLockAccount = kAccountByName + " FOR UPDATE";
const std::string kInvited = kSelectAccount + " WHERE invitation = $1 AND invitation <> ''";
const std::string kAccounts = kSelectAccount + " ORDER BY name";

Account account_row(const PgRows& rows, int i) {
    Account account;
    account.name = rows.text(i, 0);
    account.role = account_role_of(rows.view(i, 1)).value_or(AccountRole::Staff);
    account.password = rows.text(i, 2);
    account.totp_key = rows.text(i, 3);
    account.totp_step = rows.number(i, 4);
    account.invitation = rows.text(i, 5);
    account.invited_until = rows.time(i, 6);
    account.disabled = rows.number(i, 7) != 0;
    account.failures = rows.number(i, 8);
    account.locked_until = rows.time(i, 9);
    account.created = rows.time(i, 10);
    if (!rows.null(i, 11)) account.last_login = rows.time(i, 11);
    return account;
}

/// $1 … $12: the columns in the order of kSelectAccount.
PgParams params_of(const Account& account) {
    return PgParams(account.name, name_of(account.role), account.password,
                    PgBytes{account.totp_key}, account.totp_step, account.invitation,
                    account.invited_until, static_cast<std::int64_t>(account.disabled),
                    account.failures, account.locked_until, account.created, account.last_login);
}

}  // namespace

Status PostgresStore::add_account(const Account& account) {
    return write([&]() -> Status {
        if (connection_
                .run("INSERT INTO account (name, role, password, totp_key, totp_step, invitation,"
                     " invited_until_ms, disabled, failures, locked_until_ms, created_ms,"
                     " last_login_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
                     " ON CONFLICT DO NOTHING",
                     params_of(account))
                .affected() != 1)
            return fail(ErrorCode::Conflict, "an account '" + account.name + "' exists");
        return {};
    });
}

Result<Account> PostgresStore::account(const std::string& name) {
    return pg_guarded([&]() -> Result<Account> {
        const PgRows row = read(kAccountByName.c_str(), PgParams(name));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such account");
        return account_row(row, 0);
    });
}

Result<Account> PostgresStore::invited(const std::string& code_hash) {
    return pg_guarded([&]() -> Result<Account> {
        const PgRows row = read(kInvited.c_str(), PgParams(code_hash));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such invitation");
        return account_row(row, 0);
    });
}

Result<std::vector<Account>> PostgresStore::accounts() {
    return pg_guarded([&] {
        const PgRows rows = read(kAccounts.c_str());
        std::vector<Account> found;
        for (int i = 0; i < rows.size(); ++i) found.push_back(account_row(rows, i));
        return found;
    });
}

Result<Account> PostgresStore::change_account(const std::string& name,
                                              const std::function<Status(Account&)>& change) {
    return write([&]() -> Result<Account> {
        const PgRows row = connection_.run(kLockAccount.c_str(), PgParams(name));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such account");
        Account account = account_row(row, 0);
        if (const Status changed = change(account); !changed)
            return tl::unexpected<Error>(changed.error());
        account.name = name;
        connection_.send(
            "UPDATE account SET role = $2, password = $3, totp_key = $4, totp_step = $5,"
            " invitation = $6, invited_until_ms = $7, disabled = $8, failures = $9,"
            " locked_until_ms = $10, created_ms = $11, last_login_ms = $12 WHERE name = $1",
            params_of(account));
        return account;
    });
}

Status PostgresStore::remove_account(const std::string& name) {
    return write([&]() -> Status {
        const PgParams params(name);
        if (connection_.run("DELETE FROM account WHERE name = $1", params).affected() != 1)
            return fail(ErrorCode::NotFound, "no such account");
        connection_.send("DELETE FROM session WHERE account = $1", params);
        connection_.send("DELETE FROM access_key WHERE account = $1", params);
        return {};
    });
}

// ---- sessions -------------------------------------------------------------------------

Status PostgresStore::put_session(const Session& session) {
    return write([&] {
        connection_.send(
            "INSERT INTO session (token_hash, account, form_token, started_ms, last_used_ms)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token_hash) DO UPDATE SET"
            " last_used_ms = excluded.last_used_ms",
            PgParams(session.token_hash, session.account, session.form_token, session.started,
                     session.last_used));
    });
}

Result<Session> PostgresStore::session(const std::string& token_hash) {
    return pg_guarded([&]() -> Result<Session> {
        const PgRows row = read(
            "SELECT token_hash, account, form_token, started_ms, last_used_ms"
            " FROM session WHERE token_hash = $1",
            PgParams(token_hash));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such session");
        return Session{row.text(0, 0), row.text(0, 1), row.text(0, 2), row.time(0, 3),
                       row.time(0, 4)};
    });
}

Status PostgresStore::end_session(const std::string& token_hash) {
    return write([&] {
        connection_.send("DELETE FROM session WHERE token_hash = $1", PgParams(token_hash));
    });
}

Status PostgresStore::end_sessions_of(const std::string& account) {
    return write(
        [&] { connection_.send("DELETE FROM session WHERE account = $1", PgParams(account)); });
}

Status PostgresStore::forget_sessions(Milliseconds started_before, Milliseconds unused_since) {
    return write([&] {
        connection_.send("DELETE FROM session WHERE started_ms < $1 OR last_used_ms < $2",
                         PgParams(started_before, unused_since));
    });
}

// ---- access keys ----------------------------------------------------------------------

namespace {

const std::string kSelectKey =
    "SELECT key_hash, account, label, created_ms, last_used_ms FROM access_key";
const std::string kKeyByHash = kSelectKey + " WHERE key_hash = $1";
const std::string kKeysOf =
    kSelectKey + " WHERE $1 IN ('', account) ORDER BY account, label, key_hash";

AccessKey key_row(const PgRows& rows, int i) {
    AccessKey key{rows.text(i, 0), rows.text(i, 1), rows.text(i, 2), rows.time(i, 3), std::nullopt};
    if (!rows.null(i, 4)) key.last_used = rows.time(i, 4);
    return key;
}

}  // namespace

Status PostgresStore::add_access_key(const AccessKey& key) {
    return write([&] {
        connection_.send(
            "INSERT INTO access_key (key_hash, account, label, created_ms)"
            " VALUES ($1, $2, $3, $4)",
            PgParams(key.key_hash, key.account, key.label, key.created));
    });
}

Result<AccessKey> PostgresStore::access_key(const std::string& key_hash) {
    return pg_guarded([&]() -> Result<AccessKey> {
        const PgRows row = read(kKeyByHash.c_str(), PgParams(key_hash));
        if (row.size() == 0) return fail(ErrorCode::NotFound, "no such key");
        return key_row(row, 0);
    });
}

Result<std::vector<AccessKey>> PostgresStore::access_keys(const std::string& account) {
    return pg_guarded([&] {
        const PgRows rows = read(kKeysOf.c_str(), PgParams(account));
        std::vector<AccessKey> keys;
        for (int i = 0; i < rows.size(); ++i) keys.push_back(key_row(rows, i));
        return keys;
    });
}

Status PostgresStore::note_key_used(const std::string& key_hash, Milliseconds when) {
    return write([&] {
        connection_.send("UPDATE access_key SET last_used_ms = $2 WHERE key_hash = $1",
                         PgParams(key_hash, when));
    });
}

Status PostgresStore::remove_access_key(const std::string& key_hash) {
    return write([&]() -> Status {
        if (connection_.run("DELETE FROM access_key WHERE key_hash = $1", PgParams(key_hash))
                .affected() != 1)
            return fail(ErrorCode::NotFound, "no such key");
        return {};
    });
}

}  // namespace machikoe
