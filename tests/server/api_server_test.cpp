// Interfaces on real sockets: headers as programs send and get them, and a store that hangs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "sync/server/server.h"
#include "tests/server/gated_store.h"
#include "tests/server/http_client.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class ApiServerTest : public testing::Test {
  protected:
    ApiServerTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-api-" + random_hex(8));
        beside_ = open_sqlite_store(folder_).value();
        server_ =
            Server::start({.mix = 1, .version = "1"},
                          std::make_unique<GatedStore>(open_sqlite_store(folder_).value(), gate_),
                          test_pack_files(), test_pack(test_pack_files()),
                          load_server_keys(folder_).value(), clock_)
                .value();
    }
    ~ApiServerTest() override {
        gate_.set_open(true);
        server_.reset();
        beside_.reset();
        std::filesystem::remove_all(folder_);
    }
    /// Under the name that this machine has for itself.
    TestReply get(const std::string& target, const std::string& more = "") {
        HttpClient client(server_->port());
        client.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more + "\r\n");
        return client.read_reply();
    }

    std::filesystem::path folder_;
    SystemClock clock_;
    Gate gate_;
    std::unique_ptr<Store> beside_;
    std::unique_ptr<Server> server_;
};

TEST_F(ApiServerTest, APowerQueryGetsItsHeaders) {
    Account account;
    account.name = "sato";
    account.password = "set";
    ASSERT_TRUE(beside_->add_account(account));
    const std::string key = "mk_" + std::string(64, 'a');
    ASSERT_TRUE(beside_->add_access_key({sha256_hex(key), "sato", "Excel", clock_.wall(), {}}));
    const std::string more =
        "OData-Version: 4.0\r\nOData-MaxVersion: 4.0\r\nMaxDataServiceVersion: 3.0\r\n"
        "Accept: application/json;odata.metadata=minimal;q=1.0,application/xml;q=0.7\r\n"
        "Prefer: odata.maxpagesize=5\r\nUser-Agent: Microsoft.Data.Mashup\r\n";
    TestReply reply = get("/odata/Figures", more);
    EXPECT_EQ(reply.status, 401);
    EXPECT_THAT(reply.headers["www-authenticate"], HasSubstr("Basic realm=\"machikoe\""));
    reply = get("/odata/Figures", more + "Authorization: Bearer " + key + "\r\n");
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers["odata-version"], "4.0");
    EXPECT_EQ(reply.headers["content-type"], "application/json;odata.metadata=minimal");
    EXPECT_EQ(reply.headers["preference-applied"], "odata.maxpagesize=5");
    EXPECT_THAT(reply.body, HasSubstr("http://127.0.0.1/odata/$metadata#Figures"));
    reply = get("/odata/Figures", more + "OData-MaxVersion: 3.0\r\n");
    EXPECT_EQ(reply.status, 401) << "who asks comes first";
}

TEST_F(ApiServerTest, MetricsCountRequestsUnderNamesOfOurOwn) {
    get("/v1/totals?secret=1");
    get("/nowhere/secret");
    HttpClient odd(server_->port());
    EXPECT_EQ(odd.request("SECRET", "/v1/totals").status, 405);
    get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n");
    const TestReply reply = get("/metrics");
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(
        reply.body,
        HasSubstr("machikoe_requests_total{method=\"GET\",route=\"/v1/totals\",status=\"200\"} 1"));
    EXPECT_THAT(reply.body, HasSubstr("route=\"(unknown)\",status=\"404\"} 1"));
    EXPECT_THAT(reply.body, HasSubstr("{method=\"other\",route=\"/v1/totals\",status=\"405\"} 1"));
    EXPECT_THAT(reply.body, HasSubstr("route=\"/metrics\",status=\"401\"} 1"));
    EXPECT_THAT(reply.body, HasSubstr("machikoe_request_seconds_bucket{route=\"/v1/totals\",le="));
    EXPECT_THAT(reply.body, HasSubstr("machikoe_connections "));
    EXPECT_THAT(reply.body, HasSubstr("machikoe_store_queue 0"));
    EXPECT_THAT(reply.body, HasSubstr("machikoe_body_bytes 0"));
    EXPECT_THAT(reply.body, Not(testing::ContainsRegex("secret|SECRET")));
}

TEST_F(ApiServerTest, AStoreThatHangsIsNotReadyAndTheProcessLives) {
    TestKiosk kiosk(*beside_, clock_.wall() + std::chrono::hours(1));
    HttpClient client(server_->port());
    kiosk.enrolled(client.request("POST", "/v1/enrol", "", kiosk.enrol_body()).body);
    EXPECT_EQ(get("/readyz").status, 200);
    gate_.set_open(false);
    const std::string batch =
        kiosk.batch({kiosk.next(test_response(test_pack(test_pack_files()), "s4", "a"))});
    TestReply held;
    std::thread holder([&] { held = client.request("POST", "/v1/batch", kiosk.token, batch); });
    ASSERT_TRUE(gate_.somebody_waits());
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(get("/healthz").status, 200);
    const TestReply reply = get("/readyz");
    EXPECT_EQ(reply.status, 503);
    EXPECT_THAT(reply.body, HasSubstr("longer than a second"));
    EXPECT_TRUE(reply.has("retry-after"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
    gate_.set_open(true);
    holder.join();
    EXPECT_EQ(held.status, 201);
    EXPECT_EQ(get("/readyz").status, 200);
    EXPECT_THAT(get("/metrics").body, HasSubstr("machikoe_commit_envelopes_count 1"));
}

}  // namespace
}  // namespace machikoe
