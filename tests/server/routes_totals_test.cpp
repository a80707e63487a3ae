// Routes without sockets: how a kiosk is, content, totals.
#include "tests/server/routes_fixture.h"

#include <nlohmann/json.hpp>

#include "sync/wire/health.h"

namespace machikoe {
namespace {

using nlohmann::json;

TEST_F(RoutesTest, AKioskTellsHowItIs) {
    enrol();
    const Health health{"0.1.0", clock_.wall() + Milliseconds{90'000}, 2, std::nullopt, 512};
    EXPECT_EQ(post_health(encode_health(health), kiosk_->token).status, 201u);
    const json kept = json::parse(store_->kiosks()->front().health);
    EXPECT_EQ(kept["clock_skew_s"], 90);
    EXPECT_EQ(kept["free_mb"], 512);
    EXPECT_EQ(kept["at_ms"], clock_.wall().count());
    EXPECT_EQ(post_health("{}", kiosk_->token).status, 400u);
    EXPECT_EQ(post_health(encode_health(health), "other").status, 401u);
    EXPECT_EQ(post_health(encode_health(health), "").status, 401u);
}

// ---- content, totals, health ----------------------------------------------------------

TEST_F(RoutesTest, ThePackComesWithItsHashAsETag) {
    EXPECT_EQ(get("/v1/pack").status, 401u);
    enrol();
    const HttpResponse whole = get("/v1/pack", kiosk_->token);
    ASSERT_EQ(whole.status, 200u);
    EXPECT_EQ(whole.etag, '"' + pack_.hash + '"');
    EXPECT_EQ(decode_pack(whole.body).value(), files_);
    HttpRequest again{.method = "GET",
                      .target = "/v1/pack",
                      .authorization = "bearer " + kiosk_->token,
                      .if_none_match = whole.etag};
    EXPECT_EQ(send(again).status, 304u);
    EXPECT_EQ(send(again).body, "");
    again.if_none_match = "\"another\"";
    EXPECT_EQ(send(again).status, 200u);
}

TEST_F(RoutesTest, TotalsAreWithheldUntilThereAreEnough) {
    enrol();
    for (int i = 0; i < 9; ++i) post({kiosk_->next(saying("a", i < 6 ? "s4" : "s1"))});
    json feel = json::parse(totals().body).at("questions").at(0);
    EXPECT_EQ(feel.at("question"), "feel");
    EXPECT_FALSE(feel.at("enough"));
    EXPECT_TRUE(feel.at("by_option").empty());
    post({kiosk_->next(saying("a", "s1"))});
    feel = json::parse(totals().body).at("questions").at(0);
    EXPECT_TRUE(feel.at("enough"));
    EXPECT_EQ(feel.at("by_option").at("s4"), 6);
    EXPECT_EQ(feel.at("by_option").at("s1"), 4);
}

TEST_F(RoutesTest, TotalsCountEachAnswerOnceAndAreTheSameAfterARestart) {
    enrol();
    std::vector<Envelope> envelopes;
    for (int i = 0; i < 20; ++i) envelopes.push_back(kiosk_->next(saying("a")));
    envelopes.push_back(kiosk_->next(saying("a", "s9")));
    post(envelopes);
    post(envelopes);
    post({other_bytes(envelopes[0], saying("b", "s1"))});
    const std::string before = totals().body;
    EXPECT_EQ(json::parse(before).at("responses"), 20);
    EXPECT_EQ(before.find("words"), std::string::npos);
    restart();
    EXPECT_EQ(totals().body, before);
}

TEST_F(RoutesTest, NineMoreChangeNothingInTheTotalsAndTheTenthDoes) {
    enrol();
    const std::string nothing = totals().body;
    for (std::int64_t step = 1; step <= 3; ++step) {
        const std::string before = totals().body;
        for (std::int64_t i = 1; i < kTotalsStep; ++i) {
            post({kiosk_->next(saying("a"))});
            ASSERT_EQ(totals().body, before) << step << ' ' << i;
        }
        post({kiosk_->next(saying("a"))});
        const json after = json::parse(totals().body);
        EXPECT_EQ(after.at("responses"), step * kTotalsStep);
        EXPECT_EQ(after.at("questions").at(0).at("by_option").at("s4"), step * kTotalsStep);
    }
    EXPECT_EQ(json::parse(nothing).at("responses"), 0);
    EXPECT_EQ(json::parse(nothing).at("questions").at(0).at("n"), 0);
}

TEST_F(RoutesTest, ABatchOverAStepIsPublishedWhole) {
    enrol();
    std::vector<Envelope> envelopes;
    for (int i = 0; i < 27; ++i) envelopes.push_back(kiosk_->next(saying("a")));
    post(envelopes);
    const json published = json::parse(totals().body);
    EXPECT_EQ(published.at("responses"), 27);
    EXPECT_EQ(published.at("questions").at(0).at("n"), 27);
}

TEST_F(RoutesTest, ARestartShowsWhatWasPublishedAndNothingElse) {
    enrol();
    for (int i = 0; i < 13; ++i) {
        post({kiosk_->next(saying("a"))});
        a_second_passes();
    }
    const std::string ten = totals().body;
    EXPECT_EQ(json::parse(ten).at("responses"), 10);
    restart();
    EXPECT_EQ(get("/v1/totals").body, ten);
    for (int i = 13; i < 20; ++i) {
        EXPECT_EQ(totals().body, ten);
        post({kiosk_->next(saying("a"))});
    }
    EXPECT_EQ(json::parse(totals().body).at("responses"), 20);
}

TEST_F(RoutesTest, HealthIsTheStoresAnswer) {
    EXPECT_EQ(get("/healthz").status, 200u);
    EXPECT_EQ(json::parse(get("/healthz").body).at("status"), "ok");
}

TEST_F(RoutesTest, WhatAStrangerAskedForIsNotRepeated) {
    EXPECT_EQ(Routes::route_name("/v1/batch?token=secret"), "/v1/batch");
    EXPECT_EQ(Routes::route_name("/secret\nline"), "(unknown)");
    EXPECT_EQ(get("/secret").body.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace machikoe
