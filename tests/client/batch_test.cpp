// Batch: what counts as success, and what every other reply means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/fake_server.h"

namespace machikoe {
namespace {

constexpr Milliseconds kWall{1'656'601'200'000};

class BatchTest : public testing::Test {
  protected:
    BatchTest() { server_.enrols(outbox_, keys_); }
    void append(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(append_one(outbox_, "payload " + std::to_string(++appended_), kWall));
    }
    std::int64_t waiting() { return outbox_.state()->waiting_envelopes; }

    TestKiosk kiosk_;
    Outbox& outbox_ = kiosk_.outbox;
    KeyStore& keys_ = kiosk_.keys;
    FakeServer server_;
    int appended_ = 0;
};

TEST_F(BatchTest, AKioskThatIsNotEnrolledSendsNothing) {
    TestKiosk fresh;
    ASSERT_TRUE(append_one(fresh.outbox, "one", kWall));
    EXPECT_EQ(send_one_batch(fresh.outbox, fresh.keys, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, AKioskWhoseServerHasProvenNothingSendsNothing) {
    append(1);
    server_.enrols(outbox_, keys_, 'a', false);
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, AReplacedOutboxSendsNothingUnderTheOldName) {
    TestKiosk other;
    ASSERT_TRUE(append_one(other.outbox, "one", kWall));
    const auto sent = send_one_batch(other.outbox, keys_, server_);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, ErrorCode::Denied);
    EXPECT_THAT(sent.error().message, testing::HasSubstr("kiosk.db was replaced"));
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, ReceiptsThatTheServerDidNotSignForThisKioskMarkNothing) {
    append(2);
    for (Fault fault : {Fault::Unsigned, Fault::Forged, Fault::OtherKiosks, Fault::Altered}) {
        server_.faults = {fault};
        const auto report = send_one_batch(outbox_, keys_, server_);
        ASSERT_FALSE(report) << static_cast<int>(fault);
        EXPECT_EQ(report.error().code, ErrorCode::Unavailable) << static_cast<int>(fault);
        EXPECT_THAT(report.error().message, testing::HasSubstr("not signed"));
        EXPECT_EQ(waiting(), 2) << static_cast<int>(fault);
    }
    EXPECT_TRUE(send_one_batch(outbox_, keys_, server_));
    EXPECT_EQ(waiting(), 0);
}

TEST_F(BatchTest, ABatchThatAnotherKeySignedIsRefused) {
    append(1);
    server_.known_key = SigningKey::generate().public_key();
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(waiting(), 1);
}

TEST_F(BatchTest, AnEmptyOutboxSendsNothing) {
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_)->sent, 0u);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, WhatIsReceiptedNoLongerWaits) {
    append(3);
    const auto report = send_one_batch(outbox_, keys_, server_);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->sent, 3u);
    EXPECT_FALSE(report->more);
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(server_.held[2], "payload 2");
    EXPECT_THAT(server_.urls, testing::ElementsAre("http://127.0.0.1:8080/v1/batch"));
}

TEST_F(BatchTest, ABatchHasItsLimits) {
    append(5);
    const auto report = send_one_batch(outbox_, keys_, server_, 2);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->sent, 2u);
    EXPECT_TRUE(report->more);
    EXPECT_EQ(waiting(), 3);
}

TEST_F(BatchTest, LargePayloadsThatDoNotCompressFitTheServersLimits) {
    for (std::size_t i = 0; i < kMaxBatchEnvelopes; ++i)
        ASSERT_TRUE(append_one(outbox_, std::string(kMaxPayloadBytes, '\xff'), kWall));
    ASSERT_TRUE(send_one_batch(outbox_, keys_, server_));
    EXPECT_EQ(server_.sizes.at(0), 31u);  // 2 MiB of 66 KiB each
}

TEST_F(BatchTest, NothingButTwoCodesIsSuccess) {
    append(2);
    for (Fault fault : {Fault::Timeout, Fault::Portal, Fault::PortalEchoes, Fault::Moved,
                        Fault::Missing, Fault::Broken, Fault::Busy, Fault::Garbage,
                        Fault::NoReceipts, Fault::WrongHash, Fault::Strangers}) {
        server_.faults = {fault};
        const auto report = send_one_batch(outbox_, keys_, server_);
        ASSERT_FALSE(report) << static_cast<int>(fault);
        EXPECT_EQ(report.error().code, ErrorCode::Unavailable) << static_cast<int>(fault);
        EXPECT_EQ(waiting(), 2) << static_cast<int>(fault);
    }
}

TEST_F(BatchTest, ACaptivePortalIsNamedForTheStaff) {
    append(1);
    server_.faults = {Fault::Portal};
    EXPECT_THAT(send_one_batch(outbox_, keys_, server_).error().message,
                testing::HasSubstr("log-in"));
}

TEST_F(BatchTest, ALostReplyIsMadeGoodByTheNextTry) {
    append(3);
    server_.faults = {Fault::LostReply};
    EXPECT_FALSE(send_one_batch(outbox_, keys_, server_));
    EXPECT_EQ(waiting(), 3);
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_)->sent, 3u);
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(server_.held.size(), 3u);
    EXPECT_EQ(server_.repeats, 3);
}

TEST_F(BatchTest, ARevokedCredentialIsDeniedAndKeepsTheAnswers) {
    append(1);
    server_.known_token = std::string(64, 'b');
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(waiting(), 1);
}

TEST_F(BatchTest, WhatTheServerCannotReadIsInvalidAndStays) {
    append(2);
    server_.unreadable = {2};
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_).error().code, ErrorCode::Invalid);
    server_.unreadable.clear();
    server_.faults = {Fault::TooLarge};
    EXPECT_EQ(send_one_batch(outbox_, keys_, server_).error().code, ErrorCode::Invalid);
    EXPECT_EQ(waiting(), 2);
}

}  // namespace
}  // namespace machikoe
