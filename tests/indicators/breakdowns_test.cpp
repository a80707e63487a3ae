// Breakdowns: indicators by week, site and event, and what of them is hidden.
#include "sync/indicators/breakdowns.h"

#include <gtest/gtest.h>

#include <random>

#include "sync/indicators/evaluation.h"
#include "tests/indicators/attack.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

TEST(WeekTest, AWeekBeginsOnItsMonday) {
    EXPECT_EQ(week_of("2022-06-06"), "2022-06-06");
    EXPECT_EQ(week_of("2022-06-12"), "2022-06-06");
    EXPECT_EQ(week_of("2023-01-01"), "2022-12-26");  // ISO: the last week of 2022
    EXPECT_EQ(week_of("2024-02-29"), "2024-02-26");
}

TEST(WeekTest, AMonthAndWhatIsNoDayHaveNone) {
    for (const char* day : {"", "2022-06", "2022-02-30", "2022-13-01", "2022-00-10", "2022-06-00",
                            "2022/06/06", "abcd-ef-gh", "2022-06-06T"})
        EXPECT_EQ(week_of(day), "") << day;
}

class BreakdownsTest : public testing::Test {
  protected:
    void add(int times, Answer answer, const std::string& day, const std::string& site = "lobby",
             const std::string& event = "") {
        for (int i = 0; i < times; ++i) {
            Response response = response_with(pack_, "feel", answer);
            response.when = {day, -1};
            response.site = site;
            response.event = event;
            responses_.push_back(std::move(response));
        }
    }
    Evaluation evaluated() const {
        EvaluationCounter counter(pack_, no_data_);
        for (const Response& response : responses_) counter.add(response);
        return counter.evaluate();
    }
    static const Breakdown& by(const Evaluation& evaluation, BreakdownKind kind) {
        return evaluation.breakdowns.at(static_cast<std::size_t>(kind));
    }
    Pack pack_ = small_pack();
    WardData no_data_;
    std::vector<Response> responses_;
};

TEST_F(BreakdownsTest, GroupsAreInOrderAndTheUnknownIsLast) {
    add(20, answered({"yes"}), "2022-06-15");
    add(12, answered({"no"}), "2022-06-15");
    add(16, answered({"no"}), "2022-06-08");
    add(16, answered({"yes"}), "2022-06-07");
    add(11, answered({"no"}), "2022-06");
    const Evaluation evaluation = evaluated();
    const Breakdown& weeks = by(evaluation, BreakdownKind::Week);
    EXPECT_EQ(weeks.groups, (std::vector<std::string>{"2022-06-06", "2022-06-13", ""}));
    EXPECT_EQ(weeks.responses, (std::vector<std::optional<std::int64_t>>{32, 32, 11}));
    ASSERT_EQ(weeks.indicators.size(), 1u);
    EXPECT_EQ(weeks.indicators[0].indicator, "feels-safe");
    EXPECT_EQ(weeks.indicators[0].n, weeks.responses);
    EXPECT_EQ(weeks.indicators[0].share, (std::vector<std::optional<double>>{50.0, 62.5, 0.0}));
    EXPECT_FALSE(weeks.has_hidden);
}

TEST_F(BreakdownsTest, GroupsAddUpToTheIndicator) {
    std::mt19937 random(3);
    for (int i = 0; i < 400; ++i)
        add(1, answered({random() % 2 ? "yes" : "no"}),
            "2022-06-0" + std::to_string(1 + random() % 9), "site" + std::to_string(random() % 3),
            random() % 2 ? "fair" : "");
    const Evaluation evaluation = evaluated();
    for (const Breakdown& breakdown : evaluation.breakdowns) {
        ASSERT_FALSE(breakdown.has_hidden);
        std::int64_t n = 0;
        for (const auto& cell : breakdown.indicators[0].n) n += *cell;
        EXPECT_EQ(n, evaluation.figures[0].n);
    }
}

TEST_F(BreakdownsTest, AWeekOfFewIsHiddenAndSoIsOneThatWouldGiveItAway) {
    add(9, answered({"yes"}), "2022-06-06");
    add(30, answered({"yes"}), "2022-06-13");
    add(30, answered({"no"}), "2022-06-13");
    add(20, answered({"yes"}), "2022-06-20");
    add(25, answered({"no"}), "2022-06-20");
    const Evaluation evaluation = evaluated();
    const Breakdown& weeks = by(evaluation, BreakdownKind::Week);
    EXPECT_TRUE(weeks.has_hidden);
    EXPECT_FALSE(weeks.responses[0]);
    EXPECT_FALSE(weeks.indicators[0].n[0]);
    EXPECT_FALSE(weeks.indicators[0].share[0]);
    EXPECT_TRUE(!weeks.responses[1] || !weeks.responses[2]);
    EXPECT_TRUE(!weeks.indicators[0].n[1] || !weeks.indicators[0].n[2]);
}

