#include "app/ui/line_breaks.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>
#include <cassert>
#include <map>
#include <string>

namespace machikoe {
namespace {

constexpr std::u32string_view kNeverFirst =
    U"、。，．・：；？！‼⁇⁈⁉）〕］｝〉》」』】〙〗〟’”»,.:;?!)]}"
    U"ゝゞヽヾ々〻ー〜～ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ゛゜…‥％%℃";
constexpr std::u32string_view kNeverLast = U"「『（〔［｛〈《【〘〖〝‘“«([{";
constexpr std::u32string_view kClosing = U"）〕］｝〉》」』】)]}";
// Where ICU's phrase model was seen to break inside a word, or before a suffix.
constexpr std::array<std::u32string_view, 9> kWhole = {U"ください", U"べき",     U"でしょう",
                                                       U"ましょう", U"ません",   U"できる",
                                                       U"できま",   U"まちこえ", U"まぶしく"};
constexpr std::u32string_view kSuffixes = U"数率者性化的費税課";
constexpr std::u32string_view kPrefixesOfNumbers = U"約第全各計毎";
constexpr std::u32string_view kCounters =
    U"年月日時分秒円人割歳件校区町組台つ回階戸個倍万億兆号条％%";

bool in(std::u32string_view set, char32_t c) {
    return set.find(c) != std::u32string_view::npos;
}

bool is_digit(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

bool has_script(char32_t c, UScriptCode script) {
    return uscript_hasScript(static_cast<UChar32>(c), script);
}

/// What a line is broken at when nothing better fits: not inside the characters of ICU's
/// extended clusters, and not against kinsoku.
bool kinsoku_allows(char32_t before, char32_t after) {
    if (in(kNeverFirst, after) || in(kNeverLast, before)) return false;
    if (before == U'\u2060' || after == U'\u2060' || after == U'\u200B') return false;
    const auto kind = u_charType(static_cast<UChar32>(after));
    if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK) return false;
    if (u_hasBinaryProperty(static_cast<UChar32>(after), UCHAR_VARIATION_SELECTOR)) return false;
    return !u_isUWhiteSpace(static_cast<UChar32>(after));
}

constexpr std::size_t kShortQuote = 6;  // characters

/// Between 「 and 」 of a word or two: 「声かけ」 is read as one.
bool is_in_short_quote(std::u32string_view text, std::size_t at) {
    const std::size_t open = text.substr(0, at).find_last_of(U"「『」』");
    const std::size_t close = text.find_first_of(U"「『」』", at);
    if (open == text.npos || close == text.npos) return false;
    const bool is_pair = (text[open] == U'「' && text[close] == U'」') ||
                         (text[open] == U'『' && text[close] == U'』');
    return is_pair && close - open - 1 <= kShortQuote;
}

/// True where ICU's phrase model breaks and a reader would not.
bool is_glued(std::u32string_view text, std::size_t at) {
    const char32_t before = text[at - 1], after = text[at];
    if (before == U'\u200B') return false;  // the author asked for it
    if (in(kClosing, before) && has_script(after, USCRIPT_HIRAGANA)) return true;
    if (is_in_short_quote(text, at)) return true;
    if (in(kPrefixesOfNumbers, before) && is_digit(after)) return true;
    if (is_digit(before) && (in(kCounters, after) || is_digit(after))) return true;
    if (has_script(before, USCRIPT_HAN) && in(kSuffixes, after)) return true;
    for (const std::u32string_view word : kWhole) {
        for (std::size_t inside = 1; inside < word.size() && inside <= at; ++inside) {
            if (text.substr(at - inside, word.size()) == word) return true;
        }
    }
    return false;
}

bool is_east_asian(Language language) {
    return language != Language::En && language != Language::Vi;
}

}  // namespace

struct LineBreaks::Data {
    std::map<std::string, std::unique_ptr<icu::BreakIterator>> iterators;

    icu::BreakIterator& iterator(const char* locale) {
        auto& iterator = iterators[locale];
        if (!iterator) {
            UErrorCode status = U_ZERO_ERROR;
            iterator.reset(icu::BreakIterator::createLineInstance(icu::Locale(locale), status));
            assert(U_SUCCESS(status) && iterator && "ICU has no line-break data");
        }
        return *iterator;
    }

    /// Raises the gaps at which the iterator breaks to `kind`, unless kinsoku forbids.
    void mark(std::vector<Break>& breaks, const icu::UnicodeString& utf16,
              const std::vector<std::size_t>& index_of, const char* locale, Break kind) {
        icu::BreakIterator& iterator_ = iterator(locale);
        iterator_.setText(utf16);
        for (int32_t at = iterator_.next(); at != icu::BreakIterator::DONE; at = iterator_.next()) {
            Break& gap = breaks[index_of[static_cast<std::size_t>(at)]];
            if (gap == Break::Desperate || gap == Break::Strained) gap = kind;
        }
    }
};

LineBreaks::LineBreaks() : data_(std::make_unique<Data>()) {}
LineBreaks::~LineBreaks() = default;

std::vector<Break> LineBreaks::of(std::u32string_view text, Language language) {
    const std::size_t size = text.size();
    std::vector<Break> breaks(size + 1, Break::Never);
    breaks[size] = Break::Forced;
    if (size == 0) return breaks;

    icu::UnicodeString utf16;
    std::vector<std::size_t> index_of;
    for (std::size_t i = 0; i < size; ++i) {
        utf16.append(static_cast<UChar32>(text[i]));
        index_of.resize(static_cast<std::size_t>(utf16.length()), i);
    }
    index_of.push_back(size);

    for (std::size_t i = 1; i < size; ++i) {
        if (text[i - 1] == U'\n') {
            breaks[i] = Break::Forced;
        } else if (kinsoku_allows(text[i - 1], text[i])) {
            breaks[i] = Break::Desperate;
        }
    }
    switch (language) {
        case Language::Ja:
        case Language::JaEasy:
            data_->mark(breaks, utf16, index_of, "ja@lb=strict", Break::Strained);
            break;
        case Language::ZhHans:
            data_->mark(breaks, utf16, index_of, "zh_Hans@lb=strict", Break::Allowed);
            break;
        case Language::ZhHant:
            data_->mark(breaks, utf16, index_of, "zh_Hant@lb=strict", Break::Allowed);
            break;
        case Language::Ko:
            data_->mark(breaks, utf16, index_of, "ko@lb=strict", Break::Strained);
            break;
        case Language::En:
            data_->mark(breaks, utf16, index_of, "en", Break::Allowed);
            break;
        case Language::Vi:
            data_->mark(breaks, utf16, index_of, "vi", Break::Allowed);
            break;
    }
    // Korean too: ICU 72 breaks "ko" between syllables whatever is asked of it, but the
    // Japanese phrase model leaves Hangul alone and so breaks it at spaces only.
    if (is_japanese(language) || language == Language::Ko) {
        std::vector<Break> phrases = breaks;
        data_->mark(phrases, utf16, index_of, "ja@lw=phrase", Break::Allowed);
        for (std::size_t i = 1; i < size; ++i) {
            const bool wanted = phrases[i] == Break::Allowed && breaks[i] == Break::Strained;
            if (wanted && !is_glued(text, i)) breaks[i] = Break::Allowed;
        }
    }
    if (is_east_asian(language)) {
        for (std::size_t i = 1; i < size; ++i) {
            const bool number = is_digit(text[i - 1]) && is_digit(text[i]);
            if (number && breaks[i] == Break::Allowed) breaks[i] = Break::Desperate;
        }
    }
    return breaks;
}

}  // namespace machikoe
