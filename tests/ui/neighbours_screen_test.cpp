// Neighbours on the screen: bars with one's own answer marked, or one and the same "not yet".
#include <algorithm>

#include "tests/ui/stage_fixture.h"

namespace machikoe {
namespace {

class NeighboursScreenTest : public StageTest {
  protected:
    static QuestionTotals counts(const std::string& question, std::int64_t n,
                                 std::map<std::string, std::int64_t> by_option) {
        return {question, n, n >= kTotalsMinimum, std::move(by_option)};
    }
    void tell(std::vector<QuestionTotals> questions,
              Shares::Source source = Shares::Source::Server) {
        stage_->set_neighbours({source, {pack_.hash, 120, std::move(questions)}});
    }
    Visit thanked(Settings settings = {.language = Language::En}) {
        Visit visit;
        visit.screen = Screen::Thanks;
        visit.settings = settings;
        visit.issues_opened = {"parks"};
        visit.answers["q1"] = {AnswerStatus::Answered, ChosenOptions{"some"}};
        visit.answers["q2"] = {AnswerStatus::Answered, ChosenOptions{"no", "yes"}};
        visit.answers["q3"] = {AnswerStatus::Answered, ChosenOptions{"no"}};
        visit.last_input = visit.entered = clock_.monotonic();
        return visit;
    }
    void show_neighbours() {
        stage_->show(thanked());
        frame();
        tap("neighbours");
    }
    /// Everything that is drawn, for telling two pictures apart.
    std::vector<ImDrawVert> picture() {
        std::vector<ImDrawVert> all;
        const ImDrawData* data = ImGui::GetDrawData();
        for (int i = 0; i < data->CmdListsCount; ++i)
            for (const ImDrawVert& vertex : data->CmdLists[i]->VtxBuffer) all.push_back(vertex);
        return all;
    }
};

TEST_F(NeighboursScreenTest, WithoutAnAnswerToCompareThanksDoNotOfferIt) {
    Visit visit = thanked();
    visit.answers.erase("q1");
    visit.answers.erase("q2");
    stage_->show(visit);
    frame();
    EXPECT_FALSE(see("neighbours"));
    EXPECT_TRUE(see("finish"));
}

TEST_F(NeighboursScreenTest, SharesAreShownWithOnesOwnAnswerMarked) {
    tell({counts("q1", 120, {{"no", 30}, {"some", 60}, {"yes", 30}})});
    show_neighbours();
    EXPECT_EQ(screen(), Screen::Neighbours);
    EXPECT_EQ(find("share:some")->value, "50%");
    EXPECT_TRUE(find("share:some")->selected);
    EXPECT_EQ(find("share:no")->value, "25%");
    EXPECT_FALSE(find("share:no")->selected);
    EXPECT_EQ(find("base")->name, "Of the 120 people who have answered this so far");
    EXPECT_EQ(find("respondents")->name,
              "These are shares of the people who answered, not of all residents.");
}

TEST_F(NeighboursScreenTest, OwnCountsSayThatTheyAreThisKiosks) {
    tell({counts("q1", 20, {{"no", 20}})}, Shares::Source::ThisKiosk);
    show_neighbours();
    EXPECT_EQ(find("base")->name, "Of the 20 people who answered this at this kiosk");
    EXPECT_EQ(find("share:some")->value, "0%");
}

TEST_F(NeighboursScreenTest, SeveralChosenAnswersAreAllMarked) {
    tell({counts("q2", 40, {{"no", 30}, {"some", 10}, {"yes", 20}})});
    show_neighbours();
    tap("page-more");
    EXPECT_EQ(find("share:no")->value, "75%");
    EXPECT_TRUE(find("share:no")->selected);
    EXPECT_TRUE(find("share:yes")->selected);
    EXPECT_FALSE(find("share:some")->selected);
    EXPECT_NE(find("respondents")->name.find("several"), std::string::npos);
}

TEST_F(NeighboursScreenTest, EverySmallNumberIsTheSamePicture) {
    std::vector<std::vector<ImDrawVert>> pictures;
    const std::vector<std::vector<QuestionTotals>> small = {{},
                                                            {counts("q1", 0, {})},
                                                            {counts("q1", 9, {{"no", 9}})},
                                                            {{"q1", 9, true, {{"no", 9}}}},
                                                            {{"q1", 500, false, {{"no", 500}}}}};
    for (const auto& questions : small) {
        tell(questions);
        show_neighbours();
        EXPECT_EQ(find("few")->name, "Not enough answers yet");
        EXPECT_FALSE(see("share:no"));
        EXPECT_FALSE(see("base"));
        clock_.advance(Milliseconds{1000});
        frame();
        pictures.push_back(picture());
    }
    for (const auto& other : pictures) {
        ASSERT_EQ(other.size(), pictures.front().size());
        EXPECT_TRUE(std::ranges::equal(other, pictures.front(), [](const auto& a, const auto& b) {
            return a.pos.x == b.pos.x && a.pos.y == b.pos.y && a.col == b.col;
        }));
    }
    tell({counts("q1", 10, {{"no", 10}})});
    show_neighbours();
    EXPECT_FALSE(see("few"));
}

TEST_F(NeighboursScreenTest, AfterTheQuestionsComesWhatThePolicySays) {
    show_neighbours();
    tap("page-more");
    EXPECT_TRUE(see("own"));
    tap("page-more");
    EXPECT_EQ(find("change:heading")->name, "The ward’s policy: Parks and trees");
    EXPECT_NE(find("said")->name.find("→ A little"), std::string::npos);
    EXPECT_NE(find("said")->name.find("→ No / Yes"), std::string::npos);
    EXPECT_EQ(find("change")->name, "There will be more trees.");
    std::string remaining;
    for (int page = 0; page < 9; ++page) {
        for (const Node& node : stage_->nodes())
            if (node.id.starts_with("remaining") && node.id.find(':') == std::string::npos)
                remaining += node.name;
        if (!find("page-more")->enabled) break;
        tap("page-more");
    }
    EXPECT_NE(remaining.find("It is not enough yet."), std::string::npos);
    tap("finish");
    EXPECT_EQ(screen(), Screen::Attract);
}

TEST_F(NeighboursScreenTest, EverythingCanBeReadAtEverySize) {
    Question& many = pack_.survey.questions[1];
    for (int i = 0; i < 9; ++i)
        many.options.push_back(
            {"more" + std::to_string(i), words("{公園|こうえん}のベンチが{少|すく}ないから",
                                               "Because there are few benches in the parks")});
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}, {1280, 800}}) {
        put_on(width, height);
        tell({counts("q1", 120, {{"no", 30}, {"some", 60}}),
              counts("q2", 1'234'567, {{"no", 30}, {"yes", 1'234'567}})});
        for (const Language language : pack_.plan.languages)
            for (const TextSize size : {TextSize::Small, TextSize::Standard, TextSize::Largest})
                for (int page = 0; page < 9; ++page) {
                    Visit visit = thanked({.language = language, .text_size = size});
                    visit.screen = Screen::Neighbours;
                    visit.page = page;
                    stage_->show(visit);
                    frame();
                    for (const std::string& fault : stage_->faults())
                        ADD_FAILURE() << width << "x" << height << " " << tag_of(language)
                                      << " page " << page << ": " << fault;
                }
    }
}

}  // namespace
}  // namespace machikoe
