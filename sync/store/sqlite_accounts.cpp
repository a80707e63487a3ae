#include "sync/store/sqlite_store.h"

namespace machikoe {
namespace {

constexpr std::pair<AccountRole, std::string_view> kRoles[] = {
    {AccountRole::Staff, "staff"},
    {AccountRole::Evaluator, "evaluator"},
    {AccountRole::Administrator, "administrator"}};

/// The columns that account_row() reads.
const std::string kSelectAccount =
    "SELECT name, role, password, totp_key, totp_step, invitation, invited_until_ms, disabled,"
    " failures, locked_until_ms, created_ms, last_login_ms FROM account";

Account account_row(SQLite::Statement& row) {
    Account account;
    account.name = row.getColumn(0).getString();
    account.role = account_role_of(row.getColumn(1).getString()).value_or(AccountRole::Staff);
    account.password = row.getColumn(2).getString();
    account.totp_key = bytes_of(row.getColumn(3));
    account.totp_step = row.getColumn(4).getInt64();
    account.invitation = row.getColumn(5).getString();
    account.invited_until = Milliseconds{row.getColumn(6).getInt64()};
    account.disabled = row.getColumn(7).getInt() != 0;
    account.failures = row.getColumn(8).getInt64();
    account.locked_until = Milliseconds{row.getColumn(9).getInt64()};
    account.created = Milliseconds{row.getColumn(10).getInt64()};
    if (!row.getColumn(11).isNull())
        account.last_login = Milliseconds{row.getColumn(11).getInt64()};
    return account;
}

}  // namespace

std::string_view name_of(AccountRole role) {
    for (const auto& [each, name] : kRoles)
        if (each == role) return name;
    return "";
}

std::optional<AccountRole> account_role_of(std::string_view name) {
    for (const auto& [role, each] : kRoles)
        if (each == name) return role;
    return std::nullopt;
}

void SqliteStore::write_account(const Account& account, bool is_new) {
    SQLite::Statement write(
        database_, is_new
                       ? "INSERT INTO account (role, password, totp_key, totp_step, invitation,"
                         " invited_until_ms, disabled, failures, locked_until_ms, created_ms,"
                         " last_login_ms, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                       : "UPDATE account SET role = ?, password = ?, totp_key = ?, totp_step = ?,"
                         " invitation = ?, invited_until_ms = ?, disabled = ?, failures = ?,"
                         " locked_until_ms = ?, created_ms = ?, last_login_ms = ? WHERE name = ?");
    const Milliseconds last = account.last_login.value_or(Milliseconds{0});
    Use use(write);
    use.with(name_of(account.role), account.password, Use::blob(account.totp_key),
             account.totp_step, account.invitation, account.invited_until,
             static_cast<std::int64_t>(account.disabled), account.failures, account.locked_until,
             account.created, last, account.name);
    if (!account.last_login) write.bind(11);
    use->exec();
}

Status SqliteStore::add_account(const Account& account) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement taken(database_, "SELECT 1 FROM account WHERE name = ?");
        taken.bind(1, account.name);
        if (taken.executeStep())
            return fail(ErrorCode::Conflict, "an account '" + account.name + "' exists");
        taken.reset();
        write_account(account, true);
        transaction.commit();
        return {};
    });
}

Result<Account> SqliteStore::account(const std::string& name) {
    return guarded([&]() -> Result<Account> {
        SQLite::Statement find(database_, kSelectAccount + " WHERE name = ?");
        find.bind(1, name);
        if (!find.executeStep()) return fail(ErrorCode::NotFound, "no such account");
        return account_row(find);
    });
}

Result<Account> SqliteStore::invited(const std::string& code_hash) {
    return guarded([&]() -> Result<Account> {
        SQLite::Statement find(database_,
                               kSelectAccount + " WHERE invitation = ? AND invitation <> ''");
        find.bind(1, code_hash);
        if (!find.executeStep()) return fail(ErrorCode::NotFound, "no such invitation");
        return account_row(find);
    });
}

Result<std::vector<Account>> SqliteStore::accounts() {
    return guarded([&] {
        SQLite::Statement all(database_, kSelectAccount + " ORDER BY name");
        std::vector<Account> found;
        while (all.executeStep()) found.push_back(account_row(all));
        return found;
    });
}

Result<Account> SqliteStore::change_account(const std::string& name,
                                            const std::function<Status(Account&)>& change) {
    return guarded([&]() -> Result<Account> {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        Result<Account> account = this->account(name);
        if (!account) return account;
        if (const Status changed = change(*account); !changed)
            return tl::unexpected<Error>(changed.error());
        account->name = name;
        write_account(*account, false);
        transaction.commit();
        return account;
    });
}

