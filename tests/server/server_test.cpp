// The server on real sockets: limits, rude clients, stopping.
#include "sync/server/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "tests/server/gated_store.h"
#include "tests/server/http_client.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;

class ServerTest : public testing::Test {
  protected:
    ServerTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-server-" + random_hex(8));
        files_ = test_pack_files();
        pack_ = test_pack(files_);
        beside_ = open_sqlite_store(folder_).value();
    }
    ~ServerTest() override {
        gate_.set_open(true);
        server_.reset();
        beside_.reset();
        std::filesystem::remove_all(folder_);
    }

    Result<std::unique_ptr<Server>> start(ServerOptions options) {
        options.mix = 1;  // what was receipted is among the responses at once
        auto store = std::make_unique<GatedStore>(open_sqlite_store(folder_).value(), gate_);
        return Server::start(std::move(options), std::move(store), files_, pack_,
                             load_server_keys(folder_).value(), clock_);
    }
    void serve(ServerOptions options = {}) {
        server_.reset();
        auto started = start(std::move(options));
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    std::uint16_t port() const { return server_->port(); }

    TestKiosk new_kiosk() { return TestKiosk(*beside_, clock_.wall() + 1h); }
    TestKiosk enrolled_kiosk() {
        TestKiosk kiosk = new_kiosk();
        HttpClient client(port());
        const TestReply reply = client.request("POST", "/v1/enrol", "", kiosk.enrol_body());
        EXPECT_EQ(reply.status, 201) << reply.body;
        kiosk.enrolled(reply.body);
        return kiosk;
    }
    TestReply post(HttpClient& client, const TestKiosk& kiosk,
                   const std::vector<Envelope>& envelopes) {
        return client.request("POST", "/v1/batch", kiosk.token, zstd(kiosk.batch(envelopes)),
                              "Content-Encoding: zstd\r\n");
    }
    Response saying(const std::string& words) { return test_response(pack_, "s4", words); }
    std::multiset<std::string> stored_words() {
        std::multiset<std::string> words;
        EXPECT_TRUE(beside_->for_each_response([&](const std::string&, const Response& response) {
            words.insert(std::get<std::string>(response.answers.at("words").value));
            return true;
        }));
        return words;
    }

    std::filesystem::path folder_;
    SystemClock clock_;
    PackFiles files_;
    Pack pack_;
    Gate gate_;
    std::unique_ptr<Store> beside_;  // another connection on the same file
    std::unique_ptr<Server> server_;
};

// ---- binding --------------------------------------------------------------------------

TEST_F(ServerTest, AnAddressOthersCanReachIsRefusedWithoutTls) {
    for (const char* address : {"0.0.0.0", "192.168.1.1", "::", "example.org", ""})
        EXPECT_EQ(start({.address = address}).error().code, ErrorCode::Invalid) << address;
    EXPECT_TRUE(start({.address = "127.0.0.1"}));
}

TEST_F(ServerTest, ATakenPortIsUnavailable) {
    serve();
    EXPECT_EQ(start({.port = port()}).error().code, ErrorCode::Unavailable);
}

// ---- the way of an answer -------------------------------------------------------------

TEST_F(ServerTest, AKioskEnrolsSendsAndGetsTheSameReceiptAgain) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    const std::vector<Envelope> envelopes{kiosk.next(saying("a")), kiosk.next(saying("b"))};
    HttpClient client(port());
    const TestReply first = post(client, kiosk, envelopes);
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(decode_receipts(first.body)->all.size(), 2u);
    const TestReply again = post(client, kiosk, envelopes);  // on the same connection
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(stored_words(), (std::multiset<std::string>{"a", "b"}));
}

