// Only what changes is drawn, and still the picture is what drawing everything would give.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "app/platform/renderer.h"
#include "app/platform/window.h"
#include "app/robot/robot.h"
#include "app/robot/stage_scene.h"
#include "app/survey/pack.h"
#include "app/ui/imgui_context.h"
#include "app/ui/stage.h"
#include "tests/platform/virtual_display.h"

// Last: Xlib defines None, Status, Bool and more.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#undef None

namespace machikoe {
namespace {

const std::filesystem::path kRoot = MACHIKOE_SOURCE_DIR;
constexpr int kWidth = 540, kHeight = 960;

/// What the X server shows, three bytes a pixel.
std::vector<std::uint8_t> screen_pixels() {
    std::vector<std::uint8_t> pixels;
    ::Display* display = XOpenDisplay(nullptr);
    if (!display) return pixels;
    XImage* image =
        XGetImage(display, DefaultRootWindow(display), 0, 0, kWidth, kHeight, AllPlanes, ZPixmap);
    for (int y = 0; image && y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x)
            for (const int shift : {16, 8, 0})
                pixels.push_back(static_cast<std::uint8_t>(XGetPixel(image, x, y) >> shift));
    if (image) XDestroyImage(image);
    XCloseDisplay(display);
    return pixels;
}

class DrawnTest : public testing::TestWithParam<Drawing> {
  protected:
    static void SetUpTestSuite() {
        const std::string size = std::to_string(kWidth) + "x" + std::to_string(kHeight) + "x24";
        display_ = new VirtualDisplay(size.c_str());
        ::setenv("DISPLAY", display_->name().c_str(), 1);
    }
    static void TearDownTestSuite() { delete display_; }
    void SetUp() override {
        ASSERT_FALSE(display_->name().empty()) << "Xvfb does not start";
        WindowOptions options;
        options.drawing = GetParam();
        auto window = Window::create(options);
        ASSERT_TRUE(window) << window.error().message;
        window_ = std::move(*window);
        ASSERT_EQ(window_->width(), kWidth);
        ASSERT_EQ(window_->image() != nullptr, GetParam() == Drawing::Cpu);
    }

    /// REQUIRES: dropped before the ImGui context.
    [[nodiscard]] std::unique_ptr<Renderer> begin_rendering() {
        auto renderer = Renderer::create(*window_, *text_).value();
        renderer_ = renderer.get();
        return renderer;
    }
    std::vector<std::uint8_t> picture() const { return renderer_->read_pixels(kWidth, kHeight); }
    void expect_equals_full_drawing(const std::string& when) {
        const std::vector<std::uint8_t> kept = picture();
        renderer_->forget();
        EXPECT_TRUE(renderer_->draw(kWidth, kHeight)) << when;
        // Not EXPECT_EQ, which would print both.
        EXPECT_TRUE(kept == picture()) << when;
    }

