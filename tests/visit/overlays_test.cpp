#include <tuple>

#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

TEST_F(VisitTest, QuitWithoutAnswersEndsTheVisit) {
    enter_question("s1");
    send(event::Quit{});
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(VisitTest, QuitWithAnswersAsksFirst) {
    enter_question("s1");
    tap("agree");
    send(event::Quit{});
    EXPECT_TRUE(at_question("s1"));
    EXPECT_TRUE(over(Overlay::ConfirmQuit));
}

TEST_F(VisitTest, ResumeGoesOnWhereTheResidentWas) {
    enter_question("s1");
    tap("agree");
    send_all(event::Quit{}, event::Resume{});
    EXPECT_TRUE(at_question("s1"));
    EXPECT_TRUE(over(Overlay::None));
    EXPECT_TRUE(is_chosen("s1", {"agree"}));
}

TEST_F(VisitTest, ForgetForgetsEverything) {
    enter_question("s1");
    tap("agree");
    send_all(event::SetRuby{false}, event::SetTextSize{TextSize::Largest},
             event::SetTheme{ThemeChoice::LowGlare}, event::Quit{}, event::Forget{});
    Visit fresh;
    fresh.step = visit_.step;
    fresh.last_input = fresh.entered = now_.monotonic;
    EXPECT_EQ(visit_, fresh);
}

TEST_F(VisitTest, ForgetIsTheButtonOfTheConfirmationOnly) {
    enter_question("s1");
    tap("agree");
    send_all(event::Forget{}, event::ShowHelp{}, event::Forget{});
    EXPECT_TRUE(at_question("s1"));
}

TEST_F(VisitTest, OfficialTextBelongsToAnIssueAndItsQuestions) {
    enter();
    send(event::ShowOfficial{});
    EXPECT_TRUE(over(Overlay::None));
    send_all(event::OpenIssue{"elderly"}, event::ShowOfficial{});
    EXPECT_TRUE(over(Overlay::Official));
    send_all(event::Resume{}, event::StartQuestions{}, event::ShowOfficial{});
    EXPECT_TRUE(over(Overlay::Official));
    send_all(event::Resume{}, event::TapOption{"bus"}, event::Finish{}, event::ShowOfficial{});
    EXPECT_TRUE(at_question("area"));
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(VisitTest, ThePolicyIsToldOnTheOverview) {
    send_all(event::Begin{}, event::ShowPolicy{});
    EXPECT_TRUE(over(Overlay::None));
    send_all(event::SetLanguage{Language::Ja}, event::SetLength{SurveyLength::OneMinute},
             event::ShowPolicy{});
    EXPECT_TRUE(over(Overlay::Policy));
}

TEST_F(VisitTest, HelpIsEverywhere) {
    send_all(event::Begin{}, event::ShowHelp{});
    EXPECT_TRUE(over(Overlay::Help));
    send_all(event::Resume{}, event::SetLanguage{Language::En}, event::ShowHelp{});
    EXPECT_TRUE(over(Overlay::Help));
}

TEST_F(VisitTest, AWordOfTheGlossaryIsExplained) {
    enter_question("s1");
    send(event::ShowWord{"ward"});
    EXPECT_TRUE(over(Overlay::Word));
    EXPECT_EQ(visit_.word, "ward");
    send(event::Resume{});
    EXPECT_EQ(visit_.word, "");
    send(event::ShowWord{"moon"});
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(VisitTest, OneOverlayReplacesAnother) {
    enter_question("s1");
    send_all(event::ShowOfficial{}, event::ShowWord{"ward"}, event::ShowHelp{});
    EXPECT_TRUE(over(Overlay::Help));
    EXPECT_EQ(visit_.word, "");
    send(event::Resume{});
    EXPECT_TRUE(over(Overlay::None));
}

TEST_F(VisitTest, UnderAnOverlayNothingIsAnsweredOrLeft) {
    enter_question("e1");
    send(event::ShowHelp{});
    const Visit before = visit_;
    send_all(event::TapOption{"bus"}, event::Next{}, event::Skip{}, event::Back{}, event::Finish{},
             event::Refuse{}, event::Submit{}, event::OpenIssue{"safety"});
    EXPECT_EQ(visit_, before);
}

TEST_F(VisitTest, UnderAnOverlayTheReviewIsNotSubmitted) {
    reach_review();
    send_all(event::ShowHelp{}, event::Submit{}, event::EditQuestion{"s1"}, event::Back{});
    EXPECT_TRUE(at(Screen::Review));
    EXPECT_TRUE(saved_.empty());
}

TEST_F(VisitTest, UnderAnOverlayTheLanguageIsASettingOnly) {
    send_all(event::Begin{}, event::ShowHelp{}, event::SetLanguage{Language::En});
    EXPECT_TRUE(at(Screen::Language));
    EXPECT_TRUE(over(Overlay::Help));
    EXPECT_EQ(visit_.settings.language, Language::En);
}

TEST_F(VisitTest, SettingsChangeNoAnswer) {
    enter_question("e1");
    tap("bus");
    const Answers before = visit_.answers;
    send_all(event::SetLanguage{Language::Ja}, event::SetRuby{false},
             event::SetTextSize{TextSize::Small}, event::SetTheme{ThemeChoice::YellowOnBlack});
    EXPECT_TRUE(at_question("e1"));
    EXPECT_EQ(visit_.answers, before);
    EXPECT_EQ(visit_.settings,
              (Settings{Language::Ja, false, TextSize::Small, ThemeChoice::YellowOnBlack}));
}

/// What a resident has given so far: a change of language must leave all of it alone.
auto given_in(const Visit& visit) {
    return std::tie(visit.answers, visit.length, visit.assistance, visit.issues_opened, visit.seed,
                    visit.pending);
}

TEST_F(VisitTest, OnEveryScreenAndUnderEveryOverlayTheLanguageChangesAndNoAnswerIsLost) {
    enter_question("s2");
    tap("mid");
    const Visit somewhere = visit_;
    for (int s = 0; s <= static_cast<int>(Screen::Neighbours); ++s)
        for (int o = 0; o <= static_cast<int>(Overlay::StillThere); ++o) {
            const auto screen = static_cast<Screen>(s);
            const auto overlay = static_cast<Overlay>(o);
            // Nobody is there, or the answers are on their way: a moment without a choice.
            if (is_at_rest(screen) || screen == Screen::Saving) continue;
            SCOPED_TRACE(testing::Message() << name_of(screen) << " " << name_of(overlay));
            visit_ = somewhere;
            visit_.screen = screen;
            visit_.overlay = overlay;
            visit_.entered = visit_.last_input = now_.monotonic;
            // The question that asks whether somebody is there takes the first touch.
            if (overlay == Overlay::StillThere) send(event::Touched{});
            const Visit before = visit_;
            send(event::SetLanguage{Language::Ja});
            EXPECT_EQ(visit_.settings.language, Language::Ja);
            EXPECT_TRUE(given_in(visit_) == given_in(before));
            // The language screen is where it is chosen; everywhere else it is a setting only.
            const bool chooses = screen == Screen::Language && before.overlay == Overlay::None;
            EXPECT_EQ(visit_.screen, chooses ? Screen::Length : screen);
            EXPECT_EQ(visit_.question, chooses ? "" : "s2");
        }
}

TEST_F(VisitTest, OnTheThanksEverySettingAndItsDialogAreThere) {
    reach_review();
    submit();
    send_all(event::Saved{}, event::ShowLanguages{});
    EXPECT_TRUE(over(Overlay::Languages));
    send_all(event::SetLanguage{Language::Ja}, event::ShowDisplay{});
    EXPECT_TRUE(over(Overlay::Display));
    send_all(event::SetTextSize{TextSize::Largest}, event::SetTheme{ThemeChoice::LowGlare},
             event::SetRuby{false}, event::Resume{});
    EXPECT_TRUE(at(Screen::Thanks));
    EXPECT_EQ(visit_.settings,
              (Settings{Language::Ja, false, TextSize::Largest, ThemeChoice::LowGlare}));
}

TEST_F(VisitTest, TheThanksEndUnderAnOverlayTooAndAskNothing) {
    reach_review();
    submit();
    send_all(event::Saved{}, event::ShowLanguages{});
    wait(kThanksLasts - 1ms);
    EXPECT_TRUE(over(Overlay::Languages));
    wait(1ms);
    EXPECT_TRUE(at(Screen::Attract));
    EXPECT_TRUE(over(Overlay::None));
    EXPECT_EQ(visit_.settings, Settings{});
}

TEST_F(VisitTest, APageIsTurnedAndNeverBelowTheFirst) {
    enter();
    send_all(event::OpenIssue{"safety"}, event::TurnPage{2});
    EXPECT_EQ(visit_.page, 2);
    send(event::TurnPage{-3});
    EXPECT_EQ(visit_.page, 0);
}

TEST_F(VisitTest, AnotherScreenBeginsAtItsFirstPage) {
    enter();
    send_all(event::OpenIssue{"safety"}, event::TurnPage{2}, event::ShowOfficial{});
    EXPECT_EQ(visit_.page, 0);
    send_all(event::TurnPage{3}, event::Resume{});
    EXPECT_EQ(visit_.page, 0);
}

TEST_F(VisitTest, ATurnedPageIsAnotherStep) {
    enter();
    const std::uint32_t step = visit_.step;
    send(event::TurnPage{1});
    EXPECT_EQ(visit_.step, step + 1);
    send(event::TurnPage{1});
    EXPECT_EQ(visit_.step, step + 1);
}

TEST_F(VisitTest, TheStepGrowsWithWhatIsShownAndOnlyThen) {
    const std::vector<Event> showing = {event::Begin{},
                                        event::SetLanguage{Language::En},
                                        event::SetLength{SurveyLength::Everything},
                                        event::OpenIssue{"elderly"},
                                        event::ShowOfficial{},
                                        event::ShowWord{"ward"},
                                        event::Resume{},
                                        event::StartQuestions{},
                                        event::Next{},
                                        event::Back{}};
    for (const Event& event : showing) {
        const std::uint32_t before = visit_.step;
        send(event);
        EXPECT_EQ(visit_.step, before + 1);
    }
    const std::vector<Event> silent = {event::TapOption{"bus"}, event::SetRuby{false},
                                       event::Touched{}, event::Tick{}, event::Submit{}};
    for (const Event& event : silent) {
        const std::uint32_t before = visit_.step;
        send(event);
        EXPECT_EQ(visit_.step, before);
    }
}

TEST_F(VisitTest, TheStepDoesNotShrinkBetweenResidents) {
    enter();
    const std::uint32_t before = visit_.step;
    send(event::Quit{});
    EXPECT_GT(visit_.step, before);
}

}  // namespace
}  // namespace machikoe
