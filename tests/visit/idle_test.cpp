#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

TEST_F(VisitTest, ALongSilenceIsAskedAbout) {
    enter_question("s1");
    wait(119'999ms);
    EXPECT_TRUE(over(Overlay::None));
    wait(1ms);
    EXPECT_TRUE(over(Overlay::StillThere));
    EXPECT_TRUE(at_question("s1"));
}

TEST_F(VisitTest, AbandonedAnswersAreForgotten) {
    enter_question("s1");
    tap("agree");
    wait(120s);
    wait(44'999ms);
    EXPECT_TRUE(over(Overlay::StillThere));
    wait(1ms);
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(visit_.answers.empty());
    EXPECT_TRUE(saved_.empty());
}

TEST_F(VisitTest, WhateverIsTouchedUnderTheQuestionOnlyClosesIt) {
    const std::vector<Event> touches = {
        event::Resume{},   event::Touched{}, event::TapOption{"disagree"},     event::Next{},
        event::Quit{},     event::Forget{},  event::SetLanguage{Language::Ja}, event::Finish{},
        event::TurnPage{4}};
    enter_question("s1");
    tap("agree");
    const Visit before = visit_;
    for (const Event& touch : touches) {
        wait(130s);
        ASSERT_TRUE(over(Overlay::StillThere));
        send(touch);
        Visit expected = before;
        expected.step = visit_.step;
        expected.last_input = now_.monotonic;
        EXPECT_EQ(visit_, expected);
    }
}

TEST_F(VisitTest, AnAnswerGivesTheFullTimeAgain) {
    enter_question("s1");
    wait(130s);
    send(event::Touched{});
    wait(119s);
    EXPECT_TRUE(over(Overlay::None));
    wait(1s);
    EXPECT_TRUE(over(Overlay::StillThere));
}

TEST_F(VisitTest, AnyInputKeepsTheKioskAwake) {
    enter_question("s1");
    for (int i = 0; i < 5; ++i) {
        wait(100s);
        send(event::Touched{});
    }
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(VisitTest, NewsFromOutsideAreNoSignOfLife) {
    enter_question("s1");
    wait(100s);
    send_all(event::Saved{}, event::SavingFailed{}, event::Tick{});
    wait(20s);
    EXPECT_TRUE(over(Overlay::StillThere));
    send_all(event::Saved{}, event::SavingFailed{});
    EXPECT_TRUE(over(Overlay::StillThere));
}

TEST_F(VisitTest, WhatWasBeingReadIsThereAgain) {
    enter();
    send_all(event::OpenIssue{"safety"}, event::ShowOfficial{}, event::TurnPage{3});
    wait(120s);
    ASSERT_TRUE(over(Overlay::StillThere));
    send(event::Touched{});
    EXPECT_TRUE(over(Overlay::Official));
    EXPECT_EQ(visit_.page, 3);
    EXPECT_EQ(visit_.covered, Overlay::None);
}

TEST_F(VisitTest, AbandonmentUnderAnOverlayLeavesNothingOpen) {
    enter();
    send(event::ShowHelp{});
    wait(120s);
    wait(45s);
    Visit fresh;
    fresh.step = visit_.step;
    fresh.last_input = visit_.last_input;
    fresh.entered = now_.monotonic;
    EXPECT_EQ(visit_, fresh);
}

TEST_F(VisitTest, TheAttractScreenIsNeverAskedWhetherItIsThere) {
    wait(24 * 3600s);
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(over(Overlay::None));
    EXPECT_EQ(next_deadline(place_, visit_, now_), std::nullopt);
}

TEST_F(VisitTest, EveryOtherScreenOfTheResidentIsAsked) {
    send(event::Begin{});
    wait(120s);
    EXPECT_TRUE(over(Overlay::StillThere));
    send_all(event::Touched{}, event::SetLanguage{Language::En});
    wait(120s);
    EXPECT_TRUE(over(Overlay::StillThere));
    send_all(event::Touched{}, event::Quit{});
    reach_review();
    wait(120s);
    EXPECT_TRUE(over(Overlay::StillThere));
    send_all(event::Touched{}, event::Submit{}, event::SavingFailed{});
    wait(120s);
    EXPECT_TRUE(over(Overlay::StillThere));
}

TEST_F(VisitTest, ALateTickForgetsLikeATimelyOne) {
    enter_question("s1");
    tap("agree");
    wait(165s);
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, ATouchAfterTheTimeDoesNotFindTheAnswersOfAnother) {
    enter_question("s1");
    tap("agree");
    pass(165s);
    send(event::Next{});
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(visit_.answers.empty());
}

TEST_F(VisitTest, TimePassesFirstWhetherTickedOrNot) {
    enter_question("e1");
    Visit ticked = visit_;
    for (const Milliseconds time : {50s, 119s, 120s, 164s, 165s, 500s}) {
        const Now later{now_.monotonic + time, now_.wall + time};
        const Event event = event::TapOption{"bus"};
        ticked = next(pack_, place_, visit_, event::Tick{}, later, seed_).visit;
        ticked = next(pack_, place_, ticked, event, later, seed_).visit;
        EXPECT_EQ(next(pack_, place_, visit_, event, later, seed_).visit, ticked);
    }
}

TEST_F(VisitTest, TheDeadlinesAreWhereTheMachineChanges) {
    enter_question("s1");
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic + 120s);
    wait(120s);
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic + 45s);
    send_all(event::Touched{}, event::Quit{});
    reach_review();
    submit();
    EXPECT_EQ(next_deadline(place_, visit_, now_), std::nullopt);
    send(event::Saved{});
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic + 20s);
}

TEST_F(VisitTest, TheSecondsLeftAreRoundedUp) {
    enter();
    EXPECT_EQ(seconds_left(visit_, now_), 0);
    wait(120s);
    EXPECT_EQ(seconds_left(visit_, now_), 45);
    pass(1ms);
    EXPECT_EQ(seconds_left(visit_, now_), 45);
    pass(44s);
    EXPECT_EQ(seconds_left(visit_, now_), 1);
    pass(999ms);
    EXPECT_EQ(seconds_left(visit_, now_), 0);
}

}  // namespace
}  // namespace machikoe
