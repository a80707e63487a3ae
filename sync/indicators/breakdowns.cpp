#include "sync/indicators/breakdowns.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <numeric>
#include <set>

#include "sync/indicators/indicators.h"
#include "sync/indicators/judge.h"

namespace machikoe {
namespace {

std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (ec != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

void put_digits(std::string& text, std::size_t at, std::size_t count, unsigned number) {
    for (std::size_t i = count; i-- > 0; number /= 10)
        text[at + i] = static_cast<char>('0' + number % 10);
}

/// The table of a family: a row for each standing that occurs.
struct FamilyTable {
    std::vector<std::string> rows;
    std::vector<std::int64_t> inner;  // row by row
};

/// What stands in the figures anyway must not be what a table's protection rests on.
void protect(const DisclosureRule& rule, MarginTable& table) {
    apply(rule, table);
    for (int r = 0; r <= table.rows(); ++r)
        if (table.is_hidden(r, table.columns())) return table.hide_all();
}

bool shows_column(const MarginTable& table, int column) {
    for (int r = 0; r <= table.rows(); ++r)
        if (table.is_hidden(r, column)) return false;
    return true;
}

}  // namespace

std::string_view name_of(BreakdownKind kind) {
    switch (kind) {
        case BreakdownKind::Week:
            return "week";
        case BreakdownKind::Site:
            return "site";
        case BreakdownKind::Event:
            return "event";
    }
    return "unknown";
}

std::string week_of(std::string_view day) {
    namespace chrono = std::chrono;
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return {};
    const auto year = number_in(day.substr(0, 4));
    const auto month = number_in(day.substr(5, 2));
    const auto of_month = number_in(day.substr(8, 2));
    if (!year || !month || !of_month || *month < 1 || *of_month < 1) return {};
    const chrono::year_month_day date{chrono::year(*year),
                                      chrono::month(static_cast<unsigned>(*month)),
                                      chrono::day(static_cast<unsigned>(*of_month))};
    if (!date.ok()) return {};
    const chrono::sys_days at(date);
    const chrono::year_month_day monday(at - chrono::days(chrono::weekday(at).iso_encoding() - 1));
    if (static_cast<int>(monday.year()) < 0) return {};
    std::string text = "0000-00-00";
    put_digits(text, 0, 4, static_cast<unsigned>(static_cast<int>(monday.year())));
    put_digits(text, 5, 2, static_cast<unsigned>(monday.month()));
    put_digits(text, 8, 2, static_cast<unsigned>(monday.day()));
    return text;
}

BreakdownCounter::BreakdownCounter(const Pack& pack) : pack_(pack) {
    for (std::size_t i = 0; i < pack.plan.indicators.size(); ++i) {
        const IndicatorDefinition& definition = pack.plan.indicators[i];
        if (!is_share(definition.target_kind)) continue;
        const auto found = std::ranges::find_if(families_, [&](const Family& family) {
            return family.question == definition.question && family.universe == definition.universe;
        });
        if (found == families_.end()) {
            families_.push_back({definition.question, definition.universe, {i}, true});
            continue;
        }
        found->one_base &= pack.plan.indicators[found->indicators.front()].base == definition.base;
        found->indicators.push_back(i);
    }
}

/// By family; "" in no base of it.
std::vector<std::string> BreakdownCounter::standings_of(const Response& response) const {
    std::vector<std::string> all(families_.size());
    for (std::size_t f = 0; f < families_.size(); ++f) {
        const Family& family = families_[f];
        if (family.universe != response.universe) continue;
        bool is_in = false;
        for (const std::size_t i : family.indicators) {
            const auto [in_base, counted] = standing(pack_.plan.indicators[i], response);
            all[f] += counted ? 'c' : in_base ? 'b' : '-';
            is_in |= in_base;
        }
        if (!is_in) all[f].clear();
    }
    return all;
}

void BreakdownCounter::add(const Response& response) {
    const std::vector<std::string> standings = standings_of(response);
    const std::string names[] = {week_of(response.when.day), response.site, response.event};
    for (std::size_t kind = 0; kind < std::size(names); ++kind) {
        Group& group = groups_[kind][names[kind]];
        ++group.responses;
        group.standings.resize(families_.size());
        for (std::size_t f = 0; f < families_.size(); ++f) {
            if (standings[f].empty()) continue;
            auto& counts = group.standings[f];
            const auto found =
                std::ranges::find(counts, standings[f], &Standings::value_type::first);
            if (found != counts.end())
                ++found->second;
            else
                counts.emplace_back(standings[f], 1);
        }
    }
    if (response.event.empty()) return;
    Event& event = events_[response.event];
    ++event.by_site[response.site];
    if (!week_of(response.when.day).empty()) ++event.by_day[response.when.day];
}

std::vector<Breakdown> BreakdownCounter::breakdowns(const DisclosureRule& rule) const {
    std::vector<Breakdown> all;
    for (const BreakdownKind kind : kBreakdownKinds) all.push_back(breakdown(kind, rule));
    return all;
}

Breakdown BreakdownCounter::breakdown(BreakdownKind kind, const DisclosureRule& rule) const {
    const Groups& groups = groups_[static_cast<std::size_t>(kind)];
    Breakdown breakdown;
    breakdown.by = kind;
    InOrder in_order;
    const auto append = [&](const std::string& name, const Group& group) {
        breakdown.groups.push_back(name);
        in_order.push_back(&group);
    };
    for (const auto& [name, group] : groups)
        if (!name.empty()) append(name, group);
    if (const auto unknown = groups.find(""); unknown != groups.end())
        append(unknown->first, unknown->second);

    std::vector<std::int64_t> responses;
    for (const Group* group : in_order) responses.push_back(group->responses);
    MarginTable table(1, static_cast<int>(responses.size()), responses);
    protect(rule, table);
    for (int g = 0; g < table.columns(); ++g) {
        breakdown.responses.emplace_back();
        if (!table.is_hidden(1, g)) breakdown.responses.back() = table.value(1, g);
    }
    for (const IndicatorDefinition& definition : pack_.plan.indicators) {
        if (!is_share(definition.target_kind)) continue;
        breakdown.indicators.push_back({definition.id, {}, {}});
        breakdown.indicators.back().n.resize(in_order.size());
        breakdown.indicators.back().share.resize(in_order.size());
    }
    for (std::size_t f = 0; f < families_.size(); ++f) add_family(f, in_order, rule, breakdown);
    const auto is_absent = [](const auto& cell) { return !cell; };
    breakdown.has_hidden = std::ranges::any_of(breakdown.responses, is_absent);
    for (const IndicatorBreakdown& indicator : breakdown.indicators)
        breakdown.has_hidden |= std::ranges::any_of(indicator.n, is_absent);
    return breakdown;
}

void BreakdownCounter::add_family(std::size_t family, const InOrder& groups,
                                  const DisclosureRule& rule, Breakdown& breakdown) const {
    const Family& members = families_[family];
    std::set<std::string> names;
    for (const Group* group : groups)
        for (const auto& [name, count] : group->standings[family]) names.insert(name);
    // Of one indicator always both rows: that nobody is counted is a count like any other.
    if (members.indicators.size() == 1) names = {"b", "c"};
    const std::vector<std::string> rows(names.begin(), names.end());
    const auto count_of = [&](std::size_t r, std::size_t g) -> std::int64_t {
        for (const auto& [name, count] : groups[g]->standings[family])
            if (name == rows[r]) return count;
        return 0;
    };
    std::vector<std::int64_t> inner;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t g = 0; g < groups.size(); ++g) inner.push_back(count_of(r, g));
    const auto columns = static_cast<int>(groups.size());
    MarginTable table(static_cast<int>(rows.size()), columns, inner);
    protect(rule, table);
    // Bases that differ are no margins of one table: either all of it can be shown, or none.
    bool all_hidden = false;
    for (int g = 0; g < columns && !members.one_base; ++g) all_hidden |= !shows_column(table, g);

