// Hex: bytes as lower-case hex digits and back.  Inside seal only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace machikoe::seal {

std::string to_hex(std::string_view bytes);
/// nullopt: not exactly `size` bytes in lower-case digits.
std::optional<std::string> from_hex(std::string_view digits, std::size_t size);

inline const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace machikoe::seal
