#include "sync/export/report.h"

#include <fmt/format.h>

#include "sync/export/export.h"
#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

std::string form_title(const VerdictTable& table) {
    if (table.form_confirmed) return table.title;
    return fmt::format("{}({})", table.title, kUnconfirmedJa);
}

Markup fact(std::string_view name, const Markup& value) {
    return element("tr", element("th scope=\"row\"", name) + element("td", value));
}

std::string period(const Evaluation& evaluation) {
    const std::string first = day_ja(evaluation.first_day), last = day_ja(evaluation.last_day);
    if (first.empty()) return "日付の記録なし";
    return first == last ? first : fmt::format("{} から {} まで", first, last);
}

std::string left_out(const Evaluation& evaluation) {
    if (evaluation.rules.left_out.empty()) return "なし(回答の質を理由に除く規則は使っていません)";
    std::string rules;
    for (const QualityFlag flag : evaluation.rules.left_out)
        (rules += rules.empty() ? "" : "、") += flag_ja(flag);
    return fmt::format("{} 件(除く規則: {})", number_ja(evaluation.left_out), rules);
}

/// Only places of enough people; the rest is one sentence, without its number.
std::string places(const std::map<std::string, std::int64_t>& counts, std::int64_t minimum_base) {
    std::string list;
    for (const auto& [name, count] : counts) {
        if (!list.empty()) list += "、";
        list += fmt::format("{} {} 件", name, number_ja(count));
    }
    if (list.empty()) return fmt::format("{} 件以上の場所なし", minimum_base);
    return fmt::format("{}({} 件未満は記載しません)", list, minimum_base);
}

Markup facts(const ReportSource& source) {
    const Evaluation& evaluation = source.evaluation;
    const int minimum = evaluation.rules.disclosure.minimum_base;
    Markup rows;
    rows += fact("年度", text(year_ja(source.pack.plan.fiscal_year)));
    rows +=
        fact("様式・判定の表",
             text(fmt::format("{}、{} 用", source.table.id, year_ja(source.table.fiscal_year))));
    rows += fact("調査方法", text("キオスク調査(区役所などに置いた端末で、来た人が自分で回答)"));
    rows += fact("回答の期間", text(period(evaluation)));
    rows += fact("回答数", text(number_ja(evaluation.responses) + " 件"));
    rows += fact("ほかの版への回答",
                 text(fmt::format("{} 件(質問文が違うため、どの数にも入れていません)",
                                  number_ja(evaluation.other_versions))));
    rows += fact("除いた回答", text(left_out(evaluation)));
    rows += fact("設置場所", text(places(evaluation.by_site, minimum)));
    if (!evaluation.by_event.empty())
        rows += fact("催し", text(places(evaluation.by_event, minimum)));
    return element("table class=\"facts\"",
                   element("caption", "この報告書のもとになった調査") + element("tbody", rows));
}

std::string short_actual(const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    if (is_share(definition.target_kind)) {
        if (!figure.share) return "--";
        return percent_ja(*figure.share, definition.decimals) + (figure.reference_only ? " *" : "");
    }
    if (!figure.reported) return "--";
    return number_ja(*figure.reported) +
           (definition.target_kind == TargetKind::AllAreas ? " 地域" : " 件");
}

Markup summary(const ReportSource& source) {
    Markup head = element("th scope=\"col\" class=\"id\"", "番号") +
                  element("th scope=\"col\" class=\"wide\"", "指標");
    for (const FormLine& line : source.table.block)
        if (line.line != BlockLine::Previous)
            head += element(line.line == BlockLine::Actual   ? "th scope=\"col\" class=\"actual\""
                            : line.line == BlockLine::Target ? "th scope=\"col\" class=\"target\""
                                                             : "th scope=\"col\"",
                            line.heading);
    Markup rows;
    int number = 0;
    for (const IndicatorFigure& figure : source.evaluation.figures) {
        const IndicatorDefinition& definition = figure.definition;
        Markup row = element("th scope=\"row\"", std::to_string(++number)) +
                     element("td", definition.official ? definition.official_wording
                                                       : japanese(definition.label));
        for (const FormLine& line : source.table.block) {
            if (line.line == BlockLine::Target) row += element("td", target_line(definition));
            if (line.line == BlockLine::Achievement)
                row += element("td", achievement_line(source, figure));
            if (line.line == BlockLine::Actual) row += element("td", short_actual(figure));
        }
        rows += element("tr", row);
    }
    return element("h2", "結果の一覧") +
           element("table class=\"summary\"", element("caption",
                                                      "実績は、割合については回答者の割合です。"
                                                      "「--」は非表示または報告なし、"
                                                      "「*」は参考値(回答者数が少ない)。") +
                                                  element("thead", element("tr", head)) +
                                                  element("tbody", rows));
}

}  // namespace

Markup report_head(const ReportSource& source) {
    const Plan& plan = source.pack.plan;
    Markup head = element("p class=\"ward\"", japanese(plan.ward)) +
                  element("h1", japanese(plan.title)) +
                  element("p class=\"form\"", "成果指標の評価報告書 — " + form_title(source.table));
    head += facts(source);
    if (plan.fiscal_year != source.table.fiscal_year)
        head +=
            element("p class=\"warning\"",
                    fmt::format("運営方針は{}のもの、様式と判定の表は{}のものです。年度が違うため、"
                                "判定の記号はその年度の公式の評価ではありません。",
                                year_ja(plan.fiscal_year), year_ja(source.table.fiscal_year)));
    head += element("p class=\"note\"", kRespondentsNoteJa);
    return head + summary(source);
}

std::string report_html(const ReportSource& source) {
    const Plan& plan = source.pack.plan;
    const std::string title = japanese(plan.title) + " 評価報告書";
    Markup style;
    style.html = report_style();
    Markup meta;
    meta.html = "<meta charset=\"utf-8\"/>";
    const Markup head = element("head", meta + element("title", title) + element("style", style));
    const Markup body = report_head(source) + report_indicators(source) + report_people(source) +
                        report_weighting(source) + report_questions(source) +
                        report_crosses(source) + report_quality(source) + report_notes(source);
    const std::string from = fmt::format("{}  {}", plan.id, source.pack.hash.substr(0, 12));
    return "<!DOCTYPE html>\n" +
           element("html lang=\"ja\"", head + element("body" + attribute("data-title", title) +
                                                          attribute("data-source", from),
                                                      body))
               .html +
           "\n";
}

}  // namespace machikoe
