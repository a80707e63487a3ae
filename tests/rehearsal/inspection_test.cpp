#include "app/rehearsal/inspection.h"

#include <gmock/gmock.h>

namespace machikoe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr float kHalfMm = 0.5f;  // a pixel: 40 px are 20 mm

std::vector<std::string> kinds(const std::vector<Node>& nodes,
                               const std::vector<std::string>& faults = {}) {
    std::vector<std::string> kinds;
    for (const Problem& problem : problems_of({1000, 1000, kHalfMm, nodes, faults}))
        kinds.emplace_back(name_of(problem.kind));
    return kinds;
}

Node button(const char* id, Rect bounds) {
    return {id, Role::Button, id, "", bounds};
}
Node words(const char* id, Rect bounds) {
    return {id, Role::Text, id, "", bounds};
}

TEST(InspectionTest, FindsNothingWrongWithAGoodScreen) {
    EXPECT_THAT(kinds({words("title", {10, 10, 500, 60}), button("next", {10, 100, 40, 40}),
                       button("back", {60, 100, 40, 40})}),
                IsEmpty());
}

TEST(InspectionTest, NamesATargetUnderTwentyMillimetres) {
    EXPECT_THAT(kinds({button("next", {10, 100, 300, 39})}), ElementsAre("target"));
    EXPECT_THAT(kinds({button("next", {10, 100, 39, 300})}), ElementsAre("target"));
    const std::vector<Node> tiny = {button("next", {10, 100, 20, 300})};
    EXPECT_THAT(problems_of({1000, 1000, kHalfMm, tiny, {}}).front().what,
                testing::HasSubstr("below the law's floor"));
}

TEST(InspectionTest, AllowsAWordInASentenceToBeLower) {
    EXPECT_THAT(kinds({{"word:a", Role::Link, "a", "", {10, 10, 60, 26}}}), IsEmpty());
    EXPECT_THAT(kinds({{"word:a", Role::Link, "a", "", {10, 10, 60, 24}}}), ElementsAre("target"));
}

TEST(InspectionTest, NamesTargetsThatOverlap) {
    EXPECT_THAT(kinds({button("a", {10, 10, 100, 100}), button("b", {100, 10, 100, 100})}),
                ElementsAre("overlap"));
}

TEST(InspectionTest, NamesTextsThatOverlap) {
    EXPECT_THAT(kinds({words("a", {10, 10, 100, 100}), words("b", {10, 100, 100, 100})}),
                ElementsAre("overlap"));
}

TEST(InspectionTest, LetsWordsLieOnACardButNotAcrossItsEdge) {
    const Node card = button("card", {10, 10, 400, 400});
    EXPECT_THAT(kinds({card, words("label", {20, 20, 100, 40})}), IsEmpty());
    EXPECT_THAT(kinds({card, words("label", {380, 20, 100, 40})}), ElementsAre("overlap"));
}

TEST(InspectionTest, NamesWhatLeavesTheScreen) {
    EXPECT_THAT(kinds({words("a", {950, 10, 100, 100})}), ElementsAre("outside"));
    EXPECT_THAT(kinds({button("a", {10, 980, 100, 100})}), ElementsAre("outside"));
}

TEST(InspectionTest, NamesWhatIsReadBeforeWhatStandsAboveIt) {
    EXPECT_THAT(kinds({words("below", {10, 200, 100, 50}), words("above", {10, 10, 100, 50})}),
                ElementsAre("order"));
    EXPECT_THAT(kinds({words("left", {10, 200, 100, 50}), words("right", {400, 10, 100, 50})}),
                IsEmpty());
    Node tool = words("tool", {10, 10, 100, 50});
    tool.zone = Zone::Tools;
    EXPECT_THAT(kinds({words("below", {10, 200, 100, 50}), tool}), IsEmpty());
}

TEST(InspectionTest, NamesAnIdThatTwoNodesHave) {
    EXPECT_THAT(kinds({words("a", {10, 10, 100, 50}), words("a", {10, 200, 100, 50})}),
                ElementsAre("twice"));
}

TEST(InspectionTest, NamesATargetThatSaysNothing) {
    EXPECT_THAT(kinds({{"x", Role::Button, "", "", {10, 10, 100, 100}}}), ElementsAre("nameless"));
}

TEST(InspectionTest, TellsTextThatDoesNotFitFromGlyphsThatAreMissing) {
    EXPECT_THAT(kinds({}, {"title: does not fit", "title: has no glyph for some characters",
                           "blob: is no icon"}),
                ElementsAre("text", "glyph", "glyph"));
}

}  // namespace
}  // namespace machikoe
