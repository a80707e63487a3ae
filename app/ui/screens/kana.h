// Kana: what the key ゛゜小 makes of the last letter that was typed.
#pragma once

#include <string>
#include <string_view>

namespace machikoe {

/// The text with its last letter turned into the next of its kind: は→ば→ぱ→は, つ→っ→づ→つ,
/// か→が→か, あ→ぁ→あ.  A letter without a kind stays.
std::string with_last_turned(std::string_view text);

/// The text without its last letter (code point).
std::string without_last(std::string_view text);

/// Number of code points.
std::size_t letters_in(std::string_view text);

}  // namespace machikoe
