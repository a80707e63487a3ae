#include "app/writing/letter_marks.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <span>

namespace machikoe {
namespace {

struct KanaPair {
    std::string_view plain, marked;
};
constexpr KanaPair kVoiced[] = {
    {"う", "ゔ"}, {"か", "が"}, {"き", "ぎ"}, {"く", "ぐ"}, {"け", "げ"}, {"こ", "ご"},
    {"さ", "ざ"}, {"し", "じ"}, {"す", "ず"}, {"せ", "ぜ"}, {"そ", "ぞ"}, {"た", "だ"},
    {"ち", "ぢ"}, {"つ", "づ"}, {"て", "で"}, {"と", "ど"}, {"は", "ば"}, {"ひ", "び"},
    {"ふ", "ぶ"}, {"へ", "べ"}, {"ほ", "ぼ"}};
constexpr KanaPair kHalfVoiced[] = {
    {"は", "ぱ"}, {"ひ", "ぴ"}, {"ふ", "ぷ"}, {"へ", "ぺ"}, {"ほ", "ぽ"}};
constexpr KanaPair kSmall[] = {{"あ", "ぁ"}, {"い", "ぃ"}, {"う", "ぅ"}, {"え", "ぇ"},
                               {"お", "ぉ"}, {"つ", "っ"}, {"や", "ゃ"}, {"ゆ", "ゅ"},
                               {"よ", "ょ"}, {"わ", "ゎ"}};

std::span<const KanaPair> pairs_of(KanaMark mark) {
    switch (mark) {
        case KanaMark::Voiced:
            return kVoiced;
        case KanaMark::HalfVoiced:
            return kHalfVoiced;
        case KanaMark::Small:
            return kSmall;
    }
    return {};
}

/// The kana without whatever mark it has.
std::string_view plain_kana(std::string_view letter) {
    for (const KanaMark mark : {KanaMark::Voiced, KanaMark::HalfVoiced, KanaMark::Small})
        for (const KanaPair& pair : pairs_of(mark))
            if (pair.marked == letter) return pair.plain;
    return letter;
}

constexpr char16_t kStroke = 0x0335;

/// U+0335 does not compose: đ is a letter of its own to Unicode.
std::optional<std::string> with_stroke(std::string_view letter) {
    if (letter == "d") return "đ";
    if (letter == "đ") return "d";
    if (letter == "D") return "Đ";
    if (letter == "Đ") return "D";
    return std::nullopt;
}

/// Circumflex, breve, horn: what makes another vowel of a Vietnamese one.
bool is_quality(char16_t mark) {
    return mark == 0x0302 || mark == 0x0306 || mark == 0x031B;
}

/// The decomposed letter without the marks that `mark` takes the place of.
icu::UnicodeString made_room(const icu::UnicodeString& parts, char16_t mark, AccentRule rule) {
    icu::UnicodeString kept(parts.charAt(0));
    for (int i = 1; i < parts.length(); ++i) {
        const char16_t other = parts.charAt(i);
        const bool stays =
            rule == AccentRule::QualityAndTone && is_quality(other) != is_quality(mark);
        if (stays) kept.append(other);
    }
    return kept;
}

}  // namespace

std::optional<std::string> with_kana_mark(std::string_view letter, KanaMark mark) {
    const std::string_view plain = plain_kana(letter);
    for (const KanaPair& pair : pairs_of(mark))
        if (pair.plain == plain) return std::string(pair.marked == letter ? plain : pair.marked);
    return std::nullopt;
}

std::optional<std::string> with_accent(std::string_view letter, std::string_view mark,
                                       AccentRule rule) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
    if (U_FAILURE(error) || letter.empty() || mark.empty()) return std::nullopt;
    const auto wide = [](std::string_view text) {
        return icu::UnicodeString::fromUTF8(
            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    };
    const char16_t wanted = wide(mark).charAt(0);
    if (wanted == kStroke) return with_stroke(letter);
    const icu::UnicodeString parts = nfd->normalize(wide(letter), error);
    icu::UnicodeString marked = made_room(parts, wanted, rule);
    // What makes another vowel of it stands before the tone, or the two do not compose.
    if (parts.indexOf(wanted, 1) < 0)
        marked.insert(is_quality(wanted) ? 1 : marked.length(), wanted);
    const icu::UnicodeString composed = nfc->normalize(marked, error);
    // Two characters: the letter cannot have the mark.
    if (U_FAILURE(error) || composed.countChar32() != 1) return std::nullopt;
    std::string result;
    composed.toUTF8String(result);
    return result;
}

}  // namespace machikoe