TEST_F(ServerTest, RepliesForbidCachingAndSniffing) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    HttpClient client(port());
    TestReply reply = post(client, kiosk, {kiosk.next(saying("a"))});
    EXPECT_EQ(reply.headers["cache-control"], "no-store");
    EXPECT_EQ(reply.headers["x-content-type-options"], "nosniff");
    EXPECT_EQ(reply.headers["content-type"], "application/json");
    reply = client.request("GET", "/v1/pack", kiosk.token);
    EXPECT_EQ(reply.headers["etag"], '"' + pack_.hash + '"');
    reply = client.request("GET", "/v1/pack", kiosk.token, "",
                           "If-None-Match: \"" + pack_.hash + "\"\r\n");
    EXPECT_EQ(reply.status, 304);
    EXPECT_EQ(reply.body, "");
    reply = client.request("PUT", "/v1/pack");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(reply.headers["allow"], "GET");
}

TEST_F(ServerTest, ARevocationByAnotherProgramBitesAtOnce) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    HttpClient client(port());
    EXPECT_EQ(post(client, kiosk, {kiosk.next(saying("a"))}).status, 201);
    ASSERT_TRUE(beside_->revoke(kiosk.id));
    EXPECT_EQ(post(client, kiosk, {kiosk.next(saying("b"))}).status, 401);
}

TEST_F(ServerTest, ABodyAnnouncedIsAskedFor) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    const std::string body = kiosk.batch({kiosk.next(saying("a"))});
    HttpClient client(port());
    client.send(
        "POST /v1/batch HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nAuthorization: "
        "Bearer " +
        kiosk.token + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 100);
    client.send(body);
    EXPECT_EQ(client.read_reply().status, 201);
}

TEST_F(ServerTest, AChunkedBodyIsReadUpToTheLimitOnly) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    const std::string body = kiosk.batch({kiosk.next(saying("a"))});
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    const std::string head = "POST /v1/batch HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " +
                             kiosk.token + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    HttpClient client(port());
    client.send(head + size + body + "\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 201);
    client.send(head + "500000\r\n" + std::string(5u << 20, ' '));
    EXPECT_EQ(client.read_reply().status, 413);
}

// ---- limits ---------------------------------------------------------------------------

TEST_F(ServerTest, ABodyOverItsLimitIs413) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    HttpClient big(port());
    EXPECT_EQ(
        big.request("POST", "/v1/batch", kiosk.token, std::string(kMaxBatchWireBytes + 1, ' '))
            .status,
        413);
    HttpClient code(port());
    EXPECT_EQ(code.request("POST", "/v1/enrol", "", std::string(5000, ' ')).status, 413);
    HttpClient bomb(port());
    EXPECT_EQ(bomb.request("POST", "/v1/batch", kiosk.token, zstd(std::string(50u << 20, ' ')),
                           "Content-Encoding: zstd\r\n")
                  .status,
              413);
}

TEST_F(ServerTest, AHeaderOverItsLimitIs431) {
    serve();
    HttpClient client(port());
    EXPECT_EQ(
        client.request("GET", "/healthz", "", "", "X: " + std::string(9000, 'x') + "\r\n").status,
        431);
    EXPECT_TRUE(client.ended());
}

