// Facts and pictures of a pack: optional, but whole where they are.
#include <gtest/gtest.h>

#include "tests/survey/pack_fixture.h"

namespace machikoe {
namespace {

class FactsTest : public testing::Test {
  protected:
    FactsTest() { crypto_ready(); }
};

PackFiles with_facts(const std::string& facts) {
    PackFiles files = small_pack_files();
    files["pack.yaml"] += facts;
    return files;
}

PackFiles with_picture(const std::string& name) {
    PackFiles files = small_pack_files();
    std::string& issues = files["issues.yaml"];
    const std::string after = "    icon: diversity_1\n";
    issues.insert(issues.find(after) + after.size(), "    picture: " + name + "\n");
    return files;
}

std::string first_fault(const PackFiles& files) {
    const auto pack = parse_pack(files);
    return pack ? "" : to_string(pack.error().front());
}

TEST_F(FactsTest, ANumberWithoutSourceAndDateIsNoFact) {
    EXPECT_NE(first_fault(with_facts("facts: {}\n")).find("residents"), std::string::npos);
    EXPECT_NE(first_fault(with_facts("facts:\n  residents: {number: 5, date: \"2022-04-01\"}\n"))
                  .find("source"),
              std::string::npos);
    EXPECT_NE(
        first_fault(with_facts("facts:\n  residents: {number: 5, source: 台帳}\n")).find("date"),
        std::string::npos);
}

TEST_F(FactsTest, DaysThatNeverWereAndPeopleWhoNeverLivedAreFaults) {
    for (const char* date : {"2022-02-30", "2022-4-1", "2022/04/01", "22-04-01", "2022-13-01"})
        EXPECT_NE(first_fault(with_facts("facts:\n  residents: {number: 5, source: 台帳, date: \"" +
                                         std::string(date) + "\"}\n"))
                      .find("'date'"),
                  std::string::npos)
            << date;
    EXPECT_NE(first_fault(with_facts(
                  "facts:\n  residents: {number: 0, source: 台帳, date: \"2022-04-01\"}\n")),
              "");
    EXPECT_NE(first_fault(with_facts("facts:\n  residents: {number: 5, source: 台帳, date: "
                                     "\"2022-04-01\", area: 1}\n"))
                  .find("area"),
              std::string::npos);
}

TEST_F(FactsTest, ResidentsAreRead) {
    const auto pack = parse_pack(
        with_facts("facts:\n  residents: {number: 500, source: 台帳, date: \"2024-02-29\"}\n"));
    ASSERT_TRUE(pack) << to_string(pack.error().front());
    ASSERT_TRUE(pack->plan.residents);
    EXPECT_EQ(pack->plan.residents->number, 500);
    EXPECT_EQ(pack->plan.residents->source, "台帳");
    EXPECT_EQ(pack->plan.residents->date, "2024-02-29");
}

TEST_F(FactsTest, WithoutThemThereAreNone) {
    const auto pack = parse_pack(small_pack_files());
    ASSERT_TRUE(pack);
    EXPECT_FALSE(pack->plan.residents);
    EXPECT_EQ(pack->plan.issues.front().picture, IssuePicture::None);
}

TEST_F(FactsTest, APictureIsOneOfTheClosedSet) {
    EXPECT_NE(first_fault(with_picture("sunset")).find("sunset"), std::string::npos);
    EXPECT_NE(first_fault(with_picture("none")), "");
    const auto pack = parse_pack(with_picture("readiness"));
    ASSERT_TRUE(pack);
    EXPECT_EQ(pack->plan.issues.front().picture, IssuePicture::Readiness);
}

}  // namespace
}  // namespace machikoe
