#include <sodium.h>

#include "sync/wire/json.h"

namespace machikoe::wire {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kVariant);
    text.pop_back();  // libsodium counts the terminating zero
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, &end, kVariant) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::string Members::bytes(const char* name, std::size_t min, std::size_t max) {
    auto bytes = from_base64(free_text(name, (max + 2) / 3 * 4));
    if (!bytes || bytes->size() < min || bytes->size() > max) {
        refuse(name, "not the base64 of " + std::to_string(min) + " to " + std::to_string(max) +
                         " bytes");
        return {};
    }
    return std::move(*bytes);
}

}  // namespace machikoe::wire
