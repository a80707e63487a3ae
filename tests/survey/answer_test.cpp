// Answers: what each type of question allows, when a question is asked, in which order its
// options stand and what a tap does.
#include "app/survey/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace machikoe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Question choice(QuestionType type, const std::vector<std::string>& ids) {
    Question question;
    question.id = "q";
    question.section = "living";
    question.type = type;
    question.rank_count = type == QuestionType::Ranking ? 2 : 0;
    for (const std::string& id : ids) question.options.push_back({.id = id});
    return question;
}

Answer answered(AnswerValue value) {
    return {.status = AnswerStatus::Answered, .value = std::move(value)};
}
Answer chose(ChosenOptions ids) {
    return answered(AnswerValue(std::move(ids)));
}

bool allows(const Question& question, const Answer& answer) {
    const Status status = check_answer(question, answer);
    EXPECT_TRUE(status || status.error().code == ErrorCode::Invalid);
    return status.has_value();
}

class AnswerTest : public testing::Test {};

TEST_F(AnswerTest, EveryTypeRefusesAValueOfAnotherKind) {
    Question number = choice(QuestionType::Number, {});
    number.bounds = NumberBounds{0, 10, {}};
    Question text = choice(QuestionType::FreeText, {});
    text.max_length = 5;
    const Question note = choice(QuestionType::Note, {});
    const std::vector<AnswerValue> values = {std::monostate{}, ChosenOptions{"a"}, std::int64_t{3},
                                             std::string("a")};
    const auto allowed = [&](const Question& question) {
        std::vector<std::size_t> kinds;
        for (const AnswerValue& value : values)
            if (allows(question, answered(value))) kinds.push_back(value.index());
        return kinds;
    };
    for (const QuestionType type :
         {QuestionType::Single, QuestionType::Scale, QuestionType::Multiple, QuestionType::Ranking,
          QuestionType::AgeBand, QuestionType::Area})
        EXPECT_THAT(allowed(choice(type, {"a", "b", "c"})), ElementsAre(1)) << name_of(type);
    EXPECT_THAT(allowed(number), ElementsAre(2));
    EXPECT_THAT(allowed(text), ElementsAre(3));
    EXPECT_THAT(allowed(note), IsEmpty());
}

TEST_F(AnswerTest, ANoteIsNotShownAndNothingElse) {
    Question note = choice(QuestionType::Note, {});
    note.offers_refusal = true;  // the pack cannot say so, a program could
    for (const AnswerStatus status : {AnswerStatus::Answered, AnswerStatus::Skipped,
                                      AnswerStatus::Refused, AnswerStatus::NotAsked})
        EXPECT_FALSE(allows(note, {status, {}})) << name_of(status);
    EXPECT_TRUE(allows(note, {AnswerStatus::NotShown, {}}));
    EXPECT_FALSE(allows(note, {AnswerStatus::NotShown, ChosenOptions{"a"}}));
}

TEST_F(AnswerTest, AValueBesideAnyStatusButAnsweredIsRefused) {
    Question question = choice(QuestionType::Single, {"a", "b"});
    question.offers_refusal = true;
    for (const AnswerStatus status : {AnswerStatus::Skipped, AnswerStatus::Refused,
                                      AnswerStatus::NotShown, AnswerStatus::NotAsked}) {
        EXPECT_FALSE(allows(question, {status, ChosenOptions{"a"}})) << name_of(status);
        EXPECT_TRUE(allows(question, {status, {}})) << name_of(status);
    }
}

TEST_F(AnswerTest, RefusingIsAllowedOnlyWhereItIsOffered) {
    Question question = choice(QuestionType::Single, {"a", "b"});
    EXPECT_FALSE(allows(question, {AnswerStatus::Refused, {}}));
    question.offers_refusal = true;
    EXPECT_TRUE(allows(question, {AnswerStatus::Refused, {}}));
}

