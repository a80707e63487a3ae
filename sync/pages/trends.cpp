#include "sync/pages/trends.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>
#include <tuple>

#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/pages/figure_words.h"
#include "sync/wire/health.h"

namespace machikoe {
namespace {

constexpr std::size_t kMostWeeks = 110;  // two years: a longer axis is not filled up

const Breakdown* breakdown_of(const Evaluation& evaluation, BreakdownKind kind) {
    const auto found = std::ranges::find(evaluation.breakdowns, kind, &Breakdown::by);
    return found == evaluation.breakdowns.end() ? nullptr : &*found;
}

std::string group_words(const Reader& reader, BreakdownKind kind, const std::string& group) {
    if (!group.empty()) return group;
    switch (kind) {
        case BreakdownKind::Week:
            return std::string(word(reader, "日付の記録なし", "day not recorded"));
        case BreakdownKind::Site:
            return std::string(word(reader, "場所の記録なし", "site not recorded"));
        case BreakdownKind::Event:
            return std::string(word(reader, "催し以外", "outside events"));
    }
    return "";
}

/// The Monday after this one; "" of what is none.
std::string week_after(const std::string& monday) {
    int parts[3] = {};
    const char* at = monday.data();
    for (int& part : parts) {
        const auto [end, fault] = std::from_chars(at, monday.data() + monday.size(), part);
        if (fault != std::errc{}) return "";
        at = end + 1;
    }
    const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                          std::chrono::month(static_cast<unsigned>(parts[1])),
                                          std::chrono::day(static_cast<unsigned>(parts[2]))};
    if (!day.ok()) return "";
    const std::chrono::year_month_day next = std::chrono::sys_days(day) + std::chrono::days(7);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(next.year()),
                       static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()));
}

/// A row of a group; `at` is npos for a week in which nobody answered.
struct GroupRow {
    std::string group;
    std::size_t at = std::string::npos;
};

/// Weeks between the first and the last in which nobody answered are rows, too: a line over the
/// weeks must not run through them as if they were not there.
std::vector<GroupRow> rows_of(const Breakdown& breakdown) {
    std::vector<GroupRow> rows;
    for (std::size_t at = 0; at < breakdown.groups.size(); ++at) {
        const std::string& group = breakdown.groups[at];
        while (breakdown.by == BreakdownKind::Week && !group.empty() && !rows.empty() &&
               rows.size() < kMostWeeks) {
            const std::string next = week_after(rows.back().group);
            if (next.empty() || next >= group) break;
            rows.push_back({next});
        }
        rows.push_back({group, at});
    }
    return rows;
}

/// A cell with what a chart needs of it.  Hidden ones are points, too: they are the gaps.
Markup point(const std::optional<double>& value, std::string_view shown, bool is_on_chart) {
    std::string head = "td class=\"n\"";
    if (is_on_chart) head += " data-point=\"\"";
    if (is_on_chart && value) head += attribute("data-share", fmt::format("{}", *value));
    return element(head, shown);
}

/// A caption, heads and rows as a table that becomes a chart.
Markup chart_table(std::string_view kind, std::string_view more, std::string_view caption,
                   const std::vector<std::string>& heads, const Markup& rows) {
    Markup head;
    for (std::size_t i = 0; i < heads.size(); ++i)
        head += element(i == 0 ? "th scope=\"col\"" : "th scope=\"col\" class=\"n\"", heads[i]);
    return element("div class=\"wide\"",
                   element("table" + attribute("data-chart", kind) + std::string(more),
                           element("caption", caption) + element("thead", element("tr", head)) +
                               element("tbody", rows)));
}

std::string_view first_head(const Reader& reader, BreakdownKind kind) {
    switch (kind) {
        case BreakdownKind::Week:
            return word(reader, "週(月曜日から)", "Week (from Monday)");
        case BreakdownKind::Site:
            return word(reader, "設置場所", "Site");
        case BreakdownKind::Event:
            return word(reader, "催し", "Event");
    }
    return "";
}

