#include "app/visit/visit.h"

#include <algorithm>

#include "app/visit/visit_parts.h"

namespace machikoe {
namespace {

using namespace visit_parts;

bool is_by_a_person(const Event& event) {
    return !std::holds_alternative<event::Saved>(event) &&
           !std::holds_alternative<event::SavingFailed>(event) &&
           !std::holds_alternative<event::Tick>(event);
}

/// One event, carried out.  Each operator() is a row or two of the table in visit.h.
class VisitMachine {
  public:
    VisitMachine(Ground ground, Visit& visit, Now now, std::uint64_t fresh_seed)
        : ground_(ground), v_(visit), now_(now), fresh_seed_(fresh_seed) {}

    std::optional<Response> to_save;

    void operator()(const event::Begin&) {
        if (at(Screen::Attract)) begin(Screen::Language);
    }
    void operator()(const event::SetLanguage& e) {
        const auto& offered = ground_.pack.plan.languages;
        if (std::ranges::find(offered, e.language) == offered.end()) return;
        if (at(Screen::Attract)) {
            begin(Screen::Length);
        } else if (at(Screen::Language)) {
            show(Screen::Length);
        }
        if (!is_theirs(v_.screen)) return;
        v_.settings.language = e.language;
        if (v_.overlay == Overlay::Languages) open(Overlay::None);
    }
    void operator()(const event::SetRuby& e) {
        if (is_theirs(v_.screen)) v_.settings.ruby = e.on;
    }
    void operator()(const event::SetTextSize& e) {
        if (is_theirs(v_.screen)) v_.settings.text_size = e.size;
    }
    void operator()(const event::SetTheme& e) {
        if (is_theirs(v_.screen)) v_.settings.theme = e.theme;
    }
    void operator()(const event::SetLength& e) {
        if (!at(Screen::Length)) return;
        v_.length = e.length;
        show(Screen::Overview);
    }
    void operator()(const event::ChangeLength&) {
        if (at(Screen::Overview)) show(Screen::Length);
    }
    void operator()(const event::ShowAssistance&) {
        if (v_.screen == Screen::Language || v_.screen == Screen::Length ||
            v_.screen == Screen::Overview)
            open(Overlay::Assistance);
    }
    void operator()(const event::SetAssistance& e) {
        if (v_.overlay != Overlay::Assistance) return;
        v_.assistance = e.assistance;
        // The helper is about to see the screen, and must not find them on the review.
        forget_sensitive(ground_, v_);
        open(Overlay::None);
    }
    void operator()(const event::OpenIssue& e) {
        if (!at(Screen::Overview) || ground_.pack.plan.issue(e.issue) == nullptr) return;
        v_.issues_opened.insert(e.issue);
        show(Screen::Issue, e.issue);
    }
    void operator()(const event::StartQuestions&) {
        if (at(Screen::Issue)) show_first_of(v_.section, Screen::Overview);
    }
    void operator()(const event::TapOption& e) {
        if (const Question* question = answerable()) tap_option(v_, *question, e.option);
    }
    void operator()(const event::SetNumber& e) {
        if (const Question* question = answerable()) set_number(v_, *question, e.number);
    }
    void operator()(const event::SetText& e) {
        if (const Question* question = answerable()) set_text(v_, *question, e.text);
    }
    void operator()(const event::Refuse&) {
        const Question* question = answerable();
        if (question == nullptr || !question->offers_refusal) return;
        set_status(v_, *question, AnswerStatus::Refused);
        go_on(*question);
    }
    void operator()(const event::Skip&) {
        const Question* question = answerable();
        if (question == nullptr || question->required) return;
        v_.answers.erase(question->id);
        go_on(*question);
    }
    void operator()(const event::Next&) {
        const Question* question = answerable();
        if (question != nullptr && may_go_on(ground_.pack, v_)) go_on(*question);
    }
    void operator()(const event::Back&) {
        if (v_.overlay != Overlay::None) return;
        if (at(Screen::Length)) return show(v_.length ? Screen::Overview : Screen::Language);
        if (at(Screen::Issue)) show(Screen::Overview);
        if (at(Screen::Neighbours)) show(Screen::Thanks);
        if (const Question* question = answerable()) {
            go_back(*question);
        } else if (at(Screen::Review)) {
            const auto about = path(ground_, v_, kAboutSection);
            if (about.empty()) return show(Screen::Overview);
            show_question(*about.back());
        }
    }
    void operator()(const event::Finish&) {
        if (at(Screen::Thanks) || at(Screen::Neighbours)) return leave();
        if (at(Screen::Overview)) return finish();
        const Question* question = answerable();
        if (question == nullptr) return;
        leave_question(v_, *question, Leaving::Onward);
        if (v_.editing || question->section == kAboutSection) return show(Screen::Review);
        finish();
    }
    void operator()(const event::EditQuestion& e) {
        const Question* question = ground_.pack.survey.question(e.question);
        if (!at(Screen::Review) || question == nullptr) return;
        if (!is_editable(ground_, v_, *question)) return;
        show_question(*question);
        v_.editing = true;
    }
    void operator()(const event::Submit&) {
        if (at(Screen::Review)) {
            if (!has_standing_answer(ground_, v_)) return quit();
            v_.pending = response_of(ground_, v_, now_);
        } else if (!at(Screen::SaveFailed)) {
            return;
        }
        to_save = v_.pending;
        show(Screen::Saving);
    }
    void operator()(const event::Quit&) {
        if (is_theirs(v_.screen)) quit();
    }
    void operator()(const event::Forget&) {
        if (v_.overlay == Overlay::ConfirmQuit) leave();
    }
    void operator()(const event::Resume&) { open(Overlay::None); }
    void operator()(const event::ShowOfficial&) {
        if (v_.screen != Screen::Issue && v_.screen != Screen::Question) return;
        if (v_.section != kAboutSection) open(Overlay::Official);
    }
    void operator()(const event::ShowPolicy&) {
        if (v_.screen == Screen::Overview) open(Overlay::Policy);
    }
    void operator()(const event::ShowHelp&) {
        if (is_theirs(v_.screen)) open(Overlay::Help);
    }
    void operator()(const event::ShowNeighbours&) {
        if (at(Screen::Thanks) && !compared_questions(ground_.pack, ground_.place, v_).empty())
            show(Screen::Neighbours);
    }
    void operator()(const event::ShowDisplay&) {
        if (is_theirs(v_.screen)) open(Overlay::Display);
    }
    void operator()(const event::ShowLanguages&) {
        if (is_theirs(v_.screen)) open(Overlay::Languages);
    }
    void operator()(const event::ShowWord& e) {
        const auto& glossary = ground_.pack.plan.glossary;
        const bool is_known =
            std::ranges::find(glossary, e.entry, &GlossaryEntry::id) != glossary.end();
        if (!is_theirs(v_.screen) || !is_known) return;
        open(Overlay::Word);
        v_.word = e.entry;
    }
    void operator()(const event::TurnPage& e) {
        if (is_theirs(v_.screen)) v_.page = std::max(0, e.page);
    }
    void operator()(const event::Touched&) {
        if (at(Screen::Sleep)) v_.was_asked = true;
    }
    void operator()(const event::Saved&) {
        if (!at(Screen::Saving)) return;
        v_.pending.reset();
        show(Screen::Thanks);
    }
    void operator()(const event::SavingFailed&) {
        if (!at(Screen::Saving)) return;
        v_.last_input = now_.monotonic;  // however long saving took, there is time to read
        show(Screen::SaveFailed);
    }
    void operator()(const event::Tick&) {}

