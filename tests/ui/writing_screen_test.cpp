// Free text on the stage, as a person writes it: keys, words offered, phrases, and what is left of
// it afterwards.
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "app/rehearsal/made_up_words.h"
#include "tests/ui/stage_fixture.h"
#include "tests/writing/fake_converter.h"

namespace machikoe {
namespace {

class WritingScreenTest : public StageTest {
  protected:
    WritingScreenTest() {
        pack_.plan.languages.assign(kAllLanguages.begin(), kAllLanguages.end());
        auto strings = Strings::load(std::filesystem::path(MACHIKOE_SOURCE_DIR) / "assets/strings",
                                     pack_.plan.languages);
        if (!strings) throw std::runtime_error(strings.error().message);
        strings_ = *strings;
        engines_.kana = [this] { return std::make_unique<FakeConverter>(words_); };
        Question& question = pack_.survey.questions.front();
        question = made_up_question("q1", "parks", QuestionType::FreeText);
        question.options.clear();
        question.max_length = 100;
        question.note = words("{名前|なまえ}は{書|か}かないでください。", "No names, please.");
    }
    Question& question() { return pack_.survey.questions.front(); }

    void ask(Language language, int width = 1080, int height = 1920) {
        stage_.reset();
        stage_ = std::make_unique<Stage>(
            pack_, strings_, *text_,
            StageOptions{.width = width, .height = height, .writing = engines_});
        frame();
        go(language);
    }
    void go(Language language) {
        tap("begin");
        tap("choose:" + std::string(tag_of(language)));
        tap("length:everything");
        tap("issue:parks");
        tap("start");
        ASSERT_EQ(stage_->visit().question, "q1");
    }
    void type(std::initializer_list<const char*> keys) {
        for (const char* key : keys) tap("key:" + std::string(key));
    }
    std::string answer() const {
        const auto found = stage_->visit().answers.find("q1");
        const auto* text = found == stage_->visit().answers.end()
                               ? nullptr
                               : std::get_if<std::string>(&found->second.value);
        return text == nullptr ? "" : *text;
    }
    std::string written() const {
        const Node* node = find("written");
        return node == nullptr ? "" : node->name;
    }
    bool may_press(std::string_view wanted) const {
        const Node* node = find(wanted);
        return node != nullptr && node->enabled;
    }

