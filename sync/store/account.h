// Account: who may log in at the server's pages, and the session of one who did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"

namespace machikoe {

/// Each may do what those before it may.
enum class AccountRole { Staff, Evaluator, Administrator };
std::string_view name_of(AccountRole role);  // "staff", …
std::optional<AccountRole> account_role_of(std::string_view name);

struct Account {
    std::string name;  // unique
    AccountRole role = AccountRole::Staff;
    std::string password;        // as hash_secret() gave it; "": none yet, nobody can log in
    std::string totp_key;        // sealed; "": no second factor yet
    std::int64_t totp_step = 0;  // the last that was taken: none is taken twice
    std::string invitation;      // SHA-256 of the one-time code that sets both; "": none
    Milliseconds invited_until{0};
    bool disabled = false;
    std::int64_t failures = 0;  // in a row
    Milliseconds locked_until{0};
    Milliseconds created{0};
    std::optional<Milliseconds> last_login;
};

struct Session {
    std::string token_hash;  // of what the browser holds
    std::string account;
    std::string form_token;  // goes into every form and must come back (CSRF)
    Milliseconds started{0};
    Milliseconds last_used{0};
};

/// By which a program reads figures in the name of an account; it may change nothing.
struct AccessKey {
    std::string key_hash;  // SHA-256 of what was shown once
    std::string account;
    std::string label;  // what its owner calls it
    Milliseconds created{0};
    std::optional<Milliseconds> last_used;
};

}  // namespace machikoe
