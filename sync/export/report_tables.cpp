#include <fmt/format.h>

#include "sync/export/labels.h"
#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

Markup bar(double percent, std::string_view kind) {
    return element(fmt::format("div{} style=\"width:{:.1f}%\"", kind, percent), "");
}

Markup column_heads(std::initializer_list<std::pair<std::string_view, bool>> heads) {
    Markup row;
    for (const auto& [name, is_number] : heads)
        row += element(is_number ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", name);
    return element("thead", element("tr", row));
}

std::string share_ja(const std::optional<double>& share, std::string_view otherwise) {
    return share ? percent_ja(*share, 1) : std::string(otherwise);
}

const RegisterMargin* margin_of(const ReportSource& source, const CrossVariable& variable) {
    if (!source.data.people) return nullptr;
    for (const RegisterMargin& margin : source.data.people->margins)
        if (margin.question == variable.id) return &margin;
    return nullptr;
}

/// Groups that the register holds only together have no line of their own.
Markup joint_groups(const ReportSource& source, const RegisterMargin& margin) {
    std::int64_t all = 0;
    for (const RegisterGroup& group : margin.groups) all += group.people;
    Markup notes;
    for (const RegisterGroup& group : margin.groups) {
        if (group.options.size() < 2) continue;
        std::string names;
        for (const std::string& option : group.options)
            names += "「" + group_label(source.pack, margin.question, option, Language::Ja) + "」";
        notes += element("p class=\"legend\"",
                         fmt::format("住民基本台帳では{}を合わせて {}", names,
                                     percent_ja(rounded_percent(group.people, all, 1), 1)));
    }
    return notes;
}

Markup composition(const ReportSource& source, const Composition& composition) {
    const RegisterMargin* margin = margin_of(source, composition.variable);
    Markup rows;
    for (const CompositionRow& row : composition.rows) {
        Markup cells = element("th scope=\"row\"", group_label(source.pack, composition.variable.id,
                                                               row.group, Language::Ja)) +
                       element("td class=\"n\"", count_ja(row.count)) +
                       element("td class=\"n\"", share_ja(row.share, kHiddenCell));
        Markup bars = bar(row.share.value_or(0), "");
        if (margin) {
            cells += element("td class=\"n\"", share_ja(row.register_share, "–"));
            bars += bar(row.register_share.value_or(0), " class=\"register\"");
        }
        cells += element("td class=\"bars\"",
                         element(margin ? "div class=\"bar pair\"" : "div class=\"bar\"", bars));
        rows += element("tr", cells);
    }
    const Markup heads =
        margin
            ? column_heads({{"区分", false},
                            {"人数", true},
                            {"構成比", true},
                            {"住民基本台帳の構成比", true},
                            {"上(塗り): 回答者、下(白): 住民基本台帳", false}})
            : column_heads({{"区分", false}, {"人数", true}, {"構成比", true}, {"回答者", false}});
    Markup table = element(
        "table",
        element("caption", fmt::format("回答 {} 件の構成", number_ja(composition.responses))) +
            heads + element("tbody", rows));
    if (margin) table += joint_groups(source, *margin);
    return element(
        "div class=\"keep\"",
        element("h3", variable_label(source.pack, composition.variable.id, Language::Ja)) + table);
}

Markup options(const Question& question, const QuestionTable& table, const std::string& section) {
    Markup rows;
    for (std::size_t i = 0; i < question.options.size() && i < table.by_option.size(); ++i) {
        const std::optional<std::int64_t> count = table.by_option[i];
        const bool has_share = count && table.answered > 0;
        const double share = has_share ? rounded_percent(*count, table.answered, 1) : 0;
        rows += element(
            "tr", element("th scope=\"row\"", japanese(question.options[i].label)) +
                      element("td class=\"n\"", count_ja(count)) +
                      element("td class=\"n\"",
                              has_share ? percent_ja(share, 1) : std::string(kHiddenCell)) +
                      element("td class=\"bars\"",
                              element("div class=\"bar\"",
                                      bar(share, table.reference_only ? " class=\"faint\"" : ""))));
    }
    return element(
        "table",
        element("caption", fmt::format("{} | n = {}(回答した人)、{}", section,
                                       number_ja(table.answered), type_ja(question.type))) +
            column_heads({{"選択肢", false}, {"人数", true}, {"割合", true}, {"0〜100 %", false}}) +
            element("tbody", rows));
}

Markup not_answered(const QuestionTable& table) {
    return element("p class=\"legend\"",
                   fmt::format("無回答 {} 、回答しない {} 、表示なし {} 、質問せず {}",
                               count_ja(table.skipped), count_ja(table.refused),
                               count_ja(table.not_shown), count_ja(table.not_asked)));
}

Markup question(const ReportSource& source, const Question& question, const QuestionTable& table) {
    Markup head = element("span class=\"number\"", question_number(source.pack, question.id)) +
                  text(japanese(question.text));
    if (table.shown && table.reference_only) head += element("span class=\"mark\"", "参考値");
    Markup block = element("h3", head);
    const std::string section = section_ja(source.pack, question);
    const std::string n = number_ja(table.answered);
    if (!table.shown) {
        block +=
            element("p", table.answered == 0
                             ? section + " | n = 0。回答がありません。"
                             : fmt::format("{} | n = {}。人数が少ないため非表示。", section, n));
        return element("section class=\"question\"", block);
    }
    if (!question.options.empty()) {
        block += options(question, table, section);
    } else if (question.type == QuestionType::Number && table.mean && table.median) {
        const std::string unit = japanese(question.unit);
        block += element("p", fmt::format("{} | n = {}、平均 {:.1f} {}、中央値 {:.1f} {}", section,
                                          n, *table.mean, unit, *table.median, unit));
    } else {
        block += element(
            "p", fmt::format("{} | n = {}。自由記述の文章はこの報告書に載せません。", section, n));
    }
    return element("section class=\"question\"", block + not_answered(table));
}

}  // namespace

Markup report_people(const ReportSource& source) {
    Markup part = element("h2 class=\"part\"", "回答者の属性");
    if (source.data.people)
        part += element("p class=\"small\"",
                        fmt::format("住民基本台帳の構成比の出典: {}、{}現在",
                                    source.data.people->source, day_ja(source.data.people->date)));
    else
        part +=
            element("p class=\"small\"", "住民基本台帳の構成比は、資料がないため載せていません。");
    for (const Composition& each : source.evaluation.composition) part += composition(source, each);
    return part + element("p class=\"legend\"",
                          "x: 人数が少ないため非表示"
                          "(他の欄から計算できないよう、関連する欄も非表示にしています)");
}

Markup report_questions(const ReportSource& source) {
    Markup part = element("h2 class=\"part\"", "単純集計");
    part +=
        element("p class=\"small\"",
                "割合の分母は、その質問に回答した人です。しま模様の棒は参考値(回答者数が少ない)を"
                "示します。");
    for (const QuestionTable& table : source.evaluation.questions)
        if (const Question* asked = source.pack.survey.question(table.question))
            part += question(source, *asked, table);
    std::string about;
    for (const Composition& each : source.evaluation.composition)
        if (source.pack.survey.question(each.variable.id))
            (about += about.empty() ? "" : "、") += question_number(source.pack, each.variable.id);
    if (!about.empty())
        part += element("p class=\"small\"", about + " は「回答者の属性」に載せています。");
    return part;
}

}  // namespace machikoe
