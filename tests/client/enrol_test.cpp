// Enrolment: who is believed, what is sent to whom, and what a cut at any step costs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/database.h"
#include "tests/client/fake_server.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

const std::string kServer = "https://ward.example:8787";
const std::string kCode = "7K3M-Q9TX-B4WP";

enum class Cut { None, BeforeAuthority, BeforeEnrol, AfterEnrol, BeforeCanary, AfterCanary };

/// A server of one code, which it gives to the first kiosk and token, as the real one.
class EnrolServer final : public Transport {
  public:
    Result<HttpReply> get_unverified(const std::string& url) override {
        urls.push_back(url);
        if (cut == Cut::BeforeAuthority) return lost();
        return HttpReply{.status = authority_status, .body = encode_authority(authority)};
    }
    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return HttpReply{.status = 404};
    }
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        urls.push_back(url);
        if (url.ends_with("/v1/enrol")) return enrolled(body);
        return canary(token, body);
    }
    void trust(const std::string& pem) override { trusted = pem; }

    std::string code() const { return to_string({kCode, fingerprint_of(der)}); }

    Cut cut = Cut::None;
    std::string der = "bytes of a certificate";
    std::string authority = pem_of(der);
    long authority_status = 200;
    std::optional<HttpReply> enrol_reply;   // instead of the right one
    std::optional<HttpReply> canary_reply;  // instead of the right one
    std::string token_hash, kiosk, signing_key;
    int used = 0;
    SealingKey sealing = SealingKey::generate();
    SigningKey receipts = SigningKey::generate();
    std::string trusted = "nothing was said";
    std::vector<std::string> urls;
    std::vector<EnrolRequest> requests;

  private:
    static Result<HttpReply> lost() { return fail(ErrorCode::Unavailable, "cut"); }

    Result<HttpReply> enrolled(const std::string& body) {
        if (cut == Cut::BeforeEnrol) return lost();
        const auto request = decode_enrol_request(body);
        if (!request || !is_signed(request->signing_key, signed_part(*request), request->signature))
            return HttpReply{.status = 400};
        requests.push_back(*request);
        if (request->code != kCode) return HttpReply{.status = 403};
        if (!token_hash.empty() && (token_hash != request->token_hash || kiosk != request->kiosk))
            return HttpReply{.status = 403};
        token_hash = request->token_hash;
        kiosk = request->kiosk;
        ++used;
        if (cut == Cut::AfterEnrol) return lost();
        if (enrol_reply) return *enrol_reply;
        return HttpReply{.status = 201,
                         .body = encode(EnrolReply{"一階窓口", "tsurumi-office",
                                                   sealing.public_key(), receipts.public_key()})};
    }

    Result<HttpReply> canary(const std::string& token, const std::string& body) {
        if (cut == Cut::BeforeCanary) return lost();
        if (sha256_hex(token) != token_hash) return HttpReply{.status = 401};
        if (canary_reply) return *canary_reply;
        const auto read = decode_canary(body);
        Opener opener;
        opener.add_key(SealingKey::from_secret(Secret::copy_of(sealing.secret().view())));
        if (!read || !opener.open_epoch(kiosk, read->opening)) return HttpReply{.status = 400};
        const auto record = opener.open(kiosk, read->sealed);
        if (!record) return HttpReply{.status = 400};
        if (cut == Cut::AfterCanary) return lost();
        return HttpReply{.status = 201, .body = encode_canary_reply(sha256_hex(*record))};
    }
};

class EnrolTest : public testing::Test {
  protected:
    Status enrols() { return enrol(id_, keys_, server_, kServer, server_.code()); }
    ErrorCode refused() {
        const Status done = enrols();
        EXPECT_FALSE(done);
        return done.error().code;
    }
    /// The kiosk's program ends and starts again.
    void restart() { keys_ = KeyStore::open_again(kiosk_.folder.path).value(); }
    void expect_sealing_to_set_up_key() {
        EXPECT_EQ(key_to_seal_to(keys_).value(), keys_.set_up_key());
    }

