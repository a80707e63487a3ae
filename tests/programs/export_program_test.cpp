// Export, as a file on an evaluator's desk: every figure can be recomputed from the rows.
#include <nlohmann/json.hpp>

#include "tests/export/csv_reader.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using Rows = std::vector<std::map<std::string, std::string>>;

class ExportProgramTest : public MachikoeTest {
  protected:
    ExportProgramTest() : loaded_(load_pack(pack()).value()) {}

    Answer random_answer(const Question& question) {
        switch (random_() % 6) {
            case 0:
                return {AnswerStatus::Skipped, {}};
            case 1:
                return {AnswerStatus::NotShown, {}};
            case 2:
                if (question.offers_refusal) return {AnswerStatus::Refused, {}};
                break;
            default:
                break;
        }
        if (question.type == QuestionType::FreeText)
            return {AnswerStatus::Answered, std::string("=SUM(A1), \"はい\"")};
        const std::size_t pick = random_() % question.options.size();
        ChosenOptions chosen = {question.options[pick].id};
        if (question.type == QuestionType::Multiple && pick == 0) chosen.push_back("talk");
        return {AnswerStatus::Answered, chosen};
    }
    std::vector<Response> random_responses(int count) {
        std::vector<Response> responses;
        for (int i = 0; i < count; ++i) {
            Response response;
            response.pack_id = loaded_.plan.id;
            response.pack_hash = loaded_.hash;
            response.site = "office";
            response.universe = random_() % 5 == 0 ? Universe::Parent : Universe::Resident;
            response.when = {"2022-06-01", 10};
            response.issues_opened = {"living"};
            response.duration_s = 60;
            for (const Question& question : loaded_.survey.questions)
                response.answers[question.id] = random_answer(question);
            responses.push_back(std::move(response));
        }
        return responses;
    }
    Rows rows_of(const std::string& file) { return read_csv(bytes_of(folder_ / "out" / file)); }

    /// The share of an indicators.csv row, from responses.csv alone and docs/evaluation.md.
    static void expect_recomputes(const std::map<std::string, std::string>& indicator,
                                  const Rows& responses) {
        const std::string& question = indicator.at("question");
        const std::string counted_options = " " + indicator.at("counted") + " ";
        std::int64_t n = 0, counted = 0;
        for (const auto& row : responses) {
            if (row.at("universe") != indicator.at("universe")) continue;
            const std::string& status = row.at(question + "_status");
            const bool wide = indicator.at("base_rule") == "include-skipped";
            if (status == "answered" || (wide && (status == "skipped" || status == "refused"))) ++n;
            bool counts = false;
            std::istringstream words(row.at(question));
            for (std::string word; words >> word;)
                counts |= counted_options.find(" " + word + " ") != std::string::npos;
            counted += counts ? 1 : 0;
        }
        EXPECT_EQ(indicator.at("n"), std::to_string(n));
        EXPECT_EQ(indicator.at("counted_n"), std::to_string(counted));
        ASSERT_GT(n, 0);
        // Half up to one decimal, in tenths of a percent.
        const std::int64_t tenths = (2000 * counted + n) / (2 * n);
        EXPECT_EQ(indicator.at("share"),
                  std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
    }

    Pack loaded_;
    std::mt19937 random_{20220602};
};

TEST_F(ExportProgramTest, AnUnknownFormatIsRefusedWithTheListOfThoseKnown) {
    const Ran ran = run(exporting("ods"));
    EXPECT_EQ(ran.code, 2);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("'ods'"));
    EXPECT_THAT(ran.err, HasSubstr("csv, jsonl, package, xlsx, sav"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(ExportProgramTest, AFolderThatCannotBeMadeIsTheEnvironment) {
    keep({});
    ASSERT_TRUE(replace_file(folder_ / "out", "a file"));
    const Ran ran = run(exporting());
    EXPECT_EQ(ran.code, 3);
    expect_one_line(ran);
    EXPECT_EQ(bytes_of(folder_ / "out"), "a file");
}

TEST_F(ExportProgramTest, AFileThatCannotBeReplacedStaysAndNoHalfIsLeft) {
    keep(random_responses(3));
    std::filesystem::create_directories(folder_ / "out" / "responses.csv" / "in-the-way");
    const Ran ran = run(exporting());
    EXPECT_EQ(ran.code, 3);
    expect_one_line(ran);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "responses.csv.new"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "indicators.csv"));
}

TEST_F(ExportProgramTest, EveryFigureIsRecomputedFromTheRows) {
    keep(random_responses(400));
    const Ran ran = run(exporting());
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Rows responses = rows_of("responses.csv");
    const Rows indicators = rows_of("indicators.csv");
    EXPECT_EQ(responses.size(), 400u);
    ASSERT_EQ(indicators.size(), 2u);
    for (const auto& indicator : indicators) expect_recomputes(indicator, responses);
    EXPECT_EQ(indicators[1].at("target_note"), "目標値の記載なし");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "responses.csv.new"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "indicators.csv.new"));
    std::size_t texts = 0;
    for (const auto& row : responses) texts += row.at("words_status") == "answered" ? 1 : 0;
    EXPECT_GT(texts, 100u);
    for (const auto& row : responses) EXPECT_EQ(row.at("words"), "");  // nobody has looked at them
}

TEST_F(ExportProgramTest, TheIndicatorsCommandSaysTheSame) {
    keep(random_responses(100));
    ASSERT_EQ(run(exporting()).code, 0);
    const std::vector<std::string> command = {"indicators", "--data", data(), "--pack", pack()};
    auto as_csv = command, as_json = command;
    as_csv.push_back("--csv");
    as_json.push_back("--json");
    EXPECT_EQ(run(as_csv).out, bytes_of(folder_ / "out" / "indicators.csv"));
    const auto json = nlohmann::json::parse(run(as_json).out);
    EXPECT_EQ(json["responses"], 100);
    const Rows rows = rows_of("indicators.csv");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(json["indicators"][i]["id"], rows[i].at("id"));
        EXPECT_EQ(json["indicators"][i]["n"].dump(), rows[i].at("n"));
        EXPECT_EQ(json["indicators"][i]["share"].dump(), rows[i].at("share"));
    }
    as_csv.push_back("--json");
    EXPECT_EQ(run(as_csv).code, 2);
}

TEST_F(ExportProgramTest, ResponsesToAnotherVersionAreNamedAndLeftOut) {
    std::vector<Response> responses = random_responses(5);
    responses[1].pack_hash = std::string(64, 'e');
    keep(responses);
    const Ran ran = run(exporting());
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.err, HasSubstr("1 responses to other versions"));
    EXPECT_EQ(rows_of("responses.csv").size(), 4u);
    const Ran table = run({"indicators", "--data", data(), "--pack", pack()});
    EXPECT_THAT(table.out, HasSubstr("ほかの版への回答: 1 件"));
}

TEST_F(ExportProgramTest, AnswersAreReadableByTheirOwnerOnly) {
    keep(random_responses(1));
    ASSERT_EQ(run(exporting()).code, 0);
    const auto permissions =
        std::filesystem::status(folder_ / "out" / "responses.csv").permissions();
    EXPECT_EQ(
        permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
        std::filesystem::perms::none);
}

}  // namespace
}  // namespace machikoe
