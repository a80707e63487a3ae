// Report: what must stand on the pages of the worked example, and what must not.
#include "sync/export/report.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "sync/export/export.h"
#include "sync/export/markup.h"
#include "tests/indicators/mihon.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

VerdictTable layout(const std::string& id) {
    const std::string path = MACHIKOE_SOURCE_DIR "/assets/evaluation/" + id + ".yaml";
    return parse_verdict_table(path, load_file(path).value()).value();
}

class ReportTest : public testing::Test {
  protected:
    std::string html(const std::string& year, std::size_t people = 88) const {
        std::vector<Response> responses = worked_example(ward_.pack);
        responses.resize(people);
        return html_of(ward_.pack, ward_.data, year, responses);
    }
    static std::string html_of(const Pack& pack, const WardData& data, const std::string& year,
                               const std::vector<Response>& responses,
                               const EvaluationRules& rules = {}) {
        EvaluationCounter counter(pack, data, rules);
        for (const Response& response : responses) counter.add(response);
        const Evaluation evaluation = counter.evaluate();
        const VerdictTable table = layout(year);
        return report_html({pack, evaluation, table, data, "0.1.0", "2024-05-31"});
    }
    /// From the heading of the n-th indicator to the next section's end.
    static std::string indicator(const std::string& html, int number) {
        const std::size_t at = html.find(">指標" + std::to_string(number) + "</span>");
        return html.substr(at, html.find("</section>", at) - at);
    }
    Mihon ward_;
};

TEST_F(ReportTest, SaysOnThePageThatItIsAboutRespondents) {
    const std::string report = html("osaka-r5");
    EXPECT_THAT(report, HasSubstr(std::string(kRespondentsNoteJa)));
    EXPECT_THAT(report, HasSubstr("無作為抽出の標本とは違います"));
    EXPECT_THAT(report, HasSubstr("見本区(架空)"));
    EXPECT_THAT(report, HasSubstr("88 件"));
    EXPECT_THAT(report, HasSubstr("2023年10月1日"));
}

TEST_F(ReportTest, NamesItsSourcesInFull) {
    const std::string report = html("osaka-r5");
    EXPECT_THAT(report, HasSubstr(ward_.pack.hash));
    EXPECT_THAT(report, HasSubstr("data-source=\"mihon-r5  " + ward_.pack.hash.substr(0, 12)));
    EXPECT_THAT(report, HasSubstr("Machikoe 0.1.0"));
    EXPECT_THAT(report, HasSubstr("2024年5月31日"));
}

TEST_F(ReportTest, AnIndicatorHasTheLinesOfTheFormInTheirOrder) {
    const std::string first = indicator(html("osaka-r5"), 1);
    const char* const lines[] = {"アウトカム指標(目標)",
                                 "60 %以上",
                                 "令和5年度実績",
                                 "61.4 %",
                                 "n = 83、該当 51 人",
                                 "達成状況",
                                 "<b>A</b>",
                                 "前年度実績",
                                 "58.3 %(キオスク調査)",
                                 "安全なまちだと感じますか。",
                                 "「やや感じる」「感じる」",
                                 "区民"};
    std::size_t at = 0;
    for (const char* line : lines) {
        at = first.find(line, at);
        ASSERT_NE(at, std::string::npos) << line << " in\n" << first;
    }
}

TEST_F(ReportTest, EveryKindOfTargetIsSaidInWords) {
    const std::string report = html("osaka-r5");
    EXPECT_THAT(indicator(report, 2), HasSubstr("30 %以下"));
    EXPECT_THAT(indicator(report, 3), HasSubstr("前年度実績以上"));
    EXPECT_THAT(indicator(report, 4), HasSubstr("調査方法が違うため比べられません"));
    EXPECT_THAT(indicator(report, 5), HasSubstr("10,000 件以上(累計)"));
    EXPECT_THAT(indicator(report, 5), HasSubstr("10,488 件"));
    EXPECT_THAT(indicator(report, 5), HasSubstr("架空の記録、2024年3月31日"));
    EXPECT_THAT(indicator(report, 6), HasSubstr("全3地域"));
    EXPECT_THAT(indicator(report, 7), HasSubstr(std::string(kNoTargetJa)));
    EXPECT_THAT(indicator(report, 7), HasSubstr("参考値"));
    EXPECT_THAT(indicator(report, 8), HasSubstr("測れない目標"));
}

TEST_F(ReportTest, WhatIsUnconfirmedSaysSo) {
    EXPECT_THAT(indicator(html("osaka-r4"), 1), HasSubstr("<b>A</b>  順調(未確認)"));
    EXPECT_THAT(indicator(html("osaka-r5"), 1), Not(HasSubstr("未確認")));
    EXPECT_THAT(html("osaka-r4"), HasSubstr("戦略の進捗状況(未確認)"));
    EXPECT_THAT(html("osaka-r5"), Not(HasSubstr("区が判断する欄")));
}

TEST_F(ReportTest, AnotherYearsTableIsSaidPlainly) {
    EXPECT_THAT(html("osaka-r4"), HasSubstr("年度が違うため"));
    EXPECT_THAT(html("osaka-r5"), Not(HasSubstr("年度が違うため")));
}

