#include "app/robot/resident.h"

#include <gtest/gtest.h>

#include <set>

namespace machikoe {
namespace {

class ResidentTest : public testing::Test {
  protected:
    void put(const std::string& id, Role role = Role::Button, bool enabled = true) {
        Node node;
        node.id = id;
        node.role = role;
        node.enabled = enabled;
        node.bounds = {0, 0, 100, 100};
        nodes_.push_back(node);
    }
    void put_question() {
        screen_ = Screen::Question;
        section_ = "safety";
        question_ = "q1";
        for (const char* id : {"option:a", "option:b", "option:c", "option:d"})
            put(id, Role::Choice);
        for (const char* id : {"next", "back", "skip", "refuse", "finish", "quit"}) put(id);
    }
    std::string touched_by(Resident& resident) {
        const auto touch = resident.decide({screen_, overlay_, section_, question_, nodes_});
        return touch ? touch->node : "";
    }

    Screen screen_ = Screen::Attract;
    Overlay overlay_ = Overlay::None;
    std::string section_, question_;
    std::vector<Node> nodes_;
    Personality person_;
};

TEST_F(ResidentTest, NobodyTouchesWhatCannotBeTouched) {
    put("begin", Role::Text);
    put("next", Role::Button, false);
    put("tiny");
    nodes_.back().bounds.w = 0;
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "");
}

TEST_F(ResidentTest, WhoComesBegins) {
    put("town", Role::Image);
    put("begin");
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "begin");
}

TEST_F(ResidentTest, EveryLanguageIsChosenBySomebody) {
    screen_ = Screen::Language;
    for (const char* id : {"choose:ja", "choose:en", "choose:ko", "help"}) put(id);
    std::set<std::string> chosen;
    for (int i = 0; i < 20; ++i) {
        person_.language = i / 20.0;
        Resident resident(person_);
        chosen.insert(touched_by(resident));
    }
    EXPECT_EQ(chosen, (std::set<std::string>{"choose:ja", "choose:en", "choose:ko"}));
}

TEST_F(ResidentTest, TheInterestedOpenEveryIssueOnceAndThenFinish) {
    screen_ = Screen::Overview;
    for (const char* id : {"issue:a", "issue:b", "issue:c", "finish", "quit"}) put(id);
    person_.interest = 1;
    Resident resident(person_);
    std::set<std::string> opened;
    for (int i = 0; i < 3; ++i) opened.insert(touched_by(resident));
    EXPECT_EQ(opened, (std::set<std::string>{"issue:a", "issue:b", "issue:c"}));
    EXPECT_EQ(touched_by(resident), "finish");
}

TEST_F(ResidentTest, TheHurriedOpenOneIssue) {
    screen_ = Screen::Overview;
    for (const char* id : {"issue:a", "issue:b", "finish"}) put(id);
    person_.interest = 0;
    Resident resident(person_);
    EXPECT_TRUE(touched_by(resident).starts_with("issue:"));
    EXPECT_EQ(touched_by(resident), "finish");
}

TEST_F(ResidentTest, AnOptionIsChosenBeforeNext) {
    put_question();
    Resident resident(person_);
    EXPECT_TRUE(touched_by(resident).starts_with("option:"));
    EXPECT_EQ(touched_by(resident), "next");
}

TEST_F(ResidentTest, WhoChangesTheirMindTakesAnotherOption) {
    put_question();
    person_.changes_mind = 1;
    Resident resident(person_);
    const std::string first = touched_by(resident);
    for (Node& node : nodes_) node.selected = node.id == first;
    const std::string second = touched_by(resident);
    EXPECT_TRUE(second.starts_with("option:"));
    EXPECT_NE(first, second);
}

TEST_F(ResidentTest, SomeSkipAndSomeRefuse) {
    put_question();
    person_.skips = 1;
    Resident skipping(person_);
    EXPECT_EQ(touched_by(skipping), "skip");
    person_.refuses = 1;
    Resident refusing(person_);
    EXPECT_EQ(touched_by(refusing), "refuse");
}

