#include "app/robot/robot.h"

#include "tests/robot/paper_kiosk.h"

namespace machikoe {
namespace {

class RobotTest : public testing::Test {
  protected:
    void run(Robot& robot, int visits) {
        for (int i = 0; i < visits; ++i) {
            const Status status = robot.visit();
            ASSERT_TRUE(status) << status.error().message;
        }
    }

    Pack pack_ = a_pack();
    ManualClock clock_;
    PaperKiosk kiosk_{pack_, clock_};
};

TEST_F(RobotTest, NoResidentGetsStuck) {
    Robot robot(kiosk_, clock_, 1);
    run(robot, 1000);
    const RobotStatistics& all = robot.statistics();
    EXPECT_EQ(all.visits, 1000);
    EXPECT_EQ(all.finished + all.abandoned + all.quit, 1000);
}

TEST_F(RobotTest, EverythingHappensToSomebody) {
    Robot robot(kiosk_, clock_, 2);
    run(robot, 400);
    const RobotStatistics& all = robot.statistics();
    EXPECT_GT(all.finished, 200);
    EXPECT_GT(all.abandoned, 10);
    EXPECT_GT(all.quit, 10);
    EXPECT_GT(all.finished_in.at(Language::Ja), 0);
    EXPECT_GT(all.finished_in.at(Language::En), 0);
    for (const char* name : {"attract", "language", "overview", "issue", "question", "review",
                             "thanks", "help", "official", "confirm-quit", "still-there"})
        EXPECT_GT(all.seen.count(name), 0u) << name;
}

TEST_F(RobotTest, WhoWasThankedHandedOutOneValidResponse) {
    Robot robot(kiosk_, clock_, 3);
    run(robot, 300);
    EXPECT_EQ(kiosk_.handed_out.size(), static_cast<std::size_t>(robot.statistics().finished));
    for (const Response& response : kiosk_.handed_out) {
        const Status status = check_response(pack_, response);
        EXPECT_TRUE(status) << status.error().message;
        EXPECT_GE(response.duration_s, 3);
        EXPECT_LE(response.duration_s, 1800);
    }
}

TEST_F(RobotTest, AnswersAreVaried) {
    Robot robot(kiosk_, clock_, 4);
    run(robot, 400);
    std::map<std::string, std::set<std::string>> chosen;
    std::map<std::string, std::set<AnswerStatus>> statuses;
    for (const Response& response : kiosk_.handed_out) {
        for (const auto& [id, answer] : response.answers) {
            statuses[id].insert(answer.status);
            if (const auto* options = std::get_if<ChosenOptions>(&answer.value))
                chosen[id].insert(options->begin(), options->end());
        }
    }
    for (const char* id : {"s1", "s2", "e1", "area", "age"})
        EXPECT_EQ(chosen[id].size(), pack_.survey.question(id)->options.size()) << id;
    EXPECT_TRUE(statuses["e2"].contains(AnswerStatus::Refused));
    EXPECT_TRUE(statuses["e3"].contains(AnswerStatus::Skipped));
    EXPECT_TRUE(statuses["e3"].contains(AnswerStatus::Answered));
}

TEST_F(RobotTest, NoAnswerOfAListIsNearlyEverybodysOrNearlyNobodys) {
    const std::vector<std::string> lists = {"k1", "k2", "l1", "m3", "s4", "years"};
    Pack& pack = pack_;
    pack.survey.questions.clear();
    for (const std::string& id : lists)
        pack.survey.questions.push_back(
            a_question(id, "safety", QuestionType::Single, {"known", "heard", "unknown"}));
    auto after = a_question("k3", "safety", QuestionType::Scale, {"no", "little", "some", "yes"});
    after.relevant = {{"k1", false, {"known"}}};
    pack.survey.questions.push_back(after);
    Robot robot(kiosk_, clock_, 10);
    run(robot, 600);
    for (const Question& question : pack.survey.questions) {
        std::map<std::string, int> count;
        int all = 0;
        for (const Response& response : kiosk_.handed_out) {
            const auto* chosen =
                std::get_if<ChosenOptions>(&response.answers.at(question.id).value);
            if (chosen == nullptr) continue;
            ++all;
            ++count[chosen->front()];
        }
        ASSERT_GE(all, 80) << question.id;
        for (const Option& option : question.options) {
            EXPECT_GT(count[option.id], all / 10) << question.id << ' ' << option.id;
            EXPECT_LT(count[option.id], all * 6 / 10) << question.id << ' ' << option.id;
        }
    }
}

TEST_F(RobotTest, TheInvitedOpenEveryIssueAndStay) {
    Robot robot(kiosk_, clock_, 11, Crowd::Invited);
    run(robot, 100);
    // Somebody may come across "quit" out of curiosity; hardly anybody else leaves.
    EXPECT_GE(robot.statistics().finished, 95);
    int opened_all = 0;
    for (const Response& response : kiosk_.handed_out)
        opened_all += response.issues_opened.size() == pack_.plan.issues.size();
    EXPECT_GE(opened_all, 85);
}

TEST_F(RobotTest, TheSameSeedTouchesTheSame) {
    Robot robot(kiosk_, clock_, 5);
    run(robot, 50);
    ManualClock again_clock;
    PaperKiosk again(pack_, again_clock);
    Robot same(again, again_clock, 5);
    run(same, 50);
    EXPECT_EQ(kiosk_.pressed, again.pressed);
    EXPECT_EQ(kiosk_.handed_out, again.handed_out);
    ManualClock other_clock;
    PaperKiosk other(pack_, other_clock);
    Robot different(other, other_clock, 6);
    run(different, 50);
    EXPECT_NE(kiosk_.pressed, other.pressed);
}

TEST_F(RobotTest, AKioskThatCannotSaveIsGivenUpNotWaitedFor) {
    kiosk_.fails_to_save = true;
    Robot robot(kiosk_, clock_, 7);
    run(robot, 100);
    EXPECT_EQ(robot.statistics().finished, 0);
    EXPECT_GT(robot.statistics().seen.at("save-failed"), 30);
}

TEST_F(RobotTest, AScreenWithoutAWayOnIsReportedWithItsNodes) {
    kiosk_.broken = "begin";
    kiosk_.frame();
    Robot robot(kiosk_, clock_, 8);
    const Status status = robot.visit();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::Corrupt);
    EXPECT_NE(status.error().message.find("on attract"), std::string::npos);
    EXPECT_NE(status.error().message.find("begin(not touchable)"), std::string::npos);
}

TEST_F(RobotTest, GoingInCirclesIsReported) {
    kiosk_.broken = "submit";
    Robot robot(kiosk_, clock_, 9);
    Status status;
    for (int i = 0; i < 50 && status; ++i) status = robot.visit();
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("goes in circles"), std::string::npos);
    EXPECT_EQ(robot.statistics().finished, 0);
}

}  // namespace
}  // namespace machikoe