TEST_F(ReportTest, SmallGroupsAreHiddenAndTheirFiguresNowhere) {
    const std::string report = html("osaka-r5");
    EXPECT_THAT(report, HasSubstr("<td class=\"n\">x</td>"));
    EXPECT_THAT(report, HasSubstr("x: 人数が少ないため非表示"));
    const std::string few = html("osaka-r5", 9);
    EXPECT_THAT(indicator(few, 1), HasSubstr("--"));
    EXPECT_THAT(indicator(few, 1), HasSubstr("回答者数が少ないため"));
    EXPECT_THAT(indicator(few, 1), Not(HasSubstr("100.0 %")));
    EXPECT_THAT(few, HasSubstr("n = 9。人数が少ないため非表示。"));
}

TEST_F(ReportTest, GroupsHiddenAmongThePeopleAreNotPrintedAsAQuestion) {
    const std::string report = html("osaka-r5");
    EXPECT_THAT(report, HasSubstr(">問1</span>"));
    EXPECT_THAT(report, Not(HasSubstr(">問12</span>")));  // five are from outside
    EXPECT_THAT(report, HasSubstr("問12 は「回答者の属性」に載せています。"));
}

TEST_F(ReportTest, NoMarginOfErrorIsPrinted) {
    const std::string report = html("osaka-r5");
    // Once, where the notes say why there is none.
    EXPECT_EQ(report.find("±"), report.rfind("±"));
    EXPECT_THAT(report, HasSubstr("標本誤差(±)は示しません"));
}

TEST_F(ReportTest, OtherSurveysStandApart) {
    const std::string report = html("osaka-r5");
    const std::size_t apart = report.find("ほかの調査(並べて示すだけで、比べません)");
    ASSERT_NE(apart, std::string::npos);
    EXPECT_GT(report.find("63.9 %"), apart);
    EXPECT_EQ(indicator(report, 1).find("63.9"), std::string::npos);
}

TEST_F(ReportTest, WhoWasLeftOutAndByWhichRuleIsSaid) {
    EvaluationRules rules;
    rules.left_out = {QualityFlag::Hurried};
    std::vector<Response> responses = worked_example(ward_.pack);
    responses[3].hurried = true;
    const std::string report = html_of(ward_.pack, ward_.data, "osaka-r5", responses, rules);
    EXPECT_THAT(report, HasSubstr("1 件(除く規則: 1問あたり2秒未満の回答)"));
    EXPECT_THAT(html("osaka-r5"), HasSubstr("除く規則は使っていません"));
}

TEST_F(ReportTest, TextOfAPackStaysText) {
    Pack pack = ward_.pack;
    pack.plan.ward.set(Language::Ja, "<script>alert(1)</script>&\"区");
    for (Question& question : pack.survey.questions)
        for (Option& option : question.options)
            option.label.set(Language::Ja, "<b>\"多い\" & </td>");
    const std::string report = html_of(pack, ward_.data, "osaka-r5", worked_example(ward_.pack));
    EXPECT_THAT(report, Not(HasSubstr("<script")));
    EXPECT_THAT(report, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;区"));
    EXPECT_THAT(report, Not(HasSubstr("<b>\"")));
    EXPECT_THAT(report, HasSubstr("&lt;b&gt;&quot;多い&quot; &amp; &lt;/td&gt;"));
}

TEST_F(ReportTest, EveryTagIsClosedWhereItWasOpened) {
    for (const char* year : {"osaka-r4", "osaka-r5"}) {
        const std::string report = html(year);
        std::vector<std::string> open;
        for (std::size_t at = 0; (at = report.find('<', at)) != std::string::npos; ++at) {
            if (report[at + 1] == '!') continue;
            const std::size_t end = report.find('>', at);
            ASSERT_NE(end, std::string::npos);
            if (report[end - 1] == '/') continue;
            const bool closes = report[at + 1] == '/';
            const std::size_t begin = at + (closes ? 2 : 1);
            const std::string name =
                report.substr(begin, report.find_first_of(" >", begin) - begin);
            if (!closes) {
                open.push_back(name);
                continue;
            }
            ASSERT_FALSE(open.empty());
            ASSERT_EQ(open.back(), name);
            open.pop_back();
        }
        EXPECT_TRUE(open.empty());
        const auto times = [&](const std::string& what) {
            std::size_t n = 0;
            for (std::size_t at = 0; (at = report.find(what, at)) != std::string::npos; ++at) ++n;
            return n;
        };
        EXPECT_EQ(times("<table"), times("<caption"));
        EXPECT_EQ(times("<h1"), 1u);
    }
}

TEST_F(ReportTest, NothingIsFetchedAndNothingRuns) {
    const std::string report = html("osaka-r4");
    for (const char* what : {"<script", "src=", "href=", "url(", "@import", "javascript"})
        EXPECT_THAT(report, Not(HasSubstr(what)));
}

TEST_F(ReportTest, WithoutAnyResponseItIsStillAReport) {
    const std::string report = html("osaka-r5", 0);
    EXPECT_THAT(report, HasSubstr("0 件"));
    EXPECT_THAT(report, HasSubstr("日付の記録なし"));
    EXPECT_THAT(report, Not(HasSubstr("nan")));
}

TEST(MarkupTest, EscapesWhatHtmlWouldRead) {
    EXPECT_EQ(text("a<b>&\"").html, "a&lt;b&gt;&amp;&quot;");
    EXPECT_EQ(element("td class=\"n\"", "<").html, "<td class=\"n\">&lt;</td>");
    EXPECT_EQ(attribute("title", "\"x\""), " title=\"&quot;x&quot;\"");
}

}  // namespace
}  // namespace machikoe