TEST_F(BreakdownsTest, WhatIsHiddenOfTheResponsesIsHiddenOfEveryIndicator) {
    add(9, {AnswerStatus::NotShown, {}}, "2022-06-06");
    add(30, answered({"yes"}), "2022-06-13");
    add(50, answered({"yes"}), "2022-06-20");
    const Evaluation evaluation = evaluated();
    const Breakdown& weeks = by(evaluation, BreakdownKind::Week);
    // Nobody of the first week answered; if the second's 30 were shown, it could not be more
    // than what is missing to the 39 of both.
    EXPECT_FALSE(weeks.responses[1]);
    EXPECT_FALSE(weeks.indicators[0].n[1]);
}

TEST_F(BreakdownsTest, NestedIndicatorsAreHiddenTogether) {
    pack_.plan.indicators.push_back(definition_of("very-safe", "feel", {"yes"}));
    add(1, answered({"rather-yes"}), "2022-06-06");
    for (const char* day : {"2022-06-06", "2022-06-13", "2022-06-20"}) {
        add(15, answered({"yes"}), day);
        add(15, answered({"no"}), day);
    }
    add(20, answered({"rather-yes"}), "2022-06-13");
    add(20, answered({"rather-yes"}), "2022-06-20");
    const Evaluation evaluation = evaluated();
    const Breakdown& weeks = by(evaluation, BreakdownKind::Week);
    ASSERT_EQ(weeks.indicators.size(), 2u);
    // 16 of 31 and 15 of 31 are large; their difference is one person.
    EXPECT_EQ(weeks.indicators[0].n[0], 31);
    EXPECT_FALSE(weeks.indicators[0].share[0]);
    EXPECT_FALSE(weeks.indicators[1].share[0]);
}

TEST_F(BreakdownsTest, OfBasesThatDifferAllIsShownOrNothing) {
    pack_.plan.indicators.push_back(definition_of("all-asked", "feel", {"yes"}));
    pack_.plan.indicators.back().base = BaseRule::IncludeSkipped;
    for (const char* day : {"2022-06-06", "2022-06-13"}) {
        add(15, answered({"yes"}), day);
        add(15, answered({"no"}), day);
        add(5, {AnswerStatus::Skipped, {}}, day);
    }
    EXPECT_EQ(by(evaluated(), BreakdownKind::Week).indicators[1].n[0], 35);
    add(8, answered({"no"}), "2022-06-20");  // 8 answered, 13 were asked
    add(5, {AnswerStatus::Skipped, {}}, "2022-06-20");
    const Evaluation evaluation = evaluated();
    for (const IndicatorBreakdown& indicator : by(evaluation, BreakdownKind::Week).indicators)
        for (const auto& n : indicator.n) EXPECT_FALSE(n);
}

TEST_F(BreakdownsTest, AnEventNamesPlacesAndDaysOfEnoughPeople) {
    add(20, answered({"yes"}), "2022-06-05", "park", "fair");
    add(12, answered({"yes"}), "2022-06-06", "park", "fair");
    add(1, answered({"no"}), "2022-06-07", "hall", "fair");
    add(15, answered({"yes"}), "2022-06", "hall", "fair");
    add(3, answered({"no"}), "2022-06-07", "hall", "concert");
    add(30, answered({"no"}), "2022-06-07", "hall");
    const Evaluation evaluation = evaluated();
    ASSERT_EQ(evaluation.events.size(), 1u);
    const EventSummary& fair = evaluation.events[0];
    EXPECT_EQ(fair.event, "fair");
    EXPECT_EQ(fair.responses, 48);
    EXPECT_EQ(fair.sites, (std::vector<std::string>{"hall", "park"}));
    EXPECT_EQ(fair.first_day, "2022-06-05");
    EXPECT_EQ(fair.last_day, "2022-06-06");
}

