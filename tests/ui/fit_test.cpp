// Fit: words never fall below the size that was chosen, and what is touched is never smaller
// than a finger needs, on any panel.
#include <cmath>

#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

struct Panel {
    int width, height;
    float inches;
    float mm_per_px() const {
        return inches * 25.4f / std::hypot(static_cast<float>(width), static_cast<float>(height));
    }
};
constexpr Panel kSmallPanel{1280, 800, 15.4f};
constexpr Panel kPanels[] = {
    {1080, 1920, 23.8f}, {1920, 1080, 23.8f}, kSmallPanel, {2160, 3840, 43}};
constexpr TextSize kSizes[] = {TextSize::Small, TextSize::Standard, TextSize::Large,
                               TextSize::Largest};

class FitTest : public StageTest {
  protected:
    void put_on(const Panel& panel) {
        stage_.reset();
        stage_ = std::make_unique<Stage>(
            pack_, strings_, *text_,
            StageOptions{
                .width = panel.width, .height = panel.height, .mm_per_px = panel.mm_per_px()});
        frame();
    }
    /// The question on the screen of somebody who reads Japanese in this size.
    Visit asking(TextSize size) {
        Visit visit = prepared_visit(pack_, {.language = Language::Ja, .text_size = size},
                                     clock_.monotonic());
        visit.screen = Screen::Question;
        visit.section = "parks";
        visit.question = "q1";
        visit.answers.clear();
        return visit;
    }
    void ask(TextSize size) {
        stage_->show(asking(size));
        frame();
    }
    /// Of many options, none of which can be left out.
    void offer(std::size_t count) {
        Question& question = pack_.survey.questions.front();
        question.options.clear();
        for (std::size_t i = 0; i < count; ++i)
            question.options.push_back(
                {"o" + std::to_string(i),
                 words("{公園|こうえん}で{遊|あそ}ぶ", "Playing in the park")});
        question.options.back().id = "last";
    }
};

TEST_F(FitTest, NoWordsFallBelowTheirSize) {
    for (const Panel& panel : kPanels) {
        put_on(panel);
        for (const TextSize size : kSizes)
            for (const PreparedScreen& prepared :
                 prepared_screens(pack_, {.text_size = size}, clock_.monotonic())) {
                stage_->show(prepared.visit);
                frame();
                const float cap = stage_->smallest_text() * panel.mm_per_px() * kCapOfEm;
                if (stage_->smallest_text() == 0) continue;  // only what is always standard
                EXPECT_GE(cap, least_cap_mm(size)) << prepared.name << " on " << panel.width;
            }
    }
}

TEST_F(FitTest, SmallIsSmallerThanStandardOnEveryPanel) {
    for (const Panel& panel : kPanels) {
        put_on(panel);
        float before = 0;
        for (const TextSize size : kSizes) {
            ask(size);
            EXPECT_GT(stage_->smallest_text(), before) << panel.width;
            before = stage_->smallest_text();
        }
    }
}

TEST_F(FitTest, AQuestionThatDoesNotFitGoesOntoPages) {
    offer(12);
    put_on(kSmallPanel);
    ask(TextSize::Largest);
    EXPECT_TRUE(see("question"));
    EXPECT_FALSE(see("option:last"));
    EXPECT_FALSE(see("next"));
    for (int page = 0; page < 10 && !see("option:last"); ++page) tap("page-more");
    EXPECT_TRUE(see("option:last"));
    EXPECT_TRUE(see("next"));
}

TEST_F(FitTest, WhatWasChosenOnOnePageIsKeptOnTheOthers) {
    offer(12);
    put_on(kSmallPanel);
    ask(TextSize::Largest);
    tap("page-more");
    ASSERT_TRUE(see("option:o0"));
    tap("option:o0");
    EXPECT_TRUE(find("option:o0")->selected);
    tap("page-more");
    EXPECT_FALSE(see("option:o0"));
    tap("page-back");
    EXPECT_TRUE(find("option:o0")->selected);
    for (int page = 0; page < 10 && !see("next"); ++page) tap("page-more");
    EXPECT_TRUE(find("next")->enabled);
}

TEST_F(FitTest, ItIsOnePageAgainWhenTheWordsAreSmaller) {
    offer(6);
    put_on(kSmallPanel);
    ask(TextSize::Standard);
    EXPECT_TRUE(see("question"));
    EXPECT_TRUE(see("option:last"));
    EXPECT_TRUE(see("next"));
}

}  // namespace
}  // namespace machikoe
