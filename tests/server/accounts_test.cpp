// The rules of accounts, on a real store.
#include "sync/server/accounts.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "sync/seal/server_keys.h"
#include "sync/server/forms.h"
#include "tests/server/authenticator.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNow{1'700'000'000'000};
constexpr Milliseconds kStep{30'000};
const std::string kPassword = "correct horse battery";

class AccountsTest : public testing::Test {
  protected:
    AccountsTest() {
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-accounts-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
    }
    ~AccountsTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    /// Somebody who has set everything up at kNow.
    void let_in(const std::string& name, AccountRole role = AccountRole::Staff) {
        const std::string code = invite(*store_, name, role, kNow).value();
        const Account begun = begin_invitation(*store_, totp_, code, kNow).value();
        base32_ = totp_.shown(name, begun.totp_key).value();
        ASSERT_TRUE(accept_invitation(*store_, totp_, code, hash_secret(kPassword).value(),
                                      digits_at(base32_, kNow), kNow));
    }
    Result<Account> try_in(const std::string& digits, bool password, Milliseconds now) {
        return log_in(*store_, totp_, store_->account("sato").value(), password, digits, now);
    }

    const bool is_ready_ = (crypto_ready(), true);  // before there are keys
    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
    ServerKeys keys_ = generate_server_keys();
    Totp totp_{keys_.sealing};
    std::string base32_;
};

TEST_F(AccountsTest, TheFirstAdministratorIsInvitedUntilSomebodyCame) {
    const auto first = invite_first(*store_, kNow).value();
    ASSERT_TRUE(first);
    const auto second = invite_first(*store_, kNow).value();
    ASSERT_TRUE(second);
    EXPECT_FALSE(invited_by(*store_, *first, kNow)) << "the newer code replaces the older";
    EXPECT_EQ(invited_by(*store_, *second, kNow)->role, AccountRole::Administrator);
    let_in("sato");
    EXPECT_FALSE(invite_first(*store_, kNow).value());
}

TEST_F(AccountsTest, AnInvitationIsSpentOnceAndExpires) {
    const std::string code = invite(*store_, "sato", AccountRole::Evaluator, kNow).value();
    EXPECT_EQ(invited_by(*store_, code, kNow + kInvitationLife).error().code, ErrorCode::Denied);
    const Account begun = begin_invitation(*store_, totp_, code, kNow).value();
    EXPECT_EQ(begin_invitation(*store_, totp_, code, kNow)->totp_key, begun.totp_key);
    const std::string base32 = totp_.shown("sato", begun.totp_key).value();
    EXPECT_EQ(accept_invitation(*store_, totp_, code, "hash", "000000", kNow).error().code,
              ErrorCode::Denied);
    EXPECT_TRUE(accept_invitation(*store_, totp_, code, "hash", digits_at(base32, kNow), kNow));
    EXPECT_EQ(invited_by(*store_, code, kNow).error().code, ErrorCode::Denied);
    EXPECT_EQ(totp_.shown("tanaka", begun.totp_key).error().code, ErrorCode::Invalid)
        << "a key is of its account alone";
}

TEST_F(AccountsTest, NoDigitsCountTwice) {
    let_in("sato");
    const Milliseconds later = kNow + 2 * kStep;
    EXPECT_FALSE(try_in(digits_at(base32_, kNow), true, kNow)) << "spent by the invitation";
    ASSERT_TRUE(try_in(digits_at(base32_, later), true, later));
    EXPECT_FALSE(try_in(digits_at(base32_, later), true, later));
    const Milliseconds late = later + 3 * kStep;
    EXPECT_TRUE(try_in(digits_at(base32_, late - kStep), true, late)) << "one step late is welcome";
    EXPECT_FALSE(try_in(digits_at(base32_, late + 2 * kStep), true, late));
}

TEST_F(AccountsTest, BothFactorsOrNone) {
    let_in("sato");
    const Milliseconds later = kNow + 2 * kStep;
    EXPECT_FALSE(try_in(digits_at(base32_, later), false, later));
    EXPECT_FALSE(try_in("123", true, later));
    EXPECT_EQ(store_->account("sato")->failures, 2);
    EXPECT_TRUE(try_in(digits_at(base32_, later), true, later));
    EXPECT_EQ(store_->account("sato")->failures, 0);
}

TEST_F(AccountsTest, LocksGrowAndHoldEvenAgainstTheRightPassword) {
    let_in("sato");
    Milliseconds now = kNow + 2 * kStep;
    for (int i = 0; i < kFreeFailures; ++i) EXPECT_FALSE(try_in("", false, now));
    EXPECT_EQ(store_->account("sato")->locked_until, now + kFirstLock);
    EXPECT_FALSE(try_in(digits_at(base32_, now), true, now));
    EXPECT_EQ(store_->account("sato")->failures, kFreeFailures) << "tries within it do not count";
    now += kFirstLock;
    EXPECT_FALSE(try_in("", false, now));
    EXPECT_EQ(store_->account("sato")->locked_until, now + 2 * kFirstLock);
    for (int i = 0; i < 20; ++i) {
        now = store_->account("sato")->locked_until;
        EXPECT_FALSE(try_in("", false, now));
    }
    EXPECT_EQ(store_->account("sato")->locked_until, now + kLongestLock);
    now += kLongestLock;
    EXPECT_TRUE(try_in(digits_at(base32_, now), true, now));
    const auto audit = store_->audit().value();
    EXPECT_EQ(audit.front().what, "log-in-locked");
    EXPECT_EQ(audit.back().what, "log-in");
    EXPECT_FALSE(broken_link(audit));
}

TEST_F(AccountsTest, ASessionEndsByItself) {
    let_in("sato");
    const NewSession made = begin_session(*store_, "sato", kNow).value();
    EXPECT_EQ(caller_of(*store_, made.token, kNow)->account.name, "sato");
    EXPECT_EQ(caller_of(*store_, "other", kNow).error().code, ErrorCode::Denied);
    EXPECT_EQ(caller_of(*store_, "", kNow).error().code, ErrorCode::Denied);
    EXPECT_FALSE(caller_of(*store_, made.token, kNow + kSessionIdle));
    Milliseconds now = kNow;
    for (; now < kNow + kSessionLife; now += kSessionIdle / 2)
        ASSERT_TRUE(caller_of(*store_, made.token, now)) << "somebody works on";
    EXPECT_FALSE(caller_of(*store_, made.token, kNow + kSessionLife));
}

TEST_F(AccountsTest, WhoIsDisabledOrInvitedAgainIsOutAtOnce) {
    let_in("sato");
    const std::string token = begin_session(*store_, "sato", kNow)->token;
    ASSERT_TRUE(store_->change_account("sato", [](Account& account) -> Status {
        account.disabled = true;
        return {};
    }));
    EXPECT_FALSE(caller_of(*store_, token, kNow));
    EXPECT_FALSE(try_in(digits_at(base32_, kNow + 2 * kStep), true, kNow + 2 * kStep));
    ASSERT_TRUE(store_->change_account("sato", [](Account& account) -> Status {
        account.disabled = false;
        return {};
    }));
    ASSERT_TRUE(caller_of(*store_, token, kNow));
    ASSERT_TRUE(invite_again(*store_, "sato", kNow));
    EXPECT_FALSE(caller_of(*store_, token, kNow));
    EXPECT_FALSE(try_in(digits_at(base32_, kNow + 2 * kStep), true, kNow + 2 * kStep));
}

TEST_F(AccountsTest, NamesAndPasswordsHaveRules) {
    for (const char* name : {"", "Sato", "さとう", "a b", "../x"})
        EXPECT_EQ(invite(*store_, name, AccountRole::Staff, kNow).error().code, ErrorCode::Invalid)
            << name;
    EXPECT_TRUE(fit_password("sato", "つるみくのこえをきくところ"));
    EXPECT_TRUE(fit_password("sato", kPassword));
    for (const char* word : {"short", "つるみくのこえ", "my name is sato!", "aaaaaaaaaaaaaaaa"})
        EXPECT_EQ(fit_password("sato", word).error().code, ErrorCode::Invalid) << word;
}

TEST(FormsTest, FieldsAndCookiesAreRead) {
    const Fields fields = fields_of("a=1+2&b=%E9%B6%B4&a=3&c=&broken&d=%zz%4");
    EXPECT_EQ(field(fields, "a"), "1 2");
    EXPECT_EQ(field(fields, "b"), "鶴");
    EXPECT_EQ(field(fields, "c"), "");
    EXPECT_EQ(field(fields, "d"), "%zz%4");
    EXPECT_EQ(field(query_of("/x?y=z"), "y"), "z");
    EXPECT_EQ(cookie_of("other=1; session=abc;lang=ja", "session"), "abc");
    EXPECT_EQ(cookie_of("xsession=1; sessions=2", "session"), "");
    EXPECT_EQ(fields_of("q=" + percent_encoded("鶴 &=+")).at("q"), "鶴 &=+");
}

TEST(FormsTest, AFormOfManyFieldsKeepsTheFirstOnly) {
    std::string body = "name=sato";
    for (int i = 0; i < 1000; ++i) body += "&f" + std::to_string(i) + "=x";
    const Fields fields = fields_of(body);
    EXPECT_EQ(fields.size(), 64u);
    EXPECT_EQ(field(fields, "name"), "sato");
    EXPECT_TRUE(fields_of("a&b&c&&&==&").size() <= 1u);
}

}  // namespace
}  // namespace machikoe
