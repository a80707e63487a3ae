// Health as it travels: what a kiosk says of itself at POST /v1/health (docs/protocol.md), and as
// the server keeps it.  Nothing in it is about a resident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

struct Health {
    std::string version;                        // of the software, printable ASCII
    Milliseconds clock{0};                      // wall, as the kiosk sees it
    std::int64_t unsent = 0;                    // responses that wait
    std::optional<Milliseconds> oldest_unsent;  // wall, by the hour
    std::optional<std::int64_t> free_mb;        // of the disk that answers are written to
};

std::string encode_health(const Health& health);
Result<Health> decode_health(std::string_view bytes);
/// For the store: with how far the kiosk's clock is ahead of ours, in seconds, and when it said so.
std::string kept_health(const Health& health, Milliseconds now);

}  // namespace machikoe
