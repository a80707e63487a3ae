// Narrator: what a person hears who does not see the screen.
#include "app/narration/narrator.h"

#include <gmock/gmock.h>

#include "tests/narration/fake_output.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class NarratorTest : public StageTest {
  protected:
    NarratorTest() {
        stage_->set_companion(&narrator_);
        frame();
    }
    ~NarratorTest() override { stage_->set_companion(nullptr); }

    void press(PadKey key) {
        clock_.advance(Milliseconds{600});
        stage_->press(key, clock_.monotonic());
        frame();
        frame();
    }
    void plug(bool are_in) {
        output_.headphones = are_in;
        frame();
        frame();
    }
    /// Frames as they come due, until nothing is said any more.
    void listen() {
        for (int i = 0; i < 600; ++i) {
            wait(Milliseconds{50});
            if (!output_.is_speaking() &&
                stage_->next_frame_due(now()) > clock_.monotonic() + Milliseconds{60})
                return;
        }
        FAIL() << "never comes to an end";
    }
    void go_to(std::string_view id, PadKey way = PadKey::Next) {
        for (int i = 0; i < 90 && stage_->focus().id() != id; ++i) press(way);
        ASSERT_EQ(stage_->focus().id(), id);
    }
    void choose(std::string_view id) {
        go_to(id);
        output_.heard();
        press(PadKey::Enter);
    }
    void begin_in_english() {
        plug(true);
        press(PadKey::Next);
        choose("begin");
        choose("choose:en");
        choose("length:everything");
    }
    void go_to_first_question() {
        begin_in_english();
        choose("issue:parks");
        choose("start");
    }

    FakeOutput output_;
    Narrator narrator_{strings_, output_, {}};
};

TEST_F(NarratorTest, HeadphonesBeginItWithAWelcomeInJapaneseAndEnglish) {
    frame();
    EXPECT_THAT(output_.heard(), IsEmpty());
    plug(true);
    EXPECT_TRUE(narrator_.is_on());
    const auto heard = output_.heard();
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_THAT(heard[0], AllOf(HasSubstr("音声で案内します"), HasSubstr("This kiosk speaks")));
    EXPECT_LT(heard[0].find("音声"), heard[0].find("This"));
    EXPECT_EQ(output_.last_[1].language, Language::En);
    // Then the screen, the focus going along, to what can be done.
    listen();
    EXPECT_THAT(output_.all_heard(), HasSubstr("画面にタッチしてはじめる | ボタン"));
    EXPECT_EQ(stage_->focus().id(), "begin");
}

TEST_F(NarratorTest, HeadphonesThatWereThereBeforeAnybodyAreNoNews) {
    output_.headphones = true;
    Narrator narrator(strings_, output_, {});
    stage_->set_companion(&narrator);
    frame();
    EXPECT_FALSE(narrator.is_on());
    press(PadKey::Next);
    EXPECT_TRUE(narrator.is_on());
    EXPECT_THAT(output_.all_heard(), HasSubstr("This kiosk speaks"));
}

TEST_F(NarratorTest, AKeyBeginsItWhereHeadphonesAreIn) {
    plug(true);
    press(PadKey::Next);
    choose("begin");
    choose("quit");
    frame();
    output_.heard();
    EXPECT_FALSE(narrator_.is_on());
    press(PadKey::Next);
    EXPECT_TRUE(narrator_.is_on());
    EXPECT_THAT(output_.all_heard(), HasSubstr("This kiosk speaks"));
}

TEST_F(NarratorTest, AKeyWithoutHeadphonesAsksBeforeOthersHear) {
    press(PadKey::Next);
    EXPECT_FALSE(narrator_.is_on());
    EXPECT_TRUE(output_.loudspeaker) << "or the question would not be heard";
    EXPECT_THAT(output_.all_heard(),
                AllOf(HasSubstr("まわりの人にも聞こえます"), HasSubstr("People around you")));
    press(PadKey::Enter);
    EXPECT_TRUE(narrator_.is_on());
    EXPECT_TRUE(output_.loudspeaker);
    EXPECT_EQ(screen(), Screen::Attract) << "the key was the answer, nothing else";
}

TEST_F(NarratorTest, WhoDoesNotWantTheLoudspeakerGoesOnInSilence) {
    press(PadKey::Next);
    output_.heard();
    press(PadKey::Next);
    EXPECT_FALSE(narrator_.is_on());
    EXPECT_FALSE(output_.loudspeaker);
    EXPECT_TRUE(stage_->focus().is_shown()) << "the keys work all the same";
    press(PadKey::Next);
    press(PadKey::Repeat);
    EXPECT_THAT(output_.heard(), IsEmpty());
}

TEST_F(NarratorTest, EveryMoveIsSaidWithWhatItIsHowItStandsAndWhichOfHowMany) {
    go_to_first_question();
    listen();
    go_to("option:some");
    output_.heard();
    press(PadKey::Next);
    EXPECT_THAT(
        output_.heard(),
        ElementsAre(testing::MatchesRegex("Yes \\| choice \\| not chosen \\| [0-9]+ of [0-9]+")));
    EXPECT_TRUE(output_.last_[2].tells_answer);
    EXPECT_FALSE(output_.last_[0].tells_answer);
}

