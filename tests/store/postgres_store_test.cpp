// What only the PostgreSQL adapter promises: several servers at once, a server that goes away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <barrier>
#include <thread>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class PostgresStoreTest : public testing::Test {
  protected:
    PostgresStoreTest() {
        crypto_ready();
        spdlog::set_level(spdlog::level::err);  // a warning for each conflict
        name_ = "own_" + random_hex(8);
        url_ = schema_in(shared_postgres(), name_) + "&application_name=" + name_;
    }
    std::unique_ptr<Store> open(StoreMode mode = StoreMode::ReadWrite) {
        auto store = open_postgres_store(url_, mode);
        EXPECT_TRUE(store) << store.error().message;
        return store ? std::move(*store) : nullptr;
    }
    std::string by_hand(const std::string& sql) { return in_postgres(url_, sql); }
    /// Ends connections of this test alone: other tests are on the same server.
    std::string end_connections(const std::string& those) {
        return in_postgres(shared_postgres(),
                           "SELECT count(pg_terminate_backend(pid, 9000)) FROM pg_stat_activity"
                           " WHERE application_name = '" +
                               name_ + "' AND " + those);
    }
    std::string name_;
    std::string url_;
};

Incoming numbered(std::int64_t number, const std::string& payload) {
    Incoming incoming;
    incoming.judgement = CarriesResponse{"office", "spring"};
    incoming.envelope.sequence = number;
    incoming.envelope.previous = first_previous_hash();
    incoming.envelope.payload = payload;
    incoming.envelope.hash = envelope_hash(incoming.envelope.previous, payload);
    return incoming;
}

std::vector<Incoming> batch(std::int64_t first, int count, const std::string& payload) {
    std::vector<Incoming> all;
    for (int i = 0; i < count; ++i)
        all.push_back(numbered(first + i, payload + std::to_string(first + i)));
    return all;
}

/// Two servers at the same time, each with its own connection and thread.
template <class Work>
void both(const std::string& url, Work work) {
    std::barrier together(2);
    const auto run = [&](int which) {
        auto store = open_postgres_store(url).value();
        together.arrive_and_wait();
        work(which, *store, together);
    };
    std::thread other(run, 1);
    run(0);
    other.join();
}

TEST_F(PostgresStoreTest, TwoThatStartTogetherMakeTheTablesOnce) {
    both(url_, [](int, Store& store, auto&) { EXPECT_EQ(store.counts()->ledger, 0); });
    EXPECT_EQ(by_hand("SELECT count(*) FROM machikoe_schema"), "1");
    EXPECT_EQ(by_hand("SELECT count(*) FROM checkpoint"), "1");
}

TEST_F(PostgresStoreTest, TheSameNumbersOfTwoServersAreHeldOnce) {
    open();
    constexpr int kRounds = 20, kBatch = 50;
    std::array<int, 2> fresh{}, conflicts{};
    both(url_, [&](int which, Store& store, auto& together) {
        for (int round = 0; round < kRounds; ++round) {
            // Every other round with other bytes: then one of the two is first, and it stays.
            const std::string says = round % 2 == 0 ? "same" : which == 0 ? "mine" : "yours";
            Group group{kKiosk, batch(1 + round * kBatch, kBatch, says)};
            if (which == 1) std::ranges::reverse(group.incoming);
            together.arrive_and_wait();
            const auto results = store.append_together({&group}, kNow);
            ASSERT_TRUE(results) << results.error().message;
            for (const Appended& each : results->front()) {
                const bool conflict = each.receipt.outcome == Outcome::Conflict;
                conflicts[which] += conflict;
                fresh[which] += each.fresh && !conflict;
            }
        }
    });
    constexpr int kAll = kRounds * kBatch;
    EXPECT_EQ(fresh[0] + fresh[1], kAll);
    EXPECT_EQ(conflicts[0] + conflicts[1], kAll / 2);
    const auto store = open();
    EXPECT_EQ(store->counts()->ledger, kAll);
    EXPECT_EQ(store->counts()->waiting, kAll);
    EXPECT_EQ(store->counts()->conflicts, kAll / 2);
    EXPECT_EQ(store->kiosk(kKiosk)->held, kAll);
    EXPECT_EQ(by_hand("SELECT count(*) FROM conflict JOIN ledger USING (kiosk, sequence)"
                      " WHERE conflict.hash = ledger.hash"),
              "0");
}

