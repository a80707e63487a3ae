// Exports, opened by programs that others wrote: Frictionless Data, LibreOffice, PSPP.
#include <nlohmann/json.hpp>

#include "sync/export/codebook.h"
#include "tests/export/csv_reader.h"
#include "tests/indicators/mihon.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;
using Rows = std::vector<std::map<std::string, std::string>>;

class ExportFormatsTest : public MachikoeTest {
  protected:
    static inline const std::string kWard = MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5";

    void keep_example() { keep(worked_example(ward_.pack)); }
    Ran exported(const std::string& format, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments = {"export", "--format", format,    "--data",
                                              data(),   "--pack",   kWard,     "--out",
                                              out(),    "--layout", "osaka-r4"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    Ran exported_with_responses(const std::string& format) {
        return exported(format, {"--microdata", "--reason", "a citizen's question"});
    }
    Ran other_program(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "/usr/bin/env");
        return Process(folder_ / "runs", std::move(arguments)).wait();
    }
    /// tests/run fetches it; without a network it is not there.
    static bool has_package_reader() {
        return std::filesystem::exists(MACHIKOE_BINARY_DIR "/../npm/node_modules/datapackage");
    }
    Ran validated() {
        return other_program({"NODE_PATH=" MACHIKOE_BINARY_DIR "/../npm/node_modules", "node",
                              MACHIKOE_SOURCE_DIR "/tests/package/validate.js",
                              out() + "/datapackage.json"});
    }
    std::string file(const std::string& name) const {
        return bytes_of(std::filesystem::path(out()) / name);
    }
    bool has(const std::string& name) const {
        return std::filesystem::exists(std::filesystem::path(out()) / name);
    }
    Mihon ward_;
};

TEST_F(ExportFormatsTest, ADataPackageValidatesElsewhere) {
    if (!has_package_reader()) GTEST_SKIP() << "no reader of data packages in build/npm";
    keep_example();
    ASSERT_EQ(exported_with_responses("package").code, 0);
    const Ran read = validated();
    EXPECT_EQ(read.code, 0) << read.err;
    EXPECT_THAT(read.out, HasSubstr("responses 88\n"));
    EXPECT_THAT(read.out, HasSubstr("paradata 88\n"));
    EXPECT_THAT(read.out, HasSubstr("indicators 8\n"));
    const auto package = nlohmann::json::parse(file("datapackage.json"));
    const auto& schema = package["resources"][7]["schema"];
    EXPECT_EQ(schema["missingKinds"].size(), 4u);
    bool labelled = false;
    for (const auto& field : schema["fields"])
        if (field["name"] == "safe") {
            labelled = field["categories"][3]["labels"]["en"] == "Yes" &&
                       field["labels"]["ja"] == "安全なまちだと感じますか。";
        }
    EXPECT_TRUE(labelled);
}

TEST_F(ExportFormatsTest, AChangedByteInAPackageIsFound) {
    if (!has_package_reader()) GTEST_SKIP() << "no reader of data packages in build/npm";
    keep_example();
    ASSERT_EQ(exported_with_responses("package").code, 0);
    std::string responses = file("responses.csv");
    responses[responses.size() - 3] ^= 1;
    ASSERT_TRUE(replace_file(std::filesystem::path(out()) / "responses.csv", responses));
    const Ran read = validated();
    EXPECT_EQ(read.code, 1);
    EXPECT_THAT(read.err, HasSubstr("responses: hash"));
}

TEST_F(ExportFormatsTest, WithoutAReasonNoSingleResponseLeaves) {
    keep_example();
    for (const char* format : {"csv", "jsonl", "package", "xlsx"}) {
        ASSERT_EQ(exported(format).code, 0) << format;
        EXPECT_EQ(exported(format, {"--microdata"}).code, 2) << format;
    }
    for (const char* name : {"responses.csv", "paradata.csv", "responses.jsonl"})
        EXPECT_FALSE(has(name)) << name;
    EXPECT_EQ(exported("sav").code, 2);
    EXPECT_THAT(run({"audit", "--data", data()}).out, HasSubstr("0 entries"));
}

TEST_F(ExportFormatsTest, WhoTookSingleResponsesOutIsOnRecord) {
    keep_example();
    ASSERT_EQ(exported_with_responses("jsonl").code, 0);
    EXPECT_TRUE(has("responses.jsonl"));
    const Ran audit = run({"audit", "--data", data()});
    EXPECT_EQ(audit.code, 0);
    EXPECT_THAT(audit.out, HasSubstr("export-microdata"));
    EXPECT_THAT(audit.out, HasSubstr("mihon-r5 as jsonl: a citizen's question"));
}

TEST_F(ExportFormatsTest, AWorkbookOpensInLibreOfficeWithTheSameFigures) {
    keep_example();
    ASSERT_EQ(exported_with_responses("xlsx").code, 0);
    const Ran office = other_program(
        {"HOME=" + folder_.string(), "LC_ALL=C.UTF-8", "soffice", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
         "--outdir", out(), out() + "/evaluation.xlsx"});
    ASSERT_EQ(office.code, 0) << office.err;
    const std::string indicators = file("evaluation-指標.csv");
    EXPECT_THAT(indicators, HasSubstr("safe-town"));
    EXPECT_THAT(indicators, HasSubstr("61.4"));
    EXPECT_THAT(indicators, HasSubstr("A(未確認)"));
    const std::string codes = file("evaluation-回答(値).csv");
    EXPECT_EQ(std::count(codes.begin(), codes.end(), '\n'), 89);
    EXPECT_THAT(file("evaluation-回答(ラベル).csv"), HasSubstr("やや感じる"));
    for (const char* sheet : {"説明", "単純集計", "クロス集計", "回答者属性", "コードブック"})
        EXPECT_TRUE(has(std::string("evaluation-") + sheet + ".csv")) << sheet;
}

TEST_F(ExportFormatsTest, AnSpssFileIsReadByPsppWithLabelsAndMissingValues) {
    keep_example();
    ASSERT_EQ(exported_with_responses("sav").code, 0);
    const std::string syntax = "GET FILE='" + out() +
                               "/responses.sav'.\nDISPLAY DICTIONARY /VARIABLES=safe ways__water.\n"
                               "FREQUENCIES /VARIABLES=safe.\n";
    ASSERT_TRUE(replace_file(folder_ / "read.sps", syntax));
    const Ran pspp = other_program(
        {"LC_ALL=C.UTF-8", "pspp", "-O", "format=csv", (folder_ / "read.sps").string()});
    ASSERT_EQ(pspp.code, 0) << pspp.err;
    EXPECT_THAT(pspp.out, HasSubstr("安全なまちだと感じますか。"));
    EXPECT_THAT(pspp.out, HasSubstr("-4 THRU -1"));
    EXPECT_THAT(pspp.out, HasSubstr("N,Valid,83"));
    EXPECT_THAT(pspp.out, HasSubstr("やや感じる,31"));
    EXPECT_THAT(pspp.out, HasSubstr("無回答,3"));
    EXPECT_THAT(pspp.out, HasSubstr("答えたくない,2"));
}

TEST_F(ExportFormatsTest, ColumnsAreThoseOfTheCodebook) {
    keep_example();
    ASSERT_EQ(exported_with_responses("csv").code, 0);
    const Rows rows = read_csv(file("responses.csv"));
    const auto variables = variables_of(ward_.pack);
    EXPECT_EQ(rows.front().size(), variables.size());
    for (const Variable& variable : variables)
        EXPECT_TRUE(rows.front().contains(variable.name)) << variable.name;
}

TEST_F(ExportFormatsTest, TablesHideSmallGroupsInEveryFormat) {
    std::vector<Response> responses = worked_example(ward_.pack);
    for (std::size_t i = 0; i < responses.size(); ++i)
        responses[i].answers["age"] = {AnswerStatus::Answered, ChosenOptions{i < 4    ? "under30"
                                                                             : i < 40 ? "from30"
                                                                                      : "from60"}};
    keep(responses);
    ASSERT_EQ(exported("csv").code, 0);
    ASSERT_EQ(exported("jsonl").code, 0);
    for (const auto& row : read_csv(file("tables.csv")))
        if (row.at("question") == "safe" && row.at("by") == "age" && row.at("group") == "under30") {
            EXPECT_EQ(row.at("hidden"), "true");
            EXPECT_EQ(row.at("base"), "");
            EXPECT_EQ(row.at("count"), "");
        }
    std::istringstream lines(file("evaluation.jsonl"));
    for (std::string line; std::getline(lines, line);) {
        const auto json = nlohmann::json::parse(line);
        if (json["kind"] == "table" && json["question"] == "safe" && json["by"] == "age" &&
            json["group"] == "under30") {
            EXPECT_TRUE(json["base"].is_null());
        }
    }
}

TEST_F(ExportFormatsTest, MarkedResponsesAreLeftOutOnlyWhenAskedAndThatIsSaid) {
    std::vector<Response> responses = worked_example(ward_.pack);
    for (std::size_t i = 0; i < 20; ++i) responses[i].hurried = true;
    keep(responses);
    ASSERT_EQ(exported("jsonl").code, 0);
    EXPECT_THAT(file("evaluation.jsonl"), HasSubstr("\"responses\":88,\"left_out\":0"));
    ASSERT_EQ(exported("jsonl", {"--leave-out", "hurried,repeated"}).code, 0);
    EXPECT_THAT(file("evaluation.jsonl"), HasSubstr("\"responses\":68,\"left_out\":20"));
    EXPECT_EQ(exported("jsonl", {"--leave-out", "odd"}).code, 2);
}

}  // namespace
}  // namespace machikoe
