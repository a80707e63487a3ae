// One harness as a libFuzzer program; MACHIKOE_HARNESS says which.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/harnesses.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    machikoe::fuzz::MACHIKOE_HARNESS({reinterpret_cast<const char*>(data), size});
    return 0;
}
