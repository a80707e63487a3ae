#include <fmt/format.h>

#include "sync/export/report_parts.h"
#include "sync/export/report_words.h"

namespace machikoe {
namespace {

Markup count_row(std::string_view name, std::int64_t count) {
    return element("tr",
                   element("th scope=\"row\"", name) + element("td class=\"n\"", number_ja(count)));
}

template <class Key>
std::int64_t count_in(const std::map<Key, std::int64_t>& counts, Key key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

Markup counts_table(std::string_view caption, std::string_view head, const Markup& rows) {
    return element(
        "table",
        element("caption", caption) +
            element("thead", element("tr", element("th scope=\"col\"", head) +
                                               element("th scope=\"col\" class=\"n\"", "件数"))) +
            element("tbody", rows));
}

Markup drop_off(const ReportSource& source) {
    Markup rows;
    for (const DropOff& each : source.evaluation.quality.drop_off) {
        const Question* question = source.pack.survey.question(each.question);
        if (!question || each.shown == 0) continue;
        rows += element("tr", element("th scope=\"row\" class=\"id\"",
                                      question_number(source.pack, each.question)) +
                                  element("td", japanese(question->text)) +
                                  element("td class=\"n\"", number_ja(each.shown)) +
                                  element("td class=\"n\"", number_ja(each.last)));
    }
    Markup head = element("th scope=\"col\"", "番号") + element("th scope=\"col\"", "質問") +
                  element("th scope=\"col\" class=\"n\"", "表示した件数") +
                  element("th scope=\"col\" class=\"n\"", "最後に表示した件数");
    return element("h3", "どの質問で終わったか") +
           element("p class=\"small\"",
                   fmt::format("質問を見た後、送らずに終わった訪問: {} 件(回答は残していません)。",
                               number_ja(source.evaluation.quality.abandoned))) +
           element("table", element("caption",
                                    "その質問が最後に表示された質問だった回答の件数。"
                                    "最後の質問まで進んだ回答も含みます。") +
                                element("thead", element("tr", head)) + element("tbody", rows));
}

}  // namespace

Markup report_quality(const ReportSource& source) {
    const Quality& quality = source.evaluation.quality;
    Markup flags, assistance, length;
    for (const QualityFlag flag : kQualityFlags)
        flags += count_row(flag_ja(flag), count_in(quality.flagged, flag));
    for (const Assistance each : kAssistances)
        assistance += count_row(assistance_ja(each), count_in(quality.by_assistance, each));
    for (const SurveyLength each : kLengths)
        length += count_row(length_ja(each), count_in(quality.by_length, each));
    return element("h2 class=\"part\"", "回答の質") +
           element("p class=\"small\"",
                   fmt::format("対象は、除いた回答を含む {} 件です。気をつけて読む印であり、"
                               "それだけで回答を除くことはしません。",
                               number_ja(quality.responses))) +
           element("div class=\"sides thirds keep\"",
                   element("div", counts_table("気をつけて読む回答(重なりあり)", "印", flags)) +
                       element("div", counts_table("手伝いの有無", "回答のしかた", assistance)) +
                       element("div", counts_table("回答者が選んだ長さ", "長さ", length))) +
           drop_off(source);
}

Markup report_notes(const ReportSource& source) {
    const DisclosureRule& rule = source.evaluation.rules.disclosure;
    Markup notes;
    const auto note = [&](const Markup& content) { notes += element("li", content); };
    note(text(
        "この報告書の割合は回答者の割合であり、区民全体の割合ではありません。キオスクでは、来た人が"
        "自分で回答するかどうかを決めます。回答者の構成は無作為抽出の標本とは違います。"));
    note(
        text("標本誤差(±)"
             "は示しません。標本誤差の計算式は無作為抽出の標本についてだけ成り立つためです。"));
    note(
        text("n は割合の分母となる人数です。指標ごとの分母の決め方は「成果指標」に、質問ごとの分母"
             "(その質問に回答した人)は「単純集計」に示しています。"));
    note(text("割合は四捨五入しているため、合計が100 %にならないことがあります。"));
    note(text("複数回答の質問では、割合の合計が100 %を超えることがあります。"));
    note(
        text(fmt::format("n が {} 未満のものは割合を示しません。n が {} 未満のものは参考値です。"
                         "指標ごとに別の基準があるときは、それによります。",
                         rule.minimum_base, rule.reference_base)));
    note(
        text(fmt::format("属性別の表では、1〜{} 人の欄と {} 人未満の区分を x とし、ほかの欄から計算"
                         "できないよう、関連する欄も x としています。",
                         rule.minimum_cell - 1, rule.minimum_base)));
    note(text(
        "キオスク調査と郵送調査など、調査方法の違う数値は、一つの系列としてつなげません。回答する"
        "人が違うためです。"));
    note(text(
        "目標との比較は、四捨五入する前の割合によります。前年度実績との比較だけは、両方を同じ桁に"
        "四捨五入してから行います。"));
    if (!source.table.achievement.confirmed || !source.table.form_confirmed)
        note(text(fmt::format("「{}」とある様式と記号は、公表された資料で確かめられていません。",
                              kUnconfirmedJa)));
    Markup rows;
    const auto fact = [&](std::string_view name, const Markup& value) {
        rows += element("tr", element("th scope=\"row\"", name) + element("td", value));
    };
    const auto known = [](const std::string& address) {
        return address.empty() ? std::string(kUnconfirmedJa) : address;
    };
    fact("調査内容(パック)", text(source.pack.plan.id));
    fact("パックのハッシュ", element("span class=\"hash\"", source.pack.hash));
    fact("判定の表",
         text(fmt::format("{}({}用)", source.table.id, year_ja(source.table.fiscal_year))));
    fact("様式の出典", text(known(source.table.form_source)));
    fact("記号の出典", text(known(source.table.achievement.source)));
    fact("ソフトウェア", text("Machikoe " + source.version));
    fact("作成日", text(day_ja(source.printed_day)));
    return element("h2 class=\"part\"", "注意書き") + element("ul class=\"notes\"", notes) +
           element(
               "div class=\"keep\"",
               element("h3", "出典") +
                   element("table class=\"facts\"",
                           element("caption",
                                   "同じ回答、同じパック、同じ表からは、同じ数値が得られます。") +
                               element("tbody", rows)));
}

}  // namespace machikoe
