// Inflate: zstd bytes from outside, with a hard limit on what they may become.
//
// Output grows piece by piece and stops at the limit, whatever the frame says of its own
// size; memory for the window is limited likewise.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace machikoe {

enum class InflateFault { TooLarge, Damaged };

tl::expected<std::string, InflateFault> inflate_zstd(std::string_view bytes, std::size_t limit);

}  // namespace machikoe
