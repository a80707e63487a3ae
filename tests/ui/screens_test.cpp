// Screens: what holds for every screen in every language, shape and setting.
#include <algorithm>
#include <set>

#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

class ScreensTest : public StageTest {
  protected:
    /// Shows every scene with these settings and calls `check(name)` for each.
    template <class Check>
    void for_each_scene(const Settings& settings, Check check) {
        const std::string shape = std::to_string(width_) + "x" + std::to_string(height_);
        const std::string suffix = "-" + std::string(tag_of(settings.language)) + "-" + shape;
        for (const PreparedScreen& prepared :
             prepared_screens(pack_, settings, clock_.monotonic())) {
            Visit visit = prepared.visit;
            for (bool is_more = true; is_more; ++visit.page, ++visit.step) {
                stage_->show(visit, prepared.staff, prepared.place);
                frame();
                check(prepared.name + suffix + "-" + std::to_string(visit.page));
                const Node* more = find("page-more");
                is_more = more != nullptr && more->enabled && visit.page < 30;
            }
        }
    }
    template <class Check>
    void for_each_screen(Check check) {
        for (const auto& [width, height] :
             {std::pair{1080, 1920}, {1920, 1080}, {1280, 800}, {2160, 3840}}) {
            put_on(width, height);
            for (const Language language : pack_.plan.languages)
                for_each_scene({.language = language}, check);
        }
    }
    float unit() const { return static_cast<float>(std::min(width_, height_)) / 1080; }
};

TEST_F(ScreensTest, EverythingCanBeRead) {
    for_each_screen([&](const std::string& name) {
        for (const std::string& fault : stage_->faults()) ADD_FAILURE() << name << ": " << fault;
    });
}

TEST_F(ScreensTest, EverythingCanBeReadAtEverySizeAndInEveryTheme) {
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}, {1280, 800}}) {
        put_on(width, height);
        for (const TextSize size : {TextSize::Small, TextSize::Large, TextSize::Largest})
            for_each_scene({.text_size = size, .theme = ThemeChoice::YellowOnBlack},
                           [&](const std::string& name) {
                               for (const std::string& fault : stage_->faults())
                                   ADD_FAILURE() << name << ": " << fault;
                           });
    }
}

TEST_F(ScreensTest, TargetsAreLargeEnoughForEveryFinger) {
    for_each_screen([&](const std::string& name) {
        for (const Node& node : stage_->nodes()) {
            if (!is_target(node)) continue;
            EXPECT_GE(node.bounds.w, 73 * unit()) << name << " " << node.id;
            EXPECT_GE(node.bounds.h, 73 * unit()) << name << " " << node.id;
        }
    });
}

TEST_F(ScreensTest, TargetsDoNotOverlap) {
    for_each_screen([&](const std::string& name) {
        const auto& nodes = stage_->nodes();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            for (std::size_t j = i + 1; j < nodes.size(); ++j) {
                if (!is_target(nodes[i]) || !is_target(nodes[j])) continue;
                EXPECT_FALSE(overlap(nodes[i].bounds, nodes[j].bounds))
                    << name << " " << nodes[i].id << " " << nodes[j].id;
            }
        }
    });
}

TEST_F(ScreensTest, EverythingIsNamedOnceAndInsideTheScreen) {
    for_each_screen([&](const std::string& name) {
        std::set<std::string> ids;
        EXPECT_GE(stage_->nodes().size(), 3u) << name;
        for (const Node& node : stage_->nodes()) {
            EXPECT_FALSE(node.name.empty()) << name << " " << node.id;
            EXPECT_EQ(node.name.find('|'), std::string::npos) << name << " " << node.name;
            EXPECT_TRUE(ids.insert(node.id).second) << name << " " << node.id;
            EXPECT_GE(node.bounds.x, 0) << name << " " << node.id;
            EXPECT_GE(node.bounds.y, 0) << name << " " << node.id;
            EXPECT_LE(node.bounds.right(), static_cast<float>(width_)) << name << " " << node.id;
            EXPECT_LE(node.bounds.bottom(), static_cast<float>(height_)) << name << " " << node.id;
        }
    });
}

TEST_F(ScreensTest, EveryLanguageIsWithinReach) {
    for_each_screen([&](const std::string& name) {
        if (stage_->visit().screen == Screen::Saving) return;
        // These fill the glass; what there is to read on them is there in every language.
        for (const char* bare :
             {"sleep", "staff-paused", "staff-touch-test", "staff-screen-test", "staff-cleaning"})
            if (name.starts_with(bare)) return;
        for (const Language language : pack_.plan.languages) {
            const std::string tag(tag_of(language));
            // "languages" is the globe that opens all of them.
            EXPECT_TRUE(see("language:" + tag) || see("choose:" + tag) || see("languages")) << name;
        }
    });
}

TEST_F(ScreensTest, ReadingOnTurnsEveryPageOfTheOfficialText) {
    tap("begin");
    tap("choose:ja");
    tap("length:everything");
    tap("issue:parks");
    tap("official");
    std::string read;
    for (int page = 0; page < 40; ++page) {
        for (const Node& node : stage_->nodes())
            if (node.id.starts_with("official:remaining0") &&
                node.id.find(":", std::string("official:").size()) == std::string::npos)
                read += node.name;
        if (!find("page-more")->enabled) break;
        tap("page-more");
    }
    EXPECT_EQ(read, pack_.plan.issues.front().remaining.front().official);
}

TEST_F(ScreensTest, TheBudgetIsSaidToBeThatOfTheActionAlone) {
    tap("begin");
    tap("choose:en");
    tap("length:everything");
    tap("issue:parks");
    EXPECT_TRUE(see("1,000 yen: this is the budget of this action alone."));
}

TEST_F(ScreensTest, WhatWasAnsweredIsMarkedOnItsCard) {
    stage_->show(prepared_visit(pack_, {.language = Language::En}, clock_.monotonic()));
    frame();
    EXPECT_EQ(find("issue:parks")->value, "Answered");
    EXPECT_EQ(find("issue:buses")->value, "");
    EXPECT_TRUE(find("finish")->enabled);
}

}  // namespace
}  // namespace machikoe
