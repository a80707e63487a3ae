#include "app/voice/clip_finder.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "app/plan/sentences.h"
#include "app/plan/text_rules.h"
#include "app/voice/spoken_numbers.h"

namespace machikoe {
namespace {

constexpr int kMostDepth = 4;  // of slots within what fills a slot
constexpr std::string_view kBreaks[] = {"\n",  "→ ", "、", "・", "，", ", ", "; ", ": ", " / ",
                                        " – ", "（", "）", " (", ")",  "/",  "　", " ",  "-"};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// "28,523"; nullopt when it is anything but one number.
std::optional<std::uint64_t> number_in(std::string_view text) {
    std::string digits;
    for (const char letter : text) {
        if (letter != ',') digits += letter;
        if (letter != ',' && !is_digit(letter)) return std::nullopt;
    }
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_one = read.ec == std::errc{} && !text.starts_with(',') && !text.ends_with(',');
    constexpr std::uint64_t kMost = 1'000'000'000'000;
    return is_one && number < kMost ? std::optional(number) : std::nullopt;
}

struct TimeOfDay {
    int hour = 0, minute = 0;
};
/// "9:30"
std::optional<TimeOfDay> time_in(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.size() - colon != 3) return std::nullopt;
    const auto hour = number_in(text.substr(0, colon)), minute = number_in(text.substr(colon + 1));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return TimeOfDay{static_cast<int>(*hour), static_cast<int>(*minute)};
}

/// "地活協（ちかつきょう）" says the same twice.
std::string_view without_reading(std::string_view text) {
    constexpr std::string_view kOpen = "（", kClose = "）";
    const std::size_t open = text.rfind(kOpen);
    if (!text.ends_with(kClose) || open == std::string_view::npos || open == 0) return text;
    const std::size_t begin = open + kOpen.size();
    return is_hiragana(text.substr(begin, text.size() - kClose.size() - begin))
               ? text.substr(0, open)
               : text;
}

/// Letters of another script are no silence, though nobody reads them.
bool is_silent(std::string_view text, Language language) {
    return spoken_form(text, language, {}).silent() && spoken_form(text, Language::Ja, {}).silent();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

}  // namespace

/// One question to the finder, with its words.
class ClipFinder::Search {
  public:
    Search(const Words& words, Language language) : words_(words), language_(language) {}

    std::optional<Clips> say(std::string_view text, std::string_view counter, int depth) {
        text = trimmed(text);
        if (const auto number = number_in(text)) return say_parts(number_words(*number, counter));
        if (!counter.empty()) return say_range(text, counter, depth);
        const auto known = known_.find(text);
        if (known != known_.end()) return known->second;
        auto said = find(without_reading(text), depth);
        return known_.emplace(text, std::move(said)).first->second;
    }

  private:
    std::optional<Clips> find(std::string_view text, int depth) {
        if (const auto found = words_.whole.find(text); found != words_.whole.end())
            return Clips{found->second};
        if (const auto time = time_in(text))
            return say_parts(time_parts(time->hour, time->minute, language_));
        if (is_silent(text, language_)) return Clips{};
        if (depth == kMostDepth) return std::nullopt;
        if (auto said = say_sentences(text, depth)) return said;
        for (const Template& one : words_.templates)
            if (auto said = fill(one, 0, text, depth)) return said;
        return say_pieces(text, depth);
    }

    /// "1〜3" of which the counter belongs to the last number.
    std::optional<Clips> say_range(std::string_view text, std::string_view counter, int depth) {
        if (depth == kMostDepth) return std::nullopt;
        for (Template one : words_.templates) {
            if (!one.parts.back().is_slot || !one.parts.back().counter.empty()) continue;
            one.parts.back().counter = counter;
            const std::string counted = std::string(text) + std::string(counter);
            if (auto said = fill(one, 0, counted, depth)) return said;
        }
        return std::nullopt;
    }

    std::optional<Clips> say_sentences(std::string_view text, int depth) {
        const auto sentences = sentences_of(text);
        if (sentences.size() < 2) return std::nullopt;
        Clips clips;
        for (const std::string& sentence : sentences) {
            const auto said = find(trimmed(sentence), depth + 1);
            if (!said) return std::nullopt;
            clips.insert(clips.end(), said->begin(), said->end());
        }
        return clips;
    }

    std::vector<std::string> number_words(std::uint64_t number, std::string_view counter) const {
        const bool is_large = number >= 10'000;
        if (is_large && !is_japanese(language_) && language_ != Language::En) return {""};
        return number_parts(number, language_, counter);
    }

    std::optional<Clips> say_parts(const std::vector<std::string>& parts) const {
        Clips clips;
        for (const std::string& part : parts) {
            const auto found = words_.numbers.find(without_ruby(part));
            if (found == words_.numbers.end()) return std::nullopt;
            clips.push_back(found->second);
        }
        return clips;
    }

