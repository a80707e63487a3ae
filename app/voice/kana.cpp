#include "app/voice/kana.h"

#include <unicode/unistr.h>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

constexpr std::u32string_view kSmall = U"ァィゥェォャュョヮ";
constexpr std::u32string_view kVowels[] = {
    U"アカサタナハマヤラワガザダバパァャヮ", U"イキシチニヒミリギジビピィ",
    U"ウクスツヌフムユルグズブプヴゥュ", U"エケセテネヘメレゲゼデベペェ",
    U"オコソトノホモヨロゴゾドボポォョ"};
constexpr std::u32string_view kVowelSigns = U"アイウエオ";

/// 0 … 4 for ア … オ; -1 for ッ, ン and whatever has no vowel.
int vowel_of(char32_t c) {
    for (int i = 0; i < 5; ++i)
        if (kVowels[i].find(c) != std::u32string_view::npos) return i;
    return -1;
}

char32_t folded(char32_t c) {
    switch (c) {
        case U'ヂ':
            return U'ジ';
        case U'ヅ':
            return U'ズ';
        case U'ヲ':
            return U'オ';
        default:
            return c;
    }
}

}  // namespace

std::string utf8_of(std::u32string_view text) {
    std::string bytes;
    for (const char32_t c : text) icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(bytes);
    return bytes;
}

bool is_kana(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) || c == U'ー';
}

std::string to_katakana(std::string_view text) {
    std::u32string letters = code_points(text);
    for (char32_t& c : letters)
        if (c >= 0x3041 && c <= 0x3096) c += 0x60;
    return utf8_of(letters);
}

std::string sound_of(std::string_view text) {
    std::u32string sounds;
    for (char32_t c : code_points(to_katakana(text))) {
        if (!is_kana(c)) continue;
        c = folded(c);
        const int before = sounds.empty() ? -1 : vowel_of(sounds.back());
        if (c == U'ー' && before >= 0) c = kVowelSigns[static_cast<std::size_t>(before)];
        if (before == 4 && c == U'オ') c = U'ウ';
        if (before == 3 && c == U'エ') c = U'イ';
        sounds.push_back(c);
    }
    return utf8_of(sounds);
}

std::size_t mora_count(std::string_view kana) {
    std::size_t count = 0;
    for (const char32_t c : code_points(to_katakana(kana)))
        if (is_kana(c) && kSmall.find(c) == std::u32string_view::npos) ++count;
    return count;
}

}  // namespace machikoe