    TestKiosk kiosk_;
    KeyStore& keys_ = kiosk_.keys;
    std::string id_ = kiosk_.outbox.kiosk();
    EnrolServer server_;
};

TEST_F(EnrolTest, ACodeBecomesAnEnrolmentThatIsProven) {
    ASSERT_TRUE(enrols());
    const Enrolment enrolment = keys_.enrolment().value().value();
    EXPECT_EQ(enrolment.server, kServer);
    EXPECT_EQ(sha256_hex(enrolment.token), server_.token_hash);
    EXPECT_EQ(enrolment.kiosk, id_);
    EXPECT_EQ(enrolment.name, "一階窓口");
    EXPECT_EQ(enrolment.site, "tsurumi-office");
    EXPECT_EQ(enrolment.receipt_key, server_.receipts.public_key());
    EXPECT_EQ(enrolment.authority, server_.authority);
    EXPECT_TRUE(enrolment.proven);
    EXPECT_EQ(server_.trusted, server_.authority);
    EXPECT_EQ(key_to_seal_to(keys_).value(), server_.sealing.public_key());
    const EnrolRequest& request = server_.requests.at(0);
    EXPECT_EQ(request.kiosk, id_);
    EXPECT_EQ(request.signing_key, keys_.signing_key().public_key());
    EXPECT_EQ(request.set_up_key, keys_.set_up_key());
    EXPECT_EQ(request.locked_set_up_key, keys_.locked_set_up_key());
}

TEST_F(EnrolTest, AServerWithAnotherFingerprintIsSentNothing) {
    const std::string code = server_.code();
    server_.authority = pem_of("bytes of another certificate");
    const Status done = enrol(id_, keys_, server_, kServer, code);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Denied);
    EXPECT_THAT(done.error().message, HasSubstr("nothing was sent"));
    EXPECT_THAT(server_.urls, testing::ElementsAre(kServer + "/v1/authority"));
    EXPECT_EQ(server_.trusted, "nothing was said");
    EXPECT_FALSE(keys_.enrolment().value());
}

TEST_F(EnrolTest, ASecondCertificateBesideTheRightOneIsNotTrusted) {
    for (const std::string& pem :
         {server_.authority + pem_of("another"), pem_of("another") + server_.authority,
          "text\n" + server_.authority, server_.authority + "text", std::string("no PEM"),
          std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")}) {
        server_.authority = pem;
        EXPECT_EQ(refused(), ErrorCode::Unavailable) << pem;
        EXPECT_EQ(server_.trusted, "nothing was said");
        server_.authority = pem_of(server_.der);
    }
    EXPECT_EQ(server_.used, 0);
}

TEST_F(EnrolTest, APortalInTheServersPlaceIsNotBelieved) {
    server_.authority_status = 302;
    EXPECT_EQ(refused(), ErrorCode::Unavailable);
    server_.authority_status = 200;
    const std::string right =
        encode(EnrolReply{"x", "y", server_.sealing.public_key(), server_.receipts.public_key()});
    for (const HttpReply& reply :
         {HttpReply{.status = 200, .body = right}, HttpReply{.status = 302},
          HttpReply{.status = 201, .body = "<html>"}, HttpReply{.status = 201, .body = "{}"}}) {
        server_.enrol_reply = reply;
        EXPECT_EQ(refused(), ErrorCode::Unavailable) << reply.status << reply.body;
        EXPECT_FALSE(keys_.enrolment().value());
    }
}

TEST_F(EnrolTest, AKeyThatNothingCanBeSealedToIsRefused) {
    server_.enrol_reply = HttpReply{
        .status = 201,
        .body = encode(EnrolReply{"x", "y", std::string(64, '0'), server_.receipts.public_key()})};
    EXPECT_EQ(refused(), ErrorCode::Unavailable);
    EXPECT_FALSE(keys_.enrolment().value());
}

TEST_F(EnrolTest, AnUnknownOrSpentCodeIsDenied) {
    server_.enrol_reply = HttpReply{.status = 403};
    EXPECT_EQ(refused(), ErrorCode::Denied);
    EXPECT_FALSE(keys_.enrolment().value());
}

TEST_F(EnrolTest, ACodeThatAnotherKioskHasUsedIsDenied) {
    ASSERT_TRUE(enrols());
    TestKiosk thief;
    const Status done = enrol(thief.outbox.kiosk(), thief.keys, server_, kServer, server_.code());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Denied);
}

