// Answers that come on a stick, and what the ledger says of them: `machikoe bundle import` and
// `machikoe ledger` as an operator runs them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sync/client/bundling.h"
#include "sync/client/client.h"
#include "sync/client/keeping.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

/// A kiosk's folder, and what its program does with it.
class StickKiosk {
  public:
    StickKiosk(const std::filesystem::path& folder, const Pack& pack)
        : pack_(pack),
          outbox_(open_in(folder)),
          keys_(KeyStore::open(folder, "correct horse battery").value()),
          sealer_(outbox_.kiosk()) {}

    void answer(int count) {
        for (int i = 0; i < count; ++i) {
            Response response;
            response.pack_id = pack_.plan.id;
            response.pack_hash = pack_.hash;
            response.site = "office";
            response.when = {"2022-06-01", 10};
            for (const Question& question : pack_.survey.questions)
                response.answers[question.id] = {};
            const std::string record = encode_record(response);
            ASSERT_TRUE(keep({.record = record,
                              .public_key = key_to_seal_to(keys_).value(),
                              .pack_hash = pack_.hash},
                             sealer_, outbox_));
        }
    }
    /// A comment that is easily found again.
    void comment(const std::string& words) {
        Response response;
        response.pack_id = pack_.plan.id;
        response.pack_hash = pack_.hash;
        response.site = "office";
        response.when = {"2022-06-01", 10};
        response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words)};
        const std::string record = encode_record(response);
        ASSERT_TRUE(keep({.record = record,
                          .public_key = key_to_seal_to(keys_).value(),
                          .pack_hash = pack_.hash},
                         sealer_, outbox_));
    }
    std::string bundle() { return bundle_of(outbox_, keys_).value().bytes; }
    const std::string& id() const { return outbox_.kiosk(); }
    Outbox& outbox() { return outbox_; }
    KeyStore& keys() { return keys_; }

  private:
    static Outbox open_in(const std::filesystem::path& folder) {
        std::filesystem::create_directories(folder);
        return Outbox::open(folder).value();
    }
    const Pack& pack_;
    Outbox outbox_;
    KeyStore keys_;
    Sealer sealer_;
};

class BundleTest : public MachikoeTest {
  protected:
    BundleTest() : pack_(load_pack(pack()).value()) {
        EXPECT_TRUE(replace_file(folder_ / "passphrase", "correct horse battery\n"));
    }
    Ran import(const std::string& bytes, const std::vector<std::string>& more = {}) {
        EXPECT_TRUE(replace_file(folder_ / "bundle", bytes));
        std::vector<std::string> arguments = {
            "bundle", "import", (folder_ / "bundle").string(), "--data", data(), "--pack", pack()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    Ran adopt(const std::string& bytes) {
        return import(bytes, {"--passphrase-file", (folder_ / "passphrase").string(),
                              "--adopt-name", "stick", "--adopt-site", "office"});
    }
    Ran ledger(const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments = {"ledger", "--data", data()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    Counts counts() {
        return open_sqlite_store(data(), StoreMode::ReadOnly).value()->counts().value();
    }

    Pack pack_;
};

TEST_F(BundleTest, AKioskThatWasNeverEnrolledIsTakenInWithItsPassphraseOnly) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    kiosk.answer(3);
    const std::string bundle = kiosk.bundle();
    const Ran stranger = import(bundle);
    EXPECT_EQ(stranger.code, 1);
    expect_one_line(stranger);
    EXPECT_THAT(stranger.err, HasSubstr("--passphrase-file"));
    EXPECT_EQ(counts().ledger, 0);
    ASSERT_TRUE(replace_file(folder_ / "passphrase", "a guess\n"));
    EXPECT_EQ(adopt(bundle).code, 1);
    EXPECT_EQ(counts().ledger, 0);
    ASSERT_TRUE(replace_file(folder_ / "passphrase", "correct horse battery\n"));
    const Ran known = adopt(bundle);
    EXPECT_EQ(known.code, 0) << known.err;
    EXPECT_THAT(known.out, HasSubstr("4 envelopes, 4 new, 0 already here, 0 in conflict, 0 held"));
    EXPECT_EQ(counts().waiting, 3);
    EXPECT_EQ(counts().openings, 1);
    EXPECT_EQ(ledger().code, 0);
    EXPECT_THAT(ledger().out, HasSubstr("kiosk " + kiosk.id() + " \"stick\" at \"office\""));
    EXPECT_THAT(ledger().out, HasSubstr("waiting for their group: 3 of site \"office\""));
}

TEST_F(BundleTest, ImportedTwiceItCountsOnce) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    kiosk.answer(6);
    const std::string bundle = kiosk.bundle();
    ASSERT_EQ(adopt(bundle).code, 0);
    const Ran again = import(bundle);
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr("7 envelopes, 0 new, 7 already here"));
    kiosk.answer(2);
    EXPECT_THAT(import(kiosk.bundle()).out, HasSubstr("9 envelopes, 2 new, 7 already here"));
    release_rest();
    EXPECT_EQ(counts().responses, 8);
    EXPECT_EQ(counts().waiting, 0);
}

TEST_F(BundleTest, AfterDeliveryByTheNetworkNothingIsNew) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    const auto server = start(serving("0"));
    const std::string url = "http://127.0.0.1:" + port();
    const auto transport = make_curl_transport();
    ASSERT_TRUE(enrol(kiosk.id(), kiosk.keys(), *transport, url, enrolment_code({"--plain-http"})));
    kiosk.answer(4);
    const std::string bundle = kiosk.bundle();
    const auto sent = send_one_batch(kiosk.outbox(), kiosk.keys(), *transport);
    ASSERT_TRUE(sent) << sent.error().message;
    const Ran late = import(bundle);
    EXPECT_EQ(late.code, 0) << late.err;
    EXPECT_THAT(late.out, HasSubstr("5 envelopes, 0 new, 5 already here"));
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
    EXPECT_EQ(counts().waiting, 4);
}

