#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sync/export/labels.h"
#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

// More shades than this nobody tells apart on paper.
constexpr std::size_t kMostShades = 7;
// Percent of a bar below which no number fits into its part.
constexpr double kLeastForNumber = 7;

using Counts = std::vector<std::optional<std::int64_t>>;

bool has_bars(const Question& question) {
    return has_shares_of_a_whole(question) && question.options.size() <= kMostShades;
}

/// People of at least two groups: otherwise it says what the whole says.
bool says_something(const CrossTable& table) {
    const auto visible = std::ranges::count_if(table.bases, [](const auto& b) { return b > 0; });
    const auto hidden = std::ranges::count_if(table.bases, [](const auto& b) { return !b; });
    return visible > 0 && visible + hidden > 1;
}

Markup stack(const std::optional<std::int64_t>& base, const Counts& counts) {
    if (!base || *base == 0) return {};
    Markup parts;
    double left = 100;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!counts[i] || *counts[i] == 0) continue;
        const double wide = 100.0 * static_cast<double>(*counts[i]) / static_cast<double>(*base);
        left -= wide;
        parts += element(fmt::format("span class=\"k{}\" style=\"width:{:.3f}%\"", i + 1,
                                     std::max(0.0, wide - 0.002)),
                         wide < kLeastForNumber ? "" : std::to_string(i + 1));
    }
    const bool has_hidden = std::ranges::any_of(counts, [](const auto& count) { return !count; });
    if (has_hidden && left > 0.01)
        parts += element(
            fmt::format("span class=\"kx\" style=\"width:{:.3f}%\"", std::max(0.0, left - 0.01)),
            left < kLeastForNumber ? "" : kHiddenCell);
    return element("div class=\"stack\"", parts);
}

/// A group: its base, the share of each option, and the bar.  REQUIRES: base is not 0.
Markup line(const ReportSource& source, const Question& question, std::string_view group,
            const std::optional<std::int64_t>& base, const Counts& counts) {
    const bool is_reference = base && *base < source.evaluation.rules.disclosure.reference_base;
    Markup cells = element("th scope=\"row\"", group) +
                   element("td class=\"n\"", count_ja(base) + (is_reference ? " *" : ""));
    for (const auto& count : counts) {
        std::string share(kHiddenCell);
        if (base && count) share = fmt::format("{:.1f}", rounded_percent(*count, *base, 1));
        cells += element("td class=\"n\"", share);
    }
    if (has_bars(question)) cells += element("td class=\"stackcell\"", stack(base, counts));
    return element("tr", cells);
}

Markup rows_of(const ReportSource& source, const Question& question, const CrossTable& table) {
    const std::size_t columns = 2 + question.options.size() + (has_bars(question) ? 1 : 0);
    Markup rows = element(
        "tr",
        element(fmt::format("th scope=\"rowgroup\" class=\"variable\" colspan=\"{}\"", columns),
                variable_label(source.pack, table.by.id, Language::Ja)));
    for (std::size_t g = 0; g < table.by.groups.size() && g < table.bases.size(); ++g) {
        if (table.bases[g] == 0) continue;
        Counts counts;
        for (const Counts& option : table.counts) counts.push_back(option[g]);
        rows += line(source, question,
                     group_label(source.pack, table.by.id, table.by.groups[g], Language::Ja),
                     table.bases[g], counts);
    }
    return element("tbody", rows);
}

Markup heads(const Question& question) {
    Markup row = element("th scope=\"col\" class=\"group\"", "区分") +
                 element("th scope=\"col\" class=\"n base\"", "n");
    int number = 0;
    for (const Option& option : question.options)
        row += element("th scope=\"col\" class=\"n\"",
                       fmt::format("{} {}", ++number, japanese(option.label)));
    if (has_bars(question)) {
        // A swatch for each column, in the order of the parts of a bar.
        Markup key;
        for (int i = 1; i <= number; ++i)
            key += element(fmt::format("span class=\"swatch k{}\"", i), std::to_string(i));
        row += element("th scope=\"col\" class=\"stackhead\"", key);
    }
    return element("thead", element("tr", row));
}

/// All groupings of one question in one table, as such reports have it.
Markup crosses_of(const ReportSource& source, const Question& question) {
    Markup bodies;
    bool has_hidden = false;
    for (const CrossTable& table : source.evaluation.crosses) {
        if (table.question != question.id || !says_something(table)) continue;
        has_hidden |= table.has_hidden;
        bodies += rows_of(source, question, table);
    }
    if (bodies.html.empty()) return {};
    const auto whole =
        std::ranges::find(source.evaluation.questions, question.id, &QuestionTable::question);
    if (whole != source.evaluation.questions.end() && whole->shown)
        bodies = element("tbody class=\"whole\"",
                         line(source, question, "全体", whole->answered, whole->by_option)) +
                 bodies;
    std::string caption = "各区分の n を100 %とした割合(%)、" + std::string(type_ja(question.type));
    if (has_hidden) caption += "。x: 人数が少ないため非表示(関連する欄を含む)";
    return element("h3",
                   element("span class=\"number\"", question_number(source.pack, question.id)) +
                       text(japanese(question.text))) +
           element("table class=\"cross\"", element("caption", caption) + heads(question) + bodies);
}

}  // namespace

Markup report_crosses(const ReportSource& source) {
    Markup tables;
    for (const Question& question : source.pack.survey.questions)
        tables += crosses_of(source, question);
    Markup part = element("h2 class=\"part\"", "クロス集計");
    if (tables.html.empty()) return part + element("p", "表にできる人数の区分がありません。");
    part += element(
        "p class=\"small\"",
        fmt::format("「*」は n が {} 未満の参考値です。回答した人がいない区分は省いています。"
                    "帯の中の数字は選択肢の番号で、左から番号順に並びます。帯の x は"
                    "非表示の部分です。",
                    source.evaluation.rules.disclosure.reference_base));
    return part + tables;
}

}  // namespace machikoe
