// TemporaryFolder: an empty folder that goes when the test goes; and what fills an outbox in it.
#pragma once

#include <filesystem>

#include "app/base/crypto.h"
#include "sync/outbox/outbox.h"

namespace machikoe {

inline constexpr Milliseconds kWall{1'656'601'234'567};
/// As many envelopes or bytes as there are.
inline constexpr std::size_t kAny = 1'000'000'000;

struct TemporaryFolder {
    TemporaryFolder() {
        crypto_ready();
        path = std::filesystem::temp_directory_path() / ("machikoe-outbox-" + random_hex(8));
        std::filesystem::create_directories(path);
    }
    ~TemporaryFolder() {
        std::error_code ec;
        std::filesystem::remove_all(path, ec);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path path;
};

/// One envelope of one response.
inline Result<std::int64_t> append_one(Outbox&& outbox, std::string bytes,
                                       Milliseconds wall = Milliseconds{0}) {
    const Payload payload{std::move(bytes), 1};
    return outbox.append(std::span(&payload, 1), wall);
}

inline Result<std::int64_t> append_one(Outbox& outbox, std::string bytes,
                                       Milliseconds wall = Milliseconds{0}) {
    return append_one(std::move(outbox), std::move(bytes), wall);
}

}  // namespace machikoe
