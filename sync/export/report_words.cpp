#include "sync/export/report_words.h"

#include <fmt/format.h>

#include <charconv>

namespace machikoe {
namespace {

std::optional<int> integer(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string japanese(const Text& text) {
    return without_ruby(text.in(Language::Ja));
}

std::string year_ja(const std::string& fiscal_year) {
    const std::optional<int> year = integer(fiscal_year);
    if (!year || *year < 2019) return fiscal_year + "年度";
    const std::string era = *year == 2019 ? "元" : std::to_string(*year - 2018);
    return fmt::format("令和{}年度({}年度)", era, *year);
}

std::string day_ja(const std::string& day) {
    const std::string_view all = day;
    if (all.size() < 7) return day;
    const auto year = integer(all.substr(0, 4)), month = integer(all.substr(5, 2));
    if (!year || !month) return day;
    if (all.size() == 7) return fmt::format("{}年{}月", *year, *month);
    const auto of_month = integer(all.substr(8));
    return of_month ? fmt::format("{}年{}月{}日", *year, *month, *of_month) : day;
}

std::string mode_ja(const std::string& mode) {
    if (mode == "kiosk") return "キオスク調査";
    if (mode == "mail") return "郵送調査";
    if (mode == "web") return "ウェブ調査";
    if (mode == "paper") return "紙の調査";
    return mode.empty() ? "調査方法の記載なし" : "調査方法: " + mode;
}

std::string number_ja(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
    return digits;
}

std::string count_ja(const std::optional<std::int64_t>& count) {
    return count ? number_ja(*count) : std::string(kHiddenCell);
}

std::string percent_ja(double percent, int decimals) {
    return fmt::format("{:.{}f} %", percent, decimals);
}

std::string percent_ja(double percent) {
    return fmt::format("{} %", percent);
}

std::string_view length_ja(SurveyLength length) {
    switch (length) {
        case SurveyLength::OneMinute:
            return "1分";
        case SurveyLength::ThreeMinutes:
            return "3分";
        case SurveyLength::Everything:
            return "すべて";
    }
    return "";
}

std::string_view assistance_ja(Assistance assistance) {
    switch (assistance) {
        case Assistance::None:
            return "ひとりで回答";
        case Assistance::Staff:
            return "職員が手伝った";
        case Assistance::Family:
            return "家族などが手伝った";
        case Assistance::Interpreter:
            return "通訳が手伝った";
    }
    return "";
}

std::string_view flag_ja(QualityFlag flag) {
    switch (flag) {
        case QualityFlag::Hurried:
            return "1問あたり2秒未満の回答";
        case QualityFlag::StraightLine:
            return "5問以上の尺度にすべて同じ位置の回答";
        case QualityFlag::Repeated:
            return "同じ端末で直前の回答と同じ内容";
    }
    return "";
}

std::string_view type_ja(QuestionType type) {
    switch (type) {
        case QuestionType::Multiple:
            return "複数回答";
        case QuestionType::Ranking:
            return "順位(順を問わず選んだ人の割合)";
        case QuestionType::Number:
            return "数値";
        case QuestionType::FreeText:
            return "自由記述";
        default:
            return "ひとつだけ選ぶ";
    }
}

bool has_shares_of_a_whole(const Question& question) {
    return question.type == QuestionType::Single || question.type == QuestionType::Scale ||
           question.type == QuestionType::AgeBand || question.type == QuestionType::Area;
}

std::string question_number(const Pack& pack, std::string_view question) {
    int number = 0;
    for (const Question& each : pack.survey.questions) {
        number += each.type != QuestionType::Note;
        if (each.id == question) break;
    }
    return fmt::format("問{}", number);
}

std::string section_ja(const Pack& pack, const Question& question) {
    const Issue* issue = pack.plan.issue(question.section);
    return issue ? japanese(issue->short_title) : "回答者について";
}

}  // namespace machikoe