Status SqliteStore::remove_account(const std::string& name) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement remove(database_, "DELETE FROM account WHERE name = ?");
        if (Use(remove).with(name)->exec() != 1)
            return fail(ErrorCode::NotFound, "no such account");
        for (const char* table : {"session", "access_key"}) {
            SQLite::Statement with_it(database_,
                                      std::string("DELETE FROM ") + table + " WHERE account = ?");
            Use(with_it).with(name)->exec();
        }
        transaction.commit();
        return {};
    });
}

// ---- sessions -------------------------------------------------------------------------

Status SqliteStore::put_session(const Session& session) {
    return guarded([&] {
        SQLite::Statement put(
            database_,
            "INSERT INTO session (token_hash, account, form_token, started_ms, last_used_ms)"
            " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (token_hash) DO UPDATE SET"
            " last_used_ms = ?5");
        Use(put)
            .with(session.token_hash, session.account, session.form_token, session.started,
                  session.last_used)
            ->exec();
    });
}

Result<Session> SqliteStore::session(const std::string& token_hash) {
    return guarded([&]() -> Result<Session> {
        SQLite::Statement find(database_,
                               "SELECT token_hash, account, form_token, started_ms, last_used_ms"
                               " FROM session WHERE token_hash = ?");
        find.bind(1, token_hash);
        if (!find.executeStep()) return fail(ErrorCode::NotFound, "no such session");
        return Session{find.getColumn(0).getString(), find.getColumn(1).getString(),
                       find.getColumn(2).getString(), Milliseconds{find.getColumn(3).getInt64()},
                       Milliseconds{find.getColumn(4).getInt64()}};
    });
}

Status SqliteStore::end_session(const std::string& token_hash) {
    return guarded([&] {
        SQLite::Statement end(database_, "DELETE FROM session WHERE token_hash = ?");
        Use(end).with(token_hash)->exec();
    });
}

Status SqliteStore::end_sessions_of(const std::string& account) {
    return guarded([&] {
        SQLite::Statement end(database_, "DELETE FROM session WHERE account = ?");
        Use(end).with(account)->exec();
    });
}

Status SqliteStore::forget_sessions(Milliseconds started_before, Milliseconds unused_since) {
    return guarded([&] {
        SQLite::Statement end(database_,
                              "DELETE FROM session WHERE started_ms < ? OR last_used_ms < ?");
        Use(end).with(started_before, unused_since)->exec();
    });
}

// ---- access keys ----------------------------------------------------------------------

namespace {

const std::string kSelectKey =
    "SELECT key_hash, account, label, created_ms, last_used_ms FROM access_key";

AccessKey key_row(SQLite::Statement& row) {
    AccessKey key{row.getColumn(0).getString(), row.getColumn(1).getString(),
                  row.getColumn(2).getString(), Milliseconds{row.getColumn(3).getInt64()},
                  std::nullopt};
    if (!row.getColumn(4).isNull()) key.last_used = Milliseconds{row.getColumn(4).getInt64()};
    return key;
}

}  // namespace

Status SqliteStore::add_access_key(const AccessKey& key) {
    return guarded([&] {
        SQLite::Statement add(database_,
                              "INSERT INTO access_key (key_hash, account, label, created_ms)"
                              " VALUES (?, ?, ?, ?)");
        Use(add).with(key.key_hash, key.account, key.label, key.created)->exec();
    });
}

Result<AccessKey> SqliteStore::access_key(const std::string& key_hash) {
    return guarded([&]() -> Result<AccessKey> {
        SQLite::Statement find(database_, kSelectKey + " WHERE key_hash = ?");
        find.bind(1, key_hash);
        if (!find.executeStep()) return fail(ErrorCode::NotFound, "no such key");
        return key_row(find);
    });
}

Result<std::vector<AccessKey>> SqliteStore::access_keys(const std::string& account) {
    return guarded([&] {
        SQLite::Statement all(database_, kSelectKey +
                                             " WHERE ?1 IN ('', account)"
                                             " ORDER BY account, label, key_hash");
        all.bind(1, account);
        std::vector<AccessKey> keys;
        while (all.executeStep()) keys.push_back(key_row(all));
        return keys;
    });
}

Status SqliteStore::note_key_used(const std::string& key_hash, Milliseconds when) {
    return guarded([&] {
        SQLite::Statement note(database_,
                               "UPDATE access_key SET last_used_ms = ?2 WHERE key_hash = ?1");
        Use(note).with(key_hash, when)->exec();
    });
}

Status SqliteStore::remove_access_key(const std::string& key_hash) {
    return guarded([&]() -> Status {
        SQLite::Statement remove(database_, "DELETE FROM access_key WHERE key_hash = ?");
        if (Use(remove).with(key_hash)->exec() != 1)
            return fail(ErrorCode::NotFound, "no such key");
        return {};
    });
}

}  // namespace machikoe
