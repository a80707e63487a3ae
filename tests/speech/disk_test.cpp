// SpeakerDrive: both threads, through SDL's driver that writes what would be heard into a file.
//
// Times are counted in the samples of that file, from the one that was next when a key had been
// taken in: a busy machine may stop the test between the two.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <thread>

#include "app/speech/speaker_drive.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

using hearing::ms;
using hearing::Samples;

class DiskTest : public testing::Test {
  protected:
    DiskTest() {
        ::setenv("SDL_AUDIODRIVER", "disk", 1);
        ::setenv("SDL_DISKAUDIOFILE", (folder_ / "heard.raw").c_str(), 1);
        hearing::write_opus(folder_ / "low.opus", hearing::tone(220, 1.0));
        hearing::write_opus(folder_ / "high.opus", hearing::tone(880, 1.0));
        speaker_.set_headphones(true);
        drive_.emplace(speaker_);
    }

    Utterance file(const std::string& name) { return {name, {folder_ / (name + ".opus")}}; }

    static bool wait_until(const std::function<bool()>& is_true) {
        for (int i = 0; i < 4'000; ++i) {
            if (is_true()) return true;
            std::this_thread::sleep_for(Milliseconds{5});
        }
        return false;
    }
    /// Until so much more has been handed to the device.
    void pass(std::size_t milliseconds) {
        const std::uint64_t until = speaker_.frames() + ms(milliseconds);
        EXPECT_TRUE(wait_until([&] { return speaker_.frames() >= until; }));
    }
    bool is_over() {
        return wait_until([&] { return !speaker_.progress().is_underway(); });
    }
    std::size_t now() const { return speaker_.frames(); }

    Samples heard() {
        drive_.reset();
        std::optional<Samples> samples = hearing::read_disk(folder_ / "heard.raw");
        EXPECT_TRUE(samples) << "the ears hear different things";
        return samples.value_or(Samples{});
    }

    hearing::Folder folder_;
    Speaker speaker_;
    std::optional<SpeakerDrive> drive_;
};

TEST_F(DiskTest, SoundWithin100msOfAKeyAndSilenceWithin50OfTheNext) {
    ASSERT_TRUE(drive_->device()) << drive_->device().error().message;
    constexpr std::size_t kRounds = 5;
    std::vector<std::size_t> said, stopped;
    for (std::size_t round = 0; round < kRounds; ++round) {
        pass(200);
        ASSERT_TRUE(speaker_.say(file("low")));
        said.push_back(now());
        pass(500);
        speaker_.stop();
        stopped.push_back(now());
    }
    pass(200);
    const Samples all = heard();
    std::vector<std::size_t> waits;
    std::size_t silent_from = 0;
    for (std::size_t round = 0; round < kRounds; ++round) {
        EXPECT_TRUE(hearing::is_silent(
            std::span(all).subspan(silent_from, said[round] - ms(10) - silent_from)));
        waits.push_back(hearing::first_sound(all, said[round] - ms(10)) - said[round] + ms(10));
        EXPECT_GT(hearing::rms(std::span(all).subspan(stopped[round] - ms(60), ms(50))), 0.002F);
        silent_from = stopped[round] + ms(50);
    }
    EXPECT_TRUE(hearing::is_silent(std::span(all).subspan(silent_from)));
    // The median: on a busy machine the decoder may not get its turn for longer, once.
    std::sort(waits.begin(), waits.end());
    EXPECT_LT(waits[kRounds / 2], ms(100));
}

TEST_F(DiskTest, TheOldClipIsGoneWithin50msOfTheNext) {
    ASSERT_TRUE(speaker_.say(file("low")));
    pass(400);
    ASSERT_TRUE(speaker_.say(file("high")));
    const std::size_t said = now();
    EXPECT_TRUE(is_over());
    pass(100);
    const Samples all = heard();
    EXPECT_FALSE(hearing::is_silent(std::span(all).first(said - ms(20))));
    const auto rest = std::span(all).subspan(said + ms(50));
    EXPECT_NEAR(hearing::pitch_hz(rest), 880, 2);
}