/// One indicator in one breakdown.
Markup shares_by(const Reader& reader, const Evaluation& evaluation, BreakdownKind kind,
                 const IndicatorFigure& figure, std::string_view caption) {
    const IndicatorDefinition& definition = figure.definition;
    const Breakdown* breakdown = breakdown_of(evaluation, kind);
    const auto none = [&] {
        return element("p class=\"note\"",
                       word(reader, "少ない人数が分かってしまうため、表を出しません。",
                            "Not shown: it would tell of few people."));
    };
    if (!breakdown) return none();
    const auto mine =
        std::ranges::find(breakdown->indicators, definition.id, &IndicatorBreakdown::indicator);
    if (mine == breakdown->indicators.end() ||
        std::ranges::none_of(mine->n, [](const auto& n) { return n.has_value(); }))
        return none();
    Markup rows;
    for (const GroupRow& row : rows_of(*breakdown)) {
        const bool is_known = row.at < mine->share.size();
        const auto share = is_known ? mine->share[row.at] : std::nullopt;
        const auto n = is_known ? mine->n[row.at] : std::optional<std::int64_t>(0);
        std::string shown = share ? percent(*share, definition.decimals) : std::string(kHidden);
        if (!share && n) shown = "—";  // too few, but how many is no secret
        rows += element("tr",
                        element("th scope=\"row\"", group_words(reader, kind, row.group)) +
                            element("td class=\"n\"", count_cell(n)) +
                            point(share, shown, !row.group.empty() || kind != BreakdownKind::Week));
    }
    std::string more;
    if (definition.target_percent)
        more = attribute("data-target", fmt::format("{}", *definition.target_percent)) +
               attribute("data-target-label", word(reader, "目標", "target"));
    return chart_table(kind == BreakdownKind::Week ? "line" : "bar", more, caption,
                       {std::string(first_head(reader, kind)),
                        std::string(word(reader, "回答者数 n", "Respondents n")),
                        std::string(word(reader, "回答者の割合", "Share of respondents"))},
                       rows);
}

Markup hidden_note(const Reader& reader) {
    return element(
        "p class=\"note\"",
        word(reader, "x は、少ない人数が分かってしまうため出さない数です。図では線が切れます。",
             "x stands for a number that would tell of few people; a line breaks "
             "there."));
}

std::string options_words(const Reader& reader, const Pack& pack,
                          const IndicatorDefinition& definition) {
    std::string all;
    for (const std::string& option : definition.counted) {
        if (!all.empty()) all += word(reader, "、", ", ");
        all += option_label(pack, definition.question, option, reader.language);
    }
    return all.empty() ? "—" : all;
}

Markup definition_table(const Reader& reader, const Pack& pack, const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    Markup rows;
    const auto add = [&](std::string_view ja, std::string_view en, const Markup& value) {
        rows +=
            element("tr", element("th scope=\"row\"", word(reader, ja, en)) + element("td", value));
    };
    if (definition.official)
        add("方針の文言", "In the policy (Japanese)",
            element("span lang=\"ja\"", definition.official_wording));
    add("指標", "Indicator", text(label_of(definition.label, reader.language)));
    add("対象", "Who", text(universe_label(definition.universe, reader.language)));
    if (pack.survey.question(definition.question)) {
        add("質問", "Question",
            element("a" + attribute("href", "/questions?id=" + definition.question),
                    question_label(pack, definition.question, reader.language)));
        add("数える答え", "Answers counted", text(options_words(reader, pack, definition)));
        add("分母", "Base",
            text(definition.base == BaseRule::AnsweredOnly
                     ? word(reader, "答えた人", "those who answered")
                     : word(reader, "答えた人と、答えずに進んだ人",
                            "those who answered and those who went on without")));
    }
    if (definition.previous_percent)
        add("前回の実績", "The time before",
            text(percent(*definition.previous_percent, definition.decimals) +
                 (definition.previous_mode.empty() ? "" : " (" + definition.previous_mode + ")")));
    return element(
        "div class=\"wide\"",
        element("table class=\"pairs\"",
                element("caption", word(reader, "定義", "Definition")) + element("tbody", rows)));
}

Markup standing(const Reader& reader, const IndicatorFigure& figure) {
    const auto fact = [](std::string_view name, std::string_view value, bool is_text) {
        return element("div",
                       element("dt", name) + element(is_text ? "dd class=\"text\"" : "dd", value));
    };
    std::string share = share_words(figure);
    if (figure.reference_only && figure.share) share += word(reader, "(参考値)", " (few answers)");
    const std::string reason = reason_words(reader, figure);
    Markup facts = element(
        "dl class=\"facts\"",
        fact(word(reader, "回答者の割合", "Share of respondents"), share, false) +
            fact(word(reader, "回答者数 n", "Respondents n"), base_words(reader, figure), false) +
            fact(word(reader, "目標", "Target"), target_words(reader, figure.definition), true) +
            fact(word(reader, "達成状況", "Target reached"), verdict_words(reader, figure), true));
    return reason.empty() ? facts : facts + element("p", reason);
}

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

