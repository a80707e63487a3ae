// Routes without sockets: what is answered to whom.
#include "sync/server/routes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sync/wire/health.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

using nlohmann::json;

class RoutesTest : public testing::Test {
  protected:
    RoutesTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-routes-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        restart();
        kiosk_.emplace(*store_, clock_.wall() + std::chrono::hours(1));
    }
    ~RoutesTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void restart(const PackFiles& files = test_pack_files()) {
        files_ = files;
        pack_ = test_pack(files);
        routes_.emplace(files_, pack_, load_server_keys(folder_).value(), clock_, options_);
        ASSERT_TRUE(routes_->prepare(*store_));
    }
    HttpResponse send(HttpRequest request) {
        return answer_now(*routes_, *store_, std::move(request), clock_.wall());
    }
    HttpResponse get(const std::string& target, const std::string& token = "") {
        return send({.method = "GET", .target = target, .authorization = "Bearer " + token});
    }
    void enrol() {
        const auto reply =
            send({.method = "POST", .target = "/v1/enrol", .body = kiosk_->enrol_body()});
        ASSERT_EQ(reply.status, 201u) << reply.body;
        kiosk_->enrolled(reply.body);
    }
    HttpResponse post_batch(const std::string& body, const std::string& encoding = "") {
        return send({.method = "POST",
                     .target = "/v1/batch",
                     .authorization = "Bearer " + kiosk_->token,
                     .content_encoding = encoding,
                     .body = body});
    }
    HttpResponse post(std::vector<Envelope> envelopes) {
        return post_batch(zstd(kiosk_->batch(std::move(envelopes))), "zstd");
    }
    HttpResponse post_health(const std::string& body, const std::string& token) {
        return send({.method = "POST",
                     .target = "/v1/health",
                     .authorization = "Bearer " + token,
                     .body = body});
    }
    Outcome outcome_of(const Envelope& envelope) {
        const auto receipts = decode_receipts(post({envelope}).body);
        EXPECT_TRUE(receipts);
        EXPECT_EQ(receipts->all.front().hash, envelope.hash);
        EXPECT_TRUE(is_signed(kiosk_->receipt_key, signed_part(kiosk_->id, receipts->all),
                              receipts->signature));
        return receipts->all.front().outcome;
    }
    Response saying(const std::string& words, const std::string& option = "s4") {
        return test_response(pack_, option, words);
    }
    void a_second_passes() {
        clock_.advance(Milliseconds{1000});
        follow_now(*routes_, *store_);
    }
    HttpResponse totals() {
        a_second_passes();
        return get("/v1/totals");
    }
    Counts counts() { return store_->counts().value(); }

    std::filesystem::path folder_;
    ManualClock clock_;
    // Nobody comes too often here, and answers are released one by one; unlinking_test.cpp
    // has groups.
    RoutesOptions options_{.mix = 1, .batches_per_second = 1e6};
    PackFiles files_;
    Pack pack_;
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    std::optional<TestKiosk> kiosk_;
};

// ---- what is refused ------------------------------------------------------------------

TEST_F(RoutesTest, InWhichOrderAnswersCameOutIsForgotten) {
    enrol();
    std::size_t most = 0;
    for (int i = 0; i < 220; ++i) {
        post({kiosk_->next(saying("w"))});
        a_second_passes();
        most = std::max(most, store_->released_after({})->size());
    }
    EXPECT_EQ(counts().responses, 220);
    EXPECT_GT(most, 0u);
    EXPECT_LE(most, 55u);
    for (int i = 0; i < 70; ++i) a_second_passes();
    EXPECT_TRUE(store_->released_after({})->empty());
}

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

