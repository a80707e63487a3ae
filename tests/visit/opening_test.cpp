// Opening hours: the kiosk sleeps while the doors are closed, whatever its clock says.
#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

constexpr Milliseconds kHour{3'600'000};
// 2022-06-01, a Wednesday, midnight in Japan.
constexpr Milliseconds kWednesday{1'654'009'200'000};

class OpeningTest : public VisitTest {
  protected:
    OpeningTest() {
        place_.hours.emplace();
        for (std::size_t day = 0; day < 5; ++day)
            place_.hours->week[day] = OpenSpan{9 * 60, 17 * 60 + 30};
        set_clock(kWednesday + 10 * kHour);
    }
    void set_clock(Milliseconds wall) { now_.wall = wall; }
    void tick() { send(event::Tick{}); }
    bool open_at(Milliseconds wall) const { return is_open(*place_.hours, wall); }
};

TEST_F(OpeningTest, FollowsTheWeekInJapan) {
    EXPECT_FALSE(open_at(kWednesday + 9 * kHour - 1ms));
    EXPECT_TRUE(open_at(kWednesday + 9 * kHour));
    EXPECT_TRUE(open_at(kWednesday + 17 * kHour + kHour / 2 - 1ms));
    EXPECT_FALSE(open_at(kWednesday + 17 * kHour + kHour / 2));
    EXPECT_FALSE(open_at(kWednesday + 3 * 24 * kHour + 10 * kHour));  // Saturday
}

TEST_F(OpeningTest, ASpanThatIsNoneIsClosed) {
    for (const OpenSpan span :
         {OpenSpan{600, 600}, OpenSpan{700, 600}, OpenSpan{-1, 600}, OpenSpan{600, 24 * 60 + 1}}) {
        place_.hours->week[2] = span;
        EXPECT_FALSE(open_at(kWednesday + 10 * kHour));
    }
}

TEST_F(OpeningTest, TheNextChangeIsTheNextDoorThatMoves) {
    EXPECT_EQ(next_change(*place_.hours, kWednesday), kWednesday + 9 * kHour);
    const Milliseconds friday_evening = kWednesday + 2 * 24 * kHour + 18 * kHour;
    EXPECT_EQ(next_change(*place_.hours, friday_evening), kWednesday + 5 * 24 * kHour + 9 * kHour);
    EXPECT_EQ(next_opening(*place_.hours, friday_evening), (Opening{0, 9 * 60}));
    EXPECT_EQ(next_change({}, kWednesday), std::nullopt);
    OpeningHours always;
    always.week.fill(OpenSpan{});
    EXPECT_EQ(next_change(always, kWednesday + 3 * kHour), std::nullopt);
}

TEST_F(OpeningTest, SleepsAfterClosingAndWakesAtOpening) {
    tick();
    EXPECT_TRUE(at(Screen::Attract));
    wait(7 * kHour + kHour / 2);
    EXPECT_TRUE(at(Screen::Sleep));
    wait(15 * kHour + kHour / 2);
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(OpeningTest, NobodyBeginsWhileItSleeps) {
    set_clock(kWednesday);
    send_all(event::Begin{}, event::SetLanguage{Language::En});
    EXPECT_TRUE(at(Screen::Sleep));
}

TEST_F(OpeningTest, ATouchIsToldForAWhileWhenItOpens) {
    set_clock(kWednesday);
    tick();
    send(event::Touched{});
    EXPECT_TRUE(visit_.was_asked);
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic + kSleepAnswerLasts);
    wait(kSleepAnswerLasts);
    EXPECT_FALSE(visit_.was_asked);
    EXPECT_TRUE(at(Screen::Sleep));
}

TEST_F(OpeningTest, AVisitIsNeverCutShort) {
    set_clock(kWednesday + 17 * kHour + kHour / 2 - 1s);
    enter();
    open("safety");
    tap("agree");
    wait(60s);
    EXPECT_TRUE(at_question("s1"));
    send_all(event::Finish{}, event::Finish{}, event::Submit{}, event::Saved{});
    EXPECT_TRUE(at(Screen::Thanks));
    send(event::Finish{});
    EXPECT_TRUE(at(Screen::Sleep));
    EXPECT_TRUE(visit_.answers.empty());
}

TEST_F(OpeningTest, TheDeadlineIsTheNextDoor) {
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic + 7 * kHour + kHour / 2);
    place_.hours.reset();
    EXPECT_EQ(next_deadline(place_, visit_, now_), std::nullopt);
}

TEST_F(OpeningTest, AClockThatJumpsIsFollowedAtOnceAndBothWays) {
    tick();
    set_clock(kWednesday + 20 * kHour);
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic);
    tick();
    EXPECT_TRUE(at(Screen::Sleep));
    set_clock(kWednesday + 12 * kHour);
    EXPECT_EQ(next_deadline(place_, visit_, now_), now_.monotonic);
    tick();
    EXPECT_TRUE(at(Screen::Attract));
}

TEST_F(OpeningTest, AClockWithoutABatteryClosesNothing) {
    for (const Milliseconds wall :
         {Milliseconds{-5}, Milliseconds{0}, Milliseconds{946'684'800'000}}) {
        set_clock(wall);
        tick();
        EXPECT_TRUE(at(Screen::Attract));
        EXPECT_EQ(next_deadline(place_, visit_, now_), std::nullopt);
    }
}

}  // namespace
}  // namespace machikoe
