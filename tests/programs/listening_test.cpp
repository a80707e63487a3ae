// A whole visit by somebody who sees nothing: the kiosk program, keys of a keyboard, and what was
// said.  The listener knows nothing of the screen and decides by what it heard alone.
#include <algorithm>
#include <array>

#include "tests/programs/kiosk_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class ListeningTest : public KioskProgramTest {
  protected:
    void SetUp() override {
        KioskProgramTest::SetUp();
        ::setenv("SDL_AUDIODRIVER", "dummy", 1);
        server_ = start_server();
    }
    void start_with(const std::string& keypad) {
        std::ofstream(folder_ / "keypad.yaml") << keypad;
        kiosk_ = start_kiosk(
            enrolled({"--size", "1080x1920", "--drawing", "cpu", "--development", "--keypad",
                      (folder_ / "keypad.yaml").string(), "--spoken", spoken().string()}));
        for (int i = 0; i < 600 && !(has(kiosk_->output_so_far(), "first frame") &&
                                     has(kiosk_->output_so_far(), "speech: "));
             ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    void TearDown() override {
        if (kiosk_) kiosk_->send(SIGTERM), kiosk_->wait();
        if (server_) stop(*server_);
        KioskProgramTest::TearDown();
    }
    std::filesystem::path spoken() const { return folder_ / "spoken.txt"; }

    /// What is said from now on, until nothing new has been for a while.
    std::string hear() {
        std::string heard;
        int quiet = 0;
        for (int i = 0; i < 300 && (heard.empty() || quiet < 8); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            const std::string all = bytes_of(spoken());
            quiet = all.size() == heard_ ? quiet + 1 : 0;
            heard += all.substr(heard_);
            heard_ = all.size();
        }
        everything_ += heard;
        return heard;
    }
    std::string press(const std::string& key) {
        ++presses_;
        EXPECT_EQ(std::system(("xdotool key " + key).c_str()), 0);
        return hear();
    }
    static bool has(const std::string& heard, const std::string& words) {
        return heard.find(words) != std::string::npos;
    }
    /// Goes on until one of them is heard at the place that the focus has come to.
    std::string find(const std::vector<std::string>& wanted) {
        constexpr int kMostPresses = 60;
        for (int i = 0; i < kMostPresses; ++i) {
            const std::string last = last_line(press(next_));
            for (const std::string& words : wanted)
                if (has(last, words)) return last;
        }
        throw std::runtime_error("never heard: " + wanted.front() + "\nheard in all:\n" +
                                 everything_);
    }
    static std::string last_line(const std::string& text) {
        const std::size_t end = text.find_last_not_of('\n');
        if (end == std::string::npos) return "";
        const std::size_t begin = text.rfind('\n', end);
        return text.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
    }
    std::string choose(const std::string& words) {
        find({words});
        return press(enter_);
    }
    /// Answers what is asked until one of the questions leads to something else.
    std::string answer_until(const std::string& ending, std::string heard) {
        for (int i = 0; i < 20 && !has(heard, ending) && !HasFailure(); ++i) {
            const std::string found =
                find({"en: not chosen", "Skip | en: button", "Next | en: button"});
            if (has(found, "not chosen")) {
                EXPECT_THAT(press(enter_), HasSubstr("en: Chosen"));
                find({"Next | en: button"});
            }
            heard = press(enter_);
            ++answered_;
        }
        EXPECT_THAT(heard, HasSubstr(ending));
        return heard;
    }

    void whole_visit() {
        const std::string welcome = press(next_);
        EXPECT_THAT(welcome, HasSubstr("ja: 音声で案内します"));
        EXPECT_THAT(welcome, HasSubstr("en: This kiosk speaks"));
        EXPECT_THAT(choose("en: English"), HasSubstr("How much time do you have?"));
        if (!curtain_.empty()) {
            EXPECT_THAT(press(curtain_), HasSubstr("The screen is hidden"));
        }
        EXPECT_THAT(choose("About 1 minute"), HasSubstr("Which topic"));
        press_first_topic();
        std::string heard = choose("Answer questions");
        heard = answer_until("Which topic", heard);
        const int on_topic = std::exchange(answered_, 0);
        EXPECT_GT(on_topic, 0);
        heard = choose("Finish and send");
        answer_until("Please check before you send", heard);
        const std::string thanks = choose("Send my answers");
        EXPECT_TRUE(has(thanks, "Thank you very much") || has(hear(), "Thank you very much"));
        for (int i = 0; i < 200 && on_server() == 0; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        EXPECT_EQ(on_server(), 1);
    }
    void press_first_topic() {
        find({"| en: button"});
        press(enter_);
    }

    std::string next_ = "Down", enter_ = "Return", curtain_ = "F4";
    int presses_ = 0, answered_ = 0;
    std::size_t heard_ = 0;
    std::string everything_;
    std::unique_ptr<Process> server_, kiosk_;
};

TEST_F(ListeningTest, AWholeVisitByKeypadBehindTheCurtain) {
    start_with("headphones: fixed\n");
    whole_visit();
    RecordProperty("presses", presses_);
}

TEST_F(ListeningTest, AWholeVisitWithTwoSwitches) {
    next_ = "F9";
    enter_ = "F10";
    curtain_ = "";
    start_with("headphones: fixed\nroute: actions\nkeys:\n  next: [f9]\n  enter: [f10]\n");
    whole_visit();
    RecordProperty("presses", presses_);
}

}  // namespace
}  // namespace machikoe
