// Authenticator: what the app on somebody's telephone shows; independent of how the server counts.
#pragma once

#include <liboath/oath.h>

#include <cstdlib>
#include <string>

#include "app/base/clock.h"

namespace machikoe {

inline std::string digits_at(const std::string& base32, Milliseconds when) {
    char* key = nullptr;
    std::size_t size = 0;
    oath_base32_decode(base32.data(), base32.size(), &key, &size);
    char digits[7] = {};
    oath_totp_generate(key, size, when.count() / 1000, 30, 0, 6, digits);
    std::free(key);
    return digits;
}

}  // namespace machikoe
