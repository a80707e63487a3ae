// Totals: counts for the public, and that they agree with a recount.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "sync/indicators/indicators.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

class TotalsTest : public testing::Test {
  protected:
    QuestionTotals totals_of(const TotalsCounter& counter, const std::string& question) {
        for (const QuestionTotals& totals : counter.totals())
            if (totals.question == question) return totals;
        ADD_FAILURE() << "no totals for " << question;
        return {};
    }
    Pack pack_ = small_pack();
};

TEST_F(TotalsTest, OnlyQuestionsWithOptionsAreTotalledInTheOrderOfTheSurvey) {
    std::vector<std::string> questions;
    for (const QuestionTotals& totals : TotalsCounter(pack_).totals())
        questions.push_back(totals.question);
    EXPECT_EQ(questions, (std::vector<std::string>{"feel", "ways", "wish", "age"}));
}

TEST_F(TotalsTest, AQuestionUnderTheMinimumBaseHasNoCounts) {
    TotalsCounter counter(pack_, 3);
    counter.add(response_with(pack_, "feel", answered({"yes"})));
    counter.add(response_with(pack_, "feel", answered({"no"})));
    EXPECT_FALSE(totals_of(counter, "feel").enough);
    EXPECT_TRUE(totals_of(counter, "feel").by_option.empty());
    EXPECT_EQ(totals_of(counter, "feel").n, 2);
    counter.add(response_with(pack_, "feel", answered({"no"})));
    EXPECT_TRUE(totals_of(counter, "feel").enough);
    EXPECT_EQ(totals_of(counter, "feel").by_option.at("no"), 2);
    EXPECT_EQ(totals_of(counter, "feel").by_option.at("dontknow"), 0);
    EXPECT_FALSE(totals_of(counter, "ways").enough);
}

TEST_F(TotalsTest, MultipleCountsEachOptionOnce) {
    TotalsCounter counter(pack_, 1);
    counter.add(response_with(pack_, "ways", answered({"walk", "talk"})));
    counter.add(response_with(pack_, "ways", answered({"walk"})));
    const QuestionTotals totals = totals_of(counter, "ways");
    EXPECT_EQ(totals.n, 2);
    EXPECT_EQ(totals.by_option.at("walk"), 2);
    EXPECT_EQ(totals.by_option.at("talk"), 1);
    EXPECT_EQ(totals.by_option.at("none"), 0);
}

TEST_F(TotalsTest, WhoDidNotAnswerAndOtherVersionsAreNotTotalled) {
    TotalsCounter counter(pack_, 1);
    for (const AnswerStatus status : {AnswerStatus::Skipped, AnswerStatus::Refused,
                                      AnswerStatus::NotShown, AnswerStatus::NotAsked})
        counter.add(response_with(pack_, "feel", {status, {}}));
    Response other = response_with(pack_, "feel", answered({"yes"}));
    other.pack_hash = std::string(64, 'b');
    counter.add(other);
    EXPECT_EQ(totals_of(counter, "feel").n, 0);
}

TEST_F(TotalsTest, WhoLooksBeforeAndAfterOneResponseSeesNoDifference) {
    SteppedTotals stepped(pack_);
    const Totals nobody = stepped.published();
    EXPECT_EQ(nobody.responses, 0);
    EXPECT_EQ(nobody.shown("feel"), nullptr);
    for (int i = 1; i <= 40; ++i) {
        const Totals before = stepped.published();
        stepped.add(response_with(pack_, "feel", answered({i % 3 == 0 ? "no" : "yes"})));
        if (i % kTotalsStep == 0) {
            EXPECT_EQ(stepped.published().responses, i);
            ASSERT_NE(stepped.published().shown("feel"), nullptr);
            EXPECT_EQ(stepped.published().shown("feel")->n, i);
        } else {
            EXPECT_EQ(stepped.published(), before) << i;
        }
    }
}

TEST_F(TotalsTest, WhatIsRestoredIsPublishedOnlyAtAFullStep) {
    SteppedTotals stepped(pack_);
    for (int i = 0; i < 13; ++i) stepped.restore(response_with(pack_, "feel", answered({"yes"})));
    stepped.publish_if_full();
    EXPECT_EQ(stepped.published().responses, 0);
    for (int i = 13; i < 20; ++i) stepped.add(response_with(pack_, "feel", answered({"no"})));
    EXPECT_EQ(stepped.published().responses, 20);
    EXPECT_EQ(stepped.published().shown("feel")->by_option.at("no"), 7);
}

