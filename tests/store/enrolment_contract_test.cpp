// The contract of Store about codes, kiosks and credentials.
#include <gtest/gtest.h>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

TEST_P(StoreTest, AnUnknownCodeIsDenied) {
    EXPECT_EQ(enrol("NOPE", "t").error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosks()->empty());
}

TEST_P(StoreTest, AnExpiredCodeIsDenied) {
    add_code("CODE");
    EXPECT_EQ(enrol("CODE", "t", kNow + std::chrono::hours(1)).error().code, ErrorCode::Denied);
    EXPECT_TRUE(enrol("CODE", "t", kNow + std::chrono::minutes(59)));
}

TEST_P(StoreTest, ACodeIsSpentOnce) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "first"));
    EXPECT_EQ(enrol("CODE", "second").error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("first")));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("second")).error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, TheSameKioskMayAskAgainForTheSameCredentialWhileTheCodeLasts) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "t"));
    EXPECT_TRUE(enrol("CODE", "t"));
    EXPECT_EQ(enrol("CODE", "t", kNow + std::chrono::hours(1)).error().code, ErrorCode::Denied);
    NewKiosk other = new_kiosk("t");
    other.id = kOtherKiosk;
    EXPECT_EQ(store_->use_code(sha256_hex("CODE"), other, kNow).error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, AnotherSigningKeyIsDeniedUntilTheKioskIsRevoked) {
    for (const char* code : {"ONE", "TWO"}) add_code(code);
    ASSERT_TRUE(enrol("ONE", "t"));
    NewKiosk changed = new_kiosk("u");
    changed.signing_key = std::string(64, '9');
    EXPECT_EQ(store_->use_code(sha256_hex("TWO"), changed, kNow).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("t")));
    ASSERT_TRUE(store_->revoke(kKiosk));
    EXPECT_EQ(store_->use_code(sha256_hex("TWO"), changed, kNow)->signing_key, changed.signing_key);
}

TEST_P(StoreTest, AnAdoptedKioskIsKnownAndHasNoCredential) {
    ASSERT_TRUE(store_->adopt(new_kiosk("unused"), "Stick", "hall", kNow));
    EXPECT_EQ(store_->kiosk(kKiosk)->site, "hall");
    EXPECT_EQ(store_->kiosk(kKiosk)->signing_key, std::string(64, '1'));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("unused")).error().code, ErrorCode::Denied);
    EXPECT_EQ(store_->kiosk(kOtherKiosk).error().code, ErrorCode::NotFound);
    NewKiosk changed = new_kiosk("unused");
    changed.signing_key = std::string(64, '9');
    EXPECT_EQ(store_->adopt(changed, "Stick", "hall", kNow).error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, ACodeCannotBeAddedTwice) {
    add_code("CODE");
    EXPECT_FALSE(store_->add_code(sha256_hex("CODE"), "Other", "x", kNow));
}

TEST_P(StoreTest, AnEnrolledKioskIsKnownByItsToken) {
    add_code("CODE");
    const auto enrolled = enrol("CODE", "token");
    ASSERT_TRUE(enrolled);
    EXPECT_EQ(enrolled->id, kKiosk);
    EXPECT_EQ(enrolled->name, "Hall");
    EXPECT_EQ(enrolled->site, "office");
    EXPECT_EQ(enrolled->enrolled, kNow);
    EXPECT_FALSE(enrolled->last_seen);
    EXPECT_EQ(enrolled->signing_key, std::string(64, '1'));
    EXPECT_EQ(enrolled->set_up_key, std::string(64, '2'));
    EXPECT_EQ(enrolled->locked_set_up_key, "33");
    reopen();
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("token"))->id, kKiosk);
    EXPECT_EQ(store_->kiosk_by_token("token").error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, ARevokedTokenIsDeniedAndTheAnswersStay) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "token"));
    append({next_saying("kept")});
    ASSERT_TRUE(store_->revoke(kKiosk));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("token")).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosks()->front().revoked);
    EXPECT_EQ(waiting_words(), std::vector<std::string>{"kept"});
}

TEST_P(StoreTest, RevokingAnUnknownKioskIsNotFound) {
    EXPECT_EQ(store_->revoke(kKiosk).error().code, ErrorCode::NotFound);
}

TEST_P(StoreTest, AKioskThatEnrolsAgainKeepsItsLedgerAndLosesItsOldToken) {
    add_code("ONE");
    add_code("TWO");
    ASSERT_TRUE(enrol("ONE", "old"));
    append({next_saying("a"), next_saying("b")});
    ASSERT_TRUE(store_->revoke(kKiosk));
    const auto again = enrol("TWO", "new");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->held, 2);
    EXPECT_EQ(again->highest_sequence, 2);
    EXPECT_FALSE(again->revoked);
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("old")).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("new")));
}

}  // namespace
}  // namespace machikoe
