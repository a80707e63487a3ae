// Walk: the rehearsal itself, over a small pack and over damage done to it.
#include <gmock/gmock.h>

#include "app/rehearsal/fixture.h"
#include "app/rehearsal/path.h"
#include "app/rehearsal/walk.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class WalkTest : public testing::Test {
  protected:
    WalkReport walk() {
        return walk_screens(pack_, strings_, *text_, {.panels = {Panel{}}, .only = only_});
    }
    std::vector<std::string> problems() {
        std::vector<std::string> found;
        for (const Finding& finding : walk().findings)
            found.push_back(finding.where + ": " + finding.problem.what);
        return found;
    }
    static Strings load_strings() {
        return Strings::load(std::filesystem::path(MACHIKOE_SOURCE_DIR) / "assets/strings",
                             made_up_pack().plan.languages)
            .value();
    }

    Pack pack_ = made_up_pack();
    Strings strings_ = load_strings();
    std::unique_ptr<TextEngine> text_ = TextEngine::create().value();
    std::string only_;
};

TEST_F(WalkTest, SeesEveryScreenInEveryCombination) {
    const WalkReport report = walk();
    EXPECT_EQ(report.combinations, 3u * 4 * 4);
    const std::size_t screens = prepared_screens(pack_, {}, {}).size();
    EXPECT_GE(report.frames, screens * report.combinations);
}

TEST_F(WalkTest, NamesTheScreenAndWhereATextHasNoGlyph) {
    pack_.survey.questions[0].text.set(Language::En, "Do you like \u16A0\u16A2?");
    only_ = "question-q1";
    EXPECT_THAT(problems(), Contains(HasSubstr("question-q1 page 1, en, small, standard")));
}

TEST_F(WalkTest, NamesAnIconThatIsNone) {
    pack_.plan.issues[0].icon = "no-such-icon";
    EXPECT_THAT(problems(), Contains(HasSubstr("no-such-icon: is no icon")));
}

TEST_F(WalkTest, NamesAWordThatIsWiderThanTheScreen) {
    pack_.survey.questions[0].options[0].label.set(Language::En, std::string(200, 'm'));
    only_ = "question-q1";
    EXPECT_THAT(problems(), Contains(HasSubstr("does not fit")));
}

TEST_F(WalkTest, ReachesEveryQuestionByTouch) {
    const auto report = walk_paths(pack_, strings_, *text_, Panel{});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->unreached, IsEmpty());
    EXPECT_GT(report->longest_taps, pack_.survey.questions.size() * 2);
    EXPECT_GT(report->longest_s, report->longest_taps);
}

TEST_F(WalkTest, ReachesAQuestionThatFollowsACertainAnswer) {
    Question& second = pack_.survey.questions[1];
    second.relevant = {{"q1", false, {"yes"}}};  // the last option of q1
    const auto report = walk_paths(pack_, strings_, *text_, Panel{});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->unreached, IsEmpty());
}

TEST_F(WalkTest, NamesAQuestionThatNobodyReaches) {
    pack_.survey.questions[1].relevant = {{"q1", false, {"yes"}}, {"q1", false, {"no"}}};
    const auto report = walk_paths(pack_, strings_, *text_, Panel{});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->unreached, std::vector<std::string>{"q2"});
}

TEST_F(WalkTest, AFixtureChangesThePreparedVisit) {
    const Visit visit = prepared_visit(pack_, {}, {});
    const auto changed = with_fixture(
        pack_, visit, R"({"answers": {"q2": ["some"]}, "page": 2, "text-size": "largest"})");
    ASSERT_TRUE(changed) << changed.error().message;
    EXPECT_EQ(changed->answers.size(), 1u);
    EXPECT_EQ(changed->page, 2);
    EXPECT_EQ(changed->settings.text_size, TextSize::Largest);
}

TEST_F(WalkTest, AFixtureThatIsWrongIsRefusedByName) {
    const Visit visit = prepared_visit(pack_, {}, {});
    for (const auto& [json, reason] : {std::pair{"{", "not a JSON object"},
                                       {R"({"pages": 1})", "pages"},
                                       {R"({"answers": {"q9": ["yes"]}})", "q9"},
                                       {R"({"answers": {"q1": ["maybe"]}})", "q1"},
                                       {R"({"theme": "pink"})", "theme"},
                                       {R"({"page": -1})", "page"}}) {
        const auto changed = with_fixture(pack_, visit, json);
        ASSERT_FALSE(changed) << json;
        EXPECT_EQ(changed.error().code, ErrorCode::Invalid);
        EXPECT_THAT(changed.error().message, HasSubstr(reason));
    }
}

}  // namespace
}  // namespace machikoe
