#include <fmt/format.h>

#include <algorithm>

#include "sync/export/labels.h"
#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

Markup form_block(const ReportSource& source, const IndicatorFigure& figure) {
    Markup rows;
    for (const FormLine& line : source.table.block) {
        Markup value;
        switch (line.line) {
            case BlockLine::Target:
                value = target_line(figure.definition);
                break;
            case BlockLine::Actual:
                value = actual_line(source, figure);
                break;
            case BlockLine::Previous:
                value = previous_line(figure.definition);
                break;
            case BlockLine::Achievement:
                value = achievement_line(source, figure);
                break;
        }
        rows += element("tr", element("th scope=\"row\"", line.heading) + element("td", value));
    }
    return element("table", element("caption", "様式の欄") + element("tbody", rows));
}

Markup entry(std::string_view name, std::string_view value) {
    return element("dt", name) + element("dd", value);
}

std::string rounding_ja(int decimals) {
    if (decimals == 0) return "四捨五入して整数";
    return fmt::format("四捨五入して小数第{}位まで", decimals);
}

/// How the figure comes about, so that a reader can count again.
Markup definition_list(const ReportSource& source, const IndicatorDefinition& definition) {
    if (!is_share(definition.target_kind))
        return element("dl",
                       entry("測り方", definition.target_kind == TargetKind::NotMeasurable
                                           ? "回答からも区の記録からも測れません。"
                                           : "区の記録による数です。回答者の割合ではありません。"));
    const Question* question = source.pack.survey.question(definition.question);
    if (!question) return element("dl", entry("質問", definition.question));
    std::string counted;
    for (const Option& option : question->options) {
        if (std::ranges::count(definition.counted, option.id) == 0) continue;
        counted += "「" + japanese(option.label) + "」";
    }
    const std::string base = definition.base == BaseRule::AnsweredOnly
                                 ? "質問に回答した人(無回答・回答しないを除く)"
                                 : "質問を見た人(無回答・回答しないを含む)";
    return element(
        "dl", entry("質問文(" + question_number(source.pack, question->id) + ")",
                    japanese(question->text)) +
                  entry("該当として数える選択肢", counted) + entry("割合の分母 n", base) +
                  entry("対象と端数",
                        fmt::format("{}。{}", universe_label(definition.universe, Language::Ja),
                                    rounding_ja(definition.decimals))));
}

Markup indicator(const ReportSource& source, const IndicatorFigure& figure, int number) {
    const IndicatorDefinition& definition = figure.definition;
    Markup head =
        element("span class=\"number\"", fmt::format("指標{}", number)) +
        text(definition.official ? definition.official_wording : japanese(definition.label));
    Markup block = element("h3", head);
    if (!definition.official)
        block += element("p class=\"small\"", "運営方針の指標として記載された文言ではありません。");
    block += element(
        "div class=\"sides\"",
        element("div class=\"left\"", form_block(source, figure)) +
            element("div", element("p", "算出のしかた") + definition_list(source, definition)));
    return element("section class=\"indicator\"", block);
}

/// Beside ours and in a table of their own: never a line from one to the other.
Markup others(const ReportSource& source) {
    Markup rows;
    for (const OtherFigure& other : source.evaluation.others) {
        std::string name = other.indicator;
        int decimals = 1, number = 0;
        for (const IndicatorDefinition& each : source.pack.plan.indicators) {
            ++number;
            if (each.id != other.indicator) continue;
            name = fmt::format("指標{}", number);
            decimals = each.decimals;
        }
        rows += element(
            "tr", element("th scope=\"row\"", name) + element("td", year_ja(other.fiscal_year)) +
                      element("td", mode_ja(other.mode)) +
                      element("td class=\"n\"", percent_ja(other.percent, decimals)) +
                      element("td class=\"n\"", other.n ? number_ja(*other.n) : "記載なし") +
                      element("td", other.same_question ? "同じ" : "違う") +
                      element("td", other.source));
    }
    if (rows.html.empty()) return {};
    Markup head;
    for (const char* name : {"指標", "年度", "調査方法", "割合", "n", "質問文", "出典"})
        head += element("th scope=\"col\"", name);
    return element(
        "div class=\"keep\"",
        element("h3", "ほかの調査(並べて示すだけで、比べません)") +
            element("table", element("caption",
                                     "調査方法や質問文が違う数値を、"
                                     "この調査の数値とつなげて読むことはできません。") +
                                 element("thead", element("tr", head)) + element("tbody", rows)));
}

std::string scale_heading(const VerdictScale& scale) {
    return scale.heading + (scale.confirmed ? "" : "(" + std::string(kUnconfirmedJa) + ")");
}

