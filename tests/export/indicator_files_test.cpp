// Indicators as files: CSV, JSON and table say the same, and hide the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "sync/export/export.h"
#include "tests/export/csv_reader.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class IndicatorFilesTest : public testing::Test {
  protected:
    IndicatorDefinition& definition() { return pack_.plan.indicators.front(); }
    void answer(int yes, int no) {
        for (int i = 0; i < yes + no; ++i)
            counter_.add(response_with(pack_, "feel", answered({i < yes ? "yes" : "no"})));
    }
    /// The definition as it stands now, over what was counted.
    std::vector<IndicatorFigure> figures() { return counter_.figures(); }
    std::map<std::string, std::string> row() {
        std::ostringstream out;
        write_indicator_csv(out, pack_, figures());
        return read_csv(out.str()).at(0);
    }
    nlohmann::json json() {
        return nlohmann::json::parse(
            indicator_json(pack_, figures(), counter_.responses(), counter_.other_versions()));
    }
    std::string table(Language language) { return indicator_table(pack_, figures(), language); }

    Pack pack_ = small_pack();
    IndicatorCounter counter_{pack_};
};

class TargetedFilesTest : public IndicatorFilesTest {
  protected:
    TargetedFilesTest() {
        definition().target_kind = TargetKind::AtLeastPercent;
        definition().target_percent = 66.7;
        definition().previous_percent = 48.4;
        definition().previous_mode = "mail";
        targeted_ = IndicatorFigure{};
        IndicatorCounter counter(pack_);
        for (int i = 0; i < 30; ++i)
            counter.add(response_with(pack_, "feel", answered({i < 20 ? "yes" : "no"})));
        targeted_ = counter.figures().front();
    }
    IndicatorFigure targeted_;
};

TEST_F(IndicatorFilesTest, ASmallBaseHidesEveryCount) {
    answer(6, 3);
    EXPECT_EQ(row()["n"], "9");
    for (const char* column : {"share", "counted_n", "skipped", "refused"})
        EXPECT_EQ(row()[column], "") << column;
    EXPECT_EQ(row()["reason"], "base-too-small");
    const nlohmann::json figure = json()["indicators"][0];
    EXPECT_EQ(figure["n"], 9);
    for (const char* member : {"share", "counted_n", "skipped", "refused", "by_option"})
        EXPECT_TRUE(figure.at(member).is_null()) << member;
    EXPECT_THAT(table(Language::Ja), Not(HasSubstr("66.7")));
    EXPECT_THAT(table(Language::Ja), HasSubstr("判定なし(回答数不足)"));
    EXPECT_THAT(table(Language::Ja), HasSubstr("-- 回答者数が少ない"));
}

TEST_F(IndicatorFilesTest, ATargetThatIsNotGivenIsSaidAndNotInvented) {
    answer(40, 0);
    EXPECT_EQ(row()["target"], "");
    EXPECT_EQ(row()["target_note"], "目標値の記載なし");
    EXPECT_EQ(row()["verdict"], "none");
    EXPECT_EQ(row()["reason"], "no-target-given");
    const nlohmann::json figure = json()["indicators"][0];
    EXPECT_TRUE(figure.at("target").is_null());
    EXPECT_EQ(figure.at("target_note"), "目標値の記載なし");
    EXPECT_TRUE(figure.at("previous").is_null());
    EXPECT_THAT(table(Language::Ja), HasSubstr("目標値の記載なし"));
    EXPECT_THAT(table(Language::En), HasSubstr("no target value given"));
}

TEST_F(IndicatorFilesTest, EveryFileSaysThatItIsAboutRespondents) {
    const char* note = "回答者の割合です。区民全体の割合ではありません。";
    EXPECT_EQ(row()["note"], note);
    EXPECT_EQ(json()["note"]["ja"], note);
    EXPECT_THAT(table(Language::Ja), HasSubstr(note));
    EXPECT_THAT(table(Language::En), HasSubstr("not of all residents"));
}

TEST_F(IndicatorFilesTest, JsonCarriesThePackAndTheResponses) {
    answer(2, 0);
    Response other = response_to(pack_);
    other.pack_hash = std::string(64, 'b');
    counter_.add(other);
    const nlohmann::json all = json();
    EXPECT_EQ(all["responses"], 2);
    EXPECT_EQ(all["other_versions"], 1);
    EXPECT_EQ(all["pack"]["id"], "testward-r4");
    EXPECT_EQ(all["pack"]["hash"], pack_.hash);
    EXPECT_EQ(all["indicators"][0]["label"]["en"], "Respondents who feel safe");
}

