#include "sync/server/mix.h"

#include <algorithm>
#include <map>

namespace machikoe {
namespace {

using Members = std::vector<Response*>;

/// What is published of the time, from the finest to nothing.
enum class Level { Hour, Day, Month, Nothing };

struct Part {
    Level level = Level::Nothing;
    Members members;
};

constexpr std::size_t kMonthLength = 7;  // of "2022-06"

/// What those who are published alike at this level have in common.
std::string shared_at(Level level, const DayHour& when) {
    switch (level) {
        case Level::Hour:
            return when.day + " " + std::to_string(when.hour);
        case Level::Day:
            return when.day;
        case Level::Month:
            return when.day.substr(0, kMonthLength);
        case Level::Nothing:
            return {};
    }
    return {};
}

void add_to(Members& all, const Members& more) {
    all.insert(all.end(), more.begin(), more.end());
}

/// Divides `members`, who share what `level` publishes, into parts of at least `mix`, as fine as
/// can be.  Returns those who are too few for a part of their own at this level.
Members divide(const Members& members, Level level, std::size_t mix, std::vector<Part>& parts) {
    Members rest;
    std::vector<Part> finer;
    if (level == Level::Hour) {
        rest = members;
    } else {
        const Level below = static_cast<Level>(static_cast<int>(level) - 1);
        std::map<std::string, Members> alike;
        for (Response* member : members) alike[shared_at(below, member->when)].push_back(member);
        for (const auto& [shared, some] : alike) add_to(rest, divide(some, below, mix, finer));
    }
    while (!rest.empty() && rest.size() < mix && !finer.empty()) {
        const auto smallest = std::ranges::min_element(
            finer, {}, [](const Part& part) { return part.members.size(); });
        add_to(rest, smallest->members);
        finer.erase(smallest);
    }
    if (rest.size() >= mix) finer.push_back({level, std::exchange(rest, {})});
    for (Part& part : finer) parts.push_back(std::move(part));
    return rest;
}

void publish(const Part& part) {
    if (part.level == Level::Hour) return;
    const std::string month = shared_at(Level::Month, part.members.front()->when);
    const bool same_month = std::ranges::all_of(part.members, [&](const Response* member) {
        return shared_at(Level::Month, member->when) == month;
    });
    for (Response* member : part.members) {
        member->when.hour = -1;
        if (part.level != Level::Day) member->when.day = same_month ? month : std::string();
    }
}

int duration_class(int duration_s) {
    const auto above = std::ranges::upper_bound(kDurationClasses, duration_s);
    return above == std::begin(kDurationClasses) ? 0 : *std::prev(above);
}

}  // namespace

std::vector<Response> mixed(std::vector<Response> group, std::size_t mix) {
    Members all;
    for (Response& response : group) {
        response.duration_s = duration_class(response.duration_s);
        all.push_back(&response);
    }
    std::vector<Part> parts;
    if (Members rest = divide(all, Level::Nothing, mix, parts); !rest.empty())
        parts.push_back({Level::Nothing, std::move(rest)});
    for (const Part& part : parts) publish(part);
    return group;
}

}  // namespace machikoe
