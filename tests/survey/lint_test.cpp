// Lint: advice on plain language, at the line it concerns, never a refusal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "tests/survey/small_pack.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class LintTest : public testing::Test {
  protected:
    LintTest() : files_(small_pack_files()) { crypto_ready(); }
    void set_goal(const std::string& tag, const std::string& text) {
        std::string& bytes = files_.at("policy.yaml");
        const std::size_t start = bytes.find("    " + tag + ": ");
        bytes.replace(start, bytes.find('\n', start) - start, "    " + tag + ": \"" + text + "\"");
    }
    PackFaults advice() const {
        const auto pack = parse_pack(files_);
        if (pack) return lint_pack(files_, *pack);
        ADD_FAILURE() << to_string(pack.error().at(0));
        return {};
    }
    void expect_one(int line, const std::string& reason) const {
        const PackFaults found = advice();
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found[0].file, "policy.yaml");
        EXPECT_EQ(found[0].line, line);
        EXPECT_THAT(found[0].reason, HasSubstr(reason));
    }
    static std::string times(int count, const std::string& text) {
        std::string result;
        while (count-- > 0) result += text;
        return result;
    }
    PackFiles files_;
};

TEST_F(LintTest, APlainPackNeedsNoAdvice) {
    for (const PackFault& fault : advice()) ADD_FAILURE() << to_string(fault);
}

TEST_F(LintTest, AnEasySentenceIsShort) {
    set_goal("ja-easy", times(30, "あ") + "。");
    EXPECT_TRUE(advice().empty());
    set_goal("ja-easy", times(31, "あ") + "。");
    expect_one(5, "31 characters, over 30");
    set_goal("ja-easy", times(51, "あ") + "。");
    expect_one(5, "strong: ja-easy: a sentence of 51 characters, over 50");
}

TEST_F(LintTest, ReadingsSpacesAndOtherSentencesAreNotCounted) {
    set_goal("ja-easy", times(10, "{姿|すがた} あ。") + times(30, " あ") + "。あ");
    EXPECT_TRUE(advice().empty());
}

TEST_F(LintTest, AStandardSentenceMayBeLonger) {
    set_goal("ja", times(60, "あ"));
    EXPECT_TRUE(advice().empty());
    set_goal("ja", times(61, "あ"));
    expect_one(4, "61 characters, over 60");
}

TEST_F(LintTest, AnEasySentenceHasFewKanji) {
    set_goal("ja-easy", times(13, "{姿|すがた}"));
    EXPECT_TRUE(advice().empty());
    set_goal("ja-easy", times(14, "{姿|すがた}"));
    expect_one(5, "14 kanji");
}

TEST_F(LintTest, DoubleNegativesAreFound) {
    for (const char* text :
         {"できないわけではありません", "{行|い}けないことはない", "なくもないです"}) {
        set_goal("ja", text);
        expect_one(4, "double negative");
    }
    set_goal("ja", "できないこともあります。{行|い}かなければなりません。");
    EXPECT_TRUE(advice().empty());
}

TEST_F(LintTest, ThreeCommasAreEnough) {
    set_goal("ja", "あ、い、う、え");
    EXPECT_TRUE(advice().empty());
    set_goal("ja", "あ、い、う、え、お");
    expect_one(4, "more than 3 「、」");
}

TEST_F(LintTest, ALabelSpeaksOfRespondents) {
    std::string& bytes = files_.at("indicators.yaml");
    bytes.replace(bytes.find("回答者"), std::string("回答者").size(), "区民");
    ASSERT_EQ(advice().size(), 1u);
    EXPECT_THAT(advice()[0].reason, HasSubstr("回答者"));
}

TEST_F(LintTest, ASummaryHasThreeSentencesAtMost) {
    std::string& bytes = files_.at("issues.yaml");
    bytes.replace(bytes.find("しました。"), std::string("しました。").size(), "した。あ。い。う。");
    ASSERT_EQ(advice().size(), 1u);
    EXPECT_THAT(advice()[0].reason, HasSubstr("what_was_done: more than 3 sentences"));
}

}  // namespace
}  // namespace machikoe
