// ExportJobs: made, cancelled, failed, over, and nothing left behind.
#include "sync/server/export_jobs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <latch>
#include <optional>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class ExportJobsTest : public testing::Test {
  protected:
    ExportJobsTest() {
        crypto_ready();
        folder_ = fs::temp_directory_path() / ("machikoe-jobs-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        options_ = {folder_ / "exports", "1", [this] { return open(); }};
    }
    ~ExportJobsTest() override {
        gate_.count_down(gate_is_open_ ? 0 : 1);
        jobs_.reset();
        store_.reset();
        fs::remove_all(folder_);
    }
    void begin() { jobs_.emplace(pack_, clock_, options_); }
    void answer_times(std::size_t times) {
        ASSERT_TRUE(
            store_->release({}, std::vector<Response>(times, test_response(*pack_, "s4", "公園"))));
    }
    Result<std::unique_ptr<Store>> open() {
        if (is_gated_) gate_.wait();
        return open_sqlite_store(folder_, StoreMode::ReadOnly);
    }
    void open_gate() {
        gate_is_open_ = true;
        gate_.count_down();
    }
    Result<std::string> start(const std::string& account, const char* format) {
        return jobs_->start(account, *export_format_called(format));
    }
    /// Waits until it is no longer running.
    JobView ended(const std::string& account) {
        for (int i = 0; i < 2000; ++i) {
            const auto views = jobs_->of(account);
            if (views.empty() || views.front().state != JobState::Running)
                return views.empty() ? JobView{.state = JobState::Over} : views.front();
            std::this_thread::sleep_for(5ms);
        }
        ADD_FAILURE() << "still running";
        return {};
    }
    /// Everything below the exports' folder that is not a lock.
    std::vector<fs::path> left() {
        std::vector<fs::path> files;
        std::error_code ec;
        for (const auto& entry : fs::recursive_directory_iterator(options_.folder, ec))
            if (entry.is_regular_file() && entry.path().filename() != "lock")
                files.push_back(entry.path());
        return files;
    }

    fs::path folder_;
    ManualClock clock_;
    std::shared_ptr<const Pack> pack_ = std::make_shared<const Pack>(test_pack(test_pack_files()));
    std::unique_ptr<Store> store_;
    std::latch gate_{1};
    bool is_gated_ = false, gate_is_open_ = false;
    ExportJobsOptions options_;
    std::optional<ExportJobs> jobs_;
};

TEST_F(ExportJobsTest, EveryFormatBecomesOneFileThatItsOwnerAloneCanHave) {
    answer_times(30);
    begin();
    for (const auto& [format, name, begins] : {std::tuple{"csv", "machikoe-csv.zip", "PK\3\4"},
                                               {"jsonl", "machikoe-jsonl.zip", "PK\3\4"},
                                               {"package", "machikoe-package.zip", "PK\3\4"},
                                               {"sav", "responses.sav", "$FL2"}}) {
        const auto id = start("sato", format);
        ASSERT_TRUE(id) << format;
        const JobView view = ended("sato");
        EXPECT_EQ(view.state, JobState::Done) << format << ": " << view.trouble;
        EXPECT_EQ(view.responses, 30);
        EXPECT_EQ(view.percent, 100);
        const auto file = jobs_->file("sato", *id);
        ASSERT_TRUE(file) << format;
        EXPECT_EQ(file->name, name);
        EXPECT_EQ(load_file(file->path).value().substr(0, 4), begins);
        EXPECT_EQ(fs::file_size(file->path), view.bytes);
        EXPECT_EQ(fs::status(file->path).permissions() & fs::perms(077), fs::perms::none);
        EXPECT_FALSE(jobs_->file("tanaka", *id));
        EXPECT_FALSE(jobs_->cancel("tanaka", *id));
    }
    EXPECT_EQ(left().size(), 4u) << "nothing but the four files";
    jobs_.reset();
    EXPECT_TRUE(left().empty());
}

