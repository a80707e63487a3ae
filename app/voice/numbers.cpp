#include "app/voice/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

namespace machikoe {
namespace {

constexpr std::size_t kMostDigits = 16;
using Words = std::array<std::string_view, 10>;
constexpr Words kDigits = {"ゼロ", "イチ", "ニ",   "サン", "ヨン",
                           "ゴ",   "ロク", "ナナ", "ハチ", "キュウ"};

std::string below_ten_thousand(unsigned n) {
    std::string reading;
    const unsigned thousands = n / 1000, hundreds = n / 100 % 10, tens = n / 10 % 10;
    if (thousands == 3)
        reading += "サンゼン";
    else if (thousands == 8)
        reading += "ハッセン";
    else if (thousands > 0)
        reading += (thousands > 1 ? std::string(kDigits[thousands]) : "") + "セン";
    if (hundreds == 3)
        reading += "サンビャク";
    else if (hundreds == 6)
        reading += "ロッピャク";
    else if (hundreds == 8)
        reading += "ハッピャク";
    else if (hundreds > 0)
        reading += (hundreds > 1 ? std::string(kDigits[hundreds]) : "") + "ヒャク";
    if (tens > 0) reading += (tens > 1 ? std::string(kDigits[tens]) : "") + "ジュウ";
    if (n % 10 > 0) reading += kDigits[n % 10];
    return reading;
}

std::string reading_of_whole(std::uint64_t n) {
    if (n == 0) return std::string(kDigits[0]);
    constexpr std::string_view kUnits[] = {"", "マン", "オク", "チョウ"};
    std::array<unsigned, 4> groups{};
    for (unsigned& group : groups) {
        group = static_cast<unsigned>(n % 10'000);
        n /= 10'000;
    }
    std::string reading;
    for (std::size_t i = groups.size(); i-- > 0;) {
        if (groups[i] == 0) continue;
        // 1000万 is いっせんまん, while 1000 is せん.
        const bool one_thousand = i > 0 && groups[i] / 1000 == 1;
        reading += (one_thousand ? "イッ" : "") + below_ten_thousand(groups[i]);
        reading += kUnits[i];
    }
    return reading;
}

std::string digit_by_digit(std::string_view digits) {
    std::string reading;
    for (const char c : digits)
        if (c >= '0' && c <= '9') reading += kDigits[static_cast<std::size_t>(c - '0')];
    return reading;
}

/// Digits without commas; nullopt when it is no whole number to be read as one.
std::optional<std::uint64_t> whole(std::string_view digits) {
    std::string plain;
    for (const char c : digits)
        if (c != ',') plain += c;
    if (plain.size() > kMostDigits || (plain.size() > 1 && plain.front() == '0')) return {};
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), n);
    if (error != std::errc() || end != plain.data() + plain.size()) return {};
    return n;
}

/// How the last digit and the start of a counter change.
enum class Joint {
    Plain,
    K,  // 件: いっけん, ろっけん, はっけん, じゅっけん, ひゃっけん
    S,  // 歳, 点: いっさい, はっさい, じゅっさい
    P,  // パーセント: じゅっぱーせんと, but いち…, はち…
    H,  // 分: いっぷん, さんぷん, よんぷん, ろっぷん, はっぷん, じゅっぷん
    Yo,     // 円, 年: よえん
    Month,  // しがつ, しちがつ, くがつ
    Hour,   // よじ, しちじ, くじ
    People,
    Days,
    Things,
};
struct Rule {
    Counter counter;
    Joint joint;
};
// The longest first.
constexpr Rule kRules[] = {{{"パーセント", "パーセント"}, Joint::P},
                           {{"ミリ秒", "ミリビョウ"}, Joint::Plain},
                           {{"ページ", "ページ"}, Joint::P},
                           {{"年間", "ネンカン"}, Joint::Yo},
                           {{"年度", "ネンド"}, Joint::Yo},
                           {{"日分", "ニチブン"}, Joint::Days},
                           {{"日間", "ニチカン"}, Joint::Days},
                           {{"か所", "カショ"}, Joint::K},
                           {{"か国", "カコク"}, Joint::K},
                           {{"か月", "カゲツ"}, Joint::K},
                           {{"週間", "シュウカン"}, Joint::S},
                           {{"時間", "ジカン"}, Joint::Hour},
                           {{"円", "エン"}, Joint::Yo},
                           {{"年", "ネン"}, Joint::Yo},
                           {{"月", "ガツ"}, Joint::Month},
                           {{"日", "ニチ"}, Joint::Days},
                           {{"時", "ジ"}, Joint::Hour},
                           {{"分", "フン"}, Joint::H},
                           {{"秒", "ビョウ"}, Joint::Plain},
                           {{"人", "ニン"}, Joint::People},
                           {{"つ", "ツ"}, Joint::Things},
                           {{"件", "ケン"}, Joint::K},
                           {{"個", "コ"}, Joint::K},
                           {{"回", "カイ"}, Joint::K},
                           {{"歳", "サイ"}, Joint::S},
                           {{"点", "テン"}, Joint::S},
                           {{"問", "モン"}, Joint::Plain},
                           {{"桁", "ケタ"}, Joint::Plain},
                           {{"%", "パーセント"}, Joint::P},
                           {{"％", "パーセント"}, Joint::P}};

constexpr Words kThings = {"",       "ヒトツ", "フタツ", "ミッツ", "ヨッツ",
                           "イツツ", "ムッツ", "ナナツ", "ヤッツ", "ココノツ"};
constexpr Words kDays = {"",       "ツイタチ", "フツカ", "ミッカ", "ヨッカ",
                         "イツカ", "ムイカ",   "ナノカ", "ヨウカ", "ココノカ"};

bool ends_in(std::string_view text, std::string_view end) {
    return text.ends_with(end);
}

/// The number without its last `from`, then `to`.
std::string changed_end(std::string number, std::string_view from, std::string_view to) {
    number.resize(number.size() - from.size());
    return number + std::string(to);
}

std::string joined(std::string number, std::string_view counter, Joint joint) {
    const bool doubles = joint == Joint::K || joint == Joint::S || joint == Joint::H;
    const bool six = joint == Joint::K || joint == Joint::H;
    std::string_view after = counter;
    const auto changes = [&](std::string_view from, std::string_view to) {
        if (!ends_in(number, from)) return false;
        number = changed_end(number, from, to);
        return true;
    };
    const bool doubled = (doubles && (changes("イチ", "イッ") || changes("ハチ", "ハッ"))) ||
                         ((doubles || joint == Joint::P) && changes("ジュウ", "ジュッ")) ||
                         (six && (changes("ロク", "ロッ") || changes("ヒャク", "ヒャッ")));
    if (joint == Joint::H && (doubled || ends_in(number, "サン") || ends_in(number, "ヨン")))
        after = "プン";
    if (joint == Joint::Yo || joint == Joint::Hour) changes("ヨン", "ヨ");
    if (joint == Joint::Hour || joint == Joint::Month) {
        changes("ナナ", "シチ");
        changes("キュウ", "ク");
    }
    if (joint == Joint::Month) changes("ヨン", "シ");
    return number + std::string(after);
}

std::string people(std::uint64_t n) {
    if (n == 1) return "ヒトリ";
    if (n == 2) return "フタリ";
    std::string number = reading_of_whole(n);
    if (ends_in(number, "ヨン")) number = changed_end(number, "ヨン", "ヨ");
    return number + "ニン";
}

std::string days(std::uint64_t n, std::string_view counter, Before before) {
    const std::string_view rest = counter.substr(std::string_view("ニチ").size());
    const auto native = [&]() -> std::string {
        if (n == 1) return before == Before::Month ? "ツイタチ" : "イチニチ";
        if (n >= 2 && n < 10) return std::string(kDays[n]);
        if (n == 10) return "トオカ";
        if (n == 14) return "ジュウヨッカ";
        if (n == 20) return "ハツカ";
        if (n == 24) return "ニジュウヨッカ";
        std::string number = reading_of_whole(n);
        if (n < 32 && ends_in(number, "ナナ")) number = changed_end(number, "ナナ", "シチ");
        if (n < 32 && ends_in(number, "キュウ")) number = changed_end(number, "キュウ", "ク");
        return number + "ニチ";
    };
    return native() + std::string(rest);
}

}  // namespace

