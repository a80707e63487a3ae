// Speaker: what is heard, driven by hand, so that time is the number of samples.
#include "app/speech/speaker.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/base/file.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

using hearing::ms;
using hearing::Samples;
using hearing::tone;

class SpeakerTest : public testing::Test {
  protected:
    SpeakerTest() {
        hearing::write_opus(folder_ / "low.opus", tone(220, 1.0));
        hearing::write_opus(folder_ / "high.opus", tone(880, 1.0));
        speaker_.set_headphones(true);
    }

    Utterance file(const std::string& name) { return {name, {folder_ / (name + ".opus")}}; }

    /// As a device with buffers of 256 samples and a decoder that keeps up.
    Samples hear(std::size_t milliseconds) {
        Samples heard(ms(milliseconds) / 256 * 256 + 256);
        for (std::size_t i = 0; i < heard.size(); i += 256) {
            while (speaker_.work()) {
            }
            speaker_.render(std::span(heard).subspan(i, 256));
        }
        return heard;
    }

    SpeechState state() { return speaker_.progress().state; }

    hearing::Folder folder_;
    Speaker speaker_;
};

TEST_F(SpeakerTest, NothingIsHeardUntilSomethingIsSaid) {
    EXPECT_TRUE(hearing::is_silent(hear(200)));
    EXPECT_EQ(state(), SpeechState::Nothing);
    EXPECT_EQ(speaker_.gaps(), 0u);
}

