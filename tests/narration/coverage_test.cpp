// Coverage: whatever is on any screen can be said, in every language that has speech.
#include <gtest/gtest.h>

#include <set>

#include "app/narration/wording.h"
#include "app/rehearsal/scenes.h"
#include "app/rehearsal/walk.h"
#include "app/ui/stage.h"
#include "app/voice/clip_finder.h"

namespace machikoe {
namespace {

const std::filesystem::path kRoot = MACHIKOE_SOURCE_DIR;
constexpr Milliseconds kNow{1'000'000};
constexpr Language kSpoken[] = {Language::Ja, Language::JaEasy, Language::En};

class CoverageTest : public ::testing::TestWithParam<Language> {
  protected:
    CoverageTest()
        : pack_(load_pack(kRoot / "assets/packs/tsurumi-r4").value()),
          strings_(Strings::load(kRoot / "assets/strings", pack_.plan.languages).value()),
          text_(TextEngine::create().value()),
          finder_(ClipFinder::load({kRoot / "assets", kRoot / "assets/packs/tsurumi-r4", {}}, pack_)
                      .value()),
          worder_(strings_, [this](Language one) { return finder_.languages().contains(one); }) {}

    /// Every text of all pages of a screen that has no clip, with its node.
    void look(Stage& stage, const PreparedScreen& prepared) {
        Visit visit = prepared.visit;
        for (bool is_more = true; is_more; ++visit.page, ++visit.step) {
            stage.show(visit, prepared.staff, prepared.place);
            stage.frame({kNow, kPreparedWall});
            stage.show_focus();
            for (const Node& node : stage.nodes()) {
                EXPECT_FALSE(node.id.empty()) << prepared.name << ": " << node.name;
                for (const Words& words : worder_.of(node, stage.focus(), visit.settings.language))
                    // What was typed is synthesised, in private.
                    if (!(words.tells_answer && node.id == "written") &&
                        !finder_.clips_of(words.text, words.language))
                        unsaid_.insert(node.id + " (" + prepared.name + "): " + words.text);
                ++looked_at_;
            }
            const Node* more = stage.find("page-more");
            is_more = more != nullptr && more->enabled;
        }
    }

    Pack pack_;
    Strings strings_;
    std::unique_ptr<TextEngine> text_;
    ClipFinder finder_;
    Worder worder_;
    std::set<std::string> unsaid_;
    std::size_t looked_at_ = 0;
};

TEST_P(CoverageTest, EveryNodeOfEveryScreenHasClips) {
    ASSERT_TRUE(finder_.languages().contains(GetParam()));
    Stage stage(pack_, strings_, *text_, {.width = 1080, .height = 1920});
    stage.set_neighbours(made_up_shares(pack_));
    Settings settings;
    settings.language = GetParam();
    for (const PreparedScreen& prepared : prepared_screens(pack_, settings, kNow))
        if (!prepared.name.starts_with("staff")) look(stage, prepared);
    EXPECT_GT(looked_at_, 1'000u);
    std::string all;
    for (const std::string& one : unsaid_) all += one + "\n";
    EXPECT_TRUE(unsaid_.empty()) << all;
}

INSTANTIATE_TEST_SUITE_P(Languages, CoverageTest, ::testing::ValuesIn(kSpoken),
                         [](const auto& one) {
                             std::string tag(tag_of(one.param));
                             std::erase(tag, '-');
                             return tag;
                         });

}  // namespace
}  // namespace machikoe
