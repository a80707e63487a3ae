// The contract of Store: checkpoints of counts, what came out since, and deletion.
#include <gtest/gtest.h>

#include <set>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

class CountingTest : public StoreTest {
  protected:
    ReleasePlace let_out(const std::vector<std::string>& words) {
        for (const std::string& each : words) append({next_saying(each)});
        return release_all().value();
    }
    ReleasePlace let_out_one(const Response& response) {
        append({next_saying("any")});
        return store_->release({store_->waiting("office", "spring")->front().id}, {response})
            .value();
    }
    static std::multiset<std::string> words_of(const std::vector<ReleasedGroup>& groups) {
        std::multiset<std::string> words;
        for (const ReleasedGroup& group : groups)
            for (const Response& response : group.responses)
                words.insert(std::get<std::string>(response.answers.at("words").value));
        return words;
    }
    std::multiset<std::string> new_words(const Watermark& seen) {
        return words_of(store_->released_after(seen).value());
    }
};

using Words = std::multiset<std::string>;

TEST_P(CountingTest, WhatCameOutIsThereUntilACheckpoint) {
    EXPECT_EQ(store_->checkpoint()->generation, 0);
    const ReleasePlace first = let_out({"a", "b"});
    const ReleasePlace second = let_out({"c"});
    EXPECT_EQ(first.number, 1);
    EXPECT_EQ(second.number, 2);
    EXPECT_EQ(first.writer, second.writer);
    EXPECT_EQ(new_words({}), (Words{"a", "b", "c"}));
    EXPECT_EQ(new_words({{first.writer, 1}}), Words{"c"});
    EXPECT_EQ(new_words({{first.writer, 2}}), Words{});
    EXPECT_EQ(store_->put_checkpoint(0, "two", {{first.writer, 1}}).value(), 1);
    reopen();
    EXPECT_EQ(store_->checkpoint()->generation, 1);
    EXPECT_EQ(store_->checkpoint()->counts, "two");
    EXPECT_EQ(new_words({}), Words{"c"});
    EXPECT_EQ(stored_words().size(), 3u);
}

TEST_P(CountingTest, EveryOpeningIsAWriterOfItsOwn) {
    const ReleasePlace before = let_out({"a"});
    reopen();
    const ReleasePlace after = let_out({"b"});
    EXPECT_NE(before.writer, after.writer);
    EXPECT_EQ(after.number, 1);
    EXPECT_EQ(new_words({{before.writer, 1}}), Words{"b"});
}

TEST_P(CountingTest, OfTwoCheckpointsOneIsTaken) {
    const ReleasePlace place = let_out({"a"});
    ASSERT_TRUE(store_->put_checkpoint(0, "mine", {}));
    EXPECT_EQ(store_->put_checkpoint(0, "yours", {{place.writer, 1}}).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(store_->checkpoint()->counts, "mine");
    EXPECT_EQ(new_words({}), Words{"a"});  // the refused one forgot nothing
}

TEST_P(CountingTest, ARecountSaysWhichReleasesItSaw) {
    const ReleasePlace place = let_out({"a", "b"});
    std::size_t counted = 0;
    const auto seen = store_->count_all([&](const Response&) { ++counted; });
    ASSERT_TRUE(seen);
    EXPECT_EQ(counted, 2u);
    EXPECT_EQ(*seen, (Watermark{{place.writer, 1}}));
    EXPECT_EQ(new_words(*seen), Words{});
}

TEST_P(CountingTest, AFailedReleaseHasNoNumber) {
    let_out({"a"});
    EXPECT_FALSE(store_->release({random_hex(16)}, {response_saying("b")}));
    EXPECT_EQ(let_out({"c"}).number, 2);
}

TEST_P(CountingTest, DeletionTakesDaysAndMonthsBeforeAndEmptiesTheCheckpoint) {
    for (const char* day : {"2023-03-31", "2023-04-01", "2023-03", "2023-04", ""}) {
        Response response = response_saying(std::string("on ") + day);
        response.when = {day, std::string(day).size() == 10 ? 14 : -1};
        let_out_one(response);
    }
    ASSERT_TRUE(store_->put_checkpoint(0, "five", {}));
    EXPECT_EQ(store_->delete_responses({}).error().code, ErrorCode::Invalid);
    EXPECT_EQ(store_->delete_responses({"2023-04-01", ""}).value(), 2);
    const auto left = stored_words();
    EXPECT_EQ(Words(left.begin(), left.end()), (Words{"on 2023-04-01", "on 2023-04", "on "}));
    EXPECT_EQ(store_->checkpoint()->counts, "");
    EXPECT_EQ(store_->checkpoint()->generation, 2);
    EXPECT_EQ(new_words({}), Words{});
    EXPECT_EQ(store_->unreviewed()->size(), 3u);
    EXPECT_EQ(store_->delete_responses({"2023-04-15", ""}).value(), 1);  // the month is not over
    EXPECT_EQ(store_->delete_responses({"", std::string(64, 'd')}).value(), 0);
    EXPECT_EQ(store_->delete_responses({"", kPackHash}).value(), 2);
    EXPECT_EQ(counts().ledger, 5);
}

TEST_P(CountingTest, OfTwoPublicationsOneIsTaken) {
    EXPECT_EQ(store_->publication()->generation, 0);
    EXPECT_EQ(store_->put_publication({0, kPackHash, 10, std::string("a\0b", 3)}).value(), 1);
    EXPECT_EQ(store_->put_publication({0, kPackHash, 20, "other"}).error().code,
              ErrorCode::Conflict);
    reopen();
    const Publication read = store_->publication().value();
    EXPECT_EQ(read.generation, 1);
    EXPECT_EQ(read.pack_hash, kPackHash);
    EXPECT_EQ(read.responses, 10);
    EXPECT_EQ(read.counts, std::string("a\0b", 3));
    EXPECT_EQ(store_->put_publication({1, kPackHash, 20, "later"}).value(), 2);
}

INSTANTIATE_TEST_SUITE_P(Adapters, CountingTest, testing::ValuesIn(adapters()), name_of_adapter);

}  // namespace
}  // namespace machikoe
