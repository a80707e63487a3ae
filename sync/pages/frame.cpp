#include "sync/pages/frame.h"

#include <fmt/format.h>

#include <ctime>

namespace machikoe {
namespace {

struct Place {
    std::string_view path, ja, en;
    bool evaluators = false, administrators = false;
};
constexpr Place kPlaces[] = {
    {"/", "全体", "Overview"},
    {"/indicators", "指標", "Indicators"},
    {"/questions", "質問", "Questions"},
    {"/events", "催し", "Events"},
    {"/review", "自由記述", "Free texts"},
    {"/kiosks", "キオスク", "Kiosks"},
    {"/exports", "書き出し", "Exports", true},
    {"/keys", "アクセスキー", "Access keys", true},
    {"/accounts", "アカウント", "Accounts", false, true},
    {"/audit", "操作の記録", "Audit log", false, true},
    {"/public", "公開ページ", "Public page"},
};

Markup navigation(const Reader& reader, std::string_view path) {
    Markup items;
    for (const Place& place : kPlaces) {
        if (place.evaluators && !reader.may_evaluate) continue;
        if (place.administrators && !reader.may_administer) continue;
        std::string head = "a" + attribute("href", place.path);
        if (place.path == path) head += " aria-current=\"page\"";
        items += element("li", element(head, word(reader, place.ja, place.en)));
    }
    return element("nav" + attribute("aria-label", word(reader, "ページ", "Pages")),
                   element("ul", items));
}

Markup language_switch(const Reader& reader, std::string_view path) {
    const bool is_ja = reader.language == Language::Ja;
    return element("form method=\"post\" action=\"/language\" class=\"language\"",
                   hidden("to", is_ja ? "en" : "ja") + hidden("back", path) +
                       element(is_ja ? "button lang=\"en\"" : "button lang=\"ja\"",
                               is_ja ? "English" : "日本語"));
}

std::string document(const Reader& reader, const Frame& frame, const Markup& header) {
    Markup head;
    head.html =
        "<meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"/><link rel=\"stylesheet\" href=\"/static/pages.css\"/>"
        "<script src=\"/static/chart.js\" defer=\"defer\"></script>"
        "<script src=\"/static/pages.js\" defer=\"defer\"></script>";
    if (frame.refresh)
        head.html +=
            fmt::format("<meta http-equiv=\"refresh\" content=\"{}\"/>", frame.refresh->count());
    head += element("title", frame.title + " — " + frame.ward + " Machikoe");
    const Markup skip = element("a class=\"skip\" href=\"#main\"",
                                word(reader, "本文へ移動", "Skip to the content"));
    const Markup main =
        element("main id=\"main\"", frame.banner + element("h1", frame.title) + frame.body);
    return "<!DOCTYPE html>\n" +
           element(std::string("html") +
                       attribute("lang", reader.language == Language::Ja ? "ja" : "en"),
                   element("head", head) + element("body", skip + header + main))
               .html +
           "\n";
}

}  // namespace

std::string_view word(const Reader& reader, std::string_view ja, std::string_view en) {
    return reader.language == Language::Ja ? ja : en;
}

std::string page_html(const Reader& reader, const Frame& frame) {
    const Markup who = element(
        "div class=\"who\"",
        element("span", reader.account) +
            form(reader, "/logout", button(word(reader, "ログアウト", "Log out"), "quiet")) +
            language_switch(reader, frame.path));
    return document(reader, frame,
                    element("header", element("p class=\"ward\"", frame.ward) +
                                          navigation(reader, frame.path) + who));
}

std::string bare_page_html(const Reader& reader, const Frame& frame) {
    return document(
        reader, frame,
        element("header", element("p class=\"ward\"", frame.ward) +
                              element("div class=\"who\"", language_switch(reader, frame.path))));
}

Markup form(const Reader& reader, std::string_view action, const Markup& content,
            std::string_view more) {
    return element("form method=\"post\"" + attribute("action", action) + std::string(more),
                   hidden("form_token", reader.form_token) + content);
}

Markup hidden(std::string_view name, std::string_view value) {
    Markup markup;
    markup.html =
        "<input type=\"hidden\"" + attribute("name", name) + attribute("value", value) + "/>";
    return markup;
}

Markup button(std::string_view label, std::string_view kind) {
    return element("button" + (kind.empty() ? "" : attribute("class", kind)), label);
}

Markup input(std::string_view label, std::string_view name, std::string_view type,
             std::string_view more, std::string_view value) {
    Markup field;
    field.html = "<input" + attribute("type", type) + attribute("name", name) +
                 attribute("value", value) + " required=\"required\" " + std::string(more) + "/>";
    return element("label class=\"field\"", element("span", label) + field);
}

Markup table(const Cells& cells) {
    Markup heads;
    for (std::size_t i = 0; i < cells.heads.size(); ++i)
        heads += element(i >= cells.numeric ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"",
                         cells.heads[i]);
    Markup rows;
    for (const auto& row : cells.rows) {
        Markup filled;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == 0)
                filled += element("th scope=\"row\"", row[i]);
            else
                filled += element(i >= cells.numeric ? "td class=\"n\"" : "td", row[i]);
        }
        rows += element("tr", filled);
    }
    const std::string head =
        cells.chart.empty() ? "table" : "table" + attribute("data-chart", cells.chart);
    return element("div class=\"wide\"", element(head, element("caption", cells.caption) +
                                                           element("thead", element("tr", heads)) +
                                                           element("tbody", rows)));
}

std::string number(std::int64_t value) {
    std::string digits = fmt::format("{}", value);
    for (int at = static_cast<int>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string local_time(std::int64_t ms) {
    constexpr std::int64_t kJapan_s = 9 * 3600;  // no summer time since 1951
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000 + kJapan_s);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min);
}

}  // namespace machikoe
