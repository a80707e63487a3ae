#include "sync/export/markup.h"

namespace machikoe {

Markup text(std::string_view plain) {
    Markup markup;
    for (const char c : plain) {
        if (c == '&')
            markup.html += "&amp;";
        else if (c == '<')
            markup.html += "&lt;";
        else if (c == '>')
            markup.html += "&gt;";
        else if (c == '"')
            markup.html += "&quot;";
        else if (c == '\n')
            markup.html += ' ';
        else
            markup.html += c;
    }
    return markup;
}

Markup element(std::string_view head, const Markup& content) {
    const std::string_view name = head.substr(0, head.find(' '));
    Markup markup;
    markup.html.reserve(head.size() + name.size() + content.html.size() + 5);
    ((((markup.html += '<') += head) += '>') += content.html) += "</";
    (markup.html += name) += '>';
    return markup;
}

Markup element(std::string_view head, std::string_view plain) {
    return element(head, text(plain));
}

std::string attribute(std::string_view name, std::string_view plain) {
    return " " + std::string(name) + "=\"" + text(plain).html + "\"";
}

}  // namespace machikoe
