#include "app/plan/text_rules.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>

namespace machikoe {
namespace {

constexpr std::size_t kLongestText = std::numeric_limits<std::int32_t>::max() / 4;

bool begins_letter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

bool is_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return false;
    const auto size = static_cast<std::int32_t>(text.size());
    return nfc->isNormalizedUTF8({text.data(), size}, status) && U_SUCCESS(status);
}

/// Nothing that a resident could see, or that would change how the rest is laid out.
bool is_unfit(char32_t c) {
    if (c >= 0x202A && c <= 0x202E) return true;  // bidirectional embeddings and overrides
    if (c >= 0x2066 && c <= 0x2069) return true;  // bidirectional isolates
    if (c == 0xFFFD || c == 0xFEFF) return true;
    switch (u_charType(static_cast<UChar32>(c))) {
        case U_CONTROL_CHAR:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
        case U_PRIVATE_USE_CHAR:
        case U_SURROGATE:
        case U_UNASSIGNED:
            return true;
        default:
            return false;
    }
}

bool is_kana(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC);
}

std::string utf8_of(std::u32string_view text) {
    std::string bytes;
    for (const char32_t c : text) icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(bytes);
    return bytes;
}

std::optional<std::string> kanji_without_reading(const std::u32string& text) {
    const auto first = std::ranges::find_if(text, is_kanji);
    if (first == text.end()) return std::nullopt;
    const auto last = std::find_if_not(first, text.end(), is_kanji);
    return "kanji without reading: " + utf8_of({first, last});
}

}  // namespace

std::optional<std::size_t> first_bad_byte(std::string_view bytes) {
    if (bytes.size() > kLongestText) return kLongestText;
    const auto size = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t at = 0; at < size;) {
        const std::int32_t start = at;
        UChar32 c = 0;
        U8_NEXT(bytes.data(), at, size, c);
        if (c == '\n' || (c == '\r' && at < size && bytes[static_cast<std::size_t>(at)] == '\n'))
            continue;
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return static_cast<std::size_t>(start);
    }
    return std::nullopt;
}

std::optional<std::string> fault_in_string(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.size() > kLongestText) return "is too long";
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT(text.data(), at, size, c);
        if (c < 0) return "is not UTF-8";
        if (c == '\n') return "holds a line end; write one paragraph on one line";
        if (is_unfit(static_cast<char32_t>(c)))
            return "holds a control, private-use or unassigned character";
    }
    if (!is_nfc(text)) return "is not in Unicode normal form NFC";
    return std::nullopt;
}

std::optional<std::string> fault_in_ruby(std::string_view text, Language language) {
    if (!is_japanese(language)) {
        if (text.find_first_of("{}") == std::string_view::npos) return std::nullopt;
        return "holds a brace; only Japanese carries ruby";
    }
    for (const RubyPiece& piece : split_ruby(text)) {
        if (!piece.ruby.empty()) {
            const std::u32string reading = code_points(piece.ruby);
            if (!std::ranges::all_of(reading, is_kana))
                return "reading is not kana: " + std::string(piece.ruby);
            continue;
        }
        if (piece.base.find_first_of("{|}") != std::string_view::npos)
            return "ruby is not written {漢字|かんじ}";
        if (auto fault = kanji_without_reading(code_points(piece.base))) return fault;
    }
    return std::nullopt;
}

bool is_kanji(char32_t c) {
    return c == U'々' || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_UNIFIED_IDEOGRAPH);
}

bool is_hiragana(std::string_view text) {
    const std::u32string letters = code_points(text);
    return !letters.empty() && std::ranges::all_of(letters, [](char32_t c) {
        return (c >= 0x3041 && c <= 0x3096) || c == U'ー' || c == U'・';
    });
}

std::u32string code_points(std::string_view text) {
    std::u32string result;
    const auto size = static_cast<std::int32_t>(std::min(text.size(), kLongestText));
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), at, size, c);
        result.push_back(static_cast<char32_t>(c));
    }
    return result;
}

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_letter));
}

std::size_t first_letter_size(std::string_view text) {
    if (text.empty()) return 0;
    std::size_t size = 1;
    while (size < text.size() && !begins_letter(text[size])) ++size;
    return size;
}

std::size_t last_letter_size(std::string_view text) {
    std::size_t start = text.size();
    while (start > 0 && !begins_letter(text[start - 1])) --start;
    return text.size() - (start > 0 ? start - 1 : 0);
}

std::vector<std::string> letters_of(std::string_view text) {
    std::vector<std::string> letters;
    while (!text.empty()) {
        const std::size_t size = first_letter_size(text);
        letters.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return letters;
}

}  // namespace machikoe
