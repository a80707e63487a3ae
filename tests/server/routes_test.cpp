// Routes without sockets: who is refused, and what becomes of a batch.
#include "tests/server/routes_fixture.h"

#include <nlohmann/json.hpp>

namespace machikoe {
namespace {

using nlohmann::json;

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

}  // namespace
}  // namespace machikoe
