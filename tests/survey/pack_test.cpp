// Packs: what is refused, and where the fault is said to be; nothing makes the reader crash.
#include "app/survey/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/base/crypto.h"
#include "tests/survey/small_pack.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

std::string all_of(const PackFaults& faults) {
    std::string text;
    for (const PackFault& fault : faults) text += to_string(fault) + "\n";
    return text;
}

class PackTest : public testing::Test {
  protected:
    PackTest() : files_(small_pack_files()) { crypto_ready(); }

    /// Replaces the first occurrence; the test is wrong when there is none.
    void replace(const std::string& file, const std::string& old_text, const std::string& text) {
        std::string& bytes = files_.at(file);
        const std::size_t at = bytes.find(old_text);
        ASSERT_NE(at, std::string::npos) << old_text;
        bytes.replace(at, old_text.size(), text);
    }
    PackFaults faults() const {
        const auto pack = parse_pack(files_);
        return pack ? PackFaults{} : pack.error();
    }
    /// Exactly one fault, in this file, on the line that holds `where`, and it says `reason`.
    void expect_fault(const std::string& file, const std::string& where,
                      const std::string& reason) const {
        const PackFaults found = faults();
        ASSERT_EQ(found.size(), 1u) << all_of(found);
        EXPECT_EQ(found[0].file, file);
        EXPECT_EQ(found[0].line, line_of(file, where)) << to_string(found[0]);
        EXPECT_THAT(found[0].reason, HasSubstr(reason));
    }
    int line_of(const std::string& file, const std::string& text) const {
        const std::string& bytes = files_.at(file);
        const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.find(text));
        return 1 + static_cast<int>(std::count(bytes.begin(), end, '\n'));
    }
    PackFiles files_;
};

TEST_F(PackTest, AMissingFileIsAFaultOfThatFile) {
    for (const auto& [name, bytes] : small_pack_files()) {
        files_ = small_pack_files();
        files_.erase(name);
        const PackFaults found = faults();
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found[0], (PackFault{name, 0, "is missing"}));
    }
}

TEST_F(PackTest, AnUnknownFileIsAFault) {
    files_["surveys.yaml"] = "a: 1\n";
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_EQ(faults()[0].file, "surveys.yaml");
}

TEST_F(PackTest, AnEmptyFileIsAFaultOfTheWholeFile) {
    for (const auto& [name, bytes] : small_pack_files()) {
        files_ = small_pack_files();
        files_[name].clear();
        EXPECT_THAT(faults(), testing::Contains(PackFault{name, 0, "is empty"}));
    }
}

TEST_F(PackTest, MoreThanEightMebibytesAreRefused) {
    files_["pack.yaml"] += "#" + std::string(8u << 20, 'x');
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_THAT(faults()[0].reason, HasSubstr("8 MiB"));
}

/// Keys that may be left out: their line may go without a fault.
bool is_optional_line(const std::string& line) {
    for (const char* key : {"note: {", "glossary: [", "required:", "refusal:", "look:", "order:",
                            "exclusive:", "pinned:", "unit:", "universes:"})
        if (line.find(key) != std::string::npos) return true;
    return false;
}

TEST_F(PackTest, EveryKeyLineThatGoesIsMissed) {
    int removed = 0;
    for (const auto& [name, bytes] : small_pack_files()) {
        std::istringstream in(bytes);
        std::size_t start = 0;
        for (std::string line; std::getline(in, line); start += line.size() + 1) {
            if (line.find(':') == std::string::npos || is_optional_line(line)) continue;
            files_ = small_pack_files();
            files_[name].erase(start, line.size() + 1);
            const PackFaults found = faults();
            const bool named = std::ranges::any_of(
                found, [&](const PackFault& fault) { return fault.file == name; });
            EXPECT_TRUE(named) << name << ": without '" << line << "'\n" << all_of(found);
            for (const PackFault& fault : found)
                EXPECT_GT(fault.line, 0) << name << ": without '" << line << "'";
            ++removed;
        }
    }
    EXPECT_GT(removed, 150);
}

