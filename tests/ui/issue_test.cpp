// Issue: pictures, the budget for each resident, words that explain themselves.
#include <algorithm>
#include <chrono>

#include "app/ui/imgui_context.h"
#include "app/ui/issue_pictures.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

constexpr IssuePicture kPictures[] = {IssuePicture::Neighbours, IssuePicture::Families,
                                      IssuePicture::Learning, IssuePicture::Readiness,
                                      IssuePicture::Gathering};

class IssueTest : public StageTest {
  protected:
    IssueTest() {
        pack_.plan.fiscal_year = "2022";
        Issue& issue = pack_.plan.issues.front();
        issue.action.budget_thousand_yen = 5423;
        issue.picture = IssuePicture::Families;
    }
    void with_residents(std::int64_t number) {
        pack_.plan.residents = Residents{number, "住民基本台帳", "2022-04-01"};
    }
    void show_issue(int page, Settings settings = {.language = Language::En}) {
        Visit visit;
        visit.screen = Screen::Issue;
        visit.section = pack_.plan.issues.front().id;
        visit.settings = settings;
        visit.page = page;
        visit.last_input = visit.entered = clock_.monotonic();
        stage_->show(visit);
        frame();
    }
    /// The node on whichever page it is; nullptr when it is on none.
    const Node* on_any_page(std::string_view id) {
        for (int page = 0; page < 9; ++page) {
            show_issue(page);
            if (const Node* node = find(id)) return node;
        }
        return nullptr;
    }
};

TEST_F(IssueTest, WithoutResidentsNothingIsDivided) {
    EXPECT_EQ(on_any_page("action:sum"), nullptr);
    const Node* note = on_any_page("action:note");
    ASSERT_NE(note, nullptr);
    EXPECT_EQ(note->name, "5,423,000 yen: this is the budget of this action alone.");
}

