// Clips: files and samples, opened, sought in, damaged, slowed down and sped up.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "app/base/file.h"
#include "app/speech/clip_reader.h"
#include "app/speech/stretcher.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

using hearing::tone;

struct Heard {
    hearing::Samples samples;
    int holes = 0;
};

Heard read_all(ClipReader& reader) {
    Heard heard;
    std::vector<std::int16_t> piece(5'760);
    for (int reads = 0; reads < 10'000; ++reads) {
        const Result<std::size_t> count = reader.read(piece);
        if (!count) {
            EXPECT_EQ(count.error().code, ErrorCode::Corrupt);
            ++heard.holes;
            continue;
        }
        if (*count == 0) return heard;
        for (std::size_t i = 0; i < *count; ++i)
            heard.samples.push_back(static_cast<float>(piece[i]) / 32'767);
    }
    ADD_FAILURE() << "never ends";
    return heard;
}

class ClipTest : public testing::Test {
  protected:
    hearing::Folder folder_;
};

TEST_F(ClipTest, AnOpusFileComesOutAsLongAsItWentIn) {
    hearing::write_opus(folder_ / "a.opus", tone(440, 1.0));
    const SpeechClip clip = folder_ / "a.opus";
    auto reader = open_clip(clip);
    ASSERT_TRUE(reader) << reader.error().message;
    const Heard heard = read_all(**reader);
    EXPECT_EQ(heard.samples.size(), 48'000u);
    EXPECT_EQ(heard.holes, 0);
    EXPECT_NEAR(hearing::pitch_hz(heard.samples), 440, 1);
    EXPECT_NEAR(hearing::rms(heard.samples), 0.3 / std::sqrt(2.0), 0.01);
}

TEST_F(ClipTest, SeekingGoesToTheMillisecond) {
    hearing::write_opus(folder_ / "a.opus", tone(440, 1.0));
    const SpeechClip file = folder_ / "a.opus";
    const SpeechClip memory = Pcm{tone(440, 1.0, 16'000), 16'000};
    for (const auto& [clip, rate] : {std::pair{&file, 48'000u}, {&memory, 16'000u}}) {
        auto reader = open_clip(*clip);
        ASSERT_TRUE(reader);
        (*reader)->seek(Milliseconds{700});
        EXPECT_EQ(read_all(**reader).samples.size(), rate * 3 / 10);
        (*reader)->seek(Milliseconds{5'000});  // past the end is the end
        EXPECT_EQ(read_all(**reader).samples.size(), 0u);
    }
}

TEST_F(ClipTest, WhatIsNoClipIsRefusedWithItsReason) {
    EXPECT_EQ(open_clip(folder_ / "missing.opus").error().code, ErrorCode::NotFound);
    ASSERT_TRUE(replace_file(folder_ / "text.opus", "no sound in here"));
    EXPECT_EQ(open_clip(folder_ / "text.opus").error().code, ErrorCode::Corrupt);
    ASSERT_TRUE(replace_file(folder_ / "empty.opus", ""));
    EXPECT_EQ(open_clip(folder_ / "empty.opus").error().code, ErrorCode::Corrupt);
    hearing::write_opus(folder_ / "stereo.opus", tone(440, 1.0), 2);
    EXPECT_EQ(open_clip(folder_ / "stereo.opus").error().code, ErrorCode::Corrupt);
    EXPECT_EQ(open_clip(Pcm{tone(440, 0.1), 7'999}).error().code, ErrorCode::Invalid);
    EXPECT_EQ(open_clip(Pcm{tone(440, 0.1), 96'001}).error().code, ErrorCode::Invalid);
    EXPECT_EQ(open_clip(Pcm{tone(440, 0.1), 0}).error().code, ErrorCode::Invalid);
}

TEST_F(ClipTest, AHoleIsToldAndTheRestIsRead) {
    hearing::write_opus(folder_ / "a.opus", tone(440, 6.0));
    std::string bytes = load_file(folder_ / "a.opus").value();
    for (std::size_t i = 0; i < 200; ++i) bytes[bytes.size() / 2 + i] ^= 0x5A;
    ASSERT_TRUE(replace_file(folder_ / "a.opus", bytes));
    const SpeechClip clip = folder_ / "a.opus";
    auto reader = open_clip(clip);
    ASSERT_TRUE(reader);
    const Heard heard = read_all(**reader);
    EXPECT_GE(heard.holes, 1);
    EXPECT_GT(heard.samples.size(), 48'000u * 2);
    EXPECT_LT(heard.samples.size(), 48'000u * 6);
}

TEST_F(ClipTest, AFileCutAtAnyLengthEnds) {
    hearing::write_opus(folder_ / "a.opus", tone(440, 0.5));
    const std::string bytes = load_file(folder_ / "a.opus").value();
    for (std::size_t size = 0; size < bytes.size(); size += 37) {
        std::ofstream(folder_ / "cut.opus", std::ios::binary)
            << bytes.substr(0, size) << std::flush;
        const SpeechClip clip = folder_ / "cut.opus";
        if (auto reader = open_clip(clip)) {
            EXPECT_LE(read_all(**reader).samples.size(), 24'000u);
        } else {
            EXPECT_EQ(reader.error().code, ErrorCode::Corrupt) << size;
        }
    }
}

TEST_F(ClipTest, SamplesThatAreNoneAreSilenceOrTheLoudest) {
    const SpeechClip clip = Pcm{{std::numeric_limits<float>::quiet_NaN(), 7.0F, -7.0F, 0.0F}};
    auto reader = open_clip(clip);
    ASSERT_TRUE(reader);
    EXPECT_EQ(read_all(**reader).samples, (hearing::Samples{0, 1, -1, 0}));
}

hearing::Samples stretched(const hearing::Samples& samples, int rate, int speed_percent) {
    Stretcher stretcher(rate, speed_percent);
    std::vector<std::int16_t> in;
    for (const float sample : samples)
        in.push_back(static_cast<std::int16_t>(std::lround(sample * 32'767)));
    stretcher.write(in);
    stretcher.flush();
    hearing::Samples out;
    std::vector<std::int16_t> piece(240);
    while (const std::size_t count = stretcher.read(piece))
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(static_cast<float>(piece[i]) / 32'767);
    return out;
}

TEST(StretcherTest, EveryRateKeepsThePitch) {
    for (const int percent : {50, 75, 100, 125, 150, 175, 200}) {
        const hearing::Samples out = stretched(tone(220, 2.0), 48'000, percent);
        EXPECT_NEAR(static_cast<double>(out.size()) / 48'000, 200.0 / percent, 0.03) << percent;
        EXPECT_NEAR(hearing::pitch_hz(out), 220, 3) << percent;
    }
}

TEST(StretcherTest, OtherSampleRatesSoundAsTheyDid) {
    for (const int rate : {8'000, 16'000, 22'050, 44'100, 96'000})
        for (const int percent : {100, 200}) {
            const hearing::Samples out = stretched(tone(220, 2.0, rate), rate, percent);
            EXPECT_NEAR(static_cast<double>(out.size()) / 48'000, 200.0 / percent, 0.03) << rate;
            EXPECT_NEAR(hearing::pitch_hz(out), 220, 3) << rate;
        }
}

}  // namespace
}  // namespace machikoe
