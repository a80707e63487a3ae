// Indicators: who is in the base, how a share is rounded, when there is a verdict.
#include "sync/indicators/indicators.h"

#include <gtest/gtest.h>

#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

class IndicatorTest : public testing::Test {
  protected:
    IndicatorDefinition& definition() { return pack_.plan.indicators.front(); }
    void answer(const std::string& option, int times = 1) {
        for (int i = 0; i < times; ++i)
            responses_.push_back(response_with(pack_, "feel", answered({option})));
    }
    void status(AnswerStatus status, int times = 1) {
        for (int i = 0; i < times; ++i)
            responses_.push_back(response_with(pack_, "feel", {status, {}}));
    }
    IndicatorFigure figure() const {
        IndicatorCounter counter(pack_);
        for (const Response& response : responses_) counter.add(response);
        return counter.figures().front();
    }
    void set_target(double percent) {
        definition().target_kind = TargetKind::AtLeastPercent;
        definition().target_percent = percent;
    }
    void set_previous(double percent, const std::string& mode) {
        definition().target_kind = TargetKind::AtLeastPrevious;
        definition().previous_percent = percent;
        definition().previous_mode = mode;
    }

    Pack pack_ = small_pack();
    std::vector<Response> responses_;
};

TEST_F(IndicatorTest, NobodyGivesNoShareAndNoVerdict) {
    const IndicatorFigure empty = figure();
    EXPECT_EQ(empty.n, 0);
    EXPECT_FALSE(empty.share);
    EXPECT_TRUE(empty.reference_only);
    EXPECT_EQ(empty.verdict, Verdict::None);
    EXPECT_EQ(empty.reason, NoVerdict::BaseTooSmall);
    EXPECT_EQ(empty.by_option.at("yes"), 0);
}

TEST_F(IndicatorTest, NobodyGivesNoShareEvenWhereThePackAsksForNoBase) {
    definition().minimum_base = 0;
    EXPECT_FALSE(figure().share);
}

TEST_F(IndicatorTest, AnotherVersionOfThePackIsCountedApart) {
    Response other = response_with(pack_, "feel", answered({"yes"}));
    other.pack_hash = std::string(64, 'b');
    Response foreign = other;
    foreign.pack_id = "elsewhere-r4";
    IndicatorCounter counter(pack_);
    counter.add(other);
    counter.add(foreign);
    counter.add(response_with(pack_, "feel", answered({"yes"})));
    EXPECT_EQ(counter.responses(), 1);
    EXPECT_EQ(counter.other_versions(), 1);
    EXPECT_EQ(counter.figures().front().n, 1);
}

TEST_F(IndicatorTest, AnotherUniverseIsNotInTheBase) {
    answer("yes", 3);
    responses_.back().universe = Universe::Parent;
    EXPECT_EQ(figure().n, 2);
    definition().universe = Universe::CommunityOrganisation;
    EXPECT_EQ(figure().n, 0);
}

TEST_F(IndicatorTest, WhoWasNotShownOrNotAskedIsNeverInTheBase) {
    answer("yes");
    status(AnswerStatus::NotShown, 5);
    status(AnswerStatus::NotAsked, 5);
    Response without = response_to(pack_);
    without.answers.clear();
    responses_.push_back(without);
    for (const BaseRule base : {BaseRule::AnsweredOnly, BaseRule::IncludeSkipped}) {
        definition().base = base;
        EXPECT_EQ(figure().n, 1);
    }
}

TEST_F(IndicatorTest, SkippedAndRefusedAreInTheWiderBaseOnly) {
    answer("yes", 6);
    answer("no", 4);
    status(AnswerStatus::Skipped, 3);
    status(AnswerStatus::Refused, 2);
    EXPECT_EQ(figure().n, 10);
    EXPECT_EQ(figure().share, 60.0);
    definition().base = BaseRule::IncludeSkipped;
    EXPECT_EQ(figure().n, 15);
    EXPECT_EQ(figure().counted, 6);
    EXPECT_EQ(figure().share, 40.0);
    EXPECT_EQ(figure().skipped, 3);
    EXPECT_EQ(figure().refused, 2);
}

