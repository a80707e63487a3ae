// Staff: the state machine of the staff mode.  Whatever must not happen comes first.
#include "app/visit/staff.h"

#include <gtest/gtest.h>

#include "app/visit/staff_gesture.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using namespace staff_event;

class StaffTest : public testing::Test {
  protected:
    StaffTest() {
        facts_.languages = {Language::Ja, Language::JaEasy, Language::En};
        tell(Begun{true, false, KioskSettings{}, facts_});
    }
    void tell(const StaffEvent& event) {
        NextStaff after = next_staff(staff_, event, now());
        staff_ = after.staff;
        order_ = after.order;
    }
    void type(const std::string& digits) {
        for (const char digit : digits) tell(Digit{digit - '0'});
    }
    void enter() {
        tell(Open{});
        type("123456");
        tell(Confirm{});
        tell(PinChecked{PinVerdict::Right});
    }
    void go(StaffScreen screen) { tell(Go{screen}); }
    template <class Order>
    const Order* order() const {
        return order_ ? std::get_if<Order>(&*order_) : nullptr;
    }
    void keep_what_was_ordered() {
        const auto* keep = order<staff_order::Keep>();
        ASSERT_NE(keep, nullptr);
        tell(WasKept{true, keep->settings});
    }
    void wait(Milliseconds time) {
        passed_ += time;
        tell(Tick{});
    }
    Now now() const { return {1'000'000ms + passed_, wall_ + passed_}; }
    StaffScreen at() const { return staff_.screen; }

    StaffFacts facts_;
    Staff staff_;
    std::optional<StaffOrder> order_;
    Milliseconds passed_{0}, wall_{1'668'000'000'000};  // 2022-11-09 22:20 in Japan
};

TEST_F(StaffTest, NothingHasAMeaningBeforeThePin) {
    const std::vector<StaffEvent> wishes = {Go{StaffScreen::Menu},
                                            Go{StaffScreen::Leave},
                                            SetPaused{true},
                                            SetVolume{10},
                                            LeaveProgram{},
                                            SyncNow{},
                                            ExportTo{"/media/x"},
                                            SaveDraft{},
                                            staff_event::Run{SelfTest::Disk},
                                            EndEvent{}};
    for (const bool is_open : {false, true}) {
        if (is_open) tell(Open{});
        const StaffScreen before = at();
        for (const StaffEvent& wish : wishes) {
            tell(wish);
            EXPECT_EQ(at(), before);
            EXPECT_FALSE(order_) << wish.index();
            EXPECT_EQ(staff_.kept, KioskSettings{});
        }
    }
}

TEST_F(StaffTest, AKnownPinCannotBeReplacedFromOutside) {
    tell(Open{});
    EXPECT_EQ(at(), StaffScreen::EnterPin);
    tell(Go{StaffScreen::NewPin});
    EXPECT_EQ(at(), StaffScreen::EnterPin);
    tell(Back{});
    EXPECT_EQ(at(), StaffScreen::Closed);
}

TEST_F(StaffTest, TheFirstStartAsksForAPinTwice) {
    tell(Begun{false, false, KioskSettings{}, facts_});
    tell(Open{});
    EXPECT_EQ(at(), StaffScreen::NewPin);
    type("12345");
    tell(Confirm{});
    EXPECT_EQ(staff_.notice, PinNotice::WrongLength);
    type("6");
    tell(Confirm{});
    EXPECT_EQ(at(), StaffScreen::RepeatPin);
    type("654321");
    tell(Confirm{});
    EXPECT_EQ(at(), StaffScreen::NewPin);
    EXPECT_EQ(staff_.notice, PinNotice::Different);
    EXPECT_FALSE(order_);
    type("123456");
    tell(Confirm{});
    type("123456");
    tell(Confirm{});
    ASSERT_NE(order<staff_order::SetPin>(), nullptr);
    EXPECT_EQ(order<staff_order::SetPin>()->pin, "123456");
    EXPECT_EQ(at(), StaffScreen::RepeatPin);  // not before it is on disk
    tell(PinKept{true});
    EXPECT_EQ(at(), StaffScreen::Menu);
}

