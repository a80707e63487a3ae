#include "app/voice/spoken_numbers.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cstdint>

#include "app/voice/prompts.h"

namespace machikoe {
namespace {

constexpr std::string_view kJapanese[] = {"つ", "人", "%"};
constexpr std::uint64_t kTenThousand = 10'000, kHundredMillion = 100'000'000;

bool counts(std::string_view counter, std::uint64_t n) {
    if (counter == "つ") return n >= 1 && n <= 10;
    if (counter == "%") return n <= 100;
    return n > 0;
}

void add(std::vector<NumberWord>& words, std::uint64_t n, std::string_view counter) {
    const std::string digits = std::to_string(n);
    const std::string counted = digits + std::string(counter);
    words.push_back({counter.empty() ? digits : digits + "/" + std::string(counter), counted});
}

std::string counter_alone(std::string_view counter) {
    return counter == "人" ? "{人|にん}" : std::string(counter);
}

/// Each place as one number: 2345 is 2000, 300, 45.
std::vector<std::uint64_t> places(std::uint64_t n) {
    std::vector<std::uint64_t> found;
    if (n >= 1000) found.push_back(n / 1000 * 1000);
    if (n % 1000 >= 100) found.push_back(n % 1000 / 100 * 100);
    if (n % 100 > 0) found.push_back(n % 100);
    return found;
}

struct TimeWords {
    std::string_view hour, minute;  // behind the number
};
TimeWords time_words(Language language) {
    switch (language) {
        case Language::En:
            return {" o'clock", ""};
        case Language::ZhHans:
            return {"点", "分"};
        case Language::ZhHant:
            return {"點", "分"};
        case Language::Ko:
            return {"시", "분"};
        case Language::Vi:
            return {" giờ", " phút"};
        default:
            return {"時", "分"};
    }
}

}  // namespace

std::vector<std::string> time_parts(int hour, int minute, Language language) {
    const auto [of_hour, of_minute] = time_words(language);
    const std::string hours = std::to_string(hour), minutes = std::to_string(minute);
    if (minute == 0) return {hours + std::string(of_hour)};
    // "9 30" in English, where minutes have no word.
    const bool is_bare = of_minute.empty();
    return {is_bare ? hours : hours + std::string(of_hour), minutes + std::string(of_minute)};
}

std::span<const std::string_view> spoken_counters(Language language) {
    if (is_japanese(language)) return kJapanese;
    return {};
}

std::vector<NumberWord> number_words(Language language) {
    std::vector<NumberWord> words;
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t n = 0; n < 100; ++n) numbers.push_back(n);
    for (std::uint64_t n = 100; n < 1000; n += 100) numbers.push_back(n);
    for (std::uint64_t n = 1000; n < 10'000; n += 1000) numbers.push_back(n);
    for (const std::uint64_t n : numbers) add(words, n, "");
    if (is_japanese(language)) {
        for (std::uint64_t n = 1; n < 100; ++n) add(words, n * kTenThousand, "");
        words.push_back({"万", "{万|まん}"});
        words.push_back({"億", "{億|おく}"});
    } else if (language == Language::En) {
        words.push_back({"thousand", "thousand"});
        words.push_back({"million", "million"});
        words.push_back({"billion", "billion"});
    }
    for (const std::string_view counter : spoken_counters(language)) {
        for (const std::uint64_t n : numbers)
            if (counts(counter, n)) add(words, n, counter);
    }
    for (int hour = 0; hour < 24; ++hour)
        words.push_back({"hour/" + std::to_string(hour), time_parts(hour, 0, language).front()});
    if (!time_words(language).minute.empty())
        for (int minute = 1; minute < 60; ++minute)
            words.push_back(
                {"minute/" + std::to_string(minute), time_parts(0, minute, language).back()});
    words.push_back({"counter/%", "%"});
    if (is_japanese(language)) words.push_back({"counter/人", counter_alone("人")});
    return words;
}

std::vector<std::string> number_parts(std::uint64_t number, Language language,
                                      std::string_view counter) {
    assert(number < 1'000'000'000'000u);
    const auto group = [](std::uint64_t n, std::vector<std::string>& parts) {
        for (const std::uint64_t place : places(n)) parts.push_back(std::to_string(place));
    };
    std::vector<std::string> parts;
    std::uint64_t rest = number;
    if (is_japanese(language)) {
        if (rest >= kHundredMillion) {
            group(rest / kHundredMillion, parts);
            parts.emplace_back("{億|おく}");
            rest %= kHundredMillion;
        }
        if (rest >= kTenThousand) {
            const std::uint64_t myriads = rest / kTenThousand;
            group(myriads - myriads % 100, parts);
            parts.push_back(myriads % 100 > 0 ? std::to_string(myriads % 100 * kTenThousand)
                                              : "{万|まん}");
            rest %= kTenThousand;
        }
    } else {
        const std::pair<std::uint64_t, const char*> scales[] = {
            {1'000'000'000, "billion"}, {1'000'000, "million"}, {10'000, "thousand"}};
        for (const auto& [scale, word] : scales) {
            if (rest < scale) continue;
            const std::uint64_t unit = scale == 10'000 ? 1000 : scale;
            group(rest / unit, parts);
            parts.emplace_back(word);
            rest %= unit;
        }
    }
    if (rest > 0 || parts.empty()) group(rest, parts);
    if (parts.empty()) parts.emplace_back("0");
    if (counter.empty()) return parts;
    const bool simple = parts.back().size() <= 4 && std::isdigit(parts.back().front());
    const std::uint64_t last = simple ? std::stoull(parts.back()) : 0;
    // 101人 is ひゃくいちにん, though 1人 is ひとり.
    const bool irregular = parts.size() > 1 && counter == "人" && last <= 2;
    const bool together =
        std::ranges::find(spoken_counters(language), counter) != spoken_counters(language).end();
    if (together && simple && !irregular && counts(counter, last) &&
        (counter != "つ" || parts.size() == 1))
        parts.back() += counter;
    else if (counter != "つ")  // beyond ten nothing is said: じゅういち
        parts.push_back(counter_alone(counter));
    return parts;
}

}  // namespace machikoe
