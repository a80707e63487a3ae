// SyncThread: real threads, real files, a server in memory.
#include <gtest/gtest.h>

#include <thread>

#include "app/base/file.h"
#include "tests/client/fake_server.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock;

class SyncThreadTest : public testing::Test {
  protected:
    Outbox enrolled() {
        Outbox outbox = Outbox::open(folder_.path).value();
        EXPECT_TRUE(
            outbox.set_credential({"http://127.0.0.1:8080", std::string(64, 'a'), "k", "s"}));
        return outbox;
    }
    TemporaryFolder folder_;
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
    Outbox outbox = enrolled();
    SyncThread sync(folder_.path, std::make_unique<FakeServer>());
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(outbox.append("payload " + std::to_string(i), Milliseconds{0}));
        sync.wake();
    }
    EXPECT_TRUE(sync.drain(20s));
    EXPECT_EQ(outbox.state()->waiting, 0);
    EXPECT_EQ(outbox.state()->receipted, 50);
    EXPECT_TRUE(sync.status().enrolled);
    EXPECT_TRUE(sync.status().last_success);
}

TEST_F(SyncThreadTest, DrainingSeesWhatWasAppendedJustBefore) {
    Outbox outbox = enrolled();
    SyncThread sync(folder_.path, std::make_unique<FakeServer>());
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(outbox.append("payload", Milliseconds{0}));
        ASSERT_TRUE(sync.drain(20s));
        ASSERT_EQ(outbox.state()->waiting, 0);
    }
}

TEST_F(SyncThreadTest, DrainingGivesUpAtItsLimit) {
    Outbox outbox = enrolled();
    ASSERT_TRUE(outbox.append("payload", Milliseconds{0}));
    auto server = std::make_unique<FakeServer>();
    server->absent = true;
    SyncThread sync(folder_.path, std::move(server));
    const auto start = Time::now();
    EXPECT_FALSE(sync.drain(300ms));
    EXPECT_GE(Time::now() - start, 300ms);
    EXPECT_LT(Time::now() - start, 10s);
    EXPECT_EQ(sync.status().waiting, 1);
    EXPECT_NE(sync.status().last_error, "");
}

TEST_F(SyncThreadTest, EndingDoesNotWaitForARequest) {
    Outbox outbox = enrolled();
    ASSERT_TRUE(outbox.append("payload", Milliseconds{0}));
    auto transport = std::make_unique<Hanging>();
    Hanging& hanging = *transport;
    auto sync = std::make_unique<SyncThread>(folder_.path, std::move(transport));
    hanging.wait_until_entered();
    const auto start = Time::now();
    sync.reset();
    EXPECT_LT(Time::now() - start, 5s);
    EXPECT_EQ(outbox.state()->waiting, 1);
}

TEST_F(SyncThreadTest, ADamagedFileIsToldToTheStaffAndEndsNothing) {
    ASSERT_TRUE(replace_file(folder_.path / "kiosk.db", std::string(8192, 'x')));
    SyncThread sync(folder_.path, std::make_unique<FakeServer>());
    EXPECT_FALSE(sync.drain(500ms));
    EXPECT_NE(sync.status().last_error, "");
}

}  // namespace
}  // namespace machikoe
