// Who asks when a proxy stands between, and whose word for it is taken.
#include "sync/server/proxies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "sync/server/server.h"
#include "tests/server/http_client.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

TEST(ProxiesTest, OnlyAddressesAndRangesAreTaken) {
    for (const char* bad : {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "/8",
                            "10.0.0.0/-1", "10.0.0.0/8x", "fd00::/129", "1.2.3.4.5", "::1 "})
        EXPECT_FALSE(TrustedProxies::parse({bad})) << bad;
    const auto some = TrustedProxies::parse({"10.1.0.0/16", "192.0.2.7", "fd00::/8"}).value();
    for (const char* in : {"10.1.0.0", "10.1.255.255", "192.0.2.7", "::ffff:10.1.2.3", "fd12::1"})
        EXPECT_TRUE(some.has(in)) << in;
    for (const char* out : {"10.2.0.0", "10.0.255.255", "192.0.2.8", "fe80::1", "::1", "", "x"})
        EXPECT_FALSE(some.has(out)) << out;
    EXPECT_TRUE(TrustedProxies::parse({"0.0.0.0/0"})->has("8.8.8.8"));
    EXPECT_FALSE(TrustedProxies::parse({"0.0.0.0/0"})->has("fd00::1"));
    EXPECT_FALSE(TrustedProxies().has("127.0.0.1"));
}

TEST(ProxiesTest, TheLastHopThatIsNoProxyOfOursIsWhoAsks) {
    const auto ours = TrustedProxies::parse({"127.0.0.1", "10.0.0.0/8"}).value();
    const auto client = [&](const char* peer, const char* forwarded) {
        return ours.client_of(peer, forwarded);
    };
    EXPECT_EQ(client("127.0.0.1", "198.51.100.9"), "198.51.100.9");
    EXPECT_EQ(client("127.0.0.1", "203.0.113.1, 198.51.100.9"), "198.51.100.9") << "made up";
    EXPECT_EQ(client("127.0.0.1", "198.51.100.9, 10.0.0.4,10.9.9.9"), "198.51.100.9");
    EXPECT_EQ(client("127.0.0.1", "10.0.0.4"), "10.0.0.4") << "all of them ours";
    EXPECT_EQ(client("127.0.0.1", ""), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.9, somebody"), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.9:4711"), "198.51.100.9");
    EXPECT_EQ(client("127.0.0.1", "[2001:DB8::1]:4711"), "2001:db8::1");
    EXPECT_EQ(client("127.0.0.1", "2001:0db8:0::1"), "2001:db8::1") << "one spelling";
    EXPECT_EQ(client("127.0.0.1", ",,,"), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", "["), "127.0.0.1");
    EXPECT_EQ(client("198.51.100.9", "203.0.113.1"), "198.51.100.9") << "a stranger's word";
}

TEST(ProxiesTest, AnOriginIsSchemeHostAndUnusualPort) {
    EXPECT_EQ(origin_of_url("https://Ward.Example/").value(), "https://ward.example");
    EXPECT_EQ(origin_of_url("https://ward.example:443").value(), "https://ward.example");
    EXPECT_EQ(origin_of_url("https://ward.example:8443").value(), "https://ward.example:8443");
    EXPECT_EQ(origin_of_url("http://[::1]:80").value(), "http://[::1]");
    for (const char* bad : {"", "ward.example", "ftp://ward.example", "https://", "https://a/b",
                            "https://a?b", "https://a b", "https://a:0", "https://a:x",
                            "https://a:70000", "https://u@a", "https://[::1", "https://[x]"})
        EXPECT_FALSE(origin_of_url(bad)) << bad;
}

/// A real server behind a proxy that speaks for others: this test.
class BehindProxyTest : public testing::Test {
  protected:
    BehindProxyTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-proxy-" + random_hex(8));
    }
    ~BehindProxyTest() override {
        server_.reset();
        std::filesystem::remove_all(folder_);
    }
    void serve(const std::vector<std::string>& trusted, const std::string& origin) {
        ServerOptions options;
        options.trusted_proxies = TrustedProxies::parse(trusted).value();
        options.public_origin = origin;
        server_ = Server::start(options, open_sqlite_store(folder_).value(), files_,
                                test_pack(files_), load_server_keys(folder_).value(), clock_)
                      .value();
    }
    TestReply post(const std::string& headers) {
        HttpClient client(server_->port());
        return client.request("POST", "/invitation", "", "code=AAAA", headers);
    }
    /// How many tries an address has before it must wait; `from` writes the headers of the nth.
    int tries(const std::function<std::string(int)>& from) {
        for (int i = 0; i < 60; ++i)
            if (post("Origin: http://test\r\n" + from(i)).status == 429) return i;
        return 60;
    }

    std::filesystem::path folder_;
    PackFiles files_ = test_pack_files();
    SystemClock clock_;
    std::unique_ptr<Server> server_;
};

TEST_F(BehindProxyTest, FormsComeFromThePublicOriginAndCookiesAreForHttps) {
    serve({"127.0.0.1"}, "https://ward.example");
    EXPECT_EQ(post("Origin: https://ward.example\r\n").body.find("own pages"), std::string::npos);
    for (const char* other : {"https://elsewhere.example", "http://ward.example",
                              "https://ward.example.evil", "https://ward.example:444", "null"})
        EXPECT_NE(post("Origin: " + std::string(other) + "\r\n").body.find("own pages"),
                  std::string::npos)
            << other;
    EXPECT_NE(post("").body.find("own pages"), std::string::npos);
    HttpClient client(server_->port());
    const TestReply chosen = client.request("POST", "/language", "", "to=en&back=/public",
                                            "Origin: https://ward.example\r\n");
    EXPECT_EQ(chosen.status, 303);
    EXPECT_NE(chosen.headers.at("set-cookie").find("; Secure"), std::string::npos);
}

TEST_F(BehindProxyTest, WithoutAPublicOriginAFormBehindTlsIsNotOurs) {
    serve({"127.0.0.1"}, "");
    EXPECT_EQ(post("Origin: https://test\r\n").status, 403);
    EXPECT_EQ(post("Origin: http://test\r\n").body.find("own pages"), std::string::npos);
}

TEST_F(BehindProxyTest, ATrustedProxysClientsAreToldApart) {
    serve({"127.0.0.1"}, "");
    const auto address = [](int i) {
        return "X-Forwarded-For: 203.0.113." + std::to_string(i) + "\r\n";
    };
    EXPECT_EQ(tries(address), 60) << "sixty people behind one proxy";
    EXPECT_LE(tries([](int i) {
                  // What the client made up stands before what the proxy saw.
                  return "X-Forwarded-For: 192.0.2." + std::to_string(i) + "\r\n" +
                         "X-Forwarded-For: 198.51.100.7\r\n";
              }),
              25)
        << "one person with many names";
}

TEST_F(BehindProxyTest, AStrangersWordIsWorthNothing) {
    serve({"10.0.0.0/8"}, "");
    EXPECT_LE(
        tries([](int i) { return "X-Forwarded-For: 203.0.113." + std::to_string(i) + "\r\n"; }),
        25);
}

}  // namespace
}  // namespace machikoe
