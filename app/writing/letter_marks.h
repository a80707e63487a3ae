// LetterMarks: what a mark key makes of the letter before it.  Pure.
//
// A mark pressed twice is off again; a mark that the letter cannot have changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace machikoe {

enum class KanaMark { Voiced, HalfVoiced, Small };

/// か→が→か, は→ば, ぱ→ば, つ→っ, づ→っ.  nullopt: no kana, or none that can be so.
/// REQUIRES: `letter` is one character.
std::optional<std::string> with_kana_mark(std::string_view letter, KanaMark mark);

/// One: é and then ̀ is è.  QualityAndTone: as Vietnamese writes, â and then ́ is ấ.
enum class AccentRule { One, QualityAndTone };

/// The letter with a combining mark, as one composed character (NFC).  U+0335 is the stroke of đ.
/// nullopt: there is no such letter.
/// REQUIRES: `letter` is one character, `mark` one combining mark.
std::optional<std::string> with_accent(std::string_view letter, std::string_view mark,
                                       AccentRule rule);

}  // namespace machikoe
