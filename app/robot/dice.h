// Dice: chance that is the same on every machine.  The standard's engine is fixed, its
// distributions are not, so these few are written out.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace machikoe {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t next() { return engine_(); }
    /// 0 … bound-1.  REQUIRES: bound > 0.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
    /// 0 … 1, 1 excluded.
    double share() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * share(); }
    bool chance(double probability) { return share() < probability; }

    template <class T>
    const T& one_of(const std::vector<T>& items) {
        return items[below(items.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace machikoe
