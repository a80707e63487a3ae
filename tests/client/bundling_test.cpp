// Bundling: what is carried on a stick comes back whole or not at all, and tells a finder nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/client/bundling.h"
#include "sync/client/keeping.h"
#include "sync/wire/bundle.h"
#include "tests/client/fake_server.h"
#include "tests/wire/damage.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

const std::string kComment = "the bench by the river is broken";

Response response_saying(const std::string& words) {
    Response response;
    response.pack_id = "testward-r4";
    response.pack_hash = std::string(64, 'c');
    response.site = "office-by-the-river";
    response.event = "spring-festival";
    response.when = {"2024-05-01", 14};
    response.seed = 0xfedcba9876543210u;
    response.duration_s = 95;
    response.issues_opened = {"living"};
    response.answers["feel"] = {AnswerStatus::Answered, ChosenOptions{"rather-no"}};
    response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words)};
    return response;
}

class BundlingTest : public testing::Test {
  protected:
    /// As app/kiosk.cpp keeps a response.
    void save(const std::string& words) {
        ASSERT_TRUE(keep({.record = encode_record(response_saying(words)),
                          .public_key = key_to_seal_to(keys_).value(),
                          .pack_hash = std::string(64, 'c')},
                         sealer_, outbox_));
    }
    BundleFile bundle() { return bundle_of(outbox_, keys_).value(); }
    static std::string refusal(const std::string& bytes) {
        const auto bundle = decode_bundle(bytes);
        EXPECT_FALSE(bundle);
        if (bundle) return "";
        EXPECT_EQ(bundle.error().code, ErrorCode::Invalid);
        return bundle.error().message;
    }

    TestKiosk kiosk_;
    Outbox& outbox_ = kiosk_.outbox;
    KeyStore& keys_ = kiosk_.keys;
    Sealer sealer_{outbox_.kiosk()};
};

TEST_F(BundlingTest, NothingWaitsIsNoBundleAndTakesNoNumber) {
    EXPECT_EQ(bundle().bytes, "");
    save("one");
    EXPECT_EQ(decode_bundle(bundle().bytes)->manifest.number, 1);
}

TEST_F(BundlingTest, EverythingThatWaitsComesBackSignedAndStaysInTheOutbox) {
    for (int i = 0; i < 150; ++i) save(std::to_string(i));
    const BundleFile file = bundle();
    EXPECT_EQ(file.responses, 150);
    EXPECT_EQ(file.name, "machikoe-" + outbox_.kiosk().substr(0, 8) + "-1-151.bundle");
    const auto decoded = decode_bundle(file.bytes);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->manifest.kiosk, outbox_.kiosk());
    EXPECT_EQ(decoded->manifest.count, 151);
    EXPECT_EQ(decoded->manifest.signing_key, keys_.signing_key().public_key());
    EXPECT_EQ(decoded->manifest.locked_set_up_key, keys_.locked_set_up_key());
    ASSERT_EQ(decoded->batches.size(), 2u);
    EXPECT_EQ(outbox_.state()->waiting_envelopes, 151);
    EXPECT_EQ(decode_bundle(bundle().bytes)->manifest.number, 2);
    // Never enrolled: whoever has the passphrase opens it.
    const auto key = unwrap(decoded->manifest.locked_set_up_key, "a long passphrase");
    ASSERT_TRUE(key);
    Opener opener;
    opener.add_key(SealingKey::from_secret(Secret::copy_of(key->key.secret().view())));
    const auto& envelopes = decoded->batches[0].envelopes;
    ASSERT_TRUE(opener.open_epoch(outbox_.kiosk(), envelopes[0].payload));
    EXPECT_EQ(opener.open(outbox_.kiosk(), envelopes[1].payload).value(),
              encode_record(response_saying("0")));
}

TEST_F(BundlingTest, AStickPulledAtAnyMomentHoldsNoBundle) {
    save("one");
    save("two");
    const std::string bytes = bundle().bytes;
    for_every_cut(bytes, [](const std::string& cut) {
        const std::string why = refusal(cut);
        ASSERT_TRUE(why.find("cut off") != why.npos || why.find("not a bundle") != why.npos)
            << cut.size() << ": " << why;
    });
}

TEST_F(BundlingTest, ChangedBytesAreSeen) {
    save("one");
    save("two");
    const BundleFile file = bundle();
    const auto right = decode_bundle(file.bytes);
    ASSERT_TRUE(right);
    int refused = 0;
    for_flips(file.bytes, 5'000, [&](const std::string& damaged) {
        const auto decoded = decode_bundle(damaged);
        if (!decoded) {
            ++refused;
            return;
        }
        // An unknown member was made of a known one's neighbourhood: what is said is the same.
        ASSERT_EQ(signed_part(decoded->manifest), signed_part(right->manifest));
        ASSERT_EQ(decoded->batches[0].envelopes, right->batches[0].envelopes);
    });
    EXPECT_GT(refused, 4'900);
    EXPECT_THAT(refusal(file.bytes + "x"), HasSubstr("cut off or changed"));
}