TEST_F(StaffTest, APinThatCouldNotBeKeptLetsNobodyIn) {
    tell(Begun{false, false, KioskSettings{}, facts_});
    tell(Open{});
    for (int i = 0; i < 2; ++i) type("123456"), tell(Confirm{});
    tell(PinKept{false});
    EXPECT_EQ(at(), StaffScreen::NewPin);
    EXPECT_EQ(staff_.notice, PinNotice::NotKept);
    EXPECT_FALSE(staff_.has_pin);
}

TEST_F(StaffTest, ATypedPinStaysNowhereInTheState) {
    tell(Open{});
    type("1234567890123");
    EXPECT_EQ(staff_.typed.size(), kMostPinDigits);
    tell(Confirm{});
    EXPECT_EQ(staff_.typed, "");
    ASSERT_NE(order<staff_order::CheckPin>(), nullptr);
    EXPECT_EQ(order<staff_order::CheckPin>()->pin, "123456789012");
}

TEST_F(StaffTest, WhileOnePinIsCheckedNoOtherIsTyped) {
    tell(Open{});
    type("111111");
    tell(Confirm{});
    type("123456");
    tell(Confirm{});
    EXPECT_EQ(staff_.typed, "");
    EXPECT_FALSE(order_);
}

TEST_F(StaffTest, AWrongPinLocksForAsLongAsItWasSaid) {
    tell(Open{});
    type("111111");
    tell(Confirm{});
    tell(PinChecked{PinVerdict::Wrong, 30s});
    EXPECT_EQ(at(), StaffScreen::EnterPin);
    EXPECT_EQ(staff_.notice, PinNotice::Wrong);
    type("123456");
    tell(Confirm{});
    EXPECT_FALSE(order_);
    tell(Close{});  // going away and coming back changes nothing
    tell(Open{});
    wait(29s);
    EXPECT_EQ(locked_seconds_left(staff_, now()), 1);
    type("1");
    EXPECT_EQ(staff_.typed, "");
    wait(1s);
    type("123456");
    tell(Confirm{});
    EXPECT_NE(order<staff_order::CheckPin>(), nullptr);
}

TEST_F(StaffTest, TheLockGrowsWithEveryWrongPin) {
    EXPECT_EQ(pin_lock_after(0), 0ms);
    EXPECT_EQ(pin_lock_after(2), 0ms);
    EXPECT_EQ(pin_lock_after(3), 30s);
    EXPECT_EQ(pin_lock_after(4), 60s);
    for (int failures = 3; failures < 40; ++failures)
        EXPECT_GE(pin_lock_after(failures + 1), pin_lock_after(failures));
    EXPECT_EQ(pin_lock_after(1'000'000), 1h);
}

TEST_F(StaffTest, AfterThreeMinutesWithoutATouchItCloses) {
    enter();
    wait(kStaffIdle - 1s);
    EXPECT_EQ(at(), StaffScreen::Menu);
    tell(Touched{});
    wait(kStaffIdle - 1s);
    EXPECT_EQ(at(), StaffScreen::Menu);
    wait(1s);
    EXPECT_EQ(at(), StaffScreen::Closed);
}

TEST_F(StaffTest, NewsDoNotKeepItOpen) {
    enter();
    go(StaffScreen::Queue);
    for (int second = 0; second < 180; ++second) {
        passed_ += 1s;
        tell(Queue{QueueNews{second, 0, {}, {}, Trouble::None}});
    }
    EXPECT_EQ(at(), StaffScreen::Closed);
}

TEST_F(StaffTest, WhileTheGlassIsCleanedNoTouchMeansAnything) {
    enter();
    go(StaffScreen::Cleaning);
    for (int second = 0; second < 59; ++second) {
        passed_ += 1s;
        tell(Touched{});
        tell(Go{StaffScreen::Leave});
        tell(Close{});
        ASSERT_EQ(at(), StaffScreen::Cleaning) << second;
    }
    wait(1s);
    EXPECT_EQ(at(), StaffScreen::Menu);
    wait(kStaffIdle - 1s);
    EXPECT_EQ(at(), StaffScreen::Menu);
}

TEST_F(StaffTest, ASettingCountsOnlyOnceItIsKept) {
    enter();
    go(StaffScreen::Switches);
    tell(SetPaused{true});
    EXPECT_FALSE(staff_.kept.paused);
    tell(SetPractice{true});  // the first is still being kept
    EXPECT_FALSE(order_);
    tell(WasKept{false, {}});
    EXPECT_FALSE(staff_.kept.paused);
    EXPECT_EQ(staff_.was_kept, Kept::No);
    tell(SetPaused{true});
    keep_what_was_ordered();
    EXPECT_TRUE(staff_.kept.paused);
}

