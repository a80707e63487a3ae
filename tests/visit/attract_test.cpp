// Attract between two residents: nothing of the one before is left.
#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

class AttractTest : public VisitTest {
  protected:
    AttractTest() {
        pack_.plan.languages = {Language::En, Language::Ja};
        visit_ = visit_before_anybody(pack_);
    }
    void enter_in_japanese() {
        send_all(event::Begin{}, event::SetLanguage{Language::Ja}, event::SetRuby{false},
                 event::SetLength{SurveyLength::Everything});
        ASSERT_EQ(visit_.settings.language, Language::Ja);
    }
    void expect_as_before_anybody() const {
        EXPECT_TRUE(at(Screen::Attract));
        EXPECT_EQ(visit_.settings, visit_before_anybody(pack_).settings);
        EXPECT_EQ(visit_.settings.language, Language::En);
    }
};

TEST_F(AttractTest, SpeaksThePacksFirstLanguage) {
    expect_as_before_anybody();
    EXPECT_EQ(visit_before_anybody(a_pack()), Visit{});
}

TEST_F(AttractTest, SpeaksItAgainWhenSomebodyQuit) {
    enter_in_japanese();
    send(event::Quit{});
    expect_as_before_anybody();
}

TEST_F(AttractTest, SpeaksItAgainWhenSomebodyWalkedAway) {
    enter_in_japanese();
    wait(kIdleBeforeWarning + kWarningLasts);
    expect_as_before_anybody();
}

TEST_F(AttractTest, SpeaksItAgainAfterThanks) {
    enter_in_japanese();
    open("safety");
    tap("agree");
    send_all(event::Finish{}, event::Finish{}, event::Submit{}, event::Saved{});
    ASSERT_TRUE(at(Screen::Thanks));
    wait(kThanksLasts);
    expect_as_before_anybody();
}

}  // namespace
}  // namespace machikoe
