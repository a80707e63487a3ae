#include "sync/pages/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "sync/pages/figure_words.h"
#include "sync/wire/health.h"

namespace machikoe {
namespace {

std::string joined(const Reader& reader, const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) {
        if (!all.empty()) all += word(reader, "、", ", ");
        all += name;
    }
    return all.empty() ? "—" : all;
}

std::string period_words(const std::string& first, const std::string& last) {
    if (first.empty()) return "—";
    return first == last ? first : first + " – " + last;
}

Markup events_that_were(const Reader& reader, const Evaluation& evaluation) {
    Cells cells;
    cells.caption = fmt::format(
        fmt::runtime(word(reader, "回答のあった催し({} 件未満のものは記載しません)",
                          "Events with responses (those with fewer than {} are left out)")),
        evaluation.rules.disclosure.minimum_base);
    for (const auto& [ja, en] : {std::pair{"催し", "Event"},
                                 {"場所", "Sites"},
                                 {"期間", "Period"},
                                 {"回答数", "Responses"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 3;
    for (const EventSummary& event : evaluation.events)
        cells.rows.push_back({text(event.event), text(joined(reader, event.sites)),
                              text(period_words(event.first_day, event.last_day)),
                              text(number(event.responses))});
    return cells.rows.empty()
               ? element("p class=\"note\"", word(reader, "示せる催しはまだありません。",
                                                  "There is no event to be shown yet."))
               : table(cells);
}

/// A row for each indicator, a column for each event.
Markup shares_at_events(const Reader& reader, const Evaluation& evaluation) {
    const Breakdown* breakdown = breakdown_of(evaluation, BreakdownKind::Event);
    if (!breakdown || breakdown->groups.empty()) return {};
    Cells cells;
    cells.caption = std::string(word(reader, "回答者の割合", "Shares of respondents"));
    cells.heads.emplace_back(word(reader, "指標", "Indicator"));
    for (const std::string& group : breakdown->groups)
        cells.heads.push_back(group_words(reader, BreakdownKind::Event, group));
    for (const IndicatorBreakdown& indicator : breakdown->indicators) {
        const auto figure = std::ranges::find_if(
            evaluation.figures,
            [&](const IndicatorFigure& each) { return each.definition.id == indicator.indicator; });
        if (figure == evaluation.figures.end()) continue;
        std::vector<Markup> row{
            element("a" + attribute("href", "/indicators?id=" + indicator.indicator),
                    indicator_wording(reader, figure->definition))};
        for (std::size_t at = 0; at < indicator.share.size(); ++at) {
            std::string shown = indicator.n[at] ? "—" : std::string(kHidden);
            if (indicator.share[at])
                shown = percent(*indicator.share[at], figure->definition.decimals);
            row.push_back(text(shown));
        }
        cells.rows.push_back(std::move(row));
    }
    return element("h2", word(reader, "催しごとの指標", "Indicators by event")) +
           hidden_note(reader) + table(cells);
}

Markup events_that_are_set(const Reader& reader, const std::vector<KioskRow>& kiosks) {
    std::set<std::tuple<std::string, std::string, std::string>> seen;  // name, site, period
    for (const KioskRow& kiosk : kiosks) {
        const auto told = read_kept_health(kiosk.health);
        if (!told || !told->health.event || kiosk.revoked) continue;
        const RunningEvent& event = *told->health.event;
        seen.emplace(event.name, kiosk.site, period_words(event.from, event.to));
    }
    Cells cells;
    cells.caption =
        std::string(word(reader, "キオスクが最後に報告したもの", "As kiosks last reported"));
    for (const auto& [ja, en] : {std::pair{"催し", "Event"}, {"場所", "Site"}, {"期間", "Period"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 3;
    for (const auto& [name, site, period] : seen)
        cells.rows.push_back({text(name), text(site), text(period)});
    return element("h2", word(reader, "今、設定されている催し", "Events that are set now")) +
           (seen.empty()
                ? element("p class=\"note\"", word(reader, "設定されている催しはありません。",
                                                   "No event is set at any kiosk."))
                : table(cells));
}

}  // namespace

Markup events_page(const Reader& reader, const Evaluation& evaluation,
                   const std::vector<KioskRow>& kiosks) {
    return events_that_were(reader, evaluation) + shares_at_events(reader, evaluation) +
           events_that_are_set(reader, kiosks);
}

}  // namespace machikoe
