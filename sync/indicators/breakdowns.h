// Breakdowns: how many answered in each week, at each site and at each event, and every
// indicator's share among them, as far as it may be shown.
//
// An indicator by group is a table of two rows, counted and not, with margins: hidden like a cross
// table (disclosure.h).  Its row totals are the indicator itself and stand in its figure, so a
// table that could only be protected by hiding one of those shows no group at all.  Indicators
// of one question and universe are nested in one another (the difference of two is who is counted
// by one alone), so they are hidden together: as one table whose rows are who is counted by which.
// What is hidden of how many responded is hidden of every indicator.
//
// Weeks are ISO weeks of the day as published.  A response whose day was blurred to a month or
// away is in the group "", and so is one outside events.
//
// Not handled: groups of two breakdowns that lie within one another.  Whoever knows that a place
// was open for one event alone reads the difference of the two (docs/evaluation.md).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/disclosure.h"

namespace machikoe {

enum class BreakdownKind { Week, Site, Event };
inline constexpr BreakdownKind kBreakdownKinds[] = {BreakdownKind::Week, BreakdownKind::Site,
                                                    BreakdownKind::Event};
std::string_view name_of(BreakdownKind kind);  // "week", …

/// One indicator by week, place or event.  Absent: may not be shown.
struct IndicatorBreakdown {
    std::string indicator;
    std::vector<std::optional<std::int64_t>> n;
    std::vector<std::optional<double>> share;  // percent, rounded as the indicator's; absent, too,
                                               // where n < its minimum_base
};
struct Breakdown {
    BreakdownKind by = BreakdownKind::Week;
    std::vector<std::string> groups;  // Week: its Monday "2022-06-06"; Site, Event: the name; ""
                                      // last, when there is one: not known, or no event.  In order
    std::vector<std::optional<std::int64_t>> responses;  // by group
    std::vector<IndicatorBreakdown> indicators;          // those that are shares, as in the pack
    bool has_hidden = false;
};

/// Where and when an event took place, as far as that speaks of enough people.
struct EventSummary {
    std::string event;
    std::int64_t responses = 0;
    std::vector<std::string> sites;   // of which at least minimum_base of its responses are
    std::string first_day, last_day;  // likewise; "": no day has so many
};

/// The Monday of the day's ISO week; "" of a month, of nothing and of what is no day.
std::string week_of(std::string_view day);

class BreakdownCounter {
  public:
    explicit BreakdownCounter(const Pack& pack);
    /// REQUIRES: the response is to this version of the pack.
    void add(const Response& response);

    std::vector<Breakdown> breakdowns(const DisclosureRule& rule) const;  // in order of the kinds
    /// Those whose responses may be shown in breakdowns(), which is what is given here.
    std::vector<EventSummary> events(const DisclosureRule& rule,
                                     const std::vector<Breakdown>& breakdowns) const;
    /// Every count there is, as text: equal exactly when the counts are.
    std::string all_counts() const;
    template <class Archive>
    void walk(Archive& archive);  // count_bytes.cpp

  private:
    /// Indicators of one question and universe, by their place among the pack's.
    struct Family {
        std::string question;
        Universe universe = Universe::Resident;
        std::vector<std::size_t> indicators;
        bool one_base = true;  // they have the same base rule
    };
    /// How many stand alike in a family: for each indicator '-' not in its base, 'b' in it,
    /// 'c' counted.  Few differ, so they are searched in a row.
    using Standings = std::vector<std::pair<std::string, std::int64_t>>;
    struct Group {
        std::int64_t responses = 0;
        std::vector<Standings> standings;  // by family
    };
    using Groups = std::map<std::string, Group, std::less<>>;
    struct Event {
        std::map<std::string, std::int64_t> by_site, by_day;
    };
    using InOrder = std::vector<const Group*>;

    std::vector<std::string> standings_of(const Response& response) const;
    Breakdown breakdown(BreakdownKind kind, const DisclosureRule& rule) const;
    void add_family(std::size_t family, const InOrder& groups, const DisclosureRule& rule,
                    Breakdown& breakdown) const;

    const Pack& pack_;
    std::vector<Family> families_;
    std::array<Groups, std::size(kBreakdownKinds)> groups_;
    std::map<std::string, Event, std::less<>> events_;
};

}  // namespace machikoe