TEST_F(ExportJobsTest, ATextThatNobodyReviewedDoesNotLeave) {
    answer_times(12);
    begin();
    const auto id = start("sato", "sav");
    ended("sato");
    EXPECT_EQ(load_file(jobs_->file("sato", *id)->path).value().find("公園"), std::string::npos);
}

TEST_F(ExportJobsTest, ACancelledJobLeavesNothingAndAThirdHasToWait) {
    answer_times(12);
    is_gated_ = true;
    begin();
    const auto id = start("sato", "csv");
    ASSERT_TRUE(id && start("tanaka", "csv"));
    EXPECT_FALSE(jobs_->has_room());
    EXPECT_EQ(start("suzuki", "csv").error().code, ErrorCode::Conflict);
    EXPECT_TRUE(jobs_->cancel("sato", *id));
    open_gate();
    EXPECT_EQ(ended("sato").state, JobState::Cancelled);
    EXPECT_EQ(ended("tanaka").state, JobState::Done);
    EXPECT_FALSE(jobs_->file("sato", *id));
    EXPECT_TRUE(jobs_->cancel("sato", *id)) << "and is forgotten";
    EXPECT_TRUE(jobs_->of("sato").empty());
    EXPECT_EQ(left().size(), 1u);
}

TEST_F(ExportJobsTest, FailuresAreToldAndLeaveNothing) {
    answer_times(12);
    options_.open_reader = [] {
        return Result<std::unique_ptr<Store>>(fail(ErrorCode::Corrupt, "no such database"));
    };
    begin();
    ASSERT_TRUE(start("sato", "csv"));
    EXPECT_EQ(ended("sato").state, JobState::Failed);
    EXPECT_EQ(ended("sato").trouble, "no such database");

    options_.open_reader = [this] {
        fs::remove_all(options_.folder);  // the disk went away
        return open();
    };
    begin();
    ASSERT_TRUE(start("sato", "csv"));
    EXPECT_EQ(ended("sato").state, JobState::Failed);

    options_.open_reader = [this] { return open(); };
    options_.most_bytes = 100;
    begin();
    ASSERT_TRUE(start("sato", "csv"));
    EXPECT_EQ(ended("sato").state, JobState::Failed);
    EXPECT_TRUE(left().empty());

    std::ofstream(folder_ / "a file") << "x";
    options_.folder = folder_ / "a file";  // nothing can be written there, not even by root
    begin();
    EXPECT_EQ(start("sato", "csv").error().code, ErrorCode::Unavailable);
}

TEST_F(ExportJobsTest, AFileIsGoneWhenItsTimeIsOver) {
    answer_times(12);
    options_.life = 300ms;
    begin();
    const auto id = start("sato", "sav");
    EXPECT_EQ(ended("sato").state, JobState::Done);
    for (int i = 0; i < 1000 && !left().empty(); ++i) std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(left().empty());
    EXPECT_FALSE(jobs_->file("sato", *id));
}

TEST_F(ExportJobsTest, TheEndDoesNotWaitForAFileToGrowOld) {
    answer_times(12);
    begin();
    ASSERT_TRUE(start("sato", "sav"));
    ended("sato");
    const auto began = std::chrono::steady_clock::now();
    jobs_.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(ExportJobsTest, WhatAKilledServerLeftIsRemovedAndWhatALivingOneHasIsNot) {
    fs::create_directories(options_.folder / "dead" / "job");
    std::ofstream(options_.folder / "dead" / "lock");
    std::ofstream(options_.folder / "dead" / "job" / "responses.csv") << "an answer";
    answer_times(12);
    begin();
    EXPECT_FALSE(fs::exists(options_.folder / "dead"));
    ASSERT_TRUE(start("sato", "sav"));
    ended("sato");
    const ExportJobs another(pack_, clock_, options_);
    EXPECT_EQ(left().size(), 1u);
}

}  // namespace
}  // namespace machikoe
