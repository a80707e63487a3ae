#include "sync/wire/health.h"

#include <algorithm>

#include "sync/wire/json.h"

namespace machikoe {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxHealthBytes = 1024;
constexpr std::size_t kMaxVersion = 40;
constexpr std::int64_t kMost = 1'000'000'000'000'000;  // a wall clock, in ms, of the year 33658

json as_json(const Health& health) {
    json object{{"version", health.version}, {"unsent", health.unsent}};
    if (health.oldest_unsent) object["oldest_unsent_ms"] = health.oldest_unsent->count();
    if (health.free_mb) object["free_mb"] = *health.free_mb;
    return object;
}

}  // namespace

std::string encode_health(const Health& health) {
    json object = as_json(health);
    object["clock_ms"] = health.clock.count();
    return wire::to_bytes(object);
}

Result<Health> decode_health(std::string_view bytes) {
    const auto parsed =
        wire::parse_object(bytes, "health", {.bytes = kMaxHealthBytes, .values = 20});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    wire::Members members(*parsed, "health", fault);
    Health health;
    health.version = members.text("version", 1, kMaxVersion);
    if (!std::ranges::all_of(health.version, [](char c) { return c > ' ' && c < 0x7f; }))
        members.refuse("version", "is not printable ASCII");
    health.clock = Milliseconds{members.integer("clock_ms", 0, kMost)};
    health.unsent = members.integer("unsent", 0, kMost);
    if (parsed->contains("oldest_unsent_ms"))
        health.oldest_unsent = Milliseconds{members.integer("oldest_unsent_ms", 0, kMost)};
    if (parsed->contains("free_mb")) health.free_mb = members.integer("free_mb", 0, kMost);
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return health;
}

std::string kept_health(const Health& health, Milliseconds now) {
    json object = as_json(health);
    object["clock_skew_s"] = (health.clock - now).count() / 1000;
    object["at_ms"] = now.count();
    return wire::to_bytes(object);
}

}  // namespace machikoe
