// Batch and enrolment: what counts as success, and what every other reply means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/fake_server.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

constexpr Milliseconds kWall{1'656'601'200'000};

class BatchTest : public testing::Test {
  protected:
    BatchTest() : outbox_(Outbox::open(folder_.path).value()) {
        EXPECT_TRUE(
            outbox_.set_credential({"http://127.0.0.1:8080", std::string(64, 'a'), "", ""}));
    }
    void append(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(outbox_.append("payload " + std::to_string(++appended_), kWall));
    }
    std::int64_t waiting() { return outbox_.state()->waiting; }

    TemporaryFolder folder_;
    Outbox outbox_;
    FakeServer server_;
    int appended_ = 0;
};

TEST_F(BatchTest, AKioskThatIsNotEnrolledSendsNothing) {
    TemporaryFolder other;
    Outbox fresh = Outbox::open(other.path).value();
    ASSERT_TRUE(fresh.append("one", kWall));
    EXPECT_EQ(send_one_batch(fresh, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, AnEmptyOutboxSendsNothing) {
    EXPECT_EQ(send_one_batch(outbox_, server_)->sent, 0u);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(BatchTest, WhatIsReceiptedNoLongerWaits) {
    append(3);
    const auto report = send_one_batch(outbox_, server_);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->sent, 3u);
    EXPECT_FALSE(report->more);
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(server_.held[2], "payload 2");
    EXPECT_THAT(server_.urls, testing::ElementsAre("http://127.0.0.1:8080/v1/batch"));
}

TEST_F(BatchTest, ABatchHasItsLimits) {
    append(5);
    const auto report = send_one_batch(outbox_, server_, 2);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->sent, 2u);
    EXPECT_TRUE(report->more);
    EXPECT_EQ(waiting(), 3);
}

TEST_F(BatchTest, LargePayloadsThatDoNotCompressFitTheServersLimits) {
    for (std::size_t i = 0; i < kMaxBatchEnvelopes; ++i)
        ASSERT_TRUE(outbox_.append(std::string(kMaxPayloadBytes, '\xff'), kWall));
    ASSERT_TRUE(send_one_batch(outbox_, server_));
    EXPECT_EQ(server_.sizes.at(0), 32u);  // 2 MiB of 64 KiB each
}

TEST_F(BatchTest, NothingButTwoCodesIsSuccess) {
    append(2);
    for (Fault fault : {Fault::Timeout, Fault::Portal, Fault::PortalEchoes, Fault::Moved,
                        Fault::Missing, Fault::Broken, Fault::Busy, Fault::Garbage,
                        Fault::NoReceipts, Fault::WrongHash, Fault::Strangers}) {
        server_.faults = {fault};
        const auto report = send_one_batch(outbox_, server_);
        ASSERT_FALSE(report) << static_cast<int>(fault);
        EXPECT_EQ(report.error().code, ErrorCode::Unavailable) << static_cast<int>(fault);
        EXPECT_EQ(waiting(), 2) << static_cast<int>(fault);
    }
}

TEST_F(BatchTest, ACaptivePortalIsNamedForTheStaff) {
    append(1);
    server_.faults = {Fault::Portal};
    EXPECT_THAT(send_one_batch(outbox_, server_).error().message, testing::HasSubstr("log-in"));
}

TEST_F(BatchTest, ALostReplyIsMadeGoodByTheNextTry) {
    append(3);
    server_.faults = {Fault::LostReply};
    EXPECT_FALSE(send_one_batch(outbox_, server_));
    EXPECT_EQ(waiting(), 3);
    EXPECT_EQ(send_one_batch(outbox_, server_)->sent, 3u);
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(server_.held.size(), 3u);
    EXPECT_EQ(server_.repeats, 3);
}

TEST_F(BatchTest, ARevokedCredentialIsDeniedAndKeepsTheAnswers) {
    append(1);
    server_.known_token = std::string(64, 'b');
    EXPECT_EQ(send_one_batch(outbox_, server_).error().code, ErrorCode::Denied);
    EXPECT_EQ(waiting(), 1);
}

TEST_F(BatchTest, WhatTheServerCannotReadIsInvalidAndStays) {
    append(2);
    server_.unreadable = {2};
    EXPECT_EQ(send_one_batch(outbox_, server_).error().code, ErrorCode::Invalid);
    server_.unreadable.clear();
    server_.faults = {Fault::TooLarge};
    EXPECT_EQ(send_one_batch(outbox_, server_).error().code, ErrorCode::Invalid);
    EXPECT_EQ(waiting(), 2);
}

/// Answers every post with one reply.
class OneReply final : public Transport {
  public:
    explicit OneReply(HttpReply reply) : reply_(std::move(reply)) {}
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        last_url = url;
        last_token = token;
        last_body = body;
        return reply_;
    }
    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return reply_;
    }
    std::string last_url, last_token, last_body;

  private:
    HttpReply reply_;
};