TEST_F(PackTest, EveryOptionalKeyLineMayGo) {
    for (const auto& [name, bytes] : small_pack_files()) {
        std::istringstream in(bytes);
        std::size_t start = 0;
        for (std::string line; std::getline(in, line); start += line.size() + 1) {
            if (!is_optional_line(line)) continue;
            files_ = small_pack_files();
            files_[name].erase(start, line.size() + 1);
            EXPECT_TRUE(parse_pack(files_)) << "without '" << line << "'\n" << all_of(faults());
        }
    }
}

TEST_F(PackTest, AFileCutAnywhereIsRefusedWithItsNameOrStillWhole) {
    int refused = 0;
    for (const auto& [name, bytes] : small_pack_files()) {
        for (std::size_t length = 0; length < bytes.size(); length += length < 300 ? 1 : 11) {
            files_ = small_pack_files();
            files_[name].resize(length);
            const auto pack = parse_pack(files_);
            if (pack) continue;
            ++refused;
            for (const PackFault& fault : pack.error()) {
                EXPECT_FALSE(fault.reason.empty());
                EXPECT_TRUE(fault.line > 0 || length == 0) << name << " cut at " << length;
            }
            // A file may end where it is whole in itself but lacks what another refers to.
            const bool named = std::ranges::any_of(pack.error(), [&](const PackFault& fault) {
                return fault.file == name || fault.reason.find(": no ") != std::string::npos;
            });
            EXPECT_TRUE(named) << name << " cut at " << length << "\n" << all_of(pack.error());
        }
    }
    EXPECT_GT(refused, 800);
}

TEST_F(PackTest, FlippedBytesNeverCrashTheReader) {
    std::uint32_t state = 20220401;
    const auto random = [&](std::size_t below) {
        state = state * 1664525u + 1013904223u;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    int refused = 0;
    for (int round = 0; round < 800; ++round) {
        files_ = small_pack_files();
        auto file = std::next(files_.begin(), static_cast<std::ptrdiff_t>(random(files_.size())));
        for (std::size_t flips = 1 + random(3); flips > 0; --flips) {
            const std::size_t at = random(file->second.size());
            // Half of them the characters that YAML is made of.
            static constexpr std::string_view kMarks = "{}[]:,-?&*!|>'\"%@`#\n \\";
            file->second[at] =
                round % 2 == 0 ? static_cast<char>(random(256)) : kMarks[random(kMarks.size())];
        }
        if (!parse_pack(files_)) ++refused;
    }
    EXPECT_GT(refused, 400);
}

TEST_F(PackTest, AnUnknownKeyIsAFaultAtItsLine) {
    replace("survey.yaml", "    required: true", "    requird: true");
    expect_fault("survey.yaml", "requird", "question 'feel': unknown key 'requird'");
}

TEST_F(PackTest, AKeyOfAnotherTypeIsUnknown) {
    replace("survey.yaml", "    rank_count: 2", "    rank_count: 2\n    max_length: 5");
    expect_fault("survey.yaml", "max_length: 5", "unknown key 'max_length'");
}

TEST_F(PackTest, ADuplicateKeyIsAFaultAtItsSecondLine) {
    replace("pack.yaml", "head: 区長", "head: 区長\n\"head\": 他人");
    expect_fault("pack.yaml", "\"head\"", "duplicate key 'head'");
}

TEST_F(PackTest, ALanguageThatIsNotOfferedIsRefused) {
    replace("glossary.yaml", "en: Ties}", "en: Ties, ko: 유대}");
    expect_fault("glossary.yaml", "ko:", "'ko' is not a language of this pack");
}

TEST_F(PackTest, AMissingLanguageIsNamed) {
    replace("glossary.yaml", ", en: Ties", "");
    expect_fault("glossary.yaml", "label", "'label': missing language 'en'");
}

TEST_F(PackTest, LanguagesMustBeKnownOnceEachAndHoldJapanese) {
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja, ja-easy, en, fr]");
    expect_fault("pack.yaml", "languages", "no such language 'fr'");
    files_ = small_pack_files();
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja, ja-easy, en, ja]");
    expect_fault("pack.yaml", "languages", "'ja' twice");
    files_ = small_pack_files();
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja-easy, en]");
    EXPECT_THAT(all_of(faults()), HasSubstr("'languages' lacks 'ja'"));
}

