// Tables: counts by question and by group, and what of them is shown.
#include "sync/indicators/tables.h"

#include <gtest/gtest.h>

#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

class TablesTest : public testing::Test {
  protected:
    void add(int times, const std::string& age, const std::string& question, Answer answer) {
        for (int i = 0; i < times; ++i) {
            Response response = response_with(pack_, question, answer);
            if (!age.empty()) response.answers["age"] = answered({age});
            counter_.add(response);
        }
    }
    CrossTable cross(const std::string& question, const std::string& by) const {
        for (const CrossTable& table : counter_.crosses(rule_))
            if (table.question == question && table.by.id == by) return table;
        ADD_FAILURE() << "no table of " << question << " by " << by;
        return {};
    }
    QuestionTable table_of(const std::string& question) const {
        for (const QuestionTable& table : counter_.questions(rule_))
            if (table.question == question) return table;
        return {};
    }
    Pack pack_ = small_pack();
    TableCounter counter_{pack_};
    DisclosureRule rule_;
};

TEST_F(TablesTest, GroupsAndThoseWhoDidNotSayAddUpToAll) {
    add(20, "under18", "feel", answered({"yes"}));
    add(30, "over18", "feel", answered({"no"}));
    add(11, "", "feel", answered({"no"}));
    const CrossTable table = cross("feel", "age");
    EXPECT_EQ(table.by.groups, (std::vector<std::string>{"under18", "over18", ""}));
    EXPECT_EQ(table.bases[0], 20);
    EXPECT_EQ(table.bases[1], 30);
    EXPECT_EQ(table.bases[2], 11);
    EXPECT_EQ(table.counts[0][1], 30);  // "no"
    EXPECT_EQ(table.counts[3][0], 20);  // "yes"
    EXPECT_FALSE(table.has_hidden);
}

TEST_F(TablesTest, AGroupOfNineIsHiddenAndSoIsOneThatWouldGiveItAway) {
    add(9, "under18", "feel", answered({"yes"}));
    add(30, "over18", "feel", answered({"no"}));
    add(25, "", "feel", answered({"no"}));
    const CrossTable table = cross("feel", "age");
    EXPECT_TRUE(table.has_hidden);
    EXPECT_FALSE(table.bases[0]);
    EXPECT_TRUE(!table.bases[1] || !table.bases[2]);
    EXPECT_FALSE(table.counts[3][0]);
}

TEST_F(TablesTest, OfSeveralChoicesBasesAreHiddenForAllOptionsAlike) {
    add(8, "under18", "ways", answered({"walk", "talk"}));
    add(40, "over18", "ways", answered({"walk"}));
    add(40, "", "ways", answered({"none"}));
    const CrossTable table = cross("ways", "age");
    EXPECT_FALSE(table.bases[0]);
    for (const auto& row : table.counts) EXPECT_FALSE(row[0]);
}

TEST_F(TablesTest, AQuestionOfTooFewHasItsNumberOnly) {
    add(9, "", "feel", answered({"yes"}));
    const QuestionTable table = table_of("feel");
    EXPECT_EQ(table.answered, 9);
    EXPECT_FALSE(table.shown);
    EXPECT_FALSE(table.by_option[3]);
    EXPECT_FALSE(table.skipped);
}

TEST_F(TablesTest, StatusesStayApart) {
    add(12, "", "feel", answered({"yes"}));
    add(2, "", "feel", {AnswerStatus::Skipped, {}});
    add(3, "", "feel", {AnswerStatus::Refused, {}});
    add(4, "", "feel", {AnswerStatus::NotAsked, {}});
    const QuestionTable table = table_of("feel");
    EXPECT_EQ(table.answered, 12);
    EXPECT_EQ(table.skipped, 2);
    EXPECT_EQ(table.refused, 3);
    EXPECT_EQ(table.not_asked, 4);
    EXPECT_TRUE(table.reference_only);
}

TEST_F(TablesTest, ANumberHasMeanAndMedian) {
    for (const std::int64_t number : {0, 1, 1, 2, 3, 3, 4, 4, 5, 20})
        add(1, "", "people", {AnswerStatus::Answered, number});
    EXPECT_EQ(table_of("people").mean, 4.3);
    EXPECT_EQ(table_of("people").median, 3.0);
}

TEST_F(TablesTest, EqualCountsHaveEqualTextAndOthersDoNot) {
    add(1, "under18", "feel", answered({"yes"}));
    TableCounter same(pack_);
    Response response = response_with(pack_, "feel", answered({"yes"}));
    response.answers["age"] = answered({"under18"});
    same.add(response);
    EXPECT_EQ(counter_.all_counts(), same.all_counts());
    same.add(response);
    EXPECT_NE(counter_.all_counts(), same.all_counts());
}

}  // namespace
}  // namespace machikoe
