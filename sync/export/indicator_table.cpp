#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "sync/export/export.h"

namespace machikoe {
namespace {

constexpr std::string_view kHidden = "--";

/// What a table says around the figures, in one language.
struct Words {
    std::array<std::string_view, 6> heads;  // id, n, share, target, verdict, indicator
    std::string_view at_least, at_least_previous, previous_unknown, cumulative, all_areas;
    std::string_view not_measurable_target;
    std::string_view no_target, achieved, not_achieved;
    std::string_view no_verdict, too_few, not_comparable, not_measurable, nothing_reported;
    std::string_view title, respondents_note, reference_note, no_target_note, hidden_note;
};

constexpr Words kJapanese = {
    {"ID", "回答者数 n", "回答者の割合", "目標", "判定", "指標"},
    "{} %以上",
    "前回({} %)以上",
    "前回以上",
    "累計数",
    "全地域での達成",
    "測れない目標",
    kNoTargetJa,
    "達成",
    "未達成",
    "判定なし",
    "判定なし(回答数不足)",
    "判定なし(前回と調査方法が違う)",
    "判定なし(測れない目標)",
    "判定なし(実績の報告なし)",
    "{}: 成果指標 (キオスク回答)",
    kRespondentsNoteJa,
    "* 参考値: 回答者数が少ないため、参考としてお読みください。",
    "目標値の記載なし: 運営方針に目標の数値がないため、判定しません。",
    "-- 回答者数が少ないため、割合を出しません。",
};

constexpr Words kEnglish = {
    {"ID", "Respondents n", "Share", "Target", "Verdict", "Indicator"},
    "at least {}%",
    "at least previous ({}%)",
    "at least previous",
    "cumulative count",
    "all areas done",
    "not measurable here",
    kNoTargetEn,
    "achieved",
    "not achieved",
    "none",
    "none (too few answers)",
    "none (previous figure measured in another way)",
    "none (target not measurable here)",
    "none (nothing reported yet)",
    "{}: outcome indicators (kiosk answers)",
    kRespondentsNoteEn,
    "* For reference only: few people answered.",
    "no target value given: the policy names no number, so there is no verdict.",
    "-- Too few people answered for a share.",
};

/// Columns that a terminal gives to the text.  Ambiguous characters count as narrow, as
/// terminals with a UTF-8 locale show them.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), i, size, c);
        const int category = u_charType(c);
        if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
            category == U_FORMAT_CHAR)
            continue;
        const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

enum class Align { Left, Right };

std::string padded(std::string_view text, std::size_t width, Align align) {
    const std::string spaces(width - std::min(width, width_of(text)), ' ');
    return align == Align::Left ? std::string(text) + spaces : spaces + std::string(text);
}

std::string share_cell(const IndicatorFigure& figure) {
    if (!figure.share) return std::string(kHidden);
    return fmt::format("{:.{}f}%{}", *figure.share, figure.definition.decimals,
                       figure.reference_only ? "*" : " ");
}

std::string target_cell(const IndicatorDefinition& definition, const Words& words) {
    switch (definition.target_kind) {
        case TargetKind::AtLeastPercent:
            if (!definition.target_percent) break;
            return fmt::format(fmt::runtime(words.at_least), *definition.target_percent);
        case TargetKind::AtLeastPrevious:
            if (!definition.previous_percent) return std::string(words.previous_unknown);
            return fmt::format(fmt::runtime(words.at_least_previous), *definition.previous_percent);
        case TargetKind::CumulativeCount:
            return std::string(words.cumulative);
        case TargetKind::AllAreas:
            return std::string(words.all_areas);
        case TargetKind::NotMeasurable:
            return std::string(words.not_measurable_target);
        case TargetKind::NoneGiven:
            break;
    }
    return std::string(words.no_target);
}

std::string_view verdict_cell(const IndicatorFigure& figure, const Words& words) {
    if (figure.verdict == Verdict::Achieved) return words.achieved;
    if (figure.verdict == Verdict::NotAchieved) return words.not_achieved;
    switch (figure.reason) {
        case NoVerdict::BaseTooSmall:
            return words.too_few;
        case NoVerdict::NotComparable:
            return words.not_comparable;
        case NoVerdict::NotMeasurableHere:
            return words.not_measurable;
        case NoVerdict::NothingReported:
            return words.nothing_reported;
        case NoVerdict::NoTargetGiven:
        case NoVerdict::HasVerdict:
            break;
    }
    return words.no_verdict;
}

using Row = std::array<std::string, 6>;

std::string drawn(const std::vector<Row>& rows) {
    std::array<std::size_t, 6> widths{};
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    std::string table;
    for (const Row& row : rows) {
        // The label stands last and unpadded: it is the only long one, and may wrap.
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            table +=
                padded(row[i], widths[i], i == 1 || i == 2 ? Align::Right : Align::Left) + "  ";
        table += row.back() + "\n";
    }
    return table;
}

std::string footnotes(const std::vector<IndicatorFigure>& figures, const Words& words) {
    std::string notes = std::string(words.respondents_note) + "\n";
    const auto any = [&](auto holds) { return std::any_of(figures.begin(), figures.end(), holds); };
    if (any([](const auto& figure) { return figure.share && figure.reference_only; }))
        notes += std::string(words.reference_note) + "\n";
    if (any([](const auto& figure) { return !figure.share; }))
        notes += std::string(words.hidden_note) + "\n";
    if (any([](const auto& figure) {
            return figure.definition.target_kind == TargetKind::NoneGiven;
        }))
        notes += std::string(words.no_target_note) + "\n";
    return notes;
}

}  // namespace

std::string indicator_table(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                            Language language) {
    const Words& words = is_japanese(language) ? kJapanese : kEnglish;
    const Language shown = is_japanese(language) ? Language::Ja : language;
    std::vector<Row> rows(1);
    for (std::size_t i = 0; i < words.heads.size(); ++i) rows[0][i] = words.heads[i];
    for (const IndicatorFigure& figure : figures) {
        const IndicatorDefinition& definition = figure.definition;
        rows.push_back({definition.id, std::to_string(figure.n), share_cell(figure),
                        target_cell(definition, words), std::string(verdict_cell(figure, words)),
                        without_ruby(definition.label.in(shown))});
    }
    return fmt::format(fmt::runtime(words.title), without_ruby(pack.plan.title.in(shown))) +
           "\n\n" + drawn(rows) + "\n" + footnotes(figures, words);
}

}  // namespace machikoe
