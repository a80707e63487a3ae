// Batch, receipts, enrolment and packs: everything else that travels.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "app/base/crypto.h"
#include "sync/wire/record.h"
#include "tests/wire/damage.h"

namespace machikoe {
namespace {

Envelope after(const Envelope& before, std::string payload) {
    Envelope envelope{before.sequence + 1, before.hash, "", std::move(payload)};
    envelope.hash = envelope_hash(envelope.previous, envelope.payload);
    return envelope;
}

Batch batch_of(int count, std::size_t payload_bytes = 10) {
    crypto_ready();
    Batch batch{std::string(32, 'a'), {}, std::string(128, 'b')};
    Envelope last{0, "", first_previous_hash(), ""};
    for (int i = 0; i < count; ++i) {
        last = after(last, std::to_string(i) + std::string(payload_bytes, '\xfe'));
        batch.envelopes.push_back(last);
    }
    return batch;
}

TEST(EnvelopeTest, TheHashIsThatOfTheProtocol) {
    EXPECT_EQ(first_previous_hash(), std::string(64, '0'));
    EXPECT_EQ(envelope_hash(first_previous_hash(), "payload"),
              sha256_hex(std::string(64, '0') + "payload"));
}

TEST(BatchWireTest, EveryCutIsInvalid) {
    for_every_cut(encode_batch(batch_of(3)),
                  [](const std::string& cut) { ASSERT_FALSE(decode_batch(cut)) << cut; });
}

TEST(BatchWireTest, FlippedBitsNeverChangeAPayload) {
    const Batch batch = batch_of(3);
    int refused = 0;
    for_flips(encode_batch(batch), 20'000, [&](const std::string& damaged) {
        const auto decoded = decode_batch(damaged);
        if (!decoded) {
            ++refused;
            return;
        }
        ASSERT_EQ(decoded->envelopes.size(), batch.envelopes.size());
        for (std::size_t i = 0; i < batch.envelopes.size(); ++i) {
            ASSERT_EQ(decoded->envelopes[i].payload, batch.envelopes[i].payload);
            ASSERT_EQ(decoded->envelopes[i].previous, batch.envelopes[i].previous);
            ASSERT_EQ(decoded->envelopes[i].hash, batch.envelopes[i].hash);
        }
    });
    EXPECT_GT(refused, 15'000);
}

TEST(BatchWireTest, PayloadsOfAnyBytesComeBack) {
    Batch batch = batch_of(0);
    Envelope last{0, "", first_previous_hash(), ""};
    std::mt19937 random(1);
    for (std::size_t size = 1; size <= 20; ++size) {
        std::string payload(size, '\0');
        for (char& byte : payload) byte = static_cast<char>(random());
        batch.envelopes.push_back(last = after(last, payload));
    }
    const auto decoded = decode_batch(encode_batch(batch));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->kiosk, batch.kiosk);
    EXPECT_EQ(decoded->envelopes, batch.envelopes);
}

TEST(BatchWireTest, TheLargestBatchPasses) {
    const Batch batch = batch_of(kMaxBatchEnvelopes, 50'000);
    const auto decoded = decode_batch(encode_batch(batch));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->envelopes, batch.envelopes);
}

TEST(BatchWireTest, LimitsAreKept) {
    expect_invalid(decode_batch(encode_batch(batch_of(0))));
    expect_invalid(decode_batch(encode_batch(batch_of(kMaxBatchEnvelopes + 1))));
    EXPECT_TRUE(decode_batch(encode_batch(batch_of(1, kMaxPayloadBytesOnWire - 1))));
    expect_invalid(decode_batch(encode_batch(batch_of(1, kMaxPayloadBytesOnWire))));
    const std::string one = encode_batch(batch_of(1));
    EXPECT_TRUE(decode_batch(one + std::string(kMaxBatchBytes - one.size(), ' ')));
    expect_invalid(decode_batch(one + std::string(kMaxBatchBytes - one.size() + 1, ' ')));
    expect_invalid(decode_batch(std::string(kMaxBatchBytes, '[')));
}

TEST(BatchWireTest, ABrokenChainIsRefused) {
    Batch wrong_hash = batch_of(3);
    wrong_hash.envelopes[1].payload += "x";
    expect_invalid(decode_batch(encode_batch(wrong_hash)));

    Batch wrong_link = batch_of(3);
    wrong_link.envelopes[1].previous = std::string(64, 'e');
    wrong_link.envelopes[1].hash =
        envelope_hash(wrong_link.envelopes[1].previous, wrong_link.envelopes[1].payload);
    expect_invalid(decode_batch(encode_batch(wrong_link)));

    Batch wrong_order = batch_of(3);
    std::swap(wrong_order.envelopes[0], wrong_order.envelopes[2]);
    expect_invalid(decode_batch(encode_batch(wrong_order)));

    Batch twice = batch_of(1);
    twice.envelopes.push_back(twice.envelopes[0]);
    expect_invalid(decode_batch(encode_batch(twice)));

    Batch late_zeros = batch_of(1);
    late_zeros.envelopes[0].sequence = 2;
    expect_invalid(decode_batch(encode_batch(late_zeros)));

    Batch early = batch_of(2);
    early.envelopes.erase(early.envelopes.begin());
    early.envelopes[0].sequence = 1;
    expect_invalid(decode_batch(encode_batch(early)));
}

TEST(BatchWireTest, NumbersMayBeLeftOut) {
    Batch batch = batch_of(5);
    batch.envelopes.erase(batch.envelopes.begin() + 2);
    batch.envelopes.erase(batch.envelopes.begin());
    EXPECT_EQ(decode_batch(encode_batch(batch))->envelopes, batch.envelopes);
}

TEST(BatchWireTest, OnlyCanonicalBase64IsRead) {
    Batch batch = batch_of(0);
    batch.envelopes.push_back(after({0, "", first_previous_hash(), ""}, "a"));  // "YQ=="
    const std::string bytes = encode_batch(batch);
    ASSERT_TRUE(decode_batch(bytes));
    for (const char* other :
         {"YR==", "YQ", "YQ=", "YQ== ", " YQ==", "Y\\nQ==", "YQ==YQ==", "", "?"})
        expect_invalid(decode_batch(replaced(bytes, "YQ==", other)));
}

TEST(BatchWireTest, WrongNamesAndNumbersAreRefused) {
    const std::string bytes = encode_batch(batch_of(1));
    for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
             {"\"sequence\":1", "\"sequence\":0"},
             {"\"sequence\":1", "\"sequence\":-1"},
             {"\"sequence\":1", "\"sequence\":1.0"},
             {"\"sequence\":1", "\"sequence\":9223372036854775808"},
             {"\"kiosk\":\"aa", "\"kiosk\":\"AA"},
             {"\"kiosk\":\"aa", "\"kiosk\":\"a"},
             {"\"version\":2", "\"version\":1"},
             {"\"version\":2", "\"version\":3"},
             {"\"signature\":\"bb", "\"signature\":\"b"},
             {"\"signature\":\"bb", "\"signature\":\"Bb"},
             {"\"signature\"", "\"unsigned\""},
             {"\"envelopes\":[", "\"envelopes\":[7,"},
             {"\"hash\"", "\"hash2\""}})
        expect_invalid(decode_batch(replaced(bytes, from, to)));
}