TEST_F(AnswerTest, ARequiredQuestionMayBeRecordedAsLeft) {
    Question question = choice(QuestionType::Single, {"a", "b"});
    question.required = true;
    EXPECT_TRUE(allows(question, {AnswerStatus::Skipped, {}}));
}

TEST_F(AnswerTest, OneOfOneIsAllSingleKindsAllow) {
    for (const QuestionType type :
         {QuestionType::Single, QuestionType::Scale, QuestionType::AgeBand, QuestionType::Area}) {
        const Question question = choice(type, {"a", "b"});
        EXPECT_FALSE(allows(question, chose({}))) << name_of(type);
        EXPECT_FALSE(allows(question, chose({"x"}))) << name_of(type);
        EXPECT_FALSE(allows(question, chose({"a", "b"}))) << name_of(type);
        EXPECT_TRUE(allows(question, chose({"b"}))) << name_of(type);
    }
}

TEST_F(AnswerTest, MultipleRefusesDoublesAndCompanyForAnExclusiveOption) {
    Question question = choice(QuestionType::Multiple, {"a", "b", "none"});
    question.options[2].exclusive = true;
    EXPECT_FALSE(allows(question, chose({})));
    EXPECT_FALSE(allows(question, chose({"a", "a"})));
    EXPECT_FALSE(allows(question, chose({"a", "x"})));
    EXPECT_FALSE(allows(question, chose({"a", "none"})));
    EXPECT_TRUE(allows(question, chose({"none"})));
    EXPECT_TRUE(allows(question, chose({"b", "a"})));
}

TEST_F(AnswerTest, RankingRefusesMoreRanksThanAsked) {
    const Question question = choice(QuestionType::Ranking, {"a", "b", "c"});
    EXPECT_FALSE(allows(question, chose({"a", "b", "c"})));
    EXPECT_FALSE(allows(question, chose({"b", "b"})));
    EXPECT_TRUE(allows(question, chose({"c", "a"})));
    EXPECT_TRUE(allows(question, chose({"c"})));
}

TEST_F(AnswerTest, NumberRefusesWhatIsOutOfBounds) {
    Question question = choice(QuestionType::Number, {});
    question.bounds = NumberBounds{-1, 10, {}};
    for (const std::int64_t number : {std::int64_t{-2}, std::int64_t{11}, INT64_MAX, INT64_MIN})
        EXPECT_FALSE(allows(question, answered(number))) << number;
    EXPECT_TRUE(allows(question, answered(std::int64_t{-1})));
    EXPECT_TRUE(allows(question, answered(std::int64_t{10})));
}

TEST_F(AnswerTest, FreeTextIsCountedInCodePointsAndHoldsNoControls) {
    Question question = choice(QuestionType::FreeText, {});
    question.max_length = 3;
    for (const std::string bad : {"", "abcd", "ひとまち", "a\nb", "a\x7f", "a\xc2\x85", "\xe3\x81",
                                  "\xed\xa0\x80", "\xff", "\xc0\x80"})
        EXPECT_FALSE(allows(question, answered(bad))) << bad;
    EXPECT_FALSE(allows(question, answered(std::string("a\0b", 3))));
    EXPECT_TRUE(allows(question, answered(std::string("ひと。"))));
    EXPECT_TRUE(allows(question, answered(std::string("𠮷𠮷𠮷"))));
}

TEST_F(AnswerTest, TheReasonNeverRepeatsTheAnswer) {
    Question question = choice(QuestionType::FreeText, {});
    question.max_length = 3;
    const Status status = check_answer(question, answered(std::string("himitsu")));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message.find("himitsu"), std::string::npos);
    const Status choice_status =
        check_answer(choice(QuestionType::Single, {"a"}), chose({"himitsu"}));
    ASSERT_FALSE(choice_status);
    EXPECT_EQ(choice_status.error().message.find("himitsu"), std::string::npos);
}