TEST_F(EnrolTest, AServerThatCannotOpenTheCanaryIsNotSealedTo) {
    for (const HttpReply& reply :
         {HttpReply{.status = 400},
          HttpReply{.status = 201, .body = encode_canary_reply(std::string(64, 'a'))},
          HttpReply{.status = 201, .body = "{}"}, HttpReply{.status = 200}}) {
        server_.canary_reply = reply;
        EXPECT_EQ(refused(), ErrorCode::Unavailable) << reply.status;
        EXPECT_FALSE(keys_.enrolment().value()->proven);
        expect_sealing_to_set_up_key();
    }
    server_.canary_reply.reset();
    EXPECT_TRUE(enrols());
    EXPECT_TRUE(keys_.enrolment().value()->proven);
}

TEST_F(EnrolTest, ACutAtAnyStepIsMadeGoodByTheSameCode) {
    for (const Cut cut : {Cut::BeforeAuthority, Cut::BeforeEnrol, Cut::AfterEnrol,
                          Cut::BeforeCanary, Cut::AfterCanary}) {
        TestKiosk kiosk;
        EnrolServer server;
        server.cut = cut;
        const auto enrols = [&] {
            KeyStore keys = KeyStore::open_again(kiosk.folder.path).value();  // a new start
            return enrol(kiosk.outbox.kiosk(), keys, server, kServer, server.code());
        };
        ASSERT_FALSE(enrols()) << static_cast<int>(cut);
        EXPECT_EQ(key_to_seal_to(kiosk.keys).value(), kiosk.keys.set_up_key());
        server.cut = Cut::None;
        const Status done = enrols();
        ASSERT_TRUE(done) << static_cast<int>(cut) << done.error().message;
        EXPECT_EQ(key_to_seal_to(kiosk.keys).value(), server.sealing.public_key());
    }
}

TEST_F(EnrolTest, AfterACutTheCanaryAloneIsEnoughAtTheNextStart) {
    server_.cut = Cut::BeforeCanary;
    ASSERT_FALSE(enrols());
    server_.cut = Cut::None;
    restart();
    server_.urls.clear();
    server_.trusted.clear();
    ASSERT_TRUE(prove(id_, keys_, server_));
    EXPECT_THAT(server_.urls, testing::ElementsAre(kServer + "/v1/canary"));
    EXPECT_EQ(server_.trusted, server_.authority);
    EXPECT_TRUE(keys_.enrolment().value()->proven);
}

TEST_F(EnrolTest, ACodeThatHasDoneItsWorkAsksNobody) {
    ASSERT_TRUE(enrols());
    server_.urls.clear();
    restart();
    EXPECT_TRUE(enrols());
    EXPECT_TRUE(server_.urls.empty());
}

TEST_F(EnrolTest, AFailedReEnrolmentLeavesTheOldOneAtWork) {
    ASSERT_TRUE(enrols());
    const Enrolment before = keys_.enrolment().value().value();
    const Status done = enrol(id_, keys_, server_, kServer,
                              to_string({"AAAA-AAAA-AAAA", fingerprint_of(server_.der)}));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Denied);
    EXPECT_EQ(keys_.enrolment().value().value(), before);
}

TEST_F(EnrolTest, AnEnrolmentOfAnotherOutboxProvesNothing) {
    server_.cut = Cut::BeforeCanary;
    ASSERT_FALSE(enrols());
    server_.cut = Cut::None;
    server_.urls.clear();
    EXPECT_EQ(prove(std::string(32, 'e'), keys_, server_).error().code, ErrorCode::Denied);
    EXPECT_TRUE(server_.urls.empty());
}

