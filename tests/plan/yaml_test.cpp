// YAML: what is read, at which line, and what is refused before anything is made of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/plan/yaml_reader.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class YamlTest : public testing::Test {
  protected:
    std::optional<YamlNode> parse(const std::string& bytes) {
        faults_.clear();
        return parse_yaml("a.yaml", bytes, faults_);
    }
    /// The only fault, as text.
    std::string fault() const {
        EXPECT_EQ(faults_.size(), 1u);
        return faults_.empty() ? "" : to_string(faults_[0]);
    }
    PackFaults faults_;
};

TEST_F(YamlTest, WhatIsNoYamlIsRefusedAtItsLine) {
    EXPECT_FALSE(parse("a: 1\nb: [1, 2\n"));
    EXPECT_THAT(fault(), HasSubstr("a.yaml:"));
    for (const char* open : {"a: 1\nb: \"open\n", "a: 1\nb: 'open\n", "a: 1\nb: \"open"}) {
        EXPECT_FALSE(parse(open)) << open;
        EXPECT_THAT(fault(), HasSubstr("a.yaml:"));
    }
    EXPECT_FALSE(parse("a: 1\n b: 2\n"));
    EXPECT_THAT(fault(), HasSubstr("a.yaml:2: is not YAML"));
    EXPECT_FALSE(parse("a: 'x' y\n"));
    EXPECT_FALSE(parse("%YAML 9.9\n---\na: 1\n"));
}

TEST_F(YamlTest, ADocumentMayEndAsItPleases) {
    for (const char* whole : {"a: 1", "a: 1\n", "a: 1\n...\n", "---\na: 1\n", "a: 1 # b",
                              "a: \"1\"", "a: >-\n  1\n", "a: >-\n  1", "{a: 1}"}) {
        const auto root = parse(whole);
        ASSERT_TRUE(root) << whole << fault();
        EXPECT_EQ(root->find("a")->text, "1");
    }
    EXPECT_FALSE(parse("a: 1\n---\nb: 1\n"));
    EXPECT_EQ(fault(), "a.yaml:2: a second document");
}

TEST_F(YamlTest, KeysAreWords) {
    EXPECT_FALSE(parse("[a, b]: 1\n"));
    EXPECT_EQ(fault(), "a.yaml:1: a key that is not a word");
    EXPECT_FALSE(parse("? {a: b}\n: 1\n"));
    EXPECT_FALSE(parse("x: 1\n~: 2\n"));
    EXPECT_EQ(fault(), "a.yaml:2: a key that is not a word");
}

TEST_F(YamlTest, TheFirstOfTwoEqualKeysStays) {
    const auto root = parse("a: 1\nb: 2\na: [3]\n");
    ASSERT_TRUE(root);
    EXPECT_EQ(fault(), "a.yaml:3: duplicate key 'a'");
    EXPECT_EQ(root->find("a")->text, "1");
}

TEST_F(YamlTest, EveryValueKnowsItsLine) {
    const auto root = parse("# head\na: 1\n\nb:\n  - x\n  - y: z\nc:\nd: 4\n");
    ASSERT_TRUE(root);
    EXPECT_THAT(faults_, IsEmpty());
    EXPECT_EQ(root->find("a")->line, 2);
    EXPECT_EQ(root->find("b")->line, 5);
    EXPECT_EQ(root->find("b")->items[1].find("y")->line, 6);
    EXPECT_EQ(root->find("c")->line, 7);
    EXPECT_EQ(root->find("c")->kind, YamlNode::Kind::Null);
    EXPECT_EQ(root->find("e"), nullptr);
}

TEST_F(YamlTest, NamesInReasonsAreShortAndHarmless) {
    EXPECT_EQ(in_quotes("a"), "'a'");
    EXPECT_EQ(in_quotes("a\x1b[0m"), "'?'");
    EXPECT_EQ(in_quotes("\xff"), "'?'");
    EXPECT_LT(in_quotes(std::string(1000, 'x')).size(), 80u);
    std::string many;
    for (int i = 0; i < 100; ++i) many += "ち";
    EXPECT_LT(in_quotes(many).size(), 80u);
}

class YamlReaderTest : public YamlTest {
  protected:
    /// Reads one mapping with `read`, then reports what was wrong.
    template <class Read>
    std::vector<std::string> reading(const std::string& bytes, Read read) {
        const auto root = parse(bytes);
        const YamlContext context{"a.yaml", {Language::Ja, Language::En}, &faults_};
        if (root) {
            YamlReader reader(context, *root, "thing");
            read(reader);
            reader.finish();
        }
        std::vector<std::string> reasons;
        for (const PackFault& fault : faults_) reasons.push_back(to_string(fault));
        return reasons;
    }
};