TEST_F(IssueTest, TheArithmeticIsShownWithItsSource) {
    with_residents(20'000);
    const Node* sum = on_any_page("action:sum");
    ASSERT_NE(sum, nullptr);
    EXPECT_EQ(sum->name, "5,423,000 yen ÷ 20,000 residents = about 271 yen each");
    EXPECT_EQ(on_any_page("action:sum:source")->name,
              "Number of residents: as of 2022-04-01. Source:");
    EXPECT_EQ(on_any_page("action:sum:source-ja")->name, "住民基本台帳");
    EXPECT_EQ(on_any_page("action:note"), nullptr);
}

TEST_F(IssueTest, YenAreRoundedHalfUp) {
    EXPECT_EQ(yen_per_resident(5423, 20'000), 271);
    EXPECT_EQ(yen_per_resident(1, 2000), 1);
    EXPECT_EQ(yen_per_resident(1, 2001), 0);
    EXPECT_EQ(yen_per_resident(3, 2000), 2);
    EXPECT_EQ(yen_per_resident(1'000'000'000'000, 1), 1'000'000'000'000'000);
}

TEST_F(IssueTest, EveryPageCanBeReadWithPictureAndBudgetAtEverySize) {
    with_residents(20'000);
    for (const auto& [width, height] :
         {std::pair{1080, 1920}, {1920, 1080}, {1280, 800}, {2160, 3840}}) {
        put_on(width, height);
        for (const Language language : pack_.plan.languages)
            for (const TextSize size : {TextSize::Small, TextSize::Standard, TextSize::Largest})
                for (int page = 0; page < 5; ++page) {
                    show_issue(page, {.language = language,
                                      .text_size = size,
                                      .theme = ThemeChoice::YellowOnBlack});
                    for (const std::string& fault : stage_->faults())
                        ADD_FAILURE()
                            << width << "x" << height << " page " << page << ": " << fault;
                }
    }
}

TEST_F(IssueTest, AWordInTheTextExplainsItself) {
    show_issue(0);
    EXPECT_TRUE(see("words:hint"));
    const Node* word = find("word:park");
    ASSERT_NE(word, nullptr);
    EXPECT_EQ(word->name, "Park");
    tap("word:park");
    EXPECT_EQ(overlay(), Overlay::Word);
    EXPECT_EQ(stage_->visit().word, "park");
    tap("close");
    EXPECT_EQ(overlay(), Overlay::None);
    EXPECT_EQ(screen(), Screen::Issue);
}

TEST_F(IssueTest, AWordIsAFingerWideAndMarkedOnce) {
    for (const Language language : pack_.plan.languages) {
        show_issue(0, {.language = language});
        const auto count = std::ranges::count_if(
            stage_->nodes(), [](const Node& node) { return node.id == "word:park"; });
        EXPECT_EQ(count, 1) << tag_of(language);  // the text has it six times
        const Node* text = find("overview");
        const Node* word = find("word:park");
        ASSERT_TRUE(text && word);
        EXPECT_GE(word->bounds.w * 0.2745f, 20);
        EXPECT_GE(word->bounds.h * 0.2745f, 20);
        // Where the word stands: the text begins with it.
        EXPECT_NEAR(word->bounds.centre().y, text->bounds.y + text->bounds.h / 12, 40);
        EXPECT_LT(word->bounds.x, text->bounds.x + 60);
    }
}

TEST_F(IssueTest, WhereNoWordIsThereIsNoHint) {
    pack_.plan.glossary.clear();
    show_issue(0);
    EXPECT_FALSE(see("words:hint"));
}

class PictureTest : public testing::Test {
  protected:
    ImDrawList& begin() {
        imgui_.begin_frame(0.016f);
        return *ImGui::GetBackgroundDrawList();
    }
    ImGuiContextScope imgui_{1080, 1920};
    const Rect area_{60, 100, 900, 380};
    const PictureLook colourful_{.sky_top = rgb(0xFFF1E0), .sky_bottom = rgb(0xFFFFFF)};
};

TEST_F(PictureTest, EachIsAPictureOfItsOwn) {
    std::vector<int> sizes;
    for (const IssuePicture picture : kPictures) {
        ImDrawList& list = begin();
        const int before = list.VtxBuffer.Size;
        draw_issue_picture(list, area_, picture, colourful_);
        sizes.push_back(list.VtxBuffer.Size - before);
        EXPECT_GT(sizes.back(), 500) << name_of(picture);
        imgui_.end_frame();
    }
    std::ranges::sort(sizes);
    EXPECT_EQ(std::ranges::unique(sizes).size(), 0u);
}

TEST_F(PictureTest, WithoutRoomNothingIsDrawn) {
    ImDrawList& list = begin();
    const int before = list.VtxBuffer.Size;
    draw_issue_picture(list, {0, 0, 0, 380}, IssuePicture::Learning, colourful_);
    EXPECT_EQ(list.VtxBuffer.Size, before);
    imgui_.end_frame();
}

TEST_F(PictureTest, TheFlatLookHasNoColoursButItsOwn) {
    for (const IssuePicture picture : kPictures) {
        ImDrawList& list = begin();
        const int before = list.VtxBuffer.Size;
        draw_issue_picture(list, area_, picture,
                           {.flat = true, .paper = rgb(0x000000), .ink = rgb(0xFFFF00)});
        std::vector<ImU32> colours;
        for (int i = before; i < list.VtxBuffer.Size; ++i) {
            const ImU32 colour = list.VtxBuffer[i].col;
            EXPECT_EQ((colour >> IM_COL32_B_SHIFT) & 255, 0u);
            colours.push_back(colour & ~IM_COL32_A_MASK);
        }
        std::ranges::sort(colours);
        colours.erase(std::ranges::unique(colours).begin(), colours.end());
        EXPECT_GE(colours.size(), 4u) << name_of(picture);
        EXPECT_LE(colours.size(), 5u) << name_of(picture);
        imgui_.end_frame();
    }
}

}  // namespace
}  // namespace machikoe
