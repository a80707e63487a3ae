// Lint: advice on plain language, from what Japanese guidelines for public writing say.
#include <algorithm>
#include <array>

#include "app/plan/text_rules.h"
#include "app/plan/yaml_node.h"
#include "app/survey/pack.h"

namespace machikoe {
namespace {

// Plain-language guideline of the Immigration Services Agency (2020): short sentences.
// 30 and 50 are this house's reading of it; 13 kanji is Hirosaki University's category II.
constexpr std::size_t kEasyLong = 30;
constexpr std::size_t kEasyTooLong = 50;
constexpr std::size_t kEasyMostKanji = 13;
// 公用文作成の考え方 (2022): from 50 to 60 characters on a sentence gets hard to read.
constexpr std::size_t kStandardLong = 60;
constexpr std::size_t kMostCommas = 3;
constexpr std::size_t kMostSummarySentences = 3;

constexpr std::array<std::u32string_view, 15> kDoubleNegatives = {
    U"ないわけでは",         U"ないわけに",       U"なくはない",           U"なくはありません",
    U"なくもない",           U"なくもありません", U"ないではない",         U"ないではありません",
    U"ないでもない",         U"ないことはない",   U"ないことはありません", U"ないこともない",
    U"ないこともありません", U"ないとはいえ",     U"ないとは言え"};

bool ends_sentence(char32_t c) {
    return c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?';
}

/// Spaces of 分かち書き and break marks are not counted as characters.
bool is_spacing(char32_t c) {
    return c == U' ' || c == U'\u3000' || c == U'\u200B' || c == U'\u2060';
}

std::vector<std::u32string> sentences_of(std::string_view marked_up) {
    std::vector<std::u32string> sentences(1);
    for (const char32_t c : code_points(without_ruby(marked_up))) {
        if (ends_sentence(c)) {
            sentences.emplace_back();
        } else if (!is_spacing(c)) {
            sentences.back().push_back(c);
        }
    }
    std::erase_if(sentences, [](const std::u32string& sentence) { return sentence.empty(); });
    return sentences;
}

class Linter {
  public:
    Linter(std::string file, PackFaults& advice) : file_(std::move(file)), advice_(advice) {}

    void walk(const YamlNode& node) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const YamlNode& item = node.items[i];
            const std::string_view key =
                node.kind == YamlNode::Kind::Mapping ? node.keys[i].name : std::string_view{};
            if (key == tag_of(Language::Ja)) lint(item, Language::Ja);
            if (key == tag_of(Language::JaEasy)) lint(item, Language::JaEasy);
            if (key == "what_was_done" || key == "what_will_change") lint_summary(item, key);
            walk(item);
        }
    }

  private:
    void lint(const YamlNode& node, Language language) {
        const std::string tag(tag_of(language));
        for (const std::u32string& sentence : sentences_of(node.text)) {
            const auto commas = std::ranges::count(sentence, U'、');
            if (static_cast<std::size_t>(commas) > kMostCommas)
                advise(node, tag + ": more than 3 「、」 in a sentence");
            if (has_double_negative(sentence)) advise(node, tag + ": a double negative");
            if (language == Language::JaEasy) {
                lint_easy(node, sentence);
            } else if (sentence.size() > kStandardLong) {
                advise_length(node, tag, sentence.size(), kStandardLong, "");
            }
        }
    }

    void lint_easy(const YamlNode& node, const std::u32string& sentence) {
        const std::string tag(tag_of(Language::JaEasy));
        if (sentence.size() > kEasyTooLong)
            advise_length(node, tag, sentence.size(), kEasyTooLong, "strong: ");
        else if (sentence.size() > kEasyLong)
            advise_length(node, tag, sentence.size(), kEasyLong, "");
        const auto kanji = static_cast<std::size_t>(std::ranges::count_if(sentence, is_kanji));
        if (kanji > kEasyMostKanji)
            advise(node,
                   tag + ": a sentence with " + std::to_string(kanji) + " kanji, more than 13");
    }

    void lint_summary(const YamlNode& node, std::string_view key) {
        const YamlNode* text = node.find(tag_of(Language::Ja));
        if (text != nullptr && sentences_of(text->text).size() > kMostSummarySentences)
            advise(*text, std::string(key) + ": more than 3 sentences");
    }

    static bool has_double_negative(const std::u32string& sentence) {
        return std::ranges::any_of(kDoubleNegatives, [&](std::u32string_view pattern) {
            return sentence.find(pattern) != std::u32string::npos;
        });
    }

    void advise_length(const YamlNode& node, const std::string& tag, std::size_t length,
                       std::size_t limit, const std::string& strength) {
        advise(node, strength + tag + ": a sentence of " + std::to_string(length) +
                         " characters, over " + std::to_string(limit));
    }

    void advise(const YamlNode& node, std::string reason) {
        advice_.push_back({file_, node.line, std::move(reason)});
    }

    std::string file_;
    PackFaults& advice_;
};

/// A kiosk asks whoever comes: its figures are no shares of residents.
void lint_indicator_labels(const Pack& pack, PackFaults& advice) {
    for (const IndicatorDefinition& indicator : pack.plan.indicators) {
        if (!is_share(indicator.target_kind)) continue;  // the office counts it
        const std::string label = without_ruby(indicator.label.in(Language::Ja));
        if (label.find("回答者") == std::string::npos)
            advice.push_back({"indicators.yaml", 0,
                              "indicator '" + indicator.id + "': its label does not say 回答者"});
    }
}

}  // namespace

std::vector<PackFault> lint_pack(const PackFiles& files, const Pack& pack) {
    PackFaults advice;
    for (const auto& [name, bytes] : files) {
        PackFaults faults;  // a valid pack has none
        if (const auto root = parse_yaml(name, bytes, faults)) Linter(name, advice).walk(*root);
    }
    lint_indicator_labels(pack, advice);
    return advice;
}

}  // namespace machikoe
