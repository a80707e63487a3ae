#include "sync/pages/figures.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/pages/figure_words.h"
#include "sync/pages/trends.h"

namespace machikoe {
namespace {

/// A row with what a chart needs of it.
Markup figure_row(const Reader& reader, const IndicatorFigure& figure) {
    const IndicatorDefinition& definition = figure.definition;
    std::string share_head = "td class=\"n\"";
    Markup share = text(share_words(figure));
    if (figure.share) {
        share_head += attribute("data-share", fmt::format("{}", *figure.share));
        if (definition.target_percent)
            share_head += attribute("data-target", fmt::format("{}", *definition.target_percent));
        if (figure.reference_only)
            share +=
                text(" ") + element("span class=\"mark\"", word(reader, "参考値", "few answers"));
    }
    // Who has not logged in sees no page about one indicator.
    const std::string wording = indicator_wording(reader, definition);
    const Markup name =
        reader.account.empty()
            ? text(wording)
            : element("a" + attribute("href", "/indicators?id=" + definition.id), wording);
    return element("tr", element("th scope=\"row\"", name) +
                             element("td", target_words(reader, definition)) +
                             element(share_head, share) +
                             element("td class=\"n\"", base_words(reader, figure)) +
                             element("td", verdict_words(reader, figure)));
}

Markup indicator_table_of(const Reader& reader, const Evaluation& evaluation,
                          std::string_view issue, std::string_view caption) {
    Markup rows;
    for (const IndicatorFigure& figure : evaluation.figures)
        if (figure.definition.issue == issue) rows += figure_row(reader, figure);
    if (rows.html.empty())
        return element("p class=\"note\"", word(reader, "この課題には指標がありません。",
                                                "This issue has no indicator."));
    Markup heads;
    heads += element("th scope=\"col\"", word(reader, "指標", "Indicator"));
    heads += element("th scope=\"col\"", word(reader, "目標", "Target"));
    heads += element("th scope=\"col\" class=\"n\"",
                     word(reader, "回答者の割合", "Share of respondents"));
    heads += element("th scope=\"col\" class=\"n\"", word(reader, "回答者数 n", "Respondents n"));
    heads += element("th scope=\"col\"", word(reader, "達成状況", "Target reached"));
    return element("div class=\"wide\"",
                   element("table data-chart=\"bar\"", element("caption", caption) +
                                                           element("thead", element("tr", heads)) +
                                                           element("tbody", rows)));
}

Markup issues(const Reader& reader, const Pack& pack, const Evaluation& evaluation) {
    Markup sections;
    for (const Issue& issue : pack.plan.issues) {
        const std::string title =
            fmt::format("{} {}", issue.number, label_of(issue.short_title, reader.language));
        sections += element(
            "section", element("h2", title) +
                           indicator_table_of(
                               reader, evaluation, issue.id,
                               word(reader, "指標と目標(図の濃い棒は回答者の割合、灰色の棒は目標)",
                                    "Indicators and targets (dark bars: share of "
                                    "respondents; grey bars: target)")));
    }
    return sections;
}

Markup fact(std::string_view name, std::string_view value, bool is_text = false) {
    return element("div",
                   element("dt", name) + element(is_text ? "dd class=\"text\"" : "dd", value));
}

std::string period(const Reader& reader, const Evaluation& evaluation) {
    if (evaluation.first_day.empty())
        return std::string(word(reader, "日付の記録なし", "no day recorded"));
    if (evaluation.first_day == evaluation.last_day) return evaluation.first_day;
    return evaluation.first_day + " – " + evaluation.last_day;
}

Markup facts(const Reader& reader, const Evaluation& evaluation) {
    return element(
        "dl class=\"facts\"",
        fact(word(reader, "回答数", "Responses"), number(evaluation.responses)) +
            fact(word(reader, "回答の期間", "Period"), period(reader, evaluation), true) +
            fact(word(reader, "調査方法", "Mode"), word(reader, "キオスク調査", "Kiosk survey"),
                 true));
}

Markup respondents_note(const Reader& reader) {
    return element("p class=\"note\"", word(reader, kRespondentsNoteJa, kRespondentsNoteEn));
}

Markup places(const Reader& reader, const Evaluation& evaluation, std::string_view caption,
              const std::map<std::string, std::int64_t>& counts) {
    Cells cells;
    cells.caption = fmt::format(fmt::runtime(word(reader, "{}({} 件未満は記載しません)",
                                                  "{} (fewer than {} are left out)")),
                                caption, evaluation.rules.disclosure.minimum_base);
    cells.heads = {std::string(word(reader, "名前", "Name")),
                   std::string(word(reader, "回答数", "Responses"))};
    for (const auto& [name, count] : counts)
        cells.rows.push_back({text(name), text(number(count))});
    return cells.rows.empty() ? Markup{} : table(cells);
}

Markup answers(const Reader& reader, const Pack& pack, const Question& question,
               const QuestionTable& counts) {
    Markup rows;
    for (std::size_t i = 0; i < question.options.size() && i < counts.by_option.size(); ++i) {
        const auto& count = counts.by_option[i];
        std::string head = "td class=\"n\"";
        std::string share(kHidden);
        if (count && counts.answered > 0) {
            const double value = rounded_percent(*count, counts.answered, 1);
            head += attribute("data-share", fmt::format("{}", value));
            share = percent(value, 1);
        }
        rows += element(
            "tr",
            element("th scope=\"row\"",
                    option_label(pack, question.id, question.options[i].id, reader.language)) +
                element("td class=\"n\"", count_cell(count)) + element(head, share));
    }
    Markup heads = element("th scope=\"col\"", word(reader, "答え", "Answer"));
    heads += element("th scope=\"col\" class=\"n\"", word(reader, "人数", "Number"));
    heads += element("th scope=\"col\" class=\"n\"",
                     word(reader, "回答者の割合", "Share of respondents"));
    const std::string caption =
        fmt::format("n = {}{}", number(counts.answered),
                    counts.reference_only ? word(reader, "(参考値)", " (few answers)") : "");
    return element("div class=\"wide\"",
                   element("table data-chart=\"bar\"", element("caption", caption) +
                                                           element("thead", element("tr", heads)) +
                                                           element("tbody", rows)));
}

Markup cross(const Reader& reader, const Pack& pack, const Question& question,
             const CrossTable& counts) {
    Cells cells;
    cells.caption = variable_label(pack, counts.by.id, reader.language);
    cells.heads.emplace_back(word(reader, "答え", "Answer"));
    for (const std::string& group : counts.by.groups)
        cells.heads.push_back(group_label(pack, counts.by.id, group, reader.language));
    for (std::size_t option = 0; option < counts.counts.size(); ++option) {
        std::vector<Markup> row{
            text(option_label(pack, question.id, question.options[option].id, reader.language))};
        for (const auto& count : counts.counts[option]) row.push_back(count_cell(count));
        cells.rows.push_back(std::move(row));
    }
    std::vector<Markup> bases{text("n")};
    for (const auto& base : counts.bases) bases.push_back(count_cell(base));
    cells.rows.push_back(std::move(bases));
    return table(cells);
}

}  // namespace

Markup overview(const Reader& reader, const Pack& pack, const Evaluation& evaluation) {
    return facts(reader, evaluation) + respondents_note(reader) + issues(reader, pack, evaluation) +
           responses_by_week(reader, evaluation) +
           element("h2", word(reader, "場所と催し", "Places and events")) +
           places(reader, evaluation, word(reader, "設置場所", "Sites"), evaluation.by_site) +
           places(reader, evaluation, word(reader, "催し", "Events"), evaluation.by_event);
}

Markup question_list(const Reader& reader, const Pack& pack, const Evaluation& evaluation) {
    Cells cells;
    cells.caption = std::string(word(reader, "数が少ない質問の表は出しません。",
                                     "Tables of questions with few answers are not shown."));
    cells.heads = {std::string(word(reader, "質問", "Question")),
                   std::string(word(reader, "回答者数", "Respondents"))};
    for (const QuestionTable& counts : evaluation.questions) {
        const std::string label = question_label(pack, counts.question, reader.language);
        cells.rows.push_back(
            {element("a" + attribute("href", "/questions?id=" + counts.question), label),
             text(counts.shown ? number(counts.answered) : std::string(kHidden))});
    }
    return respondents_note(reader) + table(cells);
}

Markup question_page(const Reader& reader, const Pack& pack, const Evaluation& evaluation,
                     std::string_view id) {
    const Question& question = *pack.survey.question(id);
    Markup page = element("p", element("a href=\"/questions\"",
                                       word(reader, "← 質問の一覧", "← All questions"))) +
                  respondents_note(reader);
    bool is_shown = false;
    for (const QuestionTable& counts : evaluation.questions)
        if (counts.question == id && counts.shown) {
            page += answers(reader, pack, question, counts);
            is_shown = true;
        }
    if (!is_shown)
        return page + element("p class=\"note\"", word(reader, "回答が少ないため、表を出しません。",
                                                       "Too few answers for a table."));
    page += element("h2", word(reader, "クロス集計", "Cross tables"));
    page += element("p class=\"note\"",
                    word(reader, "x は、少ない人数が分かってしまうため出さない数です。",
                         "x stands for a number that would tell of few people."));
    for (const CrossTable& counts : evaluation.crosses)
        if (counts.question == id) page += cross(reader, pack, question, counts);
    return page;
}

Markup public_page(const Reader& reader, const Pack& pack, const Evaluation* evaluation) {
    Markup page = element("p", label_of(pack.plan.title, reader.language));
    if (!evaluation)
        return page +
               element(
                   "p class=\"good\"",
                   word(reader, "まだ公表できる数がありません。回答が10件以上たまると公表します。",
                        "No figures can be published yet. They are when ten more people "
                        "have answered."));
    page +=
        facts(reader, *evaluation) + respondents_note(reader) + issues(reader, pack, *evaluation);
    page += element("h2", word(reader, "データ", "Data"));
    page += element(
        "p",
        element("a href=\"/public/figures.json\"", "JSON") + text(" ・ ") +
            element("a href=\"/public/figures.csv\"", "CSV") + text(" — ") +
            element("a href=\"https://creativecommons.org/licenses/by/4.0/deed.ja\"", "CC BY 4.0"));
    page +=
        element("p class=\"small\"", fmt::format("{} / {}", pack.plan.id, pack.hash.substr(0, 12)));
    return page;
}

std::string public_json(const Pack& pack, const Evaluation& evaluation) {
    auto json = nlohmann::ordered_json::parse(
        indicator_json(pack, evaluation.figures, evaluation.responses, evaluation.other_versions));
    json["licence"] = "https://creativecommons.org/licenses/by/4.0/";
    json["note"] = kRespondentsNoteEn;
    json["pack"] = {{"id", pack.plan.id}, {"hash", pack.hash}};
    json["period"] = {{"first", evaluation.first_day}, {"last", evaluation.last_day}};
    json["mode"] = "kiosk";
    return json.dump(1) + "\n";
}

}  // namespace machikoe
