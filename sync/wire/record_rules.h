// RecordRules: bounds of a record that both of its readers hold it to, and enrolment its names.
// Inside wire only.
#pragma once

#include <cstddef>
#include <string_view>

namespace machikoe::wire {

inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxIssues = 100;
inline constexpr std::size_t kMaxChosen = 100;

/// A day, a month ("2022-06"), or "" for none: what blurring leaves (sync/server/mix.h).
bool is_day(std::string_view day);
bool is_question_id(std::string_view id);

}  // namespace machikoe::wire
