// Counts that are saved and restored: equal to the last one, and never believed when damaged.
#include "sync/indicators/count_bytes.h"

#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "sync/indicators/evaluation.h"
#include "tests/indicators/mihon.h"

namespace machikoe {
namespace {

class CountBytesTest : public testing::Test {
  protected:
    CountBytesTest() {
        crypto_ready();
        int next = 0;
        for (Response response : worked_example(ward_.pack)) {
            ++next;
            response.event = next % 3 ? "fair" : "";
            response.hurried = next % 7 == 0;
            if (next % 9 == 0) response.abandoned = {"age"};
            if (next % 11 == 0) response.pack_hash = std::string(64, 'f');
            counter_.add(response);
        }
        bytes_ = counter_.save();
    }
    Mihon ward_;
    EvaluationCounter counter_{ward_.pack, ward_.data};
    std::string bytes_;
};

TEST_F(CountBytesTest, EveryCountComesBack) {
    EvaluationCounter restored(ward_.pack, ward_.data);
    const Status read = restored.restore(bytes_);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(restored.all_counts(), counter_.all_counts());
    EXPECT_EQ(restored.save(), bytes_);
    EXPECT_EQ(restored.evaluate().first_day, counter_.evaluate().first_day);
    const Response more = worked_example(ward_.pack).front();
    restored.add(more);
    EXPECT_NE(restored.all_counts(), counter_.all_counts());
    counter_.add(more);
    EXPECT_EQ(restored.all_counts(), counter_.all_counts());
}

TEST_F(CountBytesTest, CutAnywhereTheyAreRefused) {
    for (std::size_t length = 0; length < bytes_.size(); length += length < 200 ? 1 : 37) {
        EvaluationCounter restored(ward_.pack, ward_.data);
        EXPECT_FALSE(restored.restore(bytes_.substr(0, length))) << length;
    }
}

TEST_F(CountBytesTest, AFlippedBitIsRefused) {
    for (std::size_t at = 0; at < bytes_.size(); at += at < 200 ? 1 : 41) {
        std::string damaged = bytes_;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        EvaluationCounter restored(ward_.pack, ward_.data);
        EXPECT_FALSE(restored.restore(damaged)) << at;
    }
}

// Beneath the checksum: whoever can write it is held to what a counter can hold.
TEST_F(CountBytesTest, NothingUnderAGoodChecksumCrashes) {
    constexpr std::string_view kName = "machikoe-counts\n";
    const std::string body(opened_counts(kName, bytes_).value());
    for (std::size_t at = 0; at < body.size(); at += at < 300 ? 1 : 13) {
        std::string changed = body;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        EvaluationCounter restored(ward_.pack, ward_.data);
        (void)restored.restore(sealed_counts(kName, changed));
        EvaluationCounter cut(ward_.pack, ward_.data);
        EXPECT_FALSE(cut.restore(sealed_counts(kName, body.substr(0, at))));
    }
}

TEST_F(CountBytesTest, AnotherPacksOrOtherRulesCountsAreRefused) {
    Pack other = ward_.pack;
    other.hash = std::string(64, 'e');
    EvaluationCounter another(other, ward_.data);
    EXPECT_EQ(another.restore(bytes_).error().code, ErrorCode::Invalid);
    const WardData nothing;
    EvaluationCounter without_register(ward_.pack, nothing);
    EXPECT_EQ(without_register.restore(bytes_).error().code, ErrorCode::Invalid);
    EvaluationRules rules;
    rules.left_out = {QualityFlag::Hurried};
    EvaluationCounter stricter(ward_.pack, ward_.data, rules);
    EXPECT_EQ(stricter.restore(bytes_).error().code, ErrorCode::Invalid);
}

TEST_F(CountBytesTest, TotalsLeaveOutWhatTablesLeaveOut) {
    const Evaluation evaluation = counter_.evaluate();
    for (const QuestionTotals& totals : counter_.totals())
        for (const QuestionTable& table : evaluation.questions) {
            if (table.question != totals.question) continue;
            EXPECT_EQ(totals.enough, table.shown) << table.question;
            EXPECT_EQ(totals.n, table.shown ? table.answered : 0);
        }
}

}  // namespace
}  // namespace machikoe