TEST_F(RoutesTest, AnUnknownRouteIs404AndAWrongMethod405) {
    EXPECT_EQ(get("/nothing").status, 404u);
    EXPECT_EQ(get("/v1/batchx").status, 404u);
    EXPECT_EQ(get("").status, 404u);
    EXPECT_EQ(get("http://elsewhere/v1/pack").status, 404u);
    const HttpResponse wrong = get("/v1/batch");
    EXPECT_EQ(wrong.status, 405u);
    EXPECT_EQ(wrong.allow, "POST");
    EXPECT_EQ(send({.method = "DELETE", .target = "/v1/totals"}).allow, "GET");
}

TEST_F(RoutesTest, AnErrorIsJsonWithPlainText) {
    const json body = json::parse(get("/nowhere").body);
    EXPECT_EQ(body.size(), 1u);
    EXPECT_TRUE(body.at("error").is_string());
}

TEST_F(RoutesTest, ABatchWithoutARightCredentialIs401) {
    const std::string body = kiosk_->batch({kiosk_->next(saying("a"))});
    EXPECT_EQ(post_batch(body).status, 401u);
    kiosk_->token = std::string(64, '0');
    EXPECT_EQ(post_batch(body).status, 401u);
    EXPECT_EQ(
        send({.method = "POST", .target = "/v1/batch", .authorization = "Basic abc", .body = body})
            .status,
        401u);
    EXPECT_EQ(counts().ledger, 0);
}

TEST_F(RoutesTest, AStrangersBombIsNotEvenOpened) {
    kiosk_->token = std::string(64, '0');
    EXPECT_EQ(post_batch(zstd(std::string(20u << 20, '0')), "zstd").status, 401u);
}

TEST_F(RoutesTest, ARevokedKioskIs401) {
    enrol();
    ASSERT_TRUE(store_->revoke(kiosk_->id));
    EXPECT_EQ(post({kiosk_->next(saying("a"))}).status, 401u);
    EXPECT_EQ(get("/v1/pack", kiosk_->token).status, 401u);
}

TEST_F(RoutesTest, OneKioskCannotSpeakForAnother) {
    enrol();
    const std::string mine = kiosk_->id;
    kiosk_->id = random_hex(16);
    EXPECT_EQ(post({kiosk_->next(saying("a"))}).status, 401u);
    EXPECT_EQ(counts().ledger, 0);
}

TEST_F(RoutesTest, ABombIsRefusedAtTheLimit) {
    enrol();
    const std::string bomb = zstd(std::string(100u << 20, ' '));
    ASSERT_LT(bomb.size(), 100'000u);
    EXPECT_EQ(post_batch(bomb, "zstd").status, 413u);
    EXPECT_EQ(post_batch(zstd(std::string(kMaxBatchBytes + 1, ' ')), "zstd").status, 413u);
    EXPECT_EQ(post_batch(zstd(std::string(kMaxBatchBytes, ' ')), "zstd").status, 400u);
}

TEST_F(RoutesTest, BytesThatAreNoBatchAre400) {
    enrol();
    const std::string whole = zstd(kiosk_->batch({kiosk_->next(saying("a"))}));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(post_batch(whole.substr(0, size), "zstd").status, 400u) << size;
    EXPECT_EQ(post_batch("", "").status, 400u);
    EXPECT_EQ(post_batch("{}", "").status, 400u);
    EXPECT_EQ(post_batch("not zstd", "zstd").status, 400u);
    EXPECT_EQ(post_batch(whole + "x", "zstd").status, 400u);
    EXPECT_EQ(post_batch(whole, "gzip").status, 415u);
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(post_batch(whole, "zstd").status, 201u);
}

TEST_F(RoutesTest, AFalseHashPoisonsItsBatchOnly) {
    enrol();
    Envelope good = kiosk_->next(saying("good"));
    Envelope bad = kiosk_->next(saying("bad"));
    bad.payload += " ";
    EXPECT_EQ(post({good, bad}).status, 400u);
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(post({good}).status, 201u);
}

TEST_F(RoutesTest, ASpentOrUnknownOrExpiredCodeIs403) {
    enrol();
    kiosk_->token = random_hex(32);
    const HttpRequest again{.method = "POST", .target = "/v1/enrol", .body = kiosk_->enrol_body()};
    const HttpResponse spent = send(again);
    EXPECT_EQ(spent.status, 403u);
    kiosk_->code = "NONE-SUCH-CODE";
    const HttpResponse unknown =
        send({.method = "POST", .target = "/v1/enrol", .body = kiosk_->enrol_body()});
    EXPECT_EQ(unknown.status, 403u);
    EXPECT_EQ(unknown.body, spent.body);
    TestKiosk late(*store_, clock_.wall() + std::chrono::minutes(1));
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(send({.method = "POST", .target = "/v1/enrol", .body = late.enrol_body()}).status,
              403u);
    EXPECT_EQ(send({.method = "POST", .target = "/v1/enrol", .body = "{"}).status, 400u);
}

// ---- what is taken --------------------------------------------------------------------

TEST_F(RoutesTest, EnrolmentGivesACredentialOfWhichTheServerKeepsOnlyTheHash) {
    enrol();
    EXPECT_EQ(kiosk_->token.size(), 64u);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex(kiosk_->token)));
    EXPECT_FALSE(store_->kiosk_by_token(kiosk_->token));
}

