// Csv: quoting, the formula guard, and the columns of a response.
#include "sync/export/csv.h"

#include <gtest/gtest.h>

#include <sstream>

#include "sync/export/export.h"
#include "tests/export/csv_reader.h"
#include "tests/indicators/small_pack.h"

namespace machikoe {
namespace {

std::string line_of(std::string_view text) {
    std::ostringstream out;
    CsvLine line;
    line.add(text);
    line.end(out);
    return out.str();
}

TEST(CsvTest, TextThatCouldBeAFormulaIsGuarded) {
    for (const char* start : {"=", "+", "-", "@", "＝", "＋", "－", "＠", "'"})
        EXPECT_EQ(line_of(std::string(start) + "cmd"), "'" + std::string(start) + "cmd\r\n");
    EXPECT_EQ(line_of("\tx"), "'\tx\r\n");
    EXPECT_EQ(line_of("\nx"), "\"'\nx\"\r\n");
    EXPECT_EQ(line_of("1=2"), "1=2\r\n");
    EXPECT_EQ(line_of("安心"), "安心\r\n");
}

TEST(CsvTest, CommasQuotesAndLineBreaksAreQuoted) {
    EXPECT_EQ(line_of("a,b"), "\"a,b\"\r\n");
    EXPECT_EQ(line_of("say \"yes\""), "\"say \"\"yes\"\"\"\r\n");
    EXPECT_EQ(line_of("a\r\nb"), "\"a\r\nb\"\r\n");
    EXPECT_EQ(line_of("=1,\"2\""), "\"'=1,\"\"2\"\"\"\r\n");
}

TEST(CsvTest, NumbersAreNeverGuarded) {
    std::ostringstream out;
    CsvLine line;
    line.add(std::int64_t{-5});
    line.add("");
    line.end(out);
    EXPECT_EQ(out.str(), "-5,\r\n");
}

class ResponseCsvTest : public testing::Test {
  protected:
    std::map<std::string, std::string> row_of(const Response& response) {
        std::ostringstream out;
        ResponseCsv csv(out, pack_);
        csv.write("0f", response);
        const auto rows = read_csv(out.str());
        EXPECT_EQ(rows.size(), 1u);
        return rows.at(0);
    }
    Pack pack_ = small_pack();
};

TEST_F(ResponseCsvTest, AFileWithoutResponsesIsAHeaderAfterTheByteOrderMark) {
    std::ostringstream out;
    const ResponseCsv csv(out, pack_);
    EXPECT_EQ(out.str(),
              "\xEF\xBB\xBFresponse_id,pack_id,pack_hash,site,event,universe,mode,day,hour,"
              "language,duration_s,issues_opened,length,assistance,hurried,repeated,"
              "straight_line,abandoned_before,feel,feel_status,ways,ways_"
              "status,ways__walk,"
              "ways__talk,ways__none,wish,wish_status,wish__park,wish__bus,wish__light,age,"
              "age_status,people,people_status,words,words_status\r\n");
}

TEST_F(ResponseCsvTest, ANoteHasNoColumn) {
    pack_.survey.questions.push_back(question_with("hint", QuestionType::Note, {}));
    EXPECT_FALSE(row_of(response_to(pack_)).contains("hint"));
}

TEST_F(ResponseCsvTest, EachKindOfAnswerHasItsColumns) {
    Response response = response_to(pack_);
    response.event = "+festival";
    response.language = Language::JaEasy;
    response.issues_opened = {"living", "safety"};
    response.answers["feel"] = answered({"rather-yes"});
    response.answers["ways"] = answered({"walk", "talk"});
    response.answers["wish"] = answered({"light", "park"});
    response.answers["people"] = {AnswerStatus::Answered, std::int64_t{-1}};
    response.answers["words"] = {AnswerStatus::Answered, std::string("=HYPERLINK(\"x\"), ね")};
    auto row = row_of(response);
    EXPECT_EQ(row["response_id"], "0f");
    EXPECT_EQ(row["pack_hash"], pack_.hash);
    EXPECT_EQ(row["event"], "'+festival");
    EXPECT_EQ(row["universe"], "resident");
    EXPECT_EQ(row["mode"], "kiosk");
    EXPECT_EQ(row["day"], "2022-06-01");
    EXPECT_EQ(row["hour"], "10");
    EXPECT_EQ(row["language"], "ja-easy");
    EXPECT_EQ(row["duration_s"], "90");
    EXPECT_EQ(row["issues_opened"], "living safety");
    EXPECT_EQ(row["feel"], "rather-yes");
    EXPECT_EQ(row["feel_status"], "answered");
    EXPECT_EQ(row["ways"], "walk talk");
    EXPECT_EQ(row["ways__walk"] + row["ways__talk"] + row["ways__none"], "110");
    EXPECT_EQ(row["wish"], "light park");
    EXPECT_EQ(row["wish__light"], "1");
    EXPECT_EQ(row["wish__park"], "2");
    EXPECT_EQ(row["wish__bus"], "");
    EXPECT_EQ(row["people"], "-1");
    EXPECT_EQ(row["words"], "'=HYPERLINK(\"x\"), ね");
}

TEST_F(ResponseCsvTest, ABlurredTimeHasNoHourAndAMonthForADay) {
    Response response = response_to(pack_);
    response.when = {"2022-06", -1};
    auto row = row_of(response);
    EXPECT_EQ(row["day"], "2022-06");
    EXPECT_EQ(row["hour"], "");
}

TEST_F(ResponseCsvTest, WhatWasNotAnsweredIsEmptyAndSaysWhy) {
    Response response = response_to(pack_);
    response.answers["feel"] = {AnswerStatus::Refused, {}};
    response.answers["ways"] = {AnswerStatus::Skipped, {}};
    response.answers.erase("wish");
    auto row = row_of(response);
    EXPECT_EQ(row["feel"], "");
    EXPECT_EQ(row["feel_status"], "refused");
    EXPECT_EQ(row["ways_status"], "skipped");
    EXPECT_EQ(row["ways__none"], "");  // not 0: nobody looked at it and left it
    EXPECT_EQ(row["wish_status"], "not-shown");
}

}  // namespace
}  // namespace machikoe
