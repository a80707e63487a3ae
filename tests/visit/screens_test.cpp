#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

TEST_F(VisitTest, BeginAsksForTheLanguage) {
    send(event::Begin{});
    EXPECT_TRUE(at(Screen::Language));
    EXPECT_EQ(visit_.seed, 42u);
    EXPECT_EQ(visit_.started, now_.monotonic);
}

TEST_F(VisitTest, ALanguageAndALengthLeadToTheOverview) {
    enter();
    EXPECT_TRUE(at(Screen::Overview));
    EXPECT_EQ(visit_.settings.language, Language::En);
}

TEST_F(VisitTest, ALanguageOnTheAttractScreenBeginsAtTheLength) {
    send(event::SetLanguage{Language::En});
    EXPECT_TRUE(at(Screen::Length));
    EXPECT_EQ(visit_.seed, 42u);
    EXPECT_EQ(visit_.settings.language, Language::En);
}

TEST_F(VisitTest, ALanguageThatThePackLacksDoesNothing) {
    send(event::SetLanguage{Language::Ko});
    EXPECT_TRUE(at(Screen::Attract));
    send_all(event::Begin{}, event::SetLanguage{Language::Ko});
    EXPECT_TRUE(at(Screen::Language));
}

TEST_F(VisitTest, NothingButBeginAndLanguageWakesTheAttractScreen) {
    send_all(event::SetRuby{false}, event::SetTextSize{TextSize::Large}, event::OpenIssue{"safety"},
             event::StartQuestions{}, event::TapOption{"agree"}, event::Next{}, event::Back{},
             event::Finish{}, event::Submit{}, event::Quit{}, event::Forget{}, event::Resume{},
             event::ShowHelp{}, event::ShowWord{"ward"}, event::ShowOfficial{}, event::ShowPolicy{},
             event::TurnPage{2}, event::Saved{}, event::SavingFailed{}, event::Touched{});
    Visit untouched;
    untouched.last_input = now_.monotonic;
    EXPECT_EQ(visit_, untouched);
}

TEST_F(VisitTest, AnIssueIsOpenedFromTheOverview) {
    enter();
    send(event::OpenIssue{"safety"});
    EXPECT_TRUE(at(Screen::Issue));
    EXPECT_EQ(visit_.section, "safety");
    EXPECT_TRUE(visit_.issues_opened.contains("safety"));
}

TEST_F(VisitTest, AnUnknownIssueIsNotOpened) {
    enter();
    send_all(event::OpenIssue{"moon"}, event::OpenIssue{"about"});
    EXPECT_TRUE(at(Screen::Overview));
    EXPECT_TRUE(visit_.issues_opened.empty());
}

TEST_F(VisitTest, BackLeadsFromTheIssueToTheOverview) {
    enter();
    send_all(event::OpenIssue{"safety"}, event::Back{});
    EXPECT_TRUE(at(Screen::Overview));
    EXPECT_EQ(visit_.section, "");
}

TEST_F(VisitTest, StartLeadsToTheFirstAskedQuestion) {
    enter();
    open("elderly");
    EXPECT_TRUE(at_question("e1"));
}

TEST_F(VisitTest, StartLeadsToTheOverviewWhereNothingIsAsked) {
    enter();
    open("kids");
    EXPECT_TRUE(at(Screen::Overview));
}

TEST_F(VisitTest, ParentsAreAskedWhatConcernsParents) {
    place_.universe = Universe::Parent;
    enter();
    open("kids");
    EXPECT_TRUE(at_question("k1"));
}

TEST_F(VisitTest, NextLeadsThroughTheIssueToTheOverview) {
    enter();
    open("elderly");
    go_on();
    EXPECT_TRUE(at_question("e2"));
    go_on();
    EXPECT_TRUE(at_question("e3"));
    go_on();
    EXPECT_TRUE(at(Screen::Overview));
    EXPECT_EQ(visit_.question, "");
}

TEST_F(VisitTest, AnAnswerOpensTheQuestionsThatFollowFromIt) {
    enter();
    open("safety");
    tap("agree");
    go_on();
    EXPECT_TRUE(at_question("s2"));
    tap("low");
    go_on();
    EXPECT_TRUE(at_question("s3"));
}

