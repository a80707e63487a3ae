// Focus: a visit without touching the glass, by keypad and by switches.
#include "app/ui/focus.h"

#include <set>

#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

Node node_of(std::string id, Role role, bool enabled = true) {
    Node node;
    node.id = std::move(id);
    node.role = role;
    node.enabled = enabled;
    return node;
}

std::vector<Node> made_up_screen() {
    return {node_of("quit", Role::Button),       node_of("help", Role::Button),
            node_of("title", Role::Heading),     node_of("words", Role::Text),
            node_of("option:yes", Role::Choice), node_of("next", Role::Button, false)};
}

TEST(FocusTest, BeginsAtTheHeadingAndReadsEverythingToTheEndsAndNoFurther) {
    Focus focus(Route::Everything);
    focus.follow(made_up_screen(), 1);
    EXPECT_FALSE(focus.is_shown());
    EXPECT_EQ(focus.press(PadKey::Next), "");  // only shows where it is
    EXPECT_EQ(focus.id(), "title");
    std::vector<std::string> read;
    while (!focus.is_at_edge()) {
        read.emplace_back(focus.id());
        focus.press(PadKey::Next);
    }
    EXPECT_EQ(read, (std::vector<std::string>{"title", "words", "option:yes", "next"}));
    EXPECT_EQ(focus.id(), "next");
    while (focus.press(PadKey::Previous), !focus.is_at_edge()) continue;
    EXPECT_EQ(focus.id(), "quit");
}

TEST(FocusTest, EnterDoesWhatCanBeDoneAndNothingElse) {
    Focus focus(Route::Everything);
    focus.follow(made_up_screen(), 1);
    focus.press(PadKey::Next);
    EXPECT_EQ(focus.press(PadKey::Enter), "");
    EXPECT_TRUE(focus.is_at_edge());
    focus.press(PadKey::Next);
    focus.press(PadKey::Next);
    EXPECT_EQ(focus.press(PadKey::Enter), "option:yes");
    focus.press(PadKey::Next);
    EXPECT_EQ(focus.press(PadKey::Enter), "") << "next is not enabled";
    EXPECT_EQ(focus.press(PadKey::PageOn), "");
    EXPECT_EQ(focus.press(PadKey::Help), "help");
    EXPECT_EQ(focus.press(PadKey::PageBack), "");
}

TEST(FocusTest, SwitchesGoRoundThroughWhatCanBeDone) {
    Focus focus(Route::Actions);
    focus.follow(made_up_screen(), 1);
    focus.press(PadKey::Next);
    std::vector<std::string> seen;
    for (int i = 0; i < 4; ++i) {
        seen.emplace_back(focus.id());
        focus.press(PadKey::Next);
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"option:yes", "quit", "help", "option:yes"}));
}

TEST(FocusTest, WhatChangesWithoutANewScreenLeavesItWhereItWas) {
    Focus focus(Route::Everything);
    auto nodes = made_up_screen();
    focus.follow(nodes, 1);
    focus.press(PadKey::Next);
    focus.press(PadKey::Next);
    nodes.insert(nodes.begin() + 2, node_of("notice", Role::Text));
    focus.follow(nodes, 1);
    EXPECT_EQ(focus.id(), "words");
    nodes.erase(nodes.begin() + 4);
    focus.follow(nodes, 1);
    EXPECT_EQ(focus.id(), "option:yes");
    focus.follow(nodes, 2);
    EXPECT_EQ(focus.id(), "title");
    focus.follow({}, 3);
    EXPECT_EQ(focus.id(), "");
    EXPECT_EQ(focus.press(PadKey::Enter), "");
}