struct Wrong {
    const char* file;
    const char* old_text;
    const char* text;
    const char* reason;
};

class WrongValueTest : public PackTest, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongValueTest, IsOneFaultAtItsLine) {
    const Wrong& wrong = GetParam();
    replace(wrong.file, wrong.old_text, wrong.text);
    expect_fault(wrong.file, wrong.text, wrong.reason);
}

INSTANTIATE_TEST_SUITE_P(
    Values, WrongValueTest,
    testing::Values(
        Wrong{"pack.yaml", "format: 1", "format: 2", "not within 1 … 1"},
        Wrong{"pack.yaml", "format: 1", "format: 1.0", "not a whole number"},
        Wrong{"pack.yaml", "id: small", "id: Small", "not an id"},
        Wrong{"pack.yaml", "\"2022\"", "\"22\"", "not 4 digits"},
        Wrong{"pack.yaml", "\"271241\"", "\"27124x\"", "not 6 digits"},
        Wrong{"pack.yaml", "head: 区長", "head: ", "is empty"},
        Wrong{"pack.yaml", "head: 区長", "head: [a]", "not a single value"},
        Wrong{"issues.yaml", "number: 1", "number: 2", "its place in the list"},
        Wrong{"issues.yaml", "icon: diversity_1", "icon: Diversity", "not an id"},
        Wrong{"issues.yaml", "budget_thousand_yen: 7", "budget_thousand_yen: 0", "not within"},
        Wrong{"glossary.yaml", "reading: つながり", "reading: 繋がり", "not hiragana"},
        Wrong{"survey.yaml", "type: note", "type: notes", "cannot be 'notes'"},
        Wrong{"survey.yaml", "id: intro", "id: in-tro", "not an id"},
        Wrong{"survey.yaml", "id: why", "id: feel #", "duplicate id"},
        Wrong{"survey.yaml", "id: busy", "id: far #", "duplicate id"},
        Wrong{"survey.yaml", "glossary: [ties]", "glossary: [tie]", "no such glossary entry"},
        Wrong{"survey.yaml", "required: true", "required: yes", "cannot be 'yes'"},
        Wrong{"survey.yaml", "look: faces", "look: stars", "cannot be 'stars'"},
        Wrong{"survey.yaml", "question: feel", "question: intro", "no earlier question"},
        Wrong{"survey.yaml", "question: feel", "question: which", "no earlier question"},
        Wrong{"survey.yaml", "is: [\"no\"]", "is: [maybe]", "no option 'maybe'"},
        Wrong{"survey.yaml", "is: [\"no\"]", "is: []", "has 0 items"},
        Wrong{"survey.yaml", "rank_count: 2", "rank_count: 3", "not within 1 … 2"},
        Wrong{"survey.yaml", "max: 20", "max: 0", "'max' is below 'min'"},
        Wrong{"survey.yaml", "max: 20", "max: 99999999999999999999", "not a whole number"},
        Wrong{"survey.yaml", "max_length: 100", "max_length: 501", "not within 1 … 500"},
        Wrong{"survey.yaml", "universes: [parent, participant]", "universes: [parents]",
              "no such universe"},
        Wrong{"indicators.yaml", "issue: living", "issue: life", "no such issue"},
        Wrong{"indicators.yaml", "question: feel", "question: say", "no question with options"},
        Wrong{"indicators.yaml", "counted: [\"yes\"]", "counted: [maybe]", "no option 'maybe'"},
        Wrong{"indicators.yaml", "counted: [\"yes\"]", "counted: [\"no\", \"no\"]", "twice"},
        Wrong{"indicators.yaml", "      percent: 50", "      percent: 101", "not a percentage"},
        Wrong{"indicators.yaml", "      percent: 50", "      percent: 1e1", "not a percentage"},
        Wrong{"indicators.yaml", "kind: at-least-percent", "kind: none", "cannot be 'none'"},
        Wrong{"indicators.yaml", "decimals: 1", "decimals: 3", "not within 0 … 2"},
        Wrong{"indicators.yaml", "reference_base: 30", "reference_base: 9", "below"}));

