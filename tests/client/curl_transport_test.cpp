// The curl transport against a socket: limits, refusals, and what goes over the line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <cstdlib>

#include "sync/client/client.h"
#include "tests/client/local_server.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Time = std::chrono::steady_clock;

constexpr std::string_view kCreated = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";

LocalServer::Talk says(std::string_view text) {
    return [text](LocalServer&, int connection) { LocalServer::say(connection, text); };
}

class CurlTest : public testing::Test {
  protected:
    static std::unique_ptr<Transport> hasty() {
        return make_curl_transport({.connect = 400ms, .total = 400ms, .reply_bytes = 1000});
    }
    static void expect_unavailable(const Result<HttpReply>& reply) {
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::Unavailable);
    }
    /// The 400 ms limit, on a machine that has other things to do.
    static void expect_soon(Time::time_point start) { EXPECT_LT(Time::now() - start, 5s); }
};

TEST_F(CurlTest, NobodyListeningIsUnavailable) {
    std::string url;
    {
        LocalServer gone(says(""));
        url = gone.url();
    }
    expect_unavailable(hasty()->post(url, "", "body"));
}

TEST_F(CurlTest, ASilentServerEndsAtTheLimit) {
    LocalServer server([](LocalServer& self, int) {
        while (!self.stopping()) std::this_thread::sleep_for(10ms);
    });
    const auto start = Time::now();
    expect_unavailable(hasty()->post(server.url(), "", "body"));
    expect_soon(start);
}

TEST_F(CurlTest, AServerThatDripsEndsAtTheLimit) {
    LocalServer server([](LocalServer& self, int connection) {
        LocalServer::say(connection, "HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n");
        while (!self.stopping() && LocalServer::say(connection, "x"))
            std::this_thread::sleep_for(20ms);
    });
    const auto start = Time::now();
    expect_unavailable(hasty()->post(server.url(), "", "body"));
    expect_soon(start);
}

TEST_F(CurlTest, HalfAReplyIsNone) {
    LocalServer server(says("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"receipts\""));
    expect_unavailable(hasty()->post(server.url(), "", "body"));
    LocalServer head_only(says("HTTP/1.1 201 Crea"));
    expect_unavailable(hasty()->post(head_only.url(), "", "body"));
    LocalServer closes(says(""));
    expect_unavailable(hasty()->post(closes.url(), "", "body"));
}

TEST_F(CurlTest, WhatIsNotHttpIsNoReply) {
    LocalServer server(says("SSH-2.0-OpenSSH_9.2\r\n"));
    expect_unavailable(hasty()->post(server.url(), "", "body"));
}

TEST_F(CurlTest, AReplyOverTheLimitIsRefused) {
    const std::string head = "HTTP/1.1 201 Created\r\nContent-Length: ";
    const std::string large = head + "1001\r\n\r\n" + std::string(1001, 'x');
    LocalServer server(says(large));
    expect_unavailable(hasty()->post(server.url(), "", "body"));
    const std::string just = head + "1000\r\n\r\n" + std::string(1000, 'x');
    LocalServer fits(says(just));
    EXPECT_EQ(hasty()->post(fits.url(), "", "body")->body.size(), 1000u);
}

TEST_F(CurlTest, HeadersWithoutEndAreRefused) {
    LocalServer server([](LocalServer& self, int connection) {
        LocalServer::say(connection, "HTTP/1.1 201 Created\r\n");
        const std::string line = "X-More: " + std::string(1000, 'x') + "\r\n";
        while (!self.stopping() && LocalServer::say(connection, line)) {
        }
    });
    auto transport = make_curl_transport();  // 30 s: it is the size that ends this
    const auto start = Time::now();
    expect_unavailable(transport->post(server.url(), "", "body"));
    EXPECT_LT(Time::now() - start, 20s);
}

TEST_F(CurlTest, ARedirectIsNotFollowed) {
    LocalServer other(says(kCreated));
    const std::string moved = "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url() +
                              "\r\nContent-Length: 0\r\n\r\n";
    LocalServer server(says(moved));
    EXPECT_EQ(hasty()->post(server.url(), "secret", "body")->status, 307);
    EXPECT_TRUE(other.requests().empty());
}

TEST_F(CurlTest, AProxyOfTheEnvironmentIsNotUsed) {
    LocalServer proxy(says("HTTP/1.1 500 Proxy\r\nContent-Length: 0\r\n\r\n"));
    LocalServer server(says(kCreated));
    ::setenv("http_proxy", proxy.url("").c_str(), 1);
    ::setenv("all_proxy", proxy.url("").c_str(), 1);
    const auto reply = hasty()->post(server.url(), "", "body");
    ::unsetenv("http_proxy");
    ::unsetenv("all_proxy");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 201);
    EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(CurlTest, OnlyHttpIsSpoken) {
    expect_unavailable(hasty()->get("file:///etc/hostname", "", ""));
    expect_unavailable(hasty()->get("ftp://127.0.0.1/", "", ""));
    expect_unavailable(hasty()->get("nonsense", "", ""));
}

