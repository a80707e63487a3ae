// The whole way of an answer with real processes and a real disk: the kiosk killed at any
// moment, the server now and then, and what was acknowledged is on the server, once.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/store/store.h"
#include "tests/loop/processes.h"

namespace machikoe {
namespace {

constexpr int kKills = 60;
constexpr int kServerEnds = 6;
constexpr std::int64_t kNumbersPerChild = 1'000'000;

class LoopTest : public testing::Test {
  protected:
    LoopTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-loop-" + random_hex(8));
        std::filesystem::create_directories(kiosk());
        std::filesystem::create_directories(server());
    }
    ~LoopTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path kiosk() const { return folder_ / "kiosk"; }
    std::filesystem::path server() const { return folder_ / "server"; }
    std::string pack() const { return MACHIKOE_SOURCE_DIR "/tests/programs/testward-r4"; }
    std::unique_ptr<Store> store() const {
        return open_sqlite_store(server(), StoreMode::ReadOnly).value();
    }

    void enrol_kiosk(const std::string& port) {
        const std::string code = random_code(3);
        ASSERT_TRUE(open_sqlite_store(server()).value()->add_code(
            sha256_hex(code), "lobby", "office", SystemClock().wall() + std::chrono::hours(1)));
        auto outbox = Outbox::open(kiosk());
        ASSERT_TRUE(outbox) << outbox.error().message;
        const Status done =
            enrol(*outbox, *make_curl_transport(), "http://127.0.0.1:" + port, code);
        ASSERT_TRUE(done) << done.error().message;
    }

    /// A kiosk that lives so long after it began to append.  With a server to end, that is
    /// ended in the middle of this life.
    void one_life(int round, ServerChild* server_to_end) {
        KioskChild child(kiosk(), pack(), round * kNumbersPerChild);
        ASSERT_TRUE(child.began()) << "round " << round;
        const auto life = std::chrono::microseconds(life_us_(random_));
        std::this_thread::sleep_for(life / 2);
        if (server_to_end != nullptr) server_to_end->end(round % 20 == 0 ? SIGTERM : SIGKILL);
        std::this_thread::sleep_for(life / 2);
        ASSERT_TRUE(child.kill_now()) << "the kiosk ended by itself in round " << round;
        std::int64_t next = round * kNumbersPerChild;
        for (const Acknowledged& one : child.heard()) {
            ASSERT_EQ(one.number, next++);
            ASSERT_TRUE(acknowledged_.emplace(one.sequence, one.number).second)
                << one.sequence << " was given twice";
        }
        may_be_unheard_.insert(next);
    }

    /// Every response's own number, as often as the server has it.
    std::map<std::int64_t, int> numbers_on_server() const {
        std::map<std::int64_t, int> numbers;
        const Status read = store()->for_each_response([&](const std::string&, const Response& r) {
            ++numbers[std::stoll(std::get<std::string>(r.answers.at("words").value))];
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        return numbers;
    }

    std::filesystem::path folder_;
    std::mt19937 random_{20220401};
    std::uniform_int_distribution<int> life_us_{1'000, 80'000};
    std::map<std::int64_t, std::int64_t> acknowledged_;  // sequence → the response's number
    std::set<std::int64_t> may_be_unheard_;              // under way when its child was killed
};

TEST_F(LoopTest, WhatAKioskAcknowledgedIsOnTheServerOnceWhoeverIsKilledWhen) {
    auto serving = std::make_unique<ServerChild>(server(), pack(), "0");
    const std::string port = serving->port();
    ASSERT_NE(port, "");
    ASSERT_NO_FATAL_FAILURE(enrol_kiosk(port));
    int killed_between_commit_and_receipt = 0;
    for (int round = 1; round <= kKills; ++round) {
        const bool ends_server = round % (kKills / kServerEnds) == 0;
        ASSERT_NO_FATAL_FAILURE(one_life(round, ends_server ? serving.get() : nullptr));
        const auto receipted = Outbox::open(kiosk())->state()->receipted;
        const Counts counts = store()->counts().value();
        ASSERT_GE(counts.ledger, receipted) << "a receipt for what the server does not have";
        ASSERT_EQ(counts.ledger, counts.responses);
        if (counts.ledger > receipted) ++killed_between_commit_and_receipt;
        if (!ends_server) continue;
        serving.reset();
        serving = std::make_unique<ServerChild>(server(), pack(), port);
        ASSERT_EQ(serving->port(), port);
    }
    const std::int64_t before_the_drain = store()->counts()->ledger;
    const std::int64_t receipted_before_the_drain = Outbox::open(kiosk())->state()->receipted;
    EXPECT_GT(before_the_drain, kKills);
    EXPECT_GT(receipted_before_the_drain, 0);
    // Otherwise no batch was ever sent twice, and "once" was not put to the test.
    EXPECT_GT(killed_between_commit_and_receipt, 0);

    {
        SyncThread sync(kiosk(), make_curl_transport());
        ASSERT_TRUE(sync.drain(std::chrono::seconds(60))) << sync.status().last_error;
        EXPECT_EQ(sync.status().stuck, 0);
    }
    const OutboxState outbox = Outbox::open(kiosk())->state().value();
    const Counts counts = store()->counts().value();
    EXPECT_EQ(outbox.waiting, 0);
    EXPECT_EQ(outbox.receipted, outbox.last_sequence);
    EXPECT_EQ(counts.ledger, outbox.last_sequence);
    EXPECT_EQ(counts.responses, counts.ledger);
    EXPECT_EQ(counts.conflicts, 0);
    EXPECT_EQ(counts.quarantined, 0);
    const std::vector<KioskRow> kiosks = store()->kiosks().value();
    ASSERT_EQ(kiosks.size(), 1u);
    EXPECT_EQ(kiosks[0].highest_sequence, outbox.last_sequence);
    EXPECT_EQ(kiosks[0].held, kiosks[0].highest_sequence) << "the ledger has gaps";

    std::map<std::int64_t, int> numbers = numbers_on_server();
    for (const auto& [number, times] : numbers) EXPECT_EQ(times, 1) << number;
    ASSERT_GT(acknowledged_.size(), static_cast<std::size_t>(kKills));
    for (const auto& [sequence, number] : acknowledged_)
        EXPECT_EQ(numbers.erase(number), 1u) << number << " is lost, sequence " << sequence;
    // What is left was under way at a kill: stored, and nobody was told.
    for (const auto& [number, times] : numbers)
        EXPECT_TRUE(may_be_unheard_.contains(number)) << number;
    RecordProperty("acknowledged", static_cast<int>(acknowledged_.size()));
    RecordProperty("unheard", static_cast<int>(numbers.size()));
    RecordProperty("delivered_while_killed", static_cast<int>(before_the_drain));
    RecordProperty("receipted_while_killed", static_cast<int>(receipted_before_the_drain));
    RecordProperty("killed_between_commit_and_receipt", killed_between_commit_and_receipt);
}

}  // namespace
}  // namespace machikoe