TEST_F(IndicatorFilesTest, RubyIsNotExported) {
    definition().label = text_in("{安心|あんしん}の割合", "");
    IndicatorFigure figure;
    figure.definition = definition();
    std::ostringstream out;
    write_indicator_csv(out, pack_, {figure});
    EXPECT_EQ(read_csv(out.str()).at(0)["label_ja"], "安心の割合");
    EXPECT_EQ(read_csv(out.str()).at(0)["label_en"], "");
    EXPECT_THAT(indicator_table(pack_, {figure}, Language::JaEasy), HasSubstr("安心の割合"));
}

TEST_F(TargetedFilesTest, CsvAndJsonCarryTargetShareAndPrevious) {
    std::ostringstream out;
    write_indicator_csv(out, pack_, {targeted_});
    auto row = read_csv(out.str()).at(0);
    EXPECT_EQ(row["counted"], "rather-yes yes");
    EXPECT_EQ(row["counted_n"], "20");
    EXPECT_EQ(row["n"], "30");
    EXPECT_EQ(row["share"], "66.7");
    EXPECT_EQ(row["target"], "66.7");
    EXPECT_EQ(row["target_note"], "");
    EXPECT_EQ(row["previous_percent"], "48.4");
    EXPECT_EQ(row["previous_mode"], "mail");
    EXPECT_EQ(row["verdict"], "not-achieved");  // 66.66… is a hair below 66.7
    EXPECT_EQ(row["reference_only"], "false");
    EXPECT_EQ(row["base_rule"], "answered-only");
    const auto json = nlohmann::json::parse(indicator_json(pack_, {targeted_}, 30, 0));
    const nlohmann::json& figure = json["indicators"][0];
    EXPECT_EQ(figure["share"], 66.7);
    EXPECT_EQ(figure["target"], 66.7);
    EXPECT_FALSE(figure.contains("target_note"));
    EXPECT_EQ(figure["previous"]["mode"], "mail");
    EXPECT_EQ(figure["by_option"]["yes"], 20);
}

TEST_F(TargetedFilesTest, AShareKeepsItsDecimals) {
    targeted_.share = 70.0;
    std::ostringstream out;
    write_indicator_csv(out, pack_, {targeted_});
    EXPECT_EQ(read_csv(out.str()).at(0)["share"], "70.0");
    EXPECT_THAT(indicator_table(pack_, {targeted_}, Language::En), HasSubstr("70.0%"));
}

TEST_F(TargetedFilesTest, TheTableSpeaksTwoLanguages) {
    const std::string ja = indicator_table(pack_, {targeted_}, Language::Ja);
    EXPECT_THAT(ja, testing::StartsWith("運営方針: 成果指標"));
    EXPECT_THAT(ja, HasSubstr("66.7 %以上"));
    EXPECT_THAT(ja, HasSubstr("未達成"));
    EXPECT_THAT(ja, Not(HasSubstr("参考値")));
    const std::string en = indicator_table(pack_, {targeted_}, Language::En);
    EXPECT_THAT(en, HasSubstr("at least 66.7%"));
    EXPECT_THAT(en, HasSubstr("not achieved"));
    targeted_.reference_only = true;
    EXPECT_THAT(indicator_table(pack_, {targeted_}, Language::Ja), HasSubstr("参考値"));
}

TEST_F(TargetedFilesTest, ColumnsStandUnderEachOtherWhateverTheScript) {
    IndicatorFigure second = targeted_;
    second.definition.target_kind = TargetKind::NoneGiven;
    const std::string table = indicator_table(pack_, {targeted_, second}, Language::Ja);
    // Each label begins after the same number of columns: wide characters take two.
    std::vector<std::size_t> starts;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t label = line.find("安心と");
        if (label == std::string::npos) continue;
        std::size_t columns = 0;
        for (const char c : line.substr(0, label)) {
            const auto byte = static_cast<unsigned char>(c);
            if ((byte & 0xC0) != 0x80) columns += byte >= 0xE0 ? 2 : 1;  // only kana and kanji here
        }
        starts.push_back(columns);
    }
    ASSERT_EQ(starts.size(), 2u);
    EXPECT_EQ(starts[0], starts[1]);
}

TEST_F(IndicatorFilesTest, APackWithoutIndicatorsGivesHeadsOnly) {
    std::ostringstream out;
    write_indicator_csv(out, pack_, {});
    EXPECT_TRUE(read_csv(out.str()).empty());
    EXPECT_THAT(indicator_table(pack_, {}, Language::Ja), HasSubstr("指標"));
    EXPECT_TRUE(nlohmann::json::parse(indicator_json(pack_, {}, 0, 0))["indicators"].empty());
}

}  // namespace
}  // namespace machikoe
