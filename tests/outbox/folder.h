// TemporaryFolder: an empty folder that goes when the test goes.
#pragma once

#include <filesystem>

#include "app/base/crypto.h"

namespace machikoe {

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

}  // namespace machikoe