class EnrolTest : public testing::Test {
  protected:
    EnrolTest() : outbox_(Outbox::open(folder_.path).value()) {}
    ErrorCode refused(HttpReply reply) {
        OneReply transport(std::move(reply));
        const Status done = enrol(outbox_, transport, "http://127.0.0.1:8080", "ABCD");
        EXPECT_FALSE(done);
        EXPECT_FALSE(outbox_.credential().value());
        return done.error().code;
    }
    const std::string body_ =
        encode(EnrolReply{std::string(64, 'c'), "一階窓口", "tsurumi-office"});
    TemporaryFolder folder_;
    Outbox outbox_;
};

TEST_F(EnrolTest, ACodeBecomesACredential) {
    OneReply transport({.status = 201, .body = body_});
    ASSERT_TRUE(enrol(outbox_, transport, "http://127.0.0.1:8080/", "ABCD-EFGH"));
    EXPECT_EQ(transport.last_url, "http://127.0.0.1:8080/v1/enrol");
    EXPECT_EQ(transport.last_token, "");
    const auto request = decode_enrol_request(transport.last_body);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->code, "ABCD-EFGH");
    EXPECT_EQ(request->kiosk, outbox_.kiosk());
    const Credential credential = outbox_.credential().value().value();
    EXPECT_EQ(credential.server, "http://127.0.0.1:8080");
    EXPECT_EQ(credential.token, std::string(64, 'c'));
    EXPECT_EQ(credential.name, "一階窓口");
    EXPECT_EQ(credential.site, "tsurumi-office");
}

TEST_F(EnrolTest, EveryOtherReplyLeavesTheKioskAsItWas) {
    EXPECT_EQ(refused({.status = 403}), ErrorCode::Denied);
    EXPECT_EQ(refused({.status = 400}), ErrorCode::Invalid);
    EXPECT_EQ(refused({.status = 200, .body = body_}), ErrorCode::Unavailable);
    EXPECT_EQ(refused({.status = 302}), ErrorCode::Unavailable);
    EXPECT_EQ(refused({.status = 201, .body = "<html>"}), ErrorCode::Unavailable);
    EXPECT_EQ(refused({.status = 201, .body = "{\"token\":\"short\"}"}), ErrorCode::Unavailable);
}

TEST_F(EnrolTest, SecretsDoNotTravelInTheClear) {
    OneReply transport({.status = 201, .body = body_});
    for (const char* server :
         {"", "127.0.0.1:8080", "http://example.org", "http://192.168.0.1", "ftp://127.0.0.1",
          "http://127.0.0.1.example.org", "http://127.0.0.1:80@example.org", "https://",
          "https://user@example.org", "http://localhostile",
          "https://example.org?x=", "file:///"}) {
        const Status done = enrol(outbox_, transport, server, "ABCD");
        ASSERT_FALSE(done) << server;
        EXPECT_EQ(done.error().code, ErrorCode::Invalid) << server;
    }
    EXPECT_EQ(transport.last_url, "");
    for (const char* server : {"http://127.0.0.1:8080", "http://localhost", "http://[::1]:8080",
                               "https://machikoe.example.org"})
        EXPECT_TRUE(enrol(outbox_, transport, server, "ABCD")) << server;
}

}  // namespace
}  // namespace machikoe
