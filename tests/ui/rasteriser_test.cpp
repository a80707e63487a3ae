// Draw data to pixels without a graphics processor: coverage, blending, glyphs, pieces.
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "app/ui/imgui_context.h"
#include "app/ui/paint.h"
#include "app/ui/rasteriser.h"

namespace machikoe {
namespace {

constexpr int kWidth = 160, kHeight = 120;
const ImTextureID kAtlas = (ImTextureID)1;

class RasteriserTest : public testing::Test {
  protected:
    RasteriserTest() { text_->set_texture(kAtlas); }

    template <class Draw>
    void build(Draw&& draw) {
        context_.begin_frame(0.016f);
        draw(*ImGui::GetBackgroundDrawList());
        context_.end_frame();
    }
    void paint(const PixelRect& clip = {0, 0, kWidth, kHeight}) {
        rasterise(*ImGui::GetDrawData(), text_->atlas(), kAtlas, canvas_, clip);
    }
    std::uint32_t pixel(int x, int y) const {
        return pixels_[static_cast<std::size_t>(y * kWidth + x)];
    }

    ImGuiContextScope context_{kWidth, kHeight};
    std::unique_ptr<TextEngine> text_ = TextEngine::create().value();
    std::vector<std::uint32_t> pixels_ = std::vector<std::uint32_t>(kWidth * kHeight, 0);
    Canvas canvas_{pixels_.data(), kWidth, kHeight};
};

TEST_F(RasteriserTest, NothingIsDrawnOutsideTheCanvas) {
    build([](ImDrawList& list) {
        list.PushClipRectFullScreen();
        list.AddTriangleFilled({-3e7f, -3e7f}, {3e7f, -50}, {-50, 3e7f}, rgb(0x123456));
        list.AddRectFilled({-100, 100}, {1000, 10'000}, rgb(0xFF0000));
        list.PopClipRect();
    });
    paint({-100, -100, 10'000, 10'000});
    EXPECT_EQ(pixel(0, 0), 0x123456u);
    EXPECT_EQ(pixel(kWidth - 1, kHeight - 1), 0xFF0000u);
}

TEST_F(RasteriserTest, APixelIsCoveredWhenItsCentreIs) {
    build([](ImDrawList& list) { list.AddRectFilled({10.5f, 20.49f}, {12.5f, 21.51f}, ~0u); });
    paint();
    for (int y = 18; y < 24; ++y)
        for (int x = 8; x < 15; ++x) {
            const bool inside = x >= 10 && x < 12 && y >= 20 && y < 22;
            // Left and upper edges belong to the shape, right and lower ones to the neighbour.
            EXPECT_EQ(pixel(x, y), inside ? 0xFFFFFFu : 0u) << x << ' ' << y;
        }
}

TEST_F(RasteriserTest, TrianglesThatShareAnEdgeLeaveNoSeamAndNoDouble) {
    build([](ImDrawList& list) {
        const ImVec2 middle = {61.3f, 57.7f};
        const std::vector<ImVec2> around = {{3.1f, 2.9f},     {90.2f, 0.4f},   {151.7f, 33.3f},
                                            {140.1f, 117.9f}, {30.6f, 110.2f}, {7.7f, 60.1f}};
        const ImU32 half = IM_COL32(255, 255, 255, 128);
        list.PrimReserve(18, 18);
        for (std::size_t i = 0; i < around.size(); ++i)
            for (const ImVec2 point : {middle, around[i], around[(i + 1) % around.size()]})
                list.PrimVtx(point, ImGui::GetFontTexUvWhitePixel(), half);
    });
    paint();
    EXPECT_EQ(std::set<std::uint32_t>(pixels_.begin(), pixels_.end()),
              (std::set<std::uint32_t>{0x000000u, 0x808080u}));
    for (int y = 20; y < 100; ++y) EXPECT_EQ(pixel(61, y), 0x808080u) << y;
}

TEST_F(RasteriserTest, BlendingIsRoundedAndOpaqueIsExact) {
    build([](ImDrawList& list) {
        list.AddRectFilled({0, 0}, {80, 120}, rgb(0xFF8001));
        list.AddRectFilled({40, 0}, {80, 120}, IM_COL32(0, 255, 200, 51));
        list.AddRectFilled({60, 0}, {80, 120}, IM_COL32(9, 9, 9, 0));
    });
    paint();
    EXPECT_EQ(pixel(5, 5), 0xFF8001u);
    EXPECT_EQ(pixel(45, 5), 0xCC9929u);
    EXPECT_EQ(pixel(65, 5), 0xCC9929u);
    EXPECT_EQ(pixel(85, 5), 0u);
}

TEST_F(RasteriserTest, AGradientGoesFromOneColourToTheOther) {
    build([](ImDrawList& list) {
        fill_gradient(list, {0, 0, kWidth, kHeight}, rgb(0x000000), rgb(0xF00000), 0);
    });
    paint();
    EXPECT_LE(pixel(3, 0), 0x020000u);
    EXPECT_GE(pixel(3, kHeight - 1), 0xEE0000u);
    for (int y = 1; y < kHeight; ++y) EXPECT_GT(pixel(80, y), pixel(80, y - 1));
    EXPECT_EQ(pixel(3, 60), pixel(150, 60));
}

TEST_F(RasteriserTest, AGlyphIsItsCoverageInTheColourOfTheText) {
    TextStyle style;
    style.px = 80;
    build([&](ImDrawList& list) {
        text_->draw(list, text_->layout("一", style, 0), {20, 0}, rgb(0x00FF00));
    });
    paint();
    int full = 0, partly = 0;
    for (const std::uint32_t seen : pixels_) {
        EXPECT_EQ(seen & 0xFF00FF, 0u);
        full += seen == 0x00FF00;
        partly += seen != 0x00FF00 && seen != 0;
    }
    EXPECT_GT(full, 100);
    EXPECT_GT(partly, 10);
}

TEST_F(RasteriserTest, APictureInPiecesEqualsThePictureAtOnce) {
    TextStyle style;
    style.px = 30;
    build([&](ImDrawList& list) {
        fill_gradient(list, {0, 0, kWidth, kHeight}, rgb(0xFFF8EC), rgb(0xFBE9D2), 0);
        soft_shadow(list, {20, 20, 100, 60}, 14, 5, 20, IM_COL32(107, 58, 20, 60));
        fill_gradient(list, {20, 20, 100, 60}, rgb(0x2255AA), rgb(0xFFFFFF), 14);
        draw_face(list, {120.3f, 80.6f}, 30, 3, rgb(0xB7D37C), rgb(0x33272A));
        text_->draw(list, text_->layout("区の声 abc", style, 0), {10, 30}, rgb(0x33272A));
    });
    paint();
    const std::vector<std::uint32_t> whole = pixels_;
    std::fill(pixels_.begin(), pixels_.end(), 0);
    for (int y = 0; y < kHeight; y += 13)
        for (int x = 0; x < kWidth; x += 7) paint({x, y, x + 7, y + 13});
    EXPECT_EQ(pixels_, whole);
    EXPECT_GT(std::set<std::uint32_t>(whole.begin(), whole.end()).size(), 100u);
}

}  // namespace
}  // namespace machikoe
