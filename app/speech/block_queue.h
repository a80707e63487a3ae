// BlockQueue: samples on their way from the thread that decodes to the one that plays.
//
// One writer, one reader, no lock, no allocation after construction: neither ever waits for the
// other.  A block is 5 ms of one clip, or less at the clip's end.  Whoever reads a block wipes it:
// what was said in private does not stay behind in memory.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

namespace machikoe {

inline constexpr int kSpeechRate = 48'000;  // samples a second, everywhere behind the decoder
inline constexpr std::size_t kBlockSamples = kSpeechRate / 200;

struct SpeechBlock {
    std::uint32_t generation =
        0;  // of which order to speak; SpeechRenderer drops all but the newest
    std::uint32_t clip = 0;
    std::uint32_t position_ms = 0;  // in the clip, of the first sample
    std::uint32_t rate_percent = 100;
    std::uint32_t count = 0;  // of samples
    bool is_last = false;     // of the utterance
    std::array<std::int16_t, kBlockSamples> samples{};
};

class BlockQueue {
  public:
    static constexpr std::size_t kCapacity = 256;  // 1.28 s

    /// The writer's: where to put the next block, or nothing while the queue is full.
    SpeechBlock* back() {
        const std::size_t written = written_.load(std::memory_order_relaxed);
        const bool is_full = written - read_.load(std::memory_order_acquire) == kCapacity;
        return is_full ? nullptr : &(*blocks_)[written % kCapacity];
    }
    void push() {
        written_.store(written_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

    /// The reader's: the oldest block, or nothing.
    SpeechBlock* front() {
        const std::size_t read = read_.load(std::memory_order_relaxed);
        const bool is_empty = written_.load(std::memory_order_acquire) == read;
        return is_empty ? nullptr : &(*blocks_)[read % kCapacity];
    }
    void pop() {
        *front() = SpeechBlock{};
        read_.store(read_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

    /// Anybody's: how many blocks were ever written and read.
    std::size_t written() const { return written_.load(std::memory_order_acquire); }
    std::size_t read() const { return read_.load(std::memory_order_acquire); }

  private:
    using Blocks = std::array<SpeechBlock, kCapacity>;
    std::unique_ptr<Blocks> blocks_ = std::make_unique<Blocks>();
    alignas(64) std::atomic<std::size_t> written_{0};  // a line of the cache each
    alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace machikoe