TEST_F(EnrolTest, HalfACodeIsRefusedBeforeAnybodyIsAsked) {
    for (const std::string& code : {std::string(), kCode.substr(5), kCode,
                                    server_.code().substr(0, server_.code().size() - 1),
                                    server_.code() + "A", kCode + "+0000-0000-0000-0000-0000"}) {
        const Status done = enrol(id_, keys_, server_, kServer, code);
        ASSERT_FALSE(done) << code;
        EXPECT_EQ(done.error().code, ErrorCode::Invalid) << code;
    }
    EXPECT_EQ(enrol(id_, keys_, server_, "http://127.0.0.1:1", server_.code()).error().code,
              ErrorCode::Invalid);
    EXPECT_TRUE(server_.urls.empty());
}

TEST_F(EnrolTest, SecretsDoNotTravelInTheClear) {
    for (const char* server :
         {"", "127.0.0.1:8080", "http://example.org", "http://192.168.0.1", "ftp://127.0.0.1",
          "http://127.0.0.1.example.org", "http://127.0.0.1:80@example.org", "https://",
          "https://user@example.org", "http://localhostile",
          "https://example.org?x=", "file:///"}) {
        const Status done = enrol(id_, keys_, server_, server, server_.code());
        ASSERT_FALSE(done) << server;
        EXPECT_EQ(done.error().code, ErrorCode::Invalid) << server;
    }
    EXPECT_TRUE(server_.urls.empty());
}

TEST_F(EnrolTest, OnThisMachinePlainHttpTrustsNoAuthority) {
    for (const char* server : {"http://127.0.0.1:8080/", "http://localhost", "http://[::1]:8080"}) {
        TestKiosk kiosk;
        EnrolServer here;
        ASSERT_TRUE(enrol(kiosk.outbox.kiosk(), kiosk.keys, here, server, kCode)) << server;
        EXPECT_EQ(here.trusted, "");
        EXPECT_EQ(kiosk.keys.enrolment().value()->authority, "");
        EXPECT_THAT(here.urls.at(0), testing::EndsWith("/v1/enrol"));
    }
}

TEST_F(EnrolTest, WithoutKeysDbTheKioskIsANewOneWithItsAnswers) {
    ASSERT_TRUE(append_one(kiosk_.outbox, "sealed"));
    ASSERT_TRUE(enrols());
    for (const char* name : {"keys.db", "keys.db-wal", "keys.db-shm"})
        std::filesystem::remove(kiosk_.folder.path / name);
    EXPECT_EQ(KeyStore::open_again(kiosk_.folder.path).error().code, ErrorCode::NotFound);
    KeyStore fresh = KeyStore::open(kiosk_.folder.path, "").value();
    EXPECT_TRUE(fresh.made_up_passphrase());
    EXPECT_FALSE(fresh.enrolment().value());
    EXPECT_EQ(key_to_seal_to(fresh).value(), fresh.set_up_key());
    Outbox outbox = Outbox::open(kiosk_.folder.path).value();
    EXPECT_EQ(outbox.state()->waiting_responses, 1);
    EXPECT_EQ(send_one_batch(outbox, fresh, server_).error().code, ErrorCode::Denied);
}

TEST_F(EnrolTest, KeysFromTheFutureAreRefusedAndStay) {
    {
        SQLite::Database database((kiosk_.folder.path / "keys.db").string(),
                                  SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = 99");
    }
    EXPECT_EQ(KeyStore::open(kiosk_.folder.path, "x").error().code, ErrorCode::Corrupt);
    EXPECT_EQ(KeyStore::open_again(kiosk_.folder.path).error().code, ErrorCode::Corrupt);
    SQLite::Database database((kiosk_.folder.path / "keys.db").string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM own").getInt(), 1);
}

}  // namespace
}  // namespace machikoe
