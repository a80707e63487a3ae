// Forms: what a shorter survey leaves out, and what nobody is asked in company.
#include "app/survey/form.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "app/survey/pack.h"

namespace machikoe {
namespace {

Question question(std::string id, std::string section, QuestionType type = QuestionType::Single) {
    Question made;
    made.id = std::move(id);
    made.section = std::move(section);
    made.type = type;
    return made;
}

class FormTest : public testing::Test {
  protected:
    FormTest() {
        survey_.questions = {question("note", "safety", QuestionType::Note),
                             question("core", "safety"),
                             question("why", "safety"),
                             question("a", "safety"),
                             question("aa", "safety"),
                             question("aaa", "safety"),
                             question("b", "safety"),
                             question("c", "safety"),
                             question("parents", "safety"),
                             question("x", "learning"),
                             question("y", "learning")};
        get("core").core = true;
        get("why").relevant = {{"core", false, {"no"}}};
        get("aa").relevant = {{"a", false, {"no"}}};
        get("aaa").relevant = {{"aa", false, {"no"}}};
        get("parents").universes = {Universe::Parent};
    }
    Question& get(std::string_view id) {
        return *std::ranges::find(survey_.questions, id, &Question::id);
    }
    QuestionIds left(SurveyLength length, std::uint64_t seed = 1,
                     Assistance assistance = Assistance::None) const {
        return left_out(survey_, {Universe::Resident, length, assistance, seed});
    }
    Survey survey_;
};

TEST_F(FormTest, EverythingLeavesNothingOut) {
    EXPECT_TRUE(left(SurveyLength::Everything).empty());
}

TEST_F(FormTest, OneMinuteAsksTheCoreAndWhatHangsOnIt) {
    const QuestionIds out = left(SurveyLength::OneMinute);
    for (const char* id : {"a", "aa", "aaa", "b", "c"}) EXPECT_TRUE(out.contains(id)) << id;
    for (const char* id : {"core", "why", "note"}) EXPECT_FALSE(out.contains(id)) << id;
}

TEST_F(FormTest, ASectionWithoutACoreStillAsksOne) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const QuestionIds out = left(SurveyLength::OneMinute, seed);
        EXPECT_EQ(out.contains("x") + out.contains("y"), 1);
    }
}

TEST_F(FormTest, ThreeMinutesAskEveryQuestionOfHalfTheResidents) {
    constexpr int kResidents = 4000;
    std::map<std::string, int> asked;
    for (int seed = 0; seed < kResidents; ++seed) {
        const QuestionIds out = left(SurveyLength::ThreeMinutes, static_cast<std::uint64_t>(seed));
        for (const Question& one : survey_.questions) asked[one.id] += !out.contains(one.id);
    }
    for (const char* id : {"a", "b", "c", "x", "y"})
        EXPECT_NEAR(asked[id], kResidents / 2, kResidents / 20) << id;
    EXPECT_EQ(asked["core"], kResidents);
}

TEST_F(FormTest, AQuestionIsLeftOutWithTheOneItHangsOn) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const QuestionIds out = left(SurveyLength::ThreeMinutes, seed);
        EXPECT_EQ(out.contains("aa"), out.contains("a"));
        EXPECT_EQ(out.contains("aaa"), out.contains("a"));
    }
}

TEST_F(FormTest, ALongerFormAsksAllThatAShorterOneAsks) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const QuestionIds shorter = left(SurveyLength::OneMinute, seed);
        for (const std::string& id : left(SurveyLength::ThreeMinutes, seed))
            EXPECT_TRUE(shorter.contains(id)) << id;
    }
}

TEST_F(FormTest, TheSameSeedLeavesOutTheSameForEver) {
    EXPECT_EQ(left(SurveyLength::ThreeMinutes, 42), left(SurveyLength::ThreeMinutes, 42));
    EXPECT_NE(left(SurveyLength::ThreeMinutes, 1), left(SurveyLength::ThreeMinutes, 3));
}

TEST_F(FormTest, WhatAnotherUniverseIsAskedIsNotLeftOutButNotThere) {
    EXPECT_FALSE(left(SurveyLength::OneMinute).contains("parents"));
}

TEST_F(FormTest, WhoeverIsHelpedIsNotAskedWhatIsSensitiveNorWhatHangsOnIt) {
    get("core").sensitive = true;
    for (const Assistance helper : {Assistance::Staff, Assistance::Family, Assistance::Interpreter})
        EXPECT_EQ(left(SurveyLength::Everything, 1, helper), (QuestionIds{"core", "why"}));
}

TEST_F(FormTest, QuestionsOfAnIssueAreCountedAsTheyWillBeAsked) {
    const QuestionRange all = questions_per_issue(survey_, {});
    EXPECT_EQ(all.least, 2u);
    EXPECT_EQ(all.most, 7u);
    const QuestionRange minute =
        questions_per_issue(survey_, {.length = SurveyLength::OneMinute, .seed = 1});
    EXPECT_EQ(minute.least, 1u);
    EXPECT_EQ(minute.most, 2u);
}

TEST_F(FormTest, NamesReadBack) {
    for (const SurveyLength length : kLengths) EXPECT_EQ(survey_length_of(name_of(length)), length);
    for (const Assistance one : kAssistances) EXPECT_EQ(assistance_of(name_of(one)), one);
    EXPECT_EQ(survey_length_of("2-minutes"), std::nullopt);
    EXPECT_EQ(assistance_of(""), std::nullopt);
}

}  // namespace
}  // namespace machikoe