    FakeWords words_{.suggestions = {"公園"}, .parts = {{"公園", "講演"}}};
    WritingEngines engines_;
};

TEST_F(WritingScreenTest, KanaAreComposedConvertedAndChosen) {
    ask(Language::Ja);
    EXPECT_FALSE(may_press("key:convert"));
    type({"こ", "う", "え", "ん"});
    EXPECT_EQ(written(), "こうえん");
    type({"convert"});
    EXPECT_EQ(written(), "公園");
    EXPECT_TRUE(find("candidate:0")->selected);
    EXPECT_TRUE(find("candidate:0")->tells_answer) << "for headphones alone";
    EXPECT_EQ(find("candidate:1")->name, "講演");
    tap("candidate:1");
    EXPECT_EQ(answer(), "講演");
    tap("next");
    EXPECT_EQ(answer(), "講演");
    EXPECT_NE(stage_->visit().question, "q1");
}

TEST_F(WritingScreenTest, AWordThatIsOfferedWhileTypingBecomesText) {
    ask(Language::JaEasy);
    type({"こ"});
    tap("candidate:0");
    EXPECT_EQ(answer(), "公園");
    EXPECT_FALSE(see("candidate:0"));
    type({"の"});
    EXPECT_EQ(written(), "公園の");
}

TEST_F(WritingScreenTest, WhatIsBeingComposedIsKeptWhicheverWayOneGoes) {
    question().phrases = {words("よい", "Fine")};
    for (const char* way : {"next", "back"}) {
        ask(Language::Ja);
        tap("page-more");
        type({"き"});
        if (std::string_view(way) == "back") tap("page-back");
        tap(way);
        EXPECT_EQ(answer(), "き") << way;
        EXPECT_NE(stage_->visit().question, "q1");
    }
}

TEST_F(WritingScreenTest, SkippingLeavesNothing) {
    ask(Language::Ja);
    type({"き"});
    tap("skip");
    EXPECT_EQ(answer(), "");
    tap("back");
    ASSERT_EQ(stage_->visit().question, "q1");
    type({"み"});
    EXPECT_EQ(answer(), "み");
}

TEST_F(WritingScreenTest, AnotherBoardIsOneTouchAway) {
    ask(Language::Ja);
    type({"き", "board:latin", "shift"});
    EXPECT_TRUE(find("key:shift")->selected);
    type({"A", "b", "board:kana", "signs", "？"});
    EXPECT_EQ(answer(), "きAb？");
    tap("clear");
    EXPECT_EQ(answer(), "");
    EXPECT_FALSE(may_press("key:delete"));
}

TEST_F(WritingScreenTest, HangulBecomesSyllables) {
    ask(Language::Ko);
    type({"ㄱ", "ㅗ", "ㅇ", "ㅇ", "ㅜ", "ㅓ", "ㄴ"});
    EXPECT_EQ(written(), "공원");
    EXPECT_EQ(find("key:ㄱ")->name, "기역");
    tap("next");
    EXPECT_EQ(answer(), "공원");
}

TEST_F(WritingScreenTest, VietnameseIsComposed) {
    ask(Language::Vi);
    type({"d", "stroke", "e", "circumflex", "dot", "p"});
    EXPECT_EQ(answer(), "\u0111\u1EC7p");
}

TEST_F(WritingScreenTest, LettersOfPinyinStayWithoutItsDictionaries) {
    ask(Language::ZhHant);
    EXPECT_TRUE(see("no-conversion"));
    type({"a"});
    EXPECT_EQ(answer(), "a");
}

TEST_F(WritingScreenTest, PinyinIsWrittenInTheScriptOfThePerson) {
    engines_.pinyin = engines_of_this_machine().pinyin;
    ask(Language::ZhHant);
    EXPECT_FALSE(see("no-conversion"));
    EXPECT_EQ(find("key:commit")->name, "確定");
    type({"c", "e", "s", "u", "o"});
    EXPECT_EQ(find("candidate:0")->name, "廁所");
    tap("candidate:0");
    EXPECT_EQ(answer(), "廁所");
}

TEST_F(WritingScreenTest, SaysWhenNoMoreHasRoom) {
    question().max_length = 3;
    ask(Language::En);
    type({"a", "b"});
    EXPECT_EQ(find("count")->name, "2 / 3");
    EXPECT_FALSE(see("full"));
    type({"c", "d"});
    EXPECT_EQ(answer(), "abc");
    EXPECT_TRUE(see("full"));
    type({"delete"});
    EXPECT_FALSE(see("full"));
    EXPECT_TRUE(may_press("next"));
}

TEST_F(WritingScreenTest, AConvertedWordThatHasNoRoomStaysKana) {
    question().max_length = 2;
    words_.parts = {{"記録係"}};
    ask(Language::Ja);
    type({"き", "ろ", "convert"});
    tap("next");
    EXPECT_EQ(answer(), "きろ");
}

TEST_F(WritingScreenTest, PointsAtContactDetailsAndBlocksNothing) {
    ask(Language::En);
    type({"0", "6", "-", "6", "9", "1", "5", "-", "9", "9", "8"});
    EXPECT_FALSE(see("contact:telephone"));
    type({"7"});
    EXPECT_TRUE(see("contact:telephone"));
    EXPECT_TRUE(may_press("next"));
    type({"delete"});
    EXPECT_FALSE(see("contact:telephone"));
}

TEST_F(WritingScreenTest, SaysWhenThereIsNoConversion) {
    engines_ = {};
    ask(Language::Ja);
    EXPECT_TRUE(see("no-conversion"));
    type({"き"});
    EXPECT_FALSE(may_press("key:convert"));
    EXPECT_EQ(answer(), "き");
    type({"board:latin"});
    EXPECT_FALSE(see("no-conversion"));
}

TEST_F(WritingScreenTest, AConverterThatStartsBlocksNothingAndIsLookedAtAgain) {
    words_.state = ConverterState::Starting;
    ask(Language::Ja);
    type({"き"});
    EXPECT_EQ(answer(), "き");
    EXPECT_FALSE(see("no-conversion"));
    EXPECT_FALSE(may_press("key:convert"));
    wait(Milliseconds{1'000});
    const auto due = stage_->next_frame_due(now());
    ASSERT_TRUE(due);
    EXPECT_LE(*due, now().monotonic + Milliseconds{200});
    words_.state = ConverterState::Ready;
    wait(Milliseconds{200});
    EXPECT_TRUE(may_press("key:convert"));
    words_.state = ConverterState::Ended;
    wait(Milliseconds{200});
    EXPECT_TRUE(see("no-conversion"));
    EXPECT_EQ(written(), "き");
}

TEST_F(WritingScreenTest, APhraseIsWrittenWholeAndTakenBack) {
    question().phrases = {words("{良|よ}い", "It is fine."),
                          words("{長|なが}い", "It takes long.")};
    ask(Language::En);
    EXPECT_EQ(find("phrase:0")->name, "It is fine.");
    EXPECT_FALSE(may_press("next"));
    tap("phrase:0");
    tap("phrase:1");
    EXPECT_EQ(answer(), "It is fine. It takes long.");
    EXPECT_TRUE(find("phrase:1")->selected);
    tap("phrase:0");
    EXPECT_EQ(answer(), "It takes long.");
    EXPECT_FALSE(find("phrase:0")->selected);
    tap("page-more");
    type({"space", "o"});
    EXPECT_EQ(answer(), "It takes long. o");
    tap("next");
    EXPECT_NE(stage_->visit().question, "q1");
}

TEST_F(WritingScreenTest, APhraseIsWrittenWithoutItsRuby) {
    question().phrases = {words("{良|よ}い", "Fine")};
    ask(Language::Ja);
    tap("phrase:0");
    EXPECT_EQ(answer(), "良い");
}

TEST_F(WritingScreenTest, AnotherLanguageGoesOnWithTheText) {
    ask(Language::Ja);
    type({"き"});
    tap("language:en");
    EXPECT_EQ(written(), "き");
    type({"a"});
    EXPECT_EQ(answer(), "きa");
    tap("language:ja");
    type({"み"});
    EXPECT_EQ(answer(), "きaみ");
}

TEST_F(WritingScreenTest, AskedWhetherSomebodyIsThereOneGoesOnWriting) {
    ask(Language::Ja);
    type({"き"});
    wait(kIdleBeforeWarning);
    ASSERT_EQ(overlay(), Overlay::StillThere);
    tap("more-time");
    type({"み", "convert"});
    EXPECT_EQ(answer(), "公園");
}

TEST_F(WritingScreenTest, NothingIsLeftWhicheverWayTheVisitEnds) {
    const auto written_again = [&] {
        go(Language::Ja);
        return written().find("き") != std::string::npos;
    };
    // The time is over.
    ask(Language::Ja);
    type({"き"});
    EXPECT_TRUE(words_.is_alive);
    wait(kIdleBeforeWarning + kWarningLasts);
    EXPECT_EQ(screen(), Screen::Attract);
    EXPECT_FALSE(words_.is_alive);
    EXPECT_FALSE(written_again());
    // Who leaves.
    type({"き"});
    tap("quit");
    tap("forget");
    EXPECT_FALSE(words_.is_alive);
    EXPECT_FALSE(written_again());
    // Who finishes.
    type({"き"});
    for (const char* way : {"next", "skip", "finish", "skip", "submit"}) tap(way);
    EXPECT_EQ(screen(), Screen::Saving);
    EXPECT_FALSE(words_.is_alive);
    ASSERT_TRUE(stage_->take_response());
    stage_->saved(now());
    tap("finish");
    EXPECT_FALSE(written_again());
    // Whoever switches the kiosk off.
    type({"き"});
    EXPECT_TRUE(words_.is_alive);
    stage_.reset();
    EXPECT_FALSE(words_.is_alive);
}

TEST_F(WritingScreenTest, AskingSkippingAndTheNoticeAreThereInEveryLanguageAndShape) {
    question().phrases = {words("よい", "Fine")};
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}})
        for (const Language language : kAllLanguages) {
            SCOPED_TRACE(std::string(tag_of(language)) + " " + std::to_string(width));
            ask(language, width, height);
            for (const char* page : {"phrase:0", "key:delete"}) {
                EXPECT_TRUE(see(page));
                EXPECT_TRUE(may_press("ask"));
                EXPECT_TRUE(may_press("skip"));
                EXPECT_TRUE(see("note"));
                if (see("page-more")) tap("page-more");
            }
            const Node* note = find("note");
            const Node* keys = find("key:delete");
            ASSERT_TRUE(note != nullptr && keys != nullptr);
            EXPECT_TRUE(note->bounds.bottom() <= keys->bounds.y || width > height);
            tap("ask");
            EXPECT_EQ(overlay(), Overlay::Help);
        }
}

TEST_F(WritingScreenTest, TheKeysAreTheSameInEveryShape) {
    for (const Language language : kAllLanguages) {
        std::vector<std::string> ids[2];
        for (const bool is_wide : {false, true}) {
            ask(language, is_wide ? 1920 : 1080, is_wide ? 1080 : 1920);
            for (const Node& node : stage_->nodes())
                if (node.role == Role::Key) {
                    ids[is_wide].push_back(node.id);
                    EXPECT_FALSE(node.name.empty()) << node.id;
                }
            std::ranges::sort(ids[is_wide]);
        }
        EXPECT_EQ(ids[0], ids[1]) << tag_of(language);
    }
}

/// A whole sentence by the real converter.
TEST_F(WritingScreenTest, MozcConvertsWhatIsTypedOnTheScreen) {
    if (::geteuid() == 0) GTEST_SKIP() << "Mozc does not run as root";
    if (::access("/usr/bin/mozc_emacs_helper", X_OK) != 0) GTEST_SKIP() << "Mozc is not installed";
    engines_ = engines_of_this_machine();
    ask(Language::Ja);
    type({"こ", "う", "え", "ん", "の"});
    for (int i = 0; i < 1'500 && !may_press("key:convert"); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        wait(Milliseconds{10});
    }
    ASSERT_FALSE(see("no-conversion"));
    type({"き", "convert"});
    EXPECT_EQ(written(), "公園の木");
    EXPECT_TRUE(see("candidate:1"));
    tap("next");
    EXPECT_EQ(answer(), "公園の木");
}

}  // namespace
}  // namespace machikoe