TEST_F(PostgresStoreTest, OneGroupComesOutOnceOfTwoServers) {
    open();
    constexpr int kRounds = 15, kGroup = 8;
    std::array<int, 2> released{}, refused{};
    both(url_, [&](int which, Store& store, auto& together) {
        for (int round = 0; round < kRounds; ++round) {
            if (which == 0) {
                EXPECT_TRUE(store.append(kKiosk, batch(1 + round * kGroup, kGroup, "w"), kNow));
            }
            together.arrive_and_wait();
            std::vector<std::string> ids;
            const auto waiting = store.waiting("office", "spring").value();
            for (const WaitingResponse& each : waiting) ids.push_back(each.id);
            if (which == 1) std::ranges::reverse(ids);
            together.arrive_and_wait();
            const auto done =
                store.release(ids, std::vector<Response>(ids.size(), response_saying("w")));
            if (done)
                ++released[which];
            else
                refused[which] += done.error().code == ErrorCode::Conflict;
            together.arrive_and_wait();
        }
    });
    EXPECT_EQ(released[0] + released[1], kRounds);
    EXPECT_EQ(refused[0] + refused[1], kRounds);
    EXPECT_EQ(open()->counts()->responses, kRounds * kGroup);
    EXPECT_EQ(by_hand("SELECT count(*) FROM released"), std::to_string(kRounds));
}

TEST_F(PostgresStoreTest, TheAuditLogOfTwoServersIsOneChain) {
    open();
    both(url_, [](int which, Store& store, auto&) {
        for (int i = 0; i < 15; ++i) {
            AuditEntry entry;
            entry.when = kNow;
            entry.who = "server " + std::to_string(which);
            entry.what = "test";
            EXPECT_TRUE(store.note(entry));
        }
    });
    const auto entries = open()->audit().value();
    EXPECT_EQ(entries.size(), 30u);
    EXPECT_EQ(broken_link(entries), std::nullopt);
    by_hand("UPDATE audit SET who = 'nobody' WHERE number = 7");
    EXPECT_EQ(broken_link(open()->audit().value()), 7);
}

TEST_F(PostgresStoreTest, ALostConnectionIsMadeAgain) {
    const auto store = open();
    ASSERT_TRUE(store->append(kKiosk, batch(1, 3, "a"), kNow));
    EXPECT_EQ(end_connections("true"), "1");
    EXPECT_EQ(store->append(kKiosk, batch(1, 4, "a"), kNow)->size(), 4u);
    EXPECT_EQ(store->counts()->ledger, 4);
}

TEST_F(PostgresStoreTest, ALostMomentIsNotContinuedInAnother) {
    open();
    const auto reader = open(StoreMode::ReadOnly);
    ASSERT_TRUE(reader->hold_moment());
    ASSERT_TRUE(open()->append(kKiosk, batch(1, 3, "a"), kNow));
    EXPECT_EQ(reader->counts()->ledger, 0);
    EXPECT_EQ(end_connections("state = 'idle in transaction'"), "1");
    for (int i = 0; i < 2; ++i) {
        const auto after = reader->counts();
        ASSERT_FALSE(after);
        EXPECT_EQ(after.error().code, ErrorCode::Unavailable);
    }
}

TEST_F(PostgresStoreTest, AReaderCannotWrite) {
    open();
    const auto reader = open(StoreMode::ReadOnly);
    EXPECT_FALSE(reader->append(kKiosk, batch(1, 1, "a"), kNow));
    EXPECT_EQ(reader->counts()->ledger, 0);
}

