// The server killed at any moment: what was receipted is there, once.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/server/http_client.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

/// serve_child, running.
class Child {
  public:
    explicit Child(const std::filesystem::path& folder) {
        int in[2], out[2];
        if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) std::abort();
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        std::string program = MACHIKOE_BINARY_DIR "/serve_child", argument = folder.string();
        char* arguments[] = {program.data(), argument.data(), nullptr};
        if (posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environ) != 0)
            std::abort();
        posix_spawn_file_actions_destroy(&actions);
        close(in[0]);
        close(out[1]);
        stdin_ = in[1];
        FILE* output = fdopen(out[0], "r");
        char line[32] = "";
        if (std::fgets(line, sizeof line, output))
            port_ = static_cast<std::uint16_t>(std::atoi(line));
        std::fclose(output);
    }
    ~Child() {
        close(stdin_);
        if (pid_ > 0) waitpid(pid_, nullptr, 0);
    }
    void kill_now() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }
    std::uint16_t port() const { return port_; }

  private:
    pid_t pid_ = 0;
    int stdin_ = -1;
    std::uint16_t port_ = 0;
};

TEST(KillTest, WhatWasReceiptedIsThereOnceWheneverTheServerDies) {
    crypto_ready();
    const auto folder = std::filesystem::temp_directory_path() / ("machikoe-kill-" + random_hex(8));
    auto store = open_sqlite_store(folder).value();
    const Pack pack = test_pack(test_pack_files());
    TestKiosk kiosk(*store, SystemClock().wall() + std::chrono::hours(1));
    {
        Child child(folder);
        ASSERT_NE(child.port(), 0);
        HttpClient client(child.port());
        kiosk.enrolled(client.request("POST", "/v1/enrol", "", kiosk.enrol_body()).body);
    }
    constexpr int kKills = 12;
    std::map<std::int64_t, std::string> receipted;  // sequence → hash
    std::multiset<std::string> sent_words;
    std::vector<Envelope> unsure;  // sent, and not receipted
    std::mt19937 random(20240501);
    std::size_t resent = 0;
    for (int round = 0; round <= kKills; ++round) {
        Child child(folder);
        ASSERT_NE(child.port(), 0);
        std::atomic<bool> killed = false;
        std::thread killer;
        if (round < kKills)
            killer = std::thread([&, wait = std::chrono::microseconds(20'000 + random() % 80'000)] {
                std::this_thread::sleep_for(wait);
                child.kill_now();
                killed = true;
            });
        HttpClient client(child.port());
        // The last round only sends again what is not sure.
        while (round < kKills || !unsure.empty()) {
            for (std::size_t n = unsure.size(); round < kKills && n < 5; ++n) {
                const std::string words = "answer " + std::to_string(sent_words.size());
                sent_words.insert(words);
                unsure.push_back(kiosk.next(test_response(pack, "s4", words)));
            }
            const TestReply reply =
                client.request("POST", "/v1/batch", kiosk.token, zstd(kiosk.batch(unsure)),
                               "Content-Encoding: zstd\r\n");
            if (reply.status == 0) break;
            ASSERT_EQ(reply.status, 201) << reply.body;
            const std::vector<Receipt> receipts = decode_receipts(reply.body).value().all;
            for (const Receipt& receipt : receipts) {
                ASSERT_EQ(receipt.outcome, Outcome::Stored);
                receipted[receipt.sequence] = receipt.hash;
            }
            unsure.clear();
        }
        if (killer.joinable()) killer.join();
        resent += unsure.size();
        const Counts counts = store->counts().value();
        ASSERT_EQ(counts.ledger, counts.responses + counts.waiting);
        ASSERT_GE(counts.ledger, static_cast<std::int64_t>(receipted.size()));
    }
    EXPECT_GE(resent, static_cast<std::size_t>(kKills));  // kills did hit batches in flight
    EXPECT_EQ(receipted.size(), sent_words.size());
    std::multiset<std::string> stored;
    ASSERT_TRUE(store->for_each_response([&](const std::string&, const Response& response) {
        stored.insert(std::get<std::string>(response.answers.at("words").value));
        return true;
    }));
    EXPECT_EQ(stored, sent_words);
    EXPECT_EQ(store->counts()->conflicts, 0);
    EXPECT_EQ(store->kiosks()->front().held, static_cast<std::int64_t>(sent_words.size()));
    store.reset();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace machikoe