TEST_F(AnswerTest, EveryStatusHasANameThatReadsBack) {
    EXPECT_EQ(answer_status_of(""), std::nullopt);
    EXPECT_EQ(answer_status_of("Answered"), std::nullopt);
    for (const AnswerStatus status :
         {AnswerStatus::Answered, AnswerStatus::Skipped, AnswerStatus::Refused,
          AnswerStatus::NotShown, AnswerStatus::NotAsked})
        EXPECT_EQ(answer_status_of(name_of(status)), status);
    EXPECT_EQ(question_type_of("radio"), std::nullopt);
    EXPECT_EQ(question_type_of("age-band"), QuestionType::AgeBand);
}

// ---- skip logic -------------------------------------------------------------------------

class SkipLogicTest : public testing::Test {
  protected:
    SkipLogicTest() {
        survey_.questions.push_back(named("know", "living"));
        survey_.questions.push_back(named("feel", "living"));
        survey_.questions.back().relevant = {{"know", false, {"yes"}}};
        survey_.questions.push_back(named("why", "living"));
        survey_.questions.back().relevant = {{"feel", true, {"yes"}}};
        survey_.questions.push_back(named("child", "about"));
        survey_.questions.back().universes = {Universe::Parent};
    }
    static Question named(const std::string& id, const std::string& section) {
        Question question = choice(QuestionType::Multiple, {"yes", "no", "unsure"});
        question.id = id;
        question.section = section;
        return question;
    }
    std::vector<std::string> asked(const Answers& answers, std::string_view section = "living",
                                   Universe universe = Universe::Resident) const {
        std::vector<std::string> ids;
        for (const Question* question : asked_questions(survey_, section, answers, {.universe = universe}))
            ids.push_back(question->id);
        return ids;
    }
    Survey survey_;
};

TEST_F(SkipLogicTest, AnUnansweredQuestionSatisfiesNoCondition) {
    EXPECT_THAT(asked({}), ElementsAre("know"));
    EXPECT_THAT(asked({{"know", {AnswerStatus::Skipped, {}}}}), ElementsAre("know"));
    const Answers skipped = {{"know", chose({"yes"})}, {"feel", {AnswerStatus::Skipped, {}}}};
    EXPECT_THAT(asked(skipped), ElementsAre("know", "feel"));
}

TEST_F(SkipLogicTest, IsHoldsWhenOneChosenOptionIsListed) {
    EXPECT_THAT(asked({{"know", chose({"no"})}}), ElementsAre("know"));
    EXPECT_THAT(asked({{"know", chose({"no", "yes"})}}), ElementsAre("know", "feel"));
}

TEST_F(SkipLogicTest, IsNotHoldsWhenNoChosenOptionIsListed) {
    const Answers no = {{"know", chose({"yes"})}, {"feel", chose({"no"})}};
    EXPECT_THAT(asked(no), ElementsAre("know", "feel", "why"));
    const Answers both = {{"know", chose({"yes"})}, {"feel", chose({"no", "yes"})}};
    EXPECT_THAT(asked(both), ElementsAre("know", "feel"));
}

TEST_F(SkipLogicTest, AnAnswerLeftOverFromAHiddenQuestionOpensNothing) {
    const Answers stale = {{"know", chose({"no"})}, {"feel", chose({"no"})}};
    EXPECT_THAT(asked(stale), ElementsAre("know"));
}

TEST_F(SkipLogicTest, AConditionMayLookAcrossSections) {
    survey_.questions[3].universes.clear();
    survey_.questions[3].relevant = {{"feel", false, {"no"}}};
    EXPECT_THAT(asked({}, "about"), IsEmpty());
    const Answers open = {{"know", chose({"yes"})}, {"feel", chose({"no"})}};
    EXPECT_THAT(asked(open, "about"), ElementsAre("child"));
    const Answers stale = {{"know", chose({"no"})}, {"feel", chose({"no"})}};
    EXPECT_THAT(asked(stale, "about"), IsEmpty());
}

