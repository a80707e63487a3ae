#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

TEST_F(VisitTest, ATapChoosesAndStaysOnTheQuestion) {
    for (const char* id : {"s1", "s2"}) {
        visit_ = {};
        enter_question(id);
        const std::string option = pack_.survey.question(id)->options[0].id;
        tap(option);
        EXPECT_TRUE(at_question(id));
        EXPECT_TRUE(is_chosen(id, {option}));
    }
}

TEST_F(VisitTest, ASecondTapChangesASingleChoice) {
    enter_question("s1");
    tap("agree");
    tap("disagree");
    EXPECT_TRUE(is_chosen("s1", {"disagree"}));
}

TEST_F(VisitTest, AnUnknownOptionDoesNothing) {
    enter_question("s1");
    tap("agree");
    tap("moon");
    EXPECT_TRUE(is_chosen("s1", {"agree"}));
}

TEST_F(VisitTest, SeveralOptionsAreToggled) {
    enter_question("s3");
    tap("lamps");
    tap("patrols");
    EXPECT_TRUE(is_chosen("s3", {"lamps", "patrols"}));
    tap("lamps");
    EXPECT_TRUE(is_chosen("s3", {"patrols"}));
}

TEST_F(VisitTest, NoOptionLeftIsNoAnswer) {
    enter_question("s3");
    tap("lamps");
    tap("lamps");
    EXPECT_EQ(answer("s3"), nullptr);
}

TEST_F(VisitTest, RanksAreKeptInTheOrderOfTheTaps) {
    enter_question("e1");
    tap("shop");
    tap("bus");
    tap("care");
    EXPECT_TRUE(is_chosen("e1", {"shop", "bus"}));
}

TEST_F(VisitTest, ARequiredQuestionHoldsNextAndSkipBack) {
    enter_question("s1");
    EXPECT_FALSE(may_go_on(pack_, visit_));
    send_all(event::Next{}, event::Skip{});
    EXPECT_TRUE(at_question("s1"));
    EXPECT_EQ(answer("s1"), nullptr);
    tap("agree");
    EXPECT_TRUE(may_go_on(pack_, visit_));
    go_on();
    EXPECT_TRUE(at_question("s2"));
}

TEST_F(VisitTest, NextOnAnUnansweredQuestionSkipsIt) {
    enter_question("e1");
    go_on();
    EXPECT_TRUE(is_recorded("e1", AnswerStatus::Skipped));
}

TEST_F(VisitTest, SkipClearsTheAnswer) {
    enter_question("e1");
    tap("bus");
    send(event::Skip{});
    EXPECT_TRUE(at_question("e2"));
    EXPECT_TRUE(is_recorded("e1", AnswerStatus::Skipped));
}

TEST_F(VisitTest, RefusalClearsTheAnswerAndGoesOn) {
    enter_question("e2");
    send_all(event::SetNumber{3}, event::Refuse{});
    EXPECT_TRUE(at_question("e3"));
    EXPECT_EQ(*answer("e2"), (Answer{AnswerStatus::Refused, {}}));
}

TEST_F(VisitTest, RefusalIsOnlyTakenWhereItIsOffered) {
    enter_question("e1");
    send(event::Refuse{});
    EXPECT_TRUE(at_question("e1"));
    EXPECT_EQ(answer("e1"), nullptr);
}

TEST_F(VisitTest, ARefusalStandsUntilAnAnswerReplacesIt) {
    enter_question("e2");
    send_all(event::Refuse{}, event::Back{}, event::Next{});
    EXPECT_TRUE(is_recorded("e2", AnswerStatus::Refused));
    send_all(event::Back{}, event::SetNumber{3}, event::Next{});
    EXPECT_TRUE(is_recorded("e2", AnswerStatus::Answered));
}

TEST_F(VisitTest, ANumberOutOfBoundsHoldsNextBack) {
    enter_question("e2");
    send(event::SetNumber{11});
    EXPECT_FALSE(may_go_on(pack_, visit_));
    go_on();
    EXPECT_TRUE(at_question("e2"));
    send(event::SetNumber{10});
    EXPECT_TRUE(may_go_on(pack_, visit_));
}

TEST_F(VisitTest, ANumberOutOfBoundsIsDroppedByWhoeverWalksAway) {
    enter_question("e2");
    send_all(event::SetNumber{-1}, event::Back{});
    EXPECT_EQ(answer("e2"), nullptr);
}

TEST_F(VisitTest, AClearedNumberIsNoAnswer) {
    enter_question("e2");
    send_all(event::SetNumber{4}, event::SetNumber{std::nullopt});
    EXPECT_EQ(answer("e2"), nullptr);
}

TEST_F(VisitTest, TextIsCutAtItsLengthInCharactersNotBytes) {
    enter_question("e3");
    send(event::SetText{"鶴見区の公園"});
    EXPECT_EQ(answer("e3")->value, AnswerValue{std::string("鶴見区の公")});
}

