// Report, as an office prints it: pages of A4, or a plain sentence why there are none.
#include <cstdlib>

#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ReportProgramTest : public MachikoeTest {
  protected:
    ReportProgramTest() : loaded_(load_pack(pack()).value()) {}

    std::vector<std::string> reporting(const std::string& layout = "osaka-r4") const {
        return {"report",
                "--data",
                data(),
                "--pack",
                pack(),
                "--layout",
                layout,
                "--out",
                out(),
                "--evaluation",
                MACHIKOE_SOURCE_DIR "/assets/evaluation"};
    }
    std::vector<Response> responses(int count) const {
        std::vector<Response> all;
        for (int i = 0; i < count; ++i) {
            Response response;
            response.pack_id = loaded_.plan.id;
            response.pack_hash = loaded_.hash;
            response.site = "office";
            response.when = {"2022-06-01", 10};
            response.duration_s = 60;
            for (const Question& question : loaded_.survey.questions) {
                Answer answer;
                if (!question.options.empty())
                    answer = {AnswerStatus::Answered,
                              ChosenOptions{question.options[i % question.options.size()].id}};
                response.answers[question.id] = answer;
            }
            all.push_back(std::move(response));
        }
        return all;
    }
    /// What a program of the system says of a file.
    std::string said(std::vector<std::string> command) {
        command.insert(command.begin(), "/usr/bin/env");
        return Process(folder_ / "runs", command).wait().out;
    }
    std::string file(const std::string& name) const { return (folder_ / "out" / name).string(); }

    Pack loaded_;
};

TEST_F(ReportProgramTest, PrintsPagesOfA4ThatNameTheWard) {
    keep(responses(60));
    const Ran ran = run(reporting());
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "60 responses in " + out() + "\n");
    EXPECT_THAT(bytes_of(file("report.pdf")), StartsWith("%PDF"));
    EXPECT_FALSE(std::filesystem::exists(file("report.pdf.new")));
    EXPECT_THAT(said({"pdfinfo", file("report.pdf")}), HasSubstr("(A4)"));
    const std::string ward = without_ruby(loaded_.plan.ward.in(Language::Ja));
    EXPECT_THAT(said({"pdftotext", file("report.pdf"), "-"}), HasSubstr(ward));
    EXPECT_THAT(bytes_of(file("report.html")), HasSubstr(ward));
}

TEST_F(ReportProgramTest, IsReadableByItsOwnerOnly) {
    keep(responses(3));
    ASSERT_EQ(run(reporting()).code, 0);
    for (const char* name : {"report.html", "report.pdf"})
        EXPECT_EQ(std::filesystem::status(file(name)).permissions() &
                      (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
                  std::filesystem::perms::none);
}

TEST_F(ReportProgramTest, AnUnknownLayoutIsNamedAndNothingIsWritten) {
    keep({});
    const Ran ran = run(reporting("osaka-r99"));
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("osaka-r99.yaml"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(ReportProgramTest, AFaultOfTheLayoutIsNamedWithItsLine) {
    keep({});
    std::filesystem::create_directories(folder_ / "evaluation");
    ASSERT_TRUE(replace_file(folder_ / "evaluation" / "ours.yaml", "format: 1\nid: ours\n"));
    auto command = reporting("ours");
    command.back() = (folder_ / "evaluation").string();
    const Ran ran = run(command);
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("ours.yaml"));
}

TEST_F(ReportProgramTest, WithoutWeasyprintTheHtmlStaysAndThePackageIsNamed) {
    keep(responses(20));
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", folder_.c_str(), 1);
    const Ran ran = run(reporting());
    ::setenv("PATH", path.c_str(), 1);
    EXPECT_EQ(ran.code, 3);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("Debian package weasyprint"));
    EXPECT_TRUE(std::filesystem::exists(file("report.html")));
    EXPECT_FALSE(std::filesystem::exists(file("report.pdf")));
    EXPECT_FALSE(std::filesystem::exists(file("report.pdf.new")));
}

}  // namespace
}  // namespace machikoe