  private:
    /// On this screen, with nothing over it.
    bool at(Screen screen) const { return v_.screen == screen && v_.overlay == Overlay::None; }
    const Question* answerable() const {
        return at(Screen::Question) ? question_on_screen(ground_.pack, v_) : nullptr;
    }

    void begin(Screen screen) {
        v_.seed = fresh_seed_;
        v_.started = now_.monotonic;
        show(screen);
    }
    void show(Screen screen, std::string_view section = {}) {
        v_.screen = screen;
        v_.section = section;
        v_.question.clear();
        v_.editing = false;
    }
    void show_question(const Question& question) {
        show(Screen::Question, question.section);
        v_.question = question.id;
    }
    void show_first_of(const std::string& section, Screen when_nothing_is_asked) {
        const auto asked = path(ground_, v_, section);
        if (asked.empty()) return show(when_nothing_is_asked);
        show_question(*asked.front());
    }
    void open(Overlay overlay) {
        v_.overlay = overlay;
        v_.word.clear();
    }
    void leave() { v_ = attract_after(ground_.pack, v_); }

    void go_on(const Question& question) {
        leave_question(v_, question, Leaving::Onward);
        if (v_.editing) return show(Screen::Review);
        if (const Question* following = question_after(ground_, v_, question))
            return show_question(*following);
        show(question.section == kAboutSection ? Screen::Review : Screen::Overview);
    }
    void go_back(const Question& question) {
        leave_question(v_, question, v_.editing ? Leaving::Onward : Leaving::Backward);
        if (v_.editing) return show(Screen::Review);
        if (const Question* before = question_before(ground_, v_, question))
            return show_question(*before);
        if (question.section == kAboutSection) return show(Screen::Overview);
        show(Screen::Issue, question.section);
    }
    void finish() {
        if (!has_standing_answer(ground_, v_)) return quit();
        show_first_of(std::string(kAboutSection), Screen::Review);
    }
    void quit() {
        const bool nothing_to_lose = v_.screen == Screen::SaveFailed ||
                                     v_.screen == Screen::Thanks || v_.screen == Screen::Neighbours;
        if (nothing_to_lose || !has_answers(v_)) return leave();
        open(Overlay::ConfirmQuit);
    }

