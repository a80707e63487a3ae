#include "app/speech/speech_renderer.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kFadeStep = 1.0F / (kSpeechRate / 200);  // 5 ms from one end to the other

// 23 bits generation, 1 bit is_over, 12 bits clip, 28 bits milliseconds (three days).
std::uint64_t packed(const RenderPoint& point) {
    return std::uint64_t{point.generation} << 41 | std::uint64_t{point.is_over} << 40 |
           std::uint64_t{point.clip & 0xFFF} << 28 | (point.position_ms & 0xFFF'FFFF);
}

RenderPoint unpacked(std::uint64_t bits) {
    return {static_cast<std::uint32_t>(bits >> 41), static_cast<std::uint32_t>(bits >> 28 & 0xFFF),
            static_cast<std::uint32_t>(bits & 0xFFF'FFFF), (bits >> 40 & 1) != 0};
}

float moved(float from, float to) {
    return from < to ? std::min(to, from + kFadeStep) : std::max(to, from - kFadeStep);
}

}  // namespace

RenderPoint SpeechRenderer::at() const {
    return unpacked(point_.load(std::memory_order_acquire));
}

void SpeechRenderer::render(std::span<float> to) noexcept {
    // In this order, because a Speaker writes them in the other: who sees the new gain, or that
    // nothing is held any longer, sees the new generation as well, and lets no old word slip out.
    const float wanted_gain = wanted_gain_.load(std::memory_order_acquire);
    const bool is_held = held_.load(std::memory_order_acquire);
    const std::uint32_t wanted = wanted_.load(std::memory_order_acquire);
    for (float& sample : to) {
        sample = next_sample(wanted, is_held);
        // In silence at once; in what is meant without a click; and not in what fades out: when
        // the headphones are pulled, its end must not come at the loudspeaker's volume.
        if (fade_ == 0)
            gain_ = wanted_gain;
        else if (now_.generation == wanted)
            gain_ = moved(gain_, wanted_gain);
        sample *= gain_;
    }
    frames_.fetch_add(to.size(), std::memory_order_acq_rel);
    publish();
}

float SpeechRenderer::next_sample(std::uint32_t wanted, bool is_held) noexcept {
    const bool is_meant = now_.generation == wanted && !is_held;
    fade_ = moved(fade_, is_meant ? 1.0F : 0.0F);
    if (fade_ == 0) {
        if (now_.generation != wanted) find(wanted);
        return 0;
    }
    const std::int16_t* sample = advance();
    if (!sample) {
        if (!now_.is_over && is_meant && !is_starved_)
            gaps_.fetch_add(1, std::memory_order_relaxed);
        is_starved_ = true;
        fade_ = 0;
        return 0;
    }
    is_starved_ = false;
    return static_cast<float>(*sample) / 32'768 * fade_;
}

const std::int16_t* SpeechRenderer::advance() noexcept {
    while (!now_.is_over) {
        SpeechBlock* block = queue_.front();
        if (!block || block->generation != now_.generation) return nullptr;
        if (used_ < block->count) {
            now_.clip = block->clip;
            now_.position_ms =
                block->position_ms + used_ * block->rate_percent / (kSpeechRate / 10);
            return &block->samples[used_++];
        }
        now_.is_over = block->is_last;
        used_ = 0;
        queue_.pop();
    }
    return nullptr;
}

void SpeechRenderer::find(std::uint32_t wanted) noexcept {
    for (SpeechBlock* block = queue_.front(); block && block->generation != wanted;
         block = queue_.front())
        queue_.pop();
    used_ = 0;
    if (const SpeechBlock* block = queue_.front())
        now_ = {wanted, block->clip, block->position_ms, false};
}

void SpeechRenderer::publish() noexcept {
    point_.store(packed(now_), std::memory_order_release);
}

}  // namespace machikoe
