// StoredRecords: what is read fast is what is read strictly.
#include "sync/wire/stored_record.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

Response full() {
    Response response;
    response.pack_id = "tsurumi-r4";
    response.pack_hash = std::string(64, 'a');
    response.site = "office";
    response.event = "fair";
    response.universe = Universe::Parent;
    response.when = {"2022-06-01", 10};
    response.language = Language::Vi;
    response.length = SurveyLength::ThreeMinutes;
    response.assistance = Assistance::Family;
    response.seed = 0xFFFFFFFFFFFFFFFFu;
    response.duration_s = 180;
    response.repeated = true;
    response.abandoned = {"s1", "m4"};
    response.issues_opened = {"living", "safety"};
    response.answers["s1"] = {AnswerStatus::Answered, ChosenOptions{"feel", "some"}};
    response.answers["m4"] = {AnswerStatus::Answered, std::int64_t{-9007199254740993}};
    response.answers["k7"] = {AnswerStatus::Answered, std::string("「{}」\n\"\\🙂")};
    response.answers["c1"] = {AnswerStatus::NotAsked, {}};
    response.answers["a0"] = {AnswerStatus::Refused, {}};
    return response;
}

TEST(StoredRecordsTest, ReadsWhatWasEncoded) {
    StoredRecords records;
    for (int i = 0; i < 3; ++i) {
        const auto read = records.read(encode_record(full()));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, full());
    }
    Response blurred = full();
    blurred.when = {"", -1};
    EXPECT_EQ(records.read(encode_record(blurred)).value(), blurred);
}

TEST(StoredRecordsTest, DamageIsSaidAsTheStrictReaderSaysIt) {
    StoredRecords records;
    const std::string good = encode_record(full());
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
    std::string old = encode_record(full());
    for (const std::string member : {"\"marks\":[\"repeated\"],", "\"length\":\"3-minutes\",",
                                     "\"abandoned\":[\"s1\",\"m4\"],"})
        old.erase(old.find(member), member.size());
    Response expected = full();
    expected.repeated = false;
    expected.abandoned.clear();
    expected.length = SurveyLength::Everything;
    EXPECT_EQ(records.read(old).value(), expected);
}

}  // namespace
}  // namespace machikoe