class PadTest : public StageTest {
  protected:
    void put_on_with(PadOptions pad) {
        stage_.reset();
        stage_ = std::make_unique<Stage>(pack_, strings_, *text_,
                                         StageOptions{.width = 1080, .height = 1920, .pad = pad});
        frame();
    }
    void press(PadKey key) {
        clock_.advance(Milliseconds{600});
        stage_->press(key, clock_.monotonic());
        frame();
        frame();
    }
    /// Goes to the node by keys alone, from wherever the focus is.
    void go_to(std::string_view id, PadKey way = PadKey::Next) {
        if (!stage_->focus().is_shown()) press(way);
        for (int i = 0; i < 80 && stage_->focus().id() != id; ++i) press(way);
        ASSERT_EQ(stage_->focus().id(), id);
    }
    void choose(std::string_view id, PadKey way = PadKey::Next) {
        go_to(id, way);
        press(PadKey::Enter);
    }
    /// From the welcome to the thanks.
    void whole_visit() {
        choose("begin");
        ASSERT_EQ(screen(), Screen::Language);
        choose("choose:en");
        choose("length:everything");
        choose("issue:parks");
        choose("start");
        choose("option:yes");
        choose("next");
        choose("option:some");
        choose("option:yes");
        choose("next");
        ASSERT_EQ(screen(), Screen::Overview);
        choose("finish");
        choose("option:no");
        choose("next");
        ASSERT_EQ(screen(), Screen::Review);
        choose("submit");
        frame();
        const auto response = stage_->take_response();
        ASSERT_TRUE(response);
        EXPECT_EQ(response->answers.at("q1").value, AnswerValue(ChosenOptions{"yes"}));
        EXPECT_EQ(response->answers.at("q3").value, AnswerValue(ChosenOptions{"no"}));
        stage_->saved(now());
        frame();
        EXPECT_EQ(screen(), Screen::Thanks);
    }
};

TEST_F(PadTest, AWholeVisitByKeypadAlone) {
    whole_visit();
}

TEST_F(PadTest, AWholeVisitWithTwoSwitches) {
    put_on_with({.route = Route::Actions});
    whole_visit();
}

TEST_F(PadTest, OneSwitchAndTheFocusGoesOnByItself) {
    put_on_with({.route = Route::Actions, .scan = Milliseconds{1'500}});
    const auto scan_to = [&](std::string_view id) {
        for (int i = 0; i < 80 && stage_->focus().id() != id; ++i) {
            const auto due = stage_->next_frame_due(now());
            ASSERT_TRUE(due && *due <= clock_.monotonic() + Milliseconds{1'500});
            wait(Milliseconds{1'500});
        }
        ASSERT_EQ(stage_->focus().id(), id);
        press(PadKey::Enter);
    };
    press(PadKey::Enter);  // shows it
    scan_to("begin");
    scan_to("choose:en");
    scan_to("length:everything");
    EXPECT_EQ(screen(), Screen::Overview);
    // Nobody chooses: after three rounds it rests until the switch is pressed again.
    int shown = 0;
    for (; shown < 400 && stage_->focus().is_shown(); ++shown) wait(Milliseconds{1'500});
    EXPECT_LT(shown, 400);
    EXPECT_GT(shown, 10);
}

TEST_F(PadTest, EveryNodeOfTheScreenIsOnTheWay) {
    choose("begin");
    choose("choose:en");
    choose("length:everything");
    go_to(stage_->nodes().front().id, PadKey::Previous);
    std::vector<std::string> wanted, read{std::string(stage_->focus().id())};
    for (const Node& node : stage_->nodes()) wanted.push_back(node.id);
    for (;;) {
        press(PadKey::Next);
        if (stage_->focus().is_at_edge()) break;
        read.emplace_back(stage_->focus().id());
    }
    EXPECT_EQ(read, wanted);
    EXPECT_EQ(std::set(read.begin(), read.end()).size(), read.size()) << "ids are of one node each";
}

TEST_F(PadTest, AFingerHidesTheRingAndTheNextPersonBeginsWithoutIt) {
    choose("begin");
    EXPECT_TRUE(stage_->focus().is_shown());
    down({5, 5});
    up({5, 5});
    EXPECT_FALSE(stage_->focus().is_shown());
    press(PadKey::Next);
    EXPECT_TRUE(stage_->focus().is_shown());
    choose("quit");
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_FALSE(stage_->focus().is_shown());
}

TEST_F(PadTest, ATremorIsOnePress) {
    put_on_with({.debounce = Milliseconds{300}});
    press(PadKey::Next);
    const std::string before(stage_->focus().id());
    clock_.advance(Milliseconds{600});
    for (int i = 0; i < 3; ++i) {
        stage_->press(PadKey::Next, clock_.monotonic());
        clock_.advance(Milliseconds{100});
        frame();
    }
    EXPECT_NE(stage_->focus().id(), before);
    press(PadKey::Previous);
    EXPECT_EQ(stage_->focus().id(), before);
}

TEST_F(PadTest, KeysKeepTheVisitAlive) {
    choose("begin");
    choose("choose:en");
    for (int i = 0; i < 10; ++i) {
        clock_.advance(Milliseconds{60'000});
        press(PadKey::Next);
        EXPECT_EQ(overlay(), Overlay::None) << i;
    }
    EXPECT_EQ(screen(), Screen::Length);
}

}  // namespace
}  // namespace machikoe
