// Json: bytes from outside, read strictly.  Inside wire only.
//
// Size, nesting and number of values are bounded while parsing, a member that stands
// twice is refused (two readers could take different ones), and nothing throws.  Faults
// name the place, never the value: a value may be an answer, and faults are logged.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace machikoe::wire {

struct JsonLimits {
    std::size_t bytes = 0;
    std::size_t values = 0;  // a value costs memory many times its bytes
    int depth = 8;           // deeper than any version of ours, shallower than a stack
};

/// The object that the bytes spell.  Invalid: too large, too deep, not JSON, not an
/// object, a member twice.  `what` begins the message: "batch".
Result<nlohmann::json> parse_object(std::string_view bytes, std::string_view what,
                                    JsonLimits limits);

/// Compact, members sorted, UTF-8.  Bytes that are not UTF-8 become U+FFFD: a fault in one
/// text must not cost the whole response.
std::string to_bytes(const nlohmann::json& value);

/// RFC 4648 with padding.
std::string to_base64(std::string_view bytes);
/// nullopt: not canonical.
std::optional<std::string> from_base64(std::string_view text);

/// Hex digits of a sealed set-up key.
inline constexpr std::size_t kMaxLockedDigits = 1024;

/// Reads members of one object.  The first fault sticks in `fault` and every later read
/// gives an empty value, so that a decoder can be written straight down.
class Members {
  public:
    Members(const nlohmann::json& object, std::string path, std::string& fault);

    /// UTF-8 without control characters.
    std::string text(const char* name, std::size_t min_bytes, std::size_t max_bytes);
    /// UTF-8 as it is, line breaks included.
    std::string free_text(const char* name, std::size_t max_bytes);
    std::string hex(const char* name, std::size_t digits);
    /// Of hex digits in pairs, any number up to this.
    std::string long_hex(const char* name, std::size_t max_digits);
    /// From canonical base64: every text stands for other bytes.
    std::string bytes(const char* name, std::size_t min, std::size_t max);
    std::int64_t integer(const char* name, std::int64_t min, std::int64_t max);
    const nlohmann::json& array(const char* name, std::size_t max_items);
    const nlohmann::json& object(const char* name);
    bool has(const char* name) const { return object_.contains(name); }

    void refuse(std::string_view name, std::string_view reason);
    std::string path_of(std::string_view name) const;

  private:
    const nlohmann::json* member(const char* name);

    const nlohmann::json& object_;
    std::string path_;
    std::string& fault_;
};

bool is_lower_hex(std::string_view text, std::size_t digits);

/// ^[a-z][a-z0-9_-]{0,39}$, docs/pack.md.
bool is_id(std::string_view text);

}  // namespace machikoe::wire
