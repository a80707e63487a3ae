// Keys: signatures, locked keys, and the two places where keys are kept.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/seal/key_store.h"
#include "sync/seal/server_keys.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

class KeysTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { crypto_ready(); }
    TemporaryFolder folder;
};

TEST_F(KeysTest, ASignatureHoldsForItsMessageAndKey) {
    const SigningKey key = SigningKey::generate();
    const std::string signature = key.sign("batch");
    EXPECT_TRUE(is_signed(key.public_key(), "batch", signature));
    EXPECT_FALSE(is_signed(key.public_key(), "batcH", signature));
    EXPECT_FALSE(is_signed(SigningKey::generate().public_key(), "batch", signature));
    EXPECT_FALSE(is_signed("", "batch", signature));
    EXPECT_FALSE(is_signed(key.public_key(), "batch", "00"));
}

TEST_F(KeysTest, ALockedKeyOpensWithItsPassphraseOnly) {
    const SealingKey key = SealingKey::generate();
    const SigningKey signing = SigningKey::generate();
    const std::string locked = wrap(key, signing.public_key(), "correct horse").value();
    const auto opened = unwrap(locked, "correct horse");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->key.public_key(), key.public_key());
    EXPECT_EQ(opened->signing_public_key, signing.public_key());
    EXPECT_EQ(unwrap(locked, "correct hors").error().code, ErrorCode::Denied);
    EXPECT_EQ(unwrap(locked.substr(2), "correct horse").error().code, ErrorCode::Invalid);
    EXPECT_EQ(unwrap("", "").error().code, ErrorCode::Invalid);
}

TEST_F(KeysTest, AKiosksKeysAreMadeOnceAndStay) {
    std::string signing, set_up, passphrase;
    {
        const auto store = KeyStore::open(folder.path, "");
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_TRUE(store->made_up_passphrase());
        passphrase = *store->made_up_passphrase();
        signing = store->signing_key().public_key();
        set_up = store->set_up_key();
        EXPECT_EQ(key_to_seal_to(*store).value(), set_up);
    }
    const auto store = KeyStore::open(folder.path, "");
    ASSERT_TRUE(store);
    EXPECT_FALSE(store->made_up_passphrase());
    EXPECT_EQ(store->signing_key().public_key(), signing);
    EXPECT_EQ(store->set_up_key(), set_up);
    const auto opened = unwrap(store->locked_set_up_key(), passphrase);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->key.public_key(), set_up);
    EXPECT_EQ(opened->signing_public_key, signing);
}

