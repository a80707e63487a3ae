// Damaged packs: keys gone, files cut, bytes flipped, YAML meant to hurt.  Nothing of it is
// taken for a whole pack, and nothing crashes the reader.
#include <sstream>

#include "tests/survey/pack_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class DamagedPackTest : public PackTest {};

/// Keys that may be left out: their line may go without a fault.
bool is_optional_line(const std::string& line) {
    for (const char* key : {"note: {", "glossary: [", "required:", "refusal:", "look:", "order:",
                            "exclusive:", "pinned:", "unit:", "universes:", "- {ja:"})
        if (line.find(key) != std::string::npos) return true;
    return false;
}

TEST_F(DamagedPackTest, EveryKeyLineThatGoesIsMissed) {
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

TEST_F(DamagedPackTest, EveryOptionalKeyLineMayGo) {
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

TEST_F(DamagedPackTest, AFileCutAnywhereIsRefusedWithItsNameOrStillWhole) {
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

TEST_F(DamagedPackTest, FlippedBytesNeverCrashTheReader) {
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

TEST_F(DamagedPackTest, BytesThatAreNoPlainUtf8AreRefusedAtTheirLine) {
    for (const std::string& wrong :
         {std::string("\xff"), std::string("\x04"), std::string("\0", 1), std::string("\t"),
          std::string("\xc2\x85"), std::string("\xed\xa0\x80"), std::string("\r")}) {
        files_ = small_pack_files();
        replace("pack.yaml", "ward:", "# " + wrong + "x\nward:");
        expect_fault("pack.yaml", "# ", "not UTF-8 text");
    }
}

TEST_F(DamagedPackTest, LineEndsOfAnotherSystemAreRead) {
    std::string& bytes = files_.at("pack.yaml");
    for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string::npos; at += 2)
        bytes.insert(at, "\r");
    EXPECT_TRUE(parse_pack(files_)) << all_of(faults());
}

TEST_F(DamagedPackTest, AnchorsAliasesAndTagsAreRefused) {
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

TEST_F(DamagedPackTest, AliasesThatWouldMultiplyAreNotExpanded) {
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

TEST_F(DamagedPackTest, DeepNestingIsRefused) {
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

TEST_F(DamagedPackTest, OneFileHoldsOneDocument) {
    files_["pack.yaml"] += "---\na: 1\n";
    EXPECT_THAT(all_of(faults()), HasSubstr("a second document"));
    files_["pack.yaml"] = "# nothing but a comment\n";
    EXPECT_THAT(all_of(faults()), HasSubstr("pack.yaml:1: "));
}

}  // namespace
}  // namespace machikoe
