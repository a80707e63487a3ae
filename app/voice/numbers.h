// Numbers: how a number is read in Japanese, alone and with what it counts.
//
// Pure.  Readings are katakana.  Rules: 4人 よにん, 3分 さんぷん, 1日 いちにち or, after a month,
// ついたち, 2つ ふたつ.  A counter without a rule of its own is put after the plain number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace machikoe {

/// Digits with commas and at most one point: "28,523", "3.1".  A number of more than 16 digits or
/// one that begins with 0 is read digit by digit.
/// REQUIRES: begins with a digit.
std::string reading_of_number(std::string_view digits);

struct Counter {
    std::string_view written;  // 人, 年間
    std::string_view reading;  // ニン, ネンカン
};
/// The counter that stands at the start of a text (the longest one); nullopt when none does.
std::optional<Counter> counter_at_start(std::string_view text);

enum class Before { Anything, Month };
/// With the counter, changed as the two demand: 3 and 分 are サンプン.
std::string reading_of_counted(std::string_view digits, const Counter& counter,
                               Before before = Before::Anything);

}  // namespace machikoe