TEST_F(PackTest, SectionsStandTogetherAndAboutComesLast) {
    replace("survey.yaml", "section: living\n    type: single", "section: about\n    type: single");
    EXPECT_TRUE(parse_pack(files_));
    replace("survey.yaml", "section: living\n    type: ranking",
            "section: about\n    type: ranking");
    replace("survey.yaml", "section: living\n    type: multiple",
            "section: about\n    type: multiple");
    EXPECT_TRUE(parse_pack(files_));
    replace("survey.yaml", "section: about\n    type: ranking",
            "section: living\n    type: ranking");
    EXPECT_THAT(all_of(faults()), HasSubstr("'about' must come last"));
}

TEST_F(PackTest, AnIndicatorMustBeAskedOfItsUniverse) {
    replace("survey.yaml", "    look: faces", "    look: faces\n    universes: [parent]");
    expect_fault("indicators.yaml", "universe: resident", "is never asked");
}

TEST_F(PackTest, AnEasyTextMustGiveEveryKanjiAReading) {
    replace("pack.yaml", "\"{方針|ほうしん}\"", "\"{方|ほう}針\"");
    expect_fault("pack.yaml", "title", "kanji without reading: 針");
}

TEST_F(PackTest, RubyMustBeWellFormedKanaAndJapanese) {
    for (const char* wrong :
         {"{方針|ほうしん", "{方針}", "方針|ほうしん}", "{|ほうしん}", "{方針|hoshin}"}) {
        files_ = small_pack_files();
        replace("pack.yaml", "ja: \"方針\"", "ja: \"" + std::string(wrong) + "\"");
        expect_fault("pack.yaml", "title", "title.ja");
    }
    files_ = small_pack_files();
    replace("pack.yaml", "en: Policy", "en: \"{Policy|p}\"");
    expect_fault("pack.yaml", "title", "only Japanese carries ruby");
    files_ = small_pack_files();
    replace("policy.yaml", "official: 使命", "official: \"{使命|しめい}\"");
    expect_fault("policy.yaml", "official: \"", "carries no ruby");
}

TEST_F(PackTest, TextMustBeComposedAndWithoutControls) {
    // が as か and a combining mark; each of the others hidden behind a YAML escape too.
    for (const char* wrong : {"か\xe3\x82\x99", "\\u304B\\u3099", "a\\nb", "a\\x04b", "a\\u202Eb",
                              "a\\uE000b", "a\\u2028b", "a\\uFFFDb"}) {
        files_ = small_pack_files();
        replace("pack.yaml", "head: 区長", "head: \"" + std::string(wrong) + "\"");
        expect_fault("pack.yaml", "head", "'head'");
    }
    files_ = small_pack_files();
    replace("pack.yaml", "head: 区長", "head: \"区\\u2060長\\u200Bだ\"");
    EXPECT_TRUE(parse_pack(files_)) << all_of(faults());
}

TEST_F(PackTest, BytesThatAreNoPlainUtf8AreRefusedAtTheirLine) {
    for (const std::string& wrong :
         {std::string("\xff"), std::string("\x04"), std::string("\0", 1), std::string("\t"),
          std::string("\xc2\x85"), std::string("\xed\xa0\x80"), std::string("\r")}) {
        files_ = small_pack_files();
        replace("pack.yaml", "ward:", "# " + wrong + "x\nward:");
        expect_fault("pack.yaml", "# ", "not UTF-8 text");
    }
}