TEST_F(StaffTest, AnEventIsSavedWithNameDaysAndUniverse) {
    enter();
    go(StaffScreen::EventForm);
    EXPECT_FALSE(may_save_event(staff_));
    tell(Write{WritingFor::EventName});
    tell(SetText{"まつり"});
    tell(SetText{"a\nb"});  // no name
    tell(KeepText{});
    tell(ShiftTo{1});
    tell(ShiftFrom{-1});
    tell(ShiftTo{-9});  // never before the first day
    tell(ShiftTo{2});
    tell(SetUniverse{Universe::Parent});
    tell(SaveDraft{});
    keep_what_was_ordered();
    EXPECT_EQ(staff_.kept.event,
              (EventPlan{"まつり", "2022-11-08", "2022-11-10", Universe::Parent}));
    EXPECT_EQ(at(), StaffScreen::Menu);
    go(StaffScreen::EventForm);
    tell(EndEvent{});
    keep_what_was_ordered();
    EXPECT_FALSE(staff_.kept.event);
}

TEST_F(StaffTest, ADraftThatWasLeftIsForgotten) {
    enter();
    go(StaffScreen::Hours);
    tell(KeepHours{true});
    tell(Back{});
    go(StaffScreen::Hours);
    EXPECT_FALSE(staff_.draft.keeps_hours);
}

TEST_F(StaffTest, HoursNeverEndBeforeTheyBegin) {
    enter();
    go(StaffScreen::Hours);
    tell(ChooseWeekday{5});
    tell(SetHours{DayHours{true, 600, 600}});
    EXPECT_EQ(staff_.draft.hours[5], DayHours{});
    tell(SetHours{DayHours{true, 600, 24 * 60}});
    EXPECT_EQ(staff_.draft.hours[5].closes_min, 24 * 60);
    EXPECT_EQ(staff_.draft.hours[4], DayHours{});
    tell(CopyHours{});
    EXPECT_EQ(staff_.draft.hours[0], staff_.draft.hours[5]);
}

TEST_F(StaffTest, JapaneseIsAlwaysOffered) {
    enter();
    go(StaffScreen::Languages);
    tell(OfferLanguage{Language::Ja, false});
    EXPECT_FALSE(order_);
    tell(OfferLanguage{Language::En, false});
    keep_what_was_ordered();
    EXPECT_EQ(offered_of(facts_.languages, staff_.kept),
              (std::vector<Language>{Language::Ja, Language::JaEasy}));
}

TEST_F(StaffTest, ASecondTouchDoesNotExportTwice) {
    enter();
    go(StaffScreen::Export);
    EXPECT_NE(order<staff_order::LookForSticks>(), nullptr);
    tell(ExportTo{"/media/a"});
    EXPECT_NE(order<staff_order::ExportTo>(), nullptr);
    tell(ExportTo{"/media/a"});
    EXPECT_FALSE(order_);
    tell(Exported{ExportNews{ExportResult::Full, 0, ""}});
    EXPECT_EQ(staff_.exported->result, ExportResult::Full);
    tell(ExportTo{"/media/a"});
    EXPECT_NE(order<staff_order::ExportTo>(), nullptr);
}

TEST_F(StaffTest, EveryScreenOfTheMenuLeadsBackToIt) {
    enter();
    for (int i = static_cast<int>(StaffScreen::EventForm);
         i <= static_cast<int>(StaffScreen::Leave); ++i) {
        const auto screen = static_cast<StaffScreen>(i);
        if (screen == StaffScreen::Cleaning) continue;
        go(screen);
        ASSERT_EQ(at(), screen);
        tell(Back{});
        if (at() != StaffScreen::Menu) tell(Back{});
        ASSERT_EQ(at(), StaffScreen::Menu) << name_of(screen);
    }
}

TEST(KioskSettingsTest, AnEventEndsByItselfAfterItsLastDay) {
    KioskSettings settings;
    settings.event = EventPlan{"まつり", "2022-11-30", "2022-12-01", Universe::Parent};
    const Place otherwise{"office", "", Universe::Resident};
    EXPECT_EQ(place_on(settings, otherwise, "2022-11-29").event, "");
    EXPECT_EQ(place_on(settings, otherwise, "2022-11-30").event, "まつり");
    EXPECT_EQ(place_on(settings, otherwise, "2022-12-01").universe, Universe::Parent);
    EXPECT_EQ(place_on(settings, otherwise, "2022-12-02"), otherwise);
}