    Ground ground_;
    Visit& v_;
    Now now_;
    std::uint64_t fresh_seed_;
};

}  // namespace

Next next(const Pack& pack, const Place& place, const Visit& visit, const Event& event, Now now,
          std::uint64_t fresh_seed) {
    const Visit timely = with_time_passed({pack, place}, visit, now);
    Visit after = timely;
    VisitMachine machine({pack, place}, after, now, fresh_seed);
    if (!is_by_a_person(event)) {
        std::visit(machine, event);
    } else if (after.overlay == Overlay::StillThere) {
        after.overlay = after.covered;
        after.covered = Overlay::None;
        after.last_input = now.monotonic;
    } else {
        after.last_input = now.monotonic;
        std::visit(machine, event);
    }
    rest_by_the_clock(place, after, now);
    settle(timely, after, now.monotonic);
    return {std::move(after), std::move(machine.to_save)};
}

std::string_view name_of(Screen screen) {
    switch (screen) {
        case Screen::Attract:
            return "attract";
        case Screen::Sleep:
            return "sleep";
        case Screen::Language:
            return "language";
        case Screen::Length:
            return "length";
        case Screen::Overview:
            return "overview";
        case Screen::Issue:
            return "issue";
        case Screen::Question:
            return "question";
        case Screen::Review:
            return "review";
        case Screen::Saving:
            return "saving";
        case Screen::SaveFailed:
            return "save-failed";
        case Screen::Thanks:
            return "thanks";
        case Screen::Neighbours:
            return "neighbours";
    }
    return "unknown";
}

std::string_view name_of(Overlay overlay) {
    switch (overlay) {
        case Overlay::None:
            return "none";
        case Overlay::Official:
            return "official";
        case Overlay::Policy:
            return "policy";
        case Overlay::Help:
            return "help";
        case Overlay::Word:
            return "word";
        case Overlay::Assistance:
            return "assistance";
        case Overlay::Display:
            return "display";
        case Overlay::Languages:
            return "languages";
        case Overlay::ConfirmQuit:
            return "confirm-quit";
        case Overlay::StillThere:
            return "still-there";
    }
    return "unknown";
}

}  // namespace machikoe
