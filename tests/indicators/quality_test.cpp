// Quality: flagged and counted, and out of the base only when an evaluation says so.
#include "sync/indicators/quality.h"

#include <gtest/gtest.h>

#include "sync/indicators/evaluation.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

class QualityTest : public testing::Test {
  protected:
    QualityTest() {
        for (int i = 0; i < 5; ++i)
            pack_.survey.questions.push_back(question_with(
                "scale" + std::to_string(i), QuestionType::Scale, {"no", "some", "yes"}));
    }
    Response scales(const std::vector<std::string>& options) {
        Response response = response_to(pack_);
        for (std::size_t i = 0; i < options.size(); ++i)
            response.answers["scale" + std::to_string(i)] = answered({options[i]});
        return response;
    }
    Evaluation evaluated(const std::vector<Response>& responses,
                         const std::set<QualityFlag>& left_out) {
        EvaluationRules rules;
        rules.left_out = left_out;
        const WardData nothing;
        EvaluationCounter counter(pack_, nothing, rules);
        for (const Response& response : responses) counter.add(response);
        return counter.evaluate();
    }
    Pack pack_ = small_pack();
};

TEST_F(QualityTest, FiveScalesInOnePlaceAreALineAndFourAreNot) {
    EXPECT_TRUE(flags_of(pack_, scales({"yes", "yes", "yes", "yes", "yes"}))
                    .contains(QualityFlag::StraightLine));
    EXPECT_TRUE(flags_of(pack_, scales({"yes", "yes", "yes", "yes"})).empty());
    EXPECT_TRUE(flags_of(pack_, scales({"yes", "yes", "yes", "yes", "some"})).empty());
}

TEST_F(QualityTest, TheKiosksOwnMarksAreFlags) {
    Response response = response_to(pack_);
    response.hurried = true;
    response.repeated = true;
    EXPECT_EQ(flags_of(pack_, response), (std::set{QualityFlag::Hurried, QualityFlag::Repeated}));
}

TEST_F(QualityTest, FlaggedResponsesAreInTheBaseUnlessTheRulesSayOtherwise) {
    std::vector<Response> responses(30, response_with(pack_, "feel", answered({"yes"})));
    for (std::size_t i = 0; i < 6; ++i) responses[i].hurried = true;
    const Evaluation all = evaluated(responses, {});
    EXPECT_EQ(all.responses, 30);
    EXPECT_EQ(all.figures.front().n, 30);
    EXPECT_EQ(all.quality.flagged.at(QualityFlag::Hurried), 6);
    const Evaluation without = evaluated(responses, {QualityFlag::Hurried});
    EXPECT_EQ(without.responses, 24);
    EXPECT_EQ(without.left_out, 6);
    EXPECT_EQ(without.figures.front().n, 24);
    EXPECT_EQ(without.quality.responses, 30);  // what was left out is still reported
    EXPECT_EQ(without.quality.flagged.at(QualityFlag::Hurried), 6);
}

TEST_F(QualityTest, WherePeopleStoppedIsTheLastQuestionTheyWereShown) {
    std::vector<Response> responses(3, response_with(pack_, "feel", answered({"yes"})));
    responses[0].answers["ways"] = {AnswerStatus::Skipped, {}};
    const Quality quality = evaluated(responses, {}).quality;
    EXPECT_EQ(quality.drop_off[0].question, "feel");
    EXPECT_EQ(quality.drop_off[0].shown, 3);
    EXPECT_EQ(quality.drop_off[0].last, 2);
    EXPECT_EQ(quality.drop_off[1].shown, 1);
    EXPECT_EQ(quality.drop_off[1].last, 1);
}

TEST_F(QualityTest, AbandonedVisitsAreCountedByTheirLastQuestion) {
    std::vector<Response> responses(3, response_to(pack_));
    responses[0].abandoned = {"feel", "ways"};
    responses[2].abandoned = {"feel"};
    const Quality quality = evaluated(responses, {}).quality;
    EXPECT_EQ(quality.abandoned, 3);
    EXPECT_EQ(quality.abandoned_at.at("feel"), 2);
}

TEST_F(QualityTest, HelpIsCounted) {
    std::vector<Response> responses(4, response_to(pack_));
    responses[1].assistance = Assistance::Family;
    const Quality quality = evaluated(responses, {}).quality;
    EXPECT_EQ(quality.by_assistance.at(Assistance::None), 3);
    EXPECT_EQ(quality.by_assistance.at(Assistance::Family), 1);
}

}  // namespace
}  // namespace machikoe
