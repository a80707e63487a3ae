// SoundClip: one clip of speech as samples and as Opus: levelled, trimmed, packed, opened again.
//
// Loudness is that of EBU R 128 (libebur128), target -20 LUFS, true peak at most -2 dBTP.  What is
// shorter than the 400 ms that R 128 measures by is measured as if it were repeated.  The same
// samples give the same bytes.  Pure, no files; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

struct Sound {
    std::vector<float> samples;  // one channel, -1 … 1
    int rate = 48'000;           // of them each second

    double seconds() const { return static_cast<double>(samples.size()) / rate; }
};

inline constexpr double kTargetLufs = -20.0;
inline constexpr double kLoudnessTolerance = 1.0;  // LU
inline constexpr int kOpusRate = 48'000;
// Carries speech up to 8 kHz.  Measured (docs/voice.md): below 10,000 Opus ends at 4 kHz, and what
// more than 12,000 would buy is hiss above 8 kHz.
inline constexpr int kOpusBitsPerSecond = 12'000;

/// PCM of 16 bits, any rate, any number of channels (mixed to one).  Invalid.
Result<Sound> parse_wav(std::string_view bytes);

/// Below -70: silence.
double loudness_of(const Sound& sound);

/// The largest sample, 1 being full scale.
double peak_of(const Sound& sound);

struct Silence {
    std::size_t before = 0, after = 0;  // in samples
};
/// Around what is louder than -42 dB of the peak; all of it, twice, when nothing is to be heard.
Silence silence_around(const Sound& sound);

/// From 40 ms before the first to 60 ms after the last sound, so that a soft h or f is not cut;
/// empty when it is silent.
Sound trimmed(const Sound& sound);
/// At the target loudness; peaks that would be too high are rounded.
Sound levelled(const Sound& sound);

/// Invalid: the encoder refuses it (no samples, an odd rate).
Result<std::string> encode_opus(const Sound& sound);
/// 48 kHz.  Corrupt: no Opus file of one channel, or cut short.
Result<Sound> decode_opus(std::string_view bytes);

}  // namespace machikoe
