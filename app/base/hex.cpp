#include "app/base/hex.h"

#include <sodium.h>

namespace machikoe {

std::string to_hex(std::string_view bytes) {
    std::string digits(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(),
                   reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    digits.pop_back();
    return digits;
}

std::optional<std::string> from_hex(std::string_view digits, std::size_t size) {
    if (digits.size() != size * 2 || digits.find_first_not_of("0123456789abcdef") != digits.npos)
        return std::nullopt;
    std::string bytes(size, '\0');
    sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), size, digits.data(),
                   digits.size(), nullptr, nullptr, nullptr);
    return bytes;
}

}  // namespace machikoe
