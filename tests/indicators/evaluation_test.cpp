// Evaluation: the worked example of docs/evaluation.md, figure by figure.
#include "sync/indicators/evaluation.h"

#include <gtest/gtest.h>

#include "app/base/file.h"
#include "tests/indicators/mihon.h"

namespace machikoe {
namespace {

class WorkedExampleTest : public testing::Test {
  protected:
    WorkedExampleTest() {
        EvaluationCounter counter(ward_.pack, ward_.data);
        for (const Response& response : worked_example(ward_.pack)) counter.add(response);
        evaluation_ = counter.evaluate();
    }
    const IndicatorFigure& figure(const std::string& id) const {
        for (const IndicatorFigure& each : evaluation_.figures)
            if (each.definition.id == id) return each;
        throw std::out_of_range(id);
    }
    /// The code in both years' tables; "" where there is none.
    std::string code(const std::string& id, const std::string& year) const {
        const std::string path = MACHIKOE_SOURCE_DIR "/assets/evaluation/" + year + ".yaml";
        const auto table = parse_verdict_table(path, load_file(path).value()).value();
        const VerdictCode* found = code_for(figure(id), table);
        return found ? found->code : "";
    }
    void expect_code(const std::string& id, const std::string& expected) const {
        EXPECT_EQ(code(id, "osaka-r4"), expected) << id;
        EXPECT_EQ(code(id, "osaka-r5"), expected) << id;
    }
    Mihon ward_;
    Evaluation evaluation_;
};

TEST_F(WorkedExampleTest, AtLeastAPercentage) {
    EXPECT_EQ(figure("safe-town").counted, 51);
    EXPECT_EQ(figure("safe-town").n, 83);
    EXPECT_EQ(figure("safe-town").share, 61.4);
    EXPECT_EQ(figure("safe-town").verdict, Verdict::Achieved);
    expect_code("safe-town", "A");
}

TEST_F(WorkedExampleTest, AtMostAPercentageWithNoAnswerInTheBase) {
    EXPECT_EQ(figure("uneasy").counted, 27);
    EXPECT_EQ(figure("uneasy").n, 88);
    EXPECT_EQ(figure("uneasy").share, 30.7);
    EXPECT_EQ(figure("uneasy").verdict, Verdict::NotAchieved);
    expect_code("uneasy", "B");
}

TEST_F(WorkedExampleTest, AtLeastThePreviousYearAsItWasPrinted) {
    EXPECT_EQ(figure("shelter-known").counted, 40);
    EXPECT_EQ(figure("shelter-known").n, 84);
    EXPECT_EQ(figure("shelter-known").share, 47.6);
    EXPECT_EQ(figure("shelter-known").verdict, Verdict::Achieved);
    expect_code("shelter-known", "A");
}

TEST_F(WorkedExampleTest, AFigureByMailIsNotCompared) {
    EXPECT_EQ(figure("raising").share, 75.0);
    EXPECT_EQ(figure("raising").reason, NoVerdict::NotComparable);
    expect_code("raising", "");
}

TEST_F(WorkedExampleTest, ACumulativeCount) {
    EXPECT_EQ(figure("plans").reported, 10488);
    EXPECT_EQ(figure("plans").verdict, Verdict::Achieved);
    expect_code("plans", "A");
}

TEST_F(WorkedExampleTest, AllAreas) {
    EXPECT_EQ(figure("area-plans").reported, 2);
    EXPECT_EQ(figure("area-plans").verdict, Verdict::NotAchieved);
    expect_code("area-plans", "B");
}

TEST_F(WorkedExampleTest, NoTargetGiven) {
    EXPECT_EQ(figure("gatherings").n, 25);
    EXPECT_EQ(figure("gatherings").share, 56.0);
    EXPECT_TRUE(figure("gatherings").reference_only);
    EXPECT_EQ(figure("gatherings").reason, NoVerdict::NoTargetGiven);
    expect_code("gatherings", "");
}

TEST_F(WorkedExampleTest, NotMeasurableHere) {
    EXPECT_EQ(figure("trust").reason, NoVerdict::NotMeasurableHere);
    expect_code("trust", "");
}

TEST_F(WorkedExampleTest, TheWeightedShareOfTheExample) {
    ASSERT_TRUE(evaluation_.weighting);
    const Weighting& weighting = *evaluation_.weighting;
    EXPECT_TRUE(weighting.has_converged);
    EXPECT_EQ(weighting.respondents, 80);
    const WeightedFigure& weighted = weighting.figures.front();
    EXPECT_EQ(weighted.indicator, "safe-town");
    EXPECT_FALSE(weighted.n);         // five did not say: few enough to be known
    EXPECT_EQ(weighted.share, 68.7);  // tests/indicators/raking/worked_example.R
    EXPECT_NEAR(weighted.effective_n, 70.6896, 0.0001);
    EXPECT_FALSE(weighted.design_effect);
}

TEST_F(WorkedExampleTest, OtherModesStandBesideAndNeverInside) {
    EXPECT_EQ(evaluation_.others.size(), 3u);
    EXPECT_EQ(figure("safe-town").definition.previous_mode, "kiosk");
}

TEST(EvaluationTest, AGroupOfTheRegisterWithoutRespondentsMakesNoWeights) {
    const Mihon ward;
    EvaluationCounter counter(ward.pack, ward.data);
    for (Response response : worked_example(ward.pack)) {
        auto& area = response.answers["area"];
        if (area.status == AnswerStatus::Answered) area.value = ChosenOptions{"north"};
        counter.add(response);
    }
    const Evaluation evaluation = counter.evaluate();
    EXPECT_EQ(evaluation.weighting->empty_groups,
              (std::vector<std::string>{"area:south", "area:east"}));
    EXPECT_TRUE(evaluation.weighting->figures.empty());
}

TEST(EvaluationTest, CompositionStandsBesideTheRegisters) {
    const Mihon ward;
    EvaluationCounter counter(ward.pack, ward.data);
    for (const Response& response : worked_example(ward.pack)) counter.add(response);
    const Evaluation evaluation = counter.evaluate();
    const Composition& age = evaluation.composition.at(1);
    EXPECT_EQ(age.variable.id, "age");
    EXPECT_EQ(age.rows.front().register_share, 29.0);
    EXPECT_EQ(age.rows.front().count, 20);
}

// What an attacker computes from two tables of one evaluation.
class LinkedTablesTest : public testing::Test {
  protected:
    Evaluation evaluated(int parents, const DisclosureRule& rule = {}) const {
        EvaluationRules rules;
        rules.disclosure = rule;
        EvaluationCounter counter(ward_.pack, ward_.data, rules);
        int changed = 0;
        for (Response response : worked_example(ward_.pack)) {
            if (changed++ < parents) response.universe = Universe::Parent;
            counter.add(response);
        }
        return counter.evaluate();
    }
    /// Parents who answered "safe": all who did less the residents of the indicator.
    static std::int64_t parents_found(const Evaluation& evaluation) {
        return evaluation.questions.front().answered - evaluation.figures.front().n;
    }
    Mihon ward_;
};

TEST_F(LinkedTablesTest, AnIndicatorDoesNotGiveAwayTheOtherUniverses) {
    EXPECT_EQ(parents_found(evaluated(4)), 0);
    EXPECT_EQ(parents_found(evaluated(20)), 20);  // enough to be told
    DisclosureRule off;
    off.minimum_base = 0;
    EXPECT_EQ(parents_found(evaluated(4, off)), 4);
}

TEST_F(LinkedTablesTest, QuestionsAboutPeopleStandInTheCompositionAlone) {
    for (const QuestionTable& table : evaluated(0).questions)
        EXPECT_TRUE(table.question != "age" && table.question != "area" &&
                    table.question != "gender");
}

TEST_F(LinkedTablesTest, AWeightedBaseDoesNotCountThoseWhoDidNotSay) {
    const Evaluation evaluation = evaluated(0);
    for (const WeightedFigure& figure : evaluation.weighting->figures)
        EXPECT_TRUE(!figure.n || figure.unweighted == 0 || *figure.unweighted >= 10);
}

TEST_F(LinkedTablesTest, SitesDoNotGiveAwayOneThatIsSmall) {
    EvaluationCounter counter(ward_.pack, ward_.data);
    int next = 0;
    for (Response response : worked_example(ward_.pack)) {
        response.site = next < 4 ? "small" : next < 40 ? "office" : "library";
        ++next;
        counter.add(response);
    }
    const auto by_site = counter.evaluate().by_site;
    EXPECT_FALSE(by_site.contains("small"));
    EXPECT_LE(by_site.size(), 1u);  // two of three would leave the third
}

TEST(EvaluationTest, SitesOfFewAreNotNamed) {
    const Mihon ward;
    EvaluationCounter counter(ward.pack, ward.data);
    std::vector<Response> responses = worked_example(ward.pack);
    for (std::size_t i = 0; i < 9; ++i) responses[i].event = "small-evening";
    for (std::size_t i = 20; i < 40; ++i) responses[i].event = "fair";
    for (std::size_t i = 40; i < 55; ++i) responses[i].event = "concert";
    for (const Response& response : responses) counter.add(response);
    const Evaluation evaluation = counter.evaluate();
    EXPECT_FALSE(evaluation.by_event.contains("small-evening"));
    EXPECT_EQ(evaluation.by_event.at("fair"), 20);
    EXPECT_FALSE(evaluation.by_event.contains("concert"));  // the least that keeps it hidden
}

}  // namespace
}  // namespace machikoe
