// Marks: hurry and repeats, as the kiosk itself saw them.
#include "app/visit/marks.h"

#include <gtest/gtest.h>

#include "app/base/crypto.h"

namespace machikoe {
namespace {

class MarksTest : public testing::Test {
  protected:
    MarksTest() { crypto_ready(); }
    static Response answers(int count, int seconds, const std::string& option = "yes") {
        Response response;
        response.duration_s = seconds;
        for (int i = 0; i < count; ++i)
            response.answers["q" + std::to_string(i)] = {AnswerStatus::Answered,
                                                         ChosenOptions{option}};
        return response;
    }
    Response marked(Response response, int second) {
        marks_.mark(response, Milliseconds{second * 1000});
        return response;
    }
    Marks marks_;
};

TEST_F(MarksTest, UnderTwoSecondsAnAnswerIsHurried) {
    EXPECT_TRUE(marked(answers(10, 19), 0).hurried);
    EXPECT_FALSE(marked(answers(10, 20), 0).hurried);
    EXPECT_FALSE(marked(answers(2, 0), 0).hurried);  // two taps are soon done
}

TEST_F(MarksTest, TheSameAnswersWithinTwoMinutesAreRepeated) {
    EXPECT_FALSE(marked(answers(5, 60), 0).repeated);
    EXPECT_TRUE(marked(answers(5, 60), 120).repeated);
    EXPECT_FALSE(marked(answers(5, 60, "no"), 130).repeated);
    EXPECT_FALSE(marked(answers(5, 60), 140).repeated);  // another one stood between
}

TEST_F(MarksTest, TheSameAnswersLaterAreAnotherPersons) {
    marked(answers(5, 60), 0);
    EXPECT_FALSE(marked(answers(5, 60), 121).repeated);
}

TEST_F(MarksTest, AnAbandonedVisitLeavesItsLastQuestionAndNothingElse) {
    Visit visit;
    const auto show = [&](Screen screen, const std::string& question = "") {
        visit.screen = screen;
        visit.question = question;
        marks_.watch(visit);
    };
    show(Screen::Question, "s1");
    show(Screen::Question, "s2");
    show(Screen::Overview);
    show(Screen::Attract);
    show(Screen::Attract);
    show(Screen::Language);  // looked, and was shown no question
    show(Screen::Attract);
    show(Screen::Question, "s1");
    show(Screen::Saving);
    EXPECT_EQ(marked(answers(5, 60), 0).abandoned, std::vector<std::string>{"s2"});
    show(Screen::Thanks);
    show(Screen::Attract);
    EXPECT_TRUE(marked(answers(5, 60), 300).abandoned.empty());
}

}  // namespace
}  // namespace machikoe
