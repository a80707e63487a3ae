#include "app/survey/contact_details.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

namespace machikoe {
namespace {

// Digits and hyphens as people type them, half and full width, and the long vowel mark that
// stands for a hyphen on many keyboards.
#define DIGIT "[0-9０-９]"
#define DASH "[-‐‑–—−－ーｰ]"

struct Shape {
    ContactDetail kind;
    const char* pattern;
};
constexpr Shape kShapes[] = {
    {ContactDetail::Email, "[A-Za-z0-9._%+＿．-]+[@＠][A-Za-z0-9.．-]+[.．][A-Za-z]{2,}"},
    {ContactDetail::Telephone,
     "(?<!" DIGIT ")(?:[+＋]81[ 　-]?" DIGIT "{1,4}|[0０]" DIGIT "{1,4})(?:" DASH
     "|[ 　()（）])?" DIGIT "{1,4}(?:" DASH "|[ 　()（）])?" DIGIT "{3,4}(?!" DIGIT ")"},
    {ContactDetail::Address, "〒?" DIGIT "{3}" DASH DIGIT "{4}(?!" DIGIT ")"},
    {ContactDetail::Address, "[\\p{Han}]{1,8}" DIGIT "{1,3}(?:丁目|" DASH ")" DIGIT
                             "{1,3}(?:(?:番地?|" DASH ")" DIGIT "{0,4}号?)?"},
    {ContactDetail::Address,
     "[\\p{Han}]{1,8}[一二三四五六七八九十]{1,2}丁目(?:" DIGIT "{1,3}番?(?:" DIGIT "{1,3}号)?)?"},
};

/// A telephone number has ten or eleven digits: fewer are a year, a time or a price.
bool has_a_telephones_digits(const icu::UnicodeString& text) {
    int digits = 0;
    for (int i = 0; i < text.length(); ++i) digits += u_isdigit(text.charAt(i)) ? 1 : 0;
    return digits >= 10 && digits <= 13;
}

std::size_t bytes_before(const icu::UnicodeString& text, int end) {
    std::string utf8;
    text.tempSubString(0, end).toUTF8String(utf8);
    return utf8.size();
}

void add_unless_found(std::vector<ContactFinding>& findings, const ContactFinding& finding) {
    const bool covered = std::ranges::any_of(findings, [&](const ContactFinding& other) {
        return finding.begin < other.end && other.begin < finding.end;
    });
    if (!covered) findings.push_back(finding);
}

using Patterns = std::array<std::unique_ptr<icu::RegexPattern>, std::size(kShapes)>;

/// Compiled once: the board asks after every key.
const Patterns& patterns() {
    static const Patterns all = [] {
        Patterns compiled;
        for (std::size_t i = 0; i < compiled.size(); ++i) {
            UErrorCode error = U_ZERO_ERROR;
            UParseError place;
            compiled[i].reset(icu::RegexPattern::compile(
                icu::UnicodeString::fromUTF8(kShapes[i].pattern), place, error));
            assert(U_SUCCESS(error));
        }
        return compiled;
    }();
    return all;
}

}  // namespace

std::vector<ContactFinding> contact_findings(std::string_view text) {
    std::vector<ContactFinding> findings;
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    // Each malformed byte became a character of three: places would be beyond the text.
    if (bytes_before(wide, wide.length()) != text.size() || wide.indexOf(char16_t{0xFFFD}) >= 0)
        return findings;
    for (std::size_t i = 0; i < std::size(kShapes); ++i) {
        UErrorCode error = U_ZERO_ERROR;
        const std::unique_ptr<icu::RegexMatcher> matcher(patterns()[i]->matcher(wide, error));
        while (U_SUCCESS(error) && matcher->find()) {
            const int begin = matcher->start(error), end = matcher->end(error);
            if (kShapes[i].kind == ContactDetail::Telephone &&
                !has_a_telephones_digits(wide.tempSubStringBetween(begin, end)))
                continue;
            add_unless_found(findings,
                             {kShapes[i].kind, bytes_before(wide, begin), bytes_before(wide, end)});
        }
    }
    std::ranges::sort(findings, {}, &ContactFinding::begin);
    return findings;
}

}  // namespace machikoe