    /// The parts of a template from the n-th on, as all of `text`.
    std::optional<Clips> fill(const Template& one, std::size_t n, std::string_view text,
                              int depth) {
        if (n == one.parts.size()) return text.empty() ? std::optional(Clips{}) : std::nullopt;
        const Part& part = one.parts[n];
        if (!part.is_slot) {
            if (!text.starts_with(part.text)) return std::nullopt;
            return joined(part.clips, fill(one, n + 1, text.substr(part.text.size()), depth));
        }
        const bool is_last = n + 1 == one.parts.size();
        for (std::size_t length = is_last && part.counter.empty() ? text.size() : 1;
             length <= text.size(); ++length) {
            const std::string_view behind = text.substr(length);
            if (!behind.starts_with(part.counter)) continue;
            const std::string_view after = behind.substr(part.counter.size());
            if (is_last ? !after.empty()
                        : !one.parts[n + 1].is_slot && !after.starts_with(one.parts[n + 1].text))
                continue;
            auto rest = fill(one, n + 1, after, depth);
            if (!rest) continue;
            if (auto value = say(text.substr(0, length), part.counter, depth + 1))
                return joined(*value, rest);
        }
        return std::nullopt;
    }

    /// At the first break whose two sides can both be said.
    std::optional<Clips> say_pieces(std::string_view text, int depth) {
        for (const std::string_view stop : kBreaks)
            for (std::size_t at = text.find(stop); at != std::string_view::npos;
                 at = text.find(stop, at + stop.size())) {
                const auto first = say(text.substr(0, at), {}, depth + 1);
                if (!first) continue;
                if (auto rest = say(text.substr(at + stop.size()), {}, depth))
                    return joined(*first, rest);
            }
        return std::nullopt;
    }

    static std::optional<Clips> joined(const Clips& first, const std::optional<Clips>& rest) {
        if (!rest) return std::nullopt;
        Clips all = first;
        all.insert(all.end(), rest->begin(), rest->end());
        return all;
    }

    const Words& words_;
    Language language_;
    std::map<std::string, std::optional<Clips>, std::less<>> known_;
};

bool ClipFinder::add_source(const SpeechSource& source, const ClipIndex& index, Language language) {
    constexpr std::string_view kNumber = "number/";
    Words& words = words_[language];
    bool is_whole = true;
    for (const Prompt& prompt : source.prompts.at(language)) {
        const std::string name = clip_name(prompt.spoken, prompt.said_in);
        const std::filesystem::path file = clip_file(source.folder, name);
        std::error_code error;
        if (!index.clips.contains(name) || !std::filesystem::exists(file, error)) {
            is_whole = false;
            continue;
        }
        const std::string seen = without_ruby(prompt.text);
        if (std::string_view(prompt.key).starts_with(kNumber))
            words.numbers.emplace(seen, file);
        else
            words.whole.emplace(trimmed(seen), file);
    }
    return is_whole;
}

Status ClipFinder::add_templates(const std::filesystem::path& strings, Language language) {
    const auto texts = program_texts(strings, language);
    if (!texts) return tl::unexpected(texts.error());
    Words& words = words_[language];
    for (const ProgramText& text : *texts) {
        Template made;
        bool is_whole = text.is_template();
        for (const TemplatePart& part : text.parts) {
            const std::string seen = without_ruby(part.text);
            made.parts.push_back({seen, {}, part.slot >= 0, part.counter});
            made.letters += seen.size() + part.counter.size();
            if (part.slot >= 0 || is_silent(part.text, language)) continue;
            const auto clip = words.whole.find(trimmed(seen));
            is_whole &= clip != words.whole.end();
            if (is_whole) made.parts.back().clips = {clip->second};
        }
        if (is_whole && made.letters > 0) words.templates.push_back(std::move(made));
    }
    std::ranges::stable_sort(words.templates, std::ranges::greater{}, &Template::letters);
    return {};
}

Result<ClipFinder> ClipFinder::load(const SpeechPlaces& places, const Pack& pack) {
    const auto sources = load_speech(places, pack);
    if (!sources) return tl::unexpected(sources.error());
    ClipFinder finder;
    for (const Language language : pack.plan.languages) finder.languages_.insert(language);
    for (const SpeechSource& source : *sources) {
        const auto index = load_clip_index(source.folder);
        if (!index) return tl::unexpected(index.error());
        for (const Language language : pack.plan.languages)
            if (!finder.add_source(source, *index, language)) finder.languages_.erase(language);
    }
    for (const Language language : pack.plan.languages)
        if (auto added = finder.add_templates(places.assets / "strings", language); !added)
            return tl::unexpected(added.error());
    return finder;
}

std::optional<ClipFinder::Clips> ClipFinder::clips_of(std::string_view text,
                                                      Language language) const {
    const auto words = words_.find(language);
    if (words == words_.end()) return std::nullopt;
    return Search(words->second, language).say(text, {}, 0);
}

}  // namespace machikoe