TEST_F(BundleTest, ADamagedOrForeignBundleIsToldAndChangesNothing) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    kiosk.answer(5);
    const std::string whole = kiosk.bundle();
    ASSERT_EQ(adopt(whole).code, 0);
    const Counts before = counts();
    std::string changed = whole;
    changed[changed.size() - 40] ^= 1;
    std::string first_line = whole;
    first_line[first_line.find("\"count\":") + 8] = '9';
    for (const std::string& bytes :
         {changed, first_line, whole.substr(0, whole.size() / 2), whole.substr(0, 10), whole + "x",
          std::string(), std::string("holiday.jpg")}) {
        const Ran ran = import(bytes);
        EXPECT_EQ(ran.code, 1) << bytes.size();
        expect_one_line(ran);
    }
    // Another kiosk's key over this kiosk's name.
    StickKiosk other(folder_ / "other", pack_);
    const auto waiting = kiosk.outbox().waiting(100, 1 << 20).value();
    const Ran forged = import(bundle_of(kiosk.id(), waiting, other.keys())->bytes);
    EXPECT_EQ(forged.code, 1);
    EXPECT_THAT(forged.err, HasSubstr("not written by that kiosk"));
    EXPECT_EQ(run({"bundle", "import", "/nowhere", "--data", data(), "--pack", pack()}).code, 1);
    EXPECT_EQ(counts().ledger, before.ledger);
    EXPECT_EQ(counts().conflicts, 0);
}

TEST_F(BundleTest, ARevokedKiosksBundleWaitsUntilItIsEnrolledAgain) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    kiosk.answer(1);
    ASSERT_EQ(adopt(kiosk.bundle()).code, 0);
    ASSERT_EQ(run({"revoke", "--data", data(), kiosk.id()}).code, 0);
    kiosk.answer(1);
    const std::string bundle = kiosk.bundle();
    const Ran refused = import(bundle);
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err, HasSubstr("revoked"));
}

TEST_F(BundleTest, TheLedgerNamesEveryGapConflictAndReason) {
    keep({});
    {
        auto store = open_sqlite_store(data()).value();
        const std::string kiosk(32, 'c');
        Incoming first, fifth;
        first.envelope = {1, first_previous_hash(), sha256_hex("1"), "one"};
        first.judgement = CarriesResponse{"office", "fair"};
        fifth.envelope = {5, sha256_hex("4"), sha256_hex("5"), "five"};
        fifth.judgement = Quarantined{Cause::UnknownPack, "pack version abc is not here"};
        ASSERT_TRUE(store->append(kiosk, {first, fifth}, Milliseconds{0}));
        first.envelope.hash = sha256_hex("other");
        ASSERT_TRUE(store->append(kiosk, {first}, Milliseconds{0}));
    }
    const Ran ran = ledger();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("2 of 5 numbers are here"));
    EXPECT_THAT(ran.out, HasSubstr("missing: 2-4"));
    EXPECT_THAT(ran.out, HasSubstr("conflict: number 1"));
    EXPECT_THAT(ran.out, HasSubstr("held back (unknown-pack): 5: pack version abc is not here"));
    EXPECT_THAT(ran.out, HasSubstr("event \"fair\""));
    EXPECT_THAT(ran.out, HasSubstr("0 responses + 1 waiting + 0 openings + 1 held back = 2"));
    const auto json = nlohmann::json::parse(ledger({"--json"}).out);
    EXPECT_EQ(json["kiosks"][0]["missing"][0], (std::vector<int>{2, 4}));
    EXPECT_EQ(json["kiosks"][0]["held_back"][0]["cause"], "unknown-pack");
    EXPECT_EQ(json["counts"]["conflicts"], 1);
    EXPECT_TRUE(json["adds_up"]);
    EXPECT_EQ(ledger({"--unlock", "nobody"}).code, 2);
    EXPECT_EQ(ledger({"--site", "office"}).code, 2);
}

TEST_F(BundleTest, StringsFindsNoAnswerNoCommentAndNoKeyInDatabaseLogOrBundle) {
    StickKiosk kiosk(folder_ / "kiosk", pack_);
    for (int i = 0; i < 20; ++i) kiosk.comment("comment-of-somebody-" + std::to_string(i));
    std::string bytes = kiosk.bundle();
    int files = 0;
    for (const char* name : {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm"}) {
        const std::string file = bytes_of(folder_ / "kiosk" / name);
        files += file.empty() ? 0 : 1;
        bytes += file;
    }
    ASSERT_GE(files, 2) << "the log was not there to be searched";
    ASSERT_NE(bytes.find(kiosk.id()), std::string::npos);
    for (const std::string& secret :
         {std::string("comment-of-somebody"), std::string("answered"), std::string("\"answers\""),
          std::string("office"), pack_.hash, std::string("correct horse")})
        EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
    const std::string seed(kiosk.keys().signing_key().seed().view());
    EXPECT_EQ(bytes.find(seed), std::string::npos);
    std::string hex;
    for (const unsigned char byte : seed) hex += fmt::format("{:02x}", byte);
    EXPECT_EQ(bytes.find(hex), std::string::npos);
    const Unwrapped set_up =
        unwrap(kiosk.keys().locked_set_up_key(), "correct horse battery").value();
    EXPECT_EQ(bytes.find(std::string(set_up.key.secret().view())), std::string::npos);
}

}  // namespace
}  // namespace machikoe
