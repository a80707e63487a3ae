// Drawn text: quads, the atlas and the cache; with an ImGui context, without a window.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_context.h"
#include "app/ui/text.h"

namespace machikoe {
namespace {

class DrawnTextTest : public testing::Test {
  protected:
    DrawnTextTest() : context_(800, 600) {}

    /// Draws one frame of texts; the number of vertices.
    template <class Draw>
    int frame(Draw draw) {
        context_.begin_frame(0.016f);
        ImDrawList& list = *ImGui::GetForegroundDrawList();
        const int before = list.VtxBuffer.Size;
        draw(list);
        const int count = list.VtxBuffer.Size - before;
        context_.end_frame();
        return count;
    }

    ImGuiContextScope context_;
};

TEST_F(DrawnTextTest, EachGlyphIsOneQuadOnWholePixels) {
    auto engine = TextEngine::create().value();
    frame([&](ImDrawList& list) {
        const TextBlock& block = engine->layout("町の未来", {}, 0);
        engine->draw(list, block, {10.4f, 20.6f}, 0xFFFFFFFF);
        EXPECT_EQ(list.VtxBuffer.Size, 16);
        for (const ImDrawVert& vertex : list.VtxBuffer) {
            EXPECT_FLOAT_EQ(vertex.pos.x, std::round(vertex.pos.x));
            EXPECT_FLOAT_EQ(vertex.pos.y, std::round(vertex.pos.y));
        }
    });
    const AtlasView view = engine->atlas();
    EXPECT_LT(view.dirty_x0, view.dirty_x1);
    EXPECT_TRUE(std::any_of(view.pixels, view.pixels + view.width * view.height,
                            [](std::uint8_t pixel) { return pixel > 200; }));
    engine->atlas_uploaded();
    EXPECT_GE(engine->atlas().dirty_x0, engine->atlas().dirty_x1);
}

TEST_F(DrawnTextTest, TextsInARowAreOneDrawCall) {
    auto engine = TextEngine::create().value();
    engine->set_texture((ImTextureID)(std::intptr_t)7);
    frame([&](ImDrawList& list) {
        for (int i = 0; i < 20; ++i) {
            engine->draw(list, engine->layout("町の未来", {}, 0), {0, 30.f * i}, 0xFFFFFFFF);
        }
        int with_elements = 0;
        for (const ImDrawCmd& command : list.CmdBuffer) with_elements += command.ElemCount > 0;
        EXPECT_EQ(with_elements, 1);
    });
}

TEST_F(DrawnTextTest, AFullAtlasSaysSoAndServesAgainAfterRebuilding) {
    auto engine = TextEngine::create(128, 128).value();
    const auto draw = [&](std::string_view text) {
        return frame([&](ImDrawList& list) {
            engine->draw(list, engine->layout(text, {}, 0), {0, 0}, 0xFFFFFFFF);
        });
    };
    EXPECT_EQ(draw("町の未来"), 16);
    EXPECT_FALSE(engine->atlas_full());
    EXPECT_LT(draw("一二三四五六七八九十百千万億兆京町区市村道路"), 88);
    EXPECT_TRUE(engine->atlas_full());
    EXPECT_EQ(draw("未来"), 8);  // what had a place keeps it
    engine->rebuild_atlas();
    EXPECT_FALSE(engine->atlas_full());
    EXPECT_EQ(engine->atlas().dirty_x1, 128);
    EXPECT_EQ(draw("道路村市"), 16);
}

TEST_F(DrawnTextTest, AGlyphLargerThanTheAtlasIsLeftOut) {
    auto engine = TextEngine::create(64, 64).value();
    TextStyle style;
    style.px = 200;
    EXPECT_EQ(frame([&](ImDrawList& list) {
                  engine->draw(list, engine->layout("町", style, 0), {0, 0}, 0xFFFFFFFF);
              }),
              0);
    EXPECT_FALSE(engine->atlas_full());
}

TEST_F(DrawnTextTest, TheCacheIsBounded) {
    auto engine = TextEngine::create().value();
    const TextBlock* first = nullptr;
    frame([&](ImDrawList&) {
        first = &engine->layout("町", {}, 0);
        for (int i = 0; i < 5000; ++i) engine->layout(std::to_string(i), {}, 0);
        EXPECT_EQ(&engine->layout("町", {}, 0), first);  // not within the frame
    });
    int made_again = 0;
    frame([&](ImDrawList&) {
        made_again = engine->layout("町", {}, 0).lines;
        engine->layout("0", {}, 0);
    });
    EXPECT_EQ(made_again, 1);
}

TEST_F(DrawnTextTest, AnIconIsDrawnByName) {
    auto engine = TextEngine::create().value();
    for (const char* name : {"school", "directions_bus", "flood", "park", "volunteer_activism",
                             "elderly", "touch_app", "language"}) {
        EXPECT_TRUE(engine->has_icon(name)) << name;
    }
    EXPECT_FALSE(engine->has_icon("no such icon"));
    frame([&](ImDrawList& list) {
        EXPECT_FALSE(engine->draw_icon(list, "", {0, 0}, 40, 0xFFFFFFFF));
        EXPECT_EQ(list.VtxBuffer.Size, 0);
        EXPECT_TRUE(engine->draw_icon(list, "crop_square", {100, 100}, 40, 0xFFFFFFFF));
        ASSERT_EQ(list.VtxBuffer.Size, 4);
        EXPECT_NEAR((list.VtxBuffer[0].pos.x + list.VtxBuffer[2].pos.x) / 2, 100, 1);
        EXPECT_NEAR((list.VtxBuffer[0].pos.y + list.VtxBuffer[2].pos.y) / 2, 100, 1);
    });
}

}  // namespace
}  // namespace machikoe
