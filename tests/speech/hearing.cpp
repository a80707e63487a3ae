#include "tests/speech/hearing.h"

#include <ebur128.h>
#include <opus/opusenc.h>

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>

namespace machikoe::hearing {
namespace {

constexpr float kAudible = 1e-4F;  // -80 dB

}  // namespace

Samples tone(double pitch_hz, double seconds, int rate, float amplitude) {
    Samples samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = amplitude * static_cast<float>(std::sin(2 * std::numbers::pi * pitch_hz *
                                                             static_cast<double>(i) / rate));
    return samples;
}

void write_opus(const std::filesystem::path& path, const Samples& samples, int channels) {
    OggOpusComments* comments = ope_comments_create();
    OggOpusEnc* encoder =
        ope_encoder_create_file(path.c_str(), comments, 48'000, channels, 0, nullptr);
    if (!encoder) std::abort();
    ope_encoder_ctl(encoder, OPUS_SET_BITRATE(64'000));
    ope_encoder_write_float(encoder, samples.data(), static_cast<int>(samples.size()) / channels);
    ope_encoder_drain(encoder);
    ope_encoder_destroy(encoder);
    ope_comments_destroy(comments);
}

Folder::Folder(const std::filesystem::path& where) {
    static std::atomic<int> made{0};
    path_ =
        where / ("machikoe-speech-" + std::to_string(::getpid()) + "-" + std::to_string(++made));
    std::filesystem::create_directories(path_);
}

Folder::~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

std::optional<Samples> read_disk(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    Samples left;
    for (float ears[2]; in.read(reinterpret_cast<char*>(ears), sizeof ears);) {
        if (ears[0] != ears[1]) return std::nullopt;
        left.push_back(ears[0]);
    }
    return left;
}

float rms(std::span<const float> samples) {
    double sum = 0;
    for (const float sample : samples) sum += double{sample} * sample;
    return samples.empty()
               ? 0.0F
               : static_cast<float>(std::sqrt(sum / static_cast<double>(samples.size())));
}

bool is_silent(std::span<const float> samples) {
    return first_sound(samples) == samples.size();
}

std::size_t first_sound(std::span<const float> samples, std::size_t from) {
    while (from < samples.size() && std::abs(samples[from]) < kAudible) ++from;
    return from;
}

std::size_t end_of_sound(std::span<const float> samples) {
    std::size_t end = samples.size();
    while (end > 0 && std::abs(samples[end - 1]) < kAudible) --end;
    return end;
}

double pitch_hz(std::span<const float> samples) {
    const std::size_t edge = ms(50);
    const std::size_t begin = first_sound(samples) + edge;
    const std::size_t end = end_of_sound(samples);
    int crossings = 0;
    std::size_t first = 0, last = 0;
    for (std::size_t i = begin; i + edge < end; ++i) {
        if (samples[i] >= 0 || samples[i + 1] < 0) continue;
        if (crossings++ == 0) first = i;
        last = i;
    }
    return crossings < 2 ? 0 : (crossings - 1) * 48'000.0 / static_cast<double>(last - first);
}

double loudness_lufs(const Samples& samples) {
    ebur128_state* meter = ebur128_init(1, 48'000, EBUR128_MODE_I);
    ebur128_add_frames_float(meter, samples.data(), samples.size());
    double loudness = 0;
    ebur128_loudness_global(meter, &loudness);
    ebur128_destroy(&meter);
    return loudness;
}

}  // namespace machikoe::hearing
