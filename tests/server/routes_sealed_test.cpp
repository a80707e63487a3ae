// Routes without sockets: what is sealed, signed and held; who comes too often.
#include "tests/server/routes_fixture.h"

namespace machikoe {
namespace {

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

}  // namespace
}  // namespace machikoe
