// Neighbours: after the thanks, what others answered.
#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

class NeighboursTest : public VisitTest {
  protected:
    void reach_thanks() {
        reach_review();
        submit();
        send(event::Saved{});
        ASSERT_TRUE(at(Screen::Thanks));
    }
    void reach_neighbours() {
        reach_thanks();
        send(event::ShowNeighbours{});
        ASSERT_TRUE(at(Screen::Neighbours));
    }
    std::vector<std::string> compared() const {
        std::vector<std::string> ids;
        for (const Question* question : compared_questions(pack_, place_, visit_))
            ids.push_back(question->id);
        return ids;
    }
};

TEST_F(NeighboursTest, NobodySeesThemBeforeTheAnswersAreSaved) {
    enter_question("s2");
    send(event::ShowNeighbours{});
    EXPECT_TRUE(at_question("s2"));
    send_all(event::Finish{}, event::Finish{}, event::ShowNeighbours{});
    EXPECT_TRUE(at(Screen::Review));
    submit();
    send(event::ShowNeighbours{});
    EXPECT_TRUE(at(Screen::Saving));
}

TEST_F(NeighboursTest, WithNothingToCompareTheThanksStay) {
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Finish{}, event::Finish{});
    submit();
    send_all(event::Saved{}, event::ShowNeighbours{});
    EXPECT_TRUE(at(Screen::Thanks));
}

TEST_F(NeighboursTest, OnlyChosenAnswersOfIssuesAreCompared) {
    enter_question("s3");
    tap("lamps");
    EXPECT_EQ(compared(), (std::vector<std::string>{"s1", "s2", "s3"}));
    visit_.answers["age"] = {AnswerStatus::Answered, ChosenOptions{"old"}};
    visit_.answers["e1"] = {AnswerStatus::Answered, ChosenOptions{"bus"}};
    visit_.answers["s3"] = {AnswerStatus::Skipped, {}};
    EXPECT_EQ(compared(), (std::vector<std::string>{"s1", "s2"}));
    // s2 and s3 are no longer asked.
    visit_.answers["s1"] = {AnswerStatus::Answered, ChosenOptions{"disagree"}};
    EXPECT_EQ(compared(), (std::vector<std::string>{"s1"}));
}

TEST_F(NeighboursTest, PagesTurnAndWordsAreExplained) {
    reach_neighbours();
    send(event::TurnPage{2});
    EXPECT_EQ(visit_.page, 2);
    send(event::ShowWord{"ward"});
    EXPECT_TRUE(over(Overlay::Word));
    send_all(event::Resume{}, event::SetTextSize{TextSize::Large});
    EXPECT_EQ(visit_.settings.text_size, TextSize::Large);
    EXPECT_TRUE(at(Screen::Neighbours));
}

TEST_F(NeighboursTest, BackLeadsToTheThanks) {
    reach_neighbours();
    back();
    EXPECT_TRUE(at(Screen::Thanks));
}

TEST_F(NeighboursTest, LeavingAsksNothingAndForgetsEverything) {
    const Event finish = event::Finish{}, quit = event::Quit{};
    for (const Event& leaving : {finish, quit}) {
        reach_neighbours();
        send(leaving);
        EXPECT_TRUE(at(Screen::Attract));
        EXPECT_TRUE(over(Overlay::None));
        EXPECT_TRUE(visit_.answers.empty());
        EXPECT_TRUE(visit_.issues_opened.empty());
    }
}

TEST_F(NeighboursTest, AMinuteWithoutInputEndsThemUnderAnOverlayToo) {
    reach_neighbours();
    wait(59'999ms);
    EXPECT_TRUE(at(Screen::Neighbours));
    send(event::ShowHelp{});
    wait(59'999ms);
    EXPECT_TRUE(over(Overlay::Help));
    wait(1ms);
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(over(Overlay::None));
    EXPECT_TRUE(visit_.answers.empty());
}

}  // namespace
}  // namespace machikoe
