// SpeechRenderer: what the sound card asks for, every few milliseconds.
//
//   wanted generation = the one that sounds, not held   plays, rising to full in 5 ms
//   another one is wanted, or held                      falls to silence in 5 ms
//   silent, another one is wanted                       drops old blocks, waits for the wanted one
//   silent, held                                        keeps its place
//
// render() belongs to the device's thread and never waits, locks or allocates.  The other functions
// are for any thread and take effect with the next render().  5 ms: shorter is a click, longer is
// heard as a tail.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "app/speech/block_queue.h"

namespace machikoe {

/// How far a generation has come.
struct RenderPoint {
    std::uint32_t generation = 0;
    std::uint32_t clip = 0;
    std::uint32_t position_ms = 0;
    bool is_over = false;  // its last sample has been handed out

    bool operator==(const RenderPoint&) const = default;
};

class SpeechRenderer {
  public:
    static constexpr std::uint32_t kGenerations = 1u << 23;  // then they begin again

    explicit SpeechRenderer(BlockQueue& queue) : queue_(queue) {}

    void want(std::uint32_t generation) { wanted_.store(generation, std::memory_order_release); }
    std::uint32_t wanted() const { return wanted_.load(std::memory_order_acquire); }
    void hold(bool is_held) { held_.store(is_held, std::memory_order_release); }
    void set_gain(float gain) { wanted_gain_.store(gain, std::memory_order_release); }

    RenderPoint at() const;
    /// Samples handed out since the beginning, silence included.
    std::uint64_t frames() const { return frames_.load(std::memory_order_acquire); }
    /// Times that an utterance had to wait for the decoder in its middle.
    std::uint32_t gaps() const { return gaps_.load(std::memory_order_relaxed); }

    void render(std::span<float> to) noexcept;

  private:
    float next_sample(std::uint32_t wanted, bool is_held) noexcept;
    /// The next sample of what sounds, moving on; nullptr: there is none.
    const std::int16_t* advance() noexcept;
    void find(std::uint32_t wanted) noexcept;
    void publish() noexcept;

    BlockQueue& queue_;
    std::atomic<std::uint32_t> wanted_{0};
    std::atomic<bool> held_{false};
    std::atomic<float> wanted_gain_{1.0F};
    std::atomic<std::uint64_t> point_{0};  // RenderPoint in 64 bits
    std::atomic<std::uint64_t> frames_{0};
    std::atomic<std::uint32_t> gaps_{0};
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
    static_assert(std::atomic<float>::is_always_lock_free);

    // Of the device's thread alone.
    RenderPoint now_{.is_over = true};
    std::uint32_t used_ = 0;  // samples of the front block
    float fade_ = 0;          // 0 … 1
    float gain_ = 1.0F;
    bool is_starved_ = false;
};

}  // namespace machikoe
