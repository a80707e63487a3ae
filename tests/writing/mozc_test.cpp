// Mozc: what it answers, what it leaves behind, and what becomes of a helper that is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>

#include "app/base/file.h"
#include "app/writing/kana_composer.h"
#include "app/writing/line_process.h"
#include "app/writing/mozc_reply.h"
#include "tests/writing/keys.h"
#include "tests/writing/mozc_fixture.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;

constexpr std::string_view kReply =
    R"s(((emacs-event-id . 7)(emacs-session-id . 1)(output . ((id . "12")(consumed . t)(preedit . ((cursor . 2)(segment ((annotation . highlight)(value . "公園")(key . "こうえん"))((annotation . underline)(value . "の \"\\")))(highlighted-position . 0)))(all-candidate-words . ((focused-index . 1)(candidates ((id . 0)(index . 0)(value . "講演"))((id . 1)(index . 1)(value . "公園")))))))))s";

TEST(MozcReplyTest, TakesPartsAndCandidates) {
    const auto reply = parse_mozc_reply(kReply, 7);
    ASSERT_TRUE(reply);
    EXPECT_THAT(reply->parts, ElementsAre("公園", "の \"\\"));
    EXPECT_EQ(reply->highlighted, 0u);
    ASSERT_EQ(reply->candidates.size(), 2u);
    EXPECT_EQ(reply->candidates[1].value, "公園");
    EXPECT_EQ(reply->focused, 1u);
}

TEST(MozcReplyTest, RefusesAnythingElse) {
    for (std::size_t size = 0; size < kReply.size(); ++size)
        EXPECT_FALSE(parse_mozc_reply(kReply.substr(0, size), 7)) << size;
    EXPECT_FALSE(parse_mozc_reply(kReply, 8));
    for (const std::string& line :
         {std::string("((error . session-error)(message . \"Session failed\"))"), std::string("t"),
          std::string("((emacs-event-id . 7))"), std::string("((emacs-event-id . x)(output . ()))"),
          std::string("(output . ())(emacs-event-id . 7)"), std::string(5000, '('),
          std::string("\xff\xfe\0(", 4), std::string("\"\\")}) {
        const auto reply = parse_mozc_reply(line, 7);
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::Invalid);
    }
}

class MozcTest : public MozcFixture {
  protected:
    void SetUp() override {
        MozcFixture::SetUp();
        if (!is_mozc_there()) GTEST_SKIP() << "packages mozc-server, emacs-mozc-bin";
    }
};

/// Names and bytes of every file below a folder.
std::string everything_in(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        all += entry.path().string() + "\n";
        if (entry.is_regular_file()) all += load_file(entry.path()).value_or("");
    }
    return all;
}

bool is_written(const fs::path& home, const char* file) {
    return fs::exists(home / ".config/mozc" / file);
}

TEST_F(MozcTest, SuggestsAndConverts) {
    auto mozc = session();
    ASSERT_EQ(settled(*mozc), ConverterState::Ready);
    const auto words = mozc->suggest("こうえ");
    ASSERT_TRUE(words);
    EXPECT_THAT(*words, Contains("公園"));
    EXPECT_THAT(*mozc->suggest("こうえんで"), testing::Not(Contains("講演会")));
    const auto converted = mozc->convert("こうえんであそぶ");
    ASSERT_TRUE(converted);
    EXPECT_THAT(converted->parts, ElementsAre("公園で", "遊ぶ"));
    const auto second = mozc->focus(1);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->focused, 1u);
    EXPECT_THAT(second->candidates, Contains("遊ぶ"));
    const auto kana = std::ranges::find(second->candidates, std::string("あそぶ"));
    ASSERT_NE(kana, second->candidates.end());
    const auto chosen = mozc->choose(static_cast<std::size_t>(kana - second->candidates.begin()));
    ASSERT_TRUE(chosen);
    EXPECT_THAT(chosen->parts, ElementsAre("公園で", "あそぶ"));
    EXPECT_THAT(mozc->choose(0)->parts[1], testing::StrEq(second->candidates[0]));
    EXPECT_TRUE(mozc->drop());
    EXPECT_THAT(mozc->convert("ごみ")->parts, ElementsAre(testing::AnyOf("ゴミ", "ごみ")));
}

