// What the tests say, and how they hear it: tones, and measures of samples.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/speech/utterance.h"

namespace machikoe::hearing {

using Samples = std::vector<float>;

/// A sine without fades; amplitude 0.3 unless told.
Samples tone(double pitch_hz, double seconds, int rate = 48'000, float amplitude = 0.3F);

/// An Ogg Opus file of them, at a quality that keeps a tone a tone.
void write_opus(const std::filesystem::path& path, const Samples& samples, int channels = 1);

/// A folder for one test.
class Folder {
  public:
    explicit Folder(const std::filesystem::path& where = std::filesystem::temp_directory_path());
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// One channel of what SDL's disk driver wrote: 32-bit floats, both channels the same, or nothing.
std::optional<Samples> read_disk(const std::filesystem::path& path);

float rms(std::span<const float> samples);
bool is_silent(std::span<const float> samples);
/// Index of the first sample from `from` on that can be heard; the size when there is none.
std::size_t first_sound(std::span<const float> samples, std::size_t from = 0);
/// Behind the last one.
std::size_t end_of_sound(std::span<const float> samples);
/// By zero crossings of the part that can be heard, without its edges.
double pitch_hz(std::span<const float> samples);
/// EBU R 128, integrated.
double loudness_lufs(const Samples& samples);

constexpr std::size_t ms(std::size_t milliseconds) {
    return milliseconds * 48;
}

}  // namespace machikoe::hearing
