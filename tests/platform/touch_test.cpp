// Many real fingers on a real X server, down to what the screens are told.
//
// Where Xorg cannot run (it wants to be root, and some containers refuse it a console) the same
// fingers go through the queue's rules alone, and the same is demanded of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "app/base/crypto.h"
#include "app/platform/window.h"
#include "tests/platform/touch_screen.h"

namespace machikoe {
namespace {

using Kind = TouchEvent::Kind;

class TouchTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-touch-" + random_hex(4));
        std::filesystem::create_directories(folder_);
        screen_ = new TouchScreen(folder_);
    }
    static void TearDownTestSuite() {
        delete screen_;
        std::filesystem::remove_all(folder_);
    }
    void SetUp() override {
        RecordProperty("xorg", screen_->ready() ? "yes" : "no");
        if (!screen_->ready()) {
            std::printf("Xorg does not run here: the queue's rules alone\n");
            return;
        }
        ::setenv("DISPLAY", screen_->name().c_str(), 1);
        auto window = Window::create({});
        ASSERT_TRUE(window) << window.error().message;
        window_ = std::move(*window);
        ASSERT_TRUE(window_->has_touch());
        window_->on_pointer([this](PointerKind kind, float x, float y) {
            seen_.push_back({kind, x, y});
        });
        settle();
        seen_.clear();
    }

    void touch(Kind kind, std::uint32_t finger, float x, float y) {
        if (screen_->ready()) {
            screen_->touch(kind, finger, x, y);
            return;
        }
        for (const PointerChange& change : fingers_.next({kind, finger, x, y}))
            if (change.kind != PointerKind::Cancel || fingers_.touching()) seen_.push_back(change);
    }
    void settle() {
        for (int i = 0; window_ && i < 10; ++i) window_->wait(Milliseconds{25});
    }
    /// "Down 100 200; Up 100 200", to the nearest 10 px; moves are not counted.
    std::string edges() {
        settle();
        std::string all;
        for (const PointerChange& change : seen_) {
            if (change.kind == PointerKind::Move) continue;
            if (!all.empty()) all += "; ";
            all += change.kind == PointerKind::Down ? "Down"
                   : change.kind == PointerKind::Up ? "Up"
                                                    : "Cancel";
            for (const float place : {change.x, change.y})
                all += " " + std::to_string(std::lround(place / 10) * 10);
        }
        seen_.clear();
        return all;
    }

    static inline std::filesystem::path folder_;
    static inline TouchScreen* screen_ = nullptr;
    std::unique_ptr<Window> window_;
    Fingers fingers_;
    std::vector<PointerChange> seen_;
};

TEST_F(TouchTest, ATapIsOneTapAndNoMouseBesides) {
    touch(Kind::Begin, 1, 100, 200);
    touch(Kind::End, 1, 100, 200);
    EXPECT_EQ(edges(), "Down 100 200; Up 100 200");
}

TEST_F(TouchTest, ARestingPalmDoesNotBlock) {
    touch(Kind::Begin, 1, 900, 700);
    EXPECT_EQ(edges(), "Down 900 700");
    touch(Kind::Begin, 2, 100, 200);
    touch(Kind::End, 2, 100, 200);
    EXPECT_EQ(edges(), "Cancel 900 700; Down 100 200; Up 100 200");
    touch(Kind::Update, 1, 880, 700);
    touch(Kind::Begin, 3, 300, 400);
    touch(Kind::End, 3, 300, 400);
    EXPECT_EQ(edges(), "Down 300 400; Up 300 400");
    touch(Kind::End, 1, 880, 700);
    EXPECT_EQ(edges(), "");
}

TEST_F(TouchTest, TheNewestOfTwoFingersLiftsFirstOrLast) {
    touch(Kind::Begin, 1, 100, 100);
    touch(Kind::Begin, 2, 500, 500);
    touch(Kind::End, 1, 100, 100);
    touch(Kind::End, 2, 500, 500);
    EXPECT_EQ(edges(), "Down 100 100; Cancel 100 100; Down 500 500; Up 500 500");
}

TEST_F(TouchTest, AMouseIsAPointerWhileNoFingerIs) {
    touch(Kind::Begin, 1, 100, 200);
    touch(Kind::End, 1, 100, 200);
    EXPECT_EQ(edges(), "Down 100 200; Up 100 200");
    if (!screen_->ready()) return;  // the rules know no mouse; WindowTest has one
    screen_->mouse_button(true);
    screen_->mouse_button(false);
    const std::string clicked = edges();
    EXPECT_TRUE(clicked.starts_with("Down ")) << clicked;
    EXPECT_NE(clicked.find("; Up "), std::string::npos) << clicked;
    EXPECT_EQ(std::count(clicked.begin(), clicked.end(), ';'), 1) << clicked;
}

TEST_F(TouchTest, AWindowFollowsItsMonitorWhenThatChangesItsMode) {
    if (!screen_->ready()) {
        EXPECT_GT(mm_per_px_of(800, 600, {}, std::nullopt), 0);  // no monitor changes here
        return;
    }
    ASSERT_EQ(window_->width(), TouchScreen::kWidth);
    window_->take_damage();
    ASSERT_EQ(std::system("xrandr -s 800x600"), 0);
    for (int i = 0; i < 40 && window_->width() != 800; ++i) window_->wait(Milliseconds{100});
    EXPECT_EQ(window_->width(), 800);
    EXPECT_EQ(window_->height(), 600);
    EXPECT_TRUE(window_->take_damage());
    EXPECT_EQ(std::system("xrandr -s 1024x768"), 0);
    for (int i = 0; i < 40 && window_->width() != 1024; ++i) window_->wait(Milliseconds{100});
    EXPECT_EQ(window_->width(), TouchScreen::kWidth);
}

}  // namespace
}  // namespace machikoe
