// TotalsWatch: when totals are fetched, and what is kept.
#include "sync/client/totals_watch.h"

#include <gtest/gtest.h>

#include <deque>

namespace machikoe {
namespace {

using namespace std::chrono_literals;

std::string body(std::int64_t responses) {
    return encode_totals({std::string(64, 'a'), responses, {}}, "p");
}

/// Answers what it was told to, and remembers what it was asked.
class Told final : public Transport {
  public:
    Result<HttpReply> post(const std::string&, const std::string&, const std::string&) override {
        return fail(ErrorCode::Unavailable, "");
    }
    Result<HttpReply> get(const std::string& url, const std::string& token,
                          const std::string& etag) override {
        urls.push_back(url);
        tokens.push_back(token);
        etags.push_back(etag);
        if (replies.empty()) return fail(ErrorCode::Unavailable, "no route");
        HttpReply reply = replies.front();
        replies.pop_front();
        return reply;
    }
    std::deque<HttpReply> replies;
    std::vector<std::string> urls, tokens, etags;
};

class TotalsWatchTest : public testing::Test {
  protected:
    Milliseconds step() { return watch_.step("https://ward.example"); }
    std::int64_t responses() const { return watch_.latest() ? watch_.latest()->responses : -1; }

    Told told_;
    ManualClock clock_;
    TotalsWatch watch_{told_, clock_};
};

TEST_F(TotalsWatchTest, WithoutAServerThereAreNoneAndItIsAskedAgainAfterAMinute) {
    EXPECT_EQ(step(), kTotalsRetry);
    EXPECT_EQ(responses(), -1);
    clock_.advance(30s);
    EXPECT_EQ(step(), 30s);
    EXPECT_EQ(told_.urls.size(), 1u);
    clock_.advance(30s);
    step();
    EXPECT_EQ(told_.urls.size(), 2u);
}

TEST_F(TotalsWatchTest, SomebodyElseInTheServersPlaceIsNotBelieved) {
    told_.replies = {{.status = 200, .body = "<html>log in</html>"},
                     {.status = 302},
                     {.status = 304},
                     {.status = 201, .body = body(10)}};
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(step(), kTotalsRetry);
        EXPECT_EQ(responses(), -1);
        clock_.advance(kTotalsRetry);
    }
}

TEST_F(TotalsWatchTest, TheyAreFetchedEveryTenMinutesWithoutTheCredential) {
    told_.replies = {{.status = 200, .body = body(10), .etag = "\"a\""},
                     {.status = 304},
                     {.status = 200, .body = body(20), .etag = "\"b\""}};
    EXPECT_EQ(step(), kTotalsEvery);
    EXPECT_EQ(responses(), 10);
    clock_.advance(9min);
    EXPECT_EQ(step(), 1min);
    clock_.advance(1min);
    EXPECT_EQ(step(), kTotalsEvery);
    EXPECT_EQ(responses(), 10);
    clock_.advance(kTotalsEvery);
    step();
    EXPECT_EQ(responses(), 20);
    EXPECT_EQ(told_.urls.front(), "https://ward.example/v1/totals");
    EXPECT_EQ(told_.tokens, (std::vector<std::string>{"", "", ""}));
    EXPECT_EQ(told_.etags, (std::vector<std::string>{"", "\"a\"", "\"a\""}));
}

TEST_F(TotalsWatchTest, AfterADeliveryTheyAreFetchedWhenTheServerHasPublished) {
    told_.replies = {{.status = 200, .body = body(10)}, {.status = 200, .body = body(20)}};
    step();
    watch_.delivered();
    step();
    EXPECT_EQ(responses(), 10);
    clock_.advance(kTotalsAfterDelivery - Milliseconds{1});
    watch_.delivered();  // another delivery puts nothing off
    clock_.advance(Milliseconds{1});
    step();
    EXPECT_EQ(responses(), 20);
}

TEST_F(TotalsWatchTest, WhenTheNetworkGoesTheLastOnesStay) {
    told_.replies = {{.status = 200, .body = body(10)}};
    step();
    clock_.advance(kTotalsEvery);
    EXPECT_EQ(step(), kTotalsRetry);
    EXPECT_EQ(responses(), 10);
}

}  // namespace
}  // namespace machikoe
