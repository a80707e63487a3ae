// Responses: those that cannot have come from a visit to their pack are refused.
#include "app/survey/response.h"

#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "tests/survey/small_pack.h"

namespace machikoe {
namespace {

class ResponseTest : public testing::Test {
  protected:
    ResponseTest() {
        crypto_ready();
        pack_ = parse_pack(small_pack_files()).value();
        response_.pack_id = pack_.plan.id;
        response_.pack_hash = pack_.hash;
        response_.site = "office";
        response_.when = {"2022-06-01", 10};
        response_.issues_opened = {"living"};
        for (const Question& question : pack_.survey.questions) response_.answers[question.id];
        response_.answers["feel"] = chose("yes");
        response_.answers["age"] = chose("old");
    }
    static Answer chose(const std::string& option) {
        return {AnswerStatus::Answered, ChosenOptions{option}};
    }
    bool fits() const {
        const Status status = check_response(pack_, response_);
        EXPECT_TRUE(status || status.error().code == ErrorCode::Invalid);
        return status.has_value();
    }
    Pack pack_;
    Response response_;
};

TEST_F(ResponseTest, FitsThePackItWasMadeWith) {
    EXPECT_TRUE(fits());
}

TEST_F(ResponseTest, OfAnotherPackIsRefused) {
    response_.pack_hash.back() = response_.pack_hash.back() == '0' ? '1' : '0';
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, MustHoldExactlyThePacksQuestions) {
    response_.answers["other"];
    EXPECT_FALSE(fits());
    response_.answers.erase("other");
    response_.answers.erase("intro");
    EXPECT_FALSE(fits());
    response_.answers["other"];
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, RefusesAnAnswerThatItsQuestionDoesNotAllow) {
    response_.answers["feel"] = chose("maybe");
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, RefusesASkippedQuestionThatWasNotToBeShown) {
    response_.answers["why"] = {AnswerStatus::Skipped, {}};
    EXPECT_FALSE(fits());
    response_.answers["feel"] = chose("no");
    EXPECT_TRUE(fits());
}

TEST_F(ResponseTest, RefusesANoteThatIsAnythingButNotShown) {
    ASSERT_EQ(pack_.survey.question("intro")->type, QuestionType::Note);
    for (const AnswerStatus status : {AnswerStatus::Answered, AnswerStatus::Skipped,
                                      AnswerStatus::Refused, AnswerStatus::NotAsked}) {
        response_.answers["intro"] = {status, {}};
        EXPECT_FALSE(fits()) << name_of(status);
    }
}

TEST_F(ResponseTest, RefusesAnAnswerOfAnotherUniverse) {
    response_.answers["people"] = {AnswerStatus::Answered, std::int64_t{3}};
    EXPECT_FALSE(fits());
    response_.universe = Universe::Parent;
    EXPECT_TRUE(fits());
    response_.answers["age"] = chose("young");
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, RefusesAnswersOfAnIssueThatWasNotOpened) {
    response_.issues_opened.clear();
    EXPECT_FALSE(fits());
    response_.answers["feel"] = {};
    EXPECT_TRUE(fits());
}

TEST_F(ResponseTest, RefusesIssuesThatAreUnknownOrTwice) {
    response_.issues_opened = {"living", "living"};
    EXPECT_FALSE(fits());
    response_.issues_opened = {"elsewhere"};
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, RefusesATimeThatIsNone) {
    for (const char* day :
         {"", "2022-6-1", "2022-13-01", "2022-01-32", "2022/01/01", "2022-01-0x"}) {
        response_.when.day = day;
        EXPECT_FALSE(fits()) << day;
    }
    response_.when = {"2022-06-01", 24};
    EXPECT_FALSE(fits());
    response_.when.hour = 23;
    EXPECT_TRUE(fits());
    response_.duration_s = -1;
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, RefusesALanguageThatThePackDoesNotOffer) {
    response_.language = Language::Ko;
    EXPECT_FALSE(fits());
}

TEST_F(ResponseTest, ModesHaveNamesThatReadBack) {
    EXPECT_EQ(mode_of("mail"), std::nullopt);
    EXPECT_EQ(mode_of(name_of(Mode::Kiosk)), Mode::Kiosk);
}

}  // namespace
}  // namespace machikoe
