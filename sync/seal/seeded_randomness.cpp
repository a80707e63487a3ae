#include "sync/seal/seeded_randomness.h"

#include <sodium.h>

#include <array>

namespace machikoe {
namespace {

// libsodium's sources of randomness are plain functions without an argument.
std::uint64_t g_seed = 0;
std::uint64_t g_calls = 0;

const char* name() {
    return "seeded";
}

/// ChaCha20 under a key that is the seed and the number of this call.
void fill(void* into, std::size_t size) {
    ++g_calls;
    std::array<unsigned char, randombytes_SEEDBYTES> key{};
    for (std::size_t i = 0; i < 8; ++i) {
        key[i] = static_cast<unsigned char>(g_seed >> (8 * i));
        key[8 + i] = static_cast<unsigned char>(g_calls >> (8 * i));
    }
    randombytes_buf_deterministic(into, size, key.data());
}

std::uint32_t number() {
    std::uint32_t value = 0;
    fill(&value, sizeof value);
    return value;
}

randombytes_implementation g_seeded{name, number, nullptr, nullptr, fill, nullptr};

}  // namespace

SeededRandomness::SeededRandomness(std::uint64_t seed) {
    g_seed = seed;
    g_calls = 0;
    randombytes_set_implementation(&g_seeded);
}

SeededRandomness::~SeededRandomness() {
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
}

}  // namespace machikoe
