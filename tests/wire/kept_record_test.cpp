// Records as they lie in a store for years: read back as they were, or refused.
#include <gtest/gtest.h>

#include "tests/wire/sample_response.h"

namespace machikoe {
namespace {

TEST(KeptRecordTest, ReadsWhatWasEncoded) {
    for (int i = 0; i < 3; ++i) {
        const auto read = decode_record(encode_record(sample_response()));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, sample_response());
    }
    Response last_seed = sample_response();
    last_seed.seed = 0xFFFFFFFFFFFFFFFFu;
    EXPECT_EQ(decode_record(encode_record(last_seed)).value(), last_seed);
    Response blurred = sample_response();
    blurred.when = {"", -1};
    EXPECT_EQ(decode_record(encode_record(blurred)).value(), blurred);
}

TEST(KeptRecordTest, DamageIsNeverGuessedAt) {
    const std::string good = encode_record(sample_response());
    for (std::size_t cut = 0; cut < good.size(); cut += 7)
        EXPECT_FALSE(decode_record(good.substr(0, cut))) << cut;
    for (const auto& [what, with] :
         std::vector<std::pair<std::string, std::string>>{{"\"parent\"", "\"parents\""},
                                                          {"\"hour\":10", "\"hour\":\"x\""},
                                                          {"\"version\":1", "\"version\":2"},
                                                          {"\"refused\"", "\"maybe\""}}) {
        std::string bad = good;
        bad.replace(bad.find(what), what.size(), with);
        EXPECT_FALSE(decode_record(bad)) << with;
    }
}

TEST(KeptRecordTest, OlderRecordsWithoutSomeMembersAreRead) {
    std::string old = encode_record(sample_response());
    for (const std::string member : {"\"marks\":[\"repeated\"],", "\"length\":\"3-minutes\",",
                                     "\"abandoned\":[\"s1\",\"m4\"],"})
        old.erase(old.find(member), member.size());
    Response expected = sample_response();
    expected.repeated = false;
    expected.abandoned.clear();
    expected.length = SurveyLength::Everything;
    EXPECT_EQ(decode_record(old).value(), expected);
}

}  // namespace
}  // namespace machikoe
