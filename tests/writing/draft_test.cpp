// Draft: what may be written, how much of it, and that it is gone afterwards.
#include "app/writing/draft.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

TEST(DraftTest, ATextIsNeverLongerThanTheQuestionAllows) {
    Draft draft(5);
    EXPECT_EQ(draft.append("あいう"), KeyOutcome::Done);
    EXPECT_EQ(draft.append("えおか"), KeyOutcome::Full);
    EXPECT_EQ(draft.text(), "あいう");
    EXPECT_EQ(draft.append("えお"), KeyOutcome::Done);
    EXPECT_EQ(draft.room(), 0u);
    EXPECT_EQ(draft.append("か"), KeyOutcome::Full);
    EXPECT_EQ(draft.append(""), KeyOutcome::Nothing);
}

TEST(DraftTest, WhatNoAnswerMayHoldIsRefused) {
    Draft draft(50);
    ASSERT_EQ(draft.append("a"), KeyOutcome::Done);
    for (const char* bad : {"\n", "\x07", "\x7f", "\xc2\x85", "\xff", "\xe3\x81", "\xed\xa0\x80",
                            "\u202E", "\uFFFD", "\uE000", "e\u0301", "\u0301"})
        EXPECT_EQ(draft.append(bad), KeyOutcome::Refused) << bad;
    EXPECT_EQ(draft.append(std::string_view("\0", 1)), KeyOutcome::Refused);
    EXPECT_EQ(draft.text(), "a");
}

TEST(DraftTest, TheLastLetterGoesWhole) {
    Draft draft(50);
    draft.append("aé漢");
    EXPECT_EQ(draft.last(), "漢");
    EXPECT_EQ(draft.replace_last("字"), KeyOutcome::Done);
    EXPECT_EQ(draft.text(), "aé字");
    EXPECT_EQ(draft.replace_last("\n"), KeyOutcome::Refused);
    EXPECT_EQ(draft.text(), "aé字");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(draft.remove_last(), KeyOutcome::Done);
    EXPECT_EQ(draft.remove_last(), KeyOutcome::Nothing);
    EXPECT_EQ(draft.last(), "");
}

TEST(DraftTest, WhatWasWrittenBeforeMustBeAnAnswerToo) {
    Draft draft;
    EXPECT_TRUE(draft.start_with("前の文", 10));
    EXPECT_EQ(draft.text(), "前の文");
    for (const char* bad : {"長すぎる文章です。", "改\n行", "\xff"}) {
        const Status status = draft.start_with(bad, 8);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, ErrorCode::Invalid);
        EXPECT_EQ(status.error().message.find(bad), std::string::npos);
        EXPECT_EQ(draft.text(), "");
    }
    EXPECT_EQ(draft.append("続き"), KeyOutcome::Done);
}

TEST(DraftTest, WhatIsForgottenIsOverwritten) {
    std::string text = "公園のトイレをきれいにしてほしい";
    text.resize(9);
    const char* bytes = text.data();
    const std::size_t size = text.capacity();
    wipe(text);
    EXPECT_TRUE(text.empty());
    ASSERT_EQ(text.data(), bytes);
    for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(bytes[i], '\0') << i;
}

}  // namespace
}  // namespace machikoe
