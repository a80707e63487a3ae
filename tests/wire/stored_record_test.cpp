// StoredRecords: what is read fast is what is read strictly.
#include "sync/wire/stored_record.h"

#include <gtest/gtest.h>

#include "tests/wire/sample_response.h"

namespace machikoe {
namespace {

TEST(StoredRecordsTest, ReadsWhatWasEncoded) {
    StoredRecords records;
    for (int i = 0; i < 3; ++i) {
        const auto read = records.read(encode_record(sample_response()));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, sample_response());
    }
    Response last_seed = sample_response();
    last_seed.seed = 0xFFFFFFFFFFFFFFFFu;
    EXPECT_EQ(records.read(encode_record(last_seed)).value(), last_seed);
    Response blurred = sample_response();
    blurred.when = {"", -1};
    EXPECT_EQ(records.read(encode_record(blurred)).value(), blurred);
}

TEST(StoredRecordsTest, DamageIsSaidAsTheStrictReaderSaysIt) {
    StoredRecords records;
    const std::string good = encode_record(sample_response());
    for (std::size_t cut = 0; cut < good.size(); cut += 7) {
        const auto fast = records.read(good.substr(0, cut));
        const auto strict = decode_record(good.substr(0, cut));
        ASSERT_FALSE(fast);
        EXPECT_EQ(fast.error().message, strict.error().message);
    }
    for (const auto& [what, with] :
         std::vector<std::pair<std::string, std::string>>{{"\"parent\"", "\"parents\""},
                                                          {"\"hour\":10", "\"hour\":\"x\""},
                                                          {"\"version\":1", "\"version\":2"},
                                                          {"\"refused\"", "\"maybe\""}}) {
        std::string bad = good;
        bad.replace(bad.find(what), what.size(), with);
        EXPECT_FALSE(records.read(bad)) << with;
    }
}

TEST(StoredRecordsTest, OlderRecordsWithoutSomeMembersAreRead) {
    StoredRecords records;
    std::string old = encode_record(sample_response());
    for (const std::string member : {"\"marks\":[\"repeated\"],", "\"length\":\"3-minutes\",",
                                     "\"abandoned\":[\"s1\",\"m4\"],"})
        old.erase(old.find(member), member.size());
    Response expected = sample_response();
    expected.repeated = false;
    expected.abandoned.clear();
    expected.length = SurveyLength::Everything;
    EXPECT_EQ(records.read(old).value(), expected);
}

}  // namespace
}  // namespace machikoe
