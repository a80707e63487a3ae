// WardData: numbers with their sources, and nothing that does not fit the pack.
#include "sync/indicators/ward_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/file.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
const std::string kAssets = MACHIKOE_SOURCE_DIR "/assets/";

class WardDataTest : public testing::Test {
  protected:
    std::string fault_with(const std::string& what, const std::string& with) const {
        std::string text = text_;
        const auto at = text.find(what);
        if (at == std::string::npos) return "no such text";
        text.replace(at, what.size(), with);
        const auto data = parse_ward_data("w.yaml", text, pack_);
        return data ? "none" : to_string(data.error().front());
    }
    Pack pack_ = load_pack(kAssets + "packs/mihon-r5").value();
    std::string text_ = load_file(kAssets + "evaluation/mihon-r5.yaml").value();
};

TEST_F(WardDataTest, TheSampleIsRead) {
    const WardData data = parse_ward_data("w.yaml", text_, pack_).value();
    ASSERT_TRUE(data.people);
    EXPECT_EQ(data.people->margins.size(), 3u);
    EXPECT_EQ(data.reported.size(), 6u);
    EXPECT_EQ(data.others.size(), 3u);
    EXPECT_FALSE(data.others.back().same_question);
}

TEST_F(WardDataTest, TsurumisHoldsNoNumberThatNoSourceGives) {
    const Pack tsurumi = load_pack(kAssets + "packs/tsurumi-r4").value();
    const WardData data =
        parse_ward_data("t", load_file(kAssets + "evaluation/tsurumi-r4.yaml").value(), tsurumi)
            .value();
    EXPECT_FALSE(data.people);
    EXPECT_TRUE(data.reported.empty());
    EXPECT_TRUE(data.others.empty());
}

TEST_F(WardDataTest, WhatDoesNotFitThePackIsAFaultWithItsLine) {
    EXPECT_THAT(fault_with("pack: mihon-r5", "pack: other-r5"), HasSubstr("w.yaml:3"));
    EXPECT_THAT(fault_with("question: age", "question: safe"), HasSubstr("one choice"));
    EXPECT_THAT(fault_with("[under30]", "[under29]"), HasSubstr("no such option 'under29'"));
    EXPECT_THAT(fault_with("[from30]", "[under30]"), HasSubstr("in two groups"));
    EXPECT_THAT(fault_with("indicator: plans", "indicator: safe-town"),
                HasSubstr("cannot be reported"));
    EXPECT_THAT(fault_with("indicator: plans", "indicator: plan"), HasSubstr("no such indicator"));
    EXPECT_THAT(fault_with("people: 29000", "people: 0"), HasSubstr("people"));
    EXPECT_THAT(fault_with("date: \"2023-09-30\"", "dated: x"), HasSubstr("date"));
}

}  // namespace
}  // namespace machikoe
