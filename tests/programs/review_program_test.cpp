// Review: what residents wrote is looked at before it leaves, and what is taken out stays sealed.
#include <nlohmann/json.hpp>

#include "tests/export/csv_reader.h"
#include "tests/indicators/mihon.h"
#include "tests/programs/machikoe_fixture.h"
#include "tests/store/readable.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class ReviewProgramTest : public MachikoeTest {
  protected:
    static inline const std::string kWard = MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5";
    static inline const std::string kNumber = "090-1234-5678";

    ReviewProgramTest() {
        std::vector<Response> responses = worked_example(ward_.pack);
        responses[0].answers["words"] = {AnswerStatus::Answered, "山田太郎です。電話は" + kNumber};
        responses[1].answers["words"] = {AnswerStatus::Answered,
                                         std::string("公園がほしい。\x1b[2J")};
        keep(responses);
    }
    Ran review(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin() + 1, {"--data", data()});
        arguments.insert(arguments.begin(), "review");
        return run(arguments);
    }
    /// The id of the text that holds `words`.
    std::string id_of(const std::string& words, const std::string& state = "pending") {
        std::istringstream lines(review({"list", "--json", "--state", state}).out);
        for (std::string line; std::getline(lines, line);) {
            const auto json = nlohmann::json::parse(line);
            if (json["text"].get<std::string>().find(words) != std::string::npos) return json["id"];
        }
        return "";
    }
    std::set<std::string> exported_words() {
        const Ran ran = run({"export", "--format", "csv", "--data", data(), "--pack", kWard,
                             "--out", out(), "--microdata", "--reason", "a test"});
        EXPECT_EQ(ran.code, 0) << ran.err;
        std::set<std::string> words;
        for (const auto& row : read_csv(bytes_of(std::filesystem::path(out()) / "responses.csv")))
            if (row.at("words_status") == "answered") words.insert(row.at("words"));
        return words;
    }
    Mihon ward_;
};

TEST_F(ReviewProgramTest, TheQueueShowsWhatCouldNameAPerson) {
    const Ran listed = review({"list"});
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_THAT(listed.out, HasSubstr("telephone"));
    EXPECT_THAT(listed.out, HasSubstr("name"));
    EXPECT_THAT(listed.out, HasSubstr("\\x1b[2J"));
    EXPECT_THAT(listed.out, Not(HasSubstr("\x1b")));
}

TEST_F(ReviewProgramTest, NothingLeavesBeforeItWasLookedAt) {
    EXPECT_EQ(exported_words(), std::set<std::string>{""});
    ASSERT_EQ(review({"approve", id_of("公園")}).code, 0);
    EXPECT_EQ(exported_words(), (std::set<std::string>{"", "公園がほしい。\x1b[2J"}));
}

TEST_F(ReviewProgramTest, ARedactionKeepsTheOriginalSealedAndNowhereElse) {
    const std::string id = id_of(kNumber);
    ASSERT_THAT(readable_responses(data()), HasSubstr(kNumber));
    const std::vector<std::string> before = packed_groups(data());
    const Ran redacted = review({"redact", id});
    EXPECT_EQ(redacted.code, 0) << redacted.err;
    EXPECT_EQ(redacted.out, "［氏名］です。電話は［電話番号］\n");
    EXPECT_THAT(readable_responses(data()), Not(HasSubstr(kNumber)));
    EXPECT_EQ(raw_bytes(data()).find(kNumber), std::string::npos);
    const Gone gone = gone_since(before, data());
    EXPECT_GT(gone.pieces, 10u);
    EXPECT_EQ(gone.left_behind, 0u);
    EXPECT_TRUE(exported_words().contains("［氏名］です。電話は［電話番号］"));
    EXPECT_EQ(review({"open", id}).out, "山田太郎です。電話は" + kNumber + "\n");
    EXPECT_THAT(run({"audit", "--data", data()}).out, HasSubstr("review-open"));
}

TEST_F(ReviewProgramTest, ASecondRedactionDoesNotBuryTheFirstOriginal) {
    const std::string id = id_of(kNumber);
    ASSERT_EQ(review({"redact", id}).code, 0);
    ASSERT_EQ(review({"withhold", id}).code, 0);
    EXPECT_TRUE(exported_words().contains("［非公開］"));
    EXPECT_THAT(review({"open", id}).out, HasSubstr(kNumber));
}

TEST_F(ReviewProgramTest, AFigureDoesNotMoveWhenATextIsTakenOut) {
    const std::string snapshot = (folder_ / "snapshot").string();
    ASSERT_EQ(run({"snapshot", "--data", data(), "--pack", kWard, "--out", snapshot}).code, 0);
    ASSERT_EQ(review({"withhold", id_of(kNumber)}).code, 0);
    const Ran verified = run({"indicators", "--data", data(), "--verify", snapshot});
    EXPECT_EQ(verified.code, 0) << verified.out;
}

TEST_F(ReviewProgramTest, TagsAreCounted) {
    const std::string park = id_of("公園"), name = id_of(kNumber);
    ASSERT_EQ(review({"tag", park, "公園", "子育て"}).code, 0);
    ASSERT_EQ(review({"tag", name, "公園"}).code, 0);
    EXPECT_EQ(review({"tags"}).out, "      2  公園\n      1  子育て\n");
    ASSERT_EQ(review({"untag", name, "公園"}).code, 0);
    EXPECT_THAT(review({"tags"}).out, HasSubstr("1  公園"));
}

TEST_F(ReviewProgramTest, WhatCannotBeDoneIsSaidInOneLine) {
    EXPECT_EQ(review({"approve", "nothing"}).code, 2);
    const Ran unknown = review({"approve", std::string(32, 'a') + ":words"});
    EXPECT_EQ(unknown.code, 1);
    expect_one_line(unknown);
    const Ran clean = review({"redact", id_of("公園")});
    EXPECT_EQ(clean.code, 1);
    EXPECT_THAT(clean.err, HasSubstr("--text"));
}

}  // namespace
}  // namespace machikoe
