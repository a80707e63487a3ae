// A stage on which tests touch and look, over a small pack made up for them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/rehearsal/inspection.h"
#include "app/rehearsal/scenes.h"
#include "app/ui/stage.h"

namespace machikoe {

inline Text words(const std::string& ja, const std::string& en) {
    Text text;
    text.set(Language::Ja, ja);
    text.set(Language::JaEasy, ja);
    text.set(Language::En, en);
    return text;
}

inline Statement statement(const std::string& ja, const std::string& en, int times = 1) {
    std::string long_ja, long_en;
    for (int i = 0; i < times; ++i) {
        long_ja += ja;
        long_en += en + " ";
    }
    return {without_ruby(long_ja), words(long_ja, long_en)};
}

inline Issue made_up_issue(int number, const std::string& id) {
    Issue issue;
    issue.id = id;
    issue.number = number;
    issue.icon = "park";
    issue.short_title = words("{公園|こうえん}とみどり", "Parks and trees");
    issue.one_sentence = words("みんなが{集|あつ}まれる{場所|ばしょ}を{作|つく}ります。",
                               "Places where everyone can meet.");
    issue.title = statement("みどりのまちづくり", "A green town");
    issue.overview = statement("{公園|こうえん}は{子|こ}どもが{遊|あそ}ぶ{場所|ばしょ}です。",
                               "Parks are where children play.", 6);
    issue.strategy = {"1-1", issue.title, issue.overview};
    issue.action = {"1-1-1", issue.title, issue.overview, 1};
    issue.remaining = {statement("まだ{足|た}りません。", "It is not enough yet.", 40)};
    issue.what_was_done = words("{木|き}を{植|う}えました。", "Trees were planted.");
    issue.what_will_change = words("{木|き}が{増|ふ}えます。", "There will be more trees.");
    return issue;
}

inline Question made_up_question(const std::string& id, const std::string& section,
                                 QuestionType type) {
    Question question;
    question.id = id;
    question.section = section;
    question.type = type;
    question.text = words("{公園|こうえん}は{好|す}きですか？", "Do you like parks?");
    question.options = {{"no", words("いいえ", "No")},
                        {"some", words("{少|すこ}し", "A little")},
                        {"yes", words("はい", "Yes")}};
    return question;
}

inline Pack made_up_pack() {
    Pack pack;
    Plan& plan = pack.plan;
    plan.id = "midori-r4";
    plan.ward = words("みどり{区|く}", "Midori Ward");
    plan.title = words("みどり{区|く}の{方針|ほうしん}", "Policy of Midori Ward");
    plan.languages = {Language::Ja, Language::JaEasy, Language::En};
    plan.goal = plan.mission = statement("{安心|あんしん}して{暮|く}らすまち。", "A safe town.");
    plan.principles = {plan.goal};
    plan.evaluation = {statement("{目標|もくひょう}に{届|とど}きました。", "Reached.", 60)};
    int number = 0;
    for (const char* id : {"parks", "buses", "schools", "safety", "care"})
        plan.issues.push_back(made_up_issue(++number, id));
    plan.glossary = {{"park", "公園", "こうえん", words("{公園|こうえん}", "Park"),
                      words("みんなの{庭|にわ}です。", "A garden for everyone.")}};
    pack.survey.purpose =
        words("{考|かんが}えを{聞|き}かせてください。", "Tell us what you think.");
    pack.survey.questions = {made_up_question("q1", "parks", QuestionType::Single),
                             made_up_question("q2", "parks", QuestionType::Multiple),
                             made_up_question("q3", "about", QuestionType::Single)};
    pack.hash = std::string(64, '0');
    return pack;
}

inline bool overlap(const Rect& a, const Rect& b) {
    constexpr float kPixel = 1;
    return a.x + kPixel < b.right() && b.x + kPixel < a.right() && a.y + kPixel < b.bottom() &&
           b.y + kPixel < a.bottom();
}

class StageTest : public testing::Test {
  protected:
    StageTest() { put_on(1080, 1920); }

    void put_on(int width, int height) {
        stage_.reset();  // one ImGui context at a time
        stage_ = std::make_unique<Stage>(pack_, strings_, *text_,
                                         StageOptions{.width = width, .height = height});
        width_ = width;
        height_ = height;
        frame();
    }
    static Strings load_strings() {
        auto strings = Strings::load(std::filesystem::path(MACHIKOE_SOURCE_DIR) / "assets/strings",
                                     made_up_pack().plan.languages);
        if (!strings) throw std::runtime_error(strings.error().message);
        return *strings;
    }

    Now now() const { return {clock_.monotonic(), clock_.wall()}; }
    void frame() { stage_->frame(now()); }
    void wait(Milliseconds time) {
        clock_.advance(time);
        frame();
    }
    const Node* find(std::string_view wanted) const {
        for (const Node& node : stage_->nodes())
            if (node.id == wanted || node.name == wanted) return &node;
        return nullptr;
    }
    bool see(std::string_view wanted) const { return find(wanted) != nullptr; }
    ImVec2 place_of(std::string_view wanted) const {
        const Node* node = find(wanted);
        if (node == nullptr) {
            ADD_FAILURE() << "not on the screen: " << wanted;
            return {-1, -1};
        }
        return node->bounds.centre();
    }
    void push(PointerEvent::Kind kind, ImVec2 at) { stage_->input().push({kind, at.x, at.y}); }
    void down(ImVec2 at) { push(PointerEvent::Kind::Down, at), frame(); }
    void up(ImVec2 at) { push(PointerEvent::Kind::Up, at), frame(); }
    /// A finger, unhurried: the screen has settled before it comes.
    void tap(std::string_view wanted) {
        clock_.advance(Milliseconds{400});
        frame();
        const ImVec2 at = place_of(wanted);
        down(at);
        up(at);
        frame();
    }
    void go_to_question() {
        tap("begin");
        tap("choose:en");
        tap("length:everything");
        tap("issue:parks");
        tap("start");
    }
    Screen screen() const { return stage_->visit().screen; }
    Overlay overlay() const { return stage_->visit().overlay; }

    Pack pack_ = made_up_pack();
    Strings strings_ = load_strings();
    std::unique_ptr<TextEngine> text_ = TextEngine::create().value();
    ManualClock clock_;
    std::unique_ptr<Stage> stage_;
    int width_ = 0, height_ = 0;
};

}  // namespace machikoe
