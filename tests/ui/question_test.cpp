// The question screens: every type of question is answered by touching what can be seen.
#include <algorithm>

#include "app/plan/text_rules.h"
#include "app/ui/screens/kana.h"
#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

class QuestionTest : public StageTest {
  protected:
    /// Puts one question of this type on stage, in English.
    void ask(QuestionType type, void (*change)(Question&) = nullptr) {
        Question& question = pack_.survey.questions.front();
        question = made_up_question("q1", "parks", type);
        if (change != nullptr) change(question);
        put_on(width_, height_);
        go_to_question();
        ASSERT_EQ(screen(), Screen::Question);
    }
    const Answer& answer() const {
        static const Answer kNone;
        const auto found = stage_->visit().answers.find("q1");
        return found == stage_->visit().answers.end() ? kNone : found->second;
    }
    ChosenOptions chosen() const {
        const auto* options = std::get_if<ChosenOptions>(&answer().value);
        return options == nullptr ? ChosenOptions{} : *options;
    }
    std::string written() const {
        const auto* text = std::get_if<std::string>(&answer().value);
        return text == nullptr ? "" : *text;
    }
    bool may_press(std::string_view wanted) const {
        const Node* node = find(wanted);
        return node != nullptr && node->enabled;
    }
};

constexpr auto kWithNumber = [](Question& question) {
    question.options.clear();
    question.bounds = NumberBounds{0, 30, words("0から30です。", "From 0 to 30, please.")};
    question.unit = words("日", "days");
};
constexpr auto kWithText = [](Question& question) {
    question.options.clear();
    question.max_length = 5;
};

TEST_F(QuestionTest, NothingIsSentOnUnlessItWasAnsweredOrSkipped) {
    ask(QuestionType::Single);
    EXPECT_FALSE(may_press("next"));
    EXPECT_TRUE(may_press("skip"));
    tap("A little");
    EXPECT_TRUE(may_press("next"));
}

TEST_F(QuestionTest, ASingleChoiceIsChangedByTouchingAnother) {
    ask(QuestionType::Single);
    tap("A little");
    tap("Yes");
    EXPECT_EQ(chosen(), ChosenOptions{"yes"});
    EXPECT_TRUE(find("Yes")->selected);
    EXPECT_FALSE(find("A little")->selected);
}

TEST_F(QuestionTest, AScaleShowsAFaceOrANumberForEachPoint) {
    ask(QuestionType::Scale, [](Question& question) { question.look = ScaleLook::Faces; });
    EXPECT_TRUE(see("option:no"));
    tap("Yes");
    EXPECT_EQ(chosen(), ChosenOptions{"yes"});
    ask(QuestionType::Scale);
    EXPECT_EQ(find("option:no")->value, "1");
    EXPECT_EQ(find("option:yes")->value, "3");
}

TEST_F(QuestionTest, SeveralAreChosenAndTakenBack) {
    ask(QuestionType::Multiple);
    EXPECT_TRUE(see("hint"));
    tap("No");
    tap("Yes");
    EXPECT_EQ(chosen().size(), 2u);
    tap("No");
    EXPECT_EQ(chosen(), ChosenOptions{"yes"});
}

TEST_F(QuestionTest, ARankingCountsInTheOrderOfTouch) {
    ask(QuestionType::Ranking, [](Question& question) { question.rank_count = 2; });
    tap("Yes");
    tap("No");
    EXPECT_EQ(chosen(), (ChosenOptions{"yes", "no"}));
    EXPECT_EQ(find("Yes")->value, "1");
    EXPECT_EQ(find("No")->value, "2");
    EXPECT_FALSE(may_press("A little"));
    tap("Yes");
    EXPECT_EQ(find("No")->value, "1");
}

TEST_F(QuestionTest, ANumberIsTypedOrStepped) {
    ask(QuestionType::Number, kWithNumber);
    tap("digit:1");
    tap("digit:2");
    EXPECT_EQ(answer().value, AnswerValue{std::int64_t{12}});
    tap("plus");
    EXPECT_EQ(answer().value, AnswerValue{std::int64_t{13}});
    tap("delete");
    EXPECT_EQ(answer().value, AnswerValue{std::int64_t{1}});
    tap("clear");
    EXPECT_NE(answer().status, AnswerStatus::Answered);
    tap("minus");
    EXPECT_EQ(answer().value, AnswerValue{std::int64_t{0}});
}

