// Kana: readings as sounds, so that two ways to write one sound can be compared.
//
// Pure functions over UTF-8.  A reading is katakana here; hiragana is taken and folded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace machikoe {

std::string utf8_of(std::u32string_view text);

bool is_kana(char32_t c);  // ー included, ・ not

/// Hiragana becomes katakana, anything else stays.
std::string to_katakana(std::string_view text);

/// Katakana with everything that is no kana left out and one spelling for each sound: オウ,
/// オオ and オー are the same, エイ and エー, ヂ and ジ, ヲ and オ.
std::string sound_of(std::string_view text);

/// Beats: a small ャ belongs to the kana before it; ッ, ン and ー are beats.  What is no kana
/// counts nothing.
std::size_t mora_count(std::string_view kana);

}  // namespace machikoe
