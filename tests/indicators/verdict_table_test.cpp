// Verdict tables: the codes of a year are data, and what is unconfirmed says so.
#include "sync/indicators/verdict_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/file.h"
#include "sync/indicators/indicators.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

VerdictTable shipped(const std::string& id) {
    const std::string path = MACHIKOE_SOURCE_DIR "/assets/evaluation/" + id + ".yaml";
    auto table = parse_verdict_table(path, load_file(path).value());
    if (!table) ADD_FAILURE() << to_string(table.error().front());
    return table.value_or(VerdictTable{});
}

std::string fault_of(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    if (at == std::string::npos) return "no such text";
    text.replace(at, what.size(), with);
    const auto table = parse_verdict_table("t.yaml", text);
    return table ? "none" : to_string(table.error().front());
}

TEST(VerdictTableTest, BothYearsAreThereAndTheirFormsDiffer) {
    const VerdictTable r4 = shipped("osaka-r4"), r5 = shipped("osaka-r5");
    EXPECT_EQ(r4.fiscal_year, "2022");
    EXPECT_EQ(r5.fiscal_year, "2023");
    EXPECT_EQ(r4.block.back().line, BlockLine::Achievement);
    EXPECT_EQ(r5.block.back().line, BlockLine::Previous);
}

TEST(VerdictTableTest, WhatNoSourceConfirmsIsMarked) {
    const VerdictTable r4 = shipped("osaka-r4");
    EXPECT_FALSE(r4.form_confirmed);
    EXPECT_FALSE(r4.achievement.confirmed);
    for (const VerdictScale& scale : r4.by_people) EXPECT_FALSE(scale.confirmed);
    const VerdictTable r5 = shipped("osaka-r5");
    EXPECT_TRUE(r5.achievement.confirmed);
    EXPECT_THAT(r5.achievement.source, HasSubstr("https://"));
}

TEST(VerdictTableTest, EveryFaultIsNamedWithItsLine) {
    const std::string text =
        load_file(MACHIKOE_SOURCE_DIR "/assets/evaluation/osaka-r5.yaml").value();
    EXPECT_THAT(fault_of(text, "at_least: 0}", "at_least: 5}"), HasSubstr("at_least: 0"));
    EXPECT_THAT(fault_of(text, "at_least: 100}", "at_least: 0}"), HasSubstr("does not fall"));
    EXPECT_THAT(fault_of(text, "line: target", "line: aim"), HasSubstr("t.yaml:11"));
    EXPECT_THAT(
        fault_of(text, "confirmed: true\n  source: https", "confirmed: true\n  sauce: https"),
        HasSubstr("source"));
}

TEST(VerdictTableTest, ThresholdsBelowTheTargetAreOfTheExactFraction) {
    const std::string text = R"(format: 1
id: progress
fiscal_year: "2013"
form: {title: t, confirmed: false, block: [{line: target, heading: h}]}
achievement:
  heading: h
  confirmed: false
  codes:
    - {code: "1", meaning: on the way, at_least: 66.7}
    - {code: "2", meaning: not, at_least: 0}
by_people: []
)";
    const VerdictTable table = parse_verdict_table("t.yaml", text).value();
    IndicatorFigure figure;
    figure.definition.target_kind = TargetKind::CumulativeCount;
    figure.definition.target_count = 1000;
    figure.reason = NoVerdict::HasVerdict;
    figure.reported = 667;
    EXPECT_EQ(code_for(figure, table)->code, "1");
    figure.reported = 666;
    EXPECT_EQ(code_for(figure, table)->code, "2");
    figure.reason = NoVerdict::NothingReported;
    EXPECT_EQ(code_for(figure, table), nullptr);
}

}  // namespace
}  // namespace machikoe