/// Not counted by any program: boxes, and room for a reason.
Markup for_people(const ReportSource& source) {
    if (source.table.by_people.empty()) return {};
    Markup head = element("th scope=\"col\"", "経営課題・戦略");
    for (const VerdictScale& scale : source.table.by_people)
        head += element("th scope=\"col\"", scale_heading(scale));
    Markup rows;
    for (const Issue& issue : source.pack.plan.issues) {
        const std::string name = issue.strategy.title.official.empty()
                                     ? japanese(issue.short_title)
                                     : issue.strategy.number + " " + issue.strategy.title.official;
        Markup row = element("th scope=\"row\"", name);
        for (const VerdictScale& scale : source.table.by_people) {
            Markup choices;
            for (const VerdictCode& code : scale.codes)
                choices += element("span class=\"choice\"",
                                   element("span class=\"box\"", "") + text(code.code));
            row += element("td", choices);
        }
        rows += element("tr", row);
    }
    Markup legend;
    for (const VerdictScale& scale : source.table.by_people) {
        std::string codes;
        for (const VerdictCode& code : scale.codes)
            codes += fmt::format("{}{} {}", codes.empty() ? "" : "、", code.code, code.meaning);
        legend += element("p class=\"legend\"", scale_heading(scale) + ": " + codes);
    }
    return element(
        "div class=\"keep\"",
        element("h3", "区が判断する欄") +
            element("table", element("caption",
                                     "この欄は集計からは決まりません。"
                                     "区が判断して記入します。") +
                                 element("thead", element("tr", head)) + element("tbody", rows)) +
            legend);
}

Markup share_cell(const std::optional<double>& share, int decimals) {
    return element("td class=\"n\"", share ? percent_ja(*share, decimals) : "--");
}

Markup weighted_table(const ReportSource& source) {
    Markup rows;
    for (const WeightedFigure& weighted : source.evaluation.weighting->figures) {
        int number = 0;
        for (const IndicatorFigure& figure : source.evaluation.figures) {
            ++number;
            if (figure.definition.id != weighted.indicator) continue;
            const int decimals = figure.definition.decimals;
            rows += element(
                "tr",
                element("th scope=\"row\"",
                        fmt::format("指標{} {}", number, japanese(figure.definition.label))) +
                    share_cell(figure.share, decimals) + share_cell(weighted.share, decimals) +
                    element("td class=\"n\"",
                            weighted.n ? number_ja(*weighted.n) : std::string(kHiddenCell)) +
                    element("td class=\"n\"",
                            weighted.share ? fmt::format("{:.1f}", weighted.effective_n) : "--") +
                    element("td class=\"n\"", weighted.design_effect
                                                  ? fmt::format("{:.2f}", *weighted.design_effect)
                                                  : std::string(kHiddenCell)));
        }
    }
    Markup head = element("th scope=\"col\"", "指標");
    for (const char* name : {"単純集計の割合", "ウエイト後の割合", "n(属性が分かる人)",
                             "有効回答数(Kish)", "デザイン効果"})
        head += element("th scope=\"col\" class=\"n\"", name);
    return element("table", element("caption",
                                    "ウエイト後の割合も回答者の割合です。"
                                    "判定には単純集計の割合だけを使います。") +
                                element("thead", element("tr", head)) + element("tbody", rows));
}

}  // namespace

Markup report_indicators(const ReportSource& source) {
    Markup part = element("h2 class=\"part\"", "成果指標");
    int number = 0;
    for (const IndicatorFigure& figure : source.evaluation.figures)
        part += indicator(source, figure, ++number);
    return part + others(source) + for_people(source);
}

Markup report_weighting(const ReportSource& source) {
    if (!source.evaluation.weighting) return {};
    const Weighting& weighting = *source.evaluation.weighting;
    Markup part = element("h2 class=\"part\"", "重み付け集計");
    if (!weighting.empty_groups.empty()) {
        std::string groups;
        for (const std::string& group : weighting.empty_groups) {
            const std::size_t colon = group.find(':');
            const std::string variable = group.substr(0, colon);
            const std::string id = colon == std::string::npos ? "" : group.substr(colon + 1);
            groups += "「" + variable_label(source.pack, variable, Language::Ja) + " " +
                      group_label(source.pack, variable, id, Language::Ja) + "」";
        }
        return part + element("p",
                              "重み付けはしていません。住民基本台帳にいて、回答者にいない区分が"
                              "あるためです: " +
                                  groups);
    }
    if (!weighting.has_converged)
        return part + element("p", fmt::format("重み付けはしていません。ウエイトが{}回の計算で"
                                               "定まらなかったためです。",
                                               weighting.rounds));
    part += element("p",
                    fmt::format("住民基本台帳の構成に合わせたウエイト(レイキング)による集計です。"
                                "属性がすべて分かる {} 人が対象で、上限で切ったウエイトは {} 人分、"
                                "全体の有効回答数(Kish)は {:.1f} です。重み付けをしても、"
                                "区民全体の割合にはなりません。",
                                number_ja(weighting.respondents), number_ja(weighting.trimmed),
                                weighting.effective_n));
    return part + weighted_table(source);
}

}  // namespace machikoe
