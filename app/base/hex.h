// Hex: bytes as lower-case hex digits and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace machikoe {

std::string to_hex(std::string_view bytes);
/// nullopt: not exactly `size` bytes in lower-case digits.
std::optional<std::string> from_hex(std::string_view digits, std::size_t size);

}  // namespace machikoe
