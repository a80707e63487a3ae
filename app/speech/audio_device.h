// AudioDevice: whoever asks for samples, at the pace of time.
//
// One by SDL2, which is the machine's loudspeaker or headphones, and one that throws all away where
// there is none, so that what is said takes its time even when nobody can hear it.  Both ask from a
// thread of their own, from when they are made until they are destroyed.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "app/base/result.h"

namespace machikoe {

/// Writes one channel at 48 kHz.  Called on the device's thread; must not wait or allocate.
using RenderAudio = std::function<void(std::span<float>)>;

class AudioDevice {
  public:
    virtual ~AudioDevice() = default;
    /// It was there once, and is no longer (a USB headset).
    virtual bool is_lost() const = 0;
};

/// SDL's choice of driver (SDL_AUDIODRIVER).  The same samples in both channels: a person may have
/// one good ear.  NotFound: there is no device.
Result<std::unique_ptr<AudioDevice>> open_audio_device(RenderAudio render);

/// The one that nobody hears.
std::unique_ptr<AudioDevice> silent_device(RenderAudio render);

}  // namespace machikoe
