// Totp: the second factor, RFC 6238: six digits that an authenticator app shows, new every 30 s.
//
// The key is kept sealed to the server's own key: who has the database alone cannot log in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/seal/keys.h"

namespace machikoe {

class Totp {
  public:
    /// Keeps a copy of the key.
    explicit Totp(const SealingKey& key);

    /// A new key for the account, sealed.
    std::string new_key(std::string_view account) const;
    /// Base32, as it is typed into an app.  Corrupt: it does not open.
    Result<std::string> shown(std::string_view account, std::string_view sealed) const;
    /// "otpauth://totp/…", as apps scan it.
    static std::string uri(std::string_view account, std::string_view base32);
    /// The step that the digits are of, when they are right, one step early or late included, and
    /// the step is later than `last`.
    std::optional<std::int64_t> step_of(std::string_view account, std::string_view sealed,
                                        const std::string& digits, std::int64_t last,
                                        Milliseconds now) const;

  private:
    Result<std::string> open(std::string_view account, std::string_view sealed) const;
    SealingKey key_;
};

}  // namespace machikoe
