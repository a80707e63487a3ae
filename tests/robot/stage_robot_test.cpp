// Scripted residents on the real screens, with the ward's pack and the program's own words;
// only the window is not there.
#include <gtest/gtest.h>

#include <set>

#include "app/base/crypto.h"
#include "app/robot/stage_scene.h"
#include "app/survey/response.h"

namespace machikoe {
namespace {

const std::filesystem::path kAssets = MACHIKOE_SOURCE_DIR "/assets";

struct Size {
    int width, height;
};

class StageRobotTest : public testing::TestWithParam<Size> {
  protected:
    static StageOptions options() {
        StageOptions options;
        options.width = GetParam().width;
        options.height = GetParam().height;
        options.place = {"tsurumi-office", "", Universe::Resident};
        return options;
    }

    Now now() const { return {clock_.monotonic(), clock_.wall()}; }

    /// "question en s1/next: …": what is in front of the resident.
    static std::string place_of(const Visit& visit) {
        std::string where(name_of(visit.screen));
        if (visit.overlay != Overlay::None) where += "-" + std::string(name_of(visit.overlay));
        where += " " + std::string(tag_of(visit.settings.language)) + " ";
        if (!visit.question.empty()) where += visit.question + "/";
        return where;
    }

    void frame() {
        // As the kiosk does: what is finished is kept before the next frame.
        if (const auto response = stage_.take_response()) {
            handed_out_.push_back(*response);
            stage_.saved(now());
        }
        // A touch takes the visit on after drawing, a deadline before it: then both are named.
        std::string where = place_of(stage_.visit());
        stage_.frame(now());
        if (!stage_.faults().empty() && place_of(stage_.visit()) != where)
            where += "or " + place_of(stage_.visit());
        for (const std::string& fault : stage_.faults()) faults_.insert(where + fault);
    }

    Pack pack_ = load_pack(kAssets / "packs/tsurumi-r4").value();
    Strings strings_ = Strings::load(kAssets / "strings", pack_.plan.languages).value();
    std::unique_ptr<TextEngine> text_ = TextEngine::create().value();
    ManualClock clock_;
    Stage stage_{pack_, strings_, *text_, options()};
    StageScene scene_{stage_, [this] { frame(); }};
    std::vector<Response> handed_out_;
    std::set<std::string> faults_;
};

TEST_P(StageRobotTest, FortyResidentsCanReadEverythingAndComeToAnEnd) {
    Robot robot(scene_, clock_, 20220401);
    for (int i = 0; i < 40; ++i) {
        const Status visit = robot.visit();
        ASSERT_TRUE(visit) << visit.error().message;
    }
    const RobotStatistics& all = robot.statistics();
    EXPECT_EQ(all.finished + all.abandoned + all.quit, 40);
    EXPECT_GE(all.finished, 20);
    EXPECT_GE(all.finished_in.size(), 3u);
    EXPECT_EQ(handed_out_.size(), static_cast<std::size_t>(all.finished));
    for (const Response& response : handed_out_) {
        const Status fits = check_response(pack_, response);
        EXPECT_TRUE(fits) << fits.error().message;
    }
    for (const std::string& fault : faults_) ADD_FAILURE() << fault;
}

INSTANTIATE_TEST_SUITE_P(Screens, StageRobotTest,
                         testing::Values(Size{1080, 1920}, Size{1920, 1080}),
                         [](const auto& screen) {
                             return screen.param.height > screen.param.width ? "Upright" : "Lying";
                         });

}  // namespace
}  // namespace machikoe
