// Damage: what lines, disks and strangers do to bytes.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "app/base/result.h"

namespace machikoe {

/// Calls `look` with every proper beginning of the bytes.
template <class Look>
void for_every_cut(const std::string& bytes, Look look) {
    for (std::size_t size = 0; size < bytes.size(); ++size) look(bytes.substr(0, size));
}

/// Calls `look` with `count` copies of which one to three bits are flipped.
template <class Look>
void for_flips(const std::string& bytes, int count, Look look) {
    std::mt19937 random(20220401);
    for (int i = 0; i < count; ++i) {
        std::string damaged = bytes;
        for (unsigned flips = 1 + random() % 3; flips > 0; --flips)
            damaged[random() % damaged.size()] ^= static_cast<char>(1u << random() % 8);
        if (damaged != bytes) look(damaged);
    }
}

/// The decoder refused, and said that the bytes are at fault.
template <class T>
void expect_invalid(const Result<T>& decoded) {
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, ErrorCode::Invalid) << decoded.error().message;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "" : text.replace(at, from.size(), to);
}

}  // namespace machikoe