TEST_F(RoutesTest, ABatchIsReceiptedAndItsRepeatGetsTheSameBytes) {
    enrol();
    const std::vector<Envelope> envelopes{kiosk_->next(saying("a")), kiosk_->next("no record"),
                                          kiosk_->next(saying("b"))};
    const HttpResponse first = post(envelopes);
    ASSERT_EQ(first.status, 201u) << first.body;
    const auto receipts = decode_receipts(first.body);
    ASSERT_TRUE(receipts);
    ASSERT_EQ(receipts->all.size(), 3u);
    EXPECT_EQ(receipts->all[0], (Receipt{1, envelopes[0].hash, Outcome::Stored}));
    EXPECT_EQ(receipts->all[1], (Receipt{2, envelopes[1].hash, Outcome::Quarantined}));
    EXPECT_EQ(post(envelopes).body, first.body);
    EXPECT_EQ(post_batch(kiosk_->batch(envelopes)).body, first.body);
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(counts().quarantined, 1);
}

TEST_F(RoutesTest, OtherBytesUnderOneNumberAreAConflict) {
    enrol();
    const Envelope first = kiosk_->next(saying("first"));
    EXPECT_EQ(outcome_of(first), Outcome::Stored);
    const Envelope other = other_bytes(first, saying("other"));
    EXPECT_EQ(outcome_of(other), Outcome::Conflict);
    EXPECT_EQ(outcome_of(other), Outcome::Conflict);
    EXPECT_EQ(outcome_of(first), Outcome::Stored);
    EXPECT_EQ(counts().conflicts, 1);
    EXPECT_EQ(counts().responses, 1);
}

TEST_F(RoutesTest, AnUnknownPackVersionIsQuarantinedNotRejected) {
    enrol();
    Response response = saying("from tomorrow");
    response.pack_hash = std::string(64, 'e');
    EXPECT_EQ(outcome_of(kiosk_->next(response)), Outcome::Quarantined);
    EXPECT_EQ(counts().responses, 0);
}

TEST_F(RoutesTest, AnAnswerThatItsPackDoesNotAllowIsQuarantined) {
    enrol();
    EXPECT_EQ(outcome_of(kiosk_->next(saying("a", "s9"))), Outcome::Quarantined);
    EXPECT_EQ(outcome_of(kiosk_->next(saying(std::string(41, 'x')))), Outcome::Quarantined);
    Response short_one = saying("a");
    short_one.answers.erase("words");
    EXPECT_EQ(outcome_of(kiosk_->next(short_one)), Outcome::Quarantined);
    EXPECT_EQ(counts().quarantined, 3);
    EXPECT_EQ(counts().responses, 0);
}