TEST_F(VisitTest, TextWithControlCharactersIsRefused) {
    enter_question("e3");
    send(event::SetText{"abc"});
    for (const char* bad : {"a\nb", "a\x7f", "\xc2\x85", "a\xff", "\xe9\xb6"}) {
        send(event::SetText{bad});
        EXPECT_EQ(answer("e3")->value, AnswerValue{std::string("abc")});
    }
}

TEST_F(VisitTest, ClearedTextIsNoAnswer) {
    enter_question("e3");
    send_all(event::SetText{"abc"}, event::SetText{""});
    EXPECT_EQ(answer("e3"), nullptr);
}

TEST_F(VisitTest, AnAnswerOfAnotherKindDoesNothing) {
    enter_question("e1");
    send_all(event::SetNumber{3}, event::SetText{"abc"});
    EXPECT_EQ(answer("e1"), nullptr);
    go_on();
    send_all(event::TapOption{"bus"}, event::SetText{"abc"});
    EXPECT_EQ(answer("e2"), nullptr);
    go_on();
    send_all(event::TapOption{"bus"}, event::SetNumber{3});
    EXPECT_EQ(answer("e3"), nullptr);
}

TEST_F(VisitTest, ANoteIsReadAndLeftWithoutATrace) {
    enter_question("snote");
    send_all(event::TapOption{"agree"}, event::SetText{"abc"}, event::Refuse{});
    EXPECT_TRUE(at_question("snote"));
    EXPECT_TRUE(may_go_on(pack_, visit_));
    go_on();
    EXPECT_TRUE(at(Screen::Overview));
    EXPECT_EQ(answer("snote"), nullptr);
}

TEST_F(VisitTest, GoingBackKeepsEveryAnswer) {
    enter_question("e1");
    tap("bus");
    send_all(event::Next{}, event::SetNumber{3}, event::Next{}, event::Back{}, event::Back{});
    EXPECT_TRUE(is_chosen("e1", {"bus"}));
    EXPECT_TRUE(is_recorded("e2", AnswerStatus::Answered));
}

TEST_F(VisitTest, BackOverAnUnansweredQuestionRecordsNothing) {
    enter_question("e2");
    back();
    EXPECT_EQ(answer("e2"), nullptr);
}

TEST_F(VisitTest, FinishSkipsTheQuestionOnTheScreen) {
    enter_question("e1");
    tap("bus");
    send_all(event::Next{}, event::Finish{});
    EXPECT_TRUE(is_recorded("e2", AnswerStatus::Skipped));
    EXPECT_EQ(answer("e3"), nullptr);
}

TEST_F(VisitTest, AChangedMindFindsTheOldAnswersAgain) {
    enter_question("s2");
    tap("mid");
    back();
    tap("disagree");
    go_on();
    EXPECT_TRUE(at_question("snote"));
    back();
    EXPECT_TRUE(at_question("s1"));
    tap("agree");
    go_on();
    EXPECT_TRUE(at_question("s2"));
    EXPECT_TRUE(is_chosen("s2", {"mid"}));
}

TEST_F(VisitTest, ProgressCountsTheQuestionsThatAreAsked) {
    enter();
    EXPECT_EQ(progress_of(pack_, place_, visit_).count, 0u);
    open("safety");
    EXPECT_EQ(progress_of(pack_, place_, visit_).position, 1u);
    EXPECT_EQ(progress_of(pack_, place_, visit_).count, 2u);
    tap("agree");
    EXPECT_EQ(progress_of(pack_, place_, visit_).count, 3u);
    go_on();
    EXPECT_EQ(progress_of(pack_, place_, visit_).position, 2u);
}

TEST_F(VisitTest, AnIssueIsDoneWhenNothingAskedIsLeft) {
    enter_question("e1");
    send_all(event::Next{}, event::Next{});
    EXPECT_FALSE(is_issue_done(pack_, place_, visit_, "elderly"));
    go_on();
    EXPECT_TRUE(is_issue_done(pack_, place_, visit_, "elderly"));
    EXPECT_FALSE(is_issue_done(pack_, place_, visit_, "safety"));
}

TEST_F(VisitTest, ANoteDoesNotKeepAnIssueUndone) {
    enter_question("s1");
    tap("disagree");
    go_on();
    EXPECT_TRUE(is_issue_done(pack_, place_, visit_, "safety"));
}

TEST_F(VisitTest, AnIssueWithoutQuestionsIsNeverDone) {
    enter();
    EXPECT_FALSE(is_issue_done(pack_, place_, visit_, "kids"));
}

TEST_F(VisitTest, OnlyAGivenAnswerCountsAsOneToLose) {
    enter_question("e1");
    EXPECT_FALSE(has_answers(visit_));
    send_all(event::Next{}, event::Refuse{});
    EXPECT_FALSE(has_answers(visit_));
    send(event::SetText{"abc"});
    EXPECT_TRUE(has_answers(visit_));
}

}  // namespace
}  // namespace machikoe