TEST_F(VisitTest, AnotherAnswerLeavesThemOut) {
    enter();
    open("safety");
    tap("disagree");
    go_on();
    EXPECT_TRUE(at_question("snote"));
}

TEST_F(VisitTest, BackLeadsToTheQuestionBefore) {
    enter_question("e2");
    back();
    EXPECT_TRUE(at_question("e1"));
}

TEST_F(VisitTest, BackFromTheFirstQuestionLeadsToItsIssue) {
    enter_question("e1");
    back();
    EXPECT_TRUE(at(Screen::Issue));
    EXPECT_EQ(visit_.section, "elderly");
    EXPECT_EQ(visit_.question, "");
}

TEST_F(VisitTest, BackFromTheFirstQuestionAboutYouLeadsToTheOverview) {
    enter_question("e1");
    tap("bus");
    send(event::Finish{});
    ASSERT_TRUE(at_question("area"));
    back();
    EXPECT_TRUE(at(Screen::Overview));
}

TEST_F(VisitTest, FinishLeadsToTheQuestionsAboutYou) {
    enter_question("e1");
    tap("bus");
    send_all(event::Next{}, event::Next{}, event::Next{}, event::Finish{});
    EXPECT_TRUE(at_question("area"));
}

TEST_F(VisitTest, FinishLeadsToTheReviewWhereNothingIsAskedAboutYou) {
    std::erase_if(pack_.survey.questions, [](const auto& q) { return q.section == "about"; });
    enter_question("e1");
    tap("bus");
    send(event::Finish{});
    EXPECT_TRUE(at(Screen::Review));
}

TEST_F(VisitTest, FinishWithNothingAnsweredEndsTheVisit) {
    enter();
    send(event::Finish{});
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, FinishWithOnlySkippedQuestionsEndsTheVisit) {
    enter_question("e2");
    send(event::Finish{});
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(saved_.empty());
}

TEST_F(VisitTest, FinishWithOnlyIrrelevantAnswersAsksFirst) {
    enter_question("s2");
    tap("mid");
    back();
    visit_.answers.erase("s1");
    send(event::Finish{});
    EXPECT_TRUE(over(Overlay::ConfirmQuit));
}

TEST_F(VisitTest, TheLastQuestionAboutYouLeadsToTheReview) {
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Next{});
    ASSERT_TRUE(at_question("age"));
    go_on();
    EXPECT_TRUE(at(Screen::Review));
}

TEST_F(VisitTest, FinishAmongTheQuestionsAboutYouLeadsToTheReview) {
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Finish{});
    EXPECT_TRUE(at(Screen::Review));
    EXPECT_EQ(answer("age"), nullptr);
}

TEST_F(VisitTest, BackFromTheReviewLeadsToTheLastQuestionAboutYou) {
    reach_review();
    back();
    EXPECT_TRUE(at_question("age"));
    EXPECT_FALSE(visit_.editing);
}

TEST_F(VisitTest, BackFromTheReviewLeadsToTheOverviewWhereNothingIsAskedAboutYou) {
    std::erase_if(pack_.survey.questions, [](const auto& q) { return q.section == "about"; });
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Back{});
    EXPECT_TRUE(at(Screen::Overview));
}

TEST_F(VisitTest, AQuestionEditedFromTheReviewLeadsBackThere) {
    const std::vector<Event> ways = {event::Next{}, event::Back{}, event::Skip{}, event::Finish{},
                                     event::Refuse{}};
    reach_review();
    for (const Event& way : ways) {
        send(event::EditQuestion{"age"});
        ASSERT_TRUE(at_question("age"));
        ASSERT_TRUE(visit_.editing);
        send(way);
        EXPECT_TRUE(at(Screen::Review));
        EXPECT_FALSE(visit_.editing);
    }
}