    static inline VirtualDisplay* display_ = nullptr;
    std::unique_ptr<Window> window_;
    std::unique_ptr<TextEngine> text_ = TextEngine::create().value();
    Renderer* renderer_ = nullptr;
};

TEST_P(DrawnTest, WhateverCameBeforeThePictureIsThatOfTheLastFrame) {
    const Pack pack = load_pack(kRoot / "assets/packs/tsurumi-r4").value();
    const Strings strings = Strings::load(kRoot / "assets/strings", pack.plan.languages).value();
    Stage stage(pack, strings, *text_, {.width = kWidth, .height = kHeight, .seed = 3});
    const auto renderer = begin_rendering();
    ManualClock clock(Milliseconds{1'650'000'000'000});
    int frames = 0, changes = 0;
    StageScene scene(stage, [&] {
        const Now now{clock.monotonic(), clock.wall()};
        if (stage.take_response()) stage.saved(now);
        stage.frame(now);
        changes += renderer_->draw(kWidth, kHeight);
        // Most frames follow one another, as they do for people.
        if (++frames % 7 == 0) expect_equals_full_drawing("frame " + std::to_string(frames));
    });
    Robot robot(scene, clock, 11, Crowd::Invited);
    ASSERT_TRUE(robot.visit());
    EXPECT_EQ(robot.statistics().finished, 1);
    expect_equals_full_drawing("the end");
    EXPECT_GT(frames, 60);
    EXPECT_GT(changes, 30);
}

TEST_P(DrawnTest, AFrameThatChangesNothingDrawsNothing) {
    ImGuiContextScope context(kWidth, kHeight);
    const auto renderer = begin_rendering();
    const auto build = [&](float x, ImU32 colour) {
        context.begin_frame(0.016f);
        ImGui::GetBackgroundDrawList()->AddRectFilled({x, 10}, {x + 20, 30}, colour);
        context.end_frame();
    };
    build(10, rgb(0x112233));
    EXPECT_TRUE(renderer_->draw(kWidth, kHeight));
    build(10, rgb(0x112233));
    EXPECT_FALSE(renderer_->draw(kWidth, kHeight));
    build(10, rgb(0x112234));
    EXPECT_TRUE(renderer_->draw(kWidth, kHeight));
    build(10.5f, rgb(0x112234));
    EXPECT_TRUE(renderer_->draw(kWidth, kHeight));
    renderer_->forget();
    EXPECT_TRUE(renderer_->draw(kWidth, kHeight));
}

TEST_P(DrawnTest, ARebuiltAtlasIsDrawnWhereTheDrawListsAreAlike) {
    text_ = TextEngine::create(128, 128).value();
    ImGuiContextScope context(kWidth, kHeight);
    const auto renderer = begin_rendering();
    TextStyle style;
    style.px = 60;
    const auto build = [&](const char* word) {
        context.begin_frame(0.016f);
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        text_->draw(list, text_->layout(word, style, 0), {20, 20}, rgb(0xFFFFFF));
        context.end_frame();
        return renderer_->draw(kWidth, kHeight);
    };
    EXPECT_TRUE(build("一"));
    text_->rebuild_atlas();
    // Of another shape: it takes the place of the first, in the atlas and on the screen.
    EXPECT_TRUE(build("三"));
    expect_equals_full_drawing("after the atlas was rebuilt");
    text_->rebuild_atlas();
    EXPECT_TRUE(build("三")) << "an atlas that is new may hold anything";
}

TEST_P(DrawnTest, TheScreenShowsThePicture) {
    ImGuiContextScope context(kWidth, kHeight);
    const auto renderer = begin_rendering();
    for (int i = 0; i < 4; ++i) {
        context.begin_frame(0.016f);
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        fill_gradient(list, {0, 0, kWidth, kHeight}, rgb(0xFFF8EC), rgb(0xFBE9D2), 0);
        soft_shadow(list, {60.f + 90 * i, 200, 120, 300}, 20, 6, 30, IM_COL32(107, 58, 20, 60));
        draw_face(list, {120.f + 90 * i, 300}, 50, i, rgb(0xB7D37C), rgb(0x33272A));
        context.end_frame();
        if (renderer_->draw(kWidth, kHeight)) window_->present();
        window_->wait(Milliseconds{50});
    }
    bool is_shown = false;
    for (int i = 0; i < 40 && !is_shown; ++i) {
        window_->wait(Milliseconds{50});
        is_shown = screen_pixels() == picture();
    }
    EXPECT_TRUE(is_shown);
}

INSTANTIATE_TEST_SUITE_P(By, DrawnTest, testing::Values(Drawing::Cpu, Drawing::OpenGl),
                         [](const auto& about) {
                             return about.param == Drawing::Cpu ? "Cpu" : "OpenGl";
                         });

TEST(DamageTest, FarApartPartsStayApartAndThereAreFew) {
    ImGuiContextScope context(2000, 2000);
    Damage damage;
    const auto parts_of = [&](int moved) {
        context.begin_frame(0.016f);
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        for (int i = 0; i < 40; ++i) {
            const ImVec2 at = {static_cast<float>(i % 7 * 290), static_cast<float>(i / 7 * 300)};
            const float wide = i < moved ? 20 : 10;
            list.AddRectFilled(at, {at.x + wide, at.y + 10}, ~0u);
        }
        context.end_frame();
        return damage.next(*ImGui::GetDrawData(), 2000, 2000);
    };
    EXPECT_EQ(parts_of(0), (std::vector<PixelRect>{{0, 0, 2000, 2000}}));
    EXPECT_TRUE(parts_of(0).empty());
    const std::vector<PixelRect> two = parts_of(2);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_TRUE(intersection(two[0], two[1]).empty());
    EXPECT_EQ(parts_of(0).size(), 2u);
    EXPECT_LE(parts_of(40).size(), 12u);
}

}  // namespace
}  // namespace machikoe
