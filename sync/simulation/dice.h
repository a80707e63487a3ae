// Dice: the only source of chance in a simulated run.
//
// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): one
// 64-bit state, every seed as good as any other.  None of std's distributions, whose results
// differ between libraries: the same seed must be the same run everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace machikoe::simulation {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    /// 0 … `end` − 1.  REQUIRES: end > 0, far below 2^64: the bias is not worth a loop.
    std::uint64_t below(std::uint64_t end) { return next() % end; }
    std::size_t index(std::size_t end) { return static_cast<std::size_t>(below(end)); }
    /// `low` … `high`, both possible.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool one_in(std::uint64_t n) { return below(n) == 0; }
    template <class T>
    const T& of(const std::vector<T>& all) {
        return all[index(all.size())];
    }
    /// Dice of their own for a part of the world: what one part throws moves no other's.
    Dice split() { return Dice(next()); }

  private:
    std::uint64_t state_;
};

}  // namespace machikoe::simulation