TEST_F(NarratorTest, WhatIsDoneIsConfirmedAndOnlyForThePersonsEars) {
    go_to_first_question();
    choose("option:some");
    EXPECT_THAT(output_.heard(), ElementsAre("Chosen"));
    EXPECT_TRUE(output_.last_[0].tells_answer);
    EXPECT_EQ(stage_->focus().id(), "option:some");
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre("chosen")) << "it stays so";
    choose("next");
    choose("option:some");
    EXPECT_THAT(output_.heard(), ElementsAre("Chosen"));
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre("No longer chosen"));
}

TEST_F(NarratorTest, ANewScreenIsReadFromItsHeadingToWhatCanBeDone) {
    begin_in_english();
    output_.heard();
    go_to("issue:parks");
    output_.heard();
    press(PadKey::Enter);
    ASSERT_EQ(screen(), Screen::Issue);
    EXPECT_THAT(output_.heard(), ElementsAre(HasSubstr("heading | 1 of ")));
    std::vector<std::string> places;
    for (int i = 0; i < 400 && !stage_->focus().acts(); ++i) {
        if (places.empty() || places.back() != stage_->focus().id())
            places.emplace_back(stage_->focus().id());
        wait(Milliseconds{50});
    }
    EXPECT_GT(places.size(), 3u) << "the ring goes along with what is said";
    listen();
    EXPECT_THAT(output_.all_heard(), HasSubstr("Parks are where children play."));
    EXPECT_TRUE(stage_->focus().acts());
}

TEST_F(NarratorTest, AKeyEndsWhatIsBeingSaidAndTheReading) {
    begin_in_english();
    choose("issue:parks");
    ASSERT_TRUE(output_.is_speaking());
    press(PadKey::Next);
    const std::string here(stage_->focus().id());
    listen();
    EXPECT_EQ(stage_->focus().id(), here);
}

TEST_F(NarratorTest, TheEndsAndWhatCannotBeDoneAreSaid) {
    plug(true);
    listen();
    for (int i = 0; i < 40 && !stage_->focus().is_at_edge(); ++i) press(PadKey::Previous);
    EXPECT_THAT(output_.heard().back(), "ここが最初です");
    for (int i = 0; i < 40 && stage_->focus().acts(); ++i) press(PadKey::Next);
    for (int i = 0; i < 60; ++i) press(PadKey::Next);
    EXPECT_THAT(output_.heard().back(), "ここが最後です");
}

TEST_F(NarratorTest, WhereThereIsNothingToDoEnterSaysSo) {
    begin_in_english();
    choose("issue:parks");
    output_.heard();
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre(HasSubstr("only to be read")));
}

TEST_F(NarratorTest, HelpExplainsWhereOneIsAndThenEveryKeyWithoutDoingIt) {
    go_to_first_question();
    go_to("option:yes");
    output_.heard();
    press(PadKey::Help);
    EXPECT_EQ(overlay(), Overlay::None);
    EXPECT_THAT(output_.heard(),
                ElementsAre(AllOf(HasSubstr("The enter key chooses this."),
                                  HasSubstr("The keys that you press now are explained."))));
    for (const PadKey key : {PadKey::Enter, PadKey::Next, PadKey::Louder, PadKey::Curtain})
        press(key);
    EXPECT_EQ(output_.heard().size(), 4u);
    EXPECT_EQ(stage_->focus().id(), "option:yes");
    EXPECT_EQ(output_.volume, 5);
    EXPECT_FALSE(stage_->is_curtain_down());
    press(PadKey::Help);
    EXPECT_THAT(output_.heard(), ElementsAre("The explanation of the keys ends"));
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre("Chosen"));
}

TEST_F(NarratorTest, VolumeAndRateAreSaidAndRepeatSaysTheLastThingAgain) {
    begin_in_english();
    listen();
    output_.heard();
    press(PadKey::Louder);
    press(PadKey::Slower);
    press(PadKey::Repeat);
    EXPECT_THAT(output_.heard(), ElementsAre("Volume 6", "Speed 75%", "Speed 75%"));
    press(PadKey::Pause);
    EXPECT_TRUE(output_.is_paused);
}

TEST_F(NarratorTest, TheCurtainHidesEverythingAndAFingerOnlyLiftsIt) {
    go_to_first_question();
    press(PadKey::Curtain);
    EXPECT_TRUE(stage_->is_curtain_down());
    EXPECT_THAT(output_.heard().back(), "The screen is hidden");
    const ImVec2 at = place_of("option:yes");
    down(at);
    up(at);
    EXPECT_FALSE(stage_->is_curtain_down());
    EXPECT_FALSE(find("option:yes")->selected) << "what cannot be seen is not touched";
    press(PadKey::Curtain);
    EXPECT_TRUE(stage_->is_curtain_down());
    press(PadKey::Curtain);
    EXPECT_FALSE(stage_->is_curtain_down());
    press(PadKey::Curtain);
    choose("quit");
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_FALSE(stage_->is_curtain_down()) << "the next person sees";
}

