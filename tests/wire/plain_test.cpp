// The quick readers take nothing that the strict ones would not, and give the same: whatever is
// done to the bytes, a member more, which the quick ones leave to the strict, changes nothing.
#include <gtest/gtest.h>

#include <random>

#include "app/base/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/record.h"
#include "tests/wire/sample_response.h"

namespace machikoe {
namespace {

std::string with_member(std::string object, const std::string& member) {
    const auto brace = object.find('{');
    return brace == object.npos ? object : object.insert(brace + 1, member + ",");
}

void expect_same(const std::string& bytes) {
    const auto quick = decode_record(bytes);
    const auto strict = decode_record(with_member(bytes, R"("zz":0)"));
    ASSERT_EQ(quick.has_value(), strict.has_value()) << bytes;
    if (quick) {
        EXPECT_EQ(*quick, *strict) << bytes;
    }
}

TEST(PlainRecordTest, IsWrittenAsItAlwaysWas) {
    EXPECT_EQ(encode_record(sample_response()),
              R"({"abandoned":["s1","m4"],"answers":{"a0":{"status":"refused"},)"
              R"("c1":{"status":"not-asked"},)"
              R"("k7":{"status":"answered","text":"「{}」\n\"\\\u0001🙂/"},)"
              R"("m4":{"number":-9007199254740993,"status":"answered"},)"
              R"("s1":{"options":["feel","some"],"status":"answered"}},"assistance":"family",)"
              R"("day":"2022-06-01","duration_s":180,"event":"fair","hour":10,)"
              R"("issues_opened":["living","safety"],"language":"vi","length":"3-minutes",)"
              R"("marks":["repeated"],"mode":"kiosk","pack":{"hash":")" +
                  std::string(64, 'a') +
                  R"(","id":"tsurumi-r4"},"seed":"00ffffffffffffff","site":"鶴見区役所",)"
                  R"("universe":"parent","version":1})");
}

TEST(PlainRecordTest, WhatIsNotUtf8BecomesAMark) {
    Response response = sample_response();
    for (const char* bad : {"a\xff\"b", "\xe3\x81", "\xed\xa0\x80x", "\xc0\xaf"}) {
        response.event = bad;
        const std::string bytes = encode_record(response);
        EXPECT_NE(bytes.find("\xEF\xBF\xBD"), bytes.npos);
        EXPECT_EQ(bytes, wire::to_bytes(nlohmann::json::parse(bytes)));
    }
}

TEST(PlainRecordTest, DamagedRecordsAreReadAlike) {
    const std::string good = encode_record(sample_response());
    ASSERT_EQ(decode_record(good).value(), sample_response());
    expect_same(good);
    std::mt19937 random(1);
    const auto below = [&](std::size_t end) { return random() % end; };
    const std::string_view signs = "{}[]\",:0-9.eE\\u dfalse\x80\xff\x01 ";
    for (int i = 0; i < 20'000; ++i) {
        std::string bad = good;
        for (std::size_t n = 1 + below(2); n > 0; --n) switch (below(3)) {
                case 0:
                    bad[below(bad.size())] = signs[below(signs.size())];
                    break;
                case 1:
                    bad.erase(below(bad.size()), 1 + below(4));
                    break;
                default:
                    bad.insert(below(bad.size()), 1, signs[below(signs.size())]);
            }
        expect_same(bad);
        if (HasFatalFailure()) return;
    }
}

