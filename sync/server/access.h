// Access: who a program is: by an access key, or by the session of a browser.
//
// A key stands behind "Bearer", or is the password of HTTP Basic with the account as its user:
// Excel and Power BI know nothing else.  It reads what its account may read as long as the account
// may come, and changes nothing.  Whatever is wrong reads the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/server/routes.h"
#include "sync/store/store.h"

namespace machikoe {

inline constexpr std::string_view kAccessKeyPrefix = "mk_";
inline constexpr Milliseconds kKeyUseGrain{24 * 3'600'000};  // how often its use is noted

/// What a request brings.  Of Basic with any user; of Bearer without.
struct Credential {
    std::string key;                  // "": none; then the session counts
    std::optional<std::string> user;  // of Basic
    std::string session;              // of the cookie; "": none
};
/// nullopt: brings nothing.  `cookie`: the name of the session's.
std::optional<Credential> credential_of(const HttpRequest& request, std::string_view cookie);

/// The account that may come with it.  Denied: none.  Notes the use of a key, at most once a day,
/// with an entry in the audit log.
Result<Account> account_of(Store& store, const Credential& credential, Milliseconds now);

}  // namespace machikoe
