// Rest: the first screen costs next to nothing and burns nothing in.
#include "app/ui/rest.h"

#include <cmath>
#include <set>

#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

TEST(RestTest, SlidesTellOfEveryIssueInTurn) {
    std::set<std::size_t> issues;
    bool purpose = false;
    for (int slide = 0; slide < 12; ++slide) {
        const Slide shown = slide_at(slide * kSlideLasts, 5);
        if (shown.kind == Slide::Kind::OneIssue) issues.insert(shown.issue);
        purpose |= shown.kind == Slide::Kind::Purpose;
    }
    EXPECT_EQ(issues, (std::set<std::size_t>{0, 1, 2, 3, 4}));
    EXPECT_TRUE(purpose);
    EXPECT_EQ(slide_at(0s, 5), Slide{});
    EXPECT_EQ(slide_at(kSlideLasts - 1ms, 5), Slide{});
    EXPECT_EQ(slide_at(kSlideLasts, 0).kind, Slide::Kind::Invitation);
}

TEST(RestTest, ThePictureWandersInSmallStepsWithinItsBounds) {
    std::set<std::pair<float, float>> places;
    ImVec2 before = shift_at(Milliseconds{0});
    for (int step = 0; step < 437; ++step) {
        const ImVec2 now = shift_at(step * kShiftLasts);
        EXPECT_LE(std::abs(now.x), kMostShift);
        EXPECT_LE(std::abs(now.y), kMostShift);
        EXPECT_LE(std::abs(now.x - before.x) + std::abs(now.y - before.y), 6);
        EXPECT_EQ(now.x, std::round(now.x));
        places.insert({now.x, now.y});
        before = now;
    }
    EXPECT_GT(places.size(), 100u);
}

class RestingStageTest : public StageTest {};

TEST_F(RestingStageTest, NeedsAtMostSixFramesAMinute) {
    int frames = 0;
    const Milliseconds end = clock_.monotonic() + 600s;
    while (clock_.monotonic() < end) {
        frame();
        const auto due = stage_->next_frame_due(now());
        ASSERT_TRUE(due);
        ASSERT_GT(*due, clock_.monotonic());
        clock_.advance(*due - clock_.monotonic());
        ++frames;
    }
    EXPECT_LE(frames, 60);
    EXPECT_GE(frames, 50);
}

TEST_F(RestingStageTest, IsTouchedWhereItIsSeen) {
    clock_.advance(5 * kShiftLasts);
    frame();
    const Node* begin = find("begin");
    ASSERT_NE(begin, nullptr);
    const ImVec2 shift = shift_at(clock_.monotonic());
    ASSERT_NE(shift.x, 0);
    const Rect wandered = begin->bounds;
    tap("begin");
    EXPECT_EQ(screen(), Screen::Language);
    put_on(width_, height_);
    stage_->show(visit_before_anybody(pack_));
    stage_->frame({Milliseconds{0}, clock_.wall()});
    EXPECT_EQ(wandered.x, find("begin")->bounds.x + shift.x);
}

TEST_F(RestingStageTest, SaysInEveryLanguageWhenItOpens) {
    Place place;
    place.hours.emplace();
    place.hours->week[0] = OpenSpan{9 * 60, 17 * 60};  // it is Friday
    stage_->set_place(place);
    frame();
    EXPECT_EQ(screen(), Screen::Sleep);
    EXPECT_TRUE(see("hours1:times"));
    down({100, 100});
    up({100, 100});
    frame();
    EXPECT_TRUE(see("opens:ja"));
    EXPECT_TRUE(see("Open from 9:00 on Monday"));
}

}  // namespace
}  // namespace machikoe
