#include "app/ui/screens/kana.h"

#include <array>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

/// Rings of letters of the same kind, each letter three bytes of UTF-8.
constexpr std::array<std::string_view, 29> kRings = {
    "あぁ",   "いぃ",   "うぅゔ", "えぇ",   "おぉ",   "かが", "きぎ", "くぐ",   "けげ", "こご",
    "さざ",   "しじ",   "すず",   "せぜ",   "そぞ",   "ただ", "ちぢ", "つっづ", "てで", "とど",
    "はばぱ", "ひびぴ", "ふぶぷ", "へべぺ", "ほぼぽ", "やゃ", "ゆゅ", "よょ",   "わゎ"};
constexpr std::size_t kLetterBytes = 3;

}  // namespace

std::string with_last_turned(std::string_view text) {
    const std::size_t start = text.size() - last_letter_size(text);
    const std::string_view last = text.substr(start);
    if (last.size() != kLetterBytes) return std::string(text);
    for (const std::string_view ring : kRings) {
        const std::size_t at = ring.find(last);
        if (at == std::string_view::npos || at % kLetterBytes != 0) continue;
        const std::size_t following = (at + kLetterBytes) % ring.size();
        return std::string(text.substr(0, start)) +
               std::string(ring.substr(following, kLetterBytes));
    }
    return std::string(text);
}

std::string without_last(std::string_view text) {
    return std::string(text.substr(0, text.size() - last_letter_size(text)));
}

}  // namespace machikoe