Markup responses_by_week(const Reader& reader, const Evaluation& evaluation) {
    const Breakdown* breakdown = breakdown_of(evaluation, BreakdownKind::Week);
    if (!breakdown || std::ranges::none_of(breakdown->responses,
                                           [](const auto& count) { return count.has_value(); }))
        return {};
    Markup rows;
    for (const GroupRow& row : rows_of(*breakdown)) {
        const auto count = row.at < breakdown->responses.size() ? breakdown->responses[row.at]
                                                                : std::optional<std::int64_t>(0);
        const auto value =
            count ? std::optional<double>(static_cast<double>(*count)) : std::nullopt;
        rows += element(
            "tr",
            element("th scope=\"row\"", group_words(reader, BreakdownKind::Week, row.group)) +
                point(value, count ? number(*count) : std::string(kHidden), !row.group.empty()));
    }
    return element("h2", word(reader, "週ごとの回答数", "Responses by week")) +
           chart_table("line", " data-unit=\"count\"",
                       word(reader, "週ごとの回答数(x は示せない数)",
                            "Responses by week (x: may not be shown)"),
                       {std::string(first_head(reader, BreakdownKind::Week)),
                        std::string(word(reader, "回答数", "Responses"))},
                       rows);
}

Markup indicator_list(const Reader& reader, const Pack& pack, const Evaluation& evaluation) {
    Cells cells;
    cells.caption = std::string(word(reader, "指標を選ぶと、週・場所・催しごとの動きが出ます。",
                                     "Each leads to how it moved by week, site and event."));
    for (const auto& [ja, en] : {std::pair{"指標", "Indicator"},
                                 {"課題", "Issue"},
                                 {"目標", "Target"},
                                 {"回答者の割合", "Share of respondents"},
                                 {"回答者数 n", "Respondents n"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 3;
    for (const IndicatorFigure& figure : evaluation.figures) {
        const IndicatorDefinition& definition = figure.definition;
        const auto issue = std::ranges::find(pack.plan.issues, definition.issue, &Issue::id);
        cells.rows.push_back(
            {element("a" + attribute("href", "/indicators?id=" + definition.id),
                     indicator_wording(reader, definition)),
             text(issue == pack.plan.issues.end() ? std::string()
                                                  : label_of(issue->short_title, reader.language)),
             text(target_words(reader, definition)), text(share_words(figure)),
             text(base_words(reader, figure))});
    }
    return element("p class=\"note\"", word(reader, kRespondentsNoteJa, kRespondentsNoteEn)) +
           table(cells);
}

Markup indicator_page(const Reader& reader, const Pack& pack, const Evaluation& evaluation,
                      const IndicatorFigure& figure) {
    Markup page =
        element("p", element("a href=\"/indicators\"",
                             word(reader, "← 指標の一覧", "← All indicators"))) +
        element("p class=\"note\"", word(reader, kRespondentsNoteJa, kRespondentsNoteEn)) +
        standing(reader, figure) + definition_table(reader, pack, figure);
    if (!is_share(figure.definition.target_kind)) return page;
    page += element("h2", word(reader, "週ごと", "By week")) + hidden_note(reader) +
            shares_by(reader, evaluation, BreakdownKind::Week, figure,
                      word(reader, "週ごとの回答者の割合", "Share of respondents by week"));
    page += element("h2", word(reader, "場所ごと", "By site")) +
            shares_by(reader, evaluation, BreakdownKind::Site, figure,
                      word(reader, "場所ごとの回答者の割合", "Share of respondents by site"));
    page += element("h2", word(reader, "催しごと", "By event")) +
            shares_by(reader, evaluation, BreakdownKind::Event, figure,
                      word(reader, "催しごとの回答者の割合", "Share of respondents by event"));
    return page;
}

Markup events_page(const Reader& reader, const Evaluation& evaluation,
                   const std::vector<KioskRow>& kiosks) {
    return events_that_were(reader, evaluation) + shares_at_events(reader, evaluation) +
           events_that_are_set(reader, kiosks);
}

}  // namespace machikoe
