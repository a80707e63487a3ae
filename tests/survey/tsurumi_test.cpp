// The pack of Tsurumi ward, fiscal year 2022: whole, faithful to its source, and proof
// against being damaged.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/plan/text_rules.h"
#include "app/plan/yaml_node.h"
#include "app/survey/pack.h"

namespace machikoe {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(MACHIKOE_SOURCE_DIR) / "assets/packs/tsurumi-r4";

class TsurumiTest : public testing::Test {
  protected:
    TsurumiTest() {
        crypto_ready();
        const auto files = load_pack_files(kFolder);
        if (files) files_ = *files;
    }
    PackFiles files_;
};

TEST_F(TsurumiTest, LoadsWithoutAFault) {
    ASSERT_FALSE(files_.empty());
    const auto pack = load_pack(kFolder);
    EXPECT_TRUE(pack) << pack.error().message;
}

TEST_F(TsurumiTest, HasTheFiveIssuesOfTheSourceWithTheirBudgets) {
    const auto pack = load_pack(kFolder);
    ASSERT_TRUE(pack);
    std::vector<std::int64_t> budgets;
    for (const Issue& issue : pack->plan.issues)
        budgets.push_back(issue.action.budget_thousand_yen);
    EXPECT_EQ(budgets, (std::vector<std::int64_t>{28523, 13989, 2638, 5423, 17815}));
}

// ---- faithful to the source -----------------------------------------------------------------

/// Only what is said, with its 、。「」: no spaces, no bullets, no 【】, no tags.
std::u32string essence(std::string_view text) {
    std::string without_tags;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t close = text[at] == '<' ? text.find('>', at) : std::string_view::npos;
        if (close == std::string_view::npos) {
            without_tags += text[at];
        } else {
            at = close;
        }
    }
    std::u32string kept;
    for (const char32_t c : code_points(without_tags)) {
        const bool is_ascii_word =
            (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
        const bool is_japanese_word =
            c > 0x3000 && c < 0xFF00 && c != U'・' && c != U'【' && c != U'】';
        if (is_ascii_word || is_japanese_word) kept.push_back(c);
    }
    return kept;
}

/// Every string of the pack's official side.
void collect(const YamlNode& node, std::vector<std::u32string>& texts) {
    static const std::set<std::string, std::less<>> kOfficial = {
        "official", "head", "number", "official_wording", "title", "item", "content"};
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const YamlNode& item = node.items[i];
        const bool is_official =
            node.kind == YamlNode::Kind::Mapping && kOfficial.contains(node.keys[i].name);
        if (is_official && item.kind == YamlNode::Kind::Scalar) texts.push_back(essence(item.text));
        collect(item, texts);
    }
}

/// Takes away every official text, longest first; what is left was not covered.
std::u32string uncovered(std::u32string line, const std::vector<std::u32string>& texts) {
    for (const std::u32string& text : texts) {
        const std::size_t at = text.empty() ? std::u32string::npos : line.find(text);
        if (at != std::u32string::npos) line.replace(at, text.size(), U" ");
    }
    return line;
}

/// Headings of the form itself and the lettering around its numbers.
bool is_form(std::string_view line) {
    return line.starts_with("#") || line.starts_with("(経営課題") ||
           line.starts_with("経営課題の概要") || line.starts_with("主な具体的取組") ||
           line.starts_with("主な取組項目");
}

TEST_F(TsurumiTest, CoversEveryLineOfTheSource) {
    std::vector<std::u32string> texts;
    for (const auto& [name, bytes] : files_) {
        PackFaults faults;
        const auto root = parse_yaml(name, bytes, faults);
        ASSERT_TRUE(root) << name;
        collect(*root, texts);
    }
    std::ranges::sort(texts, std::ranges::greater(), &std::u32string::size);
    const auto source = load_file(kFolder / "source.txt");
    ASSERT_TRUE(source) << source.error().message;
    std::istringstream lines(*source);
    int number = 0;
    int checked = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (is_form(line)) continue;
        std::u32string left = uncovered(essence(line), texts);
        // 【経営課題1 …】 and (予算額 28,523千円): the words around a title and a budget.
        for (const char* around : {"経営課題", "予算額", "千円"})
            left = uncovered(left, {essence(around)});
        std::erase_if(left, [](char32_t c) { return c == U' ' || (c >= U'0' && c <= U'9'); });
        EXPECT_TRUE(left.empty()) << "source.txt:" << number << ": " << line;
        checked += essence(line).empty() ? 0 : 1;
    }
    EXPECT_GE(checked, 25);
}

// ---- proof against damage ---------------------------------------------------------------------

struct Line {
    std::size_t start;
    std::size_t size;  // with its end
    int number;
};

std::vector<Line> lines_of(const std::string& bytes) {
    std::vector<Line> lines;
    for (std::size_t start = 0; start < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', start), bytes.size() - 1);
        lines.push_back({start, end + 1 - start, static_cast<int>(lines.size()) + 1});
        start = end + 1;
    }
    return lines;
}

