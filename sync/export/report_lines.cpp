#include <fmt/format.h>

#include <algorithm>

#include "sync/export/export.h"
#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

Markup small(std::string_view plain) {
    return element("span class=\"small\"", plain);
}

Markup figure_of(std::string_view plain) {
    return element("span class=\"figure\"", plain);
}

/// What the office has reported, row by row, with its sources.
Markup reported_rows(const ReportSource& source, const IndicatorDefinition& definition) {
    const bool areas = definition.target_kind == TargetKind::AllAreas;
    Markup rows;
    for (const ReportedResult& result : source.data.reported) {
        if (result.indicator != definition.id) continue;
        const std::string value =
            areas ? (result.value > 0 ? "達成" : "未達成") : number_ja(result.value) + " 件";
        rows += element(
            "tr", element("th scope=\"row\"", result.of) + element("td class=\"n\"", value) +
                      element("td", fmt::format("{}、{}", result.source, day_ja(result.date))));
    }
    if (rows.html.empty()) return rows;
    return element("table class=\"reported\"",
                   element("caption", "区の記録(値、出典、日付)") + element("tbody", rows));
}

Markup reported_line(const ReportSource& source, const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    if (definition.target_kind == TargetKind::NotMeasurable)
        return text("-- ") + small("回答からも区の記録からも測れません。");
    if (!figure.reported) return text("-- ") + small("区の記録がまだありません。");
    const std::string number = number_ja(*figure.reported);
    const Markup head = definition.target_kind == TargetKind::AllAreas
                            ? figure_of(number + " 地域") +
                                  text(fmt::format("(全{}地域のうち達成)", definition.target_count))
                            : figure_of(number + " 件") + text("(累計)");
    return head + reported_rows(source, definition);
}

std::string no_verdict(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    switch (figure.reason) {
        case NoVerdict::BaseTooSmall:
            return "回答者数が少ないため";
        case NoVerdict::NotComparable:
            if (!definition.previous_percent) return "前年度実績の記載がないため";
            return definition.previous_mode == name_of(Mode::Kiosk) ? "前年度と質問文が違うため"
                                                                    : "前年度と調査方法が違うため";
        case NoVerdict::NotMeasurableHere:
            return "測れない目標のため";
        case NoVerdict::NothingReported:
            return "区の記録がまだないため";
        case NoVerdict::NoTargetGiven:
        case NoVerdict::HasVerdict:
            break;
    }
    return "目標値の記載がないため";
}

}  // namespace

Markup target_line(const IndicatorDefinition& definition) {
    const std::string_view way = definition.direction == Direction::Down ? "以下" : "以上";
    switch (definition.target_kind) {
        case TargetKind::AtLeastPercent:
            if (!definition.target_percent) break;
            return text(fmt::format("{}{}", percent_ja(*definition.target_percent), way));
        case TargetKind::AtLeastPrevious:
            return text(fmt::format("前年度実績{}", way));
        case TargetKind::CumulativeCount:
            return text(fmt::format("{} 件{}(累計)", number_ja(definition.target_count), way));
        case TargetKind::AllAreas:
            return text(fmt::format("全{}地域", definition.target_count));
        case TargetKind::NotMeasurable:
            return text("測れない目標");
        case TargetKind::NoneGiven:
            break;
    }
    return text(kNoTargetJa);
}

Markup actual_line(const ReportSource& source, const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    if (!is_share(definition.target_kind)) return reported_line(source, figure);
    if (!figure.share)
        return text("-- ") +
               small(fmt::format("n = {}。回答者数が {} 人未満のため、割合を出しません。",
                                 number_ja(figure.n), definition.minimum_base));
    Markup line = figure_of(percent_ja(*figure.share, definition.decimals));
    if (figure.reference_only) line += element("span class=\"mark\"", "参考値");
    return line + small(fmt::format("回答者の割合。n = {}、該当 {} 人", number_ja(figure.n),
                                    number_ja(figure.counted)));
}

Markup previous_line(const IndicatorDefinition& definition) {
    if (!definition.previous_percent) return text("記載なし");
    Markup line =
        text(fmt::format("{}({})", percent_ja(*definition.previous_percent, definition.decimals),
                         mode_ja(definition.previous_mode)));
    if (definition.previous_mode != name_of(Mode::Kiosk))
        line += small("調査方法が違うため比べられません");
    if (!definition.previous_same_question) line += small("質問文が変わったため比べられません");
    return line;
}

Markup achievement_line(const ReportSource& source, const IndicatorFigure& figure) {
    const VerdictCode* code = code_for(figure, source.table);
    if (!code) return text(fmt::format("判定なし({})", no_verdict(figure)));
    Markup line = element("b", code->code) + text("  " + code->meaning);
    if (!source.table.achievement.confirmed) line += text(fmt::format("({})", kUnconfirmedJa));
    return line;
}

}  // namespace machikoe
