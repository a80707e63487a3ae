// SyncThread: real threads, real files, a server in memory.
#include <gtest/gtest.h>

#include <thread>

#include "app/base/file.h"
#include "tests/client/fake_server.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock;

class SyncThreadTest : public testing::Test {
  protected:
    SyncThreadTest() { server_->enrols(outbox_, kiosk_.keys); }
    void append(const std::string& payload) { ASSERT_TRUE(append_one(outbox_, payload)); }

    TestKiosk kiosk_;
    Outbox& outbox_ = kiosk_.outbox;
    std::filesystem::path folder_ = kiosk_.folder.path;
    std::unique_ptr<FakeServer> server_ = std::make_unique<FakeServer>();
};

/// Never answers; lets go when cancelled.
class Hanging final : public Transport {
  public:
    Result<HttpReply> post(const std::string&, const std::string&, const std::string&) override {
        std::unique_lock lock(mutex_);
        entered = true;
        changed_.notify_all();
        changed_.wait(lock, [&] { return cancelled_; });
        return fail(ErrorCode::Unavailable, "cancelled");
    }
    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return fail(ErrorCode::Unavailable, "");
    }
    void cancel() override {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
        changed_.notify_all();
    }
    void wait_until_entered() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return entered; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool entered = false;
    bool cancelled_ = false;
};

TEST_F(SyncThreadTest, WhatIsAppendedAndWokenForIsDelivered) {
    SyncThread sync(folder_, std::move(server_));
    for (int i = 0; i < 50; ++i) {
        ASSERT_NO_FATAL_FAILURE(append("payload " + std::to_string(i)));
        sync.wake();
    }
    EXPECT_TRUE(sync.drain(20s));
    EXPECT_EQ(outbox_.state()->waiting_envelopes, 0);
    EXPECT_EQ(outbox_.state()->receipted_envelopes, 50);
    EXPECT_TRUE(sync.status().enrolled);
    EXPECT_TRUE(sync.status().last_success);
}

TEST_F(SyncThreadTest, DrainingSeesWhatWasAppendedJustBefore) {
    SyncThread sync(folder_, std::move(server_));
    for (int i = 0; i < 20; ++i) {
        ASSERT_NO_FATAL_FAILURE(append("payload"));
        ASSERT_TRUE(sync.drain(20s));
        ASSERT_EQ(outbox_.state()->waiting_envelopes, 0);
    }
}

TEST_F(SyncThreadTest, DrainingGivesUpAtItsLimit) {
    ASSERT_NO_FATAL_FAILURE(append("payload"));
    server_->absent = true;
    SyncThread sync(folder_, std::move(server_));
    const auto start = Time::now();
    EXPECT_FALSE(sync.drain(300ms));
    EXPECT_GE(Time::now() - start, 300ms);
    EXPECT_LT(Time::now() - start, 10s);
    EXPECT_EQ(sync.status().waiting_envelopes, 1);
    EXPECT_NE(sync.status().last_error, "");
}

TEST_F(SyncThreadTest, EndingDoesNotWaitForARequest) {
    ASSERT_NO_FATAL_FAILURE(append("payload"));
    auto transport = std::make_unique<Hanging>();
    Hanging& hanging = *transport;
    auto sync = std::make_unique<SyncThread>(folder_, std::move(transport));
    hanging.wait_until_entered();
    const auto start = Time::now();
    sync.reset();
    EXPECT_LT(Time::now() - start, 5s);
    EXPECT_EQ(outbox_.state()->waiting_envelopes, 1);
}

TEST_F(SyncThreadTest, MissingKeysAreToldAndNoneAreMadeBehindTheKiosksBack) {
    TemporaryFolder bare;
    ASSERT_TRUE(append_one(Outbox::open(bare.path).value(), "one"));
    SyncThread sync(bare.path, std::move(server_));
    EXPECT_FALSE(sync.drain(300ms));
    EXPECT_NE(sync.status().last_error, "");
    EXPECT_FALSE(std::filesystem::exists(bare.path / "keys.db"));
}

TEST_F(SyncThreadTest, ADamagedFileIsToldToTheStaffAndEndsNothing) {
    TemporaryFolder damaged;
    ASSERT_TRUE(KeyStore::open(damaged.path, "a long passphrase"));
    ASSERT_TRUE(replace_file(damaged.path / "kiosk.db", std::string(8192, 'x')));
    SyncThread sync(damaged.path, std::move(server_));
    EXPECT_FALSE(sync.drain(500ms));
    EXPECT_NE(sync.status().last_error, "");
}

}  // namespace
}  // namespace machikoe