TEST(PlainRecordTest, OddMembersAreReadAlike) {
    for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
             {R"("event":"fair")", R"("site":"again")"},
             {R"("event":"fair")", R"("event":"fair","event":"fair")"},
             {R"("event":"fair")", R"("event":"tab\there")"},
             {R"("event":"fair")", R"("event":"\ud800")"},
             {R"("event":"fair")", R"("event":"\udc00")"},
             {R"("event":"fair")", R"("event":")" + std::string(201, 'x') + '"'},
             {R"("hour":10)", R"("hour":24)"},
             {R"("hour":10)", R"("hour":1e1)"},
             {R"("day":"2022-06-01")", R"("day":"2022-06")"},
             {R"("day":"2022-06-01")", R"("day":"2022-02-30")"},
             {R"("duration_s":180)", R"("duration_s":2147483648)"},
             {R"("duration_s":180)", R"("duration_s":18446744073709551616)"},
             {R"("number":-9007199254740993)", R"("number":-9223372036854775809)"},
             {R"("number":-9007199254740993)", R"("number":9223372036854775808)"},
             {R"("number":-9007199254740993)", R"("number":1,"number":2)"},
             {R"("number":-9007199254740993)", R"("number":1,"text":"x")"},
             {R"({"status":"not-asked"})", R"({"status":"not-asked","text":"x"})"},
             {R"({"status":"not-asked"})", R"({"status":"not-asked","status":"not-asked"})"},
             {R"({"status":"not-asked"})", R"({"status":"answered"})"},
             {R"("c1":)", R"("C1":)"},
             {R"("c1":)", R"("k7":)"},
             {R"(["feel","some"])", "[" + std::string(400, ' ') + "]"},
             {R"("id":"tsurumi-r4")", R"("id":"tsurumi-r4","id":"tsurumi-r4")"},
             {R"("id":"tsurumi-r4")", R"("id":"Tsurumi")"},
             {R"("version":1)", R"("version":1.0)"},
             {R"("version":1})", R"("version":1}})"},
             {R"("version":1})", R"("version":1,})"}}) {
        std::string odd = encode_record(sample_response());
        const auto at = odd.find(what);
        ASSERT_NE(at, odd.npos) << what;
        expect_same(odd.replace(at, what.size(), with));
    }
    std::string many = "[\"b\"";
    for (int i = 0; i < 120; ++i) many += ",\"b\"";
    std::string odd = encode_record(sample_response());
    expect_same(odd.replace(odd.find(R"(["feel","some"])"), 15, many + "]"));
    expect_same("\xEF\xBB\xBF" + encode_record(sample_response()));
}

Batch three() {
    Batch batch{std::string(32, 'k'), {}, std::string(128, '5')};
    batch.kiosk = std::string(32, 'b');
    std::string previous = first_previous_hash();
    for (std::int64_t n = 1; n <= 3; ++n) {
        Envelope envelope{n, previous, "",
                          "payload " + std::string(static_cast<std::size_t>(n), '\xff')};
        previous = envelope.hash = envelope_hash(previous, envelope.payload);
        batch.envelopes.push_back(envelope);
    }
    return batch;
}

TEST(PlainBatchTest, DamagedBatchesAreReadAlike) {
    const std::string good = encode_batch(three());
    ASSERT_EQ(decode_batch(good).value().envelopes, three().envelopes);
    std::mt19937 random(2);
    const auto below = [&](std::size_t end) { return random() % end; };
    const std::string_view signs = "{}[]\",:0123-9.eE\\u=+/Aa \x80";
    for (int i = 0; i < 20'000; ++i) {
        std::string bad = good;
        if (below(2) == 0)
            bad[below(bad.size())] = signs[below(signs.size())];
        else
            bad.erase(below(bad.size()), 1 + below(3));
        const auto quick = decode_batch(bad);
        const auto strict = decode_batch(with_member(bad, R"("zz":0)"));
        ASSERT_EQ(quick.has_value(), strict.has_value()) << bad;
        if (quick) {
            EXPECT_EQ(quick->envelopes, strict->envelopes);
        }
    }
    std::string twice = good;
    twice.insert(1, R"("version":2,)");
    EXPECT_FALSE(decode_batch(twice));
}

TEST(Base64Test, OnlyCanonicalTextIsRead) {
    std::mt19937 random(3);
    for (std::size_t size = 0; size < 70; ++size) {
        std::string bytes(size, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        EXPECT_EQ(wire::from_base64(wire::to_base64(bytes)), bytes);
    }
    for (const char* bad : {"A", "AA", "AAA", "AA=", "AB==", "AAB=", "====", "A===", "AA==AAAA",
                            "AA A", "AA\n=", "AA-_", "=AAA", "AA=A", "AAAAA"})
        EXPECT_FALSE(wire::from_base64(bad)) << bad;
}

}  // namespace
}  // namespace machikoe
