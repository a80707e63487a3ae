// SpokenNumbers: the numbers that have clips, from which every other one is put together.
//
// Japanese: 1 … 99, hundreds, thousands, and those before 万 and 億; what is often counted has
// clips with the counter (3つ, 20人, 35%).  Other languages: 1 … 99, hundreds, thousands.
// English has words for what is above; the languages without a voice end at 9,999.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/language.h"

namespace machikoe {

struct NumberWord {
    std::string key;   // "12", "3/人", "hour/9"
    std::string text;  // "12", "3人": as it is given to spoken_form()
};
std::vector<NumberWord> number_words(Language language);

/// What is said for a time of day, as texts that have a clip: 9:30 is "9時", "30分".
/// REQUIRES: hour < 24, minute < 60.
std::vector<std::string> time_parts(int hour, int minute, Language language);

/// Counters that are said together with their number.
std::span<const std::string_view> spoken_counters(Language language);

}  // namespace machikoe