TEST_F(RoutesTest, AnAnswerToAnEarlierVersionIsStoredAfterTheContentChanged) {
    enrol();
    const Envelope old = kiosk_->next(saying("old version"));
    const std::string old_hash = pack_.hash;
    restart(test_pack_files(" かいてい"));
    ASSERT_NE(pack_.hash, old_hash);
    EXPECT_EQ(outcome_of(old), Outcome::Stored);
    EXPECT_EQ(json::parse(get("/v1/totals").body).at("responses"), 0);
}

TEST_F(RoutesTest, AStoredVersionThatCannotBeReadQuarantines) {
    enrol();
    const std::string hash(64, 'd');
    ASSERT_TRUE(store_->put_pack(hash, "testward-r4", {{"pack.yaml", "nonsense"}}));
    Response response = saying("a");
    response.pack_hash = hash;
    EXPECT_EQ(outcome_of(kiosk_->next(response)), Outcome::Quarantined);
    EXPECT_EQ(outcome_of(kiosk_->next(saying("b"))), Outcome::Stored);
}

// ---- sealed, signed -------------------------------------------------------------------

TEST_F(RoutesTest, AnEpochsRecordsAreReadInWhateverBatchTheyCome) {
    enrol();
    const Envelope opening = kiosk_->opening();
    const Envelope first = kiosk_->sealed(saying("first")),
                   second = kiosk_->sealed(saying("second"));
    EXPECT_EQ(post({opening, first}).status, 201u);
    restart();
    EXPECT_EQ(outcome_of(second), Outcome::Stored);
    EXPECT_EQ(counts().openings, 1);
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(outcome_of(kiosk_->opening()), Outcome::Stored);
}

TEST_F(RoutesTest, ARecordBeforeItsOpeningIsHeldAndReadmittedWithIt) {
    enrol();
    const Envelope opening = kiosk_->opening();
    const Envelope sealed = kiosk_->sealed(saying("early"));
    EXPECT_EQ(outcome_of(sealed), Outcome::Quarantined);
    EXPECT_EQ(store_->quarantined(Cause::UnknownEpoch, {}, 10)->size(), 1u);
    EXPECT_EQ(outcome_of(opening), Outcome::Stored);
    EXPECT_EQ(counts().quarantined, 0);
    EXPECT_EQ(counts().responses, 1);
    EXPECT_EQ(outcome_of(sealed), Outcome::Quarantined);  // its receipt stays what it was
}

TEST_F(RoutesTest, WhatIsSealedToAKeyThatIsNotHereIsHeldUntilItIs) {
    enrol();
    const Envelope opening = kiosk_->opening(kiosk_->set_up.public_key());
    const Envelope sealed = kiosk_->sealed(saying("before enrolment"));
    post({opening, sealed});
    EXPECT_EQ(counts().quarantined, 2);
    EXPECT_EQ(store_->quarantined(Cause::UnknownKey, {}, 10)->size(), 1u);
    restart();
    EXPECT_EQ(counts().quarantined, 2);
    ASSERT_TRUE(keep_handed_key(folder_, kiosk_->set_up));
    restart();
    EXPECT_EQ(counts().quarantined, 0);
    EXPECT_EQ(counts().responses, 1);
    EXPECT_EQ(counts().openings, 1);
}

TEST_F(RoutesTest, AnAnswerOfAPackThatCameLaterIsReadmittedWhenItHasCome) {
    enrol();
    const PackFiles newer = test_pack_files(" かいてい");
    Response response = test_response(test_pack(newer), "s4", "ahead of the server");
    EXPECT_EQ(outcome_of(kiosk_->next(response)), Outcome::Quarantined);
    restart();
    EXPECT_EQ(counts().quarantined, 1);
    restart(newer);
    EXPECT_EQ(counts().quarantined, 0);
    EXPECT_EQ(counts().responses, 1);
}

