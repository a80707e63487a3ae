// Frame: what is around every web page of the server: head, navigation, language, log-out.
//
// Pages are whole without script; charts are drawn from the tables beneath them by
// /static/pages.js where scripts run.  Nothing is asked of anybody but this server.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/language.h"
#include "sync/export/markup.h"

namespace machikoe {

/// Who looks at the page; what they may not do is not offered.
struct Reader {
    std::string account;  // "": nobody has logged in
    bool may_evaluate = false;
    bool may_administer = false;
    std::string form_token;
    Language language = Language::Ja;  // Ja or En
};

/// In the reader's language.
std::string_view word(const Reader& reader, std::string_view ja, std::string_view en);

struct Frame {
    std::string title;  // plain
    std::string path;   // "/kiosks": marked in the navigation
    std::string ward;
    Markup body;
    Markup banner;                                // above the title; nothing mostly
    std::optional<std::chrono::seconds> refresh;  // when a browser is to ask again
};
std::string page_html(const Reader& reader, const Frame& frame);
/// The same without navigation, for those who have not logged in.
std::string bare_page_html(const Reader& reader, const Frame& frame);

/// A form that posts to `action` with the reader's token in it.
Markup form(const Reader& reader, std::string_view action, const Markup& content,
            std::string_view more = "");
Markup hidden(std::string_view name, std::string_view value);
Markup button(std::string_view label, std::string_view kind = "");
/// With its label above; `more` are further attributes.
Markup input(std::string_view label, std::string_view name, std::string_view type,
             std::string_view more = "", std::string_view value = "");

/// A table: heads, then cells of rows; the first cell of a row is its head.  Numbers are set by
/// `numeric` (index of the first numeric column).
struct Cells {
    std::string caption;
    std::vector<std::string> heads;
    std::vector<std::vector<Markup>> rows;
    std::size_t numeric = 1;
    std::string chart;  // "" none, "bar": of the columns with data-chart
};
Markup table(const Cells& cells);

/// "2,345"
std::string number(std::int64_t value);
/// A wall clock time in Japan: "2024-05-31 14:05".
std::string local_time(std::int64_t ms);

std::string_view style_sheet();
std::string_view script();

}  // namespace machikoe