/// "text" of "    text: x" and "  - text: x"; "" for a line without a key.
std::string key_of(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" -");
    if (start == std::string_view::npos || line[start] == '#') return "";
    const std::size_t colon = line.find(':', start);
    if (colon == std::string_view::npos) return "";
    const std::string_view key = line.substr(start, colon - start);
    const bool is_word = std::ranges::all_of(
        key, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; });
    return is_word ? std::string(key) : "";
}

/// Required keys whose whole value stands on their line, so that the rest stays YAML.
bool is_required_scalar(const std::string& key, std::string_view line) {
    static const std::set<std::string, std::less<>> kRequired = {"ja",
                                                                 "ja-easy",
                                                                 "en",
                                                                 "zh-hans",
                                                                 "zh-hant",
                                                                 "ko",
                                                                 "vi",
                                                                 "official",
                                                                 "number",
                                                                 "icon",
                                                                 "budget_thousand_yen",
                                                                 "id",
                                                                 "term",
                                                                 "reading",
                                                                 "section",
                                                                 "type",
                                                                 "format",
                                                                 "fiscal_year",
                                                                 "municipality_code",
                                                                 "languages",
                                                                 "head",
                                                                 "item",
                                                                 "content",
                                                                 "rank_count",
                                                                 "max_length",
                                                                 "min",
                                                                 "max",
                                                                 "issue",
                                                                 "universe",
                                                                 "question",
                                                                 "counted",
                                                                 "base",
                                                                 "kind",
                                                                 "decimals",
                                                                 "minimum_base",
                                                                 "reference_base",
                                                                 "official_wording"};
    const bool has_value = line.find_first_not_of(" \n", line.find(':') + 1) != std::string::npos;
    // With the first key of a list's item its dash would go, and two items become one.
    const bool begins_item = line[line.find_first_not_of(' ')] == '-';
    return has_value && !begins_item && kRequired.contains(key);
}

class DamagedTsurumiTest : public TsurumiTest {
  protected:
    /// The file beside those it refers to: reading all of them each time would take minutes.
    PackFiles with_its_references(const std::string& name) const {
        PackFiles files = {{"pack.yaml", files_.at("pack.yaml")}, {name, files_.at(name)}};
        if (name != "survey.yaml" && name != "indicators.yaml") return files;
        for (const char* other : {"issues.yaml", "glossary.yaml"})
            files.emplace(other, files_.at(other));
        if (name == "indicators.yaml") files.emplace("survey.yaml", files_.at("survey.yaml"));
        return files;
    }
    static bool has_fault_near(const PackFiles& files, const std::string& name, int line) {
        const auto pack = parse_pack(files);
        return !pack && std::ranges::any_of(pack.error(), [&](const PackFault& fault) {
            return fault.file == name && std::abs(fault.line - line) <= 40;
        });
    }
};

TEST_F(DamagedTsurumiTest, EveryRequiredKeyThatGoesIsMissedNearItsLine) {
    // Keys of one name and file are alike: the first ones, then a spread over the rest.
    constexpr int kFirst = 3;
    constexpr int kStep = 23;
    int removed = 0;
    for (const auto& [name, bytes] : files_) {
        std::map<std::string, int> seen;
        for (const Line& line : lines_of(bytes)) {
            const std::string_view words = std::string_view(bytes).substr(line.start, line.size);
            const std::string key = key_of(words);
            if (key.empty() || !is_required_scalar(key, words)) continue;
            const int count = seen[key]++;
            if (count >= kFirst && count % kStep != 0) continue;
            PackFiles damaged = with_its_references(name);
            damaged[name].erase(line.start, line.size);
            EXPECT_TRUE(has_fault_near(damaged, name, line.number))
                << name << ":" << line.number << ": " << words;
            ++removed;
        }
    }
    EXPECT_GT(removed, 60);
}

TEST_F(DamagedTsurumiTest, ACutFileNeverCrashesTheReader) {
    // About so many places a file, half of them line ends: reading them all takes minutes.
    constexpr std::size_t kPlaces = 80;
    for (const auto& [name, bytes] : files_) {
        std::set<std::size_t> lengths;
        for (std::size_t at = 0; at < bytes.size(); at += 37 * (1 + bytes.size() / 37 / kPlaces))
            lengths.insert(at);
        const std::vector<Line> lines = lines_of(bytes);
        for (std::size_t i = 0; i < lines.size(); i += 1 + lines.size() / kPlaces)
            lengths.insert(lines[i].start);
        // Nothing to refer to: every reference is a fault, and yet all of the file is read.
        PackFiles files = {{"pack.yaml", files_.at("pack.yaml")},
                           {"issues.yaml", "issues: []\n"},
                           {"glossary.yaml", "entries: []\n"}};
        for (const std::size_t length : lengths) {
            files[name] = bytes.substr(0, length);
            const auto pack = parse_pack(files);
            ASSERT_FALSE(pack);
            for (const PackFault& fault : pack.error()) ASSERT_FALSE(fault.reason.empty());
        }
    }
}

}  // namespace
}  // namespace machikoe