TEST_F(PackTest, LineEndsOfAnotherSystemAreRead) {
    std::string& bytes = files_.at("pack.yaml");
    for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string::npos; at += 2)
        bytes.insert(at, "\r");
    EXPECT_TRUE(parse_pack(files_)) << all_of(faults());
}

TEST_F(PackTest, AnchorsAliasesAndTagsAreRefused) {
    const std::vector<std::pair<std::string, std::string>> wrongs = {
        {"head: &a 区長", "an anchor"},
        {"head: *a", "anchor"},
        {"head: !!str 区長", "a tag"},
        {"head: !x 区長", "a tag"},
        {"<<: {a: 1}\nhead: 区長", "unknown key '<<'"}};
    for (const auto& [wrong, reason] : wrongs) {
        files_ = small_pack_files();
        replace("pack.yaml", "head: 区長", wrong);
        EXPECT_THAT(all_of(faults()), HasSubstr(reason)) << wrong;
    }
}

TEST_F(PackTest, AliasesThatWouldMultiplyAreNotExpanded) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int n = 0; n < 8; ++n) bomb += ", " + before;
        bomb += "]\n";
    }
    files_["policy.yaml"] = bomb;
    EXPECT_THAT(all_of(faults()), HasSubstr("policy.yaml:1: an anchor"));
}

