// SpeakerDrive: gives a Speaker its two threads, one that decodes and one that plays.
//
// Without a sound device the threads run all the same, so that everything takes its time and ends.
// A device is looked for at the start, when headphones arrive and after each person; one that
// vanishes is noticed within half a second.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "app/base/result.h"
#include "app/speech/audio_device.h"
#include "app/speech/speaker.h"

namespace machikoe {

class SpeakerDrive {
  public:
    /// Opens the sound device, which takes some ten milliseconds.  The speaker must outlive it.
    explicit SpeakerDrive(Speaker& speaker);
    ~SpeakerDrive();
    SpeakerDrive(const SpeakerDrive&) = delete;
    SpeakerDrive& operator=(const SpeakerDrive&) = delete;

    /// NotFound, with SDL's reason: nobody hears anything.  For the operator.
    Status device() const;

  private:
    /// `wishes`: of the speaker, when the device was last looked for.
    void run(const std::stop_token& stop, std::uint32_t wishes);
    void open_device();

    Speaker& speaker_;
    std::unique_ptr<AudioDevice> device_;  // of the constructor, then of the thread
    mutable std::mutex mutex_;
    Status opened_;
    std::jthread thread_;
};

}  // namespace machikoe
