// Seal: what is sealed opens for the one it was sealed to, and for nobody else.
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "sync/seal/epoch.h"
#include "sync/seal/opener.h"

namespace machikoe {
namespace {

const std::string kPack(64, 'a');

class SealTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { crypto_ready(); }

    static Opener opener_with(const SealingKey& key) {
        Opener opener;
        opener.add_key(SealingKey::from_secret(Secret::copy_of(key.secret().view())));
        return opener;
    }

    std::string kiosk = random_hex(16);
    SealingKey key = SealingKey::generate();
    Opener opener = opener_with(key);
    Epoch epoch{kiosk, key.public_key()};
};

TEST_F(SealTest, ARecordComesBackAsItWas) {
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    for (const std::string& record :
         {std::string(R"({"a":1})"), std::string(), std::string(64 << 10, 'x'),
          std::string("\0\x80\0", 3), std::string(512, '\x80')}) {
        const std::string payload = epoch.seal(record);
        EXPECT_EQ(kind_of(payload), PayloadKind::Sealed);
        EXPECT_EQ(epoch_of(payload), epoch_of(epoch.opening()));
        EXPECT_EQ(opener.open(kiosk, payload).value(), record);
    }
}

TEST_F(SealTest, RecordsOpenInAnyOrderAndAgain) {
    std::vector<std::string> payloads;
    for (int i = 0; i < 20; ++i) payloads.push_back(epoch.seal(std::to_string(i)));
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    for (const int i : {19, 0, 7, 7, 3, 18})
        EXPECT_EQ(opener.open(kiosk, payloads[static_cast<std::size_t>(i)]).value(),
                  std::to_string(i));
}

TEST_F(SealTest, WithoutItsOpeningNothingOpens) {
    const auto record = opener.open(kiosk, epoch.seal("x"));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, ErrorCode::NotFound);
}

TEST_F(SealTest, AnotherKeyOpensNothing) {
    const SealingKey other = SealingKey::generate();
    const auto opened = opener_with(other).open_epoch(kiosk, epoch.opening());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::NotFound);
    EXPECT_NE(opened.error().message.find(key.id()), std::string::npos);
}

TEST_F(SealTest, AnOpeningHoldsForOneKioskOnly) {
    const std::string thief = random_hex(16);
    EXPECT_EQ(opener.open_epoch(thief, epoch.opening()).error().code, ErrorCode::Invalid);
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    EXPECT_EQ(opener.open(thief, epoch.seal("x")).error().code, ErrorCode::Invalid);
}

TEST_F(SealTest, EveryChangedBitIsSeen) {
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    const std::string payload = epoch.seal("the answer");
    for (std::size_t at = 0; at < payload.size(); ++at) {
        std::string changed = payload;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        const auto record = opener.open(kiosk, changed);
        EXPECT_FALSE(record) << at;
    }
    for (std::size_t at = 0; at < epoch.opening().size(); ++at) {
        std::string changed = epoch.opening();
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        EXPECT_FALSE(opener_with(key).open_epoch(kiosk, changed)) << at;
    }
}

TEST_F(SealTest, EveryTruncationIsSeen) {
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    const std::string payload = epoch.seal("the answer");
    for (std::size_t size = 0; size < payload.size(); ++size)
        EXPECT_FALSE(opener.open(kiosk, payload.substr(0, size))) << size;
    for (std::size_t size = 0; size < epoch.opening().size(); ++size)
        EXPECT_FALSE(opener_with(key).open_epoch(kiosk, epoch.opening().substr(0, size))) << size;
}

TEST_F(SealTest, LengthTellsClassesOnly) {
    EXPECT_EQ(epoch.seal("").size(), epoch.seal(std::string(500, 'x')).size());
    EXPECT_NE(epoch.seal("").size(), epoch.seal(std::string(600, 'x')).size());
}

TEST_F(SealTest, TheSameRecordNeverLooksTheSame) {
    EXPECT_NE(epoch.seal("x"), epoch.seal("x"));
}

TEST_F(SealTest, AnIndexFromFarAwayIsRefusedAtOnce) {
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    std::string payload = epoch.seal("x");
    payload.replace(20, 4, "\xff\xff\xff\xff");
    EXPECT_EQ(opener.open(kiosk, payload).error().code, ErrorCode::Invalid);
}

TEST_F(SealTest, AnEpochGoesOnUntilItsHourKeyOrPackChanges) {
    using namespace std::chrono_literals;
    Sealer sealer(kiosk);
    const auto seal = [&](const std::string& to, const std::string& pack, Milliseconds at) {
        const auto payloads = sealer.seal("x", to, pack, at);
        sealer.kept();
        return payloads.size();
    };
    EXPECT_EQ(seal(key.public_key(), kPack, 0s), 2u);
    EXPECT_EQ(seal(key.public_key(), kPack, 3599s), 1u);
    EXPECT_EQ(seal(key.public_key(), kPack, 3600s), 2u);
    EXPECT_EQ(seal(key.public_key(), std::string(64, 'b'), 3601s), 2u);
    EXPECT_EQ(seal(SealingKey::generate().public_key(), std::string(64, 'b'), 3602s), 2u);
}

TEST_F(SealTest, TheOpeningComesAgainUntilItIsKept) {
    Sealer sealer(kiosk);
    const auto first = sealer.seal("1", key.public_key(), kPack, Milliseconds{0});
    const auto second = sealer.seal("2", key.public_key(), kPack, Milliseconds{1});
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(first[0], second[0]);
    ASSERT_TRUE(opener.open_epoch(kiosk, second[0]));
    EXPECT_EQ(opener.open(kiosk, second[1]).value(), "2");
}

TEST_F(SealTest, AFullEpochEnds) {
    Sealer sealer(kiosk);
    for (std::uint32_t i = 0; i < kMaxEpochRecords; ++i) {
        sealer.seal("x", key.public_key(), kPack, Milliseconds{0});
        sealer.kept();
    }
    EXPECT_EQ(sealer.seal("x", key.public_key(), kPack, Milliseconds{0}).size(), 2u);
}

TEST_F(SealTest, ForgottenEpochsOpenAgainByTheirOpening) {
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    const std::string payload = epoch.seal("x");
    for (std::size_t i = 0; i < Opener::kKeptEpochs; ++i)
        ASSERT_TRUE(opener.open_epoch(kiosk, Epoch(kiosk, key.public_key()).opening()));
    EXPECT_EQ(opener.open(kiosk, payload).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(opener.open_epoch(kiosk, epoch.opening()));
    EXPECT_EQ(opener.open(kiosk, payload).value(), "x");
}

TEST_F(SealTest, ARecordAloneOpensByItselfAndForItsKioskOnly) {
    const std::string payload = seal_alone(kiosk, key.public_key(), "an answer");
    EXPECT_EQ(kind_of(payload), PayloadKind::Alone);
    EXPECT_EQ(payload.find("an answer"), std::string::npos);
    const auto opening = opening_in(payload);
    ASSERT_TRUE(opening);
    EXPECT_FALSE(opening_in(*opening));
    EXPECT_FALSE(opener.open_epoch(std::string(32, 'b'), *opening));
    ASSERT_TRUE(opener.open_epoch(kiosk, *opening));
    EXPECT_EQ(opener.open(kiosk, payload.substr(opening->size())).value(), "an answer");
}

}  // namespace
}  // namespace machikoe