TEST_F(ResidentTest, WhoTellsNothingAboutThemselvesFinishes) {
    put_question();
    section_ = "about";
    person_.tells_about_self = false;
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "finish");
}

TEST_F(ResidentTest, ApprovalMovesTheAnswers) {
    put_question();
    const auto count_of_upper_half = [&](double approval) {
        int count = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            person_.seed = seed;
            person_.approval = approval;
            Resident resident(person_);
            const std::string option = touched_by(resident);
            count += option == "option:c" || option == "option:d" ? 1 : 0;
        }
        return count;
    };
    EXPECT_GT(count_of_upper_half(1), count_of_upper_half(-1) + 50);
}

TEST_F(ResidentTest, WhereNextIsHeldBackTheAnswerIsTriedAgain) {
    screen_ = Screen::Question;
    question_ = "n1";
    put("digit:1");
    put("next", Role::Button, false);
    Resident resident(person_);
    for (int i = 0; i < 30; ++i) EXPECT_NE(touched_by(resident), "next");
}

TEST_F(ResidentTest, ANoteIsLeftByNext) {
    screen_ = Screen::Question;
    question_ = "note";
    put("next");
    put("back");
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "next");
}

TEST_F(ResidentTest, WhoWalksAwayTouchesNothingMore) {
    put("begin");
    person_.walks_away_after = 1;
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "begin");
    EXPECT_EQ(touched_by(resident), "");
    EXPECT_TRUE(resident.has_walked_away());
}

TEST_F(ResidentTest, SomeTurnRoundWhenAsked) {
    put("resume");
    screen_ = Screen::Overview;
    person_.walks_away_after = 0;
    person_.comes_back = true;
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "");
    overlay_ = Overlay::StillThere;
    EXPECT_EQ(touched_by(resident), "resume");
    EXPECT_FALSE(resident.has_walked_away());
}

TEST_F(ResidentTest, WhoQuitsConfirmsOrThinksBetterOfIt) {
    screen_ = Screen::Overview;
    put("quit");
    person_.quits_after = 0;
    for (const bool means_it : {true, false}) {
        person_.means_to_quit = means_it;
        nodes_.clear();
        put("quit");
        overlay_ = Overlay::None;
        Resident resident(person_);
        EXPECT_EQ(touched_by(resident), "quit");
        nodes_.clear();
        put("resume");
        put("forget");
        overlay_ = Overlay::ConfirmQuit;
        EXPECT_EQ(touched_by(resident), means_it ? "forget" : "resume");
    }
}

TEST_F(ResidentTest, UnknownButtonsAreTriedWhenNothingElseIsThere) {
    screen_ = Screen::Review;
    put("something-new");
    Resident resident(person_);
    EXPECT_EQ(touched_by(resident), "something-new");
}

TEST_F(ResidentTest, ThinkingTakesAsLongAsPeopleTake) {
    put("begin");
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Resident resident(personality_of(seed));
        const auto touch = resident.decide({screen_, overlay_, section_, question_, nodes_});
        ASSERT_TRUE(touch);
        EXPECT_GE(touch->thinking, Milliseconds{400});
        EXPECT_LE(touch->thinking, Milliseconds{6000});
    }
}

TEST(DiceTest, RollTheSameEverywhere) {
    Dice dice(1);
    // mt19937_64 is fixed by the standard: the 10000th number of its default seed is known.
    Dice standard(5489);
    for (int i = 0; i < 9999; ++i) standard.next();
    EXPECT_EQ(standard.next(), 9981545732273789042u);
    for (int i = 0; i < 1000; ++i) {
        const double share = dice.share();
        EXPECT_GE(share, 0);
        EXPECT_LT(share, 1);
    }
}

}  // namespace
}  // namespace machikoe
