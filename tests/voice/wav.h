// wav_of: samples as a WAV file of 16 bits, as a recording comes.
#pragma once

#include <cstdint>
#include <string>

#include "app/voice/sound_clip.h"

namespace machikoe {

inline std::string wav_of(const Sound& sound) {
    std::string bytes;
    const auto put = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    };
    const auto rate = static_cast<std::uint32_t>(sound.rate);
    const auto size = static_cast<std::uint32_t>(sound.samples.size() * 2);
    bytes += "RIFF";
    put(36 + size, 4);
    bytes += "WAVEfmt ";
    put(16, 4);
    put(1, 2);
    put(1, 2);
    put(rate, 4);
    put(rate * 2, 4);
    put(2, 2);
    put(16, 2);
    bytes += "data";
    put(size, 4);
    for (const float sample : sound.samples)
        put(static_cast<std::uint16_t>(static_cast<std::int16_t>(sample * 32'767.0f)), 2);
    return bytes;
}

}  // namespace machikoe
