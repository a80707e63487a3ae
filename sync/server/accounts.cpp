#include "sync/server/accounts.h"

#include <algorithm>

#include "app/base/crypto.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxName = 40;
constexpr std::size_t kMaxPassword = 200;
constexpr std::size_t kCodeGroups = 5;  // just under 100 bits
constexpr std::size_t kTokenBytes = 32;
// A session that is used is not written again sooner.
constexpr Milliseconds kUsedGrain{60'000};

tl::unexpected<Error> denied() {
    return fail(ErrorCode::Denied, "refused");
}

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxName && std::ranges::all_of(name, [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '.' ||
               sign == '-' || sign == '_';
    });
}

Milliseconds lock_after(std::int64_t failures) {
    if (failures < kFreeFailures) return Milliseconds{0};
    const std::int64_t doublings = std::min<std::int64_t>(failures - kFreeFailures, 20);
    return std::min(kLongestLock, kFirstLock * (std::int64_t{1} << doublings));
}

std::string hash_of_code(std::string_view code) {
    std::string plain;
    for (const char sign : code)
        if (sign != '-' && sign != ' ')
            plain += static_cast<char>(sign >= 'a' && sign <= 'z' ? sign - 32 : sign);
    return sha256_hex(plain);
}

std::string set_invitation(Account& account, Milliseconds now) {
    const std::string code = random_code(kCodeGroups);
    account.invitation = hash_of_code(code);
    account.invited_until = now + kInvitationLife;
    return code;
}

}  // namespace

Status note_deed(Store& store, const std::string& who, const std::string& what,
                 const std::string& detail, Milliseconds now) {
    AuditEntry entry;
    entry.when = now;
    entry.who = who;
    entry.what = what;
    entry.detail = detail;
    return store.note(entry);
}

// ---- invitations ------------------------------------------------------------------------

Result<std::string> invite(Store& store, const std::string& name, AccountRole role,
                           Milliseconds now) {
    if (!is_name(name))
        return fail(ErrorCode::Invalid,
                    "a name has 1 to 40 of the signs a-z, 0-9, full stop, hyphen, underscore");
    const auto all = store.accounts();
    if (!all) return tl::unexpected<Error>(all.error());
    if (all->size() >= kMaxAccounts) return denied();
    Account account;
    account.name = name;
    account.role = role;
    account.created = now;
    const std::string code = set_invitation(account, now);
    if (const Status added = store.add_account(account); !added)
        return tl::unexpected<Error>(added.error());
    return code;
}

Result<std::string> invite_again(Store& store, const std::string& name, Milliseconds now) {
    std::string code;
    const auto changed = store.change_account(name, [&](Account& account) -> Status {
        account.password.clear();
        account.totp_key.clear();
        account.totp_step = 0;
        account.failures = 0;
        account.locked_until = Milliseconds{0};
        code = set_invitation(account, now);
        return {};
    });
    if (!changed) return tl::unexpected<Error>(changed.error());
    if (const Status ended = store.end_sessions_of(name); !ended)
        return tl::unexpected<Error>(ended.error());
    return code;
}

Result<std::optional<std::string>> invite_first(Store& store, Milliseconds now) {
    const auto accounts = store.accounts();
    if (!accounts) return tl::unexpected<Error>(accounts.error());
    const bool somebody_came = std::ranges::any_of(
        *accounts, [](const Account& account) { return !account.password.empty(); });
    if (somebody_came) return std::optional<std::string>();
    const std::string name(kFirstAdministrator);
    const bool is_there =
        std::ranges::any_of(*accounts, [&](const Account& each) { return each.name == name; });
    const auto code = is_there ? invite_again(store, name, now)
                               : invite(store, name, AccountRole::Administrator, now);
    if (!code) return tl::unexpected<Error>(code.error());
    return std::optional<std::string>(*code);
}

Result<Account> invited_by(Store& store, std::string_view code, Milliseconds now) {
    auto account = store.invited(hash_of_code(code));
    if (!account && account.error().code == ErrorCode::NotFound) return denied();
    if (account && (account->invited_until <= now || account->disabled)) return denied();
    return account;
}