TEST(BatchWireTest, TheSignedPartIsThatOfTheProtocol) {
    const Batch batch = batch_of(2);
    EXPECT_EQ(signed_part(batch), "machikoe batch 2\n" + batch.kiosk + "\n1 " +
                                      batch.envelopes[0].hash + "\n2 " + batch.envelopes[1].hash +
                                      "\n");
}

Receipts receipts_of_every_kind() {
    const std::string hash(64, 'd');
    return {{{1, hash, Outcome::Stored},
             {2, hash, Outcome::Conflict},
             {9'007'199'254'740'993, hash, Outcome::Quarantined}},
            std::string(128, 'e')};
}

TEST(ReceiptTest, EveryCutIsInvalidAndEveryOutcomeComesBack) {
    const std::string bytes = encode_receipts(receipts_of_every_kind());
    for_every_cut(bytes, [](const std::string& cut) { ASSERT_FALSE(decode_receipts(cut)) << cut; });
    EXPECT_EQ(decode_receipts(bytes)->all, receipts_of_every_kind().all);
    EXPECT_EQ(decode_receipts(bytes)->signature, receipts_of_every_kind().signature);
    EXPECT_TRUE(decode_receipts(encode_receipts({{}, std::string(128, 'e')}))->all.empty());
}

TEST(ReceiptTest, WhatIsNoReceiptIsRefused) {
    const std::string bytes = encode_receipts(receipts_of_every_kind());
    expect_invalid(decode_receipts("<html>log in</html>"));
    for (const char* unknown : {"lost", "duplicate", "Stored", ""})
        expect_invalid(decode_receipts(replaced(bytes, "stored", unknown)));
    expect_invalid(decode_receipts(replaced(bytes, "\"dd", "\"d")));
    expect_invalid(decode_receipts(replaced(bytes, "\"ee", "\"e")));
    expect_invalid(decode_receipts(replaced(bytes, "\"version\":2", "\"version\":1")));
    expect_invalid(decode_receipts(encode_receipts(
        {std::vector<Receipt>(kMaxBatchEnvelopes + 1, receipts_of_every_kind().all[0]),
         std::string(128, 'e')})));
    for_flips(bytes, 5'000, [](const std::string& damaged) { (void)decode_receipts(damaged); });
}

TEST(ReceiptTest, TheSignedPartNamesKioskNumberHashAndOutcome) {
    const auto signed_with = [](std::string kiosk, Receipt receipt) {
        return signed_part(kiosk, std::vector<Receipt>{receipt});
    };
    const Receipt receipt{1, std::string(64, 'd'), Outcome::Stored};
    EXPECT_EQ(signed_with("k", receipt), "machikoe receipts 2\nk\n1 " + receipt.hash + " stored\n");
    EXPECT_NE(signed_with("l", receipt), signed_with("k", receipt));
    EXPECT_NE(signed_with("k", {1, receipt.hash, Outcome::Conflict}), signed_with("k", receipt));
}

/// docs/pack.md, "The pack's hash".
std::string hash_of(const PackFiles& files) {
    std::string canonical;
    for (const auto& [name, text] : files)
        canonical += name + '\0' + std::to_string(text.size()) + '\0' + text;
    return sha256_hex(canonical);
}

std::string pack_of(const PackFiles& files) {
    return encode_pack(files, "test", hash_of(files));
}

TEST(PackWireTest, APackComesBackByteForByte) {
    const PackFiles files{{"pack.yaml", "id: \"試験\"\n# \"\\\n"}, {"survey.yaml", ""}};
    EXPECT_EQ(decode_pack(pack_of(files)).value(), files);
    for_every_cut(pack_of(files), [](const std::string& cut) { ASSERT_FALSE(decode_pack(cut)); });
}

TEST(PackWireTest, ADamagedPackIsNeverTakenForTheRightOne) {
    const PackFiles files{{"pack.yaml", "id: test\nformat: 1\n"}};
    for_flips(pack_of(files), 5'000, [&](const std::string& damaged) {
        const auto decoded = decode_pack(damaged);
        if (decoded) {
            ASSERT_EQ(*decoded, files);
        }
    });
}

TEST(PackWireTest, NamesStayInsideTheFolder) {
    for (const char* name : {"../pack.yaml", "/etc/pack.yaml", "a/b.yaml", "pack.yml", "", ".yaml",
                             "pack.yaml.sh", "..yaml", "Pack.yaml"})
        expect_invalid(decode_pack(pack_of({{name, "x"}})));
    expect_invalid(decode_pack(pack_of({})));
}

TEST(PackWireTest, LimitsAreKept) {
    EXPECT_TRUE(decode_pack(pack_of({{"a.yaml", std::string(8u << 20, 'x')}})));
    expect_invalid(decode_pack(pack_of({{"a.yaml", std::string((8u << 20) + 1, 'x')}})));
    expect_invalid(decode_pack(std::string((16u << 20) + 1, ' ')));
}

}  // namespace
}  // namespace machikoe
