// Rehearsal by the program: the shipped pack has no problem on any panel.
#include "tests/programs/kiosk_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

// Under sanitizers on two busy cores a panel takes a minute or more.
constexpr std::chrono::seconds kLongest{290};

class RehearseTest : public KioskProgramTest, public testing::WithParamInterface<const char*> {};

TEST_P(RehearseTest, TheWardsPackHasNoProblem) {
    const Ran ran = start_kiosk({"--rehearse", "--size", GetParam()})->wait(kLongest);
    EXPECT_EQ(ran.code, 0) << ran.out.substr(0, 4000);
    EXPECT_THAT(ran.out, HasSubstr("\n0 problems\n"));
    EXPECT_THAT(ran.out, HasSubstr("in 112 combinations"));
    EXPECT_THAT(ran.out, HasSubstr("reached 31 of 31 questions"));
    EXPECT_FALSE(std::filesystem::exists(kiosk_data()));
}

INSTANTIATE_TEST_SUITE_P(Panels, RehearseTest,
                         testing::Values("1080x1920", "1920x1080", "1280x800", "2160x3840"),
                         [](const auto& size) { return std::string("On") + size.param; });

TEST_F(KioskProgramTest, OneScreenIsDrawnWithPreparedData) {
    const std::filesystem::path fixture = folder_ / "fixture.json", picture = folder_ / "one.png";
    ASSERT_TRUE(replace_file(fixture, R"({"text-size": "largest"})"));
    const Ran ran = run_kiosk({"--screen", "question-s1", "--lang", "vi", "--size", "540x960",
                               "--fixture", fixture.string(), "--screenshot", picture.string()});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(bytes_of(picture).substr(1, 3), "PNG");
}

TEST_F(KioskProgramTest, AScreenThatThereIsNotIsRefusedWithTheNamesOfThose) {
    const Ran ran = run_kiosk({"--screen", "mayor", "--screenshot", (folder_ / "x.png").string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("question-s1"));
}

}  // namespace
}  // namespace machikoe
