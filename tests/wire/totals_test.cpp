// Totals on the wire: what comes from outside is Invalid or may be shown.
#include "sync/wire/totals.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

Totals some_totals() {
    return {std::string(64, 'a'),
            120,
            {{"feel", 110, true, {{"no", 50}, {"yes", 60}}}, {"ways", 0, false, {}}}};
}

std::string with(const std::string& questions, const std::string& responses = "120") {
    return R"({"pack":{"hash":")" + std::string(64, 'a') + R"(","id":"p"},"responses":)" +
           responses + R"(,"questions":)" + questions + "}";
}

ErrorCode code_of(const std::string& bytes) {
    const auto totals = decode_totals(bytes);
    return totals ? ErrorCode::NotFound : totals.error().code;
}

TEST(TotalsWireTest, WhatIsNoTotalsIsInvalid) {
    for (const std::string& bytes :
         {std::string(), std::string("<html>log in</html>"), std::string("{}"), with("{}"),
          with("[1]"), with("[]", "-1"), with("[]", "1.5"), with("[{}]"),
          with(R"([{"question":"q","n":121,"enough":true,"by_option":{}}])"),
          with(R"([{"question":"q","n":20,"enough":true,"by_option":{"a":21}}])"),
          with(R"([{"question":"q","n":20,"enough":true,"by_option":{"a":-1}}])"),
          with(R"([{"question":"q","n":20,"enough":true,"by_option":{"A b":1}}])"),
          with(R"([{"question":"q","n":20,"enough":true,"by_option":[]}])")})
        EXPECT_EQ(code_of(bytes), ErrorCode::Invalid) << bytes;
}

TEST(TotalsWireTest, WholeTotalsComeBackAsTheyWere) {
    const auto read = decode_totals(encode_totals(some_totals(), "p"));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, some_totals());
}

TEST(TotalsWireTest, CutAtEveryLengthTheyAreInvalid) {
    const std::string whole = encode_totals(some_totals(), "p");
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_EQ(code_of(whole.substr(0, length)), ErrorCode::Invalid) << length;
}

TEST(TotalsWireTest, OfTooFewAnswersNothingIsKeptWhateverTheReplySays) {
    const auto read =
        decode_totals(with(R"([{"question":"q","n":9,"enough":true,"by_option":{"a":9}}])"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->questions.front(), (QuestionTotals{.question = "q"}));
    EXPECT_EQ(read->shown("q"), nullptr);
    EXPECT_EQ(read->shown("other"), nullptr);
}

}  // namespace
}  // namespace machikoe
