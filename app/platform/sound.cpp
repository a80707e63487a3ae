#include "app/platform/sound.h"

#include <SDL2/SDL.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace machikoe {
namespace {

constexpr int kRate = 48'000;
constexpr float kPitch_hz = 880;
constexpr int kFade = kRate / 50;  // 20 ms: a tone cut off clicks

std::vector<std::int16_t> tone(int volume_percent) {
    const float loudness = static_cast<float>(std::clamp(volume_percent, 0, 100)) / 100;
    std::vector<std::int16_t> samples(kRate);
    for (int i = 0; i < kRate; ++i) {
        const int edge = std::min({i, kRate - 1 - i, kFade});
        const float fade = static_cast<float>(edge) / kFade;
        const float turn = static_cast<float>(i) * kPitch_hz / kRate;
        const float wave = std::sin(2 * std::numbers::pi_v<float> * (turn - std::floor(turn)));
        samples[static_cast<std::size_t>(i)] =
            static_cast<std::int16_t>(32'000 * loudness * fade * wave);
    }
    return samples;
}

Status play(SDL_AudioDeviceID device, const std::vector<std::int16_t>& samples) {
    const auto bytes = static_cast<Uint32>(samples.size() * sizeof samples[0]);
    if (SDL_QueueAudio(device, samples.data(), bytes) != 0)
        return fail(ErrorCode::Unavailable, SDL_GetError());
    SDL_PauseAudioDevice(device, 0);
    constexpr Uint32 kStep_ms = 20, kLongest_ms = 3'000;
    for (Uint32 waited = 0; SDL_GetQueuedAudioSize(device) > 0; waited += kStep_ms) {
        if (waited > kLongest_ms) return fail(ErrorCode::Unavailable, "the device does not play");
        SDL_Delay(kStep_ms);
    }
    return {};
}

}  // namespace

Status play_tone(int volume_percent) {
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return fail(ErrorCode::NotFound, SDL_GetError());
    SDL_AudioSpec wanted{};
    wanted.freq = kRate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;
    Status played = fail(ErrorCode::NotFound, "no audio device");
    if (const SDL_AudioDeviceID device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0)) {
        played = play(device, tone(volume_percent));
        SDL_CloseAudioDevice(device);
    }
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    return played;
}

}  // namespace machikoe