TEST_F(QuestionTest, ANumberOutOfBoundsSaysSoAndLeadsNowhere) {
    ask(QuestionType::Number, kWithNumber);
    tap("digit:9");
    tap("digit:9");
    EXPECT_TRUE(see("From 0 to 30, please."));
    EXPECT_FALSE(may_press("next"));
    tap("delete");
    EXPECT_TRUE(may_press("next"));
}

TEST_F(QuestionTest, TextIsWrittenAndTakenBackUpToItsLength) {
    ask(QuestionType::FreeText, kWithText);
    for (const char* key : {"key:h", "key:i", "key:space", "key:y", "key:o", "key:u"}) tap(key);
    EXPECT_EQ(written(), "hi yo");
    tap("key:delete");
    EXPECT_EQ(written(), "hi y");
}

TEST_F(QuestionTest, KanaAreWrittenOnTheBoardOfFiftySounds) {
    ask(QuestionType::FreeText, kWithText);
    tap("key:board:kana");
    tap("key:は");
    tap("key:half-voiced");
    EXPECT_EQ(written(), "ぱ");
}

TEST_F(QuestionTest, ANoteOnlyLeadsOn) {
    ask(QuestionType::Note, [](Question& question) { question.options.clear(); });
    EXPECT_TRUE(may_press("next"));
    EXPECT_FALSE(see("skip"));
}

TEST_F(QuestionTest, WhoPrefersNotToSayGoesOn) {
    ask(QuestionType::AgeBand, [](Question& question) { question.offers_refusal = true; });
    tap("refuse");
    EXPECT_EQ(answer().status, AnswerStatus::Refused);
    EXPECT_NE(stage_->visit().question, "q1");
}

TEST_F(QuestionTest, ARequiredQuestionCannotBeSkipped) {
    ask(QuestionType::Area, [](Question& question) { question.required = true; });
    EXPECT_FALSE(see("skip"));
    tap("Yes");
    EXPECT_TRUE(may_press("next"));
}

TEST_F(QuestionTest, AHardWordIsExplainedWithoutLosingTheAnswer) {
    ask(QuestionType::Single, [](Question& question) { question.glossary = {"park"}; });
    tap("Yes");
    tap("word:park");
    EXPECT_EQ(overlay(), Overlay::Word);
    tap("close");
    EXPECT_EQ(chosen(), ChosenOptions{"yes"});
}

TEST_F(QuestionTest, TheReviewShowsEachAnswerAndLeadsBackToIt) {
    ask(QuestionType::Single);
    tap("A little");
    tap("next");
    tap("Yes");
    tap("next");
    tap("finish");
    tap("skip");
    ASSERT_EQ(screen(), Screen::Review);
    EXPECT_EQ(find("edit:q1")->value, "A little");
    EXPECT_EQ(find("edit:q3")->value, "Not answered");
    tap("edit:q1");
    tap("No");
    tap("next");
    ASSERT_EQ(screen(), Screen::Review);
    EXPECT_EQ(find("edit:q1")->value, "No");
}

TEST(KanaTest, TheLastLetterTurnsThroughItsKind) {
    EXPECT_EQ(with_last_turned("かは"), "かば");
    EXPECT_EQ(with_last_turned("かば"), "かぱ");
    EXPECT_EQ(with_last_turned("かぱ"), "かは");
    EXPECT_EQ(with_last_turned("つ"), "っ");
    EXPECT_EQ(with_last_turned("づ"), "つ");
    EXPECT_EQ(with_last_turned("ん"), "ん");
    EXPECT_EQ(with_last_turned("a"), "a");
    EXPECT_EQ(with_last_turned(""), "");
}

TEST(KanaTest, EveryTurnComesBack) {
    for (const char* letter : {"あ", "う", "か", "し", "つ", "ふ", "や", "わ"}) {
        std::string text = letter;
        for (int i = 0; i < 6; ++i) text = with_last_turned(text);  // rings of 2 and 3
        EXPECT_EQ(text, letter);
    }
}

TEST(KanaTest, TakingBackTakesALetterNotAByte) {
    EXPECT_EQ(without_last("あい"), "あ");
    EXPECT_EQ(without_last("a"), "");
    EXPECT_EQ(without_last(""), "");
    EXPECT_EQ(letters_in("あいa"), 3u);
}

}  // namespace
}  // namespace machikoe