TEST_F(SpeakerTest, SoundComesWithin100msAndEndsWithTheClip) {
    hear(100);
    ASSERT_TRUE(speaker_.say(file("low")));
    EXPECT_EQ(state(), SpeechState::Speaking);
    const Samples heard = hear(1'500);
    EXPECT_LT(hearing::first_sound(heard), ms(20));
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(heard)), ms(1'000), ms(30));
    EXPECT_NEAR(hearing::pitch_hz(heard), 220, 1);
    EXPECT_EQ(state(), SpeechState::Ended);
    EXPECT_EQ(speaker_.gaps(), 0u);
}

TEST_F(SpeakerTest, StopIsSilenceWithin50ms) {
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(300);
    speaker_.stop();
    const Samples heard = hear(300);
    EXPECT_GT(hearing::end_of_sound(heard), 0u);  // a fade, no click
    EXPECT_LT(hearing::end_of_sound(heard), ms(10));
    EXPECT_EQ(state(), SpeechState::Stopped);
    EXPECT_NEAR(static_cast<double>(speaker_.progress().point.position.count()), 300, 15);
}

TEST_F(SpeakerTest, TheNextUtteranceCutsOffTheLast) {
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(300);
    ASSERT_TRUE(speaker_.say(file("high")));
    const Samples heard = hear(1'500);
    EXPECT_NEAR(hearing::pitch_hz(std::span(heard).subspan(ms(20))), 880, 2);
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(heard)), ms(1'000), ms(30));
}

TEST_F(SpeakerTest, NoSampleJumps) {
    ASSERT_TRUE(speaker_.say({"a", {Pcm{tone(100, 2.0)}}}));
    Samples heard = hear(203);
    const auto and_then = [&](std::size_t milliseconds) {
        const Samples more = hear(milliseconds);
        heard.insert(heard.end(), more.begin(), more.end());
    };
    speaker_.pause();
    and_then(53);
    speaker_.resume();
    and_then(107);
    speaker_.louder();
    and_then(51);
    ASSERT_TRUE(speaker_.repeat());
    and_then(111);
    speaker_.stop();
    and_then(50);
    // The tone itself moves by 0.3 * 2π * 100 / 48000 a sample, a fade by 0.3 / 240 at most.
    const float gain = gain_of(-30);
    float largest = 0;
    for (std::size_t i = 1; i < heard.size(); ++i)
        largest = std::max(largest, std::abs(heard[i] - heard[i - 1]));
    EXPECT_LT(largest, gain * (0.004F + 0.00125F));
    EXPECT_GT(largest, 0);
}

TEST_F(SpeakerTest, PauseKeepsItsPlace) {
    ASSERT_TRUE(speaker_.say(file("low")));
    const Samples before = hear(400);
    speaker_.pause();
    EXPECT_EQ(state(), SpeechState::Paused);
    const Samples during = hear(2'000);
    EXPECT_LT(hearing::end_of_sound(during), ms(10));
    const SpeechPoint point = speaker_.progress().point;
    EXPECT_NEAR(static_cast<double>(point.position.count()), 410, 15);
    EXPECT_EQ(speaker_.progress().point, point);
    speaker_.resume();
    const Samples after = hear(2'000);
    const std::size_t total = before.size() - hearing::first_sound(before) +
                              hearing::end_of_sound(during) + hearing::end_of_sound(after) -
                              hearing::first_sound(after);
    EXPECT_NEAR(static_cast<double>(total), ms(1'000), ms(30));
    EXPECT_EQ(state(), SpeechState::Ended);
}

TEST_F(SpeakerTest, WhatIsSaidInAPauseIsHeard) {
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(200);
    speaker_.pause();
    hear(100);
    ASSERT_TRUE(speaker_.say(file("high")));
    EXPECT_NEAR(hearing::pitch_hz(hear(500)), 880, 2);
}

TEST_F(SpeakerTest, RepeatSaysTheSameAgain) {
    EXPECT_EQ(speaker_.repeat().error().code, ErrorCode::NotFound);
    ASSERT_TRUE(speaker_.say(file("low")));
    const Samples first = hear(1'500);
    ASSERT_TRUE(speaker_.repeat());
    EXPECT_EQ(hear(1'500), first);
    ASSERT_TRUE(speaker_.repeat());
    hear(300);
    speaker_.stop();
    hear(100);
    ASSERT_TRUE(speaker_.repeat());
    EXPECT_EQ(hear(1'500), first);
}

TEST_F(SpeakerTest, TheProgressNamesTheClipThatIsHeard) {
    ASSERT_TRUE(speaker_.say(
        {"both",
         {folder_ / "low.opus", Pcm{tone(440, 0.5, 16'000), 16'000}, folder_ / "high.opus"}}));
    EXPECT_EQ(speaker_.progress().point, SpeechPoint{});
    hear(900);
    EXPECT_EQ(speaker_.progress().id, "both");
    EXPECT_EQ(speaker_.progress().point.clip, 0u);
    const Samples second = hear(400);
    EXPECT_NEAR(hearing::pitch_hz(std::span(second).subspan(ms(150))), 440, 2);
    EXPECT_EQ(speaker_.progress().point.clip, 1u);
    EXPECT_NEAR(static_cast<double>(speaker_.progress().point.position.count()), 310, 20);
    hear(1'000);
    EXPECT_EQ(speaker_.progress().point.clip, 2u);
    hear(1'000);
    EXPECT_EQ(state(), SpeechState::Ended);
    EXPECT_EQ(speaker_.progress().point.clip, 2u);
}

TEST_F(SpeakerTest, TwiceTheRateIsHalfTheTimeAtTheSamePitch) {
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(speaker_.faster());
    EXPECT_FALSE(speaker_.faster());
    EXPECT_EQ(speaker_.rate_percent(), 200);
    ASSERT_TRUE(speaker_.say(file("low")));
    const Samples fast = hear(1'500);
    EXPECT_LT(hearing::first_sound(fast), ms(100));
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(fast)), ms(500), ms(30));
    EXPECT_NEAR(hearing::pitch_hz(fast), 220, 3);
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(speaker_.slower());
    EXPECT_FALSE(speaker_.slower());
    EXPECT_EQ(speaker_.rate_percent(), 50);
    ASSERT_TRUE(speaker_.repeat());
    const Samples slow = hear(2'500);
    EXPECT_LT(hearing::first_sound(slow), ms(100));
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(slow)), ms(2'000), ms(30));
    EXPECT_NEAR(hearing::pitch_hz(slow), 220, 3);
}

TEST_F(SpeakerTest, AChangeOfRateIsHeardAtOnceAndGoesOnWhereItWas) {
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(400);
    for (int i = 0; i < 4; ++i) speaker_.faster();
    EXPECT_NEAR(static_cast<double>(speaker_.progress().point.position.count()), 400, 20);
    const Samples rest = hear(1'500);
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(rest)), ms(300), ms(30));
    EXPECT_EQ(state(), SpeechState::Ended);
}

TEST_F(SpeakerTest, AChangeOfRateInAPauseStaysPaused) {
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(400);
    speaker_.pause();
    hear(50);
    speaker_.slower();
    EXPECT_TRUE(hearing::is_silent(hear(300)));
    EXPECT_EQ(state(), SpeechState::Paused);
    speaker_.resume();
    EXPECT_FALSE(hearing::is_silent(hear(300)));
}

TEST_F(SpeakerTest, LoudnessFollowsTheStepsWithinALoudnessUnit) {
    const Samples clip = tone(1'000, 3.0);
    const double published = hearing::loudness_lufs(clip);
    hearing::write_opus(folder_ / "long.opus", clip);
    while (speaker_.louder()) {
    }
    EXPECT_EQ(speaker_.volume_db(), 0);
    int steps = 0;
    for (; speaker_.volume_db() >= -42; speaker_.quieter(), ++steps) {
        ASSERT_TRUE(speaker_.say(file("long")));
        EXPECT_NEAR(hearing::loudness_lufs(hear(3'200)), published + speaker_.volume_db(), 1.0);
    }
    EXPECT_EQ(steps, 8);
    while (speaker_.quieter()) {
    }
    EXPECT_EQ(speaker_.volume_db(), -84);
}

TEST_F(SpeakerTest, VolumeStepsAreWhatTheNormsAskFor) {
    for (const Output output : {Output::Headphones, Output::Loudspeaker}) {
        const VolumeRange range = volume_range(output);
        EXPECT_LE(kVolumeStep_db, 10);
        EXPECT_GE(range.highest_db - range.lowest_db, 18);
        EXPECT_EQ(12 % kVolumeStep_db, 0);  // one step is 12 dB above the lowest
        EXPECT_EQ((range.first_db - range.lowest_db) % kVolumeStep_db, 0);
        EXPECT_EQ((range.highest_db - range.first_db) % kVolumeStep_db, 0);
    }
    EXPECT_GE(kRates_percent.size(), 6u);
    EXPECT_LE(kRates_percent.size(), 8u);
    EXPECT_EQ(kRates_percent[kFirstRate], 100);
}

TEST_F(SpeakerTest, NothingIsSaidAloudWithoutHeadphonesOrAChoice) {
    speaker_.set_headphones(false);
    EXPECT_EQ(speaker_.say(file("low")).error().code, ErrorCode::Denied);
    EXPECT_FALSE(speaker_.can_say(Privacy::Public));
    EXPECT_TRUE(hearing::is_silent(hear(300)));
    speaker_.set_loudspeaker(true);
    ASSERT_TRUE(speaker_.say(file("low")));
    EXPECT_FALSE(hearing::is_silent(hear(300)));
    speaker_.set_loudspeaker(false);
    hear(10);
    EXPECT_TRUE(hearing::is_silent(hear(300)));
}

TEST_F(SpeakerTest, PrivateWordsAreNeverSaidAloud) {
    const Utterance secret{"typed", {Pcm{tone(440, 2.0)}}, Privacy::Private};
    speaker_.set_headphones(false);
    speaker_.set_loudspeaker(true);
    EXPECT_FALSE(speaker_.can_say(Privacy::Private));
    EXPECT_EQ(speaker_.say(secret).error().code, ErrorCode::Denied);
    EXPECT_EQ(speaker_.repeat().error().code, ErrorCode::NotFound);
    EXPECT_TRUE(hearing::is_silent(hear(300)));
    speaker_.set_headphones(true);
    ASSERT_TRUE(speaker_.say(secret));
    EXPECT_FALSE(hearing::is_silent(hear(300)));
}

TEST_F(SpeakerTest, ARefusedUtteranceStillEndsTheOneBefore) {
    speaker_.set_headphones(false);
    speaker_.set_loudspeaker(true);
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(200);
    EXPECT_FALSE(speaker_.say({"typed", {Pcm{tone(440, 2.0)}}, Privacy::Private}));
    EXPECT_LT(hearing::end_of_sound(hear(300)), ms(10));
}

TEST_F(SpeakerTest, PullingTheHeadphonesEndsSpeechWithin50msAndNotLouder) {
    speaker_.set_loudspeaker(true);  // 18 dB louder than the headphones are
    ASSERT_TRUE(speaker_.say({"typed", {Pcm{tone(440, 2.0)}}, Privacy::Private}));
    const Samples before = hear(300);
    speaker_.set_headphones(false);
    const Samples heard = hear(300);
    EXPECT_LT(hearing::end_of_sound(heard), ms(10));
    const auto loudest = [](const Samples& samples) {
        return *std::max_element(samples.begin(), samples.end());
    };
    EXPECT_LE(loudest(heard), loudest(before));
    // Who plugs in next may be somebody else.
    speaker_.set_headphones(true);
    EXPECT_EQ(speaker_.repeat().error().code, ErrorCode::NotFound);
}

TEST_F(SpeakerTest, EachOutputHasItsOwnVolume) {
    EXPECT_EQ(speaker_.volume_db(), -36);
    speaker_.louder();
    speaker_.set_headphones(false);
    EXPECT_EQ(speaker_.volume_db(), -18);
    speaker_.set_headphones(true);
    EXPECT_EQ(speaker_.volume_db(), -30);
}

TEST_F(SpeakerTest, ResetForgetsThePerson) {
    speaker_.set_loudspeaker(true);
    speaker_.louder();
    speaker_.faster();
    ASSERT_TRUE(speaker_.say(file("low")));
    hear(200);
    speaker_.pause();
    speaker_.reset();
    EXPECT_EQ(state(), SpeechState::Nothing);
    EXPECT_EQ(speaker_.progress().id, "");
    EXPECT_EQ(speaker_.volume_db(), -36);
    EXPECT_EQ(speaker_.rate_percent(), 100);
    EXPECT_EQ(speaker_.repeat().error().code, ErrorCode::NotFound);
    hear(10);
    EXPECT_TRUE(hearing::is_silent(hear(300)));
    speaker_.set_headphones(false);
    EXPECT_FALSE(speaker_.can_say(Privacy::Public));
}

TEST_F(SpeakerTest, ABadClipCostsItselfAndIsTold) {
    ASSERT_TRUE(replace_file(folder_ / "damaged.opus", "OggS but no more"));
    ASSERT_TRUE(speaker_.say(
        {"some", {folder_ / "missing.opus", folder_ / "low.opus", folder_ / "damaged.opus"}}));
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(hear(1'500))), ms(1'000), ms(30));
    EXPECT_EQ(state(), SpeechState::Ended);
    const std::vector<Error> errors = speaker_.take_errors();
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[0].code, ErrorCode::NotFound);
    EXPECT_NE(errors[0].message.find("missing.opus"), std::string::npos) << errors[0].message;
    EXPECT_EQ(errors[1].code, ErrorCode::Corrupt);
    EXPECT_TRUE(speaker_.take_errors().empty());
}

TEST_F(SpeakerTest, AnUtteranceOfBadClipsEndsAndTheNextOneIsHeard) {
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(speaker_.say({"none", {folder_ / "missing.opus"}}));
        hear(20);
        EXPECT_EQ(state(), SpeechState::Ended);
    }
    EXPECT_EQ(speaker_.take_errors().size(), 16u);
    ASSERT_TRUE(speaker_.say(file("low")));
    EXPECT_LT(hearing::first_sound(hear(300)), ms(20));
}

TEST_F(SpeakerTest, UtterancesWithoutOrWithTooManyClipsAreInvalid) {
    EXPECT_EQ(speaker_.say({"none", {}}).error().code, ErrorCode::Invalid);
    const std::vector<SpeechClip> many(kMostClips + 1, Pcm{});
    EXPECT_EQ(speaker_.say({"many", many}).error().code, ErrorCode::Invalid);
    EXPECT_EQ(state(), SpeechState::Nothing);
}

TEST_F(SpeakerTest, AnEmptyClipTakesNoTime) {
    ASSERT_TRUE(speaker_.say({"a", {Pcm{}, Pcm{}, folder_ / "low.opus"}}));
    EXPECT_LT(hearing::first_sound(hear(300)), ms(20));
    EXPECT_EQ(speaker_.progress().point.clip, 2u);
}

TEST_F(SpeakerTest, ADecoderThatFallsBehindIsCountedAndGoesOn) {
    ASSERT_TRUE(speaker_.say(file("low")));
    while (speaker_.work()) {
    }
    Samples alone(ms(800));
    speaker_.render(alone);  // half a second was decoded, or a packet more
    EXPECT_EQ(speaker_.gaps(), 1u);
    EXPECT_EQ(state(), SpeechState::Speaking);
    EXPECT_NEAR(static_cast<double>(hearing::end_of_sound(hear(900))), ms(450), ms(80));
    EXPECT_EQ(state(), SpeechState::Ended);
}

TEST_F(SpeakerTest, AThousandQuickRequestsLeaveTheLast) {
    for (int i = 0; i < 1'000; ++i) {
        ASSERT_TRUE(speaker_.say(file(i % 2 ? "low" : "high")));
        if (i % 3 == 0) speaker_.work();
        if (i % 7 == 0) hear(1);
    }
    ASSERT_TRUE(speaker_.say(file("low")));
    const Samples heard = hear(1'500);
    EXPECT_NEAR(hearing::pitch_hz(std::span(heard).subspan(ms(20))), 220, 1);
    EXPECT_TRUE(speaker_.take_errors().empty());
}

}  // namespace
}  // namespace machikoe