TEST_F(TotalsTest, ResponsesToAnotherVersionFillNoStep) {
    SteppedTotals stepped(pack_);
    Response other = response_with(pack_, "feel", answered({"yes"}));
    other.pack_hash = std::string(64, 'b');
    for (int i = 0; i < 20; ++i) stepped.add(other);
    EXPECT_EQ(stepped.published().responses, 0);
}

TEST_F(TotalsTest, PercentAreWholeAndRoundedHalfUp) {
    EXPECT_EQ(percent_of(0, 10), 0);
    EXPECT_EQ(percent_of(10, 10), 100);
    EXPECT_EQ(percent_of(1, 200), 1);
    EXPECT_EQ(percent_of(1, 201), 0);
    EXPECT_EQ(percent_of(2, 3), 67);
}

class RecountTest : public testing::Test {
  protected:
    Response random_response() {
        Response response = response_to(pack_);
        if (roll(10) == 0) response.pack_hash = std::string(64, 'b');
        if (roll(4) == 0) response.universe = Universe::Parent;
        for (const Question& question : pack_.survey.questions)
            response.answers[question.id] = random_answer(question);
        return response;
    }
    std::size_t roll(std::size_t sides) { return random_() % sides; }
    Answer random_answer(const Question& question) {
        const auto status = static_cast<AnswerStatus>(roll(5));
        if (status != AnswerStatus::Answered) return {status, {}};
        if (question.options.empty()) return {status, std::int64_t{3}};
        ChosenOptions chosen;
        for (const Option& option : question.options)
            if (roll(2) == 0) chosen.push_back(option.id);
        const bool many =
            question.type == QuestionType::Multiple || question.type == QuestionType::Ranking;
        if (chosen.empty()) chosen.push_back(question.options.front().id);
        if (!many) chosen.resize(1);
        return {status, chosen};
    }
    std::int64_t recount(const std::function<bool(const Response&)>& holds) const {
        return std::count_if(responses_.begin(), responses_.end(), [&](const Response& response) {
            return response.pack_hash == pack_.hash && holds(response);
        });
    }
    static bool chose(const Response& response, const std::string& question,
                      const std::string& option) {
        const Answer& answer = response.answers.at(question);
        if (answer.status != AnswerStatus::Answered) return false;
        const auto& chosen = std::get<ChosenOptions>(answer.value);
        return std::count(chosen.begin(), chosen.end(), option) > 0;
    }

    Pack pack_ = small_pack();
    std::mt19937 random_{20220601};
    std::vector<Response> responses_;
};

TEST_F(RecountTest, TwoThousandResponsesRecountToTheSameFiguresAndTotals) {
    pack_.plan.indicators.push_back(definition_of("ways", "ways", {"walk", "talk"}));
    pack_.plan.indicators.back().base = BaseRule::IncludeSkipped;
    pack_.plan.indicators.push_back(definition_of("parents", "feel", {"yes"}));
    pack_.plan.indicators.back().universe = Universe::Parent;
    IndicatorCounter indicators(pack_);
    TotalsCounter totals(pack_);
    for (int i = 0; i < 2000; ++i) {
        responses_.push_back(random_response());
        indicators.add(responses_.back());
        totals.add(responses_.back());
    }
    EXPECT_EQ(indicators.responses(), recount([](const Response&) { return true; }));
    EXPECT_EQ(indicators.responses() + indicators.other_versions(), 2000);
    for (const IndicatorFigure& figure : indicators.figures()) {
        const IndicatorDefinition& definition = figure.definition;
        const std::int64_t n = recount([&](const Response& response) {
            const AnswerStatus status = response.answers.at(definition.question).status;
            const bool wide = definition.base == BaseRule::IncludeSkipped;
            return response.universe == definition.universe &&
                   (status == AnswerStatus::Answered ||
                    (wide && (status == AnswerStatus::Skipped || status == AnswerStatus::Refused)));
        });
        const std::int64_t counted = recount([&](const Response& response) {
            return response.universe == definition.universe &&
                   std::any_of(definition.counted.begin(), definition.counted.end(),
                               [&](const std::string& option) {
                                   return chose(response, definition.question, option);
                               });
        });
        EXPECT_EQ(figure.n, n) << definition.id;
        EXPECT_EQ(figure.counted, counted) << definition.id;
        EXPECT_GT(counted, 0) << definition.id;
        // Rounded, so within half a unit of the last digit.
        EXPECT_NEAR(figure.share.value(), 100.0 * double(counted) / double(n), 0.05 + 1e-9);
    }
    for (const QuestionTotals& question : totals.totals())
        for (const auto& [option, count] : question.by_option)
            EXPECT_EQ(count, recount([&](const Response& response) {
                          return chose(response, question.question, option);
                      }))
                << question.question << " " << option;
}

}  // namespace
}  // namespace machikoe
