// The curl transport over TLS: one authority is believed, and whoever it vouches for by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "sync/client/client.h"
#include "tests/client/tls_server.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class CurlTlsTest : public testing::Test {
  protected:
    CurlTlsTest() { std::signal(SIGPIPE, SIG_IGN); }
    void expect_refused(const std::string& url) {
        const auto reply = transport_->post(url, "t0ken", "body");
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::Unavailable);
    }
    TestAuthority ours_, other_;
    TlsServer server_{ours_, "IP:127.0.0.1"};
    std::unique_ptr<Transport> transport_ = make_curl_transport();
};

TEST_F(CurlTlsTest, WithoutAnAuthorityNobodyIsBelieved) {
    expect_refused(server_.url());
    transport_->trust("");
    expect_refused(server_.url());
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(CurlTlsTest, AnotherAuthorityIsNotBelievedEvenWithTheSameName) {
    transport_->trust(other_.pem());
    expect_refused(server_.url());
    transport_->trust("no PEM at all");
    expect_refused(server_.url());
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(CurlTlsTest, TheAuthorityVouchesForANameAndNotForAnother) {
    transport_->trust(ours_.pem());
    TlsServer elsewhere(ours_, "DNS:elsewhere.example");
    expect_refused(elsewhere.url());
    EXPECT_TRUE(elsewhere.requests().empty());
    EXPECT_EQ(transport_->post(server_.url(), "t0ken", "body")->status, 201);
    EXPECT_THAT(server_.requests().at(0), HasSubstr("Bearer t0ken"));
}

TEST_F(CurlTlsTest, AnUnverifiedGetCarriesNoSecretAndVouchesForNothing) {
    EXPECT_EQ(transport_->get_unverified(server_.url())->status, 201);
    EXPECT_EQ(server_.requests().at(0).find("Authorization"), std::string::npos);
    expect_refused(server_.url());
    EXPECT_EQ(server_.requests().size(), 1u);
}

TEST_F(CurlTlsTest, WhatIsNoLongerTrustedGetsNothingMoreOnAnOpenConnection) {
    transport_->trust(ours_.pem());
    ASSERT_TRUE(transport_->post(server_.url(), "t0ken", "body"));
    transport_->trust(other_.pem());
    expect_refused(server_.url());
    EXPECT_EQ(server_.requests().size(), 1u);
    transport_->trust(ours_.pem());
    EXPECT_TRUE(transport_->post(server_.url(), "t0ken", "body"));
}

}  // namespace
}  // namespace machikoe
