#include "sync/pages/review.h"

#include <fmt/format.h>

#include "sync/export/labels.h"

namespace machikoe {
namespace {

constexpr ReviewState kStates[] = {ReviewState::Pending, ReviewState::Approved,
                                   ReviewState::Redacted, ReviewState::Withheld};

std::string_view state_word(const Reader& reader, ReviewState state) {
    switch (state) {
        case ReviewState::Pending:
            return word(reader, "未確認", "Waiting");
        case ReviewState::Approved:
            return word(reader, "そのまま出す", "Approved");
        case ReviewState::Redacted:
            return word(reader, "一部を伏せた", "Redacted");
        case ReviewState::Withheld:
            return word(reader, "出さない", "Withheld");
    }
    return "";
}

std::string_view finding_word(const Reader& reader, std::string_view kind) {
    if (kind == "telephone") return word(reader, "電話番号?", "telephone?");
    if (kind == "email") return word(reader, "メール?", "e-mail?");
    if (kind == "address") return word(reader, "住所?", "address?");
    return word(reader, "氏名?", "name?");
}

Markup states(const Reader& reader, ReviewState shown) {
    Markup items;
    for (const ReviewState state : kStates) {
        std::string head = "a" + attribute("href", "/review?state=" + std::string(name_of(state)));
        if (state == shown) head += " aria-current=\"true\"";
        items += element("li", element(head, state_word(reader, state)));
    }
    return element("ul class=\"tabs filters\"", items);
}

Markup decision_form(const Reader& reader, const std::string& id, const TextForReview& each) {
    const auto act = [](std::string_view action, std::string_view label, std::string_view kind) {
        return element("button name=\"action\"" + attribute("value", action) +
                           (kind.empty() ? "" : attribute("class", kind)),
                       label);
    };
    const Markup replaced = element(
        "label class=\"field\"", element("span", word(reader, "伏せたあとの文(直せます)",
                                                      "The text once redacted (edit it)")) +
                                     element("textarea name=\"text\" rows=\"2\"", each.proposal));
    return form(reader, "/review/decide",
                hidden("id", id) + replaced +
                    element("div class=\"row\"",
                            act("approve", word(reader, "そのまま出す", "Approve"), "") +
                                act("redact", word(reader, "上の文に置きかえる", "Replace by this"),
                                    "quiet") +
                                act("withhold", word(reader, "出さない", "Withhold"), "danger")));
}

Markup tag_form(const Reader& reader, const std::string& id) {
    return form(reader, "/review/tag",
                hidden("id", id) + element("div class=\"row\"",
                                           input(word(reader, "分類(1語)", "Tag (one word)"), "tag",
                                                 "text", "maxlength=\"40\" pattern=\"\\S+\"") +
                                               button(word(reader, "付ける", "Add"), "quiet")));
}

Markup one(const Reader& reader, const Pack& pack, const TextForReview& each) {
    const std::string id = each.text.id.response + ":" + each.text.id.question;
    Markup marks;
    for (const std::string& kind : each.findings)
        marks += element("span class=\"mark bad\"", finding_word(reader, kind)) + text(" ");
    for (const std::string& tag : each.text.tags)
        marks += element("span class=\"mark\"", "# " + tag) + text(" ");
    Markup body =
        element("p class=\"small\"", question_label(pack, each.text.id.question, reader.language)) +
        element("blockquote", each.text.text);
    if (!marks.html.empty()) body += element("p", marks);
    body += decision_form(reader, id, each) + tag_form(reader, id);
    return element("article class=\"panel broad\"", body);
}

}  // namespace

Markup review_page(const Reader& reader, const Pack& pack, const ReviewQueue& queue) {
    Markup page = states(reader, queue.state);
    page += element("p class=\"note\"", word(reader,
                                             "個人が分かることを伏せてから出します。もとの文は封を"
                                             "して残り、だれが開いたかは記録されます。",
                                             "Take out what names a person before a text leaves. "
                                             "The original stays sealed; who opens "
                                             "it is recorded."));
    if (!queue.can_find)
        page += element("p class=\"warning\"",
                        word(reader, "辞書がないため、個人情報の印を付けられません。",
                             "The dictionary is missing: nothing is marked."));
    for (const TextForReview& each : queue.texts) page += one(reader, pack, each);
    if (queue.texts.empty())
        page +=
            element("p class=\"good\"", word(reader, "ここには何もありません。", "Nothing here."));
    if (!queue.next.empty())
        page += element(
            "p",
            element("a" + attribute("href", "/review?state=" + std::string(name_of(queue.state)) +
                                                "&after=" + queue.next),
                    word(reader, "次へ →", "Next →")));
    if (queue.tag_counts.empty()) return page;
    Cells cells;
    cells.caption = std::string(word(reader, "分類ごとの数", "Texts by tag"));
    cells.heads = {std::string(word(reader, "分類", "Tag")),
                   std::string(word(reader, "数", "Number"))};
    for (const auto& [tag, count] : queue.tag_counts)
        cells.rows.push_back({text(tag), text(number(count))});
    return page + table(cells);
}

}  // namespace machikoe
