// The contract of Store: accounts and sessions.
#include <gtest/gtest.h>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

using AccountsTest = StoreTest;

Account sato() {
    Account account;
    account.name = "sato";
    account.role = AccountRole::Evaluator;
    account.password = "$argon2id$…";
    account.totp_key = std::string("\0sealed\xff", 8);
    account.totp_step = 57'000'000;
    account.invitation = sha256_hex("code");
    account.invited_until = kNow + std::chrono::hours(1);
    account.failures = 2;
    account.locked_until = kNow + Milliseconds{5};
    account.created = kNow;
    return account;
}

Session session_of(const std::string& token, const std::string& account, Milliseconds started) {
    return {sha256_hex(token), account, "form " + token, started, started};
}

TEST_P(AccountsTest, AnAccountReadsBackWhole) {
    ASSERT_TRUE(store_->add_account(sato()));
    reopen();
    const Account read = store_->account("sato").value();
    EXPECT_EQ(read.role, AccountRole::Evaluator);
    EXPECT_EQ(read.password, sato().password);
    EXPECT_EQ(read.totp_key, sato().totp_key);
    EXPECT_EQ(read.totp_step, sato().totp_step);
    EXPECT_EQ(read.invited_until, sato().invited_until);
    EXPECT_EQ(read.failures, 2);
    EXPECT_EQ(read.locked_until, sato().locked_until);
    EXPECT_EQ(read.created, kNow);
    EXPECT_FALSE(read.last_login);
    EXPECT_FALSE(read.disabled);
    EXPECT_EQ(store_->invited(sha256_hex("code"))->name, "sato");
    EXPECT_EQ(store_->invited(sha256_hex("other")).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->invited("").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->account("tanaka").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->add_account(sato()).error().code, ErrorCode::Conflict);
}

TEST_P(AccountsTest, AChangeIsWholeOrNotAtAll) {
    ASSERT_TRUE(store_->add_account(sato()));
    const auto changed = store_->change_account("sato", [](Account& account) -> Status {
        account.name = "somebody else";
        account.failures = 0;
        account.disabled = true;
        account.last_login = kNow;
        account.invitation.clear();
        return {};
    });
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->name, "sato");
    EXPECT_TRUE(store_->account("sato")->disabled);
    EXPECT_EQ(store_->account("sato")->last_login, kNow);
    EXPECT_EQ(store_->invited("").error().code, ErrorCode::NotFound);
    const auto refused = store_->change_account("sato", [](Account& account) -> Status {
        account.failures = 9;
        return fail(ErrorCode::Denied, "no");
    });
    EXPECT_EQ(refused.error().code, ErrorCode::Denied);
    EXPECT_EQ(store_->account("sato")->failures, 0);
    EXPECT_EQ(store_->change_account("nobody", [](Account&) { return Status{}; }).error().code,
              ErrorCode::NotFound);
}

TEST_P(AccountsTest, AccountsAreListedByNameAndGoWithTheirSessions) {
    Account abe = sato();
    abe.name = "abe";
    abe.invitation.clear();
    ASSERT_TRUE(store_->add_account(sato()));
    ASSERT_TRUE(store_->add_account(abe));
    ASSERT_TRUE(store_->put_session(session_of("one", "sato", kNow)));
    EXPECT_EQ(store_->accounts()->front().name, "abe");
    ASSERT_TRUE(store_->remove_account("sato"));
    EXPECT_EQ(store_->remove_account("sato").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->accounts()->size(), 1u);
    EXPECT_EQ(store_->session(sha256_hex("one")).error().code, ErrorCode::NotFound);
}

TEST_P(AccountsTest, SessionsAreUsedAndForgotten) {
    Session session = session_of("one", "sato", kNow);
    ASSERT_TRUE(store_->put_session(session));
    session.last_used = kNow + Milliseconds{700};
    ASSERT_TRUE(store_->put_session(session));
    ASSERT_TRUE(store_->put_session(session_of("two", "sato", kNow)));
    ASSERT_TRUE(store_->put_session(session_of("three", "abe", kNow)));
    const Session read = store_->session(sha256_hex("one")).value();
    EXPECT_EQ(read.account, "sato");
    EXPECT_EQ(read.form_token, "form one");
    EXPECT_EQ(read.started, kNow);
    EXPECT_EQ(read.last_used, kNow + Milliseconds{700});
    ASSERT_TRUE(store_->forget_sessions(Milliseconds{0}, kNow + Milliseconds{1}));
    EXPECT_TRUE(store_->session(sha256_hex("one")));
    EXPECT_FALSE(store_->session(sha256_hex("two")));
    ASSERT_TRUE(store_->forget_sessions(kNow + Milliseconds{1}, Milliseconds{0}));
    EXPECT_FALSE(store_->session(sha256_hex("one")));
    ASSERT_TRUE(store_->put_session(session_of("four", "sato", kNow)));
    ASSERT_TRUE(store_->put_session(session_of("five", "abe", kNow)));
    ASSERT_TRUE(store_->end_sessions_of("sato"));
    EXPECT_FALSE(store_->session(sha256_hex("four")));
    ASSERT_TRUE(store_->end_session(sha256_hex("five")));
    EXPECT_FALSE(store_->session(sha256_hex("five")));
}

TEST_P(AccountsTest, AKiosksHealthIsTheLastItTold) {
    add_code("code");
    ASSERT_TRUE(enrol("code", "token"));
    ASSERT_TRUE(store_->note_health(kKiosk, R"({"unsent":3})"));
    ASSERT_TRUE(store_->note_health(kKiosk, R"({"unsent":0})"));
    EXPECT_EQ(store_->kiosk(kKiosk)->health, R"({"unsent":0})");
    EXPECT_EQ(store_->note_health(kOtherKiosk, "{}").error().code, ErrorCode::NotFound);
}

TEST_P(AccountsTest, AccessKeysBelongToTheirAccountAndGoWithIt) {
    Account sato;
    sato.name = "sato";
    ASSERT_TRUE(store_->add_account(sato));
    const AccessKey mine{sha256_hex("one"), "sato", "Excel", kNow, std::nullopt};
    ASSERT_TRUE(store_->add_access_key(mine));
    ASSERT_TRUE(store_->add_access_key({sha256_hex("two"), "abe", "script", kNow, std::nullopt}));
    EXPECT_EQ(store_->access_key(sha256_hex("one"))->label, "Excel");
    EXPECT_FALSE(store_->access_key(sha256_hex("one"))->last_used);
    ASSERT_TRUE(store_->note_key_used(sha256_hex("one"), kNow + Milliseconds{5}));
    EXPECT_EQ(store_->access_key(sha256_hex("one"))->last_used, kNow + Milliseconds{5});
    EXPECT_EQ(store_->access_keys("").value().size(), 2u);
    EXPECT_EQ(store_->access_keys("sato").value().size(), 1u);
    EXPECT_EQ(store_->access_keys("sato")->front().created, kNow);
    EXPECT_EQ(store_->remove_access_key(sha256_hex("three")).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(store_->remove_access_key(sha256_hex("two")));
    EXPECT_EQ(store_->access_key(sha256_hex("two")).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(store_->remove_account("sato"));
    EXPECT_TRUE(store_->access_keys("")->empty());
}

INSTANTIATE_TEST_SUITE_P(Adapters, AccountsTest, testing::ValuesIn(adapters()), name_of_adapter);

}  // namespace
}  // namespace machikoe