TEST_F(CurlTest, AReplyIsReadWhole) {
    LocalServer server(says(
        "HTTP/1.1 503 Busy\r\nETag: \"abc\"\r\nretry-after: 7\r\nContent-Length: 4\r\n\r\nbusy"));
    const auto reply = hasty()->post(server.url(), "", "body");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->body, "busy");
    EXPECT_EQ(reply->etag, "\"abc\"");
    EXPECT_EQ(reply->retry_after, 7s);
}

TEST_F(CurlTest, AnAbsurdRetryAfterIsBounded) {
    LocalServer server(
        says("HTTP/1.1 503 Busy\r\nRetry-After: 999999999999\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(hasty()->post(server.url(), "", "body")->retry_after, 1h);
    LocalServer date(
        says("HTTP/1.1 503 Busy\r\nRetry-After: Fri, 01 Apr 2022 00:00:00 GMT\r\nContent-Length: "
             "0\r\n\r\n"));
    EXPECT_FALSE(hasty()->post(date.url(), "", "body")->retry_after);
}

TEST_F(CurlTest, ALargeBodyTravelsCompressedWithItsToken) {
    LocalServer server(says(kCreated));
    const std::string body = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
    ASSERT_TRUE(hasty()->post(server.url(), "t0ken", body));
    const std::string request = server.requests().at(0);
    EXPECT_THAT(request, HasSubstr("POST /v1/batch HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer t0ken\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nContent-Encoding: zstd\r\n"));
    EXPECT_THAT(request, Not(HasSubstr("Expect")));
    const std::string frame = request.substr(request.find("\r\n\r\n") + 4);
    std::string read(10'000, '\0');
    const std::size_t size = ZSTD_decompress(read.data(), read.size(), frame.data(), frame.size());
    ASSERT_FALSE(ZSTD_isError(size));
    EXPECT_EQ(read.substr(0, size), body);
}

TEST_F(CurlTest, ASmallBodyTravelsAsItIs) {
    LocalServer server(says(kCreated));
    ASSERT_TRUE(hasty()->post(server.url(), "", "{\"code\":\"ABCD\"}"));
    const std::string request = server.requests().at(0);
    EXPECT_THAT(request, HasSubstr("\r\n\r\n{\"code\":\"ABCD\"}"));
    EXPECT_THAT(request, Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(request, Not(HasSubstr("Authorization")));
}

TEST_F(CurlTest, AGetNamesWhatIsHeldAlready) {
    LocalServer server(says("HTTP/1.1 304 Not Modified\r\nETag: \"abc\"\r\n\r\n"));
    const auto reply = hasty()->get(server.url("/v1/pack"), "t0ken", "\"abc\"");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 304);
    EXPECT_THAT(server.requests().at(0), HasSubstr("GET /v1/pack HTTP/1.1\r\n"));
    EXPECT_THAT(server.requests().at(0), HasSubstr("\r\nIf-None-Match: \"abc\"\r\n"));
}

TEST_F(CurlTest, OneTransportServesManyRequestsOfBothKinds) {
    LocalServer server(says(kCreated));  // closes after each
    auto transport = hasty();
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(transport->post(server.url(), "t0ken", std::string(3000, 'x'))->body, "ok");
        ASSERT_EQ(transport->get(server.url("/v1/pack"), "", "")->body, "ok");
    }
    EXPECT_THAT(server.requests().at(5), Not(HasSubstr("t0ken")));
    EXPECT_THAT(server.requests().at(5), Not(HasSubstr("Content")));
}

TEST_F(CurlTest, CancellingEndsTheRequestUnderWayAndEveryLaterOne) {
    LocalServer server([](LocalServer& self, int) {
        while (!self.stopping()) std::this_thread::sleep_for(10ms);
    });
    auto transport = make_curl_transport();  // 30 s
    std::thread ender([&] {
        while (server.requests().empty()) std::this_thread::sleep_for(5ms);
        transport->cancel();
    });
    const auto start = Time::now();
    expect_unavailable(transport->post(server.url(), "", "body"));
    EXPECT_LT(Time::now() - start, 5s);
    ender.join();
    expect_unavailable(transport->post(server.url(), "", "body"));
}

}  // namespace
}  // namespace machikoe