    for (std::size_t member = 0; member < members.indicators.size(); ++member) {
        const IndicatorDefinition& definition = pack_.plan.indicators[members.indicators[member]];
        IndicatorBreakdown& out =
            *std::ranges::find(breakdown.indicators, definition.id, &IndicatorBreakdown::indicator);
        for (std::size_t g = 0; g < groups.size(); ++g) {
            std::int64_t n = 0, counted = 0;
            for (std::size_t r = 0; r < rows.size(); ++r) {
                if (rows[r][member] != '-') n += count_of(r, g);
                if (rows[r][member] == 'c') counted += count_of(r, g);
            }
            all_hidden |= !members.one_base && n > 0 && n < rule.minimum_base;
            const int column = static_cast<int>(g);
            if (!breakdown.responses[g] || table.is_hidden(table.rows(), column)) continue;
            out.n[g] = n;
            if (n > 0 && n >= definition.minimum_base && shows_column(table, column))
                out.share[g] = rounded_percent(counted, n, definition.decimals);
        }
    }
    if (!all_hidden) return;
    for (const std::size_t i : members.indicators) {
        IndicatorBreakdown& out = *std::ranges::find(
            breakdown.indicators, pack_.plan.indicators[i].id, &IndicatorBreakdown::indicator);
        out.n.assign(groups.size(), std::nullopt);
        out.share.assign(groups.size(), std::nullopt);
    }
}

std::vector<EventSummary> BreakdownCounter::events(const DisclosureRule& rule,
                                                   const std::vector<Breakdown>& breakdowns) const {
    const Breakdown& events = breakdowns.at(static_cast<std::size_t>(BreakdownKind::Event));
    std::vector<EventSummary> all;
    for (std::size_t g = 0; g < events.groups.size(); ++g) {
        const auto found = events_.find(events.groups[g]);
        if (!events.responses[g] || found == events_.end()) continue;
        EventSummary summary{found->first, *events.responses[g], {}, {}, {}};
        for (const auto& [site, count] : found->second.by_site)
            if (count >= rule.minimum_base) summary.sites.push_back(site);
        for (const auto& [day, count] : found->second.by_day) {
            if (count < rule.minimum_base) continue;
            if (summary.first_day.empty()) summary.first_day = day;
            summary.last_day = day;
        }
        all.push_back(std::move(summary));
    }
    return all;
}

std::string BreakdownCounter::all_counts() const {
    std::string text;
    const auto add = [&](const std::string& name, std::int64_t count) {
        text += name + ':' + std::to_string(count) + ' ';
    };
    for (const Groups& groups : groups_)
        for (const auto& [name, group] : groups) {
            add('\n' + name, group.responses);
            for (Standings standings : group.standings) {
                std::ranges::sort(standings);
                for (const auto& [row, count] : standings) add(row, count);
                text += '/';
            }
        }
    for (const auto& [name, event] : events_) {
        text += '\n' + name + '/';
        for (const auto& [site, count] : event.by_site) add(site, count);
        for (const auto& [day, count] : event.by_day) add(day, count);
    }
    return text;
}

}  // namespace machikoe
