#include "app/voice/sound_clip.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace machikoe {
namespace {

constexpr double kSilence = -100.0;
constexpr double kShortest = 1.2;            // seconds that R 128 is given at least
constexpr double kHighestPeak = 0.79432823;  // -2 dB
constexpr double kLead = 0.040, kTail = 0.060;
// -42 dB of the peak in 30 ms.  Where the Japanese voice is silent it has noise of -50 dB, and up
// to -44 in 10 ms.
constexpr double kWindow = 0.030;
constexpr double kAudible = 0.008;
constexpr double kFaintest = 1e-4;  // peak of something to be heard

struct CloseMeter {
    void operator()(ebur128_state* meter) const { ebur128_destroy(&meter); }
};
using Meter = std::unique_ptr<ebur128_state, CloseMeter>;

/// A meter that has heard the sound, as often as it needs.
Meter heard(const Sound& sound, int mode) {
    Meter meter(ebur128_init(1, static_cast<unsigned long>(sound.rate), mode));
    if (!meter || sound.samples.empty()) return nullptr;
    const int times = std::max(1, static_cast<int>(std::ceil(kShortest / sound.seconds())));
    for (int i = 0; i < times; ++i)
        if (ebur128_add_frames_float(meter.get(), sound.samples.data(), sound.samples.size()) !=
            EBUR128_SUCCESS)
            return nullptr;
    return meter;
}

std::uint32_t little(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

/// Straight up to 3/4 of the limit, then ever flatter towards it.
float rounded_peak(float x) {
    constexpr double kKnee = 0.75 * kHighestPeak, kRoom = kHighestPeak - kKnee;
    const double size = std::abs(static_cast<double>(x));
    if (size <= kKnee) return x;
    const double bent = kKnee + kRoom * std::tanh((size - kKnee) / kRoom);
    return static_cast<float>(std::copysign(bent, static_cast<double>(x)));
}

}  // namespace

Result<Sound> parse_wav(std::string_view bytes) {
    if (bytes.size() < 12 || bytes.substr(0, 4) != "RIFF" || bytes.substr(8, 4) != "WAVE")
        return fail(ErrorCode::Invalid, "no WAV file");
    std::uint32_t channels = 0, rate = 0;
    bool pcm = false;
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const std::string_view name = bytes.substr(at, 4);
        const std::size_t size =
            std::min<std::size_t>(little(bytes, at + 4, 4), bytes.size() - at - 8);
        at += 8;
        if (name == "fmt " && size >= 16) {
            pcm = little(bytes, at, 2) == 1 && little(bytes, at + 14, 2) == 16;
            channels = little(bytes, at + 2, 2);
            rate = little(bytes, at + 4, 4);
        } else if (name == "data") {
            if (!pcm || channels < 1 || channels > 8 || rate < 8000 || rate > 192'000)
                return fail(ErrorCode::Invalid, "no WAV file of 16-bit PCM");
            Sound sound;
            sound.rate = static_cast<int>(rate);
            const std::size_t frame = 2 * channels;
            for (std::size_t i = at; i + frame <= at + size; i += frame) {
                float sum = 0;
                for (std::size_t c = 0; c < channels; ++c)
                    sum += static_cast<std::int16_t>(little(bytes, i + 2 * c, 2));
                sound.samples.push_back(sum / (32'768.0f * static_cast<float>(channels)));
            }
            return sound;
        }
        at += size + size % 2;
    }
    return fail(ErrorCode::Invalid, "a WAV file without samples");
}

double loudness_of(const Sound& sound) {
    const Meter meter = heard(sound, EBUR128_MODE_I);
    double lufs = kSilence;
    if (!meter || ebur128_loudness_global(meter.get(), &lufs) != EBUR128_SUCCESS) return kSilence;
    return std::isfinite(lufs) ? lufs : kSilence;
}

double peak_of(const Sound& sound) {
    float peak = 0;
    for (const float sample : sound.samples) peak = std::max(peak, std::abs(sample));
    return static_cast<double>(peak);
}

Silence silence_around(const Sound& sound) {
    const double peak = peak_of(sound);
    const std::size_t size = sound.samples.size();
    if (peak < kFaintest) return {.before = size, .after = size};
    const auto window = static_cast<std::size_t>(kWindow * sound.rate);
    std::size_t first = size, last = 0;
    for (std::size_t begin = 0; begin < size; begin += window) {
        const std::size_t end = std::min(begin + window, size);
        double energy = 0;
        for (std::size_t i = begin; i < end; ++i)
            energy += static_cast<double>(sound.samples[i]) * static_cast<double>(sound.samples[i]);
        if (std::sqrt(energy / static_cast<double>(end - begin)) <= kAudible * peak) continue;
        first = std::min(first, begin);
        last = end;
    }
    return {.before = first, .after = size - last};
}

Sound trimmed(const Sound& sound) {
    const Silence silence = silence_around(sound);
    Sound kept;
    kept.rate = sound.rate;
    if (silence.before == sound.samples.size()) return kept;
    const auto too_much = [&](std::size_t is, double wanted) {
        const auto stays = std::min(is, static_cast<std::size_t>(wanted * sound.rate));
        return static_cast<std::ptrdiff_t>(is - stays);
    };
    kept.samples.assign(sound.samples.begin() + too_much(silence.before, kLead),
                        sound.samples.end() - too_much(silence.after, kTail));
    return kept;
}

Sound levelled(const Sound& sound) {
    Sound result = sound;
    // Rounding peaks takes a little loudness away, so the gain is found in a few steps.
    double gain_db = kTargetLufs - loudness_of(sound);
    for (int step = 0; step < 4; ++step) {
        const auto gain = static_cast<float>(std::pow(10.0, gain_db / 20.0));
        for (std::size_t i = 0; i < sound.samples.size(); ++i)
            result.samples[i] = rounded_peak(sound.samples[i] * gain);
        const double missing = kTargetLufs - loudness_of(result);
        if (std::abs(missing) < 0.05) break;
        gain_db += missing;
    }
    return result;
}

}  // namespace machikoe
