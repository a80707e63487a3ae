#include "sync/server/forms.h"

#include <algorithm>
#include <charconv>

namespace machikoe {
namespace {

constexpr std::size_t kMaxFields = 64;

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
                text.data() + i + 3) {
            plain += static_cast<char>(byte);
            i += 2;
        } else {
            plain += text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

}  // namespace

Fields fields_of(std::string_view encoded) {
    Fields fields;
    while (!encoded.empty() && fields.size() < kMaxFields) {
        const std::string_view pair = encoded.substr(0, encoded.find('&'));
        encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        fields.emplace(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
    }
    return fields;
}

Fields query_of(std::string_view target) {
    const std::size_t mark = target.find('?');
    return mark == std::string_view::npos ? Fields{} : fields_of(target.substr(mark + 1));
}

std::string field(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

std::string cookie_of(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const std::string_view pair = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), pair.size() + 1));
        const std::size_t begin = pair.find_first_not_of(' ');
        if (begin == std::string_view::npos) continue;
        const std::string_view cookie = pair.substr(begin);
        if (cookie.size() > name.size() && cookie.starts_with(name) && cookie[name.size()] == '=')
            return std::string(cookie.substr(name.size() + 1));
    }
    return "";
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char sign : text) {
        const auto byte = static_cast<unsigned char>(sign);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                           (byte >= 'A' && byte <= 'Z') || sign == '-' || sign == '.' ||
                           sign == '_';
        if (plain)
            encoded += sign;
        else
            (encoded += '%') += {kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return encoded;
}

}  // namespace machikoe
