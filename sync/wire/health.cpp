#include "sync/wire/health.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/wire/json.h"

namespace machikoe {
namespace {

using nlohmann::json;

constexpr wire::JsonLimits kHealthLimits{.bytes = 2048, .values = 40};
constexpr std::size_t kMaxVersion = 40;
constexpr std::size_t kMaxEventName = 200;
constexpr int kDay_min = 24 * 60;
constexpr std::int64_t kMost = 1'000'000'000'000'000;  // a wall clock, in ms, of the year 33658

/// "09:00-17:30"; "" closed.
std::string text_of(const std::optional<OpenMinutes>& span) {
    if (!span) return "";
    return fmt::format("{:02}:{:02}-{:02}:{:02}", span->from / 60, span->from % 60, span->to / 60,
                       span->to % 60);
}

/// Minutes of "17:30"; -1: none.
int minutes_of(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return -1;
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    const int all = ((text[0] - '0') * 10 + text[1] - '0') * 60 + minute;
    return minute < 60 && all <= kDay_min ? all : -1;
}

bool read_span(std::string_view text, std::optional<OpenMinutes>& span) {
    span.reset();
    if (text.empty()) return true;
    if (text.size() != 11 || text[5] != '-') return false;
    const OpenMinutes read{minutes_of(text.substr(0, 5)), minutes_of(text.substr(6))};
    if (read.from < 0 || read.to <= read.from) return false;
    span = read;
    return true;
}

std::optional<OpenWeek> read_week(wire::Members& members) {
    OpenWeek week;
    const json& days = members.array("hours", week.size());
    if (days.size() != week.size()) return members.refuse("hours", "are not of seven days"), week;
    for (std::size_t day = 0; day < week.size(); ++day)
        if (!days[day].is_string() || !read_span(days[day].get<std::string>(), week[day]))
            members.refuse("hours", "are none");
    return week;
}

/// "2022-11-03", by its form.
bool is_whole_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
        if (text[at] < '0' || text[at] > '9') return false;
    return true;
}

std::optional<RunningEvent> read_event(wire::Members& members, std::string& fault) {
    wire::Members inside(members.object("event"), "health.event", fault);
    RunningEvent event{inside.text("name", 1, kMaxEventName), inside.text("from", 10, 10),
                       inside.text("to", 10, 10)};
    if (!is_whole_day(event.from) || !is_whole_day(event.to) || event.to < event.from)
        members.refuse("event", "has no days");
    return event;
}

json as_json(const Health& health) {
    json object{{"version", health.version}, {"unsent", health.unsent}};
    if (health.oldest_unsent) object["oldest_unsent_ms"] = health.oldest_unsent->count();
    if (health.free_mb) object["free_mb"] = *health.free_mb;
    if (health.hours)
        for (const auto& span : *health.hours) object["hours"].push_back(text_of(span));
    if (health.event)
        object["event"] = {
            {"name", health.event->name}, {"from", health.event->from}, {"to", health.event->to}};
    return object;
}

/// What both forms have.
Health read_health(const json& object, wire::Members& members, std::string& fault) {
    Health health;
    health.version = members.text("version", 1, kMaxVersion);
    if (!std::ranges::all_of(health.version, [](char c) { return c > ' ' && c < 0x7f; }))
        members.refuse("version", "is not printable ASCII");
    health.unsent = members.integer("unsent", 0, kMost);
    if (object.contains("oldest_unsent_ms"))
        health.oldest_unsent = Milliseconds{members.integer("oldest_unsent_ms", 0, kMost)};
    if (object.contains("free_mb")) health.free_mb = members.integer("free_mb", 0, kMost);
    if (object.contains("hours")) health.hours = read_week(members);
    if (object.contains("event")) health.event = read_event(members, fault);
    return health;
}

}  // namespace

std::string encode_health(const Health& health) {
    json object = as_json(health);
    object["clock_ms"] = health.clock.count();
    return wire::to_bytes(object);
}

Result<Health> decode_health(std::string_view bytes) {
    const auto parsed = wire::parse_object(bytes, "health", kHealthLimits);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    wire::Members members(*parsed, "health", fault);
    Health health = read_health(*parsed, members, fault);
    health.clock = Milliseconds{members.integer("clock_ms", 0, kMost)};
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return health;
}

std::string kept_health(const Health& health, Milliseconds now) {
    json object = as_json(health);
    object["clock_skew_s"] = (health.clock - now).count() / 1000;
    object["at_ms"] = now.count();
    return wire::to_bytes(object);
}

Result<KeptHealth> read_kept_health(std::string_view kept) {
    const auto parsed = wire::parse_object(kept, "health", kHealthLimits);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    wire::Members members(*parsed, "health", fault);
    KeptHealth read;
    read.health = read_health(*parsed, members, fault);
    read.clock_skew_s = members.integer("clock_skew_s", -kMost, kMost);
    read.at = Milliseconds{members.integer("at_ms", 0, kMost)};
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return read;
}

}  // namespace machikoe
