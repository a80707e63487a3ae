// Terms: how long it takes and who helps, chosen by each resident and changed at will.
#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

class TermsTest : public VisitTest {
  protected:
    TermsTest() {
        for (Question& question : pack_.survey.questions) {
            question.core = question.id == "s1" || question.id == "e1" || question.id == "age";
            question.sensitive = question.id == "e3" || question.id == "area";
        }
    }
    void enter_with(SurveyLength length) {
        send_all(event::Begin{}, event::SetLanguage{Language::En}, event::SetLength{length});
        ASSERT_TRUE(at(Screen::Overview));
    }
    void get_help_from(Assistance helper) {
        send_all(event::ShowAssistance{}, event::SetAssistance{helper});
    }
    AnswerStatus status(const std::string& id) const { return saved_.back().answers.at(id).status; }
};

TEST_F(TermsTest, ALengthIsAskedForAfterTheLanguage) {
    send_all(event::Begin{}, event::SetLanguage{Language::En});
    EXPECT_TRUE(at(Screen::Length));
    back();
    EXPECT_TRUE(at(Screen::Language));
}

TEST_F(TermsTest, ALengthIsChangedFromTheOverviewAndNowhereElse) {
    enter_with(SurveyLength::OneMinute);
    send(event::SetLength{SurveyLength::Everything});
    EXPECT_EQ(visit_.length, SurveyLength::OneMinute);
    send(event::ChangeLength{});
    EXPECT_TRUE(at(Screen::Length));
    back();
    EXPECT_TRUE(at(Screen::Overview));
    send_all(event::ChangeLength{}, event::SetLength{SurveyLength::Everything});
    EXPECT_EQ(visit_.length, SurveyLength::Everything);
    EXPECT_TRUE(at(Screen::Overview));
}

TEST_F(TermsTest, OneMinuteAsksTheCoreAndRecordsTheRestAsNotAsked) {
    enter_with(SurveyLength::OneMinute);
    open("elderly");
    EXPECT_EQ(progress_of(pack_, place_, visit_).count, 1u);
    tap("bus");
    go_on();
    EXPECT_TRUE(at(Screen::Overview));
    send_all(event::Finish{}, event::Next{}, event::Submit{});
    ASSERT_EQ(saved_.size(), 1u);
    EXPECT_EQ(saved_[0].length, SurveyLength::OneMinute);
    EXPECT_EQ(status("e1"), AnswerStatus::Answered);
    for (const char* id : {"e2", "e3", "area"}) EXPECT_EQ(status(id), AnswerStatus::NotAsked) << id;
    EXPECT_EQ(status("s1"), AnswerStatus::NotShown);
    EXPECT_EQ(status("e4"), AnswerStatus::NotShown);
    EXPECT_TRUE(check_response(pack_, saved_[0]));
}

TEST_F(TermsTest, AShorterFormCountsNoAnswerItWouldNotHaveAskedFor) {
    enter_with(SurveyLength::Everything);
    open("elderly");
    tap("bus");
    send_all(event::Next{}, event::SetNumber{3}, event::Next{}, event::Skip{});
    send_all(event::ChangeLength{}, event::SetLength{SurveyLength::OneMinute});
    send_all(event::Finish{}, event::Finish{}, event::Submit{});
    ASSERT_EQ(saved_.size(), 1u);
    EXPECT_EQ(status("e2"), AnswerStatus::NotAsked);
    EXPECT_TRUE(check_response(pack_, saved_[0]));
}

TEST_F(TermsTest, WhoHelpsIsRecordedAndSensitiveQuestionsSkipThemselves) {
    enter_with(SurveyLength::Everything);
    get_help_from(Assistance::Family);
    EXPECT_TRUE(over(Overlay::None));
    open("elderly");
    EXPECT_EQ(progress_of(pack_, place_, visit_).count, 2u);
    tap("bus");
    send_all(event::Finish{}, event::Finish{}, event::Submit{});
    ASSERT_EQ(saved_.size(), 1u);
    EXPECT_EQ(saved_[0].assistance, Assistance::Family);
    EXPECT_EQ(status("e3"), AnswerStatus::NotAsked);
    EXPECT_EQ(status("area"), AnswerStatus::NotAsked);
    EXPECT_TRUE(check_response(pack_, saved_[0]));
}

TEST_F(TermsTest, HelpThatComesLaterForgetsWhatIsSensitive) {
    enter_with(SurveyLength::Everything);
    open("elderly");
    send_all(event::Skip{}, event::Skip{}, event::SetText{"abc"}, event::Next{});
    ASSERT_TRUE(is_recorded("e3", AnswerStatus::Answered));
    get_help_from(Assistance::Staff);
    get_help_from(Assistance::None);
    EXPECT_EQ(answer("e3"), nullptr);
    EXPECT_TRUE(is_recorded("e1", AnswerStatus::Skipped));
}

TEST_F(TermsTest, HelpIsSaidOnlyBeforeTheQuestions) {
    send_all(event::Begin{}, event::ShowAssistance{});
    EXPECT_TRUE(over(Overlay::Assistance));
    send_all(event::Resume{}, event::SetAssistance{Assistance::Staff});
    EXPECT_EQ(visit_.assistance, Assistance::None);
    send_all(event::SetLanguage{Language::En}, event::SetLength{SurveyLength::Everything});
    open("elderly");
    send(event::ShowAssistance{});
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(TermsTest, TheNextResidentChoosesAnew) {
    enter_with(SurveyLength::OneMinute);
    get_help_from(Assistance::Interpreter);
    send(event::Quit{});
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_EQ(visit_.length, std::nullopt);
    EXPECT_EQ(visit_.assistance, Assistance::None);
}

TEST_F(TermsTest, AResponseThatSaysNotAskedOfOtherQuestionsIsRefused) {
    enter_with(SurveyLength::OneMinute);
    open("elderly");
    tap("bus");
    send_all(event::Finish{}, event::Finish{}, event::Submit{});
    ASSERT_EQ(saved_.size(), 1u);
    Response wrong = saved_[0];
    wrong.length = SurveyLength::Everything;
    EXPECT_FALSE(check_response(pack_, wrong));
    wrong = saved_[0];
    wrong.answers["e2"].status = AnswerStatus::NotShown;
    EXPECT_FALSE(check_response(pack_, wrong));
    wrong = saved_[0];
    wrong.answers["s1"].status = AnswerStatus::NotAsked;
    EXPECT_FALSE(check_response(pack_, wrong));
}

}  // namespace
}  // namespace machikoe
