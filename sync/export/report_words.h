// Words of the report: names and numbers as a Japanese reader expects them.
#pragma once

#include <string>
#include <string_view>

#include "app/survey/pack.h"
#include "sync/indicators/quality.h"
#include "sync/indicators/tables.h"

namespace machikoe {

/// What is printed for a cell that may not be shown.
inline constexpr std::string_view kHiddenCell = "x";

std::string japanese(const Text& text);               // without ruby
std::string year_ja(const std::string& fiscal_year);  // "令和5年度(2023年度)"
std::string day_ja(const std::string& day);           // "2023年10月1日", "2023年10月"
std::string mode_ja(const std::string& mode);         // "キオスク調査"
std::string number_ja(std::int64_t number);           // "10,000"
std::string count_ja(const std::optional<std::int64_t>& count);
std::string percent_ja(double percent, int decimals);  // "61.4 %"
std::string percent_ja(double percent);                // as few decimals as it has: "60 %"

std::string_view length_ja(SurveyLength length);
std::string_view assistance_ja(Assistance assistance);
std::string_view flag_ja(QualityFlag flag);
std::string_view type_ja(QuestionType type);

/// A question of one choice: its shares add up to all.
bool has_shares_of_a_whole(const Question& question);

/// 「問3」: counted over all questions that ask something.
std::string question_number(const Pack& pack, std::string_view question);
std::string section_ja(const Pack& pack, const Question& question);

}  // namespace machikoe
