// Many fingers, one pointer; and how large a pixel is.
#include <gtest/gtest.h>

#include <cmath>

#include "app/platform/fingers.h"
#include "app/platform/window.h"

namespace machikoe {

void PrintTo(const PointerChange& change, std::ostream* out) {
    *out << "kind " << static_cast<int>(change.kind) << " at " << change.x << ' ' << change.y;
}

namespace {

using Kind = TouchEvent::Kind;
using Changes = std::vector<PointerChange>;

class FingersTest : public testing::Test {
  protected:
    Changes next(Kind kind, std::uint64_t finger, float x, float y) {
        return fingers_.next({kind, finger, x, y});
    }
    Fingers fingers_;
};

TEST_F(FingersTest, AFingerNobodySawComeDownIsNothing) {
    EXPECT_EQ(next(Kind::Update, 7, 1, 2), Changes{});
    EXPECT_EQ(next(Kind::End, 7, 1, 2), Changes{});
    EXPECT_FALSE(fingers_.touching());
}

TEST_F(FingersTest, OneFingerIsThePointer) {
    EXPECT_EQ(next(Kind::Begin, 1, 10, 20), (Changes{{PointerKind::Down, 10, 20}}));
    EXPECT_TRUE(fingers_.touching());
    EXPECT_EQ(next(Kind::Update, 1, 11, 20), (Changes{{PointerKind::Move, 11, 20}}));
    EXPECT_EQ(next(Kind::End, 1, 12, 21), (Changes{{PointerKind::Up, 12, 21}}));
    EXPECT_FALSE(fingers_.touching());
}

TEST_F(FingersTest, ARestingPalmDoesNotBlock) {
    next(Kind::Begin, 1, 900, 1800);
    next(Kind::Update, 1, 905, 1800);
    EXPECT_EQ(next(Kind::Begin, 2, 10, 20),
              (Changes{{PointerKind::Cancel, 905, 1800}, {PointerKind::Down, 10, 20}}));
    EXPECT_EQ(next(Kind::Update, 1, 910, 1800), Changes{}) << "the palm moves";
    EXPECT_EQ(next(Kind::End, 2, 10, 20), (Changes{{PointerKind::Up, 10, 20}}));
    // A second tap beside the same palm cancels nothing: nothing was held.
    EXPECT_EQ(next(Kind::Begin, 3, 30, 40), (Changes{{PointerKind::Down, 30, 40}}));
    EXPECT_EQ(next(Kind::End, 3, 30, 40), (Changes{{PointerKind::Up, 30, 40}}));
}

TEST_F(FingersTest, WhenTheNewestLiftsNoOtherTakesOver) {
    next(Kind::Begin, 1, 900, 1800);
    next(Kind::Begin, 2, 10, 20);
    next(Kind::End, 2, 10, 20);
    EXPECT_FALSE(fingers_.touching());
    EXPECT_EQ(next(Kind::Update, 1, 910, 1800), Changes{});
    EXPECT_EQ(next(Kind::End, 1, 910, 1800), Changes{});
}

TEST_F(FingersTest, WhatWasForgottenDoesNotEnd) {
    next(Kind::Begin, 1, 10, 20);
    fingers_.forget();
    EXPECT_EQ(next(Kind::Update, 1, 10, 20), Changes{});
    EXPECT_EQ(next(Kind::End, 1, 10, 20), Changes{});
}

TEST(PixelSizeTest, WhatNobodyBuildsIsNotBelieved) {
    const float usual = 23.8f * 25.4f / std::hypot(1080.f, 1920.f);
    for (const Millimetres edid : {Millimetres{0, 0}, Millimetres{0, 527}, Millimetres{296, -1},
                                   Millimetres{160, 90},   // an aspect ratio in the place of a size
                                   Millimetres{400, 527},  // pixels that are not square
                                   Millimetres{2000, 3555},   // 1.9 mm
                                   Millimetres{40, 71},       // 0.04 mm
                                   Millimetres{285, 508}}) {  // 96 dpi, which GLFW makes up
        EXPECT_FLOAT_EQ(mm_per_px_of(1080, 1920, edid, std::nullopt), usual)
            << edid.width << ' ' << edid.height;
    }
    EXPECT_GT(mm_per_px_of(0, 0, {0, 0}, std::nullopt), 0);
}

TEST(PixelSizeTest, APanelThatSaysItsSizeIsBelieved) {
    EXPECT_NEAR(mm_per_px_of(1080, 1920, {395, 698}, std::nullopt), 0.3646f, 0.001f);  // 31.5"
    EXPECT_NEAR(mm_per_px_of(3840, 2160, {941, 529}, std::nullopt), 0.2450f, 0.001f);  // 42.5"
}

TEST(PixelSizeTest, WhoConfiguresADiagonalKnowsBetter) {
    EXPECT_NEAR(mm_per_px_of(1080, 1920, {395, 698}, 21.5f), 0.2479f, 0.001f);
    EXPECT_NEAR(mm_per_px_of(1920, 1080, {0, 0}, 21.5f), 0.2479f, 0.001f);
}

}  // namespace
}  // namespace machikoe
