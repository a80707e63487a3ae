// Markup: HTML that is whole and safe to print, told from plain text by its type.
//
// Only text() and element() make it, so what was not escaped does not compile into a page, and
// every tag is closed where it was opened.
#pragma once

#include <string>
#include <string_view>

namespace machikoe {

struct Markup {
    std::string html;
    Markup& operator+=(const Markup& more) {
        html += more.html;
        return *this;
    }
    friend Markup operator+(Markup left, const Markup& right) { return left += right; }
};

/// Plain text, escaped for content and for attributes in double quotes.
Markup text(std::string_view plain);

/// `head` is the name of the tag with its attributes, as "td class=\"n\"": never text of a pack.
Markup element(std::string_view head, const Markup& content);
Markup element(std::string_view head, std::string_view plain);

/// `plain` as the value of the attribute `name`: ` name="…"`, to be put after a tag's name.
std::string attribute(std::string_view name, std::string_view plain);

}  // namespace machikoe