TEST_F(VisitTest, OnlyQuestionsThatWereOpenCanBeEdited) {
    reach_review();
    for (const char* id : {"e1", "s2", "snote", "k1", "moon"}) {
        send(event::EditQuestion{id});
        EXPECT_TRUE(at(Screen::Review)) << id;
    }
}

TEST_F(VisitTest, EditingIsForTheReviewOnly) {
    enter_question("e1");
    tap("bus");
    send(event::EditQuestion{"e2"});
    EXPECT_TRUE(at_question("e1"));
    EXPECT_FALSE(visit_.editing);
}

TEST_F(VisitTest, SubmitHandsOutTheResponseAndWaits) {
    reach_review();
    submit();
    EXPECT_TRUE(at(Screen::Saving));
    EXPECT_EQ(saved_.size(), 1u);
}

TEST_F(VisitTest, ASecondSubmitDoesNothing) {
    reach_review();
    submit();
    const Visit before = visit_;
    submit();
    EXPECT_EQ(visit_, before);
    EXPECT_EQ(saved_.size(), 1u);
}

TEST_F(VisitTest, NobodyIsThankedBeforeTheAnswersAreSafe) {
    reach_review();
    submit();
    send_all(event::Next{}, event::Finish{}, event::Quit{}, event::Touched{});
    wait(3600s);
    EXPECT_TRUE(at(Screen::Saving));
    send(event::Saved{});
    EXPECT_TRUE(at(Screen::Thanks));
    EXPECT_FALSE(visit_.pending);
}

TEST_F(VisitTest, SavedMeansNothingUnlessSomethingWasHandedOut) {
    reach_review();
    send_all(event::Saved{}, event::SavingFailed{});
    EXPECT_TRUE(at(Screen::Review));
}

TEST_F(VisitTest, AfterAFailureTheSameResponseIsHandedOutAgain) {
    reach_review();
    submit();
    wait(30s);
    send(event::SavingFailed{});
    EXPECT_TRUE(at(Screen::SaveFailed));
    send(event::SetLanguage{Language::Ja});
    wait(5s);
    now_.wall += 3600s;
    submit();
    EXPECT_TRUE(at(Screen::Saving));
    ASSERT_EQ(saved_.size(), 2u);
    EXPECT_EQ(saved_[0], saved_[1]);
}

TEST_F(VisitTest, AfterAFailureQuitEndsTheVisit) {
    reach_review();
    submit();
    send_all(event::SavingFailed{}, event::Quit{});
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(visit_.answers.empty());
}

TEST_F(VisitTest, AfterASlowFailureThereIsTimeToReadOfIt) {
    reach_review();
    submit();
    wait(300s);
    send(event::SavingFailed{});
    wait(119s);
    EXPECT_TRUE(at(Screen::SaveFailed));
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(VisitTest, FinishEndsTheThanks) {
    reach_review();
    submit();
    send_all(event::Saved{}, event::Finish{});
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, ThanksEndByThemselves) {
    reach_review();
    submit();
    send(event::Saved{});
    wait(19'999ms);
    EXPECT_TRUE(at(Screen::Thanks));
    wait(1ms);
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, WhoReadsOnIsNotHurriedAway) {
    reach_review();
    submit();
    send(event::Saved{});
    wait(15s);
    send(event::TurnPage{1});
    wait(15s);
    EXPECT_TRUE(at(Screen::Thanks));
    EXPECT_EQ(visit_.page, 1);
    wait(5s);
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, SubmitWithEverythingWithdrawnHandsOutNothing) {
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Finish{}, event::EditQuestion{"e1"}, event::Skip{});
    ASSERT_TRUE(at(Screen::Review));
    submit();
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(saved_.empty());
}

TEST_F(VisitTest, EveryScreenAndOverlayHasANameOfItsOwn) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Screen::Thanks); ++i)
        names.insert(name_of(static_cast<Screen>(i)));
    for (int i = 0; i <= static_cast<int>(Overlay::StillThere); ++i)
        names.insert(name_of(static_cast<Overlay>(i)));
    EXPECT_EQ(names.size(), 21u);
    EXPECT_FALSE(names.contains("unknown"));
}

}  // namespace
}  // namespace machikoe