TEST_F(DiskTest, LoudnessIsThatOfTheStepWithinALoudnessUnit) {
    const Samples clip = hearing::tone(1'000, 2.0);
    ASSERT_TRUE(speaker_.say({"tone", {Pcm{clip}}}));
    EXPECT_TRUE(is_over());
    pass(50);
    EXPECT_NEAR(hearing::loudness_lufs(heard()), hearing::loudness_lufs(clip) - 36, 1.0);
    EXPECT_EQ(speaker_.gaps(), 0u);
}

TEST_F(DiskTest, PullingTheHeadphonesEndsPrivateSpeechWithin50ms) {
    speaker_.set_loudspeaker(true);
    ASSERT_TRUE(speaker_.say({"typed", {Pcm{hearing::tone(440, 2.0)}}, Privacy::Private}));
    pass(300);
    speaker_.set_headphones(false);
    const std::size_t pulled = now();
    pass(300);
    const Samples all = heard();
    EXPECT_FALSE(hearing::is_silent(std::span(all).first(pulled - ms(20))));
    EXPECT_TRUE(hearing::is_silent(std::span(all).subspan(pulled + ms(50))));
}

TEST_F(DiskTest, AThousandQuickRequestsLeaveTheLast) {
    for (int i = 0; i < 1'000; ++i) {
        ASSERT_TRUE(speaker_.say(file(i % 2 ? "low" : "high")));
        if (i % 10 == 0) std::this_thread::sleep_for(Milliseconds{1});
    }
    ASSERT_TRUE(speaker_.say(file("low")));
    const std::size_t said = now();
    EXPECT_TRUE(is_over());
    pass(100);
    const Samples all = heard();
    const auto rest = std::span(all).subspan(said + ms(50));
    EXPECT_NEAR(hearing::pitch_hz(rest), 220, 1);
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(rest) - hearing::first_sound(rest)),
                ms(970), ms(60));
    EXPECT_TRUE(speaker_.take_errors().empty());
}

TEST_F(DiskTest, ManyMayAskAtOnce) {
    std::vector<std::jthread> askers;
    for (int i = 0; i < 4; ++i)
        askers.emplace_back([&, i] {
            for (int round = 0; round < 50; ++round) {
                if (i == 0) speaker_.set_headphones(round % 3 != 0);
                if (i == 1) (void)speaker_.say(file("low"));
                if (i == 2 && round % 2) speaker_.pause();
                if (i == 2 && !(round % 2)) speaker_.faster();
                if (i == 3) (void)speaker_.progress();
                std::this_thread::sleep_for(Milliseconds{1});
            }
        });
    askers.clear();
    speaker_.reset();
    speaker_.set_headphones(true);
    ASSERT_TRUE(speaker_.say(file("high")));
    EXPECT_TRUE(is_over());
    EXPECT_EQ(speaker_.progress().state, SpeechState::Ended);
}

/// No device at all: what SDL says of a driver that it does not have.
class DeafTest : public DiskTest {
  protected:
    DeafTest() {
        drive_.reset();
        ::setenv("SDL_AUDIODRIVER", "none-such", 1);
        drive_.emplace(speaker_);
    }
};

TEST_F(DeafTest, WithoutADeviceSpeechTakesItsTimeAndEnds) {
    EXPECT_EQ(drive_->device().error().code, ErrorCode::NotFound);
    const std::size_t said = now();
    ASSERT_TRUE(speaker_.say(file("low")));
    EXPECT_TRUE(wait_until([&] { return speaker_.progress().point.position > Milliseconds{100}; }));
    EXPECT_TRUE(is_over());
    EXPECT_EQ(speaker_.progress().state, SpeechState::Ended);
    EXPECT_GE(now() - said, ms(900));
}

TEST_F(DeafTest, ADeviceIsLookedForAgainAfterEachPerson) {
    ::setenv("SDL_AUDIODRIVER", "disk", 1);
    std::this_thread::sleep_for(Milliseconds{50});
    EXPECT_FALSE(drive_->device());
    speaker_.reset();
    EXPECT_TRUE(wait_until([&] { return drive_->device().has_value(); }));
    ASSERT_TRUE(speaker_.say(file("low")));
    EXPECT_TRUE(is_over());
    EXPECT_FALSE(hearing::is_silent(heard()));
}

}  // namespace
}  // namespace machikoe
