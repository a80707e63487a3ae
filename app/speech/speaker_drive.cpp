#include "app/speech/speaker_drive.h"

namespace machikoe {

SpeakerDrive::SpeakerDrive(Speaker& speaker) : speaker_(speaker) {
    // Before it is opened: a wish that comes before the thread has begun must not be lost.
    const std::uint32_t wishes = speaker.device_wishes();
    open_device();
    thread_ = std::jthread([this, wishes](const std::stop_token& stop) { run(stop, wishes); });
}

SpeakerDrive::~SpeakerDrive() {
    thread_.request_stop();
    thread_.join();
}

Status SpeakerDrive::device() const {
    const std::lock_guard lock(mutex_);
    return opened_;
}

void SpeakerDrive::open_device() {
    device_.reset();  // first: it may hold the hardware
    const auto render = [this](std::span<float> to) { speaker_.render(to); };
    Result<std::unique_ptr<AudioDevice>> opened = open_audio_device(render);
    device_ = opened ? std::move(*opened) : silent_device(render);
    const std::lock_guard lock(mutex_);
    opened_ = opened ? Status{} : tl::unexpected(opened.error());
}

void SpeakerDrive::run(const std::stop_token& stop, std::uint32_t wishes) {
    constexpr Milliseconds kLook{500};
    while (!stop.stop_requested()) {
        if (speaker_.work()) continue;
        const std::uint32_t new_wishes = speaker_.device_wishes();
        if (device_->is_lost() || (!device() && new_wishes != wishes)) open_device();
        wishes = new_wishes;
        speaker_.wait_for_work(stop, kLook);
    }
}

}  // namespace machikoe
