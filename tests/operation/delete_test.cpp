// Responses deleted by rule, by an operator and by the server itself.
#include "sync/commands/deletion.h"
#include "tests/operation/senders.h"

namespace machikoe {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class DeleteTest : public OperationTest {
  protected:
    void keep_three_years() {
        std::vector<Response> all;
        for (int i = 0; i < 5; ++i) {
            all.push_back(testward_response(pack_, "marker-of-2019", "2019-05-01"));
            all.push_back(testward_response(pack_, "marker-of-2020", "2020-05-31"));
            all.push_back(testward_response(pack_, "marker-of-2021", "2021-05-01"));
        }
        all.push_back(testward_response(pack_, "marker-of-a-month", "2020-05"));
        all.push_back(testward_response(pack_, "marker-of-no-day", ""));
        for (Response& each : all)
            if (each.when.day.size() < 10) each.when.hour = -1;
        keep(all);
        ASSERT_TRUE(open_sqlite_store(data()).value()->put_pack(pack_.hash, pack_.plan.id,
                                                                {{"pack.yaml", "x"}}));
    }
    Ran run_delete(std::vector<std::string> more) {
        more.insert(more.begin(), {"delete", "--data", data()});
        return run(more);
    }
    std::int64_t left() const { return store()->counts()->responses; }
    /// Of all files of the folder.
    std::string raw_bytes() const {
        std::string all;
        for (const auto& each : std::filesystem::recursive_directory_iterator(data()))
            if (each.is_regular_file()) all += bytes_of(each.path());
        return all;
    }
};

TEST_F(DeleteTest, ADryRunSaysByMonthAndPackAndDeletesNothing) {
    keep_three_years();
    const Ran ran = run_delete({"--before", "2020-05-31", "--dry-run"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, ContainsRegex("2019-05 +" + pack_.hash.substr(0, 12) + " +5\n"));
    EXPECT_THAT(ran.out, Not(HasSubstr("2020-05")));
    EXPECT_THAT(ran.out, ContainsRegex("all +5\n"));
    EXPECT_EQ(left(), 17);
    EXPECT_TRUE(store()->audit()->empty());
}

TEST_F(DeleteTest, WhatIsDeletedIsInNoFileAnyMoreAndTheLogKnows) {
    keep_three_years();
    ASSERT_THAT(raw_bytes(), HasSubstr("marker-of-2019"));
    const Ran ran =
        run_delete({"--before", "2020-06-01", "--reason", "five years are over", "--yes"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("11 responses deleted"));
    EXPECT_EQ(left(), 6);
    const std::string raw = raw_bytes();
    for (const char* gone : {"marker-of-2019", "marker-of-2020", "marker-of-a-month"})
        EXPECT_EQ(raw.find(gone), std::string::npos) << gone;
    EXPECT_NE(raw.find("marker-of-2021"), std::string::npos);
    EXPECT_NE(raw.find("marker-of-no-day"), std::string::npos);
    const Ran log = run({"audit", "--data", data()});
    EXPECT_THAT(log.out, HasSubstr("delete-responses-asked  11 responses before 2020-06-01"));
    EXPECT_THAT(log.out, HasSubstr("delete-responses  11 responses before 2020-06-01: five years"));
    EXPECT_THAT(log.out, HasSubstr("the chain holds"));
    EXPECT_EQ(store()->counts()->ledger, 17) << "what was taken in once is not taken in again";
}

TEST_F(DeleteTest, AllOfAPackByTheBeginningOfItsHash) {
    keep_three_years();
    const Ran none = run_delete({"--pack", "zz", "--reason", "r", "--yes"});
    EXPECT_EQ(none.code, 1);
    const Ran ran = run_delete(
        {"--pack", pack_.hash.substr(0, 10), "--before", "2020-01-01", "--reason", "r", "--yes"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(left(), 12);
    EXPECT_EQ(run_delete({"--pack", pack_.hash, "--reason", "r", "--yes"}).code, 0);
    EXPECT_EQ(left(), 0);
}

TEST_F(DeleteTest, AServerThatRunsCountsAgain) {
    keep_three_years();
    const auto server = serve({"--new-keys"});
    const Ran ran = run_delete({"--before", "2020-06-01", "--reason", "r", "--yes"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("counts again"));
    Ran recount;
    for (int i = 0; i < 100; ++i) {
        recount = run({"indicators", "--data", data(), "--pack", pack(), "--recount"});
        if (recount.code == 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_THAT(recount.out, HasSubstr("6 responses; the server's totals equal")) << recount.err;
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(DeleteTest, NothingGoesWithoutARuleAReasonAndAYes) {
    keep_three_years();
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--reason", "r", "--yes"},
          {"--before", "2030-01-01", "--yes"},
          {"--before", "2030-01-01", "--reason", "r"},
          {"--before", "yesterday", "--reason", "r", "--yes"},
          {"--before", "2030-13-01", "--reason", "r", "--yes"},
          {"--before", "2030-02-30", "--reason", "r", "--yes"},
          {"--before", "", "--reason", "r", "--yes"}}) {
        const Ran ran = run_delete(arguments);
        EXPECT_EQ(ran.code, 2) << arguments.back() << ran.out;
    }
    EXPECT_EQ(left(), 17);
    EXPECT_TRUE(store()->audit()->empty());
}

TEST_F(DeleteTest, ThePreviewCountsWhatTheStoreDeletes) {
    keep_three_years();
    for (const char* day : {"2019-05-01", "2019-05-02", "2020-05-01", "2020-05-02", "2020-06-01",
                            "2021-05-01", "2031-01-01"}) {
        const DeletionRule rule{day, ""};
        const auto expected = preview_of(*store(), rule)->responses;
        EXPECT_EQ(open_sqlite_store(data()).value()->delete_responses(rule).value(), expected)
            << day;
    }
}

TEST_F(DeleteTest, TheServerDeletesWhatOutlivedItsMonthsAndSaysSo) {
    keep_three_years();
    const auto server = serve({"--new-keys", "--retention-months", "12"});
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
    EXPECT_EQ(left(), 1) << "that of no day";
    const auto log = store()->audit().value();
    ASSERT_EQ(log.size(), 1u);
    EXPECT_EQ(log[0].who, "server");
    EXPECT_EQ(log[0].what, "delete-responses");
    EXPECT_THAT(log[0].detail, HasSubstr("16 responses before "));
    EXPECT_THAT(log[0].detail, HasSubstr("kept for 12 months"));
    EXPECT_EQ(raw_bytes().find("marker-of-2019"), std::string::npos);
    const auto again = serve({"--retention-months", "12"});
    again->send(SIGTERM);
    EXPECT_EQ(again->wait().code, 0);
    EXPECT_EQ(store()->audit()->size(), 1u) << "only when something was deleted";
}

TEST(DeletionTest, MonthsAreCountedInJapan) {
    const Milliseconds new_year{1'704'034'800'000};  // 2023-12-31 15:00 UTC: 2024-01-01 there
    EXPECT_EQ(first_kept_day(new_year, 1), "2023-12-01");
    EXPECT_EQ(first_kept_day(new_year, 60), "2019-01-01");
    EXPECT_EQ(first_kept_day(new_year - Milliseconds{1}, 1), "2023-11-31");
    EXPECT_EQ(first_kept_day(new_year - Milliseconds{1}, 12), "2022-12-31");
}

}  // namespace
}  // namespace machikoe