TEST_F(ServerTest, LongQueriesManyHeadersAndLargeFormsAreRefused) {
    serve();
    const auto status = [&](const std::string& head) {
        HttpClient client(port());
        client.send(head + "\r\n");
        return client.read_reply().status;
    };
    const std::string host = "Host: a\r\n";
    EXPECT_EQ(status("GET /questions?id=" + std::string(9'000, 'a') + " HTTP/1.1\r\n" + host), 431);
    std::string many;
    for (int i = 0; i < 2'000; ++i) many += "A:b\r\n";
    EXPECT_EQ(status("GET /public HTTP/1.1\r\n" + host + many), 431);
    EXPECT_EQ(status("GET /public HTTP/1.1\r\n" + host +
                     "Cookie: session=" + std::string(9'000, 'a') + "\r\n"),
              431);
    EXPECT_EQ(status("POST /login HTTP/1.1\r\n" + host + "Content-Length: 20000\r\n"), 413);
    EXPECT_EQ(status("GET /public HTTP/1.1\r\n" + host), 200);
}

TEST_F(ServerTest, BytesThatAreNotHttpAreRefusedAndOthersServed) {
    serve();
    for (const std::string& garbage :
         {std::string("\x16\x03\x01\x02\x00\x01\x00", 7), std::string(300, '\0'),
          std::string("GET /healthz\r\n\r\n"), std::string("\r\n\r\n\r\n\r\n"),
          std::string("POST /v1/batch HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
          std::string("POST /v1/batch HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n")}) {
        HttpClient client(port());
        client.send(garbage);
        EXPECT_EQ(client.read_reply().status, 400) << garbage;
        EXPECT_TRUE(client.ended());
    }
    EXPECT_EQ(HttpClient(port()).request("GET", "/healthz").status, 200);
}

TEST_F(ServerTest, ASlowRequestIsCutOffHoweverSteadilyItDrips) {
    serve({.message_limit = 400ms});
    HttpClient slow(port());
    const auto start = std::chrono::steady_clock::now();
    const std::string request = "POST /v1/batch HTTP/1.1\r\nContent-Length: 100000\r\n\r\n";
    bool open = slow.send(request);
    while (open && std::chrono::steady_clock::now() - start < 15s) {
        open = slow.send("x");
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_FALSE(open);
    EXPECT_EQ(HttpClient(port()).request("GET", "/healthz").status, 200);
}

TEST_F(ServerTest, AnIdleConnectionIsClosedAfterItsLimit) {
    serve({.idle_limit = 200ms});
    HttpClient idle(port());
    EXPECT_EQ(idle.request("GET", "/healthz").status, 200);
    EXPECT_TRUE(idle.ended());
}

TEST_F(ServerTest, TwoHundredIdleConnectionsStarveNobody) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    std::vector<std::unique_ptr<HttpClient>> idle;
    for (int i = 0; i < 200; ++i) {
        idle.push_back(std::make_unique<HttpClient>(port()));
        ASSERT_TRUE(idle.back()->connected());
        if (i % 2 == 0) idle.back()->send("POST /v1/batch HTTP/1.1\r\n");  // and then nothing
    }
    HttpClient client(port());
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(post(client, kiosk, {kiosk.next(saying(std::to_string(i)))}).status, 201);
    EXPECT_EQ(idle[1]->request("GET", "/healthz").status, 200);
}

TEST_F(ServerTest, OneConnectionTooManyIsToldToComeBack) {
    serve({.max_connections = 2});
    HttpClient one(port()), two(port());
    EXPECT_EQ(one.request("GET", "/healthz").status, 200);
    EXPECT_EQ(two.request("GET", "/healthz").status, 200);
    HttpClient three(port());
    const TestReply refused = three.request("GET", "/healthz");
    EXPECT_EQ(refused.status, 503);
    EXPECT_TRUE(refused.has("retry-after"));
    EXPECT_EQ(one.request("GET", "/healthz").status, 200);
}

TEST_F(ServerTest, WhenTooManyWaitForTheStoreOthersAreToldToComeBack) {
    serve({.max_waiting = 1});
    TestKiosk kiosk = enrolled_kiosk();
    gate_.set_open(false);
    HttpClient held(port()), waiting(port()), refused(port());
    std::thread holder([&] { post(held, kiosk, {kiosk.next(saying("a"))}); });
    ASSERT_TRUE(gate_.somebody_waits());
    waiting.send("GET /v1/pack HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + kiosk.token +
                 "\r\n\r\n");
    TestReply reply;
    for (int i = 0; i < 100 && reply.status != 503; ++i) {
        std::this_thread::sleep_for(20ms);  // until the one before has joined the queue
        HttpClient next(port());
        next.send("GET /v1/totals HTTP/1.1\r\nHost: t\r\n\r\n");
        EXPECT_EQ(next.read_reply().status, 200);  // needs no store
        reply = refused.request("GET", "/v1/pack", kiosk.token);
    }
    EXPECT_EQ(reply.status, 503);
    EXPECT_TRUE(reply.has("retry-after"));
    gate_.set_open(true);
    holder.join();
    EXPECT_EQ(waiting.read_reply().status, 200);
    EXPECT_EQ(refused.request("GET", "/v1/pack", kiosk.token).status, 200);
}

TEST_F(ServerTest, MoreBodiesAtOnceThanMemoryIsMeantForAreToldToComeBack) {
    serve({.max_body_bytes = 5u << 20});
    HttpClient first(port());
    first.send("POST /v1/batch HTTP/1.1\r\nContent-Length: 4000000\r\n\r\n");
    TestReply reply;
    for (int i = 0; i < 100 && reply.status != 503; ++i) {
        HttpClient second(port());
        second.send(
            "POST /v1/batch HTTP/1.1\r\nContent-Length: 3000000\r\nExpect: "
            "100-continue\r\n\r\n");
        reply = second.read_reply();
    }
    EXPECT_EQ(reply.status, 503);
    HttpClient small(port());
    EXPECT_EQ(small.request("POST", "/v1/enrol", "", "{}").status, 400);
}

// ---- stopping -------------------------------------------------------------------------

TEST_F(ServerTest, AReplyLeavesOnlyAfterTheCommit) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    gate_.set_open(false);
    HttpClient client(port());
    auto reply = std::async(std::launch::async,
                            [&] { return post(client, kiosk, {kiosk.next(saying("a"))}).status; });
    ASSERT_TRUE(gate_.somebody_waits());
    EXPECT_EQ(reply.wait_for(100ms), std::future_status::timeout);
    EXPECT_TRUE(stored_words().empty());
    gate_.set_open(true);
    EXPECT_EQ(reply.get(), 201);
    EXPECT_EQ(stored_words().size(), 1u);
}

TEST_F(ServerTest, StoppingFinishesTheBatchThatIsBeingWritten) {
    serve();
    TestKiosk kiosk = enrolled_kiosk();
    gate_.set_open(false);
    HttpClient client(port()), idle(port());
    auto reply = std::async(std::launch::async,
                            [&] { return post(client, kiosk, {kiosk.next(saying("a"))}); });
    ASSERT_TRUE(gate_.somebody_waits());
    auto stopped = std::async(std::launch::async, [&] { server_->stop(); });
    EXPECT_TRUE(idle.ended());
    EXPECT_EQ(stopped.wait_for(50ms), std::future_status::timeout);
    gate_.set_open(true);
    stopped.get();
    const TestReply receipted = reply.get();
    EXPECT_EQ(receipted.status, 201);
    EXPECT_EQ(receipted.headers.at("connection"), "close");
    EXPECT_FALSE(HttpClient(port()).connected());
    server_->stop();  // again does nothing
}

TEST_F(ServerTest, StoppingDoesNotWaitLongForARequestThatNeverEnds) {
    serve({.stop_limit = 100ms});
    HttpClient endless(port());
    endless.send("POST /v1/batch HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
    EXPECT_EQ(HttpClient(port()).request("GET", "/healthz").status, 200);
    const auto start = std::chrono::steady_clock::now();
    server_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST_F(ServerTest, StoppingUnderLoadLosesNoReceiptAndInventsNone) {
    serve();
    std::mutex mutex;
    std::multiset<std::string> receipted;
    std::atomic<int> batches = 0;
    std::vector<TestKiosk> kiosks;
    for (int i = 0; i < 6; ++i) kiosks.push_back(enrolled_kiosk());
    std::vector<std::thread> threads;
    for (TestKiosk& kiosk : kiosks)
        threads.emplace_back([&] {
            HttpClient client(port());
            for (int n = 0;; n += 2) {
                const std::string words = kiosk.id.substr(0, 8) + " " + std::to_string(n);
                const TestReply reply = post(
                    client, kiosk, {kiosk.next(saying(words)), kiosk.next(saying(words + "+"))});
                if (reply.status != 201) return;
                ++batches;
                const std::lock_guard lock(mutex);
                receipted.insert(words);
                receipted.insert(words + "+");
            }
        });
    while (batches < 60) std::this_thread::sleep_for(1ms);
    server_->stop();
    for (std::thread& thread : threads) thread.join();
    EXPECT_GE(receipted.size(), 120u);
    EXPECT_EQ(stored_words(), receipted);
}

}  // namespace
}  // namespace machikoe
