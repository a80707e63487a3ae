// The language the visit's tests are written in, and a small pack with every question type.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/visit/visit.h"

namespace machikoe {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

inline Text plain(const std::string& words) {
    Text text;
    text.set(Language::Ja, words);
    text.set(Language::En, words);
    return text;
}

inline Question a_question(std::string id, std::string section, QuestionType type,
                           const std::vector<std::string>& options = {}) {
    Question question;
    question.id = std::move(id);
    question.section = std::move(section);
    question.type = type;
    question.text = plain(question.id);
    for (const std::string& option : options) question.options.push_back({option, plain(option)});
    return question;
}

/// safety:  s1 single, required · s2 scale, only if s1 is agree · s3 multiple, only if s2 is
///          low · snote note
/// elderly: e1 ranking of 2 · e2 number 0…10, may be refused · e3 text up to 5 · e4 for parents
/// kids:    k1 for parents
/// about:   area area · age age band, may be refused
inline Pack a_pack() {
    Pack pack;
    pack.plan.id = "test-r4";
    pack.plan.languages = {Language::Ja, Language::En};
    pack.hash = std::string(64, 'a');
    for (const char* id : {"safety", "elderly", "kids"}) {
        Issue issue;
        issue.id = id;
        pack.plan.issues.push_back(issue);
    }
    GlossaryEntry word;
    word.id = "ward";
    pack.plan.glossary.push_back(word);

    auto s1 = a_question("s1", "safety", QuestionType::Single, {"agree", "disagree"});
    s1.required = true;
    auto s2 = a_question("s2", "safety", QuestionType::Scale, {"low", "mid", "high"});
    s2.relevant = {{"s1", false, {"agree"}}};
    auto s3 = a_question("s3", "safety", QuestionType::Multiple, {"lamps", "patrols", "none"});
    s3.options[2].exclusive = true;
    s3.relevant = {{"s2", false, {"low"}}};
    auto snote = a_question("snote", "safety", QuestionType::Note);
    auto e1 = a_question("e1", "elderly", QuestionType::Ranking, {"bus", "care", "shop"});
    e1.rank_count = 2;
    auto e2 = a_question("e2", "elderly", QuestionType::Number);
    e2.bounds = NumberBounds{0, 10, plain("0-10")};
    e2.offers_refusal = true;
    auto e3 = a_question("e3", "elderly", QuestionType::FreeText);
    e3.max_length = 5;
    auto e4 = a_question("e4", "elderly", QuestionType::Single, {"yes", "no"});
    e4.universes = {Universe::Parent};
    auto k1 = a_question("k1", "kids", QuestionType::Single, {"yes", "no"});
    k1.universes = {Universe::Parent};
    auto area = a_question("area", "about", QuestionType::Area, {"north", "south"});
    auto age = a_question("age", "about", QuestionType::AgeBand, {"young", "old"});
    age.offers_refusal = true;
    pack.survey.questions = {s1, s2, s3, snote, e1, e2, e3, e4, k1, area, age};
    return pack;
}

class VisitTest : public testing::Test {
  protected:
    void send(const Event& event) {
        Next result = next(pack_, place_, visit_, event, now_, seed_);
        visit_ = std::move(result.visit);
        if (result.to_save) saved_.push_back(std::move(*result.to_save));
    }
    template <class... Events>
    void send_all(const Events&... events) {
        (send(events), ...);
    }
    void pass(Milliseconds time) {
        now_.monotonic += time;
        now_.wall += time;
    }
    void wait(Milliseconds time) {
        pass(time);
        send(event::Tick{});
    }

    void tap(const std::string& option) { send(event::TapOption{option}); }
    void go_on() { send(event::Next{}); }
    void back() { send(event::Back{}); }
    void enter() {
        send_all(event::Begin{}, event::SetLanguage{Language::En},
                 event::SetLength{SurveyLength::Everything});
    }
    void open(const std::string& issue) {
        send_all(event::OpenIssue{issue}, event::StartQuestions{});
    }
    void enter_question(const std::string& id) {
        enter();
        open(pack_.survey.question(id)->section);
        while (visit_.question != id && at(Screen::Question)) {
            if (visit_.question == "s1") tap("agree");
            if (visit_.question == "s2") tap("low");
            go_on();
        }
        ASSERT_EQ(visit_.question, id);
    }
    /// One answer given in safety, standing at the review.
    void reach_review() {
        enter();
        open("safety");
        tap("disagree");
        send_all(event::Next{}, event::Next{});  // the note
        send_all(event::Finish{}, event::Finish{});
        ASSERT_TRUE(at(Screen::Review));
    }
    void submit() { send(event::Submit{}); }

    bool at(Screen screen) const { return visit_.screen == screen; }
    bool at_question(const std::string& id) const {
        return at(Screen::Question) && visit_.question == id &&
               visit_.section == pack_.survey.question(id)->section;
    }
    bool over(Overlay overlay) const { return visit_.overlay == overlay; }
    const Answer* answer(const std::string& id) const {
        const auto found = visit_.answers.find(id);
        return found == visit_.answers.end() ? nullptr : &found->second;
    }
    bool is_recorded(const std::string& id, AnswerStatus status) const {
        return answer(id) != nullptr && answer(id)->status == status;
    }
    bool is_chosen(const std::string& id, const ChosenOptions& options) const {
        return answer(id) != nullptr && answer(id)->value == AnswerValue{options};
    }

    Pack pack_ = a_pack();
    Place place_{"office", "", Universe::Resident};
    Visit visit_;
    Now now_{5000ms, Milliseconds{1'650'000'000'000}};
    std::uint64_t seed_ = 42;
    std::vector<Response> saved_;
};

}  // namespace machikoe