TEST_F(IndicatorTest, DontKnowIsAnAnswer) {
    answer("yes", 5);
    answer("dontknow", 5);
    EXPECT_EQ(figure().n, 10);
    EXPECT_EQ(figure().share, 50.0);
    EXPECT_EQ(figure().by_option.at("dontknow"), 5);
}

TEST_F(IndicatorTest, WhoChoseTwoCountedOptionsCountsOnce) {
    definition() = definition_of("ways", "ways", {"walk", "talk"});
    definition().minimum_base = 1;
    responses_.push_back(response_with(pack_, "ways", answered({"walk", "talk"})));
    responses_.push_back(response_with(pack_, "ways", answered({"none"})));
    EXPECT_EQ(figure().counted, 1);
    EXPECT_EQ(figure().share, 50.0);
    EXPECT_EQ(figure().by_option.at("talk"), 1);
}

// docs/evaluation.md, "By hand": 7 + 12 + 15 + 6 answers, 2 "don't know", 3 skipped, 1 refused.
TEST_F(IndicatorTest, TheWorkedExampleOfTheDocumentHolds) {
    definition().universe = Universe::Resident;
    answer("yes", 7);
    answer("rather-yes", 12);
    answer("rather-no", 15);
    answer("no", 6);
    answer("dontknow", 2);
    status(AnswerStatus::Skipped, 3);
    status(AnswerStatus::Refused, 1);
    status(AnswerStatus::NotShown, 4);
    set_target(45.3);
    IndicatorFigure by_hand = figure();
    EXPECT_EQ(by_hand.counted, 19);
    EXPECT_EQ(by_hand.n, 42);
    EXPECT_EQ(by_hand.share, 45.2);  // 1900/42 = 45.238…
    EXPECT_EQ(by_hand.verdict, Verdict::NotAchieved);
    definition().base = BaseRule::IncludeSkipped;
    by_hand = figure();
    EXPECT_EQ(by_hand.n, 46);
    EXPECT_EQ(by_hand.share, 41.3);  // 1900/46 = 41.304…
    EXPECT_FALSE(by_hand.reference_only);
}

TEST_F(IndicatorTest, AShareIsRoundedHalfUp) {
    EXPECT_EQ(rounded_percent(1, 8, 0), 13.0);       // 12.5
    EXPECT_EQ(rounded_percent(3, 8, 0), 38.0);       // 37.5
    EXPECT_EQ(rounded_percent(1, 16, 1), 6.3);       // 6.25
    EXPECT_EQ(rounded_percent(201, 2000, 1), 10.1);  // 10.05, which no double holds
    EXPECT_EQ(rounded_percent(2, 3, 2), 66.67);
    EXPECT_EQ(rounded_percent(1, 3, 2), 33.33);
    EXPECT_EQ(rounded_percent(0, 7, 1), 0.0);
    EXPECT_EQ(rounded_percent(7, 7, 1), 100.0);
    EXPECT_EQ(rounded_percent(999'999'999'998, 999'999'999'999, 2), 100.0);
}

TEST_F(IndicatorTest, AHairBelowTheTargetIsNotAchieved) {
    set_target(70.0);
    answer("yes", 1399);
    answer("no", 601);  // 69.95 %, printed as 70.0
    EXPECT_EQ(figure().share, 70.0);
    EXPECT_EQ(figure().verdict, Verdict::NotAchieved);
    EXPECT_EQ(figure().reason, NoVerdict::HasVerdict);
}

TEST_F(IndicatorTest, ExactlyTheTargetIsAchieved) {
    set_target(66.7);  // no double is 66.7
    answer("yes", 667);
    answer("no", 333);
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
    answer("no");
    EXPECT_EQ(figure().verdict, Verdict::NotAchieved);
}