TEST_F(PackTest, DeepNestingIsRefused) {
    for (const std::string& wrong :
         {std::string(100'000, '['), std::string(100'000, '{'), "a: " + std::string(50'000, '['),
          std::string("- ") + std::string(3000, '-'), std::string(20'000, '?')}) {
        files_["policy.yaml"] = wrong;
        EXPECT_FALSE(faults().empty());
    }
    std::string steps;
    for (int depth = 0; depth < 300; ++depth) steps += std::string(depth, ' ') + "a:\n";
    files_["policy.yaml"] = steps;
    EXPECT_THAT(all_of(faults()), HasSubstr("nested too deeply"));
    std::string dashes;
    for (int depth = 0; depth < 2000; ++depth) dashes += "- ";
    files_["policy.yaml"] = dashes + "a\n";
    EXPECT_THAT(all_of(faults()), HasSubstr("nested too deeply"));
}

TEST_F(PackTest, OneFileHoldsOneDocument) {
    files_["pack.yaml"] += "---\na: 1\n";
    EXPECT_THAT(all_of(faults()), HasSubstr("a second document"));
    files_["pack.yaml"] = "# nothing but a comment\n";
    EXPECT_THAT(all_of(faults()), HasSubstr("pack.yaml:1: "));
}

TEST_F(PackTest, EveryFaultIsReportedNotOnlyTheFirst) {
    replace("pack.yaml", "format: 1", "format: 2");
    replace("issues.yaml", "number: 1", "number: x");
    replace("survey.yaml", "look: faces", "look: stars");
    replace("survey.yaml", "max_length: 100", "max_length: many");
    EXPECT_GE(faults().size(), 4u);
}

TEST_F(PackTest, AReasonCannotSpoilALog) {
    replace("pack.yaml", "head: 区長", "\"he\\nad\\x1b[2J\": 1\nhead: 区長");
    const std::string text = all_of(faults());
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST_F(PackTest, AValidPackHoldsWhatItsFilesSay) {
    const auto pack = parse_pack(files_);
    ASSERT_TRUE(pack) << all_of(pack.error());
    EXPECT_EQ(pack->plan.id, "small");
    EXPECT_EQ(pack->plan.languages, (std::vector{Language::Ja, Language::JaEasy, Language::En}));
    EXPECT_EQ(pack->plan.goal.plain.in(Language::Ja), "めざす{姿|すがた}");
    ASSERT_EQ(pack->plan.issues.size(), 1u);
    const Issue& issue = pack->plan.issues[0];
    EXPECT_EQ(issue.action.budget_thousand_yen, 7);
    EXPECT_EQ(issue.strategy.number, "1-1");
    EXPECT_EQ(issue.remaining[0].plain.in(Language::En), "Rest");
    EXPECT_EQ(pack->plan.reform[0].item, "-");
    EXPECT_EQ(pack->plan.indicators[0].target_percent, 50);
    EXPECT_EQ(pack->plan.indicators[0].previous_percent, 40.5);
    EXPECT_EQ(pack->plan.indicators[0].previous_mode, "mail");
    EXPECT_EQ(pack->survey.questions.size(), 9u);
    const Question* feel = pack->survey.question("feel");
    ASSERT_NE(feel, nullptr);
    EXPECT_TRUE(feel->required && feel->offers_refusal);
    EXPECT_EQ(feel->look, ScaleLook::Faces);
    EXPECT_EQ(feel->order, OptionOrder::ReversedForHalf);
    const Question* people = pack->survey.question("people");
    EXPECT_EQ(people->bounds->max, 20);
    EXPECT_TRUE(people->relevant[0].negated);
    EXPECT_EQ(people->universes, (std::vector{Universe::Parent, Universe::Participant}));
    EXPECT_TRUE(pack->survey.question("why")->option("none")->exclusive);
}

TEST_F(PackTest, TheHashFollowsThePublishedForm) {
    std::string canonical;
    for (const auto& [name, bytes] : files_)
        canonical += name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
    EXPECT_EQ(parse_pack(files_)->hash, sha256_hex(canonical));
}

TEST_F(PackTest, TheHashIsStableAndFeelsEveryByte) {
    const std::string hash = parse_pack(files_)->hash;
    EXPECT_EQ(parse_pack(small_pack_files())->hash, hash);
    for (auto& [name, bytes] : files_) {
        bytes += "\n";
        EXPECT_NE(parse_pack(files_)->hash, hash) << name;
        bytes.pop_back();
    }
}

// ---- on disk ------------------------------------------------------------------------------

class PackFolderTest : public PackTest {
  protected:
    PackFolderTest()
        : parent_(std::filesystem::temp_directory_path() / ("machikoe-pack-" + random_hex(8))),
          folder_(parent_ / "small") {
        std::filesystem::create_directories(folder_);
        for (const auto& [name, bytes] : files_) write(name, bytes);
    }
    ~PackFolderTest() override { std::filesystem::remove_all(parent_); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    std::filesystem::path parent_;
    std::filesystem::path folder_;
};

TEST_F(PackFolderTest, AMissingFolderIsNotFound) {
    EXPECT_EQ(load_pack_files(folder_ / "none").error().code, ErrorCode::NotFound);
    EXPECT_EQ(load_pack_files(folder_ / "pack.yaml").error().code, ErrorCode::NotFound);
    EXPECT_EQ(load_pack(folder_ / "none").error().code, ErrorCode::NotFound);
}

TEST_F(PackFolderTest, OnlyRegularYamlFilesOfTheFolderItselfCount) {
    write("source.txt", "x");
    std::filesystem::create_directory(folder_ / "deep.yaml");
    std::ofstream(folder_ / "deep.yaml" / "more.yaml") << "x";
    std::filesystem::create_symlink(folder_ / "pack.yaml", folder_ / "link.yaml");
    const auto loaded = load_pack_files(folder_);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(*loaded, files_);
}

TEST_F(PackFolderTest, TooLargeAFolderIsInvalid) {
    write("a.yaml", std::string(5u << 20, 'x'));
    write("b.yaml", std::string(5u << 20, 'x'));
    EXPECT_EQ(load_pack_files(folder_).error().code, ErrorCode::Invalid);
}

TEST_F(PackFolderTest, AFaultyPackIsInvalidAndNamesItsFaults) {
    write("pack.yaml", "format: 1\n");
    const auto pack = load_pack(folder_);
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().code, ErrorCode::Invalid);
    EXPECT_THAT(pack.error().message, HasSubstr("pack.yaml:1: missing key 'id'"));
}

TEST_F(PackFolderTest, TheFolderBearsThePacksId) {
    EXPECT_TRUE(load_pack(folder_));
    std::filesystem::rename(folder_, parent_ / "other");
    const auto pack = load_pack(parent_ / "other");
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace machikoe
