// Random walks: whatever is touched in whatever order, these things hold.
#include <random>

#include "tests/visit/visit_fixture.h"

namespace machikoe {
namespace {

constexpr int kEventsPerWalk = 20'000;

class VisitWalkTest : public VisitTest, public testing::WithParamInterface<unsigned> {
  protected:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    template <class T>
    const T& one_of(const std::vector<T>& items) {
        return items[below(items.size())];
    }

    Event answering() {
        const Question* question = pack_.survey.question(visit_.question);
        const bool has_options = question != nullptr && !question->options.empty();
        std::size_t kind = below(3);
        if (has_options && below(5) > 0) kind = 2;
        switch (kind) {
            case 0:
                return event::SetNumber{below(4) == 0 ? std::nullopt
                                                      : std::optional<std::int64_t>(below(14) - 2)};
            case 1:
                return event::SetText{
                    one_of<std::string>({"", "a", "鶴見区鶴見区", "a\n", "\xff"})};
            default:
                if (!has_options) return event::TapOption{"moon"};
                // The first options lead to the questions that are rarely asked.
                return event::TapOption{
                    question->options[below(2) * below(question->options.size())].id};
        }
    }

    Event anything() {
        // Overlays hold everything up; without this few walks would get anywhere.
        if (!over(Overlay::None) && below(2) == 0) return event::Resume{};
        if (over(Overlay::Assistance))
            return event::SetAssistance{below(3) == 0 ? Assistance::Family : Assistance::None};
        if (at(Screen::Length) && below(2) == 0) return event::SetLength{kLengths[below(3)]};
        if (at(Screen::Question) && below(4) > 0)
            return below(2) == 0 ? answering() : Event{event::Next{}};
        const std::vector<std::string> issues = {"safety", "elderly", "kids", "moon"};
        switch (below(42)) {
            case 0:
                return event::SetLanguage{one_of<Language>({Language::Ja, Language::Ko})};
            case 1:
                return event::SetRuby{below(2) == 0};
            case 2:
                return event::SetTextSize{TextSize::Large};
            case 3:
                return event::SetTheme{ThemeChoice::LowGlare};
            case 4:
                return event::ShowOfficial{};
            case 5:
                return event::ShowPolicy{};
            case 6:
                return event::ShowHelp{};
            case 7:
                return event::ShowWord{one_of<std::string>({"ward", "moon"})};
            case 8:
                return event::TurnPage{static_cast<int>(below(5)) - 1};
            case 9:
                return event::EditQuestion{one_of(pack_.survey.questions).id};
            case 10:
                return below(8) == 0 ? Event{event::Forget{}} : Event{event::Resume{}};
            case 11:
                return below(4) == 0 ? Event{event::Quit{}} : Event{event::Touched{}};
            case 12:
                return event::Skip{};
            case 13:
                return event::Refuse{};
            case 14:
                return event::Back{};
            case 15:
                return event::SavingFailed{};
            case 16:
            case 17:
                return event::Submit{};
            case 18:
                return event::Finish{};
            case 19:
            case 20:
                return event::Saved{};
            case 21:
                return event::Tick{};
            case 22:
                return event::Begin{};
            case 23:
            case 24:
            case 25:
                return event::Resume{};
            case 26:
            case 27:
                return event::OpenIssue{one_of(issues)};
            case 28:
            case 29:
                return event::StartQuestions{};
            case 30:
            case 31:
            case 32:
            case 33:
                return event::Next{};
            case 34:
                return event::ShowAssistance{};
            case 35:
                return event::ChangeLength{};
            default:
                return answering();
        }
    }

    void pass_some_time() {
        pass(Milliseconds(below(400) == 0 ? 130'000 + below(60'000) : below(9000)));
    }

    std::mt19937 random_{GetParam()};
};

bool is_setting(const Event& event) {
    return std::holds_alternative<event::SetLanguage>(event) ||
           std::holds_alternative<event::SetRuby>(event) ||
           std::holds_alternative<event::SetTextSize>(event) ||
           std::holds_alternative<event::SetTheme>(event);
}

TEST_P(VisitWalkTest, EveryRuleHoldsOnTheWay) {
    std::set<std::string> seen;
    for (int i = 0; i < kEventsPerWalk; ++i) {
        pass_some_time();
        send(event::Tick{});
        place_.universe = at(Screen::Attract) && below(2) == 0 ? Universe::Parent : place_.universe;
        const Visit before = visit_;
        const std::size_t saved_before = saved_.size();
        const Event event = anything();
        send(event);
        seen.insert(visit_.question);

        const bool looks_the_same =
            before.screen == visit_.screen && before.overlay == visit_.overlay &&
            before.word == visit_.word && before.question == visit_.question &&
            before.section == visit_.section && before.page == visit_.page;
        ASSERT_EQ(visit_.step, before.step + (looks_the_same ? 0 : 1));
        ASSERT_EQ(visit_.screen == Screen::Question, !visit_.question.empty());
        ASSERT_EQ(visit_.overlay == Overlay::Word, !visit_.word.empty());
        ASSERT_GE(visit_.page, 0);

        const bool entered_saving =
            visit_.screen == Screen::Saving && before.screen != Screen::Saving;
        ASSERT_EQ(saved_.size(), saved_before + (entered_saving ? 1 : 0));
        if (entered_saving) {
            const Status status = check_response(pack_, saved_.back());
            ASSERT_TRUE(status) << status.error().message;
            ASSERT_EQ(visit_.pending, saved_.back());
        }
        if (is_setting(event) && before.screen != Screen::Attract) {
            ASSERT_EQ(visit_.answers, before.answers);
        }
        if (at(Screen::Attract)) {
            Visit fresh;
            fresh.step = visit_.step;
            fresh.last_input = visit_.last_input;
            fresh.entered = visit_.entered;
            ASSERT_EQ(visit_, fresh);
        }
    }
    EXPECT_GT(saved_.size(), 20u);
    for (const Question& question : pack_.survey.questions)
        EXPECT_TRUE(seen.contains(question.id)) << question.id;
}

INSTANTIATE_TEST_SUITE_P(Seeds, VisitWalkTest, testing::Values(1u, 2u, 3u, 2022u, 65537u));

}  // namespace
}  // namespace machikoe