TEST_F(KeysTest, KeysDbIsForItsOwnerOnly) {
    ASSERT_TRUE(KeyStore::open(folder.path, "p"));
    struct stat status {};
    ASSERT_EQ(::stat((folder.path / "keys.db").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(KeysTest, TheServersKeyIsSealedToOnceItIsProven) {
    auto store = KeyStore::open(folder.path, "p");
    ASSERT_TRUE(store);
    Enrolment enrolment{"https://ward.example",
                        std::string(64, 'a'),
                        std::string(32, '1'),
                        "Hall",
                        "office",
                        std::string(64, 'b'),
                        std::string(64, 'c'),
                        "PEM",
                        false};
    ASSERT_TRUE(store->set_enrolment(enrolment));
    EXPECT_EQ(store->enrolment().value(), enrolment);
    EXPECT_EQ(key_to_seal_to(*store).value(), store->set_up_key());
    enrolment.proven = true;
    ASSERT_TRUE(store->set_enrolment(enrolment));
    EXPECT_EQ(key_to_seal_to(*store).value(), enrolment.sealing_key);
}

TEST_F(KeysTest, BundlesAreNumberedAcrossStarts) {
    EXPECT_EQ(KeyStore::open(folder.path, "p")->next_bundle_number().value(), 1);
    EXPECT_EQ(KeyStore::open(folder.path, "p")->next_bundle_number().value(), 2);
}

TEST_F(KeysTest, AnotherThreadOpensWhatIsThereAndMakesNothing) {
    EXPECT_EQ(KeyStore::open_again(folder.path).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(folder.path / "keys.db"));
    const auto first = KeyStore::open(folder.path, "p");
    ASSERT_TRUE(first);
    const auto second = KeyStore::open_again(folder.path);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->signing_key().public_key(), first->signing_key().public_key());
    EXPECT_FALSE(second->made_up_passphrase());
}

TEST_F(KeysTest, ACodeHasOneTokenAcrossStarts) {
    const std::string token = KeyStore::open(folder.path, "p")->token_for("AAAA").value();
    EXPECT_EQ(token.size(), 64u);
    EXPECT_EQ(KeyStore::open(folder.path, "p")->token_for("AAAA").value(), token);
    EXPECT_NE(KeyStore::open(folder.path, "p")->token_for("BBBB").value(), token);
}

TEST_F(KeysTest, WhatNothingCanBeSealedToIsNoKey) {
    EXPECT_TRUE(is_sealing_key(SealingKey::generate().public_key()));
    for (const std::string& none :
         {std::string(), std::string(64, '0'), std::string(64, 'x'), std::string(63, 'a')})
        EXPECT_FALSE(is_sealing_key(none)) << none;
}

TEST_F(KeysTest, TheServersKeysAreMadeOnceAndStay) {
    const auto first = load_server_keys(folder.path);
    ASSERT_TRUE(first) << first.error().message;
    const auto second = load_server_keys(folder.path);
    ASSERT_TRUE(second);
    EXPECT_EQ(first->sealing.public_key(), second->sealing.public_key());
    EXPECT_EQ(first->receipts.public_key(), second->receipts.public_key());
    EXPECT_NE(first->sealing.public_key(), first->receipts.public_key());
    struct stat status {};
    ASSERT_EQ(::stat((folder.path / "keys/sealing.key").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat((folder.path / "keys").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(KeysTest, AHandedKeyOpensWhatWasSealedToIt) {
    const SealingKey set_up = SealingKey::generate();
    ASSERT_TRUE(load_server_keys(folder.path));
    ASSERT_TRUE(keep_handed_key(folder.path, set_up));
    Opener opener = opener_of(load_server_keys(folder.path).value());
    const std::string kiosk = random_hex(16);
    EXPECT_TRUE(opener.open_epoch(kiosk, Epoch(kiosk, set_up.public_key()).opening()));
}

TEST_F(KeysTest, AKeyThatOthersMayReadIsRefused) {
    ASSERT_TRUE(load_server_keys(folder.path));
    std::filesystem::permissions(folder.path / "keys/sealing.key",
                                 std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const auto keys = load_server_keys(folder.path);
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().code, ErrorCode::Unavailable);
}

TEST_F(KeysTest, ADamagedKeyIsReportedAndNeverReplaced) {
    ASSERT_TRUE(load_server_keys(folder.path));
    ASSERT_TRUE(replace_file(folder.path / "keys/sealing.key", "not a key\n"));
    const auto keys = load_server_keys(folder.path);
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(load_file(folder.path / "keys/sealing.key").value(), "not a key\n");
}

TEST_F(KeysTest, KeysOfTheFirstSchemaAreTheSameKeys) {
    std::string signing, set_up;
    Enrolment enrolled{"https://ward",
                       std::string(64, 'a'),
                       std::string(32, 'b'),
                       "lobby",
                       "office",
                       std::string(64, 'c'),
                       std::string(64, 'd'),
                       "PEM",
                       true};
    {
        auto store = KeyStore::open(folder.path, "a long passphrase").value();
        signing = store.signing_key().public_key();
        set_up = store.set_up_key();
        ASSERT_TRUE(store.set_enrolment(enrolled));
        ASSERT_EQ(store.next_bundle_number().value(), 1);
    }
    // What the second step of the schema added is taken back.
    SQLite::Database((folder.path / "keys.db").string(), SQLite::OPEN_READWRITE)
        .exec("DROP TABLE asked; PRAGMA user_version = 1");
    auto store = KeyStore::open_again(folder.path);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ(store->signing_key().public_key(), signing);
    EXPECT_EQ(store->set_up_key(), set_up);
    EXPECT_EQ(store->enrolment().value(), enrolled);
    EXPECT_EQ(store->next_bundle_number().value(), 2);
    EXPECT_EQ(store->token_for("code").value(), store->token_for("code").value());
}

}  // namespace
}  // namespace machikoe