/// The same lines under a manifest that somebody else made and signed.
std::string with_manifest(const std::string& bytes, const SigningKey& key,
                          const std::function<void(BundleManifest&, std::string&)>& change) {
    BundleManifest manifest = decode_bundle(bytes)->manifest;
    std::string lines = bytes.substr(bytes.find('\n') + 1);
    change(manifest, lines);
    manifest.sha256 = sha256_hex(lines);
    manifest.signature = key.sign(signed_part(manifest));
    return encode_bundle(manifest, lines);
}

TEST_F(BundlingTest, ManifestAndBatchesMustAgreeAndBeOneKiosks) {
    save("one");
    const std::string bytes = bundle().bytes;
    const SigningKey thief = SigningKey::generate();
    const auto forged = [&](auto change) {
        return refusal(with_manifest(bytes, keys_.signing_key(), change));
    };
    EXPECT_THAT(refusal(with_manifest(bytes, thief, [](auto&, auto&) {})), HasSubstr("signature"));
    EXPECT_THAT(
        refusal(with_manifest(
            bytes, thief, [&](BundleManifest& m, auto&) { m.signing_key = thief.public_key(); })),
        HasSubstr("not signed by the kiosk"));
    EXPECT_THAT(forged([](BundleManifest& m, auto&) { m.kiosk = std::string(32, 'e'); }),
                HasSubstr("another kiosk"));
    EXPECT_THAT(forged([](BundleManifest& m, auto&) { m.last = 3; }), HasSubstr("does not hold"));
    EXPECT_THAT(forged([](BundleManifest& m, auto&) { m.first = 2; }), HasSubstr("out of bounds"));
    EXPECT_THAT(forged([](BundleManifest&, std::string& lines) { lines += lines; }),
                HasSubstr("not in order"));
    EXPECT_THAT(forged([](BundleManifest&, std::string& lines) { lines.clear(); }),
                HasSubstr("does not hold"));
    EXPECT_THAT(forged([](BundleManifest&, std::string& lines) { lines.pop_back(); }),
                HasSubstr("no end"));
}

TEST_F(BundlingTest, WhatIsNoBundleIsSaid) {
    for (const char* bytes : {"", "\n", "{}\n", "<html>\n", "{\"format\":\"photo\"}\n"})
        EXPECT_THAT(refusal(bytes), HasSubstr("not a bundle")) << bytes;
    EXPECT_THAT(refusal("{\"format\":\"machikoe-bundle\",\"version\":1}\n"),
                HasSubstr("another version"));
}

TEST_F(BundlingTest, EnvelopesThatWereSalvagedMakeABundleToo) {
    for (int i = 0; i < 250; ++i) save(std::to_string(i));
    auto envelopes = outbox_.waiting(1'000, 1u << 30).value();
    envelopes.erase(envelopes.begin() + 100, envelopes.begin() + 120);
    const auto file = bundle_of(outbox_.kiosk(), envelopes, keys_);
    ASSERT_TRUE(file);
    const auto decoded = decode_bundle(file->bytes);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->manifest.count, 231);
    EXPECT_EQ(decoded->manifest.last, 251);
}

TEST_F(BundlingTest, NeitherDatabaseNorLogNorBundleShowsAnAnswerAKeyOrAToken) {
    FakeServer server;
    const Enrolment enrolment = server.enrols(outbox_, keys_);
    for (int i = 0; i < 20; ++i) save(kComment);
    std::map<std::string, std::string> files{{"bundle", bundle().bytes}};
    for (const char* name : {"kiosk.db", "kiosk.db-wal"})
        files[name] = load_file(kiosk_.folder.path / name).value();
    ASSERT_GT(files["kiosk.db-wal"].size(), 20'000u) << "the log has been folded away";
    const std::string& seed = std::string(keys_.signing_key().seed().view());
    for (const auto& [name, bytes] : files) {
        for (const std::string& secret :
             {kComment, std::string("river"), std::string("rather-no"), std::string("feel"),
              std::string("spring-festival"), std::string("2024-05-01"), std::string("testward"),
              enrolment.token, seed, std::string("a long passphrase")})
            EXPECT_EQ(bytes.find(secret), std::string::npos) << name << " shows a secret";
    }
    // The search would find what is there: the id of the kiosk, which is no secret.
    EXPECT_NE(files["bundle"].find(outbox_.kiosk()), std::string::npos);
}

}  // namespace
}  // namespace machikoe