TEST(KioskSettingsTest, OpeningHoursHoldOnlyWhereStaffSaidSo) {
    KioskSettings settings;
    settings.hours[1].open = false;
    EXPECT_FALSE(place_on(settings, {}, "2022-11-30").hours);
    settings.keeps_hours = true;
    const auto hours = place_on(settings, {}, "2022-11-30").hours;
    ASSERT_TRUE(hours);
    EXPECT_EQ(hours->week[0], (OpenSpan{9 * 60, 17 * 60 + 30}));
    EXPECT_FALSE(hours->week[1]);
}

TEST(KioskSettingsTest, PracticeEndsWithItsDay) {
    KioskSettings settings;
    settings.practice_day = "2022-11-30";
    EXPECT_TRUE(place_on(settings, {}, "2022-11-30").practice);
    EXPECT_FALSE(place_on(settings, {}, "2022-12-01").practice);
    EXPECT_FALSE(place_on(KioskSettings{}, {}, "2022-12-01").practice);
}

TEST(KioskSettingsTest, DaysAreDaysThatExist) {
    for (const char* none : {"", "2022-02-29", "2022-13-01", "2022-1-01", "2022-01-01 ",
                             "2022/01/01", "+022-01-01", "2022-01-00"})
        EXPECT_FALSE(is_day(none)) << none;
    EXPECT_TRUE(is_day("2024-02-29"));
    EXPECT_EQ(day_after("2022-12-31", 1), "2023-01-01");
    EXPECT_EQ(day_after("2024-03-01", -1), "2024-02-29");
    EXPECT_EQ(weekday_of("2022-11-03"), 3);  // a Thursday
    EXPECT_EQ(until_midnight_in_japan(Milliseconds{0}), 15h);
}

TEST(KioskSettingsTest, AListOfEventsNamesItsWrongLine) {
    const auto events = parse_events(
        "# autumn\n\n2022-11-03 2022-11-04 participant 区民 まつり\n2022-11-05 2022-11-05 parent "
        "a\n");
    ASSERT_TRUE(events);
    ASSERT_EQ(events->size(), 2u);
    EXPECT_EQ(events->front().name, "区民 まつり");
    for (const char* wrong : {"2022-11-03 2022-11-02 parent a", "2022-11-03 2022-11-03 mayor a",
                              "2022-11-03 2022-11-03 parent", "x"}) {
        const auto none = parse_events(std::string("# ok\n") + wrong);
        ASSERT_FALSE(none) << wrong;
        EXPECT_NE(none.error().message.find("line 2"), std::string::npos);
    }
}

class GestureTest : public testing::Test {
  protected:
    bool tap(float x, float y, bool may_begin = true) {
        now_ += 500ms;
        return gesture_.touched(x, y, 1080, 1920, may_begin, now_);
    }
    bool all(bool may_begin = true) {
        tap(10, 10, may_begin), tap(1070, 10, may_begin), tap(1070, 1910, may_begin);
        return tap(10, 1910, may_begin);
    }
    StaffGesture gesture_;
    Milliseconds now_{1'000'000};
};

TEST_F(GestureTest, FourCornersInOrderOpen) {
    EXPECT_TRUE(all());
    EXPECT_FALSE(tap(10, 1910));
    EXPECT_TRUE(all());
}

TEST_F(GestureTest, AnotherOrderAnotherPlaceOrTooSlowDoesNot) {
    tap(10, 10), tap(1070, 1910), tap(1070, 10);
    EXPECT_FALSE(tap(10, 1910));
    tap(10, 10), tap(1070, 10), tap(540, 900), tap(1070, 1910);
    EXPECT_FALSE(tap(10, 1910));
    tap(10, 10), tap(1070, 10), tap(1070, 1910);
    now_ += 5s;
    EXPECT_FALSE(tap(10, 1910));
    EXPECT_FALSE(all(false));
}

TEST_F(GestureTest, ItMayBeginAgainAtOnce) {
    tap(10, 10);
    EXPECT_TRUE(all());
}

}  // namespace
}  // namespace machikoe
