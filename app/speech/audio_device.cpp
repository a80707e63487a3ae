#include "app/speech/audio_device.h"

#include <SDL2/SDL.h>

#include <array>
#include <chrono>
#include <thread>

#include "app/speech/block_queue.h"

namespace machikoe {
namespace {

// 5.3 ms: two of them before what is asked for is heard, and still nothing for a processor.
constexpr Uint16 kDeviceSamples = 256;
constexpr int kEars = 2;

/// SDL keeps its last error for each thread, and forgets those of its own threads alone.
void forget_thread() {
    SDL_TLSCleanup();
}

class SdlDevice final : public AudioDevice {
  public:
    explicit SdlDevice(RenderAudio render) : render_(std::move(render)) {}
    SdlDevice(const SdlDevice&) = delete;
    SdlDevice& operator=(const SdlDevice&) = delete;
    ~SdlDevice() override {
        if (device_ != 0) SDL_CloseAudioDevice(device_);
        if (is_ready_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
        forget_thread();
    }

    Status open() {
        is_ready_ = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
        if (!is_ready_) return fail(ErrorCode::NotFound, SDL_GetError());
        SDL_AudioSpec wanted{};
        wanted.freq = kSpeechRate;
        wanted.format = AUDIO_F32SYS;
        wanted.channels = kEars;
        wanted.samples = kDeviceSamples;
        wanted.callback = ask;
        wanted.userdata = this;
        device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (device_ == 0) return fail(ErrorCode::NotFound, SDL_GetError());
        SDL_PauseAudioDevice(device_, 0);
        return {};
    }

    bool is_lost() const override { return SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_STOPPED; }

  private:
    static void SDLCALL ask(void* self, Uint8* bytes, int size) {
        const auto ears = std::span(reinterpret_cast<float*>(bytes),
                                    static_cast<std::size_t>(size) / sizeof(float));
        const std::size_t count = ears.size() / kEars;
        static_cast<SdlDevice*>(self)->render_(ears.first(count));
        // From the end: no sample is overwritten before it has been copied.
        for (std::size_t i = count; i-- > 0;) ears[2 * i] = ears[2 * i + 1] = ears[i];
    }

    RenderAudio render_;
    bool is_ready_ = false;
    SDL_AudioDeviceID device_ = 0;
};

class SilentDevice final : public AudioDevice {
  public:
    explicit SilentDevice(RenderAudio render)
        : thread_([render = std::move(render)](const std::stop_token& stop) {
              constexpr std::chrono::milliseconds kStep{10};
              std::array<float, kSpeechRate / 100> unheard{};
              auto next = std::chrono::steady_clock::now();
              while (!stop.stop_requested()) {
                  render(unheard);
                  next += kStep;
                  std::this_thread::sleep_until(next);
              }
          }) {}

    bool is_lost() const override { return false; }

  private:
    std::jthread thread_;
};

}  // namespace

Result<std::unique_ptr<AudioDevice>> open_audio_device(RenderAudio render) {
    auto device = std::make_unique<SdlDevice>(std::move(render));
    if (Status opened = device->open(); !opened) return tl::unexpected(opened.error());
    forget_thread();  // another one may close the device
    return device;
}

std::unique_ptr<AudioDevice> silent_device(RenderAudio render) {
    return std::make_unique<SilentDevice>(std::move(render));
}

}  // namespace machikoe