TEST_F(RoutesTest, AnUnsealedRecordIsTakenAndDoesNotLieThereReadable) {
    options_.mix = 5;
    restart();
    enrol();
    const Envelope plain = kiosk_->next(encode_record(saying("from-an-old-kiosk")));
    EXPECT_EQ(outcome_of(plain), Outcome::Stored);
    EXPECT_EQ(outcome_of(plain), Outcome::Stored);
    const std::string waiting = store_->waiting("office", "").value().at(0).payload;
    EXPECT_EQ(waiting.find("from-an-old-kiosk"), std::string::npos);
    for (int i = 0; i < 4; ++i) post({kiosk_->next(saying("others"))});
    EXPECT_EQ(counts().responses, 5);
}

TEST_F(RoutesTest, ABatchThatTheKioskDidNotSignIs401) {
    enrol();
    const Envelope envelope = kiosk_->next(saying("a"));
    Batch batch{kiosk_->id, {envelope}, std::string(128, '0')};
    EXPECT_EQ(post_batch(encode_batch(batch)).status, 401u);
    batch.signature = SigningKey::generate().sign(signed_part(batch));
    EXPECT_EQ(post_batch(encode_batch(batch)).status, 401u);
    const std::string right = kiosk_->signing.sign(signed_part(batch));
    batch.envelopes[0].sequence = 2;
    batch.signature = right;
    EXPECT_NE(post_batch(encode_batch(batch)).status, 201u);
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(outcome_of(envelope), Outcome::Stored);
}

TEST_F(RoutesTest, TheCanaryIsToldOnlyToWhomItIsSealed) {
    enrol();
    const auto canary = [&](const std::string& key) {
        Epoch epoch(kiosk_->id, key);
        return send({.method = "POST",
                     .target = "/v1/canary",
                     .authorization = "Bearer " + kiosk_->token,
                     .body = encode(Canary{epoch.opening(), epoch.seal("random bytes")})});
    };
    const HttpResponse reply = canary(kiosk_->server_key);
    ASSERT_EQ(reply.status, 201u) << reply.body;
    EXPECT_EQ(decode_canary_reply(reply.body).value(), sha256_hex("random bytes"));
    EXPECT_EQ(canary(SealingKey::generate().public_key()).status, 400u);
    kiosk_->token = random_hex(32);
    EXPECT_EQ(canary(kiosk_->server_key).status, 401u);
}

TEST_F(RoutesTest, WhoeverComesTooOftenIsToldWhenToComeAgain) {
    options_.batches_per_second = 1;
    restart();
    enrol();
    const std::string body = kiosk_->batch({kiosk_->next(saying("a"))});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(post_batch(body).status, 201u) << i;
    const HttpResponse refused = post_batch(body);
    EXPECT_EQ(refused.status, 429u);
    EXPECT_EQ(refused.retry_after_s, 1);
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(post_batch(body).status, 201u);
}

TEST_F(RoutesTest, GuessesAtCodesAreSlowedByAddress) {
    const auto guess = [&](const std::string& address) {
        return send({.address = address,
                     .method = "POST",
                     .target = "/v1/enrol",
                     .body = kiosk_->enrol_body()})
            .status;
    };
    const std::string right = kiosk_->code;
    kiosk_->code = "NONE-SUCH-CODE";
    for (int i = 0; i < 40; ++i) EXPECT_EQ(guess("192.0.2.1"), 403u) << i;
    EXPECT_EQ(guess("192.0.2.1"), 429u);
    kiosk_->code = right;
    EXPECT_EQ(guess("192.0.2.1"), 429u);
    EXPECT_EQ(guess("192.0.2.2"), 201u);
}

TEST_F(RoutesTest, TheAuthorityIsGivenToWhoeverAsks) {
    EXPECT_EQ(get("/v1/authority").status, 404u);
    options_.authority = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    restart();
    EXPECT_EQ(get("/v1/authority").status, 200u);
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
    EXPECT_EQ(json::parse(before).at("responses"), 21);
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
    const json totals = json::parse(totals().body);
    EXPECT_EQ(totals.at("responses"), 27);
    EXPECT_EQ(totals.at("questions").at(0).at("n"), 27);
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
