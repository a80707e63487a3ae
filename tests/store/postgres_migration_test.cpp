// A database as a program of schema 5 left it, the first that there was on PostgreSQL, opened by
// this program.  What may follow from it is asked of SQLite (migration_test.cpp).
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "sync/store/postgres_schema.h"
#include "sync/store/response_group.h"
#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

constexpr int kOldResponses = static_cast<int>(kMostInGroup) + 20;
constexpr int kOldLedger = 60;

class PostgresMigrationTest : public testing::Test {
  protected:
    PostgresMigrationTest() {
        crypto_ready();
        url_ = schema_in(shared_postgres(), "old_" + random_hex(8));
        std::string sql = "BEGIN; SET client_min_messages = error;";
        sql += kPostgresMigrations[0].sql;
        sql +=
            "CREATE TABLE machikoe_schema (one BIGINT PRIMARY KEY, version BIGINT NOT NULL,"
            " incomplete TEXT NOT NULL DEFAULT ''); INSERT INTO machikoe_schema VALUES (1, 5);";
        std::string previous = first_previous_hash();
        for (int i = 1; i <= kOldLedger; ++i) {
            const std::string hash = envelope_hash(previous, std::to_string(i));
            // One number never came.
            if (i != 30)
                sql += "INSERT INTO ledger VALUES ('" + kKiosk + "', " + std::to_string(i) + ", '" +
                       previous + "', '" + hash + "', '" + (i == 31 ? "quarantined" : "stored") +
                       "');";
            previous = hash;
        }
        for (int i = 0; i < kOldResponses; ++i) {
            const Response each = response_saying("word " + std::to_string(i));
            const std::string id = id_of(i);
            sql += "INSERT INTO response VALUES ('" + id + "', '" + kPackHash +
                   "', '2024-05-01', 14, 'office', 'spring', 'resident', '" + encode_record(each) +
                   "'); INSERT INTO review (response, question) VALUES ('" + id + "', 'words');";
        }
        sql += "INSERT INTO waiting VALUES ('" + std::string(32, 'f') + "', '" + kKiosk +
               "', 'office', 'spring', 'sealed');"
               "INSERT INTO released VALUES ('w', 1, '" +
               id_of(0) + "'); UPDATE checkpoint SET generation = 7, counts = 'counts'; COMMIT";
        in_postgres(url_, sql);
    }
    static std::string id_of(int number) {
        return sha256_hex("id " + std::to_string(number)).substr(0, 32);
    }
    std::string url_;
};

TEST_F(PostgresMigrationTest, EverythingIsThereAndWorksOn) {
    const auto store = open_postgres_store(url_).value();
    const Counts counts = store->counts().value();
    EXPECT_EQ(counts.responses, kOldResponses);
    EXPECT_EQ(counts.ledger, kOldLedger - 1);
    EXPECT_EQ(counts.waiting, 1);
    std::vector<std::string> wanted, read;
    for (int i = 0; i < kOldResponses; ++i)
        wanted.push_back(id_of(i) + encode_record(response_saying("word " + std::to_string(i))));
    std::ranges::sort(wanted);
    ASSERT_TRUE(store->for_each_response_by_id([&](const std::string& id, const Response& each) {
        read.push_back(id + encode_record(each));
        return true;
    }));
    EXPECT_EQ(read, wanted);
    const auto gaps = store->gaps(kKiosk).value();
    ASSERT_EQ(gaps.size(), 1u);
    EXPECT_EQ(gaps[0].first, 30);
    EXPECT_EQ(gaps[0].last, 30);
    const auto waiting = store->waiting("office", "spring").value();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].payload, "sealed");
    EXPECT_TRUE(store->release({waiting[0].id}, {response_saying("new")}));
    EXPECT_EQ(store->checkpoint()->generation, 8);
    EXPECT_EQ(store->checkpoint()->counts, "");
    EXPECT_TRUE(store->decide({id_of(3), "words"}, {ReviewState::Withheld, "(gone)", "x"}, kNow));
    const auto withheld = store->free_texts(ReviewState::Withheld, {}, 9).value();
    ASSERT_EQ(withheld.size(), 1u);
    EXPECT_EQ(withheld[0].text, "(gone)");
}

TEST_F(PostgresMigrationTest, TheLedgerStillTakesEachNumberOnce) {
    const auto store = open_postgres_store(url_).value();
    std::string previous = first_previous_hash();
    std::vector<Incoming> all;
    for (int i = 1; i <= kOldLedger + 1; ++i) {
        Incoming incoming;
        incoming.judgement = CarriesResponse{"office", "spring"};
        incoming.envelope = {i, previous, envelope_hash(previous, std::to_string(i)),
                             std::to_string(i)};
        previous = incoming.envelope.hash;
        all.push_back(std::move(incoming));
    }
    const Group group{kKiosk, all};
    const auto appended = store->append_together({&group}, kNow)->front();
    for (int i = 1; i <= kOldLedger + 1; ++i) {
        const Appended& each = appended[static_cast<std::size_t>(i) - 1];
        EXPECT_EQ(each.fresh, i == 30 || i == kOldLedger + 1) << i;
        EXPECT_EQ(each.receipt.outcome, i == 31 ? Outcome::Quarantined : Outcome::Stored) << i;
    }
    EXPECT_EQ(store->counts()->ledger, kOldLedger + 1);
    EXPECT_TRUE(store->gaps(kKiosk)->empty());
}

TEST_F(PostgresMigrationTest, TwoServersThatStartTogetherDoItOnce) {
    std::thread other([&] { EXPECT_TRUE(open_postgres_store(url_)); });
    EXPECT_TRUE(open_postgres_store(url_));
    other.join();
    EXPECT_EQ(open_postgres_store(url_).value()->counts()->responses, kOldResponses);
}

}  // namespace
}  // namespace machikoe
