// The whole way of an answer with real processes and a real disk: the kiosk killed at any
// moment, the server now and then, and what was acknowledged is on the server, once.
//
// LOOP_KILLS=300 build/dev/loop_tests kills so often; without it, twelve times.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/store/store.h"
#include "tests/loop/processes.h"

namespace machikoe {
namespace {

constexpr int kServerEvery = 4;  // lives of the kiosk
// So many kills meet a batch between the server's commit and the kiosk's receipt for certain.
constexpr int kManyKills = 60;
constexpr std::int64_t kNumbersPerChild = 1'000'000;

int kills_wanted() {
    const char* text = std::getenv("LOOP_KILLS");
    return text == nullptr ? 12 : std::max(1, std::atoi(text));
}

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

    /// What the operator and the kiosk's first start do, over HTTPS.
    void enrol_kiosk(const std::string& port) {
        std::string said;
        ASSERT_EQ(run_machikoe({"enroll", "--data", server().string(), "--name", "lobby", "--site",
                                "office"},
                               said),
                  0)
            << said;
        auto outbox = Outbox::open(kiosk());
        auto keys = KeyStore::open(kiosk(), "a long passphrase");
        ASSERT_TRUE(outbox && keys);
        const Status done = enrol(outbox->kiosk(), *keys, *make_curl_transport(),
                                  "https://127.0.0.1:" + port, code_in(said));
        ASSERT_TRUE(done) << done.error().message;
    }
    static std::string code_in(const std::string& text) {
        std::istringstream words(text);
        for (std::string word; words >> word;)
            if (parse_enrolment_code(word)) return word;
        return "";
    }

    /// A kiosk that lives so long after it began to append.  With a server to end, that is
    /// ended in the middle of this life.
    void one_life(int round, ServerChild* server_to_end) {
        KioskChild child(kiosk(), pack(), round * kNumbersPerChild);
        ASSERT_TRUE(child.began()) << "round " << round;
        const auto life = std::chrono::microseconds(life_us_(random_));
        std::this_thread::sleep_for(life / 2);
        if (server_to_end != nullptr) {
            server_to_end->end(SIGKILL);
            ++kills_;
        }
        std::this_thread::sleep_for(life / 2);
        ASSERT_TRUE(child.kill_now()) << "the kiosk ended by itself in round " << round;
        ++kills_;
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
    int kills_ = 0;                                      // of kiosk and server
    std::set<std::int64_t> may_be_unheard_;              // under way when its child was killed
};

/// Every envelope that came is one of these, and none of them is aside.
void expect_whole(const Counts& counts) {
    EXPECT_EQ(counts.ledger, counts.openings + counts.waiting + counts.responses);
    EXPECT_EQ(counts.quarantined, 0);
    EXPECT_EQ(counts.conflicts, 0);
}

TEST_F(LoopTest, WhatAKioskAcknowledgedIsOnTheServerOnceWhoeverIsKilledWhen) {
    const int wanted = kills_wanted();
    auto serving = std::make_unique<ServerChild>(server(), pack(), "0");
    const std::string port = serving->port();
    ASSERT_NE(port, "");
    ASSERT_NO_FATAL_FAILURE(enrol_kiosk(port));
    int killed_between_commit_and_receipt = 0;
    for (int round = 1; kills_ < wanted; ++round) {
        const bool ends_server = round % kServerEvery == 0;
        ASSERT_NO_FATAL_FAILURE(one_life(round, ends_server ? serving.get() : nullptr));
        const auto receipted = Outbox::open(kiosk())->state()->receipted_envelopes;
        const Counts counts = store()->counts().value();
        ASSERT_GE(counts.ledger, receipted) << "a receipt for what the server does not have";
        ASSERT_NO_FATAL_FAILURE(expect_whole(counts));
        if (counts.ledger > receipted) ++killed_between_commit_and_receipt;
        if (!ends_server) continue;
        serving.reset();
        serving = std::make_unique<ServerChild>(server(), pack(), port);
        ASSERT_EQ(serving->port(), port);
    }
    const std::int64_t before_the_drain = store()->counts()->ledger;
    // Otherwise no batch was ever sent twice, and "once" was not put to the test.
    if (wanted >= kManyKills) {
        EXPECT_GT(killed_between_commit_and_receipt, 0);
        EXPECT_GT(before_the_drain, wanted / 2);
    }

    {
        SyncThread sync(kiosk(), make_curl_transport());
        ASSERT_TRUE(sync.drain(std::chrono::seconds(60))) << sync.status().last_error;
        EXPECT_EQ(sync.status().stuck, 0);
    }
    std::string said;
    ASSERT_EQ(run_machikoe({"ledger", "--data", server().string(), "--release-rest"}, said), 0)
        << said;
    const OutboxState outbox = Outbox::open(kiosk())->state().value();
    const Counts counts = store()->counts().value();
    EXPECT_EQ(outbox.waiting_envelopes, 0);
    EXPECT_EQ(counts.ledger, outbox.last_sequence);
    EXPECT_EQ(counts.waiting, 0);
    expect_whole(counts);
    const std::vector<KioskRow> kiosks = store()->kiosks().value();
    ASSERT_EQ(kiosks.size(), 1u);
    EXPECT_EQ(kiosks[0].highest_sequence, outbox.last_sequence);
    EXPECT_EQ(kiosks[0].held, kiosks[0].highest_sequence) << "the ledger has gaps";

    std::map<std::int64_t, int> numbers = numbers_on_server();
    for (const auto& [number, times] : numbers) EXPECT_EQ(times, 1) << number;
    ASSERT_GT(acknowledged_.size(), static_cast<std::size_t>(wanted));
    for (const auto& [sequence, number] : acknowledged_)
        EXPECT_EQ(numbers.erase(number), 1u) << number << " is lost, sequence " << sequence;
    // What is left was under way at a kill: stored, and nobody was told.
    for (const auto& [number, times] : numbers)
        EXPECT_TRUE(may_be_unheard_.contains(number)) << number;
    RecordProperty("kills", kills_);
    RecordProperty("acknowledged", static_cast<int>(acknowledged_.size()));
    RecordProperty("unheard", static_cast<int>(numbers.size()));
    RecordProperty("delivered_while_killed", static_cast<int>(before_the_drain));
    RecordProperty("killed_between_commit_and_receipt", killed_between_commit_and_receipt);
    if (HasFailure()) return;
    std::printf(
        "%d kills: %zu answers acknowledged, 0 lost, 0 doubled; %d kills between commit and "
        "receipt\n",
        kills_, acknowledged_.size(), killed_between_commit_and_receipt);
}

}  // namespace
}  // namespace machikoe
