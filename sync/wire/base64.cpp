#include <sodium.h>

#include <array>

#include "sync/wire/json.h"

namespace machikoe::wire {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kNoDigit = 0x80000000u;  // also in the "or" of four

/// What a digit stands for, 18, 12, 6 and 0 bits up: four look-ups and an "or" make three bytes.
using DigitTable = std::array<std::uint32_t, 256>;
constexpr DigitTable table_of(unsigned shift) {
    DigitTable table{};
    table.fill(kNoDigit);
    for (std::size_t i = 0; i < kDigits.size(); ++i)
        table[static_cast<unsigned char>(kDigits[i])] = static_cast<std::uint32_t>(i) << shift;
    return table;
}
constexpr std::array<DigitTable, 4> kTables{table_of(18), table_of(12), table_of(6), table_of(0)};

std::uint32_t bits_of(const char* four) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits |= kTables[i][static_cast<unsigned char>(four[i])];
    return bits;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kVariant);
    text.pop_back();  // libsodium counts the terminating zero
    return text;
}

// Not libsodium's, which takes the same time whatever the bytes are and much longer:
// what comes in base64 is sealed or public.
std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty()) return std::string();
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes(text.size() / 4 * 3, '\0');
    char* out = bytes.data();
    std::uint32_t faults = 0;
    const auto write = [&](std::uint32_t bits) {
        faults |= bits;
        *out++ = static_cast<char>(bits >> 16);
        *out++ = static_cast<char>(bits >> 8);
        *out++ = static_cast<char>(bits);
    };
    const std::size_t last = text.size() - 4;
    for (std::size_t at = 0; at < last; at += 4) write(bits_of(text.data() + at));
    char four[4] = {text[last], text[last + 1], text[last + 2], text[last + 3]};
    for (std::size_t i = 0; i < padding; ++i) four[3 - i] = 'A';  // zeros
    const std::uint32_t bits = bits_of(four);
    // Bits beneath the last byte are nobody's: only zeros are canonical.
    if ((bits & ((1u << (8 * padding)) - 1)) != 0) return std::nullopt;
    write(bits);
    if ((faults & kNoDigit) != 0) return std::nullopt;
    bytes.resize(bytes.size() - padding);
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
