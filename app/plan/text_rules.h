// Text rules: what a string of a pack may hold, and what the rules call kanji.
//
// Pure functions over UTF-8.  They see one string at a time and know nothing of files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/language.h"

namespace machikoe {

/// The byte where UTF-8 ends to be valid, or where a control character other than a line
/// end (LF, CR LF) stands; nullopt when there is none.
std::optional<std::size_t> first_bad_byte(std::string_view bytes);

/// Why a pack's string cannot be shown: empty, not UTF-8, not NFC, or holding control
/// characters, line or paragraph separators, bidirectional controls, private-use
/// characters or U+FFFD.  nullopt when it is fine.
std::optional<std::string> fault_in_string(std::string_view text);

/// Why the ruby of a text is wrong: a brace or bar that is no {漢字|かんじ}, a reading that
/// is not kana, mark-up outside Japanese, and in Japanese kanji without a reading: whether
/// readings show is for each resident to choose, so they must all be there.
/// REQUIRES: fault_in_string found nothing.
std::optional<std::string> fault_in_ruby(std::string_view text, Language language);

/// Ideographs and 々.
bool is_kanji(char32_t c);
/// Hiragana, ー and ・ only, and not empty.
bool is_hiragana(std::string_view text);

/// Of text that is known to be UTF-8; a letter is a code point.
std::size_t letters_in(std::string_view text);
/// Bytes of the first and of the last letter; 0 of none.
std::size_t first_letter_size(std::string_view text);
std::size_t last_letter_size(std::string_view text);
std::vector<std::string> letters_of(std::string_view text);

/// Code points; malformed bytes become U+FFFD.
std::u32string code_points(std::string_view text);

}  // namespace machikoe
