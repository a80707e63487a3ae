// Enrolment: requests, replies, the printed code, and the certificate that it names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "sync/wire/record.h"
#include "tests/wire/damage.h"

namespace machikoe {
namespace {

EnrolRequest some_request() {
    return {"ABCD-EFGH-JKMN",     std::string(32, '1'),  std::string(64, '2'), std::string(64, '3'),
            std::string(64, '4'), std::string(200, '5'), std::string(128, '6')};
}

TEST(EnrolmentWireTest, TheRequestComesBackAndNothingElse) {
    const EnrolRequest request = some_request();
    const auto read = decode_enrol_request(encode(request));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(signed_part(*read), signed_part(request));
    EXPECT_EQ(read->signature, request.signature);
    for_every_cut(encode(request),
                  [](const std::string& cut) { ASSERT_FALSE(decode_enrol_request(cut)); });
    for (std::string EnrolRequest::*const member :
         {&EnrolRequest::code, &EnrolRequest::kiosk, &EnrolRequest::token_hash,
          &EnrolRequest::signing_key, &EnrolRequest::set_up_key, &EnrolRequest::locked_set_up_key,
          &EnrolRequest::signature}) {
        for (const std::string& wrong : {std::string(), std::string(1'025, 'A')}) {
            EnrolRequest bad = request;
            bad.*member = wrong;
            expect_invalid(decode_enrol_request(encode(bad)));
        }
    }
    expect_invalid(decode_enrol_request(std::string(5'000, ' ')));
}

TEST(EnrolmentWireTest, EveryMemberIsSigned) {
    const EnrolRequest request = some_request();
    for (std::string EnrolRequest::*const member :
         {&EnrolRequest::code, &EnrolRequest::kiosk, &EnrolRequest::token_hash,
          &EnrolRequest::signing_key, &EnrolRequest::set_up_key,
          &EnrolRequest::locked_set_up_key}) {
        EnrolRequest other = request;
        (other.*member)[0] = '9';
        EXPECT_NE(signed_part(other), signed_part(request));
    }
}

TEST(EnrolmentWireTest, TheReplyComesBackAndNothingElse) {
    const EnrolReply reply{"一階窓口", "hall", std::string(64, '7'), std::string(64, '8')};
    const auto got = decode_enrol_reply(encode(reply));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->name, reply.name);
    EXPECT_EQ(got->site, reply.site);
    EXPECT_EQ(got->sealing_key, reply.sealing_key);
    EXPECT_EQ(got->receipt_key, reply.receipt_key);
    for_every_cut(encode(reply),
                  [](const std::string& cut) { ASSERT_FALSE(decode_enrol_reply(cut)); });
    expect_invalid(decode_enrol_reply(encode(EnrolReply{"a", "b", "short", reply.receipt_key})));
    expect_invalid(
        decode_enrol_reply(encode(EnrolReply{"a\nb", "", reply.sealing_key, reply.receipt_key})));
}

TEST(EnrolmentWireTest, TheCanaryAndItsReplyComeBack) {
    const Canary canary{std::string("\0open", 5), std::string("\xff sealed")};
    const auto read = decode_canary(encode(canary));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->opening, canary.opening);
    EXPECT_EQ(read->sealed, canary.sealed);
    for_every_cut(encode(canary), [](const std::string& cut) { ASSERT_FALSE(decode_canary(cut)); });
    expect_invalid(decode_canary(encode(Canary{"", "x"})));
    EXPECT_EQ(decode_canary_reply(encode_canary_reply(std::string(64, 'a'))).value(),
              std::string(64, 'a'));
    expect_invalid(decode_canary_reply(encode_canary_reply("a")));
}

TEST(EnrolmentWireTest, TheAuthorityComesBack) {
    EXPECT_EQ(decode_authority(encode_authority("PEM\n")).value(), "PEM\n");
    expect_invalid(decode_authority(encode_authority("")));
    expect_invalid(decode_authority(encode_authority(std::string(9'000, 'x'))));
    expect_invalid(decode_authority("<html>"));
}

TEST(EnrolmentCodeTest, PeopleTypeItAsTheyLike) {
    crypto_ready();
    const EnrolmentCode code{"7K3M-Q9TX-B4WP", "H2RDH2RDH2RDH2RDH2RD"};
    EXPECT_EQ(to_string(code), "7K3M-Q9TX-B4WP+H2RD-H2RD-H2RD-H2RD-H2RD");
    for (const std::string& typed :
         {to_string(code), std::string("7k3mq9txb4wp+h2rdh2rdh2rdh2rdh2rd"),
          std::string(" 7K3M Q9TX B4WP + H2RD H2RD H2RD H2RD H2RD \n")}) {
        const auto read = parse_enrolment_code(typed);
        ASSERT_TRUE(read) << typed;
        EXPECT_EQ(read->code, code.code);
        EXPECT_EQ(read->fingerprint, code.fingerprint);
    }
    EXPECT_EQ(parse_enrolment_code("7K3M-Q9TX-B4WP")->fingerprint, "");
    for (const char* typed : {"", "7K3M-Q9TX-B4W", "7K3M-Q9TX-B4WP+", "7K3M-Q9TX-B4WP+H2RD",
                              "7K3M-Q9TX-B4W0", "7K3M-Q9TX-B4WPX", "7K3M-Q9TX-B4WP++"})
        expect_invalid(parse_enrolment_code(typed));
}

TEST(CertificateTest, OneCertificateAndNothingBesideItIsRead) {
    crypto_ready();
    const std::string der(300, '\xa5');
    EXPECT_EQ(certificate_in(pem_of(der)).value(), der);
    EXPECT_EQ(certificate_in("\r\n" + pem_of(der) + "\n").value(), der);
    for (const std::string& pem :
         {std::string(), std::string("PEM"), pem_of(der) + pem_of(der), "x" + pem_of(der),
          pem_of(der) + "x", pem_of(""), replaced(pem_of(der), "pa", "p*"),
          replaced(pem_of(der), "BEGIN CERT", "BEGIN TRUSTED CERT")})
        expect_invalid(certificate_in(pem));
    for_every_cut(pem_of(der).substr(0, pem_of(der).size() - 1),
                  [](const std::string& cut) { ASSERT_FALSE(certificate_in(cut)) << cut; });
}

TEST(CertificateTest, AnotherBitIsAnotherFingerprint) {
    crypto_ready();
    std::string der(300, '\xa5');
    const std::string before = fingerprint_of(der);
    EXPECT_EQ(before.size(), 20u);
    EXPECT_EQ(before.find_first_not_of(kCodeAlphabet), before.npos);
    der[299] ^= 1;
    EXPECT_NE(fingerprint_of(der), before);
}

}  // namespace
}  // namespace machikoe
