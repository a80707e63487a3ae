#include "sync/pages/kiosks.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "sync/pages/kiosk_watch.h"

namespace machikoe {
namespace {

/// A value, marked where it is beyond its limit.
Markup value(std::string_view shown, bool is_bad) {
    return is_bad ? element("span class=\"mark bad\"", shown) : text(shown);
}

Markup states(const Reader& reader, const KioskRow& kiosk, const KioskState& state) {
    const auto bad = [&](std::string_view ja, std::string_view en) {
        return element("span class=\"mark bad\"", word(reader, ja, en)) + text(" ");
    };
    if (kiosk.revoked) return bad("取消済み", "revoked");
    if (!state.told && state.is_well())
        return element("span class=\"mark\"", word(reader, "報告なし", "has never reported"));
    Markup marks;
    if (state.is_silent) marks += bad("連絡なし", "silent");
    if (state.has_gaps) marks += bad("番号に欠け", "numbers missing");
    if (state.is_late) marks += bad("未送信が滞留", "answers held up");
    if (state.is_skewed) marks += bad("時計のずれ", "clock is wrong");
    if (state.is_full) marks += bad("空き容量が少ない", "disk nearly full");
    if (state.is_other_version) marks += bad("版が違う", "other version");
    if (state.is_well()) marks = element("span class=\"mark\"", word(reader, "正常", "well"));
    return marks;
}

std::string time_or_dash(const std::optional<Milliseconds>& when) {
    return when ? local_time(when->count()) : "—";
}

std::string clock_of(int minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// Days with the same hours in a row: "月–金 09:00–17:30".
std::string hours_of(const Reader& reader, const KioskState& state) {
    if (!state.has_own_hours)
        return std::string(
            word(reader, "月–金 09:00–17:30 (仮定)", "Mon–Fri 09:00–17:30 (assumed)"));
    static constexpr std::pair<std::string_view, std::string_view> kDays[] = {
        {"月", "Mon"}, {"火", "Tue"}, {"水", "Wed"}, {"木", "Thu"},
        {"金", "Fri"}, {"土", "Sat"}, {"日", "Sun"}};
    const OpenWeek& week = *state.told->health.hours;
    const auto name = [&](std::size_t day) {
        return word(reader, kDays[day].first, kDays[day].second);
    };
    std::string all;
    for (std::size_t first = 0, next = 0; first < week.size(); first = next) {
        while (next < week.size() && week[next] == week[first]) ++next;
        if (!week[first]) continue;
        if (!all.empty()) all += ", ";
        all += name(first);
        if (next > first + 1) all += fmt::format("–{}", name(next - 1));
        all += fmt::format(" {}–{}", clock_of(week[first]->from), clock_of(week[first]->to));
    }
    return all.empty() ? std::string(word(reader, "休止", "closed")) : all;
}

Markup kiosk_rows(const Reader& reader, const std::vector<KioskRow>& kiosks,
                  std::string_view version, Milliseconds now) {
    Cells cells;
    cells.caption = std::string(word(
        reader,
        "印を付けるもの: 開館中に30分連絡がない、番号の欠け、1日以上前の未送信、2分を超える時計の"
        "ずれ、500 MB 未満の空き容量、サーバーと違う版。",
        "Marked: silent for 30 minutes of opening hours, numbers missing, unsent for more than a "
        "day, a clock off by more than two minutes, less than 500 MB free, another version than "
        "the server's."));
    for (const auto& [ja, en] : {std::pair{"キオスク", "Kiosk"},
                                 {"場所", "Site"},
                                 {"状態", "State"},
                                 {"開館時間", "Opening hours"},
                                 {"最後の連絡", "Last seen"},
                                 {"受け取った数", "Taken in"},
                                 {"欠け", "Missing"},
                                 {"未送信", "Unsent"},
                                 {"最も古い未送信", "Oldest unsent"},
                                 {"時計のずれ", "Clock skew"},
                                 {"空き容量", "Disk free"},
                                 {"版", "Version"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 5;
    for (const KioskRow& kiosk : kiosks) {
        const KioskState state = state_of(kiosk, version, now);
        const Health none, &health = state.told ? state.told->health : none;
        const auto told = [&](std::string shown, bool is_bad) {
            return value(state.told ? shown : "—", state.told && is_bad);
        };
        const std::string free =
            health.free_mb ? number(*health.free_mb) + " MB" : std::string("—");
        cells.rows.push_back(
            {text(kiosk.name.empty() ? kiosk.id.substr(0, 8) : kiosk.name), text(kiosk.site),
             states(reader, kiosk, state),
             text(state.told ? hours_of(reader, state) : std::string("—")),
             value(time_or_dash(state.heard), state.is_silent), text(number(kiosk.held)),
             value(number(kiosk.highest_sequence - kiosk.held), state.has_gaps),
             told(number(health.unsent), false),
             told(time_or_dash(health.oldest_unsent), state.is_late),
             told(number(state.told ? state.told->clock_skew_s : 0) + " s", state.is_skewed),
             told(free, state.is_full), told(health.version, state.is_other_version)});
    }
    return table(cells);
}

Markup held(const Reader& reader, const Counts& counts) {
    Cells kept;
    kept.caption = std::string(word(reader, "サーバーが持っているもの", "What the server holds"));
    kept.heads = {std::string(word(reader, "種類", "Kind")),
                  std::string(word(reader, "数", "Number"))};
    for (const auto& [ja, en, count] :
         {std::tuple{"集計に入った回答", "Responses counted", counts.responses},
          {"まとめて出るのを待つ回答", "Responses that wait for their group", counts.waiting},
          {"隔離したもの", "In quarantine", counts.quarantined},
          {"同じ番号で中身が違うもの", "Conflicts", counts.conflicts}})
        kept.rows.push_back({text(word(reader, ja, en)), text(number(count))});
    return element("div class=\"narrow\"", table(kept));
}

/// Well or not, before the long table.
Markup summary(const Reader& reader, const std::vector<KioskRow>& kiosks, std::string_view version,
               Milliseconds now) {
    const auto wanting = std::ranges::count_if(kiosks, [&](const KioskRow& kiosk) {
        return !kiosk.revoked && !state_of(kiosk, version, now).is_well();
    });
    if (wanting == 0)
        return element("p class=\"good\"", word(reader, "気をつけるべきキオスクはありません。",
                                                "No kiosk needs anybody's attention."));
    return element("p class=\"warning\"",
                   fmt::format(fmt::runtime(word(reader, "{} 台のキオスクを確かめてください。",
                                                 "Kiosks that need attention: {}.")),
                               wanting));
}

}  // namespace

Markup kiosks_page(const Reader& reader, const std::vector<KioskRow>& kiosks, const Counts& counts,
                   std::string_view version, Milliseconds now) {
    if (kiosks.empty())
        return element("p class=\"note\"",
                       word(reader, "まだ1台も登録されていません。", "No kiosk is enrolled yet.")) +
               held(reader, counts);
    return summary(reader, kiosks, version, now) + kiosk_rows(reader, kiosks, version, now) +
           element("p class=\"note\"",
                   word(reader,
                        "開館時間はキオスクで設定したものです。設定がないキオスクは、月曜日から"
                        "金曜日の 9:00–17:30(日本時間)と仮定します。",
                        "Opening hours are those set at the kiosk. Where none are set, Monday to "
                        "Friday 9:00–17:30 (Japan time) is assumed.")) +
           held(reader, counts);
}

Markup silent_banner(const Reader& reader, const std::vector<std::string>& sites) {
    if (sites.empty()) return {};
    std::string names;
    for (const std::string& site : sites) {
        if (!names.empty()) names += word(reader, "、", ", ");
        names += site.empty() ? word(reader, "(場所なし)", "(no site)") : std::string_view(site);
    }
    return element(
        "div class=\"warning\" role=\"alert\"",
        element("strong",
                word(reader, "どのキオスクからも連絡がありません: ", "No kiosk is heard of: ")) +
            text(names) + text(" ") +
            element("a href=\"/kiosks\"", word(reader, "キオスクを見る", "See kiosks")));
}

}  // namespace machikoe