// Whoever sees a breakdown, the figure of the indicator and how many responded tries to compute
// what is hidden.
class BreakdownAttackTest : public BreakdownsTest {
  protected:
    using Random = std::mt19937;
    struct Truth {
        std::vector<std::int64_t> responses, n, counted;
    };
    void deal(Random& random) {
        responses_.clear();
        const auto groups = 2 + random() % 9;
        for (std::uint32_t g = 0; g < groups; ++g) {
            const int size = std::array<int, 6>{2, 5, 9, 14, 30, 80}[random() % 6];
            const auto kind = random() % 4;
            for (int i = 0; i < size; ++i) {
                const bool answers = kind != 3 || random() % 3;
                const bool yes = kind == 0 ? random() % 12 == 0 : random() % 2;
                add(1, answers ? answered({yes ? "yes" : "no"}) : Answer{AnswerStatus::Skipped, {}},
                    "2022-06-08", "site" + std::to_string(g));
            }
        }
    }
    Truth truth(const Breakdown& sites) const {
        Truth truth;
        for (const std::string& site : sites.groups) {
            std::int64_t responses = 0, n = 0, counted = 0;
            for (const Response& response : responses_) {
                if (response.site != site) continue;
                const Answer& answer = response.answers.at("feel");
                ++responses;
                n += answer.status == AnswerStatus::Answered;
                counted += answer.status == AnswerStatus::Answered &&
                           std::get<ChosenOptions>(answer.value) == ChosenOptions{"yes"};
            }
            truth.responses.push_back(responses);
            truth.n.push_back(n);
            truth.counted.push_back(counted);
        }
        return truth;
    }
    /// How many protected cells are computed, and how many are left too few values for.
    struct Found {
        int known = 0, narrow = 0, hidden = 0;
        void note(const Attack& attack, int row, int column, std::int64_t width) {
            ++hidden;
            known += attack.knows(row, column);
            narrow += attack.values_left(row, column) < width;
        }
    };
    void attack(const Breakdown& sites, Found& found) const {
        const Truth truth = this->truth(sites);
        const auto columns = static_cast<int>(sites.groups.size());
        const auto at = [](int g) { return static_cast<std::size_t>(g); };
        MarginTable all(1, columns, truth.responses);
        for (int g = 0; g < columns; ++g)
            if (!sites.responses[at(g)]) all.hide(0, g), all.hide(1, g);
        std::vector<std::int64_t> inner = truth.counted;
        for (int g = 0; g < columns; ++g) inner.push_back(truth.n[at(g)] - truth.counted[at(g)]);
        MarginTable indicator(2, columns, inner);
        for (int g = 0; g < columns; ++g) {
            const auto& n = sites.indicators[0].n[at(g)];
            if (n)
                EXPECT_EQ(*n, truth.n[at(g)]);
            else
                indicator.hide(2, g);
            if (!sites.indicators[0].share[at(g)] && truth.n[at(g)] > 0)
                indicator.hide(0, g), indicator.hide(1, g);
        }
        const Attack of_all(all), of_indicator(indicator);
        for (int g = 0; g < columns; ++g) {
            if (truth.responses[at(g)] < 10) found.note(of_all, 1, g, 9);
            if (truth.n[at(g)] > 0 && truth.n[at(g)] < 10) found.note(of_indicator, 2, g, 9);
            for (int r = 0; r < 2; ++r)
                if (const auto count = indicator.value(r, g);
                    count > 0 && (count < 3 || truth.n[at(g)] < 10))
                    found.note(of_indicator, r, g, 3);
        }
    }
    Found found_in(int tables, const DisclosureRule& rule) {
        Found found;
        Random random(11);
        for (int i = 0; i < tables; ++i) {
            deal(random);
            EvaluationRules rules;
            rules.disclosure = rule;
            EvaluationCounter counter(pack_, no_data_, rules);
            for (const Response& response : responses_) counter.add(response);
            const Evaluation evaluation = counter.evaluate();
            const Breakdown& sites = by(evaluation, BreakdownKind::Site);
            // What is published of the whole is too little to protect anything with.
            if (evaluation.figures[0].n < 10) continue;
            attack(sites, found);
        }
        return found;
    }
};

TEST_F(BreakdownAttackTest, NobodyComputesASmallCellFromTheFigure) {
    const Found found = found_in(150, {});
    EXPECT_GT(found.hidden, 300);
    EXPECT_EQ(found.known, 0);
    EXPECT_EQ(found.narrow, 0);
}

TEST_F(BreakdownAttackTest, WithoutComplementaryCellsTheSameAttackFindsMany) {
    DisclosureRule off;
    off.complementary = false;
    EXPECT_GT(found_in(50, off).known, 20);
}

}  // namespace
}  // namespace machikoe