std::string reading_of_number(std::string_view digits) {
    const std::size_t point = digits.find('.');
    const std::string_view before = digits.substr(0, point);
    const auto n = whole(before);
    std::string reading = n ? reading_of_whole(*n) : digit_by_digit(before);
    if (point != std::string_view::npos)
        reading += "テン" + digit_by_digit(digits.substr(point + 1));
    return reading;
}

std::optional<Counter> counter_at_start(std::string_view text) {
    for (const Rule& rule : kRules)
        if (text.starts_with(rule.counter.written)) return rule.counter;
    return std::nullopt;
}

std::string reading_of_counted(std::string_view digits, const Counter& counter, Before before) {
    const auto rule = std::ranges::find_if(
        kRules, [&](const Rule& each) { return each.counter.written == counter.written; });
    const std::string number = reading_of_number(digits);
    if (rule == std::end(kRules)) return number + std::string(counter.reading);
    const auto n = digits.find('.') == std::string_view::npos ? whole(digits) : std::nullopt;
    if (n && rule->joint == Joint::People) return people(*n);
    if (n && rule->joint == Joint::Days) return days(*n, rule->counter.reading, before);
    if (n && rule->joint == Joint::Things && *n >= 1 && *n <= 10)
        return *n == 10 ? "トオ" : std::string(kThings[*n]);
    return joined(number, rule->counter.reading, rule->joint);
}

}  // namespace machikoe