TEST_F(IndicatorTest, WithoutATargetThereIsAFigureAndNoVerdict) {
    answer("yes", 40);
    EXPECT_EQ(figure().share, 100.0);
    EXPECT_EQ(figure().verdict, Verdict::None);
    EXPECT_EQ(figure().reason, NoVerdict::NoTargetGiven);
}

TEST_F(IndicatorTest, ATooSmallBaseHasNoFigureWhateverTheTarget) {
    set_target(1.0);
    answer("yes", 9);
    EXPECT_FALSE(figure().share);
    EXPECT_EQ(figure().verdict, Verdict::None);
    EXPECT_EQ(figure().reason, NoVerdict::BaseTooSmall);
    answer("yes");
    EXPECT_EQ(figure().share, 100.0);
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
}

TEST_F(IndicatorTest, ASmallBaseIsMarkedAsReference) {
    answer("yes", 29);
    EXPECT_TRUE(figure().reference_only);
    answer("yes");
    EXPECT_FALSE(figure().reference_only);
}

TEST_F(IndicatorTest, AMailFigureIsNotComparedWithAKiosk) {
    set_previous(10.0, "mail");
    answer("yes", 40);
    EXPECT_EQ(figure().verdict, Verdict::None);
    EXPECT_EQ(figure().reason, NoVerdict::NotComparable);
    definition().previous_mode = "kiosk";
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
    definition().previous_percent.reset();
    EXPECT_EQ(figure().reason, NoVerdict::NotComparable);
}

TEST_F(IndicatorTest, TheSameAnswersTwiceAreNoFall) {
    set_previous(66.7, "kiosk");  // 2/3 as it was printed
    answer("yes", 20);
    answer("no", 10);
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
    answer("no");
    EXPECT_EQ(figure().verdict, Verdict::NotAchieved);
}

TEST_F(IndicatorTest, WhatTheOfficeCountsHasNoVerdictBeforeItReports) {
    for (const TargetKind kind : {TargetKind::CumulativeCount, TargetKind::AllAreas}) {
        definition().target_kind = kind;
        definition().target_count = 10;
        EXPECT_EQ(figure().verdict, Verdict::None);
        EXPECT_EQ(figure().reason, NoVerdict::NothingReported);
        EXPECT_FALSE(figure().share);
    }
}

TEST_F(IndicatorTest, AnUnmeasurableTargetHasNoFigureWhateverIsAnswered) {
    definition().target_kind = TargetKind::NotMeasurable;
    answer("yes", 50);
    EXPECT_EQ(figure().n, 0);
    EXPECT_EQ(figure().reason, NoVerdict::NotMeasurableHere);
}

TEST_F(IndicatorTest, TheFewerTheBetterTurnsTheTargetRound) {
    definition().direction = Direction::Down;
    set_target(30);
    answer("yes", 30);
    answer("no", 70);
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
    answer("yes");
    EXPECT_EQ(figure().verdict, Verdict::NotAchieved);
}

TEST_F(IndicatorTest, AnotherWordingIsNotCompared) {
    set_previous(50, "kiosk");
    answer("yes", 30);
    EXPECT_EQ(figure().verdict, Verdict::Achieved);
    definition().previous_same_question = false;
    EXPECT_EQ(figure().reason, NoVerdict::NotComparable);
}

TEST_F(IndicatorTest, EveryReasonHasItsOwnName) {
    EXPECT_EQ(name_of(Verdict::Achieved), "achieved");
    EXPECT_EQ(name_of(Verdict::NotAchieved), "not-achieved");
    EXPECT_EQ(name_of(Verdict::None), "none");
    EXPECT_EQ(name_of(NoVerdict::HasVerdict), "has-verdict");
    EXPECT_EQ(name_of(NoVerdict::NoTargetGiven), "no-target-given");
    EXPECT_EQ(name_of(NoVerdict::BaseTooSmall), "base-too-small");
    EXPECT_EQ(name_of(NoVerdict::NotComparable), "not-comparable");
    EXPECT_EQ(name_of(NoVerdict::NotMeasurableHere), "not-measurable-here");
}

}  // namespace
}  // namespace machikoe