TEST_F(SkipLogicTest, EveryConditionMustHold) {
    survey_.questions[2].relevant = {{"know", false, {"yes"}}, {"feel", false, {"no"}}};
    const Answers one = {{"know", chose({"yes"})}, {"feel", chose({"yes"})}};
    EXPECT_THAT(asked(one), ElementsAre("know", "feel"));
    const Answers two = {{"know", chose({"yes"})}, {"feel", chose({"no"})}};
    EXPECT_THAT(asked(two), ElementsAre("know", "feel", "why"));
}

TEST_F(SkipLogicTest, AUniverseSeesItsOwnQuestionsAndThoseForEveryone) {
    EXPECT_THAT(asked({}, "about", Universe::Resident), IsEmpty());
    EXPECT_THAT(asked({}, "about", Universe::Parent), ElementsAre("child"));
    EXPECT_THAT(asked({}, "living", Universe::Parent), ElementsAre("know"));
    EXPECT_THAT(asked({}, "elsewhere", Universe::Parent), IsEmpty());
}

// ---- the order of options ---------------------------------------------------------------

class OptionOrderTest : public testing::Test {
  protected:
    OptionOrderTest() : question_(choice(QuestionType::Single, {"a", "b", "c", "d", "e", "f"})) {}
    std::string order(std::uint64_t seed) const {
        std::string letters;
        for (const std::size_t index : option_order(question_, seed))
            letters += question_.options[index].id;
        return letters;
    }
    Question question_;
};

TEST_F(OptionOrderTest, FixedStaysWhateverTheSeed) {
    for (const std::uint64_t seed : {0u, 1u, 42u}) EXPECT_EQ(order(seed), "abcdef");
}

TEST_F(OptionOrderTest, ShuffledFollowsTheSpecification) {
    question_.order = OptionOrder::Shuffled;
    // Worked out by hand from the two algorithms as the ODK XForms specification names them:
    // seed 42 gives 705894, 1126542223, 1579310009, 565444343, 807934826, 421520601, hence
    // the places 0, 1, 2, 1, 1, 1.
    EXPECT_EQ(order(42), "afcbde");
    EXPECT_EQ(order(1), "bfeacd");
    EXPECT_EQ(order(11111111), "acdbfe");
}

TEST_F(OptionOrderTest, ASeedCountsModuloTheGeneratorsModulus) {
    question_.order = OptionOrder::Shuffled;
    EXPECT_EQ(order(42), order(42 + 2147483647ull));
    EXPECT_EQ(order(0), order(2147483647ull));
    EXPECT_EQ(order(0), order(2147483646ull));
    EXPECT_NE(order(42), order(43));
}

TEST_F(OptionOrderTest, PinnedOptionsKeepTheirPlace) {
    question_.order = OptionOrder::Shuffled;
    question_.options[1].pinned = true;
    question_.options[5].pinned = true;
    bool moved = false;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::string letters = order(seed);
        EXPECT_EQ(letters[1], 'b');
        EXPECT_EQ(letters[5], 'f');
        moved = moved || letters != "abcdef";
        std::ranges::sort(letters);
        EXPECT_EQ(letters, "abcdef");
    }
    EXPECT_TRUE(moved);
}

TEST_F(OptionOrderTest, EveryOrderOfThreeComesAboutEquallyOften) {
    question_.options.resize(3);
    question_.order = OptionOrder::Shuffled;
    std::map<std::string, int> seen;
    // Seeds spread over the range: neighbouring ones start out alike.
    for (std::uint64_t i = 0; i < 6000; ++i) ++seen[order(i * 357913 + 7)];
    EXPECT_EQ(seen.size(), 6u);
    for (const auto& [letters, count] : seen) EXPECT_NEAR(count, 1000, 150) << letters;
}

TEST_F(OptionOrderTest, ReversedForHalfReversesForOddSeeds) {
    question_.order = OptionOrder::ReversedForHalf;
    EXPECT_EQ(order(2), "abcdef");
    EXPECT_EQ(order(3), "fedcba");
    question_.options[5].pinned = true;
    EXPECT_EQ(order(3), "edcbaf");
}