TEST_F(PostgresStoreTest, ReadingWhereNothingIsDoesNotCreateIt) {
    EXPECT_EQ(open_postgres_store(url_, StoreMode::ReadOnly).error().code, ErrorCode::NotFound);
    EXPECT_EQ(by_hand("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), "0");
}

TEST_F(PostgresStoreTest, ASchemaFromTheFutureIsRefused) {
    open();
    by_hand("UPDATE machikoe_schema SET version = 99");
    for (const StoreMode mode : {StoreMode::ReadWrite, StoreMode::ReadOnly}) {
        const auto refused = open_postgres_store(url_, mode);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::Corrupt);
        EXPECT_THAT(refused.error().message, HasSubstr("newer program"));
    }
    EXPECT_EQ(by_hand("SELECT version FROM machikoe_schema"), "99");
}

TEST_F(PostgresStoreTest, TablesOfSomebodyElseAreLeftAlone) {
    by_hand("CREATE TABLE response (theirs int)");
    EXPECT_EQ(open_postgres_store(url_).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(by_hand("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                      " AND tablename <> 'machikoe_schema'"),
              "1");
}

TEST_F(PostgresStoreTest, ADatabaseThatSortsByALanguageIsRefused) {
    by_hand("CREATE DATABASE " + name_ + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'ja'");
    std::string url = shared_postgres();
    url.replace(url.find("/postgres?"), 10, "/" + name_ + "?");
    const auto store = open_postgres_store(url);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(store.error().message, HasSubstr("LC_COLLATE"));
    by_hand("DROP DATABASE " + name_);
}

TEST_F(PostgresStoreTest, AResponseRowKnowsNeitherKioskNorNumberNorArrival) {
    EXPECT_EQ(open()->counts()->responses, 0);
    EXPECT_EQ(by_hand("SELECT string_agg(column_name, ' ' ORDER BY column_name)"
                      " FROM information_schema.columns WHERE table_schema = current_schema()"
                      " AND table_name = 'response'"),
              "day event hour id pack_hash record site universe");
}

// ---- where it cannot be reached, or goes away ----------------------------------------------

TEST(PostgresAddressTest, NothingThereIsSaidWithoutThePassword) {
    for (const char* url : {"postgresql://ward:s3cr3t@127.0.0.1:1/machikoe",
                            "postgresql://ward:s3cr3t@nowhere.invalid/machikoe"}) {
        const auto store = open_postgres_store(url);
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().code, ErrorCode::Unavailable);
        EXPECT_THAT(store.error().message, Not(HasSubstr("s3cr3t")));
        EXPECT_THAT(store.error().message, HasSubstr("postgresql://ward@"));
    }
}

TEST(PostgresAddressTest, WhatIsNoUrlIsRefusedUnrepeated) {
    for (const char* url :
         {"postgresql://ward:s3cr3t@host/db?nonsense=s3cr3t", "postgresql://ward:a@s3cr3t@host/db",
          "postgresql://ward:s3cr3t%zz@host/db", "postgresql://ward:s3cr3t@host:s3cr3t/db"}) {
        const auto store = open_postgres_store(url);
        ASSERT_FALSE(store);
        EXPECT_THAT(store.error().message, Not(HasSubstr("s3cr3t"))) << url;
        EXPECT_THAT(to_string(parse_store_location(url)), Not(HasSubstr("s3cr3t:"))) << url;
    }
    EXPECT_EQ(parse_store_location("/var/lib/machikoe").url, "");
    EXPECT_EQ(to_string(parse_store_location("/var/lib/machikoe")), "/var/lib/machikoe");
}

TEST(PostgresDeathTest, AServerThatDiesInTheMiddleLeavesWholeBatchesOnly) {
    PostgresCluster cluster;
    // Whatever the database's default is, a receipt means the disk.
    in_postgres(cluster.url(), "ALTER DATABASE postgres SET synchronous_commit = off");
    auto store = open_postgres_store(cluster.url()).value();
    constexpr int kBatch = 100;
    std::atomic<std::int64_t> accepted{0};
    std::atomic<bool> stop{false};
    ErrorCode last = ErrorCode::Invalid;
    std::thread writer([&] {
        for (std::int64_t number = 1; !stop; number += kBatch) {
            const auto done = store->append(kKiosk, batch(number, kBatch, "p"), kNow);
            if (!done) {
                last = done.error().code;
                return;
            }
            accepted += kBatch;
        }
    });
    while (accepted < 5 * kBatch) std::this_thread::yield();
    cluster.kill();
    writer.join();
    EXPECT_EQ(last, ErrorCode::Unavailable);
    EXPECT_EQ(store->counts().error().code, ErrorCode::Unavailable);
    cluster.start();
    const std::int64_t held = store->counts()->ledger;  // by itself again
    EXPECT_GE(held, accepted);
    EXPECT_EQ(held % kBatch, 0);
    EXPECT_EQ(store->counts()->waiting, held);
    EXPECT_EQ(store->kiosk(kKiosk)->held, held);
    // Sent again, as a kiosk without its receipts does.
    for (std::int64_t number = 1; number <= held; number += kBatch)
        ASSERT_TRUE(store->append(kKiosk, batch(number, kBatch, "p"), kNow));
    EXPECT_EQ(store->counts()->ledger, held);
    EXPECT_EQ(store->counts()->conflicts, 0);
}

}  // namespace
}  // namespace machikoe