TEST_F(YamlReaderTest, ARootThatIsNoMappingIsOneFault) {
    for (const char* bytes : {"- a\n", "word\n"})
        EXPECT_THAT(reading(bytes, [](YamlReader& r) { r.string("x"), r.text("y"); }),
                    testing::ElementsAre("a.yaml:1: thing: is not a mapping of keys"));
}

TEST_F(YamlReaderTest, IntegersAreWholeDecimalAndWithinBounds) {
    for (const char* wrong : {"1.5", "0x10", "+1", "1e3", "one", "''", "[1]", "11", "-1", "1 2"})
        EXPECT_EQ(reading("n: " + std::string(wrong) + "\n",
                          [](YamlReader& r) { EXPECT_EQ(r.integer("n", 0, 10), 0); })
                      .size(),
                  1u)
            << wrong;
    EXPECT_THAT(reading("n: 10\n", [](YamlReader& r) { EXPECT_EQ(r.integer("n", 0, 10), 10); }),
                IsEmpty());
    EXPECT_THAT(reading("n: -3\n", [](YamlReader& r) { EXPECT_EQ(r.integer("n", -3, 10), -3); }),
                IsEmpty());
}

TEST_F(YamlReaderTest, PercentagesAreDecimalsFromZeroToAHundred) {
    for (const char* wrong : {"-1", "100.1", "50%", ".5", "5.", "1.2.3", "nan", "inf", "1e1"})
        EXPECT_EQ(reading("n: " + std::string(wrong) + "\n", [](YamlReader& r) { r.percent("n"); })
                      .size(),
                  1u)
            << wrong;
    EXPECT_THAT(reading("n: 48.4\n", [](YamlReader& r) { EXPECT_EQ(r.percent("n"), 48.4); }),
                IsEmpty());
}

TEST_F(YamlReaderTest, BooleansAreTrueOrFalse) {
    for (const char* wrong : {"yes", "True", "1", "on", ""})
        EXPECT_EQ(reading("b: " + std::string(wrong) + "\n", [](YamlReader& r) { r.boolean("b"); })
                      .size(),
                  1u)
            << wrong;
    EXPECT_THAT(reading("b: true\n", [](YamlReader& r) { EXPECT_TRUE(r.boolean("b")); }),
                IsEmpty());
}

TEST_F(YamlReaderTest, IdsKeepToTheirLetters) {
    const auto faults_of = [&](const std::string& id, IdKind kind) {
        return reading("id: \"" + id + "\"\n", [&](YamlReader& r) { r.id("id", kind); }).size();
    };
    for (const char* wrong : {"A", "1a", "-a", "a b", "ä", "a.b", "a/b"}) {
        EXPECT_EQ(faults_of(wrong, IdKind::Word), 1u) << wrong;
        EXPECT_EQ(faults_of(wrong, IdKind::Question), 1u) << wrong;
    }
    EXPECT_EQ(faults_of("a-b_2", IdKind::Word), 0u);
    EXPECT_EQ(faults_of("a-b", IdKind::Question), 1u);
    EXPECT_EQ(faults_of("a_b", IdKind::Question), 1u);
    EXPECT_EQ(faults_of("3d_rotation", IdKind::Icon), 0u);
    EXPECT_EQ(faults_of(std::string(40, 'a'), IdKind::Word), 0u);
    EXPECT_EQ(faults_of(std::string(41, 'a'), IdKind::Word), 1u);
    EXPECT_EQ(faults_of(std::string(20, 'a'), IdKind::Question), 0u);
    EXPECT_EQ(faults_of(std::string(21, 'a'), IdKind::Question), 1u);
}

TEST_F(YamlReaderTest, AListThatIsTooLongIsOneFaultAndCutShort) {
    std::string bytes = "l: [";
    for (int i = 0; i < 5000; ++i) bytes += "a" + std::to_string(i) + ", ";
    EXPECT_EQ(reading(bytes + "]\n", [](YamlReader& r) { EXPECT_EQ(r.ids("l", 1).size(), 1000u); })
                  .size(),
              1u);
}

TEST_F(YamlReaderTest, AStatementHasItsOfficialAndItsPlainText) {
    const auto read = [](YamlReader& r) { r.statement("s"); };
    EXPECT_THAT(reading("s: {official: あ, plain: {ja: い, en: B}}\n", read), IsEmpty());
    EXPECT_THAT(reading("s: {plain: {ja: い, en: B}}\n", read),
                testing::ElementsAre("a.yaml:1: thing: 's': missing key 'official'"));
    EXPECT_THAT(reading("s: {official: あ, plain: い}\n", read),
                testing::ElementsAre(HasSubstr("'plain' is not a text")));
    EXPECT_THAT(reading("s: {official: \"{あ|い}\", plain: {ja: い, en: B}}\n", read),
                testing::ElementsAre(HasSubstr("carries no ruby")));
}

}  // namespace
}  // namespace machikoe