TEST_F(OptionOrderTest, AQuestionWithoutOptionsHasAnEmptyOrder) {
    EXPECT_THAT(option_order(choice(QuestionType::Number, {}), 42), IsEmpty());
}

// ---- taps ---------------------------------------------------------------------------------

class TapTest : public testing::Test {};

TEST_F(TapTest, AnUnknownOptionChangesNothing) {
    EXPECT_THAT(with_tapped(choice(QuestionType::Single, {"a", "b"}), {"a"}, "x"),
                ElementsAre("a"));
    EXPECT_THAT(with_tapped(choice(QuestionType::Multiple, {"a", "b"}), {"a"}, "x"),
                ElementsAre("a"));
    EXPECT_THAT(with_tapped(choice(QuestionType::Note, {}), {}, "a"), IsEmpty());
}

TEST_F(TapTest, ASingleTapReplacesAndASecondOneStays) {
    for (const QuestionType type :
         {QuestionType::Single, QuestionType::Scale, QuestionType::AgeBand, QuestionType::Area}) {
        const Question question = choice(type, {"a", "b"});
        EXPECT_THAT(with_tapped(question, {}, "b"), ElementsAre("b"));
        EXPECT_THAT(with_tapped(question, {"b"}, "a"), ElementsAre("a"));
        EXPECT_THAT(with_tapped(question, {"a"}, "a"), ElementsAre("a"));
    }
}

TEST_F(TapTest, MultipleTogglesInTheQuestionsOrder) {
    const Question question = choice(QuestionType::Multiple, {"a", "b", "c"});
    EXPECT_THAT(with_tapped(question, {"c"}, "a"), ElementsAre("a", "c"));
    EXPECT_THAT(with_tapped(question, {"a", "c"}, "a"), ElementsAre("c"));
    EXPECT_THAT(with_tapped(question, {"a"}, "a"), IsEmpty());
}

TEST_F(TapTest, AnExclusiveOptionStandsAlone) {
    Question question = choice(QuestionType::Multiple, {"a", "b", "none", "unsure"});
    question.options[2].exclusive = true;
    question.options[3].exclusive = true;
    EXPECT_THAT(with_tapped(question, {"a", "b"}, "none"), ElementsAre("none"));
    EXPECT_THAT(with_tapped(question, {"none"}, "unsure"), ElementsAre("unsure"));
    EXPECT_THAT(with_tapped(question, {"none"}, "b"), ElementsAre("b"));
    EXPECT_THAT(with_tapped(question, {"none"}, "none"), IsEmpty());
}

TEST_F(TapTest, RankingAppendsRemovesAndStopsWhenFull) {
    const Question question = choice(QuestionType::Ranking, {"a", "b", "c"});
    EXPECT_THAT(with_tapped(question, {"c"}, "a"), ElementsAre("c", "a"));
    EXPECT_THAT(with_tapped(question, {"c", "a"}, "c"), ElementsAre("a"));
    EXPECT_THAT(with_tapped(question, {"c", "a"}, "b"), ElementsAre("c", "a"));
}

TEST_F(TapTest, WhateverIsTappedTheChoiceStaysAllowed) {
    for (const QuestionType type : {QuestionType::Single, QuestionType::Scale,
                                    QuestionType::Multiple, QuestionType::Ranking}) {
        Question question = choice(type, {"a", "b", "c", "none"});
        question.options[3].exclusive = type == QuestionType::Multiple;
        ChosenOptions chosen;
        std::uint32_t state = 7;
        for (int i = 0; i < 500; ++i) {
            state = state * 1664525u + 1013904223u;
            chosen = with_tapped(question, chosen, question.options[state >> 30].id);
            if (chosen.empty()) continue;
            ASSERT_TRUE(allows(question, chose(chosen))) << name_of(type);
        }
    }
}

}  // namespace
}  // namespace machikoe
