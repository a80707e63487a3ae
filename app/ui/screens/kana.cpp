#include "app/ui/screens/kana.h"

#include <algorithm>
#include <array>

namespace machikoe {
namespace {

/// Rings of letters of the same kind, each letter three bytes of UTF-8.
constexpr std::array<std::string_view, 29> kRings = {
    "あぁ",   "いぃ",   "うぅゔ", "えぇ",   "おぉ",   "かが", "きぎ", "くぐ",   "けげ", "こご",
    "さざ",   "しじ",   "すず",   "せぜ",   "そぞ",   "ただ", "ちぢ", "つっづ", "てで", "とど",
    "はばぱ", "ひびぴ", "ふぶぷ", "へべぺ", "ほぼぽ", "やゃ", "ゆゅ", "よょ",   "わゎ"};
constexpr std::size_t kLetterBytes = 3;

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

std::size_t start_of_last(std::string_view text) {
    std::size_t start = text.size();
    while (start > 0 && is_continuation(text[start - 1])) --start;
    return start > 0 ? start - 1 : 0;
}

}  // namespace

std::string with_last_turned(std::string_view text) {
    const std::size_t start = start_of_last(text);
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
    return std::string(text.substr(0, start_of_last(text)));
}

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

}  // namespace machikoe
