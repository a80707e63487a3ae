// Accounts: the rules of who may log in: invitations, passwords, the second factor, lock-out and
// sessions.  Without sockets and pages; every function works on a store.
//
// An account is made by an invitation: a one-time code with which its owner sets a password and a
// second factor.  Nobody else ever knows either.  After kFreeFailures wrong tries in a row an
// account is locked for 30 s, twice as long after each further one, an hour at most.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/server/totp.h"
#include "sync/store/store.h"

namespace machikoe {

inline constexpr std::int64_t kFreeFailures = 5;
inline constexpr Milliseconds kFirstLock{30'000};
inline constexpr Milliseconds kLongestLock{3'600'000};
inline constexpr Milliseconds kSessionLife{12 * 3'600'000};  // since it began
inline constexpr Milliseconds kSessionIdle{30 * 60'000};     // since it was used
inline constexpr Milliseconds kInvitationLife{24 * 3'600'000};
inline constexpr std::size_t kLeastPassword = 12;  // characters, NIST SP 800-63B asks for 8
inline constexpr std::size_t kMaxAccounts = 500;   // they are shown on one page
inline constexpr std::string_view kFirstAdministrator = "administrator";

/// Something an account did, into the audit log.
Status note_deed(Store& store, const std::string& who, const std::string& what,
                 const std::string& detail, Milliseconds now);

/// The code, once.  Invalid: no name for an account.  Conflict: taken.  Denied: kMaxAccounts are
/// there.
Result<std::string> invite(Store& store, const std::string& name, AccountRole role,
                           Milliseconds now);
/// Password and second factor are forgotten, sessions end.  NotFound.
Result<std::string> invite_again(Store& store, const std::string& name, Milliseconds now);
/// A code for the first administrator, as long as nobody has ever set a password.
Result<std::optional<std::string>> invite_first(Store& store, Milliseconds now);
/// The account that the code invites.  Denied: unknown or expired.
Result<Account> invited_by(Store& store, std::string_view code, Milliseconds now);
/// Makes the second factor's key, unless there is one.  Denied as above.
Result<Account> begin_invitation(Store& store, const Totp& totp, std::string_view code,
                                 Milliseconds now);
/// Invalid: why the password will not do.
Status fit_password(std::string_view account, std::string_view password);
/// Sets the password; `hash` is of one that fits.  Denied: the code or the digits are wrong.
Result<Account> accept_invitation(Store& store, const Totp& totp, std::string_view code,
                                  const std::string& hash, const std::string& digits,
                                  Milliseconds now);

/// After the password was compared with `seen`'s, which takes its time elsewhere.  Denied, whatever
/// is wrong; failures are counted, a lock is noted in the audit log.
Result<Account> log_in(Store& store, const Totp& totp, const Account& seen, bool password_is_right,
                       const std::string& digits, Milliseconds now);

struct NewSession {
    Session session;
    std::string token;  // for the browser alone
};
Result<NewSession> begin_session(Store& store, const std::string& account, Milliseconds now);

/// Who asks.
struct Caller {
    Account account;
    Session session;
};
/// Denied: no such session, or it is over, or its account may not come any more.
Result<Caller> caller_of(Store& store, std::string_view token, Milliseconds now);

}  // namespace machikoe
