// Kana: the keys of both boards, and what the key ゛゜小 makes of the last letter that was typed.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace machikoe {

/// The text with its last letter turned into the next of its kind: は→ば→ぱ→は, つ→っ→づ→つ,
/// か→が→か, あ→ぁ→あ.  A letter without a kind stays.
std::string with_last_turned(std::string_view text);

/// The text without its last letter (code point).
std::string without_last(std::string_view text);

using KeyRow = std::array<std::string_view, 10>;

// The fifty sounds as they are learnt, column by column from the left; "" is a gap.
inline constexpr std::array<KeyRow, 5> kKanaKeys = {
    KeyRow{"あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ"},
    KeyRow{"い", "き", "し", "ち", "に", "ひ", "み", "「", "り", "を"},
    KeyRow{"う", "く", "す", "つ", "ぬ", "ふ", "む", "ゆ", "る", "ん"},
    KeyRow{"え", "け", "せ", "て", "ね", "へ", "め", "」", "れ", "ー"},
    KeyRow{"お", "こ", "そ", "と", "の", "ほ", "も", "よ", "ろ", "、"}};
inline constexpr std::array<KeyRow, 5> kLetterKeys = {
    KeyRow{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"},
    KeyRow{"q", "w", "e", "r", "t", "y", "u", "i", "o", "p"},
    KeyRow{"a", "s", "d", "f", "g", "h", "j", "k", "l", "'"},
    KeyRow{"z", "x", "c", "v", "b", "n", "m", "-", "!", "?"},
    KeyRow{"A", "E", "I", "N", "O", "S", "T", "W", "Y", ":"}};

}  // namespace machikoe
