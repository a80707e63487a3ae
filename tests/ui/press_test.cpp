// Press: when a finger counts and when it does not; and what the clock does.
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

using PressTest = StageTest;

TEST_F(PressTest, AFingerThatSlidesOffDoesNothing) {
    const ImVec2 at = place_of("begin");
    down(at);
    push(PointerEvent::Kind::Move, {at.x, 5});
    up({at.x, 5});
    EXPECT_EQ(screen(), Screen::Attract);
}

TEST_F(PressTest, AFingerThatSlidesOntoAButtonDoesNothing) {
    tap("begin");
    down({1070, 1500});
    up(place_of("choose:en"));
    EXPECT_EQ(screen(), Screen::Language);
}

TEST_F(PressTest, ACancelledTouchDoesNothing) {
    tap("begin");
    const ImVec2 at = place_of("choose:en");
    down(at);
    push(PointerEvent::Kind::Cancel, at);
    frame();
    up(at);
    EXPECT_EQ(screen(), Screen::Language);
}

TEST_F(PressTest, AFingerPutDownOnOneScreenDoesNotFireOnTheNext) {
    go_to_question();
    const ImVec2 at = place_of("skip");
    down(at);
    Visit other = stage_->visit();
    other.question = "q2";
    other.step += 1;
    stage_->show(other);
    frame();
    ASSERT_TRUE(find("skip")->bounds.contains(at));
    up(at);
    EXPECT_EQ(stage_->visit().question, "q2");
    EXPECT_EQ(screen(), Screen::Question);
}

TEST_F(PressTest, ADoubleTapGoesOnOnce) {
    go_to_question();
    const ImVec2 at = place_of("skip");
    for (int i = 0; i < 2; ++i) {
        push(PointerEvent::Kind::Down, at);
        push(PointerEvent::Kind::Up, at);
    }
    for (int i = 0; i < 6; ++i) wait(Milliseconds{16});
    EXPECT_EQ(stage_->visit().question, "q2");
}

TEST_F(PressTest, TheSamePlaceServesAgainOnceTheScreenHasSettled) {
    go_to_question();
    tap("skip");
    EXPECT_EQ(stage_->visit().question, "q2");
    tap("skip");
    EXPECT_EQ(screen(), Screen::Overview);
}

TEST_F(PressTest, TwoTapsQueuedForOneFrameBothCount) {
    go_to_question();
    tap("skip");
    for (const char* option : {"option:yes", "option:no"}) {
        const ImVec2 at = place_of(option);
        push(PointerEvent::Kind::Down, at);
        push(PointerEvent::Kind::Up, at);
    }
    int frames = 0;
    for (; !stage_->input().empty(); ++frames) {
        EXPECT_EQ(stage_->next_frame_due(now()), now().monotonic);
        frame();
    }
    EXPECT_EQ(frames, 4);
    EXPECT_EQ(std::get<ChosenOptions>(stage_->visit().answers.at("q2").value).size(), 2u);
}

TEST_F(PressTest, ADisabledButtonDoesNothing) {
    tap("begin");
    tap("choose:en");
    tap("length:everything");
    ASSERT_FALSE(find("finish")->enabled);
    tap("finish");
    EXPECT_EQ(screen(), Screen::Overview);
}

TEST_F(PressTest, AnywhereOnTheFirstScreenBegins) {
    down({540, 1000});
    up({540, 1000});
    EXPECT_EQ(screen(), Screen::Language);
}

TEST_F(PressTest, NothingBehindADialogCanBeTouched) {
    tap("begin");
    tap("choose:en");
    tap("length:everything");
    const ImVec2 card = place_of("issue:parks");
    tap("help");
    EXPECT_EQ(overlay(), Overlay::Help);
    EXPECT_FALSE(see("issue:parks"));
    down({card.x, card.y});
    up({card.x, card.y});
    EXPECT_EQ(screen(), Screen::Overview);
    tap("close");
    EXPECT_EQ(overlay(), Overlay::None);
}

TEST_F(PressTest, AVisitCanBeWalkedFromTheFirstScreenToThanks) {
    go_to_question();
    tap("option:yes");
    tap("next");
    tap("skip");
    tap("finish");
    tap("skip");
    tap("submit");
    EXPECT_EQ(screen(), Screen::Saving);
    const auto response = stage_->take_response();
    ASSERT_TRUE(response);
    EXPECT_FALSE(stage_->take_response());
    stage_->saved(now());
    frame();
    EXPECT_TRUE(see("Thank you very much"));
    tap("finish");
    EXPECT_EQ(screen(), Screen::Attract);
}

TEST_F(PressTest, ChangingTheLanguageKeepsTheAnswers) {
    go_to_question();
    tap("option:yes");
    const Answers before = stage_->visit().answers;
    tap("language:ja");
    EXPECT_EQ(stage_->visit().settings.language, Language::Ja);
    EXPECT_EQ(stage_->visit().answers, before);
    EXPECT_TRUE(see("公園は好きですか？"));
    EXPECT_TRUE(find("option:yes")->selected);
}

TEST_F(PressTest, SettingsTurnInTheHeader) {
    tap("begin");
    tap("choose:ja");
    tap("text-size");
    EXPECT_EQ(stage_->visit().settings.text_size, TextSize::Large);
    tap("theme");
    EXPECT_EQ(stage_->visit().settings.theme, ThemeChoice::WhiteOnBlack);
    tap("ruby");
    EXPECT_FALSE(stage_->visit().settings.ruby);
}

TEST_F(PressTest, WhoeverIsSilentIsAskedAndMayStay) {
    go_to_question();
    tap("option:yes");
    wait(kIdleBeforeWarning + Milliseconds{1});
    EXPECT_EQ(overlay(), Overlay::StillThere);
    EXPECT_EQ(find("seconds")->name, "45");
    wait(Milliseconds{10'000});
    EXPECT_EQ(find("seconds")->name, "35");
    tap("more-time");
    EXPECT_EQ(overlay(), Overlay::None);
    EXPECT_TRUE(find("option:yes")->selected);
}

TEST_F(PressTest, WhoeverHasLeftIsForgotten) {
    go_to_question();
    tap("option:yes");
    wait(kIdleBeforeWarning + kWarningLasts + Milliseconds{2});
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_TRUE(stage_->visit().answers.empty());
    EXPECT_FALSE(stage_->take_response());
}

TEST_F(PressTest, AStillScreenSleeps) {
    frame();
    frame();
    EXPECT_EQ(stage_->next_frame_due(now()), std::nullopt);
    tap("begin");
    for (int i = 0; i < 20; ++i) wait(Milliseconds{16});
    const auto due = stage_->next_frame_due(now());
    ASSERT_TRUE(due);
    EXPECT_GT(*due - now().monotonic, Milliseconds{60'000});
}

}  // namespace
}  // namespace machikoe
