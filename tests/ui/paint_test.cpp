// Paint: shadows, gradients, faces and the town; geometry only, without a window.
#include "app/ui/paint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "app/ui/imgui_context.h"

namespace machikoe {
namespace {

class PaintTest : public testing::Test {
  protected:
    PaintTest() : context_(1080, 1920) {
        context_.begin_frame(0.016f);
        list_ = ImGui::GetForegroundDrawList();
    }
    ~PaintTest() override { context_.end_frame(); }

    static int alpha_of(const ImDrawVert& vertex) {
        return static_cast<int>(vertex.col >> IM_COL32_A_SHIFT);
    }
    /// What one face adds, relative to its centre.
    std::vector<ImVec2> face(int mood) {
        const int from = list_->VtxBuffer.Size;
        draw_face(*list_, {500, 500}, 100, mood, rgb(0xF6D37A), rgb(0x33272A));
        std::vector<ImVec2> points;
        for (int i = from; i < list_->VtxBuffer.Size; ++i) {
            points.push_back(list_->VtxBuffer[i].pos);
        }
        return points;
    }

    ImGuiContextScope context_;
    ImDrawList* list_ = nullptr;
};

TEST_F(PaintTest, NothingIsDrawnForAnEmptyRectangle) {
    soft_shadow(*list_, {10, 10, 0, 40}, 8, 4, 10, IM_COL32_BLACK);
    soft_shadow(*list_, {10, 10, 40, 40}, 8, 4, 0, IM_COL32_BLACK);
    draw_town(*list_, {0, 0, 0, 0});
    EXPECT_EQ(list_->VtxBuffer.Size, 0);
}

TEST_F(PaintTest, AShadowFadesOutwardsToNothing) {
    const Rect rect{200, 200, 300, 120};
    soft_shadow(*list_, rect, 60, 14, 34, IM_COL32(107, 58, 20, 200));
    float before = 1000;
    for (int ring = 0; ring < 7; ++ring) {
        const int first = alpha_of(list_->VtxBuffer[ring * 28]);
        for (int i = 1; i < 28; ++i) {
            EXPECT_EQ(alpha_of(list_->VtxBuffer[ring * 28 + i]), first);
        }
        EXPECT_LT(first, before);
        before = static_cast<float>(first);
    }
    EXPECT_EQ(before, 0);
    for (const ImDrawVert& vertex : list_->VtxBuffer) {
        EXPECT_GE(vertex.pos.x, rect.x - 34.1f);
        EXPECT_LE(vertex.pos.y, rect.bottom() + 14 + 34.1f);
    }
}

TEST_F(PaintTest, AGradientRunsFromTopToBottomAndKeepsItsSoftEdge) {
    fill_gradient(*list_, {100, 100, 200, 100}, rgb(0xFF0000), rgb(0x0000FF), 20);
    bool soft = false;
    for (const ImDrawVert& vertex : list_->VtxBuffer) {
        if (vertex.pos.y < 102) {
            EXPECT_GT(vertex.col >> IM_COL32_R_SHIFT & 255, 240u);
        }
        if (vertex.pos.y > 198) {
            EXPECT_GT(vertex.col >> IM_COL32_B_SHIFT & 255, 240u);
        }
        soft = soft || alpha_of(vertex) == 0;
    }
    EXPECT_TRUE(soft);
}

TEST_F(PaintTest, ColoursMixByChannel) {
    EXPECT_EQ(mix(rgb(0x000000), rgb(0xFF8040), 0.5f), rgb(0x804020));
    EXPECT_EQ(mix(rgb(0x123456), rgb(0xFFFFFF), -3), rgb(0x123456));
    EXPECT_EQ(with_alpha(IM_COL32(1, 2, 3, 200), 0.5f), IM_COL32(1, 2, 3, 100));
}

TEST_F(PaintTest, EveryFaceHasAShapeOfItsOwn) {
    std::vector<std::vector<ImVec2>> faces;
    for (int mood = 0; mood < 5; ++mood) {
        faces.push_back(face(mood));
        for (const ImVec2 point : faces.back()) {
            EXPECT_LE(std::hypot(point.x - 500, point.y - 500), 101.5f) << mood;
        }
    }
    for (std::size_t a = 0; a < faces.size(); ++a) {
        for (std::size_t b = a + 1; b < faces.size(); ++b) {
            bool same = faces[a].size() == faces[b].size();
            for (std::size_t i = 0; same && i < faces[a].size(); ++i) {
                same = faces[a][i].x == faces[b][i].x && faces[a][i].y == faces[b][i].y;
            }
            EXPECT_FALSE(same) << a << " and " << b;
        }
    }
    EXPECT_EQ(face(-7).size(), faces[0].size());
    EXPECT_EQ(face(99).size(), faces[4].size());
}

TEST_F(PaintTest, BubblesOfTheTownStayApartAndInside) {
    for (const Rect area :
         {Rect{0, 0, 1080, 1920}, Rect{0, 600, 1080, 1320}, Rect{0, 0, 1920, 1080},
          Rect{0, 400, 3840, 1760}, Rect{40, 40, 600, 900}}) {
        const auto bubbles = town_bubbles(area);
        for (std::size_t i = 0; i < bubbles.size(); ++i) {
            const Rect& box = bubbles[i].box;
            EXPECT_GE(box.x, area.x);
            EXPECT_LE(box.right(), area.right());
            EXPECT_GE(box.y, area.y);
            EXPECT_GT(bubbles[i].tail.y, box.bottom());
            EXPECT_LT(bubbles[i].tail.y, area.bottom());
            for (std::size_t j = i + 1; j < bubbles.size(); ++j) {
                const Rect& other = bubbles[j].box;
                EXPECT_TRUE(box.right() < other.x || other.right() < box.x ||
                            box.bottom() < other.y || other.bottom() < box.y);
            }
        }
    }
}

TEST_F(PaintTest, TheTownIsClippedToItsAreaAndCoversTheGround) {
    const Rect area{100, 300, 800, 1000};
    draw_town(*list_, area);
    int drawn = 0;
    for (const ImDrawCmd& command : list_->CmdBuffer) {
        if (command.ElemCount == 0) continue;
        ++drawn;
        EXPECT_GE(command.ClipRect.x, area.x);
        EXPECT_GE(command.ClipRect.y, area.y);
        EXPECT_LE(command.ClipRect.z, area.right());
        EXPECT_LE(command.ClipRect.w, area.bottom());
    }
    EXPECT_EQ(drawn, 1);
    bool left = false, right = false;
    for (const ImDrawVert& vertex : list_->VtxBuffer) {
        if (vertex.pos.y < area.bottom()) continue;
        left = left || vertex.pos.x <= area.x;
        right = right || vertex.pos.x >= area.right();
    }
    EXPECT_TRUE(left && right);
}

}  // namespace
}  // namespace machikoe