TEST_F(MozcTest, WritesDigitsSignsAndCorrections) {
    Hand hand(kana_composer(session()), BoardKind::Kana);
    for (int i = 0; i < 500 && hand.conversion() == Conversion::Starting; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_EQ(hand.conversion(), Conversion::Ready);
    hand.type("3か{voiced}つのもよおし{convert}");
    EXPECT_EQ(hand.preedit(), "３月の催し");
    hand.type("{commit}、@/{commit}");
    EXPECT_EQ(hand.screen(), "３月の催し、@/|");
    hand.type("か{voiced}こう{delete}{delete}{delete}き{commit}");
    EXPECT_EQ(hand.screen(), "３月の催し、@/き|");
    EXPECT_EQ(hand.conversion(), Conversion::Ready);
}

TEST_F(MozcTest, LeavesNothingBehind) {
    const fs::path real_home = folder_ / "real";
    fs::create_directory(real_home);
    ::setenv("HOME", real_home.c_str(), 1);
    auto mozc = session();
    ASSERT_EQ(settled(*mozc), ConverterState::Ready);
    const fs::path home = mozc->home();
    EXPECT_EQ(fs::status(home).permissions(), fs::perms::owner_all);
    auto composer = std::make_unique<Hand>(kana_composer(std::move(mozc)), BoardKind::Kana);
    Hand& hand = *composer;
    hand.type(
        "こうえんのといれ{convert}{commit}かいた{voiced}んか{voiced}あふ{voiced}ない{convert}{"
        "commit}");
    EXPECT_EQ(hand.screen(), "公園のトイレ階段が危ない|");
    EXPECT_FALSE(processes_at_home(home).empty());
    const std::string files = everything_in(home);
    for (const char* word : {"公園", "トイレ", "階段", "こうえん", "かいだん"})
        EXPECT_EQ(files.find(word), std::string::npos) << word;
    EXPECT_FALSE(is_written(home, ".history.db"));
    composer.reset();
    EXPECT_FALSE(fs::exists(home));
    EXPECT_EQ(homes(), 1u);  // the real one
    EXPECT_TRUE(processes_at_home(home).empty());
    EXPECT_TRUE(fs::is_empty(real_home));
}

/// What the configuration is for.  The helper is let go in peace, so that the server writes down
/// what it would keep; with Mozc's own settings it does.
TEST_F(MozcTest, LearnsNothingWithItsConfiguration) {
    for (const bool configured : {true, false}) {
        const auto home = TemporaryHome::make({folder_});
        ASSERT_TRUE(home);
        fs::create_directories((*home)->path() / ".config/mozc");
        if (configured) {
            ASSERT_TRUE(configure_mozc((*home)->path()));
        }
        {
            auto helper =
                LineProcess::start({"/bin/sh", "-c",
                                    "{ echo '(0 CreateSession)'; echo '(1 SendKey 1 97 "
                                    "\"こうえん\")'; echo '(2 SendKey 1 space)'; echo '(3 "
                                    "SendKey 1 enter)'; } | mozc_emacs_helper; echo end"},
                                   (*home)->path());
            ASSERT_TRUE(helper);
            std::string last;
            while (last != "end") {
                const auto line = (*helper)->line(Milliseconds{20000});
                ASSERT_TRUE(line && *line);
                last = **line;
            }
        }
        for (int i = 0; i < 30 && !is_written((*home)->path(), ".history.db"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        EXPECT_EQ(is_written((*home)->path(), ".history.db"), !configured);
    }
}

TEST_F(MozcTest, IsNotThereWithoutItsPackages) {
    MozcOptions options = options_;
    options.server = "/usr/lib/mozc/not_there";
    const auto opened = MozcSession::open(options);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(homes(), 0u);
}

class BrokenHelperTest : public MozcFixture {
  protected:
    static constexpr const char* kGoodStart =
        "echo '((mozc-emacs-helper . t))'\n"
        "for n in 0 1 2; do read line; echo \"((emacs-event-id . $n)(output . ()))\"; done\n";
    /// Typing goes on in kana, soon, and nothing is left.
    void expect_kana_only(const std::string& script) {
        helper_is(script);
        auto mozc = session();
        ASSERT_TRUE(mozc);
        settled(*mozc);
        const fs::path home = mozc->home();
        Hand hand(kana_composer(std::move(mozc)), BoardKind::Kana);
        const auto start = std::chrono::steady_clock::now();
        hand.type("こうえん{convert}{commit}");
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
        EXPECT_EQ(hand.screen(), "こうえん|");
        EXPECT_EQ(hand.conversion(), Conversion::Unavailable);
        EXPECT_FALSE(fs::exists(home));
        EXPECT_TRUE(processes_at_home(home).empty());
    }
};

TEST_F(BrokenHelperTest, OneThatDiesAtOnce) {
    expect_kana_only("exit 1\n");
}
TEST_F(BrokenHelperTest, OneThatDiesLater) {
    expect_kana_only(std::string(kGoodStart) + "read line; exit 0\n");
}
TEST_F(BrokenHelperTest, OneThatHangs) {
    expect_kana_only(std::string(kGoodStart) + "sleep 1000\n");
}
TEST_F(BrokenHelperTest, OneThatNeverStarts) {
    options_.start_deadline = Milliseconds{300};
    expect_kana_only("sleep 1000\n");
}
TEST_F(BrokenHelperTest, OneThatTalksNonsense) {
    expect_kana_only(std::string(kGoodStart) + "while read line; do echo nonsense; done\n");
    expect_kana_only("while true; do echo nonsense; done\n");
}
TEST_F(BrokenHelperTest, OneWhoseLineDoesNotEnd) {
    expect_kana_only(std::string(kGoodStart) + "while true; do printf aaaaaaaaaaaaaaaa; done\n");
}
TEST_F(BrokenHelperTest, OneThatAnswersSomethingElse) {
    expect_kana_only(std::string(kGoodStart) +
                     "while read line; do echo '((emacs-event-id . 999)(output . ()))'; done\n");
}
TEST_F(BrokenHelperTest, OneThatLeavesAProcessBehindInItsOwnSession) {
    expect_kana_only("setsid sleep 1000 &\n" + std::string(kGoodStart) + "sleep 1000\n");
}

using TemporaryHomeTest = MozcFixture;

TEST_F(TemporaryHomeTest, IsOnlyWhereNothingReachesADisk) {
    const auto made = TemporaryHome::make({"/usr", "/no such folder"});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Unavailable);
}

TEST_F(TemporaryHomeTest, ClearsAwayWhatAKilledProgramLeft) {
    const pid_t kiosk = ::fork();
    if (kiosk == 0) {
        const auto made = TemporaryHome::make({folder_});
        const auto left = LineProcess::start({"/bin/sh", "-c", "sleep 1000"}, (*made)->path());
        std::ofstream((*made)->path() / "text") << "こうえん";
        ::kill(::getpid(), SIGKILL);
    }
    int ended = 0;
    ASSERT_EQ(::waitpid(kiosk, &ended, 0), kiosk);
    ASSERT_EQ(homes(), 1u);
    const fs::path left = fs::directory_iterator(folder_)->path();
    ASSERT_FALSE(processes_at_home(left).empty());
    const auto mine = TemporaryHome::make({folder_});
    ASSERT_TRUE(mine);
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(processes_at_home(left).empty());
    const auto another = TemporaryHome::make({folder_});
    EXPECT_TRUE(fs::exists((*mine)->path()));  // is in use
    EXPECT_EQ(homes(), 2u);
}

}  // namespace
}  // namespace machikoe
