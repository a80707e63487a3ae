// PaperKiosk: the visit with a list of buttons instead of drawn screens, so that residents can
// be tested without a renderer.  Touches count as on the real one: down and up in the same
// node and the same step.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/robot/robot.h"
#include "tests/visit/visit_fixture.h"

namespace machikoe {

class PaperKiosk final : public Scene {
  public:
    PaperKiosk(const Pack& pack, const Clock& clock) : pack_(pack), clock_(clock) { lay_out(); }

    void touch(PointerEvent event) override { queue_.push_back(event); }
    void frame() override {
        send(event::Tick{});
        if (!queue_.empty()) {
            take(queue_.front());
            queue_.pop_front();
        }
        if (visit_.screen == Screen::Saving) {
            if (fails_to_save) {
                send(event::SavingFailed{});
            } else {
                send(event::Saved{});
            }
        }
        lay_out();
    }
    const Visit& visit() const override { return visit_; }
    const std::vector<Node>& nodes() const override { return nodes_; }

    bool fails_to_save = false;
    std::string broken;  // Node::id that is drawn but never touchable
    std::vector<Response> handed_out;
    std::vector<std::string> pressed;

  private:
    struct Button {
        Node node;
        Event event;
    };

    void send(const Event& event) {
        Next result = next(pack_, place_, visit_, event, {clock_.monotonic(), clock_.wall()},
                           static_cast<std::uint64_t>(handed_out.size()) + 1);
        visit_ = std::move(result.visit);
        if (result.to_save) handed_out.push_back(*result.to_save);
    }

    void take(const PointerEvent& event) {
        const Node* hit = nullptr;
        for (const Node& node : nodes_) {
            if (node.enabled && node.bounds.contains({event.x, event.y})) hit = &node;
        }
        const std::string id = hit == nullptr ? "" : hit->id;
        if (event.kind == PointerEvent::Kind::Down) {
            held_ = id;
            held_step_ = visit_.step;
        }
        if (event.kind != PointerEvent::Kind::Up) return;
        const bool counts = !id.empty() && id == held_ && held_step_ == visit_.step;
        held_.clear();
        if (!counts) return send(event::Touched{});
        pressed.push_back(id);
        for (const Button& button : buttons_) {
            if (button.node.id == id) return send(Event{button.event});
        }
    }

    void add(const std::string& id, const Event& event, Role role = Role::Button,
             bool enabled = true, bool selected = false) {
        Button button{{}, event};
        button.node.id = id;
        button.node.role = role;
        button.node.enabled = enabled && id != broken;
        button.node.selected = selected;
        button.node.bounds = {100, 100 + 60 * static_cast<float>(buttons_.size()), 200, 50};
        buttons_.push_back(std::move(button));
    }

    void lay_out() {
        buttons_.clear();
        if (visit_.overlay != Overlay::None) {
            add(close_id(), event::Resume{});
            if (visit_.overlay == Overlay::ConfirmQuit) add("forget", event::Forget{});
            if (visit_.overlay == Overlay::Official)
                add("page:next", event::TurnPage{visit_.page + 1});
        } else {
            lay_out_screen();
        }
        nodes_.clear();
        for (const Button& button : buttons_) nodes_.push_back(button.node);
    }

    std::string close_id() const {
        if (visit_.overlay == Overlay::StillThere) return "more-time";
        return visit_.overlay == Overlay::ConfirmQuit ? "resume" : "close";
    }

    void lay_out_screen() {
        if (visit_.screen != Screen::Attract && visit_.screen != Screen::Saving &&
            visit_.screen != Screen::Thanks) {
            add("ruby", event::SetRuby{!visit_.settings.ruby}, Role::Toggle);
            add("help", event::ShowHelp{});
            add("quit", event::Quit{});
        }
        switch (visit_.screen) {
            case Screen::Attract:
                add("begin", event::Begin{});
                break;
            case Screen::Language:
                for (const Language language : pack_.plan.languages)
                    add("choose:" + std::string(tag_of(language)), event::SetLanguage{language});
                break;
            case Screen::Length:
                for (const SurveyLength length : kLengths)
                    add("length:" + std::string(name_of(length)), event::SetLength{length});
                break;
            case Screen::Overview:
                for (const Issue& issue : pack_.plan.issues)
                    add("issue:" + issue.id, event::OpenIssue{issue.id});
                add("finish", event::Finish{});
                break;
            case Screen::Issue:
                add("official", event::ShowOfficial{});
                add("start", event::StartQuestions{});
                add("back", event::Back{});
                break;
            case Screen::Question:
                lay_out_question(*pack_.survey.question(visit_.question));
                break;
            case Screen::Review:
                for (const auto& [id, answer] : visit_.answers)
                    add("edit:" + id, event::EditQuestion{id});
                add("submit", event::Submit{});
                add("back", event::Back{});
                break;
            case Screen::SaveFailed:
                add("again", event::Submit{});
                break;
            case Screen::Thanks:
                add("finish", event::Finish{});
                break;
            case Screen::Sleep:
            case Screen::Saving:
                break;
        }
    }

    void lay_out_question(const Question& question) {
        const auto found = visit_.answers.find(question.id);
        const ChosenOptions* chosen = found == visit_.answers.end()
                                          ? nullptr
                                          : std::get_if<ChosenOptions>(&found->second.value);
        const bool takes_one =
            question.type != QuestionType::Multiple && question.type != QuestionType::Ranking;
        for (const Option& option : question.options) {
            const bool is_chosen =
                chosen != nullptr && std::ranges::find(*chosen, option.id) != chosen->end();
            add("option:" + option.id, event::TapOption{option.id},
                takes_one ? Role::Choice : Role::Check, true, is_chosen);
        }
        if (question.type == QuestionType::Number) {
            add("digit:7", event::SetNumber{7});
            add("digit:77", event::SetNumber{77});
            add("clear", event::SetNumber{std::nullopt});
        }
        if (question.type == QuestionType::FreeText) add("key:a", event::SetText{"a"});
        add("next", event::Next{}, Role::Button, may_go_on(pack_, visit_));
        add("back", event::Back{});
        if (!question.required) add("skip", event::Skip{});
        if (question.offers_refusal) add("refuse", event::Refuse{});
        add("finish", event::Finish{});
    }

    const Pack& pack_;
    const Clock& clock_;
    Place place_{"office", "", Universe::Resident};
    Visit visit_;
    std::vector<Button> buttons_;
    std::vector<Node> nodes_;
    std::deque<PointerEvent> queue_;
    std::string held_;
    std::uint32_t held_step_ = 0;
};

}  // namespace machikoe
