#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

class VisitResponseTest : public VisitTest {
  protected:
    const Response& finish_from_review() {
        send(event::Submit{});
        EXPECT_EQ(saved_.size(), 1u);
        return saved_.front();
    }
    AnswerStatus status(const std::string& id) const {
        return saved_.front().answers.at(id).status;
    }
};

TEST_F(VisitResponseTest, EveryQuestionOfTheSurveyHasAnEntry) {
    reach_review();
    finish_from_review();
    EXPECT_EQ(saved_.front().answers.size(), pack_.survey.questions.size());
    EXPECT_TRUE(check_response(pack_, saved_.front()));
}

TEST_F(VisitResponseTest, EachEntrySaysWhatBecameOfItsQuestion) {
    enter();
    open("safety");
    tap("agree");
    send_all(event::Next{}, event::Skip{}, event::Next{});
    open("elderly");
    send_all(event::Skip{}, event::Refuse{}, event::Finish{});
    tap("north");
    send_all(event::Next{}, event::Next{});
    finish_from_review();
    EXPECT_EQ(saved_.front().answers.at("s1"),
              (Answer{AnswerStatus::Answered, ChosenOptions{"agree"}}));
    EXPECT_EQ(status("s2"), AnswerStatus::Skipped);
    EXPECT_EQ(status("s3"), AnswerStatus::NotShown);
    EXPECT_EQ(status("snote"), AnswerStatus::NotShown);
    EXPECT_EQ(status("e1"), AnswerStatus::Skipped);
    EXPECT_EQ(status("e2"), AnswerStatus::Refused);
    EXPECT_EQ(status("e3"), AnswerStatus::Skipped);
    EXPECT_EQ(status("e4"), AnswerStatus::NotShown);
    EXPECT_EQ(status("k1"), AnswerStatus::NotShown);
    EXPECT_EQ(status("area"), AnswerStatus::Answered);
    EXPECT_EQ(status("age"), AnswerStatus::Skipped);
}

TEST_F(VisitResponseTest, QuestionsThatWereNotReachedWereNotShown) {
    enter_question("e1");
    tap("bus");
    send_all(event::Finish{}, event::Finish{});
    finish_from_review();
    EXPECT_EQ(status("e2"), AnswerStatus::NotShown);
    EXPECT_EQ(status("e3"), AnswerStatus::NotShown);
    EXPECT_EQ(status("age"), AnswerStatus::NotShown);
}

TEST_F(VisitResponseTest, AnswersThatBecameIrrelevantAreDroppedWithAllThatFollowsFromThem) {
    enter_question("s3");
    tap("lamps");
    send_all(event::Back{}, event::Back{});
    tap("disagree");
    send_all(event::Finish{}, event::Finish{});
    finish_from_review();
    EXPECT_EQ(status("s1"), AnswerStatus::Answered);
    EXPECT_EQ(status("s2"), AnswerStatus::NotShown);
    EXPECT_EQ(status("s3"), AnswerStatus::NotShown);
    EXPECT_TRUE(check_response(pack_, saved_.front()));
}

TEST_F(VisitResponseTest, ItTellsWhereWhenAndHowTheVisitWas) {
    place_ = {"library", "summer-fair", Universe::Parent};
    now_.wall = Milliseconds{1'654'009'199'000};  // 2022-05-31 14:59:59 UTC
    enter_question("e1");
    tap("bus");
    pass(61'999ms);
    send_all(event::SetLanguage{Language::Ja}, event::Finish{}, event::Finish{});
    const Response& response = finish_from_review();
    EXPECT_EQ(response.pack_id, "test-r4");
    EXPECT_EQ(response.pack_hash, pack_.hash);
    EXPECT_EQ(response.site, "library");
    EXPECT_EQ(response.event, "summer-fair");
    EXPECT_EQ(response.universe, Universe::Parent);
    EXPECT_EQ(response.mode, Mode::Kiosk);
    EXPECT_EQ(response.when, (DayHour{"2022-06-01", 0}));
    EXPECT_EQ(response.language, Language::Ja);
    EXPECT_EQ(response.seed, 42u);
    EXPECT_EQ(response.duration_s, 61);
}

TEST_F(VisitResponseTest, AWallClockThatJumpsDoesNotBendTheDuration) {
    enter_question("e1");
    tap("bus");
    pass(10s);
    now_.wall -= 3600s;
    send_all(event::Finish{}, event::Finish{});
    EXPECT_EQ(finish_from_review().duration_s, 10);
}

TEST_F(VisitResponseTest, OpenedIssuesAreInTheOrderOfThePack) {
    enter();
    send_all(event::OpenIssue{"kids"}, event::Back{}, event::OpenIssue{"safety"}, event::Back{});
    open("elderly");
    tap("bus");
    send_all(event::Finish{}, event::Finish{});
    EXPECT_EQ(finish_from_review().issues_opened,
              (std::vector<std::string>{"safety", "elderly", "kids"}));
}

TEST_F(VisitResponseTest, ANumberOutOfBoundsNeverGetsIn) {
    enter_question("e1");
    tap("bus");
    send_all(event::Next{}, event::SetNumber{999}, event::Finish{}, event::Finish{});
    finish_from_review();
    EXPECT_EQ(status("e2"), AnswerStatus::Skipped);
    EXPECT_TRUE(check_response(pack_, saved_.front()));
}

TEST_F(VisitResponseTest, TheNextResidentStartsFromNothing) {
    reach_review();
    submit();
    send_all(event::Saved{}, event::Finish{});
    seed_ = 7;
    reach_review();
    submit();
    ASSERT_EQ(saved_.size(), 2u);
    EXPECT_EQ(saved_[1].seed, 7u);
    EXPECT_EQ(saved_[1].duration_s, 0);
}

}  // namespace
}  // namespace machikoe
