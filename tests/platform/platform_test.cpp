// Window and renderer on a display of their own (Xvfb), with a pointer moved by xdotool.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "app/platform/renderer.h"
#include "app/platform/window.h"
#include "app/ui/imgui_context.h"
#include "app/ui/paint.h"
#include "tests/platform/virtual_display.h"

// The graphics driver is unloaded before leaks are counted, and what it never gives back then
// has no name that a suppression could match.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}

namespace machikoe {
namespace {

struct Seen {
    PointerKind kind;
    float x, y;
};

class WindowTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        display_ = new VirtualDisplay("640x480x24");
        ::setenv("DISPLAY", display_->name().c_str(), 1);
    }
    static void TearDownTestSuite() { delete display_; }
    void SetUp() override { ASSERT_FALSE(display_->name().empty()) << "Xvfb does not start"; }

    static void do_pointer(const std::string& arguments) {
        ASSERT_EQ(std::system(("xdotool " + arguments).c_str()), 0);
    }

    static inline VirtualDisplay* display_ = nullptr;
};

TEST(PictureTest, APictureOfAnotherSizeThanItsPixelsIsInvalid) {
    EXPECT_EQ(save_png("/tmp/never.png", 2, 2, {1, 2, 3}).error().code, ErrorCode::Invalid);
    EXPECT_EQ(save_png("/tmp/never.png", -1, -1, {1, 2, 3}).error().code, ErrorCode::Invalid);
    EXPECT_FALSE(std::filesystem::exists("/tmp/never.png"));
}

TEST(PictureTest, APictureThatCannotBeWrittenIsUnavailable) {
    EXPECT_EQ(save_png("/nowhere/at/all.png", 1, 1, {1, 2, 3}).error().code,
              ErrorCode::Unavailable);
}

TEST(PictureTest, APictureIsAPng) {
    const auto path = std::filesystem::temp_directory_path() / "machikoe-platform-test.png";
    ASSERT_TRUE(save_png(path, 1, 2, {1, 2, 3, 4, 5, 6}));
    std::ifstream file(path, std::ios::binary);
    std::string head(4, ' ');
    file.read(head.data(), 4);
    EXPECT_EQ(head, "\x89PNG");
    std::filesystem::remove(path);
}

TEST(DisplayTest, WithoutADisplayThereIsNoWindow) {
    ::unsetenv("DISPLAY");
    const auto window = Window::create({});
    ASSERT_FALSE(window);
    EXPECT_EQ(window.error().code, ErrorCode::Unavailable);
}

TEST_F(WindowTest, AFullScreenWindowHasTheSizeOfItsMonitor) {
    WindowOptions options;
    options.monitor = 7;  // not there: the primary one
    const auto window = Window::create(options);
    ASSERT_TRUE(window) << window.error().message;
    EXPECT_EQ((*window)->width(), 640);
    EXPECT_EQ((*window)->height(), 480);
    EXPECT_TRUE((*window)->take_damage());
    EXPECT_FALSE((*window)->take_damage());
}

TEST_F(WindowTest, ATapArrivesWithThePositionItHappenedAt) {
    const auto window = Window::create({});
    ASSERT_TRUE(window) << window.error().message;
    std::vector<Seen> seen;
    (*window)->on_pointer([&](PointerKind kind, float x, float y) {
        seen.push_back({kind, x, y});
    });
    (*window)->present();
    (*window)->wait(Milliseconds{200});
    // The pointer moves on before the program looks.
    do_pointer("mousemove 100 200 mousedown 1 mouseup 1 mousemove 500 50");
    for (int i = 0; i < 20 && (seen.empty() || seen.back().kind != PointerKind::Up); ++i) {
        (*window)->wait(Milliseconds{100});
    }
    std::vector<Seen> edges;
    for (const Seen& event : seen) {
        if (event.kind != PointerKind::Move) edges.push_back(event);
    }
    ASSERT_EQ(edges.size(), 2u);
    EXPECT_EQ(edges[0].kind, PointerKind::Down);
    EXPECT_EQ(edges[1].kind, PointerKind::Up);
    for (const Seen& edge : edges) {
        EXPECT_FLOAT_EQ(edge.x, 100);
        EXPECT_FLOAT_EQ(edge.y, 200);
    }
}

TEST_F(WindowTest, EscapeClosesOnlyInDevelopment) {
    for (const bool development : {false, true}) {
        WindowOptions options;
        options.development = development;
        const auto window = Window::create(options);
        ASSERT_TRUE(window) << window.error().message;
        (*window)->present();
        (*window)->wait(Milliseconds{200});
        do_pointer("key Escape");
        for (int i = 0; i < 5 && !(*window)->closing(); ++i) (*window)->wait(Milliseconds{100});
        EXPECT_EQ((*window)->closing(), development);
    }
}

TEST_F(WindowTest, AnotherThreadEndsTheWait) {
    const auto window = Window::create({});
    ASSERT_TRUE(window) << window.error().message;
    (*window)->present();
    for (int i = 0; i < 5; ++i) (*window)->wait(Milliseconds{20});
    const auto begin = std::chrono::steady_clock::now();
    std::thread waker([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        (*window)->wake();
    });
    (*window)->wait(Milliseconds{20'000});
    waker.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(WindowTest, FramesAreAtLeastASixtiethApart) {
    const auto window = Window::create({});
    ASSERT_TRUE(window) << window.error().message;
    (*window)->present();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 12; ++i) {
        (*window)->wait(Milliseconds{0});
        (*window)->present();
    }
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(190));
}

TEST_F(WindowTest, WhatIsDrawnCanBeReadBack) {
    const auto window = Window::create({});
    ASSERT_TRUE(window) << window.error().message;
    auto text = TextEngine::create().value();
    ImGuiContextScope context(640, 480);
    const auto renderer = Renderer::create(**window, *text);
    ASSERT_TRUE(renderer) << renderer.error().message;
    EXPECT_FALSE((*renderer)->description().empty());

    TextStyle style;
    style.px = 100;
    // Two frames: the second one uploads only the part of the atlas that changed.
    for (const char* word : {"一", "二"}) {
        context.begin_frame(0.016f);
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        fill_rounded(list, {0, 0, 640, 240}, rgb(0x204060), 0);
        text->draw(list, text->layout(word, style, 0), {200, 60}, rgb(0xFF8000));
        context.end_frame();
        (*renderer)->draw(640, 480);
        EXPECT_GE(text->atlas().dirty_x0, text->atlas().dirty_x1);
    }
    const std::vector<std::uint8_t> pixels = (*renderer)->read_pixels(640, 480);
    ASSERT_EQ(pixels.size(), 640u * 480 * 3);
    const auto pixel = [&](int x, int y) {
        const auto at = static_cast<std::size_t>(y * 640 + x) * 3;
        return pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
    };
    EXPECT_EQ(pixel(5, 5), 0x204060);
    EXPECT_EQ(pixel(5, 475), 0x000000);
    int inked = 0;
    for (int y = 60; y < 200; ++y) inked += pixel(250, y) == 0xFF8000;
    EXPECT_GT(inked, 6);  // two strokes
    EXPECT_LT(inked, 40);
}

}  // namespace
}  // namespace machikoe
