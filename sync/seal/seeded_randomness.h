// SeededRandomness: for simulation only.  While it lives, every key, nonce and id of this
// process comes from a seed.
//
// Whoever knows the seed knows every secret that was made meanwhile, so nothing that is real
// may be sealed under it.  A file of its own: a program that does not name it does not hold it.
// One at a time, on the only thread that uses libsodium.
#pragma once

#include <cstdint>

namespace machikoe {

class SeededRandomness {
  public:
    explicit SeededRandomness(std::uint64_t seed);
    ~SeededRandomness();
    SeededRandomness(const SeededRandomness&) = delete;
    SeededRandomness& operator=(const SeededRandomness&) = delete;
};

}  // namespace machikoe
