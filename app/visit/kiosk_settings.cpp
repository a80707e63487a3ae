#include "app/visit/kiosk_settings.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <sstream>

namespace machikoe {
namespace {

using std::chrono::sys_days;
constexpr std::size_t kMostNameBytes = 200;
constexpr int kDay_min = 24 * 60;

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<sys_days> day_of(std::string_view day) {
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<int> {
        const std::string_view part = day.substr(at, count);
        const bool all = std::all_of(part.begin(), part.end(),
                                     [](char letter) { return letter >= '0' && letter <= '9'; });
        return all ? number_in(part) : std::nullopt;
    };
    const auto year = digits(0, 4), month = digits(5, 2), date = digits(8, 2);
    if (!year || !month || !date) return std::nullopt;
    const std::chrono::year_month_day found{std::chrono::year(*year),
                                            std::chrono::month(static_cast<unsigned>(*month)),
                                            std::chrono::day(static_cast<unsigned>(*date))};
    if (!found.ok()) return std::nullopt;
    return sys_days(found);
}

bool is_event(const EventPlan& event) {
    return is_name(event.name) && is_day(event.from) && is_day(event.to) && event.from <= event.to;
}

bool are_hours(const DayHours& hours) {
    return hours.opens_min >= 0 && hours.opens_min < hours.closes_min &&
           hours.closes_min <= kDay_min;
}

}  // namespace

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > kMostNameBytes) return false;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 point = 0;
        U8_NEXT(text.data(), at, size, point);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return false;  // < 0: not UTF-8
    }
    return true;
}

Status check_settings(const KioskSettings& settings) {
    const auto refuse = [](const std::string& what) { return fail(ErrorCode::Invalid, what); };
    if (!settings.site.empty() && !is_name(settings.site)) return refuse("site is no name");
    if (settings.event && !is_event(*settings.event)) return refuse("event is none");
    if (!settings.practice_day.empty() && !is_day(settings.practice_day))
        return refuse("practice is no day");
    if (settings.volume_percent < 0 || settings.volume_percent > 100)
        return refuse("volume is not in 0 to 100");
    if (settings.hidden.contains(Language::Ja)) return refuse("Japanese is always offered");
    if (!std::all_of(settings.hours.begin(), settings.hours.end(), are_hours))
        return refuse("opening hours end before they begin");
    return {};
}

bool is_day(std::string_view day) {
    return day_of(day).has_value();
}

std::string day_after(std::string_view day, int days) {
    const auto from = day_of(day);
    assert(from);
    const auto moved = *from + std::chrono::days(days);
    // Noon in UTC is the same day in Japan.
    return day_hour_in_japan(moved.time_since_epoch() + std::chrono::hours(3)).day;
}

int weekday_of(std::string_view day) {
    const auto date = day_of(day);
    assert(date);
    return static_cast<int>(std::chrono::weekday(*date).iso_encoding()) - 1;
}

std::string today_in_japan(Milliseconds wall) {
    return day_hour_in_japan(wall).day;
}

Milliseconds until_midnight_in_japan(Milliseconds wall) {
    constexpr Milliseconds kDay = std::chrono::hours(24), kJapan = std::chrono::hours(9);
    return kDay - (wall + kJapan) % kDay;
}

bool is_event_on(const KioskSettings& settings, std::string_view today) {
    return settings.event && settings.event->from <= today && today <= settings.event->to;
}

bool is_practice(const KioskSettings& settings, std::string_view today) {
    return !settings.practice_day.empty() && settings.practice_day == today;
}

Place place_on(const KioskSettings& settings, const Place& otherwise, std::string_view today) {
    Place place = otherwise;
    if (!settings.site.empty()) place.site = settings.site;
    if (is_event_on(settings, today)) {
        place.event = settings.event->name;
        place.universe = settings.event->universe;
    }
    place.practice = is_practice(settings, today);
    if (settings.keeps_hours) {
        OpeningHours hours;
        for (std::size_t day = 0; day < kWeekdays; ++day) {
            const DayHours& kept = settings.hours[day];
            if (kept.open) hours.week[day] = OpenSpan{kept.opens_min, kept.closes_min};
        }
        place.hours = hours;
    }
    return place;
}

std::vector<Language> offered_of(const std::vector<Language>& pack, const KioskSettings& settings) {
    std::vector<Language> offered;
    for (const Language language : pack)
        if (!settings.hidden.contains(language)) offered.push_back(language);
    return offered.empty() ? pack : offered;
}

Result<std::vector<EventPlan>> parse_events(std::string_view text) {
    std::vector<EventPlan> events;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        EventPlan event;
        std::string universe;
        words >> event.from >> event.to >> universe >> std::ws;
        std::getline(words, event.name);
        const auto who = universe_of(universe);
        if (who) event.universe = *who;
        if (!who || !is_event(event))
            return fail(ErrorCode::Invalid,
                        "line " + std::to_string(number) +
                            ": wanted FIRST-DAY LAST-DAY UNIVERSE NAME, like 2022-11-03 "
                            "2022-11-03 participant Name");
        events.push_back(std::move(event));
    }
    return events;
}

}  // namespace machikoe
