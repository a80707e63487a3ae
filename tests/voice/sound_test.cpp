// Clips as sound: levelled, trimmed, packed, opened; damaged bytes are refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "app/voice/sound_clip.h"
#include "tests/voice/wav.h"

namespace machikoe {
namespace {

Sound tone(double seconds, double amplitude, int rate = 48'000) {
    Sound sound;
    sound.rate = rate;
    const auto count = static_cast<std::size_t>(seconds * rate);
    for (std::size_t i = 0; i < count; ++i) {
        const double at = static_cast<double>(i) / rate;
        // Syllables, four a second.
        const double loud = 0.6 + 0.4 * std::sin(2 * std::numbers::pi * 4 * at);
        sound.samples.push_back(
            static_cast<float>(amplitude * loud * std::sin(2 * std::numbers::pi * 440 * at)));
    }
    return sound;
}

Sound with_silence(const Sound& sound, double before, double after) {
    Sound padded;
    padded.rate = sound.rate;
    padded.samples.assign(static_cast<std::size_t>(before * sound.rate), 0.0f);
    padded.samples.insert(padded.samples.end(), sound.samples.begin(), sound.samples.end());
    padded.samples.insert(padded.samples.end(), static_cast<std::size_t>(after * sound.rate), 0.0f);
    return padded;
}

TEST(SoundTest, SilenceAroundSpeechIsCutTo40And60Milliseconds) {
    const Sound kept = trimmed(with_silence(tone(1.0, 0.3), 0.42, 0.8));
    EXPECT_NEAR(kept.seconds(), 1.10, 0.06);
    EXPECT_NEAR(static_cast<double>(silence_around(kept).before), 0.04 * kept.rate, 1440);
    EXPECT_NEAR(static_cast<double>(silence_around(kept).after), 0.06 * kept.rate, 1440);
    EXPECT_NEAR(trimmed(kept).seconds(), kept.seconds(), 0.03);
    // What a voice hisses where it is silent.
    Sound hissing = with_silence(tone(1.0, 0.3), 0.42, 0.8);
    for (std::size_t i = 0; i < hissing.samples.size(); ++i)
        hissing.samples[i] += i % 2 == 0 ? 0.001f : -0.001f;
    EXPECT_NEAR(trimmed(hissing).seconds(), 1.10, 0.06);
    EXPECT_TRUE(trimmed(with_silence(tone(0.5, 0.0), 0.1, 0.1)).samples.empty());
}

TEST(SoundTest, EveryClipIsAsLoudAsEveryOther) {
    for (const double amplitude : {0.004, 0.1, 0.9})
        for (const double seconds : {0.15, 0.5, 4.0}) {
            const Sound level = levelled(tone(seconds, amplitude));
            EXPECT_NEAR(loudness_of(level), kTargetLufs, 0.2) << amplitude << " " << seconds;
            for (const float sample : level.samples) ASSERT_LE(std::abs(sample), 0.7944f);
        }
}

TEST(SoundTest, WhatIsPackedComesBackAsLongAndAsLoud) {
    const Sound level = levelled(tone(2.0, 0.2, 16'000));
    const auto bytes = encode_opus(level);
    ASSERT_TRUE(bytes);
    EXPECT_LT(bytes->size(), 2.0 * kOpusBitsPerSecond / 8 * 1.5 + 500);
    const auto back = decode_opus(*bytes);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->rate, 48'000);
    EXPECT_NEAR(back->seconds(), 2.0, 0.01);
    EXPECT_NEAR(loudness_of(*back), kTargetLufs, kLoudnessTolerance);
    EXPECT_EQ(*encode_opus(level), *bytes);  // the same samples, the same bytes
    EXPECT_FALSE(encode_opus(Sound{}));
}

TEST(SoundTest, AFileThatIsCutShortOrChangedIsRefusedOrDecodesSafely) {
    const std::string bytes = *encode_opus(levelled(tone(0.6, 0.2)));
    std::size_t refused = 0;
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        const auto sound = decode_opus(std::string_view(bytes).substr(0, size));
        refused += sound ? 0 : 1;
        if (!sound) {
            EXPECT_EQ(sound.error().code, ErrorCode::Corrupt);
        }
    }
    EXPECT_GT(refused, 0u);
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x5A);
        static_cast<void>(decode_opus(changed));
    }
}

TEST(SoundTest, AWavFileOfAnyLengthIsReadOrRefused) {
    const std::string bytes = wav_of(tone(0.05, 0.5, 22'050));
    const auto sound = parse_wav(bytes);
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->rate, 22'050);
    EXPECT_NEAR(sound->seconds(), 0.05, 0.001);
    for (std::size_t size = 0; size < 60; ++size)
        static_cast<void>(parse_wav(std::string_view(bytes).substr(0, size)));
    for (std::size_t at = 0; at < 44; ++at)
        for (const char byte : {'\0', '\x01', '\x7F', '\xFF'}) {
            std::string changed = bytes;
            changed[at] = byte;
            static_cast<void>(parse_wav(changed));
        }
    EXPECT_FALSE(parse_wav("RIFF"));
    EXPECT_FALSE(parse_wav(bytes.substr(0, 40)));
}

}  // namespace
}  // namespace machikoe
