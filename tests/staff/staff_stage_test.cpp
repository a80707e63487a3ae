// The staff mode on the stage: who gets in, what residents see of it, and what is left alone.
#include <algorithm>
#include <set>

#include "app/rehearsal/scenes.h"
#include "app/rehearsal/staff_scenes.h"
#include "app/ui/staff_desk.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

using namespace staff_event;

class StaffStageTest : public StageTest {
  protected:
    void tell(const StaffEvent& news) {
        stage_->staff().tell(news, now());
        frame();
    }
    void touch(float x, float y) {
        clock_.advance(Milliseconds{400});
        down({x, y});
        up({x, y});
        frame();
    }
    void corners() {
        const auto right = static_cast<float>(width_ - 10), low = static_cast<float>(height_ - 10);
        touch(10, 10), touch(right, 10), touch(right, low), touch(10, low);
    }
    void enter() {
        corners();
        tell(PinKept{true});
        tell(Close{});
        corners();
        tell(PinChecked{PinVerdict::Right});
    }
    StaffScreen staff_screen() const { return stage_->staff().staff().screen; }
    void keep(const KioskSettings& settings) { tell(WasKept{true, settings}); }
};

TEST_F(StaffStageTest, TheGestureNeverDisturbsAnAnswer) {
    go_to_question();
    tap("option:some");
    corners();
    EXPECT_EQ(staff_screen(), StaffScreen::Closed);
    EXPECT_FALSE(stage_->visit().answers.empty());
}

TEST_F(StaffStageTest, TheGestureOpensThePadAndClosingLeavesAttract) {
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}}) {
        put_on(width, height);
        corners();
        EXPECT_EQ(staff_screen(), StaffScreen::NewPin);
        EXPECT_EQ(screen(), Screen::Attract);
        EXPECT_TRUE(see("digit:0"));
        tap("quit");
        EXPECT_EQ(staff_screen(), StaffScreen::Closed);
        EXPECT_TRUE(see("begin"));
    }
}

TEST_F(StaffStageTest, ThePinIsTypedByTouchAndIsNotToBeSeen) {
    corners();
    for (const char* digit : {"1", "2", "3", "4", "5", "6"}) tap(std::string("digit:") + digit);
    EXPECT_EQ(find("typed")->name, "●●●●●●");
    tap("confirm");
    EXPECT_EQ(staff_screen(), StaffScreen::RepeatPin);
}

TEST_F(StaffStageTest, AfterAFailedSavingTheResponseWaitsWhileStaffAreThere) {
    Visit failed = prepared_visit(pack_, {}, clock_.monotonic());
    failed.screen = Screen::SaveFailed;
    failed.pending = Response{};
    stage_->show(failed);
    frame();
    enter();
    EXPECT_EQ(staff_screen(), StaffScreen::Menu);
    wait(std::chrono::minutes(4));  // closes by itself
    EXPECT_EQ(staff_screen(), StaffScreen::Closed);
    EXPECT_TRUE(stage_->visit().pending.has_value());
}

TEST_F(StaffStageTest, WhilePausedOnlyTheGestureWorks) {
    KioskSettings settings;
    settings.paused = true;
    keep(settings);
    EXPECT_TRUE(see("soon:ja"));
    touch(540, 900);
    touch(540, 1500);
    EXPECT_EQ(screen(), Screen::Attract);
    corners();
    EXPECT_EQ(staff_screen(), StaffScreen::NewPin);
}

TEST_F(StaffStageTest, TheBannerIsOnEveryScreenOfAnEvent) {
    const Place at_event{"office", "まつり", Universe::Participant};
    const Settings english{.language = Language::En};
    for (const PreparedScreen& scene : prepared_screens(pack_, english, clock_.monotonic())) {
        stage_->show(scene.visit, scene.staff, at_event);
        frame();
        ASSERT_TRUE(see("banner")) << scene.name;
        EXPECT_NE(find("banner")->name.find("まつり"), std::string::npos);
    }
    stage_->show(prepared_visit(pack_, {}, clock_.monotonic()), {}, {});
    frame();
    EXPECT_FALSE(see("banner"));
}

TEST_F(StaffStageTest, PracticeSaysThatAnswersDoNotCount) {
    Place place{"office", "", Universe::Resident};
    place.practice = true;
    stage_->set_place(place);
    frame();
    ASSERT_TRUE(see("banner:practice"));
    EXPECT_NE(find("banner:practice")->name.find("数えません"), std::string::npos);
}

TEST_F(StaffStageTest, AFingerWipesTheCellsItCrosses) {
    enter();
    tell(Go{StaffScreen::Tests});
    tell(Go{StaffScreen::TouchTest});
    push(PointerEvent::Kind::Down, {10, 10});
    frame();
    push(PointerEvent::Kind::Move, {200, 10});
    push(PointerEvent::Kind::Move, {320, 10});
    frame();
    push(PointerEvent::Kind::Up, {320, 10});
    frame();
    push(PointerEvent::Kind::Move, {900, 1800});  // a mouse passing by
    frame();
    EXPECT_EQ(stage_->staff().staff().wiped, (std::set<int>{0, 1, 2}));
}

TEST_F(StaffStageTest, StaffReadInTheirLanguageWithoutTouchingTheResidents) {
    corners();
    tap("language:en");
    EXPECT_TRUE(see("Choose a PIN"));
    EXPECT_EQ(stage_->visit().settings.language, Language::Ja);
}

TEST_F(StaffStageTest, NothingIsDrawnWhileNothingChanges) {
    enter();
    for (int i = 0; i < 20; ++i) wait(Milliseconds{16});
    const auto due = stage_->next_frame_due(now());
    ASSERT_TRUE(due);
    EXPECT_GT(*due - clock_.monotonic(), std::chrono::minutes(2));
}

TEST_F(StaffStageTest, StaffScreensKeepTheRulesOfTheOthers) {
    for (const auto& [width, height] :
         {std::pair{1080, 1920}, {1920, 1080}, {1280, 800}, {2160, 3840}}) {
        put_on(width, height);
        const float least = 73 * static_cast<float>(std::min(width, height)) / 1080;
        for (const Language language : pack_.plan.languages)
            for (const PreparedScreen& scene :
                 staff_screens(pack_, {.language = language}, clock_.monotonic())) {
                stage_->show(scene.visit, scene.staff, scene.place);
                frame();
                const std::string name = scene.name + "-" + std::string(tag_of(language)) + "-" +
                                         std::to_string(width) + "x" + std::to_string(height);
                for (const std::string& fault : stage_->faults())
                    ADD_FAILURE() << name << ": " << fault;
                std::set<std::string> ids;
                const auto& nodes = stage_->nodes();
                for (std::size_t i = 0; i < nodes.size(); ++i) {
                    EXPECT_FALSE(nodes[i].name.empty()) << name << " " << nodes[i].id;
                    EXPECT_TRUE(ids.insert(nodes[i].id).second) << name << " " << nodes[i].id;
                    if (!is_target(nodes[i])) continue;
                    EXPECT_GE(nodes[i].bounds.w, least) << name << " " << nodes[i].id;
                    EXPECT_GE(nodes[i].bounds.h, least) << name << " " << nodes[i].id;
                    for (std::size_t j = i + 1; j < nodes.size(); ++j) {
                        if (is_target(nodes[j])) {
                            EXPECT_FALSE(overlap(nodes[i].bounds, nodes[j].bounds))
                                << name << " " << nodes[i].id << " " << nodes[j].id;
                        }
                    }
                }
            }
    }
}

}  // namespace
}  // namespace machikoe