Result<Account> begin_invitation(Store& store, const Totp& totp, std::string_view code,
                                 Milliseconds now) {
    const auto account = invited_by(store, code, now);
    if (!account || !account->totp_key.empty()) return account;
    return store.change_account(account->name, [&](Account& invited) -> Status {
        if (invited.totp_key.empty()) invited.totp_key = totp.new_key(invited.name);
        return {};
    });
}

Status fit_password(std::string_view account, std::string_view password) {
    const auto characters = std::ranges::count_if(
        password, [](char sign) { return (static_cast<unsigned char>(sign) & 0xc0) != 0x80; });
    if (static_cast<std::size_t>(characters) < kLeastPassword)
        return fail(ErrorCode::Invalid, "too short");
    if (password.size() > kMaxPassword) return fail(ErrorCode::Invalid, "too long");
    if (password.find(account) != std::string_view::npos)
        return fail(ErrorCode::Invalid, "the name is in it");
    if (std::ranges::count(password, password.front()) ==
        static_cast<std::ptrdiff_t>(password.size()))
        return fail(ErrorCode::Invalid, "one sign only");
    return {};
}

Result<Account> accept_invitation(Store& store, const Totp& totp, std::string_view code,
                                  const std::string& hash, const std::string& digits,
                                  Milliseconds now) {
    const auto account = invited_by(store, code, now);
    if (!account) return account;
    return store.change_account(account->name, [&](Account& invited) -> Status {
        if (invited.invitation != hash_of_code(code)) return denied();
        const auto step = totp.step_of(invited.name, invited.totp_key, digits, 0, now);
        if (!step) return denied();
        invited.password = hash;
        invited.totp_step = *step;
        invited.invitation.clear();
        invited.invited_until = Milliseconds{0};
        return {};
    });
}

// ---- logging in -------------------------------------------------------------------------

Result<Account> log_in(Store& store, const Totp& totp, const Account& seen, bool password_is_right,
                       const std::string& digits, Milliseconds now) {
    bool let_in = false, locked = false;
    const auto changed = store.change_account(seen.name, [&](Account& account) -> Status {
        if (account.disabled || account.locked_until > now) return denied();
        // Somebody may have set another one since it was compared.
        const bool same = account.password == seen.password && !account.password.empty();
        const auto step =
            totp.step_of(account.name, account.totp_key, digits, account.totp_step, now);
        let_in = password_is_right && same && step;
        if (let_in) {
            account.totp_step = *step;
            account.failures = 0;
            account.last_login = now;
            return {};
        }
        ++account.failures;
        locked = lock_after(account.failures) > Milliseconds{0};
        if (locked) account.locked_until = now + lock_after(account.failures);
        return {};
    });
    if (!changed) return changed;
    if (let_in || locked)
        if (const Status noted =
                note_deed(store, seen.name, let_in ? "log-in" : "log-in-locked",
                          let_in ? "" : std::to_string(changed->failures) + " failures", now);
            !noted)
            return tl::unexpected<Error>(noted.error());
    if (!let_in) return denied();
    return changed;
}

Result<NewSession> begin_session(Store& store, const std::string& account, Milliseconds now) {
    NewSession made;
    made.token = random_hex(kTokenBytes);
    made.session = {sha256_hex(made.token), account, random_hex(kTokenBytes), now, now};
    if (const Status forgotten = store.forget_sessions(now - kSessionLife, now - kSessionIdle);
        !forgotten)
        return tl::unexpected<Error>(forgotten.error());
    if (const Status put = store.put_session(made.session); !put)
        return tl::unexpected<Error>(put.error());
    return made;
}

Result<Caller> caller_of(Store& store, std::string_view token, Milliseconds now) {
    if (token.empty()) return denied();
    auto session = store.session(sha256_hex(token));
    if (!session)
        return session.error().code == ErrorCode::NotFound ? denied()
                                                           : tl::unexpected<Error>(session.error());
    if (session->started + kSessionLife <= now || session->last_used + kSessionIdle <= now)
        return denied();
    auto account = store.account(session->account);
    if (!account || account->disabled) return denied();
    if (session->last_used + kUsedGrain <= now) {
        session->last_used = now;
        if (const Status put = store.put_session(*session); !put)
            return tl::unexpected<Error>(put.error());
    }
    return Caller{std::move(*account), std::move(*session)};
}

}  // namespace machikoe