TEST_F(NarratorTest, NoTimeLimitPassesWhileSomethingIsSaid) {
    begin_in_english();
    output_.lasts = Milliseconds{400'000};
    press(PadKey::Next);
    for (int i = 0; i < 60; ++i) {
        wait(Milliseconds{5'000});
        ASSERT_EQ(overlay(), Overlay::None) << i;
    }
    output_.hush();
    for (int i = 0; i < 23; ++i) wait(Milliseconds{5'000});
    EXPECT_EQ(overlay(), Overlay::None);
    // The question whether somebody is there is said, and its time begins when that is over.
    output_.lasts = Milliseconds{60'000};
    for (int i = 0; i < 3; ++i) wait(Milliseconds{5'000});
    EXPECT_EQ(overlay(), Overlay::StillThere);
    EXPECT_THAT(output_.all_heard(), HasSubstr("Are you still there?"));
    for (int i = 0; i < 11; ++i) wait(Milliseconds{5'000});
    EXPECT_EQ(overlay(), Overlay::StillThere);
    output_.lasts = Milliseconds{0};
    output_.hush();
    for (int i = 0; i < 5; ++i) wait(Milliseconds{5'000});
    EXPECT_EQ(overlay(), Overlay::StillThere);
    for (int i = 0; i < 5; ++i) wait(Milliseconds{5'000});
    EXPECT_EQ(screen(), Screen::Attract);
}

TEST_F(NarratorTest, PulledHeadphonesEndItAskAndAfterThatEverythingIsForgotten) {
    go_to_first_question();
    choose("option:yes");
    output_.heard();
    plug(false);
    EXPECT_FALSE(narrator_.is_on());
    EXPECT_EQ(output_.forgotten, 1);
    EXPECT_EQ(overlay(), Overlay::StillThere);
    wait(Milliseconds{46'000});
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_TRUE(stage_->visit().answers.empty());
    EXPECT_THAT(output_.heard(), IsEmpty());
}

TEST_F(NarratorTest, TheNextPersonBeginsLikeTheFirst) {
    begin_in_english();
    press(PadKey::Louder);
    press(PadKey::Curtain);
    choose("quit");
    frame();
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_FALSE(narrator_.is_on());
    EXPECT_EQ(output_.forgotten, 1);
    EXPECT_EQ(output_.volume, 5);
    EXPECT_FALSE(stage_->focus().is_shown());
    output_.heard();
    press(PadKey::Next);
    EXPECT_THAT(output_.all_heard(), HasSubstr("This kiosk speaks"));
}

TEST_F(NarratorTest, ALanguageWithoutSpeechSaysSoInThoseThatHaveIt) {
    output_.languages = {Language::Ja, Language::JaEasy};
    begin_in_english();
    EXPECT_THAT(output_.all_heard(), HasSubstr("この言語には、まだ音声がありません"));
    EXPECT_THAT(output_.all_heard(), Not(HasSubstr("Parks")));
}

TEST_F(NarratorTest, ALanguageIsNamedInItself) {
    plug(true);
    press(PadKey::Next);
    choose("begin");
    go_to("choose:en");
    EXPECT_EQ(output_.last_.front(), (Words{"English", Language::En}));
}

TEST_F(NarratorTest, KeysOfABoardAreSaidAndWhatIsWrittenIsForThePersonsEarsAlone) {
    Question& question = pack_.survey.questions.front();
    question = made_up_question("q1", "parks", QuestionType::FreeText);
    question.options.clear();
    question.max_length = 100;
    go_to_first_question();
    go_to("key:h");
    EXPECT_THAT(output_.heard().back(), HasSubstr("h | key | "));
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre("h"));
    EXPECT_TRUE(output_.last_[0].tells_answer);
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre("h")) << "not all that is written, letter by letter";
    go_to("key:delete",
          find("key:delete")->bounds.y < find("key:h")->bounds.y ? PadKey::Previous : PadKey::Next);
    output_.heard();
    press(PadKey::Enter);
    EXPECT_THAT(output_.heard(), ElementsAre(testing::EndsWith(" | h"))) << "what is left";
    for (const Words& words : output_.last_) EXPECT_TRUE(words.tells_answer) << words.text;
    go_to("written", PadKey::Previous);
    EXPECT_EQ(output_.last_.front(), (Words{"h", Language::En, true}));
}

TEST_F(NarratorTest, WhoListensAndTouchesHearsTheScreensToo) {
    plug(true);
    tap("begin");
    tap("choose:en");
    EXPECT_THAT(output_.all_heard(), HasSubstr("How much time do you have?"));
    tap("length:everything");
    tap("issue:parks");
    tap("start");
    EXPECT_THAT(output_.all_heard(), HasSubstr("Do you like parks?"));
    tap("option:yes");
    EXPECT_THAT(output_.heard(), ElementsAre("Chosen"));
}

}  // namespace
}  // namespace machikoe
